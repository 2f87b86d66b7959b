/**
 * kube-burner's network policy workloads: namespaces of numbered pods, and policies that each admit a window of namespaces and a window of pods which move on from
 * policy to policy. The windows are computed as the templates do (`ingress-np.yml` of kube-burner-ocp).
 */
import { flag, oneOf, type Read, record, whole } from '../fields.ts';
import { defineGenerator, type Parameters, scaled } from '../generator.ts';
import {
  anyOf,
  FIRST_POD_ADDRESS,
  ipv4,
  type KubernetesObject,
  NAMESPACE_NAME,
  namespaceObject,
  nodeObjects,
  nodeOf,
  oneWay,
  podObject,
  policyObject,
  type Rule,
  tcp,
} from '../objects.ts';

const published = record({
  namespaces: whole(1, 100_000),
  podsPerNamespace: whole(1, 10_000),
  policiesPerNamespace: whole(1, 10_000),
  localPods: whole(1, 10_000),
  podSelectors: whole(0, 1000),
  singlePorts: whole(0, 1000),
  portRanges: whole(0, 1000),
  peerNamespaces: whole(1, 10_000),
  peerPods: whole(1, 10_000),
  cidrs: whole(0, 1000),
  excepts: whole(0, 256),
  /** Every ingress policy has a twin of the other direction. */
  egress: flag,
});

const assumed = record({
  nodes: whole(1, 10_000),
  /** Whom `allow-from-proxy` admits: the whole namespace of the proxy, or its pods of one label. */
  proxyPeer: oneOf('namespace', 'pods'),
});

type Published = Read<typeof published>;
type Shape = Parameters<Published, Read<typeof assumed>>;

const NAME = 'network-policy-perf';
const PROXY = 'network-policy-proxy';

export const kubeBurner = defineGenerator({
  published,
  assumed,
  problems: ({ published: { cidrs, policiesPerNamespace } }) =>
    (policiesPerNamespace + 1) * cidrs + 1 >= 255 * 256
      ? ['`published.cidrs`: the policies of a namespace name more than 65,279 CIDRs']
      : [],
  sizes: ({ published: { namespaces, podsPerNamespace, policiesPerNamespace, egress } }) => ({
    namespaces,
    pods: namespaces * podsPerNamespace,
    policies: namespaces * (2 + policiesPerNamespace * (egress ? 2 : 1)),
  }),
  scale: (shape, fraction) => ({ ...shape, published: { ...shape.published, namespaces: scaled(shape.published.namespaces, fraction) } }),
  objects: generate,
});

function* generate(shape: Shape): Iterable<KubernetesObject> {
  const { namespaces, podsPerNamespace, policiesPerNamespace, egress } = shape.published;
  const { nodes } = shape.assumed;
  for (let i = 0; i < namespaces; i++) yield namespaceObject(`${NAME}-${i}`);
  yield* nodeObjects(nodes);
  for (let i = 0; i < namespaces * podsPerNamespace; i++) {
    const number = (i % podsPerNamespace) + 1;
    yield podObject({
      namespace: `${NAME}-${Math.floor(i / podsPerNamespace)}`,
      name: `test-pod-${number}`,
      labels: { num: String(number) },
      addresses: [ipv4(FIRST_POD_ADDRESS, i)],
      node: nodeOf(i % nodes),
    });
  }
  for (let iteration = 0; iteration < namespaces; iteration++) {
    const namespace = `${NAME}-${iteration}`;
    yield policyObject(namespace, 'deny-all', { podSelector: {}, policyTypes: ['Ingress'], ingress: [] });
    yield policyObject(namespace, 'allow-from-proxy', allowFromProxy(shape));
    for (let replica = 1; replica <= policiesPerNamespace; replica++) {
      const rules = rulesOf(shape.published, iteration, replica);
      const local = anyOf(
        'num',
        count(shape.published.localPods).map((i) => String(i + 1)),
      );
      yield policyObject(namespace, `ingress-${iteration}-${replica}`, oneWay('Ingress', local, rules));
      if (egress) yield policyObject(namespace, `egress-${iteration}-${replica}`, oneWay('Egress', local, rules));
    }
  }
}

function allowFromProxy({ assumed: { proxyPeer } }: Shape) {
  const namespaceSelector = { matchLabels: { [NAMESPACE_NAME]: PROXY } };
  const peer = proxyPeer === 'pods' ? { namespaceSelector, podSelector: { matchLabels: { app: PROXY } } } : { namespaceSelector };
  return oneWay('Ingress', {}, [{ peers: [peer], ports: [tcp(9001)] }]);
}

/** The rules of policy `replica` (from 1) of namespace `iteration` (from 0). */
function rulesOf(shape: Published, iteration: number, replica: number): Rule[] {
  const { namespaces, podsPerNamespace, policiesPerNamespace, podSelectors, peerNamespaces, peerPods, cidrs, excepts } = shape;
  const ranges = count(shape.portRanges).map((i) => tcp(5000 + 10 * i, 5005 + 10 * i));
  const singles = (first: number) => count(shape.singlePorts).map((i) => tcp(first + i));
  const firstPod = Math.floor((replica * podSelectors * peerNamespaces - 1) / namespaces) * peerPods;
  const pods = count(peerPods).map((i) => {
    const next = firstPod + i + 1;
    return String(next > podsPerNamespace ? (next % podsPerNamespace) + 1 : next);
  });
  const firstNamespace = podSelectors * peerNamespaces * (iteration * policiesPerNamespace + replica - 1) + 1;
  const selectorRules = count(podSelectors).map((i): Rule => {
    const names = count(peerNamespaces).map((j) => `${NAME}-${(firstNamespace + i * peerNamespaces + j) % namespaces}`);
    return {
      peers: [{ namespaceSelector: anyOf(NAMESPACE_NAME, [...new Set(names)]), podSelector: anyOf('num', [...new Set(pods)]) }],
      ports: [...singles(8080), ...ranges],
    };
  });
  const cidrRules = count(cidrs).map((i): Rule => {
    const subnet = replica * cidrs + 1 + i;
    const start = `${(subnet >> 8) + 1}.${subnet & 255}`;
    const except = excepts === 0 ? {} : { except: count(excepts).map((j) => `${start}.${j}.0/24`) };
    return { peers: [{ ipBlock: { cidr: `${start}.0.0/16`, ...except } }], ports: [...singles(1001), ...ranges] };
  });
  return [...selectorRules, ...cidrRules];
}

/** 0 to n - 1. */
function count(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
