/**
 * The administrator's tiers in the reference, sentence by sentence of the API: order, pass, both directions, equal priorities, what is open, what is not known, what could not be read.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { type ManifestObjects, toManifests } from '../../../src/fuzz/manifests.ts';
import { DomainNameTableError } from '../../../src/model/domain-names.ts';
import type { FlowQuery } from '../../../src/model/flow.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import type {
  AdminEgressPeer,
  AdminNetworkPolicyObject,
  AdminPolicyObject,
  AdminTier,
  ClusterNetworkPolicyEgressRule,
  ClusterNetworkPolicyObject,
  NetworkPolicyObject,
  PodObject,
  UnreadablePolicy,
} from '../../../src/model/resource.ts';
import { type ReferenceOptions, reference } from '../../../src/reference/reference.ts';

const profile: CniProfile = {
  ...spec,
  name: 'test',
  adminApi: 'both',
  adminPeers: 'experimental',
  unknownPeers: 'fail-closed',
  equalPriority: 'undefined',
};
const under = (more: Partial<CniProfile>): ReferenceOptions => ({ cni: { ...profile, name: 'other', ...more } });

const pod = (name: string, podIP?: string, more: PodObject['spec'] = {}): PodObject => ({
  kind: 'Pod',
  metadata: { namespace: 'x', name, labels: { name } },
  spec: more,
  ...(podIP === undefined ? {} : { status: { podIP } }),
});
const PORTS = [
  { name: 'web', containerPort: 80 },
  { name: 'dns', containerPort: 53, protocol: 'UDP' as const },
];
const pods = [
  pod('a', '10.0.0.1'),
  pod('b', '10.0.0.2', { containers: [{ ports: PORTS }] }),
  pod('new'),
  pod('host', undefined, { hostNetwork: true, nodeName: 'n1' }),
  pod('implied', '10.0.0.9', { nodeName: 'n2' }),
  pod('host2', undefined, { hostNetwork: true, nodeName: 'n2' }),
];
const nodes = [
  {
    kind: 'Node' as const,
    metadata: { name: 'n1', labels: { role: 'edge' } },
    status: { addresses: [{ type: 'InternalIP', address: '192.0.2.1' }] },
  },
];

const ALL: AdminEgressPeer = { namespaces: {} };
type Action = ClusterNetworkPolicyEgressRule['action'];
const to = (
  action: Action,
  peer: AdminEgressPeer = ALL,
  protocols?: ClusterNetworkPolicyEgressRule['protocols'],
): ClusterNetworkPolicyEgressRule => ({
  action,
  to: [peer],
  ...(protocols === undefined ? {} : { protocols }),
});
const cnp = (tier: AdminTier, name: string, priority: number, ...egress: ClusterNetworkPolicyEgressRule[]): ClusterNetworkPolicyObject => ({
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier, priority, subject: { namespaces: {} }, egress },
});
const anp = (name: string, priority: number, egress: AdminNetworkPolicyObject['spec']['egress']): AdminNetworkPolicyObject => ({
  kind: 'AdminNetworkPolicy',
  metadata: { name },
  spec: { priority, subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { name: 'a' } } } }, egress },
});
const banp = (action: 'Allow' | 'Deny'): AdminPolicyObject => ({
  kind: 'BaselineAdminNetworkPolicy',
  metadata: { name: 'default' },
  spec: { subject: { namespaces: {} }, egress: [{ action, to: [ALL] }] },
});
const networkPolicy = (open: boolean): NetworkPolicyObject => ({
  kind: 'NetworkPolicy',
  metadata: { namespace: 'x', name: 'np' },
  spec: { podSelector: { matchLabels: { name: 'a' } }, policyTypes: ['Egress'], egress: open ? [{}] : [] },
});

const half = (objects: ManifestObjects, query: Partial<FlowQuery> = {}, options: ReferenceOptions = { cni: profile }) =>
  reference(toManifests({ pods, nodes, ...objects }), options).canReach({ from: 'x/a', to: 'x/b', protocol: 'TCP', port: 80, ...query })
    .egress;
/** The verdict, the passes in brackets, then the rules or the default. */
const brief = (...asked: Parameters<typeof half>) => {
  const { verdict, passes, reasons, default: byDefault } = half(...asked);
  const rule = ({ tier, policy, rule, action }: (typeof reasons)[number]) => `${tier} ${policy.name} ${rule} ${action}`;
  return [verdict, ...passes.map((each) => `(${rule(each)})`), ...reasons.map(rule), ...(byDefault === null ? [] : [byDefault])].join('; ');
};
const admin = (...adminPolicies: readonly AdminPolicyObject[]): ManifestObjects => ({ adminPolicies });

