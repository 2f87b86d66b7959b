/**
 * The tiers that come out: in order, and only those that decide something, beside the NetworkPolicies.
 */
import { describe, expect, test } from 'vitest';
import { calico } from '../../../src/cni/calico.ts';
import { cilium } from '../../../src/cni/cilium.ts';
import { flannel } from '../../../src/cni/flannel.ts';
import { spec } from '../../../src/cni/spec.ts';
import { lower } from '../../../src/dialects/lower.ts';
import { type ManifestObjects, toManifests } from '../../../src/fuzz/manifests.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import type { AdminPolicyObject, AdminTier, ClusterNetworkPolicyEgressRule } from '../../../src/model/resource.ts';

const cnp = (tier: AdminTier): AdminPolicyObject => ({
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'guard' },
  spec: { tier, priority: 1, subject: { namespaces: {} } },
});
const origin = { file: 'broken.yaml', line: 1, column: 1 };
const lowered = (objects: ManifestObjects) =>
  lower(toManifests(objects), spec).policySet.tiers.map(({ name, match, policies }) => [name, match, policies.length]);

describe('the tiers', () => {
  test('are NetworkPolicy alone, also when it is empty', () => {
    expect(lower(toManifests({}), spec)).toEqual({
      policySet: { tiers: [{ name: 'NetworkPolicy', match: 'all', policies: [] }], onUnmatched: 'allow' },
      diagnostics: [],
      notEnforced: [],
    });
  });

  test("have an administrator's beside it where that has a policy", () => {
    expect(lowered({ adminPolicies: [cnp('Admin')] })).toEqual([
      ['Admin', 'first', 1],
      ['NetworkPolicy', 'all', 0],
    ]);
    expect(lowered({ adminPolicies: [cnp('Baseline')] })).toEqual([
      ['NetworkPolicy', 'all', 0],
      ['Baseline', 'first', 1],
    ]);
  });

  test('hold each unreadable policy once, in the tier of its kind', () => {
    const unreadable = ['NetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'].map((kind) => ({
      kind,
      origin,
      reason: 'broken',
    }));
    expect(lowered({ unreadable })).toEqual([
      ['Admin', 'first', 1],
      ['NetworkPolicy', 'all', 1],
      ['Baseline', 'first', 1],
    ]);
  });
});

test("what is said of administrators' policies stands before what is said of NetworkPolicies", () => {
  const networkPolicies = [{ kind: 'NetworkPolicy', metadata: { name: 'np' }, spec: { podSelector: {} } }] as const;
  expect(lower(toManifests({ networkPolicies, adminPolicies: [cnp('Admin')] }), flannel).diagnostics.map(({ object }) => object)).toEqual([
    { kind: 'ClusterNetworkPolicy', name: 'guard' },
    { kind: 'NetworkPolicy', namespace: 'default', name: 'np' },
  ]);
});

describe('what a profile does not enforce', () => {
  const to = [{ namespaces: {} }];
  const guard = (name: string, egress: readonly ClusterNetworkPolicyEgressRule[]): AdminPolicyObject => ({
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, egress },
  });
  const networkPolicy = { kind: 'NetworkPolicy', metadata: { name: 'np', namespace: 'x' }, spec: { podSelector: {} } } as const;

  test('is told policy by policy, with whether it means to forbid anything', () => {
    const adminPolicies = [
      guard('denies', [
        { action: 'Accept', to },
        { action: 'Deny', to },
      ]),
      guard('accepts', [{ action: 'Accept', to }]),
    ];
    const { notEnforced } = lower(toManifests({ adminPolicies, networkPolicies: [networkPolicy] }), flannel);
    expect(notEnforced.map(({ ref, forbids }) => [ref.kind, ref.name, forbids])).toEqual([
      ['ClusterNetworkPolicy', 'denies', true],
      ['ClusterNetworkPolicy', 'accepts', false],
      ['NetworkPolicy', 'np', true],
    ]);
  });

  test('is not told a second time for what the data plane reads in its own way', () => {
    const codes = (profile: CniProfile) => {
      const manifests = toManifests({ adminPolicies: [guard('p', [{ action: 'Deny', to: [{ nodes: {} }] }])] });
      return lower(manifests, profile).diagnostics.map(({ code }) => code);
    };
    expect(codes(calico)).toEqual(['policy-read-differently']);
    expect(codes({ ...calico, enforced: false })).toEqual(['policy-not-enforced']);
    expect(codes(cilium)).toEqual(['policy-needs-a-gate', 'policy-read-differently']);
    expect(codes({ ...cilium, enforced: false })).toEqual(['policy-not-enforced']);
  });
});
