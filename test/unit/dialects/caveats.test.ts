/**
 * What no switch of a profile models is told where the input meets it, and nowhere else.
 */
import { expect, test } from 'vitest';
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
    .filter(({ code }) => code === 'policy-needs-a-gate' || code === 'policy-read-differently')
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
