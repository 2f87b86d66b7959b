/**
 * The field replica: a cluster with the size and the distributions of one that was measured in the field (datasets/shapes/field-replica.json), and larger ones with the
 * same distributions. Every published histogram is dealt from a deck, so it is met exactly, not on average. This file makes namespaces, nodes and pods;
 * `field-replica-policies.ts` makes the policies, `field-replica-shape.ts` says what a specification holds.
 */
import { defineGenerator } from '../generator.ts';
import { FIRST_NODE_ADDRESS, ipv4, type KubernetesObject, nodeObject } from '../objects.ts';
import { createRandom, deck, draw, type Random } from '../random.ts';
import { makePolicies } from './field-replica-policies.ts';
import { assumed, type FieldReplicaShape, problemsOf, published } from './field-replica-shape.ts';

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

/**
 * How many pods the largest peer set of the shape holds. Namespaces with that many pods between them carry the label `exposure`, in two groups, so that two
 * selectors reach exactly so many pods.
 */
const EXPOSURES = ['shared', 'partner'] as const;

export const fieldReplica = defineGenerator({
  published,
  assumed,
  problems: problemsOf,
  sizes: ({ published: { namespaces, pods, networkPolicies } }) => ({ namespaces, pods, policies: networkPolicies }),
  scale: (shape, fraction) => ({ ...shape, keep: fraction }),
  objects: (shape, seed) => keepNamespaces(generate(shape, seed), shape.keep ?? 1),
});

/** All objects, in the order in which `kubectl get namespaces,nodes,pods,networkpolicies -A` prints them. */
function* generate(shape: FieldReplicaShape, seed: number): Generator<KubernetesObject> {
  const random = createRandom(seed);
  const namespaces = makeNamespaces(shape, random);
  for (const { name, labels } of namespaces) yield { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  for (let i = 0; i < shape.assumed.nodes; i++) yield nodeObject(`node-${i}`, nodeAddress(i));
  yield* makePods(namespaces, shape.assumed.nodes, random);
  yield* makePolicies(shape, namespaces, random);
}

/** A smaller cluster: whole namespaces with what is in them, spread evenly, and all nodes. The distributions hold roughly. */
function* keepNamespaces(objects: Iterable<KubernetesObject>, fraction: number): Generator<KubernetesObject> {
  const kept = new Set<string>();
  let seen = 0;
  for (const object of objects) {
    const { kind, metadata } = object;
    if (kind === 'Namespace' && Math.ceil(++seen * fraction) > kept.size) kept.add(metadata.name);
    if (kind === 'Node' || kept.has(metadata.namespace ?? metadata.name)) yield object;
  }
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

function nodeAddress(node: number): string {
  return ipv4(FIRST_NODE_ADDRESS, node);
}

/** Pods of a node have a range of 512 addresses, from 10.128.0.0 on. */
const ADDRESSES_OF_NODE = 512;

function* makePods(namespaces: readonly ReplicaNamespace[], nodes: number, random: Random): Generator<KubernetesObject> {
  const onNode = new Array<number>(nodes).fill(2);
  for (const namespace of namespaces) {
    for (const app of namespace.apps) {
      const hash = random
        .int(2 ** 30)
        .toString(36)
        .padStart(6, '0');
      for (let i = 0; i < app.size; i++) {
        const node = random.int(nodes);
        const host = onNode[node]!++;
        yield makePod(namespace.name, app, hash, i, node, ipv4(0x0a800000, node * ADDRESSES_OF_NODE + host));
      }
    }
  }
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
