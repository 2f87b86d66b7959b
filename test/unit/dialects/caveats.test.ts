/**
 * What no switch of a profile models is told where the input meets it, and nowhere else.
 */
import { describe, expect, test } from 'vitest';
import { compile, manifestsFromObjects } from '../../../src/index.ts';

const pod = (name: string, more: object = {}, status: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'x', ...more },
  status,
});
const networkPolicy = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'np', namespace: 'x' },
  spec: { podSelector: {}, ...spec },
});
const cnp = (rule: object) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'c' },
  spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, egress: [{ action: 'Accept', to: [{ namespaces: {} }], ...rule }] },
});

function told(cni: string, ...objects: readonly object[]): string[] {
  const { diagnostics } = compile(manifestsFromObjects([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }, ...objects]), {
    cni,
  });
  return diagnostics
    .filter(({ code }) => ['policy-needs-a-gate', 'policy-not-enforced', 'policy-read-differently'].includes(code))
    .map(({ code, message }) => `${code}: ${message}`);
}

const OWNED = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'u', controller: true }] };

test.each<[cni: string, gate: string]>([
  ['cilium', '`--enable-k8s-cluster-network-policy`'],
  ['antrea', '`ClusterNetworkPolicy`'],
])('under %s policies behind a gate are told once', (cni, gate) => {
  const two = [cnp({}), { ...cnp({}), metadata: { name: 'd' } }];
  const messages = told(cni, ...two);
  expect(messages).toEqual([expect.stringMatching(/^policy-needs-a-gate: ClusterNetworkPolicy `c`, and 1 more, /)]);
  expect(messages[0]).toContain(gate);
  expect(told(cni, networkPolicy({}))).toEqual([]);
  expect(told('calico', ...two)).toEqual([]);
});

test.each<[what: string, words: string, concerned: object, not: object]>([
  [
    'SCTP',
    'SCTP is dropped',
    networkPolicy({ ingress: [{ ports: [{ protocol: 'SCTP', port: 80 }] }] }),
    networkPolicy({ ingress: [{ ports: [{ port: 80 }] }] }),
  ],
  [
    'rules of a direction that is omitted',
    '`policyTypes` omit',
    networkPolicy({ policyTypes: ['Ingress'], egress: [{}] }),
    networkPolicy({ policyTypes: ['Ingress', 'Egress'], egress: [{}] }),
  ],
  [
    'labels without identity',
    'makes no identity',
    networkPolicy({ podSelector: { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'a' } } }),
    networkPolicy({ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'a' } } }),
  ],
])('under cilium %s are told', (_, words, concerned, not) => {
  expect(told('cilium', concerned)).toEqual([expect.stringContaining(words)]);
  expect(told('cilium', not)).toEqual([]);
  expect(told('spec', concerned)).toEqual([]);
});

test('under cilium peers that need more than the policy are told', () => {
  expect(
    told('cilium', cnp({ to: [{ nodes: {} }, { domainNames: ['a.test'] }], protocols: [{ sctp: { destinationPort: { number: 1 } } }] })),
  ).toEqual([
    expect.stringContaining('--enable-k8s-cluster-network-policy'),
    expect.stringContaining('SCTP'),
    expect.stringContaining('node selector labels'),
    expect.stringContaining('kube-dns'),
  ]);
});

test('under aws-vpc-cni pods without an owner, and of two families, are told', () => {
  const dual = { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] };
  expect(told('aws-vpc-cni', networkPolicy({}), pod('bare'), pod('owned', OWNED))).toEqual([
    expect.stringMatching(/^policy-read-differently: Pod `x\/bare`, under `aws-vpc-cni`: pods without an owner/),
  ]);
  expect(told('aws-vpc-cni', pod('owned', OWNED, dual))).toEqual([expect.stringContaining('one address family')]);
  expect(told('aws-vpc-cni', networkPolicy({}), pod('owned', OWNED, { podIP: '10.0.0.1' }))).toEqual([]);
});

