/**
 * The field replica: a cluster with the size and the distributions of one that was measured in the field (datasets/shapes/field-replica.json).
 * In: the shape and a seed. Out: plain Kubernetes objects, the same for the same seed. Every published histogram is dealt from a deck, so it is met exactly,
 * not on average. This file makes namespaces, nodes and pods; `field-replica-policies.ts` makes the policies.
 */
import { createRandom, deck, draw, type Random } from '../support/random.ts';
import { makePolicies } from './field-replica-policies.ts';
import type { FieldReplicaShape } from './shape.ts';

/** Pods of one Deployment: equal but for name and address. */
export interface App {
  readonly name: string;
  readonly size: number;
  readonly port: number;
}

export interface ReplicaNamespace {
  readonly name: string;
  readonly size: number;
  readonly apps: readonly App[];
  readonly labels: Record<string, string>;
}

/** A plain Kubernetes object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: unknown;
  readonly status?: unknown;
}

/**
 * How many pods the largest peer set of the shape holds. Namespaces with that many pods between them carry the label `exposure`, in two groups, so that two
 * selectors reach exactly so many pods.
 */
const EXPOSURES = ['shared', 'partner'] as const;

/** All objects, in the order in which `kubectl get namespaces,nodes,pods,networkpolicies -A` prints them. */
export function fieldReplica(shape: FieldReplicaShape, seed: number = shape.seed): KubernetesObject[] {
  const random = createRandom(seed);
  const namespaces = makeNamespaces(shape, random);
  return [
    ...namespaces.map((namespace) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace.name, labels: namespace.labels },
    })),
    ...makeNodes(shape.assumed.nodes),
    ...makePods(namespaces, shape.assumed.nodes, random),
    ...makePolicies(shape, namespaces, random),
  ];
}

/** A tenth of the pods and policies, with all namespaces and nodes. The distributions do not hold. */
export function everyTenth(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter(({ kind }, i) => kind === 'Namespace' || kind === 'Node' || i % 10 === 0);
}

function makeNamespaces(shape: FieldReplicaShape, random: Random): ReplicaNamespace[] {
  const sizes = deck(shape.assumed.podsPerNamespace, random);
  const namespaces = sizes.map((size, i): ReplicaNamespace => {
    const name = `ns-${String(i).padStart(3, '0')}`;
    const labels = { 'kubernetes.io/metadata.name': name, team: `team-${random.int(40)}`, stage: random.pick(['dev', 'test', 'prod']) };
    return { name, size, apps: makeApps(size, shape, random), labels };
  });
  // Two namespaces that the whole cluster speaks of, as an ingress controller and a monitoring stack are.
  for (const [group, size] of [
    ['ingress', 2],
    ['monitoring', 5],
  ] as const) {
    const namespace = namespaces.find((candidate) => candidate.size === size);
    if (namespace !== undefined) namespace.labels['policy-group'] = group;
  }
  expose(namespaces, largest(shape.published.peerPods), random);
  return namespaces;
}

function largest(histogram: Readonly<Record<string, number>>): number {
  return Math.max(...Object.keys(histogram).map(Number));
}

/** Labels namespaces with exactly `pods` pods between them. */
function expose(namespaces: readonly ReplicaNamespace[], pods: number, random: Random): void {
  let left = pods;
  // Large ones first: the small ones at the end fill what is left to the pod.
  for (const namespace of random.shuffle([...namespaces]).sort((a, b) => Number(a.size < 10) - Number(b.size < 10))) {
    if (namespace.size === 0 || namespace.size > left) continue;
    namespace.labels.exposure = random.pick(EXPOSURES);
    left -= namespace.size;
  }
  if (left !== 0) throw new Error(`cannot find namespaces with ${pods} pods between them, ${left} are left`);
}

function makeApps(size: number, shape: FieldReplicaShape, random: Random): App[] {
  const apps: App[] = [];
  for (let left = size; left > 0; ) {
    const members = Math.min(left, draw(shape.assumed.podsPerApp, random));
    apps.push({ name: `app-${apps.length}`, size: members, port: random.pick([8080, 8080, 8443, 9000, 5432, 6379, 3000]) });
    left -= members;
  }
  return apps;
}

function makeNodes(count: number): KubernetesObject[] {
  return Array.from({ length: count }, (_, i) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: `node-${i}`, labels: { 'kubernetes.io/hostname': `node-${i}` } },
    status: { addresses: [{ type: 'InternalIP', address: nodeAddress(i) }] },
  }));
}

function nodeAddress(node: number): string {
  return `192.168.0.${node + 1}`;
}

function makePods(namespaces: readonly ReplicaNamespace[], nodes: number, random: Random): KubernetesObject[] {
  const onNode = new Array<number>(nodes).fill(2);
  return namespaces.flatMap((namespace) =>
    namespace.apps.flatMap((app) => {
      const hash = random
        .int(2 ** 30)
        .toString(36)
        .padStart(6, '0');
      return Array.from({ length: app.size }, (_, i) => {
        const node = random.int(nodes);
        const host = onNode[node]!++;
        const ip = `10.128.${node * 2 + (host >> 8)}.${host & 255}`;
        return makePod(namespace.name, app, hash, i, node, ip);
      });
    }),
  );
}

function makePod(namespace: string, app: App, hash: string, index: number, node: number, ip: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${app.name}-${hash}-${index}`,
      namespace,
      labels: { app: app.name, part: `part-${Number(app.name.slice(4)) % 4}`, 'pod-template-hash': hash },
      ...{ ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${app.name}-${hash}`, controller: true }] },
    },
    spec: {
      nodeName: `node-${node}`,
      containers: [
        {
          name: 'main',
          image: `registry.example/${namespace}/${app.name}:1`,
          ports: [
            { name: 'http', containerPort: app.port, protocol: 'TCP' },
            { name: 'metrics', containerPort: 9102, protocol: 'TCP' },
          ],
        },
      ],
    },
    status: { phase: 'Running', podIP: ip, podIPs: [{ ip }], hostIP: nodeAddress(node), hostIPs: [{ ip: nodeAddress(node) }] },
  };
}
