/**
 * Named cases for networkpolicy-semantics b.1 to b.4: isolation, policyTypes, the policy's own selector, lists of rules.
 */
import { type ConformanceCase, NINE_PODS, POD_A, POD_B, pod, policy } from './case.ts';

const x = (spec: unknown, name = 'np') => policy(`x/${name}`, spec);

export const ISOLATION: readonly ConformanceCase[] = [
  {
    points: [1],
    title: 'a policy isolates the pods of its own namespace that it selects, in the directions that it has',
    objects: [...NINE_PODS, x({ podSelector: POD_A, policyTypes: ['Ingress'] })],
    probes: [
      'y/a -> x/a TCP/80 deny',
      'x/b -> x/a TCP/80 deny',
      'y/a -> x/b TCP/80 allow',
      'x/a -> y/a TCP/80 allow',
      'x/b -> y/a TCP/80 allow',
    ],
  },
  {
    points: [2],
    title: 'policies add up: what one allows, no other takes away',
    objects: [
      ...NINE_PODS,
      x({ podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: POD_B }] }] }, 'from-b'),
      x({ podSelector: {}, policyTypes: ['Ingress'] }, 'deny-all'),
      x(
        { podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: 'y' } } }] }] },
        'from-y',
      ),
    ],
    probes: [
      'x/b -> x/a TCP/80 allow',
      'y/c -> x/a TCP/80 allow',
      'x/c -> x/a TCP/80 deny',
      'z/b -> x/a TCP/80 deny',
      'x/a -> x/b TCP/80 deny',
    ],
  },
  {
    points: [2],
    title: 'an allow-all policy beside narrower ones allows all',
    objects: [
      ...NINE_PODS,
      x({ podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 81 }] }] }, 'a-port'),
      x({ podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{}] }, 'b-all'),
      x({ podSelector: POD_B, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 81 }] }] }, 'only-b'),
    ],
    probes: ['y/a -> x/a TCP/80 allow', 'y/a -> x/a TCP/81 allow', 'y/a -> x/b TCP/80 deny', 'y/a -> x/b TCP/81 allow'],
  },
  {
    points: [3],
    title: 'a connection needs the egress of its source and the ingress of its destination',
    objects: [
      ...NINE_PODS,
      x({ podSelector: POD_A, policyTypes: ['Egress'] }, 'client'),
      policy('y/server', {
        podSelector: POD_A,
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: 'x' } } }] }],
      }),
    ],
    probes: [
      'x/a -> y/a TCP/80 deny',
      'x/b -> y/a TCP/80 allow',
      'z/a -> y/a TCP/80 deny',
      'z/a -> y/b TCP/80 allow',
      'x/a -> y/b TCP/80 deny',
    ],
  },
  {
    points: [4],
    title: 'directions are independent',
    objects: [
      ...NINE_PODS,
      x({ podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: POD_B }] }] }, 'in'),
      x({ podSelector: POD_A, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: { matchLabels: { pod: 'c' } } }] }] }, 'out'),
    ],
    probes: ['x/b -> x/a TCP/80 allow', 'x/a -> x/b TCP/80 deny', 'x/a -> x/c TCP/80 allow', 'x/c -> x/a TCP/80 deny'],
  },
  {
    points: [5],
    title: 'inside a rule peers and ports are joined by AND, items of a list by OR',
    objects: [
      ...NINE_PODS,
      x({
        podSelector: POD_A,
        policyTypes: ['Ingress'],
        ingress: [
          { from: [{ podSelector: POD_B }, { podSelector: { matchLabels: { pod: 'c' } } }], ports: [{ port: 80 }, { port: 81 }] },
          { from: [{ namespaceSelector: { matchLabels: { ns: 'y' } } }], ports: [{ port: 82 }] },
        ],
      }),
    ],
    probes: [
      'x/b -> x/a TCP/80 allow',
      'x/c -> x/a TCP/81 allow',
      'x/b -> x/a TCP/82 deny',
      'y/b -> x/a TCP/82 allow',
      'y/b -> x/a TCP/80 deny',
    ],
  },
  {
    points: [6],
    title: 'replies need no rule: the first packet decides',
    objects: [...NINE_PODS, x({ podSelector: POD_B, policyTypes: ['Egress'] })],
    probes: ['x/a -> x/b TCP/80 allow', 'x/b -> x/a TCP/80 deny'],
  },
  {
    points: [8],
    title: 'an address outside the cluster is never isolated: only the pod end is checked',
    objects: [
      ...NINE_PODS,
      x({ podSelector: POD_A, policyTypes: ['Ingress', 'Egress'] }, 'closed'),
      x({ podSelector: POD_B, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] }, 'open'),
    ],
    probes: [
      '203.0.113.9 -> x/a TCP/80 deny',
      '203.0.113.9 -> x/b TCP/80 allow',
      'x/a -> 203.0.113.9 TCP/80 deny',
      'x/b -> 203.0.113.9 TCP/80 allow',
      '203.0.113.9 -> 198.51.100.1 TCP/80 allow',
    ],
  },
  {
    points: [9, 14],
    title: 'missing policyTypes with an egress rule isolate both directions',
    objects: [...NINE_PODS, x({ podSelector: POD_A, egress: [{ to: [{ podSelector: POD_B }] }] })],
    probes: ['x/b -> x/a TCP/80 deny', 'x/a -> x/b TCP/80 allow', 'x/a -> x/c TCP/80 deny', 'x/b -> x/c TCP/80 allow'],
  },
  {
    points: [9],
    title: 'empty policyTypes are like missing ones, and an empty list of egress rules does not isolate egress',
    objects: [...NINE_PODS, x({ podSelector: POD_A, policyTypes: [], egress: [] }), x({ podSelector: POD_B, egress: [] }, 'missing')],
    probes: ['x/c -> x/a TCP/80 deny', 'x/a -> x/c TCP/80 allow', 'x/c -> x/b TCP/80 deny', 'x/b -> x/c TCP/80 allow'],
  },
  {
    points: [10],
    title: 'policyTypes that are there are taken literally: rules of other directions are ignored',
    objects: [
      ...NINE_PODS,
      x({ podSelector: POD_A, policyTypes: ['Egress'], ingress: [{ from: [{ podSelector: POD_B }] }] }, 'only-egress'),
      x(
        {
          podSelector: POD_B,
          policyTypes: ['Ingress'],
          egress: [{ to: [{ podSelector: POD_A }] }],
          ingress: [{ from: [{ podSelector: {} }] }],
        },
        'only-ingress',
      ),
    ],
    probes: [
      'y/a -> x/a TCP/80 allow',
      'x/a -> y/a TCP/80 deny',
      'x/b -> y/a TCP/80 allow',
      'y/a -> x/b TCP/80 deny',
      'x/c -> x/b TCP/80 allow',
    ],
  },
  {
    points: [10],
    title: 'both policyTypes without egress rules deny all egress, and a type named twice counts once',
    objects: [
      ...NINE_PODS,
      x({ podSelector: POD_A, policyTypes: ['Ingress', 'Egress'], ingress: [{}] }),
      x({ podSelector: POD_B, policyTypes: ['Ingress', 'Ingress'] }, 'twice'),
    ],
    probes: ['x/a -> y/a TCP/80 deny', 'y/a -> x/a TCP/80 allow', 'y/a -> x/b TCP/80 deny', 'x/b -> y/a TCP/80 allow'],
  },
  {
    points: [12],
    title: 'an empty, null or missing podSelector selects every pod of the namespace',
    objects: [
      ...NINE_PODS,
      policy('x/empty', { podSelector: {}, policyTypes: ['Ingress'] }),
      policy('y/none', { policyTypes: ['Ingress'] }),
      policy('z/null', { podSelector: null, policyTypes: ['Egress'] }),
    ],
    probes: [
      'x/a -> x/b TCP/80 deny',
      'z/a -> y/c TCP/80 deny',
      'x/a -> z/c TCP/80 allow',
      'z/c -> z/a TCP/80 deny',
      'y/a -> z/b TCP/80 allow',
    ],
  },
  {
    points: [13],
    title: 'a policy without namespace is in the namespace default, and so is a pod',
    objects: [
      pod('default/a', { ip: '10.0.9.1' }),
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b', labels: { pod: 'b' } }, spec: {}, status: { podIP: '10.0.9.2' } },
      pod('x/a', { ip: '10.0.1.1' }),
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'np' },
        spec: { podSelector: {}, policyTypes: ['Ingress'] },
      },
    ],
    probes: [
      'x/a -> default/a TCP/80 deny',
      'x/a -> default/b TCP/80 deny',
      'default/a -> x/a TCP/80 allow',
      'default/b -> x/a TCP/80 allow',
    ],
  },
  {
    points: [14],
    title: 'missing, null and empty lists of rules allow nothing',
    objects: [
      ...NINE_PODS,
      policy('x/missing', { podSelector: POD_A, policyTypes: ['Ingress'] }),
      policy('x/null', { podSelector: POD_B, policyTypes: ['Ingress'], ingress: null }),
      policy('x/empty', { podSelector: { matchLabels: { pod: 'c' } }, policyTypes: ['Ingress'], ingress: [] }),
    ],
    probes: ['y/a -> x/a TCP/80 deny', 'y/a -> x/b TCP/80 deny', 'y/a -> x/c TCP/80 deny', 'y/a -> z/c TCP/80 allow'],
  },
  {
    points: [15],
    title: 'one empty rule allows everything, from outside too',
    objects: [...NINE_PODS, x({ podSelector: POD_A, ingress: [{}] }), x({ podSelector: POD_B }, 'closed')],
    probes: [
      'y/a -> x/a UDP/53 allow',
      '203.0.113.9 -> x/a SCTP/9003 allow',
      '2001:db8::1 -> x/a TCP/80 unknown',
      '203.0.113.9 -> x/b TCP/80 deny',
    ],
  },
  {
    points: [16],
    title: 'missing, null and empty lists of peers mean every peer, outside ones too',
    objects: [
      ...NINE_PODS,
      policy('x/missing', { podSelector: POD_A, ingress: [{ ports: [{ port: 80 }] }] }),
      policy('x/null', { podSelector: POD_B, ingress: [{ from: null, ports: [{ port: 80 }] }] }),
      policy('x/empty', {
        podSelector: { matchLabels: { pod: 'c' } },
        policyTypes: ['Egress'],
        egress: [{ to: [], ports: [{ port: 80 }] }],
      }),
    ],
    probes: [
      '203.0.113.9 -> x/a TCP/80 allow',
      '203.0.113.9 -> x/a TCP/81 deny',
      'y/a -> x/b TCP/80 allow',
      '203.0.113.9 -> x/b TCP/80 allow',
      '203.0.113.9 -> x/b TCP/81 deny',
      'x/c -> 203.0.113.9 TCP/80 allow',
      'x/c -> 203.0.113.9 TCP/81 deny',
    ],
  },
  {
    points: [18],
    title: 'missing, null and empty lists of ports mean every port of every protocol',
    objects: [
      ...NINE_PODS,
      policy('x/missing', { podSelector: POD_A, ingress: [{ from: [{ podSelector: POD_B }] }] }),
      policy('x/null', { podSelector: POD_B, ingress: [{ from: [{ podSelector: POD_A }], ports: null }] }),
      policy('x/empty', { podSelector: { matchLabels: { pod: 'c' } }, ingress: [{ from: [{ podSelector: POD_A }], ports: [] }] }),
    ],
    probes: [
      'x/b -> x/a UDP/1 allow',
      'x/c -> x/a UDP/1 deny',
      'x/a -> x/b SCTP/65535 allow',
      'x/c -> x/b SCTP/65535 deny',
      'x/a -> x/c TCP/65535 allow',
      'x/b -> x/c TCP/65535 deny',
    ],
  },
  {
    points: [19],
    title: 'an empty port item means every port of TCP',
    objects: [...NINE_PODS, x({ podSelector: POD_A, ingress: [{ ports: [{}] }] })],
    probes: ['y/a -> x/a TCP/1 allow', 'y/a -> x/a TCP/65535 allow', 'y/a -> x/a UDP/53 deny', 'y/a -> x/a SCTP/9003 deny'],
  },
];