/** What is told under a profile with these objects, in words that each message must have. */
function expectTold(cni: string, words: readonly string[], ...objects: readonly object[]): void {
  expect(told(cni, ...objects)).toEqual(words.map((each) => expect.stringContaining(each)));
}

describe('under cilium', () => {
  const labelled = (labels: object) => pod('p', { labels });

  test('pods with the label key `host` or `init` are told, where there are policies', () => {
    expectTold('cilium', ['the label `host`'], networkPolicy({}), labelled({ host: 'db' }));
    expectTold('cilium', ['the label `init`'], networkPolicy({}), labelled({ init: '' }));
    expectTold('cilium', [], networkPolicy({}), labelled({ hosts: 'db' }));
    expectTold('cilium', [], labelled({ host: 'db' }));
    expectTold('calico', [], networkPolicy({}), labelled({ host: 'db' }));
  });

  test('labels without identity are told in ClusterNetworkPolicies, too: of subjects and of peers', () => {
    const hash = { podSelector: { matchLabels: { 'pod-template-hash': 'x' } } };
    const byName = { podSelector: { matchLabels: { app: 'x' } } };
    const of = (subject: object, peer: object) => ({
      ...cnp({ to: [{ pods: peer }] }),
      spec: { ...cnp({ to: [{ pods: peer }] }).spec, subject: { pods: subject } },
    });
    const gate = '--enable-k8s-cluster-network-policy';
    expectTold('cilium', [gate, 'makes no identity'], of(hash, byName));
    expectTold('cilium', [gate, 'makes no identity'], of(byName, hash));
    expectTold('cilium', [gate], of(byName, byName));
  });

  test('one port or peer among others is enough to be told', () => {
    const ports = [{ port: 80 }, { protocol: 'SCTP', port: 80 }];
    expectTold('cilium', ['SCTP is dropped'], networkPolicy({ ingress: [{ ports }] }));
    const from = [{ podSelector: {} }, { podSelector: { matchLabels: { 'pod-template-hash': 'x' } } }];
    expectTold('cilium', ['makes no identity'], networkPolicy({ ingress: [{ from }] }));
    const egress = [{ namespaces: {} }, { nodes: {} }].map((peer) => ({ action: 'Accept', to: [peer] }));
    expectTold('cilium', ['--enable-k8s-cluster-network-policy', 'node selector labels'], cnp({}), {
      ...cnp({}),
      metadata: { name: 'd' },
      spec: { ...cnp({}).spec, egress },
    });
  });

  test('pods with the label `host` are told beside policies of both kinds', () => {
    expectTold('cilium', ['--enable-k8s-cluster-network-policy', 'the label `host`'], networkPolicy({}), cnp({}), labelled({ host: 'db' }));
  });

  test.each([
    ['failure-domain.beta.kubernetes.io/zone', true],
    ['my-annotation', false],
    ['app.kubernetes.io/beta.kubernetes.io', false],
  ])('the label key `%s` makes no identity: %s', (key, isTold) => {
    const policy = networkPolicy({ podSelector: { matchLabels: { [key]: 'a' } } });
    expectTold('cilium', isTold ? ['makes no identity'] : [], policy);
  });

  test('containers that serve SCTP are told as policies that name it', () => {
    const serving = (protocol: string) => ({ ...pod('p'), spec: { containers: [{ name: 'c', ports: [{ containerPort: 9, protocol }] }] } });
    expectTold('cilium', ['SCTP is dropped'], serving('SCTP'));
    expectTold('cilium', [], serving('TCP'));
  });
});

