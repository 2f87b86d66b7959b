/**
 * A world with more classes than a page of any table holds: generated worlds are small, and an index into a second page is zero in all of them.
 * 560 pods with a label value each, a rule per pod and direction that names it alone on a port of its own, and policies that cannot be read beside them.
 */
import { spec } from '../../src/cni/spec.ts';
import type { World } from '../../src/fuzz/world.ts';

/** More than one page of 512 bits, and two groups of 256 decisions. */
const PODS = 560;
/** More than a page of 16 port classes. */
const PORTS = 40;

export function wideWorld(flowSeed: number): World {
  const numbers = Array.from({ length: PODS }, (_, i) => i);
  const rule = (i: number) => ({ peers: [{ podSelector: { matchLabels: { n: `v${i}` } } }], ports: [{ port: 1000 + 2 * (i % PORTS) }] });
  const rules = numbers.map(rule);
  return {
    namespaces: [],
    nodes: [],
    services: [],
    pods: numbers.map((i) => ({
      kind: 'Pod',
      metadata: { name: `p${i}`, namespace: 'a', labels: { n: `v${i}`, third: String(i % 3) } },
      status: { phase: 'Running', podIP: `10.0.${i >> 8}.${i & 255}` },
    })),
    networkPolicies: [
      {
        kind: 'NetworkPolicy',
        metadata: { name: 'each', namespace: 'a' },
        spec: {
          podSelector: { matchExpressions: [{ key: 'third', operator: 'In', values: ['0', '1'] }] },
          policyTypes: ['Ingress', 'Egress'],
          ingress: rules.map(({ peers, ports }) => ({ from: peers, ports })),
          egress: rules.map(({ peers, ports }) => ({ to: peers, ports })),
        },
      },
      // Half of the peers on any port: rows that differ beyond their first page, and few that are denied for one reason.
      {
        kind: 'NetworkPolicy',
        metadata: { name: 'half', namespace: 'a' },
        spec: {
          podSelector: { matchLabels: { third: '1' } },
          ingress: [{ from: numbers.filter((i) => i % 2 === 1).map((i) => ({ podSelector: { matchLabels: { n: `v${i}` } } })) }],
        },
      },
    ],
    adminPolicies: [],
    domainNames: {},
    unreadable: [
      {
        kind: 'NetworkPolicy',
        name: 'broken',
        namespace: 'a',
        podSelector: { matchLabels: { third: '0' } },
        directions: ['egress'],
        origin: { file: 'generated.yaml', line: 1, column: 1 },
        reason: 'cannot be read',
      },
    ],
    unreadableEnds: [],
    profile: spec,
    flowSeed,
  };
}