describe('tiers', () => {
  test('Admin comes before NetworkPolicies, Baseline after them, and then everything is allowed', () => {
    const closed = { networkPolicies: [networkPolicy(false)] };
    const open = { networkPolicies: [networkPolicy(true)] };
    expect(brief({ ...closed, ...admin(cnp('Admin', 'p', 1, to('Accept'))) })).toBe('allow; Admin p 0 allow');
    expect(brief({ ...open, ...admin(cnp('Admin', 'p', 1, to('Deny'))) })).toBe('deny; Admin p 0 deny');
    expect(brief({ ...closed, ...admin(cnp('Baseline', 'p', 1, to('Accept'))) })).toBe('deny; isolated-no-rule-matches');
    expect(brief({ ...open, ...admin(cnp('Baseline', 'p', 1, to('Deny'))) })).toBe('allow; NetworkPolicy np 0 allow');
    expect(brief(admin(cnp('Baseline', 'p', 1, to('Deny'))))).toBe('deny; Baseline p 0 deny');
    expect(brief(admin(cnp('Baseline', 'p', 1, to('Accept'))))).toBe('allow; Baseline p 0 allow');
    expect(brief(admin())).toBe('allow; not-isolated');
  });

  test('the lowest priority is asked first, and in a policy the first rule; a BaselineAdminNetworkPolicy comes last', () => {
    expect(brief(admin(cnp('Admin', 'p', 9, to('Deny')), cnp('Admin', 'q', 8, to('Accept'))))).toBe('allow; Admin q 0 allow');
    expect(brief(admin(cnp('Admin', 'p', 8, to('Deny')), cnp('Admin', 'q', 9, to('Accept'))))).toBe('deny; Admin p 0 deny');
    expect(brief(admin(cnp('Admin', 'p', 1, to('Accept'), to('Deny'))))).toBe('allow; Admin p 0 allow');
    expect(brief(admin(cnp('Admin', 'p', 1, to('Deny'), to('Accept'))))).toBe('deny; Admin p 0 deny');
    expect(brief(admin(banp('Deny'), cnp('Baseline', 'p', 1000, to('Accept'))))).toBe('allow; Baseline p 0 allow');
    expect(brief(admin(banp('Deny')))).toBe('deny; Baseline default 0 deny');
    expect(brief(admin(banp('Allow')))).toBe('allow; Baseline default 0 allow');
    expect(brief(admin(anp('n', 5, [{ action: 'Deny', to: [ALL] }]), cnp('Admin', 'p', 6, to('Accept'))))).toBe('deny; Admin n 0 deny');
  });

  test('pass leaves the tier, and every pass on the way is told', () => {
    const passing = cnp('Admin', 'p', 1, to('Pass'), to('Deny'));
    expect(brief(admin(passing, cnp('Admin', 'q', 2, to('Deny'))))).toBe('allow; (Admin p 0 pass); not-isolated');
    expect(brief({ ...admin(passing), networkPolicies: [networkPolicy(false)] })).toBe('deny; (Admin p 0 pass); isolated-no-rule-matches');
    expect(brief(admin(passing, cnp('Baseline', 'q', 1, to('Pass')), banp('Deny')))).toBe(
      'allow; (Admin p 0 pass); (Baseline q 0 pass); not-isolated',
    );
    expect(brief(admin(passing, banp('Deny')))).toBe('deny; (Admin p 0 pass); Baseline default 0 deny');
  });

  test('an Accept at the source does not open the destination', () => {
    const world = (action: 'Accept' | 'Deny') => {
      const ingress = {
        ...cnp('Admin', 'in', 2),
        spec: { tier: 'Admin', priority: 2, subject: { namespaces: {} }, ingress: [{ action, from: [ALL] }] },
      } as const;
      return reference(toManifests({ pods, ...admin(cnp('Admin', 'out', 1, to('Accept')), ingress) }), { cni: profile });
    };
    const ask = (action: 'Accept' | 'Deny') => world(action).canReach({ from: 'x/a', to: 'x/b', protocol: 'TCP', port: 80 });
    expect(ask('Deny')).toMatchObject({
      verdict: 'deny',
      egress: { verdict: 'allow' },
      ingress: { verdict: 'deny', isolated: false, isolatedBy: [] },
    });
    expect(ask('Accept').verdict).toBe('allow');
  });

  test('nobody stands between a pod and itself or from its own node to it, and others than pods are no subject', () => {
    const closed = admin(cnp('Admin', 'p', 1, to('Deny', { networks: ['0.0.0.0/0'] })));
    expect(brief(closed, { to: 'x/a' })).toBe('allow; pod-to-itself');
    expect(brief(closed, { from: 'x/host2', to: 'x/implied' })).toBe('allow; own-node');
    expect(brief(admin(), { from: 'x/implied', to: 'x/host2' })).toBe('allow; own-node');
    expect(brief(closed, { from: 'x/host' })).toBe('allow; not-a-policed-pod');
    expect(brief(closed)).toBe('deny; Admin p 0 deny');
  });

  test('every pair of a peer and a port is a reason, with its place', () => {
    const rule = {
      action: 'Deny',
      to: [{ nodes: {} }, ALL, { networks: ['10.0.0.0/8', '10.0.0.0/9'] }],
      protocols: [{ tcp: {} }, { destinationNamedPort: 'web' }],
    } as const;
    const { reasons } = half(admin(cnp('Admin', 'p', 1, rule)));
    expect(reasons.map(({ peer, port }) => [peer, port])).toEqual([
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ]);
    const origin = {
      file: 'generated.yaml',
      line: toManifests({ pods, nodes }).nodes.length * 1000 + pods.length * 1000 + 1000 + 500,
      column: 1,
    };
    expect(reasons[0]).toEqual({
      policy: { kind: 'ClusterNetworkPolicy', name: 'p' },
      tier: 'Admin',
      direction: 'egress',
      action: 'deny',
      rule: 0,
      peer: 1,
      port: 0,
      origin,
    });
  });
});

