/**
 * Questions that make little sense, for any world: ends that are not there or not clear, protocols that nobody defined, ports that are none, and addresses in
 * every spelling, right and wrong. Engine and reference must both answer, alike, or both throw a RangeError.
 */
import type { World } from '../../src/fuzz/world.ts';
import type { FlowQuery } from '../../src/model/flow.ts';

const ENDS: readonly unknown[] = [
  'a/nobody',
  'a/pod/nobody',
  'a/deployment/nobody',
  'a/pod/p0',
  'default/p0',
  'no-slash',
  'a/b/c/d',
  '',
  { pod: 'a/w' },
  { pod: 'a/q0' },
  { workload: 'a/p0' },
  { workload: 'default/w' },
  { workload: 'a/nobody' },
  `a/${'long'.repeat(100)}`,
];

/** Spellings of addresses: of the generated universe, outside it, and of nothing. */
const ADDRESSES: readonly string[] = [
  '10.0.0.1',
  '10.0.0.256',
  '10.0.0.01',
  '10.0.0.',
  '10..0.1',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.-4',
  'fd00::1',
  'FD00:0:0:0:0:0:0:1',
  'fd00:1:2:3:4:5:6:7',
  'fd00::1:2:3:4:5:6:7:8',
  'fd00:1:2:3:4:5:6',
  '1::2::3',
  '::',
  '::10.0.0.1',
  '64:ff9b::10.0.0.1',
  '1:2:3:4:5:6:10.0.0.1',
  '1:2:3:4:5:6:7:10.0.0.1',
  '::10.0.0.256',
  '10.0.0.1::',
  '::10.0.0.1:1',
  '::ffff:10.0.0.1',
  'fd00::g',
  'fd00::12345',
  ':1',
];

const PROTOCOLS: readonly unknown[] = ['ICMP', 'tcp', ' UDP ', '', 'constructor', undefined, 6];
const PORTS: readonly unknown[] = [0, 65536, 1.5, Number.NaN, -1, '80', undefined];

/** Asked of every world, whatever is in it. */
export function oddQuestions({ pods }: World): FlowQuery[] {
  const live = pods.find(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed');
  const known = live === undefined ? '203.0.113.9' : `${live.metadata.namespace || 'default'}/${live.metadata.name}`;
  const plain = { from: known, to: '203.0.113.9', protocol: 'TCP', port: 80 };
  const odd: unknown[] = [
    ...[known.toUpperCase(), ...ENDS, ...ADDRESSES, ...ADDRESSES.map((ip) => ({ ip }))].flatMap((end) => [
      { ...plain, from: end },
      { ...plain, to: end },
    ]),
    ...PROTOCOLS.map((protocol) => ({ ...plain, protocol })),
    ...PORTS.map((port) => ({ ...plain, port })),
    { ...plain, family: 5 },
    { ...plain, protocol: 'ICMP', port: undefined },
  ];
  return odd as FlowQuery[];
}

/** What is no table of domain names, and tables with names and addresses that are none. */
export const ODD_NAMES: readonly unknown[] = [
  null,
  'a.example',
  { '-a.example': [] },
  { 'a..example': [] },
  { 'a.example': '192.0.2.1' },
  { 'a.example': ['192.0.2'] },
  { 'a.example': [7] },
  { 'a.example': ['::ffff:192.0.2.1'] },
];

/** No question at all, or no flow end: the engine refuses them with a RangeError; what the reference does is open. */
export const NO_QUESTIONS: readonly unknown[] = [
  undefined,
  null,
  'a/p0',
  ...[undefined, null, 7, {}, [], { pod: 7 }, { node: 'n0' }, { ip: '10.0.0.1', pod: 'a/p0' }].map((from) => ({
    from,
    to: '203.0.113.9',
    protocol: 'TCP',
    port: 80,
  })),
];
