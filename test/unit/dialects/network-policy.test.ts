/**
 * What lowering does that no verdict shows: the order of policies, the words about policies that are not enforced, exact rules, and the refusal of what validation should have refused.
 */
import { describe, expect, test } from 'vitest';
import { awsVpcCni } from '../../../src/cni/aws-vpc-cni.ts';
import { flannel } from '../../../src/cni/flannel.ts';
import { kubeRouter } from '../../../src/cni/kube-router.ts';
import { spec } from '../../../src/cni/spec.ts';
import { weave } from '../../../src/cni/weave.ts';
import { lowerNetworkPolicies } from '../../../src/dialects/network-policy.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import { formatPrefix } from '../../../src/lib/ip-address.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import type { NetworkPolicyObject, NetworkPolicySpec, UnreadablePolicy } from '../../../src/model/resource.ts';

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

describe('policies that are not enforced', () => {
  const named: NetworkPolicyObject = {
    kind: 'NetworkPolicy',
    metadata: { name: 'np' },
    spec: { podSelector: {}, ingress: [{ ports: [{ port: 'http' }] }] },
  };
  const open = 'and the pods that it means to protect are open to what it forbids';
  const said = (profile: CniProfile) =>
    lowerNetworkPolicies(toManifests({ networkPolicies: [named, policy('a', 'b')] }), profile).diagnostics.map(({ message }) => message);

  test('are said to be so because the data plane enforces none, or gives up this one', () => {
    const none = 'it enforces no policy at all';
    expect(said(flannel)).toEqual([
      `NetworkPolicy \`default/np\` is not enforced under \`flannel\`, ${open}: ${none}`,
      `NetworkPolicy \`a/b\` is not enforced under \`flannel\`, ${open}: ${none}`,
    ]);
    expect(said(weave)).toEqual([
      `NetworkPolicy \`default/np\` is not enforced under \`weave\`, ${open}: it gives up a policy that names a port by its name`,
    ]);
    expect(said(spec)).toEqual([]);
  });

  test('isolate nobody, and neither does one that cannot be read where none is enforced', () => {
    const tier = (profile: CniProfile) =>
      lowerNetworkPolicies(toManifests({ networkPolicies: [named], unreadable: [unreadable({ name: 'z' })] }), profile).tier.policies.map(
        ({ ref }) => ref.name,
      );
    expect(tier(flannel)).toEqual([]);
    expect(tier(weave)).toEqual(['z']);
    expect(tier(spec)).toEqual(['z', 'np']);
  });
});

describe('lowered rules', () => {
  const rulesOf = (more: Partial<NetworkPolicySpec>, profile: CniProfile) =>
    lowerNetworkPolicies(
      toManifests({ networkPolicies: [{ kind: 'NetworkPolicy', metadata: { name: 'np' }, spec: { podSelector: {}, ...more } }] }),
      profile,
    ).tier.policies.flatMap(({ rules }) => rules);
  const blocksOf = (profile: CniProfile) => {
    const from = [
      { ipBlock: { cidr: '::/0', except: ['fd00:1::/32', 'fc00::/7'] } },
      { ipBlock: { cidr: 'fd00::/8', except: ['fd00:2::/32'] } },
    ];
    return rulesOf({ ingress: [{ from }] }, profile).flatMap(({ peers }) =>
      peers === 'any' ? [] : peers.map((peer) => (peer.kind === 'ipBlock' ? peer.except.map(formatPrefix) : [])),
    );
  };

  test('with a name of a port match nothing beside what is unknown, where names are resolved in a way of its own', () => {
    const origin = { file: 'generated.yaml', line: 1100, column: 1 };
    const common = { direction: 'ingress', peers: 'any', index: 0, origin } as const;
    const ports = [
      { kind: 'named', name: '', protocol: 'TCP' },
      { kind: 'range', from: 443, to: 443, protocol: 'UDP' },
    ];
    expect(rulesOf({ ingress: [{ ports: [{ port: 'http' }, { port: 443, protocol: 'UDP' }] }] }, awsVpcCni)).toEqual([
      { ...common, action: 'allow', ports },
      { ...common, action: 'unknown', ports: 'any', reason: '`aws-vpc-cni` reads names of ports in a way of its own, which may open more' },
    ]);
    expect(rulesOf({ ingress: [{ ports: [{ port: 443, protocol: 'UDP' }] }] }, awsVpcCni)).toEqual([
      { ...common, action: 'allow', ports: [ports[1]] },
    ]);
  });

  // What `::/0` loses as 2000::/3 and fd00::/8, beside its exceptions.
  const LOST = ['::/3', '4000::/2', '8000::/2', 'c000::/3', 'e000::/4', 'f000::/5', 'f800::/6', 'fc00::/8', 'fe00::/7'];

  test('of everything of IPv6 in two ranges keep the exceptions that are longer than a range, and those of other blocks where a rule has one set', () => {
    expect(blocksOf(spec)).toEqual([['fd00:1::/32', 'fc00::/7'], ['fd00:2::/32']]);
    expect(blocksOf({ ...spec, name: 'own', ipv6Everything: 'global-and-local' })).toEqual([['fd00:1::/32', ...LOST], ['fd00:2::/32']]);
    expect(blocksOf(kubeRouter)).toEqual([
      ['fd00:1::/32', 'fd00:2::/32', ...LOST],
      ['fd00:1::/32', 'fd00:2::/32'],
    ]);
  });
});