describe('ports', () => {
  test.each([
    [[], 'SCTP', 9, 'deny'],
    [[{ tcp: {} }], 'TCP', 9, 'deny'],
    [[{ tcp: {} }], 'UDP', 9, 'allow'],
    [[{ udp: { destinationPort: { number: 9 } } }], 'UDP', 9, 'deny'],
    [[{ udp: { destinationPort: { number: 9 } } }], 'UDP', 8, 'allow'],
    [[{ sctp: { destinationPort: { range: { start: 8, end: 9 } } } }], 'SCTP', 9, 'deny'],
    [[{ sctp: { destinationPort: { range: { start: 8, end: 9 } } } }], 'SCTP', 10, 'allow'],
    [[{ sctp: { destinationPort: { range: { start: 8, end: 9 } } } }], 'SCTP', 7, 'allow'],
    [[{ destinationNamedPort: 'dns' }], 'UDP', 53, 'deny'],
    [[{ destinationNamedPort: 'dns' }], 'TCP', 53, 'allow'],
    [[{ destinationNamedPort: 'dns' }], 'UDP', 54, 'allow'],
  ] as const)('of v1alpha2: %j and %s %d: %s', (protocols, protocol, port, verdict) => {
    expect(half(admin(cnp('Admin', 'p', 1, to('Deny', ALL, protocols))), { protocol, port }).verdict).toBe(verdict);
  });

  test.each([
    [{ portNumber: { port: 9 } }, 'TCP', 9, 'deny'],
    [{ portNumber: { port: 9 } }, 'UDP', 9, 'allow'],
    [{ portNumber: { port: 9, protocol: 'UDP' } }, 'UDP', 9, 'deny'],
    [{ portRange: { start: 8, end: 9 } }, 'TCP', 8, 'deny'],
    [{ portRange: { start: 8, end: 9 } }, 'TCP', 10, 'allow'],
    [{ portRange: { start: 9, end: 8 } }, 'TCP', 9, 'allow'],
    [{ namedPort: 'web' }, 'TCP', 80, 'deny'],
    [{ namedPort: 'web' }, 'UDP', 80, 'allow'],
  ] as const)('of v1alpha1: %j and %s %d: %s', (item, protocol, port, verdict) => {
    expect(half(admin(anp('p', 1, [{ action: 'Deny', to: [ALL], ports: [item] }])), { protocol, port }).verdict).toBe(verdict);
  });
});

