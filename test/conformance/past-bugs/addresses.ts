/**
 * Rows 35 to 46: addresses.
 */
import { NINE_PODS, namespace, node, POD_A, POD_B, pod, policy } from '../cases/case.ts';
import { block, egress, ingress, type PastBug, tcp } from './past-bug.ts';

const POD_C = { matchLabels: { pod: 'c' } };

/** Some networks of 2001:db8::/32, up to their last addresses. */
const IN_IPV6 = [1, 2, 3, 4].map((n) => `2001:db8:${n}:0:`);

export const ADDRESS_BUGS: readonly PastBug[] = [
  {
    key: '35a',
    wrong: 'two spellings of one network overwrote each other, so that one of the two rules was lost',
    objects: [
      ...NINE_PODS,
      policy(
        'x/in',
        ingress(POD_A, { from: [block('203.161.0.0/8')], ports: [tcp(80)] }, { from: [block('203.0.0.0/8')], ports: [tcp(443)] }),
      ),
    ],
    probes: [
      '203.0.0.1 -> x/a TCP/80 allow',
      '203.161.0.1 -> x/a TCP/443 allow',
      '203.0.0.1 -> x/a TCP/81 deny',
      '204.0.0.1 -> x/a TCP/80 deny',
    ],
  },
  {
    key: '35b',
    wrong: 'an exception that is written with bits beyond its length took out another network than it names',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { from: [block('203.0.0.0/8', '203.7.200.0/16')] }))],
    probes: ['203.7.0.1 -> x/a TCP/80 deny', '203.7.201.1 -> x/a TCP/80 deny', '203.8.0.1 -> x/a TCP/80 allow'],
  },
  {
    key: '36',
    wrong: 'rules of the other address family were applied and those of the own skipped',
    objects: [
      namespace('x'),
      pod('x/a', { ips: ['10.0.1.1', 'fd00::1'] }),
      pod('x/b', { ips: ['10.0.1.2', 'fd00::2'] }),
      policy('x/v4', ingress(POD_A, { from: [block('0.0.0.0/0')] })),
      policy('x/v6', ingress(POD_B, { from: [block('::/0')] })),
    ],
    probes: [
      '203.0.113.1 -> x/a TCP/80 allow',
      '2001:db8::1 -> x/a TCP/80 deny',
      '203.0.113.1 -> x/b TCP/80 deny',
      '2001:db8::1 -> x/b TCP/80 allow',
      'x/b -> x/a TCP/80 allow family 4',
      'x/b -> x/a TCP/80 deny family 6',
    ],
  },
  {
    key: '37a',
    wrong: 'of a pod with two address families only the first was looked at',
    objects: [
      namespace('x'),
      pod('x/a', { ips: ['10.0.1.1', 'fd00::1'] }),
      pod('x/b', { ips: ['10.0.1.2', 'fd00::2'] }),
      pod('x/c', { ips: ['10.0.1.3', 'fd00::3'] }),
      policy('x/in', ingress(POD_A, { from: [block('fd00::2/128')] })),
    ],
    probes: [
      'x/b -> x/a TCP/80 allow family 6',
      'x/b -> x/a TCP/80 deny family 4',
      'x/c -> x/a TCP/80 deny family 6',
      'fd00::2 -> x/a TCP/80 allow',
    ],
  },
  {
    key: '37b',
    wrong: 'the rule that catches everything was installed for one family or for one direction only',
    objects: [
      namespace('x'),
      pod('x/a', { ips: ['10.0.1.1', 'fd00::1'] }),
      pod('x/b', { ips: ['10.0.1.2', 'fd00::2'] }),
      policy('x/closed', { podSelector: POD_A, policyTypes: ['Ingress', 'Egress'] }),
      policy('x/open', { podSelector: POD_B, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] }),
    ],
    probes: [
      '203.0.113.1 -> x/a TCP/80 deny',
      '2001:db8::1 -> x/a TCP/80 deny',
      'x/a -> 203.0.113.1 TCP/80 deny',
      'x/a -> 2001:db8::1 TCP/80 deny',
      '203.0.113.1 -> x/b TCP/80 allow',
      '2001:db8::1 -> x/b TCP/80 allow',
      'x/b -> 203.0.113.1 TCP/80 allow',
      'x/b -> 2001:db8::1 TCP/80 allow',
    ],
  },
  {
    key: '38',
    wrong: 'a condition was built without parentheses: the first of several peers had every port, the last had the ports of the rule',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { from: [block('203.0.113.0/24'), block('2001:db8::/32')], ports: [tcp(80)] }))],
    probes: [
      '203.0.113.1 -> x/a TCP/80 allow',
      '203.0.113.1 -> x/a TCP/81 deny',
      '203.0.113.1 -> x/a UDP/80 deny',
      '203.0.112.1 -> x/a TCP/80 deny',
    ],
  },
  {
    key: '39',
    wrong: 'the block /0 was refused, or matched a single address',
    objects: [
      namespace('x'),
      pod('x/a', { ips: ['10.0.1.1', 'fd00::1'] }),
      pod('x/b', { ip: '10.0.1.2' }),
      policy('x/in', ingress(POD_A, { from: [block('0.0.0.0/0', '203.0.113.0/24'), block('::/0')], ports: [tcp(80)] })),
    ],
    probes: [
      '0.0.0.1 -> x/a TCP/80 allow',
      '255.255.255.255 -> x/a TCP/80 allow',
      '203.0.113.1 -> x/a TCP/80 deny',
      'ffff:ffff::1 -> x/a TCP/80 allow',
      '198.51.100.1 -> x/a TCP/81 deny',
    ],
  },
  {
    key: '40a',
    wrong: 'a block was not seen to hold an exception that starts at the same address',
    objects: [
      ...NINE_PODS,
      policy('x/in', ingress(POD_A, { from: [block('203.0.0.0/8', '203.0.0.0/16')] }, { from: [block('203.0.0.0/24')] })),
    ],
    probes: [
      '203.0.0.0 -> x/a TCP/80 allow',
      '203.0.0.255 -> x/a TCP/80 allow',
      '203.0.1.0 -> x/a TCP/80 deny',
      '203.0.255.255 -> x/a TCP/80 deny',
      '203.1.0.0 -> x/a TCP/80 allow',
    ],
  },
  {
    key: '40b',
    wrong: 'an exception that equals its block, which the API server refuses, was applied',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { from: [block('203.0.113.0/24', '203.0.113.0/24')] }))],
    probes: ['203.0.113.1 -> x/a TCP/80 unknown', '203.0.113.1 -> x/b TCP/80 allow'],
  },
  {
    key: '41',
    wrong: 'of a range that is several prefixes only the first was kept',
    objects: [
      ...NINE_PODS,
      policy(
        'x/in',
        ingress(POD_A, { from: [block('203.0.0.0/8')], ports: [tcp(80)] }, { from: [block('203.64.0.0/10')], ports: [tcp(443)] }),
      ),
    ],
    probes: [
      '203.0.0.1 -> x/a TCP/80 allow',
      '203.64.0.1 -> x/a TCP/80 allow',
      '203.255.255.255 -> x/a TCP/80 allow',
      '203.64.0.1 -> x/a TCP/443 allow',
      '203.128.0.0 -> x/a TCP/443 deny',
      '203.63.255.255 -> x/a TCP/443 deny',
    ],
  },
  {
    key: '42',
    wrong: 'where a nested block ended, the addresses after it fell out of the block around it',
    objects: [
      ...NINE_PODS,
      namespace('v6'),
      ...['a', 'b', 'c'].map((name, i) => pod(`v6/${name}`, { ips: [`fd00::${i + 1}`] })),
      policy('v6/outer', ingress(POD_A, { from: [block('2001:db8::/32')] })),
      policy('v6/inner', ingress(POD_B, { from: IN_IPV6.map((prefix) => block(`${prefix}:/64`)) })),
      policy('v6/last', ingress(POD_C, { from: IN_IPV6.map((prefix) => block(`${prefix}ffff:ffff:ffff:ffff/128`)) })),
      policy('x/outer', ingress(POD_A, { from: [block('203.0.0.0/8')] })),
      policy('x/inner', ingress(POD_B, { from: [block('203.64.0.0/16')] })),
      policy('x/last', ingress(POD_C, { from: [block('203.255.255.255/32')] })),
    ],
    probes: [
      '203.63.0.1 -> x/a TCP/80 allow',
      '203.64.0.1 -> x/a TCP/80 allow',
      '203.65.0.1 -> x/a TCP/80 allow',
      '203.65.0.1 -> x/b TCP/80 deny',
      '203.255.255.255 -> x/a TCP/80 allow',
      '203.255.255.255 -> x/c TCP/80 allow',
      '203.255.255.254 -> x/c TCP/80 deny',
      '204.0.0.0 -> x/a TCP/80 deny',
      ...IN_IPV6.flatMap((prefix) => [
        `${prefix}ffff:ffff:ffff:fffe -> v6/b TCP/80 allow`,
        `${prefix}ffff:ffff:ffff:fffe -> v6/c TCP/80 deny`,
        `${prefix}ffff:ffff:ffff:ffff -> v6/a TCP/80 allow`,
        `${prefix}ffff:ffff:ffff:ffff -> v6/b TCP/80 allow`,
        `${prefix}ffff:ffff:ffff:ffff -> v6/c TCP/80 allow`,
      ]),
      '2001:db8:1:1:: -> v6/a TCP/80 allow',
      '2001:db8:1:1:: -> v6/b TCP/80 deny',
    ],
  },
  {
    key: '43',
    wrong: 'a CIDR that is none ended the program, or the policy that holds it was left out',
    objects: [
      ...NINE_PODS,
      policy('x/broken', ingress(POD_A, { from: [block('203.0.113.0/33')] })),
      policy('x/good', ingress(POD_B, { from: [block('203.0.113.0/24')] })),
    ],
    probes: ['203.0.113.1 -> x/a TCP/80 unknown', '203.0.113.1 -> x/b TCP/80 allow', '203.0.112.1 -> x/b TCP/80 deny'],
  },
  {
    key: '44',
    wrong: 'a block of one address overwrote what other rules say about the same address',
    objects: [
      ...NINE_PODS,
      policy(
        'x/in',
        ingress(
          POD_A,
          { from: [block('203.0.113.7/32')], ports: [tcp(80)] },
          { from: [block('203.0.113.7/32')], ports: [tcp(443)] },
          { from: [block('203.0.113.0/24')], ports: [tcp(8080)] },
        ),
      ),
    ],
    probes: [
      '203.0.113.7 -> x/a TCP/80 allow',
      '203.0.113.7 -> x/a TCP/443 allow',
      '203.0.113.7 -> x/a TCP/8080 allow',
      '203.0.113.8 -> x/a TCP/80 deny',
      '203.0.113.7 -> x/a TCP/81 deny',
    ],
  },
  {
    key: '45a',
    wrong: 'a rule for everything stopped matching nodes',
    objects: [
      ...NINE_PODS,
      node('n1', '192.168.0.1'),
      policy('x/all', ingress(POD_A, { ports: [tcp(80)] })),
      policy('x/world', ingress(POD_B, { from: [block('0.0.0.0/0')] })),
      policy('x/pods', ingress(POD_C, { from: [{ namespaceSelector: {} }] })),
    ],
    probes: [
      '192.168.0.1 -> x/a TCP/80 allow',
      '192.168.0.1 -> x/a TCP/81 deny',
      '192.168.0.1 -> x/b TCP/80 allow',
      '192.168.0.1 -> x/c TCP/80 deny',
    ],
  },
  {
    key: '45b',
    wrong: 'whether blocks match pods was left to chance: it is a property of the data plane, one way or the other',
    profile: { ipBlockMatchesPods: false },
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { from: [block('10.0.0.0/8')] }))],
    probes: ['y/a -> x/a TCP/80 deny', '10.9.9.9 -> x/a TCP/80 allow'],
  },
  {
    key: '46a',
    wrong: 'an IPv4 block that is written as IPv6 was taken for one of the families, and matched in one place and not in another',
    objects: [
      ...NINE_PODS,
      policy('x/in', ingress(POD_A, { from: [block('::ffff:203.0.113.0/120')] })),
      policy('x/v6', ingress(POD_B, { from: [block('::/0')] })),
    ],
    probes: ['203.0.113.1 -> x/a TCP/80 unknown', '203.0.113.1 -> x/b TCP/80 deny', '203.0.113.1 -> x/c TCP/80 allow'],
  },
  {
    key: '46b',
    wrong: 'an IPv4 address in IPv6 notation at the end of a flow was judged as either family',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { from: [block('203.0.113.0/24')] })), policy('x/out', egress(POD_B))],
    probes: ['203.0.113.1 -> x/a TCP/80 allow', '203.0.112.1 -> x/a TCP/80 deny'],
    refused: [
      { from: '::ffff:203.0.113.1', to: 'x/a', protocol: 'TCP', port: 80 },
      { from: 'x/b', to: '::ffff:cb00:7101', protocol: 'TCP', port: 80 },
    ],
  },
];
