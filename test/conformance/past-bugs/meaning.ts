/**
 * Rows 1 to 20: what a NetworkPolicy means.
 */
import { NINE_PODS, NS_Y, namespace, node, POD_A, POD_B, pod, policy } from '../cases/case.ts';
import { block, egress, ingress, type PastBug, tcp } from './past-bug.ts';

const POD_C = { matchLabels: { pod: 'c' } };
const NOT_Y = { matchExpressions: [{ key: 'ns', operator: 'NotIn', values: ['y'] }] };

export const MEANING_BUGS: readonly PastBug[] = [
  {
    key: '1',
    wrong: 'an exception of one rule was taken for a deny, and took addresses from what another rule allows',
    objects: [
      ...NINE_PODS,
      policy(
        'x/two-rules',
        ingress(POD_A, { from: [block('203.0.0.0/16', '203.0.1.0/24')] }, { from: [block('203.0.1.0/24')], ports: [tcp(80)] }),
      ),
      policy('x/wide', ingress(POD_B, { from: [block('203.0.0.0/16', '203.0.1.0/24')] })),
      policy('x/narrow', ingress(POD_B, { from: [block('203.0.1.128/25')] })),
    ],
    probes: [
      '203.0.1.130 -> x/a TCP/80 allow',
      '203.0.1.130 -> x/a TCP/81 deny',
      '203.0.0.1 -> x/a TCP/80 allow',
      '203.0.1.130 -> x/b TCP/80 allow',
      '203.0.1.1 -> x/b TCP/80 deny',
    ],
  },
  {
    key: '2',
    wrong: 'the exceptions of all blocks of a rule were kept in one list, so a block lost addresses that only its neighbour excepts',
    objects: [
      ...NINE_PODS,
      policy('x/in', ingress(POD_A, { from: [block('203.0.0.0/16', '203.0.1.0/24'), block('203.0.1.0/24', '203.0.1.8/30')] })),
    ],
    probes: [
      '203.0.1.1 -> x/a TCP/80 allow',
      '203.0.1.9 -> x/a TCP/80 deny',
      '203.1.0.1 -> x/a TCP/80 deny',
      '203.0.2.1 -> x/a TCP/80 allow',
    ],
  },
  {
    key: '3',
    wrong: 'a selector that selects no pod became an empty list of peers, and an empty list was read as every peer',
    objects: [
      ...NINE_PODS,
      policy('x/none', ingress(POD_A, { from: [{ podSelector: { matchLabels: { pod: 'nobody' } } }] })),
      policy('x/some', ingress(POD_B, { from: [{ podSelector: POD_C }] })),
    ],
    probes: [
      'x/b -> x/a TCP/80 deny',
      'y/b -> x/a TCP/80 deny',
      '203.0.113.1 -> x/a TCP/80 deny',
      'x/c -> x/b TCP/80 allow',
      'x/a -> x/c TCP/80 allow',
    ],
  },
  {
    key: '4',
    wrong: 'a policy without podSelector selected no pod, though it selects every pod of its namespace',
    objects: [...NINE_PODS, policy('x/all', { policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: POD_B }] }] })],
    probes: ['x/b -> x/a TCP/80 allow', 'x/c -> x/a TCP/80 deny', 'y/b -> x/c TCP/80 deny', 'x/c -> y/a TCP/80 allow'],
  },
  {
    key: '5',
    wrong: 'an empty list of peers was read as no peer, or one that is not there as nobody: both are every peer',
    objects: [
      ...NINE_PODS,
      policy('x/empty', ingress(POD_A, { from: [], ports: [tcp(80)] })),
      policy('x/absent', ingress(POD_B, { ports: [tcp(80)] })),
      policy('y/none', egress(POD_A)),
      policy('y/all', egress(POD_B, { to: [] })),
    ],
    probes: [
      'z/a -> x/a TCP/80 allow',
      'z/a -> x/a TCP/81 deny',
      '203.0.113.1 -> x/a TCP/80 allow',
      'z/a -> x/b TCP/80 allow',
      'z/a -> x/b TCP/81 deny',
      'y/a -> z/a TCP/80 deny',
      'y/b -> z/a TCP/80 allow',
    ],
  },
  {
    key: '6',
    wrong: 'a policy without rules, which denies everything, was simulated as one that allows everything',
    objects: [
      ...NINE_PODS,
      policy('x/in', { podSelector: POD_A, policyTypes: ['Ingress'], ingress: [] }),
      policy('x/out', { podSelector: POD_B, policyTypes: ['Egress'] }),
    ],
    probes: ['y/a -> x/a TCP/80 deny', 'x/b -> y/a TCP/80 deny', 'x/a -> y/a TCP/80 allow', 'y/a -> x/b TCP/80 allow'],
  },
  {
    key: '7',
    wrong: 'policyTypes were ignored and read off the rules that are there',
    objects: [
      ...NINE_PODS,
      policy('x/in-only', { podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{}], egress: [{ ports: [tcp(443)] }] }),
      policy('x/out-only', { podSelector: POD_B, policyTypes: ['Egress'], ingress: [{ ports: [tcp(443)] }], egress: [] }),
    ],
    probes: ['x/a -> y/a TCP/80 allow', 'y/a -> x/b TCP/80 allow', 'x/b -> y/a TCP/80 deny', 'y/a -> x/a TCP/80 allow'],
  },
  {
    key: '8',
    wrong: 'the two selectors of one peer were joined by OR, or one of them was ignored',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { from: [{ namespaceSelector: NS_Y, podSelector: POD_B }] }))],
    probes: ['y/b -> x/a TCP/80 allow', 'y/c -> x/a TCP/80 deny', 'z/b -> x/a TCP/80 deny', 'x/b -> x/a TCP/80 deny'],
  },
  {
    key: '9',
    wrong: 'an empty namespaceSelector was read as none, so that it meant the own namespace in place of all',
    objects: [
      ...NINE_PODS,
      policy('x/in', ingress(POD_A, { from: [{ namespaceSelector: {}, podSelector: POD_B }] })),
      policy('x/alone', ingress(POD_B, { from: [{ namespaceSelector: {} }] })),
    ],
    probes: [
      'y/b -> x/a TCP/80 allow',
      'x/b -> x/a TCP/80 allow',
      'y/c -> x/a TCP/80 deny',
      '203.0.113.1 -> x/a TCP/80 deny',
      'y/c -> x/b TCP/80 allow',
      'x/c -> x/b TCP/80 allow',
      '203.0.113.1 -> x/b TCP/80 deny',
    ],
  },
  {
    key: '10',
    wrong: 'a rule without selectors was kept inside the namespace of its policy',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { ports: [tcp(80)] }))],
    probes: ['x/b -> x/a TCP/80 allow', 'y/b -> x/a TCP/80 allow', '203.0.113.1 -> x/a TCP/80 allow', 'y/b -> x/a TCP/81 deny'],
  },
  {
    key: '11',
    wrong: 'a namespaceSelector with NotIn also selected nodes and the world outside, which have no namespace',
    objects: [...NINE_PODS, node('n1', '192.168.0.1'), policy('x/in', ingress(POD_A, { from: [{ namespaceSelector: NOT_Y }] }))],
    probes: ['z/a -> x/a TCP/80 allow', 'y/a -> x/a TCP/80 deny', '192.168.0.1 -> x/a TCP/80 deny', '203.0.113.1 -> x/a TCP/80 deny'],
  },
  {
    key: '12',
    wrong: 'NotIn was false for a pod or a namespace that does not have the key at all',
    objects: [
      ...NINE_PODS,
      namespace('plain'),
      pod('plain/a', { ip: '10.0.9.1' }),
      policy('x/in', ingress(POD_A, { from: [{ namespaceSelector: NOT_Y }] })),
      policy(
        'x/by-pod',
        ingress(POD_B, { from: [{ podSelector: { matchExpressions: [{ key: 'role', operator: 'NotIn', values: ['guest'] }] } }] }),
      ),
      pod('x/guest', { ip: '10.0.1.8', labels: { role: 'guest' } }),
    ],
    probes: ['plain/a -> x/a TCP/80 allow', 'y/a -> x/a TCP/80 deny', 'x/c -> x/b TCP/80 allow', 'x/guest -> x/b TCP/80 deny'],
  },
  {
    key: '13a',
    wrong: 'of several values of a matchExpression only the first counted',
    objects: [
      ...NINE_PODS,
      policy(
        'x/in',
        ingress(POD_A, { from: [{ podSelector: { matchExpressions: [{ key: 'pod', operator: 'In', values: ['b', 'c'] }] } }] }),
      ),
      policy(
        'y/in',
        ingress(POD_A, { from: [{ podSelector: { matchExpressions: [{ key: 'pod', operator: 'NotIn', values: ['b', 'c'] }] } }] }),
      ),
      pod('y/d', { ip: '10.0.2.4' }),
      pod('x/d', { ip: '10.0.1.4' }),
    ],
    probes: [
      'x/b -> x/a TCP/80 allow',
      'x/c -> x/a TCP/80 allow',
      'x/d -> x/a TCP/80 deny',
      'y/b -> y/a TCP/80 deny',
      'y/c -> y/a TCP/80 deny',
      'y/d -> y/a TCP/80 allow',
    ],
  },
  {
    key: '13b',
    wrong: 'values of matchExpressions were not validated, and a policy that the API server refuses was applied',
    objects: [
      ...NINE_PODS,
      policy(
        'x/in',
        ingress(POD_A, { from: [{ podSelector: { matchExpressions: [{ key: 'pod', operator: 'NotIn', values: ['not a value'] }] } }] }),
      ),
    ],
    probes: ['x/b -> x/a TCP/80 unknown', 'y/b -> x/a TCP/80 unknown', 'x/a -> x/b TCP/80 allow'],
  },
  {
    key: '14',
    wrong: 'a label with an empty value was taken for a label that is not there',
    objects: [
      ...NINE_PODS,
      pod('x/flag', { ip: '10.0.1.7', labels: { flag: '' } }),
      policy('x/in', ingress(POD_A, { from: [{ podSelector: { matchExpressions: [{ key: 'flag', operator: 'Exists' }] } }] })),
      policy('x/not', ingress(POD_B, { from: [{ podSelector: { matchExpressions: [{ key: 'flag', operator: 'DoesNotExist' }] } }] })),
      policy('x/equal', ingress(POD_C, { from: [{ podSelector: { matchLabels: { flag: '' } } }] })),
    ],
    probes: [
      'x/flag -> x/a TCP/80 allow',
      'x/b -> x/a TCP/80 deny',
      'x/flag -> x/b TCP/80 deny',
      'x/a -> x/b TCP/80 allow',
      'x/flag -> x/c TCP/80 allow',
      'x/a -> x/c TCP/80 deny',
    ],
  },
  {
    key: '15',
    wrong: 'equal selectors of policies of two namespaces shared one state, so that one namespace had the pods of the other',
    objects: [
      ...NINE_PODS,
      policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_B }] })),
      policy('y/in', ingress(POD_A, { from: [{ podSelector: POD_B }] })),
    ],
    probes: ['x/b -> x/a TCP/80 allow', 'y/b -> y/a TCP/80 allow', 'x/b -> y/a TCP/80 deny', 'y/b -> x/a TCP/80 deny'],
  },
  {
    key: '16',
    wrong: 'after one policy had been looked at, the others of the same pod were skipped',
    objects: [
      ...NINE_PODS,
      policy('x/first', ingress(POD_A, { from: [{ podSelector: POD_B }], ports: [tcp(80)] })),
      policy('x/second', ingress(POD_A, { from: [{ podSelector: POD_C }], ports: [tcp(443)] })),
    ],
    probes: ['x/b -> x/a TCP/80 allow', 'x/c -> x/a TCP/443 allow', 'x/c -> x/a TCP/80 deny', 'x/b -> x/a TCP/443 deny'],
  },
  {
    key: '17',
    wrong: 'what one policy allowed was dropped later by another that denies by default: allow was no last word',
    objects: [
      ...NINE_PODS,
      policy('x/default-deny', ingress({})),
      policy('x/open', ingress(POD_A, { from: [{ namespaceSelector: NS_Y }] })),
      policy('y/default-deny', egress({})),
      policy('y/open', egress(POD_B, { to: [{ namespaceSelector: {} }] })),
    ],
    probes: ['y/b -> x/a TCP/80 allow', 'y/a -> x/a TCP/80 deny', 'y/b -> x/b TCP/80 deny', 'y/b -> z/b TCP/80 allow'],
  },
  {
    key: '18',
    wrong: 'a rule that allows everything was lost where the policy has other rules too',
    objects: [
      ...NINE_PODS,
      policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_B }], ports: [tcp(80)] }, {})),
      policy('x/out', egress(POD_C, {}, { to: [{ podSelector: POD_B }] })),
      policy('x/some', ingress(POD_B, { from: [{ podSelector: POD_C }], ports: [tcp(80)] })),
    ],
    probes: [
      'x/b -> x/a TCP/80 allow',
      'y/c -> x/a TCP/443 allow',
      'x/c -> y/a TCP/80 allow',
      'x/c -> x/b TCP/80 allow',
      'x/a -> x/b TCP/80 deny',
    ],
  },
  {
    key: '19',
    wrong: 'the order in which the fields of a peer are written changed what it means',
    objects: [
      ...NINE_PODS,
      policy('x/one', ingress(POD_A, { from: [{ namespaceSelector: NS_Y, podSelector: POD_B }] })),
      policy('x/other', ingress(POD_B, { from: [{ podSelector: POD_B, namespaceSelector: NS_Y }] })),
      policy('x/block', ingress(POD_C, { from: [{ ipBlock: { except: ['203.0.113.0/25'], cidr: '203.0.113.0/24' } }] })),
    ],
    probes: [
      'y/b -> x/a TCP/80 allow',
      'y/b -> x/b TCP/80 allow',
      'x/b -> x/a TCP/80 deny',
      'y/c -> x/b TCP/80 deny',
      '203.0.113.128 -> x/c TCP/80 allow',
      '203.0.113.127 -> x/c TCP/80 deny',
    ],
  },
  {
    key: '20a',
    wrong: 'a policy that was deleted stayed in force while another namespace had one of the same name, as if the two were one',
    before: {
      objects: [
        ...NINE_PODS,
        policy('x/web', ingress(POD_A, { from: [{ podSelector: POD_B }] })),
        policy('y/web', ingress(POD_C, { from: [{ podSelector: POD_A }] })),
      ],
      probes: [
        'x/b -> x/a TCP/80 allow',
        'x/c -> x/a TCP/80 deny',
        'y/a -> y/c TCP/80 allow',
        'y/b -> y/c TCP/80 deny',
        'x/b -> x/c TCP/80 allow',
      ],
    },
    objects: [...NINE_PODS, policy('y/web', ingress(POD_C, { from: [{ podSelector: POD_A }] }))],
    probes: ['x/b -> x/a TCP/80 allow', 'x/c -> x/a TCP/80 allow', 'y/a -> y/c TCP/80 allow', 'y/b -> y/c TCP/80 deny'],
  },
  {
    key: '20b',
    wrong:
      'the check whether a policy was the last one of its pod counted policies of the other direction, and the pod stayed closed or was opened',
    objects: [
      ...NINE_PODS,
      policy('x/out', egress(POD_A, { to: [{ namespaceSelector: NS_Y }] })),
      policy('x/out-too', egress(POD_B, { to: [{ namespaceSelector: NS_Y }] })),
      policy('x/in', ingress(POD_B, { from: [{ namespaceSelector: NS_Y }] })),
    ],
    probes: [
      'z/a -> x/a TCP/80 allow',
      'x/a -> z/a TCP/80 deny',
      'z/a -> x/b TCP/80 deny',
      'y/a -> x/b TCP/80 allow',
      'x/b -> z/a TCP/80 deny',
    ],
  },
];
