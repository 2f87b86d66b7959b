/**
 * Row 72: shapes of input. Each says the same: three pods in x, and a policy that lets x/b into x/a and nobody else.
 */
import { namespace, POD_A, POD_B, pod, policy } from '../cases/case.ts';
import { ingress, type PastBug } from './past-bug.ts';

const PODS: readonly unknown[] = [
  namespace('x'),
  pod('x/a', { ip: '10.0.1.1' }),
  pod('x/b', { ip: '10.0.1.2' }),
  pod('x/c', { ip: '10.0.1.3' }),
  pod('default/b', { ip: '10.0.2.2' }),
];
const POLICY = policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_B }] }));
const PROBES = ['x/b -> x/a TCP/80 allow', 'x/c -> x/a TCP/80 deny', 'default/b -> x/a TCP/80 deny', 'x/a -> x/c TCP/80 allow'];

function list(kind: string, items: readonly unknown[], apiVersion = 'v1'): string {
  return JSON.stringify({ apiVersion, kind, items });
}

export const FORM_BUGS: readonly PastBug[] = [
  {
    key: '72a',
    wrong: 'the items of a list (`kind: List`) were ignored',
    text: list('List', [...PODS, POLICY]),
    probes: PROBES,
  },
  {
    key: '72b',
    wrong: 'a JSON array of objects without a list around it was ignored or ended the program',
    text: JSON.stringify([...PODS, POLICY]),
    probes: PROBES,
  },
  {
    key: '72c',
    wrong: 'a NetworkPolicyList was not known as a list of policies, and its items need not say what they are',
    objects: PODS,
    text: list('NetworkPolicyList', [withoutKind(POLICY)], 'networking.k8s.io/v1'),
    probes: PROBES,
  },
  {
    key: '72d',
    wrong: 'the namespace of an object was lost when it was converted, and the policy went to another namespace',
    text: `apiVersion: v1
kind: List
metadata: {}
items:
- ${JSON.stringify(POLICY)}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: none, namespace: default}
  spec: {podSelector: {matchLabels: {pod: b}}}
${PODS.map((each) => `---\n${JSON.stringify(each)}\n`).join('')}`,
    probes: [...PROBES, 'x/c -> default/b TCP/80 deny', 'x/c -> x/b TCP/80 allow'],
  },
];

function withoutKind(object: unknown): unknown {
  const { apiVersion: _, kind: __, ...rest } = object as Record<string, unknown>;
  return rest;
}