describe('a peer', () => {
  const denied = (peer: AdminEgressPeer, end: string, options?: ReferenceOptions) =>
    half(admin(cnp('Admin', 'p', 1, to('Deny', peer))), { to: end }, options).verdict;

  test('by labels is never a node, by address is anything', () => {
    expect(denied(ALL, 'x/b')).toBe('deny');
    expect(denied(ALL, 'x/host')).toBe('allow');
    expect(denied({ pods: { namespaceSelector: {}, podSelector: { matchLabels: { name: 'b' } } } }, 'x/b')).toBe('deny');
    expect(denied({ pods: { namespaceSelector: {}, podSelector: { matchLabels: { name: 'b' } } } }, 'x/implied')).toBe('allow');
    for (const end of ['x/b', '192.0.2.1', '203.0.113.1']) expect(denied({ networks: ['0.0.0.0/0'] }, end)).toBe('deny');
    expect(denied({ networks: ['10.0.0.0/8'] }, '203.0.113.1')).toBe('allow');
    expect(denied({ networks: ['10.0.0.0/8'] }, 'x/b', under({ ipBlockMatchesPods: false }))).toBe('allow');
  });

  test('by address is open for a pod or host-network pod whose address is not known, and for no other', () => {
    expect(denied({ networks: ['10.0.0.0/8'] }, 'x/new')).toBe('unknown');
    expect(denied({ networks: ['10.0.0.0/8'] }, 'x/new', under({ ipBlockMatchesPods: false }))).toBe('allow');
    expect(denied({ networks: ['10.0.0.0/8'] }, 'x/host2')).toBe('unknown');
    expect(denied({ networks: ['10.0.0.0/8'] }, 'x/host2', under({ ipBlockMatchesNodes: false }))).toBe('allow');
  });

  test('by node is open for a node whose labels are not known, unless every node is meant', () => {
    expect(denied({ nodes: { matchLabels: { role: 'edge' } } }, '192.0.2.1')).toBe('deny');
    expect(denied({ nodes: { matchLabels: { role: 'core' } } }, '192.0.2.1')).toBe('allow');
    expect(denied({ nodes: { matchLabels: { role: 'edge' } } }, 'x/host')).toBe('deny');
    expect(denied({ nodes: { matchLabels: { role: 'edge' } } }, 'x/host2')).toBe('unknown');
    const both = { matchLabels: { role: 'edge' }, matchExpressions: [{ key: 'role', operator: 'Exists' }] } as const;
    expect([denied({ nodes: both }, 'x/host2'), denied({ nodes: both }, '192.0.2.1')]).toEqual(['unknown', 'deny']);
    expect(denied({ nodes: {} }, 'x/host2')).toBe('deny');
    expect(denied({ nodes: {} }, 'x/b')).toBe('allow');
  });

  test('by domain name decides with a table and is open without', () => {
    const names = {
      'A.example.com.': ['203.0.113.1'],
      'b.c.example.com': ['203.0.113.2'],
      'none.example.org': [],
      '*.lb.test': ['203.0.113.3'],
    };
    const accepted = (peer: AdminEgressPeer, end: string, options?: ReferenceOptions) =>
      half(admin(cnp('Admin', 'p', 1, to('Accept', peer), to('Deny', { networks: ['0.0.0.0/0'] }))), { to: end }, options).verdict;
    const ask = (pattern: string, end: string) => accepted({ domainNames: [pattern] }, end, { cni: profile, domainNames: names });
    expect(accepted({ domainNames: ['a.example.com'] }, '203.0.113.1')).toBe('unknown');
    expect(accepted({ domainNames: ['a.example.com'] }, 'x/b')).toBe('unknown');
    expect(ask('a.example.com', '203.0.113.1')).toBe('allow');
    expect(ask('a.example.com', '203.0.113.2')).toBe('deny');
    const either = { domainNames: ['none.example.org', 'a.example.com'] };
    expect(accepted(either, '203.0.113.1', { cni: profile, domainNames: names })).toBe('allow');
    expect(accepted(either, '203.0.113.2', { cni: profile, domainNames: names })).toBe('deny');
    expect(ask('*.example.com.', '203.0.113.2')).toBe('allow');
    expect(ask('*.example.com', '203.0.113.3')).toBe('unknown');
    expect(ask('*.lb.test', '203.0.113.2')).toBe('deny');
    expect(ask('*.lb.test', '203.0.113.3')).toBe('allow');
    expect(ask('*.none.example.org', '203.0.113.3')).toBe('unknown');
    expect(ask('none.example.org', '203.0.113.3')).toBe('deny');
    expect(accepted({ domainNames: ['a.example.com'] }, '203.0.113.1', { cni: profile, domainNames: new Map(Object.entries(names)) })).toBe(
      'allow',
    );
  });

  test.each([
    [{ 'not a name': [] }, '`not a name`'],
    [{ 'good.b@d': [] }, '`good.b@d`'],
    [{ '-.a.test': [] }, '`-.a.test`'],
    [{ 'a.test': ['10.0.0'] }, '`10.0.0` for `a.test`'],
    [{ 'a.test': ['::ffff:10.0.0.1'] }, '`::ffff:10.0.0.1` for `a.test`'],
  ])('by domain name refuses the table %j', (domainNames, words) => {
    expect(() => reference(toManifests({}), { cni: profile, domainNames })).toThrow(RangeError);
    expect(() => reference(toManifests({}), { cni: profile, domainNames })).toThrow(words);
    expect(() => reference(toManifests({}), { cni: profile, domainNames: { 'a.test': ['10.0.0.1'] } })).not.toThrow();
  });

  test.each<[unknown]>([[null], [7], [''], [[]], [['a.test']]])('by domain name refuses %j as a table', (table) => {
    const domainNames = table as object as NonNullable<ReferenceOptions['domainNames']>;
    const refused = new DomainNameTableError('the table of domain names must map names to lists of addresses');
    expect(() => reference(toManifests({}), { cni: profile, domainNames })).toThrow(refused);
    const bare: object = { 'A.test.': '10.0.0.1' };
    const listless = new DomainNameTableError('the table of domain names must have a list of addresses for `a.test`');
    expect(() => reference(toManifests({}), { cni: profile, domainNames: bare as typeof domainNames })).toThrow(listless);
    expect(() => reference(toManifests({}), { cni: profile, domainNames: {} })).not.toThrow();
  });

  test('that nobody knows closes: an Accept matches nothing there, a Deny or Pass denies everything', () => {
    const rule = (action: Action) =>
      admin(
        cnp('Admin', 'p', 1, { action, to: [{}, { pods: { podSelector: { matchLabels: { name: 'b' } } } }], protocols: [{ tcp: {} }] }),
      );
    expect(brief(rule('Accept'), { to: 'x/implied' })).toBe('allow; not-isolated');
    expect(brief(rule('Accept'))).toBe('allow; not-isolated');
    expect(brief(rule('Accept'), {}, under({ unknownPeers: 'ignored' }))).toBe('allow; Admin p 0 allow');
    for (const action of ['Deny', 'Pass'] as const) {
      expect(half(rule(action), { to: '203.0.113.1', protocol: 'UDP' })).toMatchObject({
        verdict: 'deny',
        reasons: [{ action: 'deny', rule: 0, peer: null, port: null }],
      });
      expect(half(rule(action), { to: '203.0.113.1' }, under({ unknownPeers: 'ignored' })).verdict).toBe('allow');
    }
    const byName = admin(cnp('Admin', 'p', 1, to('Pass', { domainNames: ['a.test'] })));
    expect(brief(byName, {}, under({ adminPeers: 'standard' }))).toBe('deny; Admin p 0 deny');
    expect(brief(byName)).toBe('unknown; Admin p 0 unknown');
    const ignored = under({ adminPeers: 'standard', unknownPeers: 'ignored' });
    expect(brief(byName, {}, ignored)).toBe('allow; not-isolated');
    const beside = admin(cnp('Admin', 'p', 1, { action: 'Deny', to: [{ domainNames: ['a.test'] }, { networks: ['10.0.0.0/8'] }] }));
    expect(half(beside, {}, ignored)).toMatchObject({ verdict: 'deny', reasons: [{ peer: 1 }] });
    expect(half(beside, { to: 'x/new' }, ignored).reasons[0]?.because).toBe(
      'it is open whether it matches: an address or a label of that end is not known',
    );
  });
});

