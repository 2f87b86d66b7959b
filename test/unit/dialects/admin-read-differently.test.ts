/**
 * Peers that a data plane does not know are told rule by rule, with what becomes of the rule.
 */
import { expect, test } from 'vitest';
import { compile, manifestsFromObjects } from '../../../src/index.ts';

const cnp = (name: string, spec: object) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ...spec },
});
const egress = (action: string, ...to: readonly object[]) => ({ egress: [{ action, to }] });

function told(cni: string, ...objects: readonly object[]): { message: string; field?: string | undefined }[] {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } };
  const { diagnostics } = compile(manifestsFromObjects([namespace, ...objects]), { cni });
  return diagnostics
    .filter(({ code, message }) => code === 'policy-read-differently' && message.includes('not known to it'))
    .map(({ message, field }) => ({ message, field }));
}

test.each([
  ['Accept', { nodes: {} }, 'the peer `nodes` is not known to it, and the rule, whose action is `Accept`, matches nothing'],
  [
    'Accept',
    { domainNames: ['a.test'] },
    'the peer `domainNames` is not known to it, and the rule, whose action is `Accept`, matches nothing',
  ],
  ['Deny', { nodes: {} }, 'the peer `nodes` is not known to it, and the rule, whose action is `Deny`, denies everything in its direction'],
  ['Pass', { nodes: {} }, 'the peer `nodes` is not known to it, and the rule, whose action is `Pass`, denies everything in its direction'],
])('where only the standard peers are known, in a rule with %s: %j', (action, peer, message) => {
  const policy = cnp('p', egress(action, { namespaces: {} }, peer));
  expect(told('calico', policy)).toEqual([
    { message: `ClusterNetworkPolicy \`p\` under \`calico\`: ${message}`, field: 'spec.egress[0].to[1]' },
  ]);
  expect(told('spec', policy)).toEqual([]);
  expect(told('calico', cnp('p', egress(action, { namespaces: {} }, { networks: ['10.0.0.0/8'] })))).toEqual([]);
});

test('where unknown peers are passed over, also in a Deny', () => {
  const policy = cnp('p', { ingress: [{ action: 'Deny', from: [{ namespaces: {} }, {}] }] });
  const message =
    'ClusterNetworkPolicy `p` under `kube-network-policies`: a peer that names nothing is not known to it, and passed over: the rule, whose action is `Deny`, is for its other peers alone';
  expect(told('kube-network-policies', policy)).toEqual([{ message, field: 'spec.ingress[0].from[1]' }]);
  expect(told('calico', policy)).toEqual([]);
  expect(told('kube-network-policies', cnp('p', egress('Deny', { nodes: {} })))).toEqual([]);
});

test('not of policies that are not enforced, and the rest are counted', () => {
  const policies = Array.from({ length: 23 }, (_, i) => cnp(`p${i}`, { priority: i, ...egress('Deny', { nodes: {} }) }));
  expect(told('flannel', ...policies)).toEqual([]);
  const { diagnostics } = compile(manifestsFromObjects(policies), { cni: 'calico' });
  const messages = diagnostics.filter(({ code }) => code === 'policy-read-differently').map(({ message }) => message);
  expect(messages).toHaveLength(21);
  expect(messages.at(-1)).toBe('3 more rules have peers that `calico` does not know');
});
