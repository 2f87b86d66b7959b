/**
 * The initial snapshots with which Calico times Felix (`calc_graph_bench_test.go`): endpoints with labels that one in so many shares and one marker each, policies over
 * markers, and policies that each admit a network set. Calico's policies are global there; NetworkPolicies have a namespace, so policy i stands in namespace i mod n.
 */
import { list, type Read, record, text, whole } from '../fields.ts';
import { defineGenerator, type Parameters, scaled } from '../generator.ts';
import { hasKey, ipv4, type KubernetesObject, type Labels, namespaceObject, oneWay, podObject, policyObject } from '../objects.ts';

const published = record({
  namespaces: whole(1, 10_000),
  endpoints: whole(1, 1_000_000),
  /** Label `one-in-n` of endpoint i is `value-` and i mod n. */
  oneIn: list(whole(1, 100_000)),
  /** Endpoint i has the label number i mod their count; two may be the same. */
  markers: list(text),
  markerPolicies: whole(0, 1_000_000),
  rulesPerMarkerPolicy: whole(1, 1000),
  networkSets: whole(0, 1_000_000),
  /** Set i has so many addresses as number i mod their count. */
  networkSetSizes: list(whole(1, 100_000)),
});

const assumed = record({ nodes: whole(1, 10_000) });

/** 10.0.0.1: endpoints and network sets both begin there, as in the original. */
const FIRST_ADDRESS = 0x0a000001;

type Published = Read<typeof published>;

export const calicoSnapshot = defineGenerator({
  published,
  assumed,
  sizes: ({ published: { namespaces, endpoints, markerPolicies, networkSets } }) => ({
    namespaces,
    pods: endpoints,
    policies: markerPolicies + networkSets,
  }),
  scale: ({ published: shape, ...rest }, fraction) => ({
    ...rest,
    published: {
      ...shape,
      namespaces: scaled(shape.namespaces, fraction),
      endpoints: scaled(shape.endpoints, fraction),
      markerPolicies: scaled(shape.markerPolicies, fraction),
      networkSets: scaled(shape.networkSets, fraction),
    },
  }),
  objects: generate,
});

function* generate({ published: shape, assumed: { nodes } }: Parameters<Published, Read<typeof assumed>>): Iterable<KubernetesObject> {
  const { namespaces, markers } = shape;
  const marker = (i: number): string => markers[i % markers.length]!;
  for (let i = 0; i < namespaces; i++) yield namespaceObject(`namespace-${i}`);
  for (let i = 0; i < shape.endpoints; i++) {
    const labels: Record<string, string> = {};
    for (const n of shape.oneIn) labels[`one-in-${n}`] = `value-${(i + 1) % n}`;
    labels[marker(i + 1)] = 'true';
    yield podObject({
      namespace: `namespace-${i % namespaces}`,
      name: `wep-${i}`,
      labels: labels satisfies Labels,
      addresses: [ipv4(FIRST_ADDRESS, i)],
      node: { name: `node-${i % nodes}` },
    });
  }
  const everywhere = { namespaceSelector: {} };
  for (let i = 0; i < shape.markerPolicies; i++) {
    const rules = Array.from({ length: shape.rulesPerMarkerPolicy }, (_, j) => ({
      peers: [{ ...everywhere, podSelector: hasKey(marker(i + j)) }],
    }));
    yield policyObject(`namespace-${i % namespaces}`, `tag-pol-${i}`, oneWay('Ingress', hasKey(marker(i)), rules));
  }
  let address = 0;
  for (let i = 0; i < shape.networkSets; i++) {
    const size = shape.networkSetSizes[i % shape.networkSetSizes.length]!;
    const peers = Array.from({ length: size }, () => ({ ipBlock: { cidr: `${ipv4(FIRST_ADDRESS, address++)}/32` } }));
    yield policyObject(`namespace-${i % namespaces}`, `network-set-pol-${i}`, oneWay('Ingress', {}, [{ peers }]));
  }
}