describe('under aws-vpc-cni', () => {
  const owned = (name: string, labels: object = {}) => pod(name, { ...OWNED, labels });
  const block = (except: readonly string[] | undefined) =>
    networkPolicy({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', ...(except ? { except } : {}) } }] }] });

  test('exceptions of blocks are told', () => {
    expectTold('aws-vpc-cni', ['exceptions'], block(['10.1.0.0/16']));
    expectTold('aws-vpc-cni', [], block([]));
    expectTold('aws-vpc-cni', [], block(undefined));
    expectTold('kube-network-policies', [], block(['10.1.0.0/16']));
  });

  test('rules with more ports than an entry holds are told', () => {
    const ports = (count: number) => networkPolicy({ egress: [{ ports: Array.from({ length: count }, (_, i) => ({ port: i + 1 })) }] });
    expectTold('aws-vpc-cni', ['at most 24 ports'], ports(25));
    expectTold('aws-vpc-cni', [], ports(24));
  });

  test('pods of one name stem that policies tell apart are told', () => {
    const byTier = networkPolicy({ podSelector: { matchLabels: { tier: 'a' } } });
    expectTold('aws-vpc-cni', ['share their tables'], byTier, owned('web-1', { tier: 'a' }), owned('web-2', { tier: 'b' }));
    expectTold('aws-vpc-cni', [], byTier, owned('web-1', { tier: 'a' }), owned('web-2', { tier: 'a', other: 'b' }));
    expectTold('aws-vpc-cni', [], byTier, owned('web-1', { tier: 'a' }), owned('db-1', { tier: 'b' }));
    const elsewhere = { ...owned('web-2', { tier: 'b' }), metadata: { ...OWNED, name: 'web-2', namespace: 'y', labels: { tier: 'b' } } };
    expectTold('aws-vpc-cni', [], byTier, owned('web-1', { tier: 'a' }), elsewhere);
    expectTold('aws-vpc-cni', [], byTier, owned('wa', { tier: 'a' }), owned('wb', { tier: 'b' }));
    expectTold('aws-vpc-cni', [], byTier, owned('web-1', { tier: '' }), owned('web-2', { tier: null }));
  });

  test('host-network pods are told where peers select pods', () => {
    const host = { ...owned('h', { app: 'h' }), spec: { hostNetwork: true } };
    const from = (peer: object) => networkPolicy({ ingress: [{ from: [peer] }] });
    expectTold('aws-vpc-cni', ['the address of its node'], from({ podSelector: {} }), host);
    expectTold('aws-vpc-cni', ['the address of its node'], networkPolicy({ egress: [{ to: [{ namespaceSelector: {} }] }] }), host);
    expectTold('aws-vpc-cni', [], from({ ipBlock: { cidr: '10.0.0.0/8' } }), host);
    expectTold('aws-vpc-cni', [], from({ podSelector: {} }), owned('p'));
    const mixed = [{ ipBlock: { cidr: '10.0.0.0/8' } }, { podSelector: {} }];
    expectTold('aws-vpc-cni', ['the address of its node'], networkPolicy({ ingress: [{ from: mixed }] }), host);
    const other = { ...networkPolicy({}), metadata: { name: 'other', namespace: 'x' } };
    expectTold('aws-vpc-cni', ['the address of its node'], from({ podSelector: {} }), other, host);
  });

  test('host-network pods need no owner, as no policy is for them', () => {
    const bare = (more: object) => ({ ...pod('h'), ...more });
    expectTold('aws-vpc-cni', ['pods without an owner'], networkPolicy({}), bare({}));
    expectTold('aws-vpc-cni', [], networkPolicy({}), bare({ spec: { hostNetwork: true } }));
  });

  test('pods with addresses of one family are not told', () => {
    const addresses = (...ips: readonly string[]) => ({ podIP: ips[0], podIPs: ips.map((ip) => ({ ip })) });
    expectTold('aws-vpc-cni', ['one address family'], pod('p', OWNED, addresses('10.0.0.1', 'fd00::1')));
    expectTold('aws-vpc-cni', [], pod('p', OWNED, addresses('10.0.0.1')));
  });
});

test('under weave pods with an IPv6 address are told', () => {
  const six = { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] };
  expectTold('weave', ['knows no IPv6'], pod('p', {}, six));
  expectTold('weave', ['knows no IPv6'], pod('p', {}, { podIP: 'fd00::1' }));
  expectTold('weave', [], pod('p', {}, { podIP: '10.0.0.1' }));
});