describe('an open match', () => {
  const name: AdminEgressPeer = { domainNames: ['a.test', 'b.test'] };
  const address: AdminEgressPeer = { networks: ['10.0.0.0/8'] };
  const toNew = { to: 'x/new' };

  test('that matters is told with what it would be otherwise, one that does not is not told', () => {
    expect(brief(admin(cnp('Admin', 'p', 1, to('Deny', address))), toNew)).toBe('unknown; Admin p 0 deny');
    expect(half(admin(cnp('Admin', 'p', 1, to('Deny', address))), toNew).reasons[0]?.because).toBe(
      'it is open whether it matches: an address or a label of that end is not known',
    );
    expect(half(admin(cnp('Admin', 'p', 1, to('Accept', name), to('Deny')))).reasons.map(({ because }) => because)).toEqual([
      'not all addresses are known for `a.test`, `b.test`',
      'it decides where the open matches before it do not match',
    ]);
    expect(half(admin(cnp('Admin', 'p', 1, { action: 'Accept', to: [name, address] }, to('Deny'))), toNew).reasons[0]?.because).toBe(
      'not all addresses are known for `a.test`, `b.test`, or an address or a label of that end is not known',
    );
    expect(brief(admin(cnp('Admin', 'p', 1, to('Accept', name))))).toBe('allow; not-isolated');
    expect(brief(admin(cnp('Admin', 'p', 1, to('Accept', name), to('Deny'))))).toBe('unknown; Admin p 0 allow; Admin p 1 deny');
    expect(brief(admin(cnp('Admin', 'p', 1, to('Accept', name), to('Accept'))))).toBe('allow; Admin p 1 allow');
    expect(brief(admin(cnp('Admin', 'p', 1, to('Deny'), to('Accept', name))))).toBe('deny; Admin p 0 deny');
  });

  test('of a pass goes on to the next tier, and only there it shows whether it matters', () => {
    const passing = admin(cnp('Admin', 'p', 1, to('Pass', address), to('Accept')));
    expect(brief(passing, toNew)).toBe('allow; Admin p 1 allow');
    expect(brief({ ...passing, networkPolicies: [networkPolicy(true)] }, toNew)).toBe('allow; Admin p 1 allow');
    expect(brief({ ...passing, networkPolicies: [networkPolicy(false)] }, toNew)).toBe('unknown; Admin p 0 pass; Admin p 1 allow');
    expect(brief({ adminPolicies: [...(passing.adminPolicies ?? []), cnp('Baseline', 'q', 1, to('Deny'))] }, toNew)).toBe(
      'unknown; Admin p 0 pass; Admin p 1 allow',
    );
  });

  test('in a peer list with a certain one is not told', () => {
    expect(half(admin(cnp('Admin', 'p', 1, { action: 'Deny', to: [address, ALL] })), toNew).reasons.map(({ peer }) => peer)).toEqual([1]);
    expect(half(admin(cnp('Admin', 'p', 1, { action: 'Accept', to: [name, ALL] }))).verdict).toBe('allow');
  });
});

