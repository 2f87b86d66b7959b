/**
 * Named cases for networkpolicy-semantics b.10 and 17: policies that the API server refuses. What they could change is unknown, never as if they were not there;
 * pods that they cannot select are as before.
 */
import { type ConformanceCase, NINE_PODS, POD_A, policy } from './case.ts';

const ingress = (rule: unknown) => ({ podSelector: POD_A, policyTypes: ['Ingress'], ingress: [rule] });
const port = (item: unknown) => ingress({ ports: [item] });
const block = (cidr: unknown, ...except: unknown[]) =>
  ingress({ from: [{ ipBlock: { cidr, ...(except.length === 0 ? {} : { except }) } }] });

const INVALID: readonly (readonly [title: string, spec: unknown])[] = [
  ['a protocol that is none of TCP, UDP and SCTP', port({ protocol: 'ICMP', port: 80 })],
  ['a protocol in lower case', port({ protocol: 'tcp', port: 80 })],
  ['port 0', port({ port: 0 })],
  ['a port beyond 65535', port({ port: 65536 })],
  ['a port name without letter', port({ port: '80' })],
  ['a port name in upper case', port({ port: 'Web' })],
  ['endPort without port', port({ endPort: 90 })],
  ['endPort with a port name', port({ port: 'web', endPort: 90 })],
  ['endPort before port', port({ port: 80, endPort: 79 })],
  ['endPort beyond 65535', port({ port: 80, endPort: 65536 })],
  ['a peer without any field', ingress({ from: [{}] })],
  ['a block beside a podSelector', ingress({ from: [{ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }] })],
  ['a block beside a namespaceSelector', ingress({ from: [{ namespaceSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }] })],
  ['a block without cidr', ingress({ from: [{ ipBlock: {} }] })],
  ['a cidr that is an address', block('10.0.0.1')],
  ['a cidr with an octet beyond 255', block('10.0.0.256/24')],
  ['a cidr with a prefix length beyond 32', block('10.0.0.0/33')],
  ['a cidr of IPv6 with a prefix length beyond 128', block('fd00::/129')],
  ['an exception outside the block', block('10.0.0.0/8', '11.0.0.0/16')],
  ['an exception that is the block itself', block('10.0.0.0/8', '10.0.0.0/8')],
  ['an exception that holds the block', block('10.0.0.0/16', '10.0.0.0/8')],
  ['an exception of the other family', block('10.0.0.0/8', 'fd00::/64')],
  ['an empty exception', block('10.0.0.0/8', '')],
  ['In without values', ingress({ from: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: [] }] } }] })],
  ['Exists with values', ingress({ from: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists', values: ['x'] }] } }] })],
  [
    'an operator that label selectors do not have',
    ingress({ from: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'Gt', values: ['1'] }] } }] }),
  ],
  ['a label key that is none', ingress({ from: [{ podSelector: { matchLabels: { 'not a key': 'x' } } }] })],
];

export const INVALID_POLICIES: readonly ConformanceCase[] = [
  ...INVALID.map(([title, spec]): ConformanceCase => {
    return {
      points: [17],
      title: `a policy with ${title} leaves what it could change unknown`,
      objects: [...NINE_PODS, policy('x/broken', spec)],
      probes: ['y/a -> x/a TCP/80 unknown', 'y/a -> x/b TCP/80 allow', 'x/a -> y/a TCP/80 allow', 'x/b -> y/a TCP/80 allow'],
    };
  }),
  {
    points: [10],
    title: 'policyTypes that do not exist leave both directions unknown',
    objects: [...NINE_PODS, policy('x/broken', { podSelector: POD_A, policyTypes: ['Foo'] })],
    probes: ['y/a -> x/a TCP/80 unknown', 'x/a -> y/a TCP/80 unknown', 'y/a -> x/b TCP/80 allow'],
  },
  {
    points: [17],
    title: 'a broken policy cannot take away what a sound one allows, nor give what the other end denies',
    objects: [
      ...NINE_PODS,
      policy('x/broken', ingress({ from: [{}] })),
      policy('x/sound', ingress({ ports: [{ port: 80 }] })),
      policy('z/closed', { podSelector: POD_A, policyTypes: ['Egress'] }),
    ],
    probes: [
      'y/a -> x/a TCP/80 allow',
      'y/a -> x/a TCP/81 unknown',
      'z/a -> x/a TCP/81 deny',
      'z/a -> x/a TCP/80 deny',
      'z/b -> x/a TCP/80 allow',
    ],
  },
];
