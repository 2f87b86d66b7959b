/**
 * Named cases for networkpolicy-semantics b.5 to b.7: selectors of peers, labels, address blocks.
 */
import { type ConformanceCase, NINE_PODS, NS_Y, namespace, node, POD_A, POD_B, pod, policy } from './case.ts';

const from = (...peers: unknown[]) => policy('x/np', { podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{ from: peers }] });
const to = (...peers: unknown[]) => policy('x/np', { podSelector: POD_A, policyTypes: ['Egress'], egress: [{ to: peers }] });

const LABELLED: readonly unknown[] = [
  namespace('x'),
  pod('x/a', { labels: { pod: 'a' }, ip: '10.0.1.1' }),
  pod('x/blank', { labels: { app: '' }, ip: '10.0.1.2' }),
  pod('x/web', { labels: { app: 'web' }, ip: '10.0.1.3' }),
  pod('x/upper', { labels: { app: 'WEB' }, ip: '10.0.1.4' }),
  pod('x/both', { labels: { app: 'web', tier: 'front' }, ip: '10.0.1.5' }),
  pod('x/bare', { labels: {}, ip: '10.0.1.6' }),
];
const expression = (operator: string, ...values: string[]) => ({
  podSelector: { matchExpressions: [{ key: 'app', operator, ...(values.length === 0 ? {} : { values }) }] },
});