describe('equal priorities', () => {
  const [a, b] = [cnp('Admin', 'a', 1, to('Accept')), cnp('Admin', 'b', 1, to('Deny'))];

  test('that disagree are unknown whichever comes first, with both rules; others are defined', () => {
    for (const policies of [
      [a, b],
      [b, a],
    ])
      expect(brief(admin(...policies))).toBe('unknown; Admin a 0 allow; Admin b 0 deny');
    expect(half(admin(a, b)).reasons.map(({ because }) => because)).toEqual(
      new Array(2).fill('another policy of the same priority says otherwise, and their order is not defined'),
    );
    expect(brief(admin(a, cnp('Admin', 'c', 1, to('Accept'))))).toBe('allow; Admin a 0 allow');
    expect(brief(admin(a, cnp('Admin', 'b', 1, to('Deny', { networks: ['203.0.113.0/24'] }))))).toBe('allow; Admin a 0 allow');
    expect(brief(admin(cnp('Admin', 'a', 1, to('Pass')), a))).toBe('allow; (Admin a 0 pass); not-isolated');
    expect(brief(admin(cnp('Admin', 'p', 0, to('Deny')), a, b))).toBe('deny; Admin p 0 deny');
  });

  test('follow the rule that a data plane has', () => {
    expect(brief(admin(b, a), {}, under({ equalPriority: 'name' }))).toBe('allow; Admin a 0 allow');
    expect(brief(admin(b, a), {}, under({ equalPriority: 'cilium' }))).toBe('deny; Admin b 0 deny');
    const longer = cnp('Admin', 'a-b', 1, to('Deny'));
    expect(brief(admin(longer, a), {}, under({ equalPriority: 'name' }))).toBe('allow; Admin a 0 allow');
    expect(brief(admin(longer, a), {}, under({ equalPriority: 'calico' }))).toBe('deny; Admin a-b 0 deny');
    expect(brief(admin(a, longer), {}, under({ equalPriority: 'calico' }))).toBe('deny; Admin a-b 0 deny');
    expect(brief(admin(a, b), {}, under({ equalPriority: 'cilium' }))).toBe('deny; Admin b 0 deny');
    const later = cnp('Admin', 'b', 1, to('Accept', { nodes: {} }), to('Deny'));
    expect(brief(admin(later, a), {}, under({ equalPriority: 'cilium' }))).toBe('allow; Admin a 0 allow');
  });
});

