/**
 * Why the rules of an unknown verdict are among its reasons.
 */
import { expect, test } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import { reference } from '../../../src/reference/reference.ts';

test('a rule behind an open match is not said to be tied with a policy of another tier', () => {
  const open = { nodes: { matchLabels: { zone: 'a' } } };
  const policy = (name: string, tier: 'Admin' | 'Baseline', action: 'Pass' | 'Accept') => ({
    kind: 'ClusterNetworkPolicy' as const,
    metadata: { name },
    spec: {
      tier,
      priority: 1,
      subject: { namespaces: {} },
      egress: [
        { action, to: [open] },
        { action: 'Deny' as const, to: [{ nodes: {} }] },
      ],
    },
  });
  // A node without Node object: its labels are not known, so that the first rule of each policy may match or not.
  const manifests = toManifests({
    pods: [
      { kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, status: { podIP: '10.0.0.1' } },
      {
        kind: 'Pod',
        metadata: { name: 'other', namespace: 'shop' },
        spec: { nodeName: 'n' },
        status: { podIP: '10.0.0.2', hostIP: '192.0.2.1' },
      },
    ],
    adminPolicies: [policy('guard', 'Admin', 'Pass'), policy('floor', 'Baseline', 'Accept')],
  });
  const query = { from: 'shop/web', to: '192.0.2.1', protocol: 'TCP', port: 80 } as const;
  const decision = compile(manifests, { shared: false }).canReach(query);
  expect(decision).toEqual(reference(manifests).canReach(query));
  expect(decision.verdict).toBe('unknown');
  const deciding = 'it decides where the open matches before it do not match';
  expect(decision.egress.reasons.map(({ policy: { name }, rule, because }) => [name, rule, because === deciding])).toEqual([
    ['guard', 0, false],
    ['guard', 1, true],
    ['floor', 0, false],
    ['floor', 1, true],
  ]);
});
