/**
 * A cluster whose tables grow with its pods: some hundred are more than a cube of verdicts holds.
 */
import { compile, type Engine } from '../../src/engine/engine.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';

/** Pods that rules name one by one; pods of the first kind are isolated, of the second possibly selected by something that cannot be read. */
export function engineOf(pods: number): Engine {
  const label = (i: number) => ({ podSelector: { matchLabels: { n: `v${i}` } } });
  const odd = Array.from({ length: pods }, (_, i) => i).filter((i) => i % 2 === 1);
  return compile(
    toManifests({
      pods: Array.from({ length: pods }, (_, i) => ({
        kind: 'Pod' as const,
        metadata: { name: `p${i}`, namespace: 'a', labels: { n: `v${i}`, half: i % 4 < 2 ? 'first' : 'second' } },
      })),
      networkPolicies: ['first', 'second'].map((half) => ({
        kind: 'NetworkPolicy' as const,
        metadata: { name: half, namespace: 'a' },
        spec: {
          podSelector: { matchLabels: { half } },
          policyTypes: ['Ingress' as const, 'Egress' as const],
          // Each in a rule of its own, so that no two pods are alike to both directions.
          ingress: odd.map((i) => ({ from: [label(i)], ports: [{ port: 1 + (i % 97) }, { port: 1000 }] })),
          egress: odd.map((i) => ({ to: [label(i)], ports: [{ port: 1 + (i % 97) }, { port: 1000 }] })),
        },
      })),
      unreadable: [
        {
          kind: 'NetworkPolicy',
          name: 'broken',
          namespace: 'a',
          podSelector: { matchLabels: { half: 'second' } },
          origin: { file: 'a.yaml', line: 1, column: 1 },
          reason: 'cannot be read',
        },
      ],
    }),
    { shared: false },
  );
}