describe('rules of equal priority, where rule i of a policy stands i hundredths behind it', () => {
  const nine = [{ tcp: { destinationPort: { number: 9 } } }];
  const ask = (last: Action, port: number, equalPriority: CniProfile['equalPriority']) => {
    const [p, q] = [cnp('Admin', 'p', 1, to('Deny', ALL, nine), to('Accept')), cnp('Admin', 'q', 1, to('Accept', ALL, nine), to(last))];
    return brief(admin(p, q), { port }, under({ equalPriority }));
  };

  test('are asked by their place, and at one place the strictest is first', () => {
    expect(ask('Deny', 80, 'cilium')).toBe('deny; Admin q 1 deny');
    expect(ask('Accept', 80, 'cilium')).toBe('allow; Admin p 1 allow');
    expect(ask('Deny', 9, 'cilium')).toBe('deny; Admin p 0 deny');
    expect(ask('Deny', 80, 'name')).toBe('allow; Admin p 1 allow');
  });
});

describe('what is told of ways that part', () => {
  const [a, b, c] = [cnp('Admin', 'a', 1, to('Accept')), cnp('Admin', 'b', 1, to('Deny')), cnp('Admin', 'c', 1, to('Accept'))];

  test('are those that say something else than the first, and it', () => {
    expect(brief(admin(a, b, c))).toBe('unknown; Admin a 0 allow; Admin b 0 deny');
    expect(brief(admin(a, c))).toBe('allow; Admin a 0 allow');
    const twice = cnp('Admin', 'd', 1, to('Deny'));
    expect(brief(admin(a, b, twice))).toBe('unknown; Admin a 0 allow; Admin b 0 deny; Admin d 0 deny');
  });

  test('is nothing that no way arrives at', () => {
    const [late, later] = [cnp('Admin', 'p', 2, to('Accept')), cnp('Admin', 'q', 2, to('Deny'))];
    expect(brief(admin(a, b, late, later))).toBe('unknown; Admin a 0 allow; Admin b 0 deny');
    expect(brief(admin(late, later))).toBe('unknown; Admin p 0 allow; Admin q 0 deny');
  });

  test('is a policy that could not be read only where a way arrives at it on the way to the own node', () => {
    const torn: UnreadablePolicy = { kind: 'NetworkPolicy', name: 'torn', origin: { file: 'f.yaml', line: 1, column: 1 }, reason: 'torn' };
    const edge = cnp('Admin', 'p', 1, to('Deny', { nodes: { matchLabels: { role: 'edge' } } }));
    const all = cnp('Admin', 'q', 2, to('Accept', { nodes: {} }));
    const last = cnp('Baseline', 'r', 1, to('Deny', { nodes: {} }));
    const toNode = (unreadable: readonly UnreadablePolicy[], ...policies: readonly AdminPolicyObject[]) =>
      brief({ adminPolicies: policies, unreadable }, { from: 'x/implied', to: 'x/host2' });
    expect(toNode([torn], edge, all, last)).toBe('unknown; Admin p 0 deny');
    expect(toNode([torn], edge, last)).toBe('unknown; Admin p 0 deny; NetworkPolicy torn -1 unknown');
    expect(toNode([], edge, last)).toBe('deny; Baseline r 0 deny');
    expect(toNode([], edge)).toBe('unknown; Admin p 0 deny');
  });
});