export const PEERS: readonly ConformanceCase[] = [
  {
    points: [20],
    title: 'a podSelector alone means pods of the policy namespace',
    objects: [...NINE_PODS, from({ podSelector: POD_B })],
    probes: ['x/b -> x/a TCP/80 allow', 'y/b -> x/a TCP/80 deny', 'x/c -> x/a TCP/80 deny'],
  },
  {
    points: [21],
    title: 'a namespaceSelector alone means all pods of the namespaces; an empty one all pods and no address outside',
    objects: [
      ...NINE_PODS,
      from({ namespaceSelector: NS_Y }),
      policy('z/np', { podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: {} }] }] }),
    ],
    probes: [
      'y/c -> x/a TCP/80 allow',
      'z/c -> x/a TCP/80 deny',
      'x/b -> x/a TCP/80 deny',
      'x/b -> z/a TCP/80 allow',
      'z/b -> z/a TCP/80 allow',
      '203.0.113.9 -> z/a TCP/80 deny',
    ],
  },
  {
    points: [22],
    title: 'both selectors in one item are joined by AND',
    objects: [...NINE_PODS, from({ namespaceSelector: NS_Y, podSelector: POD_B })],
    probes: ['y/b -> x/a TCP/80 allow', 'y/c -> x/a TCP/80 deny', 'x/b -> x/a TCP/80 deny'],
  },
  {
    points: [22],
    title: 'selectors in two items are joined by OR',
    objects: [...NINE_PODS, from({ namespaceSelector: NS_Y }, { podSelector: POD_B })],
    probes: [
      'y/b -> x/a TCP/80 allow',
      'y/c -> x/a TCP/80 allow',
      'x/b -> x/a TCP/80 allow',
      'x/c -> x/a TCP/80 deny',
      'z/b -> x/a TCP/80 deny',
    ],
  },
  {
    points: [23],
    title: 'an empty podSelector means all pods of the own namespace, and a null selector is one that is not there',
    objects: [
      ...NINE_PODS,
      from({ podSelector: {}, namespaceSelector: null }),
      policy('y/np', { podSelector: POD_A, ingress: [{ from: [{ namespaceSelector: NS_Y, podSelector: null }] }] }),
    ],
    probes: ['x/c -> x/a TCP/80 allow', 'y/c -> x/a TCP/80 deny', 'y/b -> y/a TCP/80 allow', 'x/b -> y/a TCP/80 deny'],
  },
  {
    points: [24],
    title: 'selectors never match addresses outside the cluster or nodes',
    objects: [
      ...NINE_PODS,
      node('n1', '192.168.0.1'),
      from({ namespaceSelector: {} }, { podSelector: {} }),
      policy('y/np', { podSelector: POD_A, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }] }] }),
    ],
    probes: [
      '203.0.113.9 -> x/a TCP/80 deny',
      '192.168.0.1 -> x/a TCP/80 deny',
      'z/a -> x/a TCP/80 allow',
      'y/a -> 203.0.113.9 TCP/80 deny',
      'y/a -> 192.168.0.1 TCP/80 deny',
      'y/a -> z/a TCP/80 allow',
    ],
  },
  {
    points: [25],
    title: 'every namespace has the label kubernetes.io/metadata.name, even one that is only referred to',
    objects: [
      pod('x/a', { ip: '10.0.1.1' }),
      pod('only-referred/b', { ip: '10.0.2.1' }),
      pod('other/b', { ip: '10.0.3.1' }),
      from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'only-referred' } } }),
    ],
    probes: ['only-referred/b -> x/a TCP/80 allow', 'other/b -> x/a TCP/80 deny'],
  },
  {
    points: [25],
    title: 'the label kubernetes.io/metadata.name says the name of the namespace, whatever the manifest says',
    objects: [
      namespace('x'),
      namespace('y', { 'kubernetes.io/metadata.name': 'z' }),
      pod('x/a', { ip: '10.0.1.1' }),
      pod('y/b', { ip: '10.0.2.1' }),
      pod('z/b', { ip: '10.0.3.1' }),
      from({ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['z'] }] } }),
    ],
    probes: ['z/b -> x/a TCP/80 allow', 'y/b -> x/a TCP/80 deny'],
  },
  {
    points: [26],
    title: 'labels are those of the objects at hand: a pod with another label is another peer',
    objects: [
      ...NINE_PODS.slice(0, 2),
      pod('x/b', { labels: { pod: 'b', role: 'client' }, ip: '10.0.1.2' }),
      pod('x/c', { labels: { pod: 'c' }, ip: '10.0.1.3' }),
      from({ podSelector: { matchLabels: { role: 'client' } } }),
    ],
    probes: ['x/b -> x/a TCP/80 allow', 'x/c -> x/a TCP/80 deny'],
  },
  {
    points: [27],
    title: 'matchLabels and matchExpressions are joined by AND',
    objects: [...LABELLED, from({ podSelector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] } })],
    probes: ['x/both -> x/a TCP/80 allow', 'x/web -> x/a TCP/80 deny', 'x/bare -> x/a TCP/80 deny'],
  },
  {
    points: [27],
    title: 'every one of the matchLabels must hold, and every one of the matchExpressions',
    objects: [
      ...LABELLED,
      from({ podSelector: { matchLabels: { app: 'web', tier: 'front' } } }),
      policy('x/out', {
        podSelector: POD_A,
        policyTypes: ['Egress'],
        egress: [
          {
            to: [
              {
                podSelector: {
                  matchExpressions: [
                    { key: 'app', operator: 'In', values: ['web'] },
                    { key: 'tier', operator: 'DoesNotExist' },
                  ],
                },
              },
            ],
          },
        ],
      }),
    ],
    probes: ['x/both -> x/a TCP/80 allow', 'x/web -> x/a TCP/80 deny', 'x/a -> x/web TCP/80 allow', 'x/a -> x/both TCP/80 deny'],
  },
  {
    points: [28],
    title: 'In needs the key and one of the values',
    objects: [...LABELLED, from(expression('In', 'web', ''))],
    probes: ['x/web -> x/a TCP/80 allow', 'x/blank -> x/a TCP/80 allow', 'x/upper -> x/a TCP/80 deny', 'x/bare -> x/a TCP/80 deny'],
  },
  {
    points: [28],
    title: 'NotIn is also true where the key is missing',
    objects: [...LABELLED, from(expression('NotIn', 'web'))],
    probes: [
      'x/bare -> x/a TCP/80 allow',
      'x/blank -> x/a TCP/80 allow',
      'x/upper -> x/a TCP/80 allow',
      'x/web -> x/a TCP/80 deny',
      'x/both -> x/a TCP/80 deny',
    ],
  },
  {
    points: [28],
    title: 'Exists and DoesNotExist ask for the key alone',
    objects: [
      ...LABELLED,
      from(expression('Exists')),
      policy('x/out', { podSelector: POD_A, policyTypes: ['Egress'], egress: [{ to: [expression('DoesNotExist')] }] }),
    ],
    probes: [
      'x/blank -> x/a TCP/80 allow',
      'x/web -> x/a TCP/80 allow',
      'x/bare -> x/a TCP/80 deny',
      'x/a -> x/bare TCP/80 allow',
      'x/a -> x/blank TCP/80 deny',
    ],
  },
  {
    points: [29],
    title: 'an empty or null value in matchLabels matches only a key with the empty value',
    objects: [
      ...LABELLED,
      from({ podSelector: { matchLabels: { app: '' } } }),
      policy('x/out', { podSelector: POD_A, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: { matchLabels: { app: null } } }] }] }),
    ],
    probes: [
      'x/blank -> x/a TCP/80 allow',
      'x/bare -> x/a TCP/80 deny',
      'x/web -> x/a TCP/80 deny',
      'x/a -> x/blank TCP/80 allow',
      'x/a -> x/bare TCP/80 deny',
    ],
  },
  {
    points: [31],
    title: 'keys and values are compared exactly, and names of the language are plain keys',
    objects: [
      namespace('x'),
      pod('x/a', { labels: { pod: 'a' }, ip: '10.0.1.1' }),
      pod('x/lower', { labels: { app: 'web' }, ip: '10.0.1.2' }),
      pod('x/upper', { labels: { App: 'web' }, ip: '10.0.1.3' }),
      pod('x/own', { labels: { constructor: 'x' }, ip: '10.0.1.4' }),
      from(
        { podSelector: { matchLabels: { App: 'web' } } },
        { podSelector: { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] } },
      ),
    ],
    probes: ['x/upper -> x/a TCP/80 allow', 'x/lower -> x/a TCP/80 deny', 'x/own -> x/a TCP/80 allow', 'x/a -> x/lower TCP/80 allow'],
  },
  {
    points: [32],
    title: 'a block matches its addresses without the exceptions, to the first and the last',
    objects: [...NINE_PODS, to({ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.64/26', '203.0.113.255/32'] } })],
    probes: [
      'x/a -> 203.0.112.255 TCP/80 deny',
      'x/a -> 203.0.113.0 TCP/80 allow',
      'x/a -> 203.0.113.63 TCP/80 allow',
      'x/a -> 203.0.113.64 TCP/80 deny',
      'x/a -> 203.0.113.127 TCP/80 deny',
      'x/a -> 203.0.113.128 TCP/80 allow',
      'x/a -> 203.0.113.254 TCP/80 allow',
      'x/a -> 203.0.113.255 TCP/80 deny',
      'x/a -> 203.0.114.0 TCP/80 deny',
    ],
  },
  {
    points: [32],
    title: 'an exception takes from its own block only: another peer, rule or policy can allow the address',
    objects: [
      ...NINE_PODS,
      policy('x/one', {
        podSelector: POD_A,
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.0/28'] } }, { ipBlock: { cidr: '203.0.113.4/32' } }] }],
      }),
      policy('x/two', { podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.8/31' } }] }] }),
    ],
    probes: [
      '203.0.113.3 -> x/a TCP/80 deny',
      '203.0.113.4 -> x/a TCP/80 allow',
      '203.0.113.5 -> x/a TCP/80 deny',
      '203.0.113.8 -> x/a TCP/80 allow',
      '203.0.113.9 -> x/a TCP/80 allow',
      '203.0.113.10 -> x/a TCP/80 deny',
      '203.0.113.16 -> x/a TCP/80 allow',
    ],
  },
  {
    points: [33],
    title: 'under the profile spec a block matches the address of a pod',
    objects: [...NINE_PODS, from({ ipBlock: { cidr: '10.0.1.2/32' } }, { ipBlock: { cidr: '10.0.2.0/24', except: ['10.0.2.3/32'] } })],
    probes: [
      'x/b -> x/a TCP/80 allow',
      'x/c -> x/a TCP/80 deny',
      'y/a -> x/a TCP/80 allow',
      'y/c -> x/a TCP/80 deny',
      '10.0.2.9 -> x/a TCP/80 allow',
    ],
  },
  {
    points: [33],
    title: 'where the profile says that blocks match no pods, the same address outside a pod still matches',
    profile: { ipBlockMatchesPods: false },
    objects: [...NINE_PODS, from({ ipBlock: { cidr: '10.0.0.0/16' } })],
    probes: ['x/b -> x/a TCP/80 deny', '10.0.1.2 -> x/a TCP/80 deny', '10.0.9.9 -> x/a TCP/80 allow'],
  },
  {
    points: [35],
    title: 'a block of one family never matches the other: 0.0.0.0/0 is not everything',
    objects: [
      namespace('x'),
      pod('x/a', { ips: ['10.0.1.1', 'fd00::1'] }),
      pod('x/b', { ips: ['10.0.1.2', 'fd00::2'] }),
      from({ ipBlock: { cidr: '0.0.0.0/0' } }),
    ],
    probes: [
      '203.0.113.9 -> x/a TCP/80 allow',
      '2001:db8::9 -> x/a TCP/80 deny',
      'x/b -> x/a TCP/80 allow family 4',
      'x/b -> x/a TCP/80 deny family 6',
      'x/b -> x/a TCP/80 unknown',
      'x/a -> x/b TCP/80 allow',
    ],
  },
  {
    points: [35],
    title: 'blocks of IPv6 have first and last addresses too, in any spelling',
    objects: [
      namespace('x'),
      pod('x/a', { ips: ['fd00::1'] }),
      to({ ipBlock: { cidr: '2001:DB8:0:0::/64', except: ['2001:db8::8000:0:0:0/65'] } }),
    ],
    probes: [
      'x/a -> 2001:db8:: TCP/80 allow',
      'x/a -> 2001:db8::7fff:ffff:ffff:ffff TCP/80 allow',
      'x/a -> 2001:db8::8000:0:0:0 TCP/80 deny',
      'x/a -> 2001:db8:0:1:: TCP/80 deny',
      'x/a -> 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff TCP/80 deny',
    ],
  },
  {
    points: [36],
    title: 'bits beyond the prefix length are masked under the profile spec',
    objects: [...NINE_PODS, to({ ipBlock: { cidr: '203.0.113.77/24' } })],
    probes: ['x/a -> 203.0.113.1 TCP/80 allow', 'x/a -> 203.0.113.255 TCP/80 allow', 'x/a -> 203.0.114.77 TCP/80 deny'],
  },
  {
    points: [36],
    title: 'a profile can refuse bits beyond the prefix length: what the policy could change is unknown',
    profile: { hostBits: 'reject' },
    objects: [...NINE_PODS, to({ ipBlock: { cidr: '203.0.113.77/24' } })],
    probes: [
      'x/a -> 203.0.113.1 TCP/80 unknown',
      'x/a -> y/a TCP/80 unknown',
      'y/a -> x/a TCP/80 allow',
      'x/b -> 203.0.113.1 TCP/80 allow',
    ],
  },
];
