/**
 * Cilium's policy scale test (`cl2-modules/netpol`): deployments of pods, and policies of five kinds for each. The originals are CiliumNetworkPolicies; four kinds say
 * what a NetworkPolicy says. The fifth names domains, which NetworkPolicy cannot: they are left out, or it is a ClusterNetworkPolicy over the same pods that accepts the same.
 */
import { list, oneOf, type Read, record, whole } from '../fields.ts';
import { defineGenerator, type Parameters, scaled } from '../generator.ts';
import {
  clusterPolicyObject,
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
import { createRandom, type Random } from '../random.ts';

const published = record({
  nodes: whole(1, 5000),
  podsPerNode: whole(1, 500),
  podsPerDeployment: whole(1, 500),
  policiesPerDeployment: whole(1, 100),
  nodesPerNamespace: whole(1, 5000),
  cidrsPerPolicy: whole(1, 100),
  portsPerPolicy: whole(1, 100),
  domainNamesPerPolicy: whole(1, 25),
  /** Policy i of a deployment is of kind i, the last kind is for all others. */
  kinds: list((value, path, problems) => {
    const kind = KINDS.find((each) => each === value);
    if (kind === undefined) problems.push(`\`${path}\`: expected one of ${KINDS.map((each) => `\`${each}\``).join(', ')}`);
    return kind ?? KINDS[0];
  }, 100),
});

const assumed = record({
  /**
   * The fifth kind admits DNS and what domain names resolve to. `left out`: DNS alone, as a NetworkPolicy. `cluster-network-policy`: both, of this priority; as nobody knows
   * addresses of the domains, whatever is not allowed otherwise is unknown then, until somebody says them.
   */
  domainNames: oneOf('left out', 'cluster-network-policy'),
  priority: whole(0, 1000),
});

const KINDS = ['L3', 'L3-CIDR', 'L4', 'L4-CIDR', 'FQDN'] as const;

type Published = Read<typeof published>;
type Shape = Parameters<Published, Read<typeof assumed>>;

function layout({ nodes, podsPerNode, podsPerDeployment, nodesPerNamespace }: Published) {
  const namespaces = Math.max(1, Math.floor(nodes / nodesPerNamespace));
  const deployments = Math.max(1, Math.floor((nodes * podsPerNode) / podsPerDeployment / namespaces));
  return { namespaces, deployments };
}

export const ciliumNetpol = defineGenerator({
  published,
  assumed,
  sizes: (shape) => {
    const { namespaces, deployments } = layout(shape.published);
    const { podsPerDeployment, policiesPerDeployment } = shape.published;
    const total = namespaces * deployments;
    return { namespaces, pods: total * podsPerDeployment, policies: total * policiesPerDeployment };
  },
  scale: (shape, fraction) => ({ ...shape, published: { ...shape.published, nodes: scaled(shape.published.nodes, fraction) } }),
  objects: generate,
});

function* generate(shape: Shape, seed: number): Iterable<KubernetesObject> {
  const { nodes, podsPerDeployment, policiesPerDeployment, kinds } = shape.published;
  const { namespaces, deployments } = layout(shape.published);
  const random = createRandom(seed);
  for (let i = 0; i < namespaces; i++) yield namespaceObject(`netpol-${i}`);
  yield* nodeObjects(nodes);
  for (let i = 0; i < namespaces * deployments * podsPerDeployment; i++) {
    const deployment = Math.floor(i / podsPerDeployment);
    const id = deployment % deployments;
    yield podObject({
      namespace: `netpol-${Math.floor(deployment / deployments)}`,
      name: `deployment-${id}-${i % podsPerDeployment}`,
      labels: { group: 'load', name: `deployment-${id}`, indexing: `id-${id}` },
      addresses: [ipv4(FIRST_POD_ADDRESS, i)],
      node: nodeOf(i % nodes),
    });
  }
  for (let namespace = 0; namespace < namespaces; namespace++) {
    for (let id = 0; id < deployments; id++) {
      for (let i = 0; i < policiesPerDeployment; i++) {
        const kind = kinds[Math.min(i, kinds.length - 1)]!;
        const place = { namespace: `netpol-${namespace}`, id, name: `cnp-${id}-${i}` };
        yield kind === 'FQDN' ? domainPolicy(shape, place, random) : networkPolicy(shape.published, place, kind, deployments, random);
      }
    }
  }
}

interface Place {
  readonly namespace: string;
  readonly id: number;
  readonly name: string;
}

function networkPolicy(
  shape: Published,
  { namespace, id, name }: Place,
  kind: 'L3' | 'L3-CIDR' | 'L4' | 'L4-CIDR',
  deployments: number,
  random: Random,
): KubernetesObject {
  const peers = kind.endsWith('CIDR')
    ? Array.from({ length: shape.cidrsPerPolicy }, () => ({
        ipBlock: { cidr: `177.${1 + random.int(254)}.${1 + random.int(254)}.${1 + random.int(254)}/32` },
      }))
    : [{ podSelector: { matchLabels: { indexing: `id-${random.int(deployments)}` } } }];
  const ports = kind.startsWith('L4') ? Array.from({ length: shape.portsPerPolicy }, () => tcp(1 + random.int(64_999))) : [];
  const rule: Rule = { peers, ports };
  return policyObject(namespace, name, oneWay('Egress', { matchLabels: { group: 'load', indexing: `id-${id}` } }, [rule]));
}

const DNS = {
  namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};

function domainPolicy({ published: shape, assumed: { domainNames, priority } }: Shape, place: Place, random: Random): KubernetesObject {
  const { namespace, name } = place;
  const podSelector = { matchLabels: { group: 'load', indexing: `id-${place.id}` } };
  const names = Array.from({ length: shape.domainNamesPerPolicy }, () => `${random.int(1_000_000)}.my-remote-service.com`);
  if (domainNames === 'left out') {
    const ports = [{ protocol: 'UDP', port: 53 } as const, tcp(53)];
    return policyObject(namespace, name, oneWay('Egress', podSelector, [{ peers: [DNS], ports }]));
  }
  return clusterPolicyObject(`${namespace}-${name}`, {
    tier: 'Admin',
    priority,
    subject: { pods: { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: namespace } }, podSelector } },
    egress: [
      {
        action: 'Accept',
        to: [{ pods: DNS }],
        protocols: [{ udp: { destinationPort: { number: 53 } } }, { tcp: { destinationPort: { number: 53 } } }],
      },
      { action: 'Accept', to: [{ domainNames: names }] },
    ],
  });
}