describe('a policy that could not be read', () => {
  const origin = { file: 'f.yaml', line: 1, column: 1 };
  const broken = (kind: string, more: Partial<UnreadablePolicy> = {}): UnreadablePolicy => ({
    kind,
    name: 'torn',
    origin,
    reason: 'torn',
    ...more,
  });
  const ask = (unreadable: UnreadablePolicy, ...policies: readonly AdminPolicyObject[]) =>
    brief({ unreadable: [unreadable], adminPolicies: policies });
  const [yes, no] = [cnp('Admin', 'p', 5, to('Accept')), cnp('Baseline', 'p', 5, to('Deny'))];
  const KIND = 'ClusterNetworkPolicy';

  test('stands where it is known to stand, else before everything', () => {
    expect(ask(broken(KIND), yes)).toBe('unknown; Admin torn -1 unknown');
    expect(ask(broken(KIND, { priority: 6 }), yes)).toBe('unknown; Admin torn -1 unknown');
    expect(ask(broken(KIND, { tier: 'Admin' }), yes)).toBe('unknown; Admin torn -1 unknown');
    expect(ask(broken(KIND, { tier: 'Admin', priority: 4 }), yes)).toBe('unknown; Admin torn -1 unknown');
    expect(ask(broken(KIND, { tier: 'Admin', priority: 6 }), yes)).toBe('allow; Admin p 0 allow');
    expect(ask(broken(KIND, { tier: 'Admin', priority: 5 }), yes)).toBe('unknown; Admin p 0 allow; Admin torn -1 unknown');
    expect(ask(broken(KIND, { tier: 'Baseline' }), yes)).toBe('allow; Admin p 0 allow');
    expect(ask(broken(KIND, { tier: 'Baseline', priority: 4 }), no)).toBe('unknown; Baseline torn -1 unknown');
    expect(ask(broken(KIND, { tier: 'Baseline', priority: 6 }), no)).toBe('deny; Baseline p 0 deny');
    expect(ask(broken('AdminNetworkPolicy', { priority: 6 }), yes)).toBe('allow; Admin p 0 allow');
    expect(ask(broken('BaselineAdminNetworkPolicy'), no)).toBe('deny; Baseline p 0 deny');
    expect(ask(broken('BaselineAdminNetworkPolicy'))).toBe('unknown; Baseline torn -1 unknown');
  });

  test('touches only the pods and directions that it can touch', () => {
    expect(ask(broken(KIND, { directions: ['ingress'] }))).toBe('allow; not-isolated');
    expect(ask(broken(KIND, { directions: ['egress'] }))).toBe('unknown; Admin torn -1 unknown');
    expect(ask(broken(KIND, { subject: { pods: { podSelector: { matchLabels: { name: 'b' } } } } }))).toBe('allow; not-isolated');
    expect(half({ unreadable: [broken(KIND)] }).reasons[0]?.because).toBe('torn');
  });

  test('stands among those of its priority before other rules, and without a name by what is wrong with it', () => {
    const placed = { tier: 'Admin', priority: 5 } as const;
    const strict = (policy: UnreadablePolicy) => brief({ unreadable: [policy], ...admin(yes) }, {}, under({ equalPriority: 'cilium' }));
    expect(strict(broken(KIND, placed))).toBe('unknown; Admin torn -1 unknown');
    expect(strict(broken(KIND, { ...placed, priority: 6 }))).toBe('allow; Admin p 0 allow');
    const { name: _, ...nameless } = broken(KIND, placed);
    const unreadable = ['b', 'a'].map((reason) => ({ ...nameless, reason }));
    for (const equalPriority of ['calico', 'name'] as const)
      expect(half({ unreadable }, {}, under({ equalPriority })).reasons).toMatchObject([
        { policy: { name: '(unreadable)' }, because: 'a' },
      ]);
  });

  test('leaves open what protocols outside the model may do only where it may be of an administrator', () => {
    const icmp: object = { protocol: 'ICMP' };
    const verdict = (unreadable: readonly UnreadablePolicy[], adminApi: CniProfile['adminApi']) =>
      half({ unreadable }, icmp, under({ otherProtocols: 'allow', adminApi })).verdict;
    const { name: _, ...nameless } = broken('(unreadable)');
    for (const unreadable of [[broken(KIND)], [nameless]])
      expect([verdict(unreadable, 'both'), verdict(unreadable, 'none')]).toEqual(['unknown', 'allow']);
    expect([verdict([], 'both'), verdict([broken('NetworkPolicy')], 'both')]).toEqual(['allow', 'allow']);
  });

  test('has no effect where its kind has none', () => {
    expect(brief({ unreadable: [broken(KIND)] }, {}, under({ adminApi: 'v1alpha1' }))).toBe('allow; not-isolated');
    expect(brief({ unreadable: [broken(KIND)] }, {}, under({ adminApi: 'v1alpha2' }))).toBe('unknown; Admin torn -1 unknown');
  });
});

test('a data plane enforces the kinds that it knows, or nothing at all', () => {
  const policies = admin(cnp('Admin', 'new', 1, to('Deny')), anp('old', 2, [{ action: 'Deny', to: [ALL] }]));
  const ask = (more: Partial<CniProfile>) => brief({ ...policies, networkPolicies: [networkPolicy(false)] }, {}, under(more));
  expect(ask({ adminApi: 'both' })).toBe('deny; Admin new 0 deny');
  expect(ask({ adminApi: 'v1alpha2' })).toBe('deny; Admin new 0 deny');
  expect(ask({ adminApi: 'v1alpha1' })).toBe('deny; Admin old 0 deny');
  expect(ask({ adminApi: 'none' })).toBe('deny; isolated-no-rule-matches');
  expect(ask({ enforced: false })).toBe('allow; not-isolated');
});
