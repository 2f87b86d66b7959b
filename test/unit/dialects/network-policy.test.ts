/**
 * What lowering does that no verdict shows: the order of policies, and the refusal of what validation should have refused.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { lowerNetworkPolicies } from '../../../src/dialects/network-policy.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { NetworkPolicyObject, UnreadablePolicy } from '../../../src/model/resource.ts';

const policy = (namespace: string | undefined, name: string, cidr?: string): NetworkPolicyObject => ({
  kind: 'NetworkPolicy',
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  spec: { podSelector: {}, ingress: cidr === undefined ? [] : [{ from: [{ ipBlock: { cidr } }] }] },
});
const unreadable = (more: Partial<UnreadablePolicy>): UnreadablePolicy => ({
  kind: 'NetworkPolicy',
  origin: { file: 'broken.yaml', line: 1, column: 1 },
  reason: 'broken',
  ...more,
});
const refsOf = (policies: readonly NetworkPolicyObject[], broken: readonly UnreadablePolicy[] = []) =>
  lowerNetworkPolicies(toManifests({ networkPolicies: policies, unreadable: broken }), spec).tier.policies.map(
    ({ ref }) => `${ref.namespace ?? '-'}/${ref.name}`,
  );

describe('lowered policies', () => {
  test('stand in the order of namespace and name by code unit, those without namespace first', () => {
    const broken = [unreadable({ namespace: 'b', name: 'B' }), unreadable({ name: 'z' }), unreadable({})];
    const given = [policy('b', 'b'), policy('0', 'x'), policy(undefined, 'np'), policy('b', 'a')];
    const sorted = ['-/(unreadable)', '-/z', '0/x', 'b/B', 'b/a', 'b/b', 'default/np'];
    expect(refsOf(given, broken)).toEqual(sorted);
    expect(refsOf(given.toReversed(), broken.toReversed())).toEqual(sorted);
  });

  test('never hold a CIDR that validation should have refused', () => {
    expect(refsOf([policy('a', 'good', '10.0.0.0/8')])).toEqual(['a/good']);
    expect(() => refsOf([policy('a', 'bad', '10.0.0.0')])).toThrow(new TypeError('unvalidated CIDR `10.0.0.0`'));
  });
});
