/**
 * Clusters with more peer classes than a row lists pages for, and with more subject classes and ports than can list pages of rows, so that they are cut into blocks: generated worlds are far too small
 * for that.
 */
import { toManifests } from '../../src/fuzz/manifests.ts';
import type { Manifests } from '../../src/model/resource.ts';

/** 17 pages of 512 bits, and more than two blocks of 4,096 decisions. */
const PODS = 8_500;

export const NODE_ADDRESS = '192.0.2.1';
/** With `tiers`, an administrator keeps `open` from all nodes; it and `doubtful` run on one.
 *
 * Pods told apart one by one: `open` lets in every third pod, each by a rule of its own on a port of its own, and something that cannot be read may select `doubtful`. */
export function manifestsInBlocks({ tiers = false } = {}): Manifests {
  const label = (i: number) => ({ podSelector: { matchLabels: { n: `v${i}` } } });
  const thirds = Array.from({ length: PODS }, (_, i) => i).filter((i) => i % 3 === 0);
  const policy = (name: string, peers: readonly number[]) => ({
    kind: 'NetworkPolicy' as const,
    metadata: { name, namespace: 'a' },
    spec: {
      podSelector: { matchLabels: { role: name } },
      policyTypes: ['Ingress' as const, 'Egress' as const],
      ingress: peers.map((i) => ({ from: [label(i)], ports: [{ port: 1000 }] })),
      egress: peers.map((i) => ({ to: [label(i)], ports: [{ port: 1000 }] })),
    },
  });
  const all = Array.from({ length: PODS }, (_, i) => i);
  return toManifests({
    pods: all.map((i) => ({
      kind: 'Pod' as const,
      metadata: { name: `p${i}`, namespace: 'a', labels: { n: `v${i}`, role: ['open', 'doubtful', 'apart'][i] ?? 'other' } },
      spec: i < 2 ? { nodeName: 'n' } : {},
    })),
    // The third selects a pod that nobody asks about: it is what tells all pods apart.
    networkPolicies: [policy('open', thirds), policy('doubtful', [1, 8_191, 8_192, 8_499]), policy('apart', all)],
    nodes: [{ kind: 'Node', metadata: { name: 'n' }, status: { addresses: [{ type: 'InternalIP', address: NODE_ADDRESS }] } }],
    adminPolicies: tiers
      ? [
          {
            kind: 'ClusterNetworkPolicy',
            metadata: { name: 'nodes' },
            spec: {
              tier: 'Admin',
              priority: 1,
              subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { role: 'open' } } } },
              egress: [{ action: 'Deny', to: [{ nodes: {} }] }],
            },
          },
        ]
      : [],
    unreadable: [
      {
        kind: 'NetworkPolicy',
        name: 'broken',
        namespace: 'a',
        podSelector: { matchLabels: { role: 'doubtful' } },
        origin: { file: 'a.yaml', line: 1, column: 1 },
        reason: 'cannot be read',
      },
    ],
  });
}

/** Subject classes at as many ports: each pod `p<i>` talks to the next at a port of its own, `portOf(i)`, and nowhere else. */
export const TALKING_PODS = 3_300;
export const portOf = (pod: number): number => 1 + 3 * pod;

export function manifestsOfManyPorts(): Manifests {
  const all = Array.from({ length: TALKING_PODS }, (_, i) => i);
  const label = (i: number) => ({ matchLabels: { n: `v${(i + TALKING_PODS) % TALKING_PODS}` } });
  return toManifests({
    pods: all.map((i) => ({ kind: 'Pod' as const, metadata: { name: `p${i}`, namespace: 'a', labels: { n: `v${i}` } }, spec: {} })),
    networkPolicies: all.map((i) => ({
      kind: 'NetworkPolicy' as const,
      metadata: { name: `n${i}`, namespace: 'a' },
      spec: {
        podSelector: label(i),
        policyTypes: ['Ingress' as const, 'Egress' as const],
        ingress: [{ from: [{ podSelector: label(i - 1) }], ports: [{ port: portOf((i + TALKING_PODS - 1) % TALKING_PODS) }] }],
        egress: [{ to: [{ podSelector: label(i + 1) }], ports: [{ port: portOf(i) }] }],
      },
    })),
  });
}
