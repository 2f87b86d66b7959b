/**
 * What lowering administrators' policies does that no verdict shows: the words about those that are not enforced, exact rules with their places, and the refusal of what validation
 * should have refused.
 */
import { describe, expect, test } from 'vitest';
import { antrea } from '../../../src/cni/antrea.ts';
import { calico } from '../../../src/cni/calico.ts';
import { flannel } from '../../../src/cni/flannel.ts';
import { spec } from '../../../src/cni/spec.ts';
import { lowerAdminPolicies } from '../../../src/dialects/admin-policy.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import type { AdminNetworkPolicyObject, AdminPolicyObject, ClusterNetworkPolicyObject } from '../../../src/model/resource.ts';

const subject = { namespaces: {} };
const cnp = (name: string, more: Partial<ClusterNetworkPolicyObject['spec']> = {}): AdminPolicyObject => ({
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier: 'Admin', priority: 1, subject, ...more },
});
const anp = (name: string, more: Partial<AdminNetworkPolicyObject['spec']> = {}): AdminPolicyObject => ({
  kind: 'AdminNetworkPolicy',
  metadata: { name },
  spec: { priority: 1, subject, ...more },
});
const lowered = (adminPolicies: readonly AdminPolicyObject[], profile: CniProfile = spec) =>
  lowerAdminPolicies(toManifests({ adminPolicies }), profile, new Map());
const rulesOf = (policy: AdminPolicyObject) => lowered([policy]).admin.policies.flatMap(({ rules }) => rules);

describe("administrators' policies that are not enforced", () => {
  const both = [cnp('new'), anp('old')];
  const enforcedOf = (profile: CniProfile) => lowered(both, profile).admin.policies.map(({ ref }) => ref.name);
  const said = (profile: CniProfile) => lowered(both, profile).diagnostics.map(({ message }) => message);
  const open = 'and what it allows other policies may deny';

  test('are those of a version that the data plane does not know, and are said to be so', () => {
    expect(enforcedOf(calico)).toEqual(['new']);
    expect(said(calico)).toEqual([
      `AdminNetworkPolicy \`old\` is not enforced under \`calico\`, ${open}: it does not know this kind of policy`,
    ]);
    expect(enforcedOf(antrea)).toEqual(['new', 'old']);
    expect(said(antrea)).toEqual([]);
  });

  test('are all where the data plane enforces nothing', () => {
    const none = 'it enforces no policy at all';
    expect(enforcedOf(flannel)).toEqual([]);
    expect(said(flannel)).toEqual([
      `ClusterNetworkPolicy \`new\` is not enforced under \`flannel\`, ${open}: ${none}`,
      `AdminNetworkPolicy \`old\` is not enforced under \`flannel\`, ${open}: ${none}`,
    ]);
  });
});

describe('lowered rules', () => {
  const at = (line: number) => ({ file: 'generated.yaml', line, column: 1 });
  const pods = { kind: 'pods', namespaces: { selector: [] }, pods: [] } as const;

  test('have their places, and peers and ports have none', () => {
    const from = [{ namespaces: {} }];
    const policy = cnp('p', {
      ingress: [
        { action: 'Pass', from },
        { action: 'Deny', from, protocols: [{ udp: { destinationPort: { number: 53 } } }, { destinationNamedPort: 'http' }] },
      ],
      egress: [{ action: 'Accept', to: from, protocols: [{ tcp: {} }] }],
    });
    expect(rulesOf(policy)).toEqual([
      { direction: 'ingress', index: 0, origin: at(1100), action: 'pass', peers: [pods], ports: 'any' },
      {
        direction: 'ingress',
        index: 1,
        origin: at(1101),
        action: 'deny',
        peers: [pods],
        ports: [
          { kind: 'range', protocol: 'UDP', from: 53, to: 53 },
          { kind: 'named', protocol: 'any', name: 'http' },
        ],
      },
      {
        direction: 'egress',
        index: 0,
        origin: at(1500),
        action: 'allow',
        peers: [pods],
        ports: [{ kind: 'range', protocol: 'TCP', from: 0, to: 65535 }],
      },
    ]);
  });

  test('match no port for a range that is none, which is a name that no container port has', () => {
    const range = (start: number, end: number) =>
      rulesOf(anp('p', { ingress: [{ action: 'Allow', from: [{ namespaces: {} }], ports: [{ portRange: { start, end } }] }] })).map(
        ({ ports }) => ports,
      );
    expect(range(81, 80)).toEqual([[{ kind: 'named', protocol: 'any', name: '' }]]);
    expect(range(80, 80)).toEqual([[{ kind: 'range', protocol: 'TCP', from: 80, to: 80 }]]);
  });

  test('never hold a CIDR that validation should have refused', () => {
    const networks = (cidr: string) => rulesOf(cnp('p', { egress: [{ action: 'Deny', to: [{ networks: [cidr] }] }] }));
    expect(networks('10.0.0.0/8')).toHaveLength(1);
    expect(() => networks('10.0.0.0')).toThrow(new TypeError('unvalidated CIDR `10.0.0.0`'));
  });
});
