/**
 * Rows 110 to 125 of the catalogue: addresses, ports and protocols.
 */
import { listYaml, ndjson, podObject, policyObject, ruleYaml } from '../input/bad-case.ts';
import { badInput, covers, type Row, span } from './row.ts';

const FILE = 'input.yaml';
const P = 'NetworkPolicy shop/p';

function bad(row: number, title: string, text: string, says: Row['says'], mended: string): Row {
  return { row, title, files: { [FILE]: text }, exit: 2, ...(says === undefined ? {} : { says }), mended: { [FILE]: mended } };
}

function good(row: number, title: string, text: string, says: Row['says'] = []): Row {
  return { row, title, files: { [FILE]: text }, exit: 0, says };
}

const at = (place: string, message: string): string => `${FILE}:${place}: error: ${message}`;
const warned = (place: string, message: string): string => `${FILE}:${place}: warning: ${message}`;

const cidr = (text: string): string => ruleYaml(`from:\n- ipBlock:\n    cidr: ${JSON.stringify(text)}`);
const except = (block: string, ...inner: readonly string[]): string =>
  ruleYaml(`from:\n- ipBlock:\n    cidr: ${block}\n    except: ${JSON.stringify(inner)}`);
const CIDR_FIELD = `(${P}, spec.ingress[0].from[0].ipBlock.cidr)`;

const noRange = (row: number, text: string, why = ''): Row =>
  bad(
    row,
    `the range ${JSON.stringify(text)}`,
    cidr(text),
    at('11:9', `found \`${text.replace('\n', '\\u{a}')}\`, expected a CIDR such as \`10.0.0.0/8\` or \`fd00::/8\`${why} ${CIDR_FIELD}`),
    cidr('10.0.0.0/8'),
  );

/** May a pod be reached from an address, on TCP port 80 or another? */
function answer(
  row: number,
  title: string,
  policy: string | object,
  from: string,
  verdict: 'allow' | 'deny',
  more: { readonly says?: Row['says']; readonly port?: number; readonly protocol?: string; readonly ports?: readonly object[] } = {},
): Row {
  const { says = [], port = 80, protocol = 'TCP', ports = [] } = more;
  const ips = [{ ip: '10.0.0.2' }, { ip: 'fd00::2' }];
  const db = podObject({ spec: { containers: [{ ports }] }, status: { podIP: '10.0.0.2', podIPs: ips } }, { name: 'db' });
  const text = typeof policy === 'string' ? listYaml(JSON.stringify(db), policy) : ndjson(db, policy);
  return {
    row,
    title: `${title}: from ${from} to ${protocol} port ${port} is ${verdict}, and this`,
    files: { [FILE]: text },
    args: ['can-reach', from, 'shop/db', '--port', `${port}`, '--protocol', protocol, '-f', FILE],
    exit: 0,
    says,
    stdout: new RegExp(`^.* ${protocol}/${port}.*: ${verdict.toUpperCase()}`),
  };
}

const MAPPED = 'an IPv4 range written as IPv6; expected the IPv4 form';
const NESTED = except('10.0.0.0/8', '10.1.0.0/16', '10.1.0.0/16', '10.1.1.0/24');

const ADDRESS_ROWS: readonly Row[] = [
  noRange(110, '10.0.0.0', ': the prefix length is missing'),
  noRange(110, '10.0.0.0/33'),
  noRange(110, '10.0.0.0/-1'),
  noRange(110, '10.0.0.0/'),
  noRange(110, '/8'),
  noRange(110, '/'),
  noRange(110, '10.0.0/8'),
  noRange(110, '10.0.0.0.0/8'),
  noRange(110, '256.0.0.0/8'),
  noRange(110, '10.0.0.0/8/8'),
  noRange(110, '10.0.0.0/+8'),
  noRange(110, '10.0.0.0/08'),
  noRange(110, '10.0.0.0 /8'),
  noRange(110, ' 10.0.0.0/8'),
  noRange(110, '10.0.0.0/8\n'),
  noRange(110, '10.0.0.0/255.0.0.0'),
  noRange(110, '', ': it is empty'),
  noRange(110, 'fd00::/129'),
  noRange(110, 'fd00:::/8'),
  noRange(110, 'fd00::1::/8'),
  noRange(110, '1:2:3:4:5:6:7:8:9/8'),
  bad(
    110,
    'a range that is no text',
    ruleYaml('from:\n- ipBlock:\n    cidr: 10'),
    at('11:9', `found the number \`10\`, expected text: quote it ${CIDR_FIELD}`),
    cidr('10.0.0.0/8'),
  ),
  bad(110, 'no range', ruleYaml('from:\n- ipBlock: {except: []}'), /^input\.yaml:10:\d+: error: `cidr` is missing/m, cidr('10.0.0.0/8')),
  noRange(111, '010.0.0.1/8', ': numbers must not begin with zeros'),
  noRange(111, '10.0.0.01/8', ': numbers must not begin with zeros'),
  noRange(111, '0x0a.0.0.1/8'),
  noRange(111, '１０.0.0.0/8'),
  noRange(111, '10。0.0.0/8'),
  noRange(111, '167772160/8'),
  // The API server has accepted it and ignored those bits; from 1.36 on it rejects it.
  good(
    112,
    '10.161.0.0/8',
    cidr('10.161.0.0/8'),
    warned('11:9', '`10.161.0.0/8` has bits set beyond its prefix length; new API servers reject it, older ones ignore those bits'),
  ),
  answer(112, '10.161.0.0/8', cidr('10.161.0.0/8'), '10.7.7.7', 'allow', { says: 'has bits set beyond its prefix length' }),
  answer(112, '10.161.0.0/8', cidr('10.161.0.0/8'), '11.0.0.0', 'deny', { says: 'has bits set beyond its prefix length' }),
  good(112, 'fd00::1/64', cidr('fd00::1/64'), warned('11:9', '`fd00::1/64` has bits set beyond its prefix length')),
  answer(113, '0.0.0.0/0', cidr('0.0.0.0/0'), '203.0.113.1', 'allow'),
  answer(113, '0.0.0.0/0', cidr('0.0.0.0/0'), '2001:db8::1', 'deny'),
  answer(113, '::/0', cidr('::/0'), '2001:db8::1', 'allow'),
  answer(113, '::/0', cidr('::/0'), '203.0.113.1', 'deny'),
  // An IPv4-mapped range is an error everywhere: data planes disagree about which addresses it holds.
  bad(
    114,
    '::ffff:10.0.0.0/104',
    cidr('::ffff:10.0.0.0/104'),
    at('11:9', `found \`::ffff:10.0.0.0/104\`, ${MAPPED} ${CIDR_FIELD}`),
    cidr('10.0.0.0/8'),
  ),
  bad(114, '::ffff:a00:0/104', cidr('::ffff:a00:0/104'), at('11:9', `found \`::ffff:a00:0/104\`, ${MAPPED}`), cidr('10.0.0.0/8')),
  bad(
    114,
    'an exception ::ffff:10.0.0.0/104',
    except('::/0', '::ffff:10.0.0.0/104'),
    at('12:18', `found \`::ffff:10.0.0.0/104\`, ${MAPPED}`),
    cidr('::/0'),
  ),
  bad(
    114,
    'a pod whose address is ::ffff:10.0.0.1',
    JSON.stringify(podObject({ status: { podIP: '::ffff:10.0.0.1' } })),
    /error: found `::ffff:10\.0\.0\.1`, an IPv4 address written as IPv6; expected the IPv4 form \(Pod shop\/a, status\.podIP\)/,
    JSON.stringify(podObject({ status: { podIP: '10.0.0.1' } })),
  ),
  noRange(115, 'fe80::1%eth0/64', ': zones are not allowed'),
  bad(
    115,
    'a pod whose address is fe80::1%eth0',
    JSON.stringify(podObject({ status: { podIP: 'fe80::1%eth0' } })),
    /error: found `fe80::1%eth0`, expected an IP address/,
    JSON.stringify(podObject({ status: { podIP: 'fe80::1' } })),
  ),
  bad(
    116,
    'an exception outside its range',
    except('10.0.0.0/8', '11.0.0.0/16'),
    at('12:18', `the exception \`11.0.0.0/16\` is not inside \`10.0.0.0/8\` (${P}, spec.ingress[0].from[0].ipBlock.except[0])`),
    NESTED,
  ),
  bad(
    116,
    'an exception that is its range',
    except('10.0.0.0/8', '10.0.0.0/8'),
    at('12:18', 'the exception `10.0.0.0/8` is all of `10.0.0.0/8`, expected a strict part of it'),
    NESTED,
  ),
  bad(
    116,
    'an exception that is its range, with other bits',
    except('10.0.0.0/8', '10.1.0.0/8'),
    at('12:18', 'the exception `10.1.0.0/8` is all of `10.0.0.0/8`'),
    NESTED,
  ),
  bad(
    116,
    'an exception that is wider than its range',
    except('10.0.0.0/8', '10.0.0.0/7'),
    at('12:18', 'the exception `10.0.0.0/7` is not inside `10.0.0.0/8`'),
    NESTED,
  ),
  bad(
    116,
    'an exception of the other family',
    except('10.0.0.0/8', 'fd00::/16'),
    at('12:18', 'the exception `fd00::/16` is of another address family than `10.0.0.0/8`'),
    NESTED,
  ),
  bad(
    116,
    'the second exception without a length',
    except('10.0.0.0/8', '10.1.0.0/16', '10.1.2.3'),
    at('12:32', 'found `10.1.2.3`, expected a CIDR such as `10.0.0.0/8` or `fd00::/8`: the prefix length is missing'),
    NESTED,
  ),
  bad(
    116,
    'an exception that is empty',
    except('10.0.0.0/8', ''),
    at('12:18', 'found ``, expected a CIDR such as `10.0.0.0/8` or `fd00::/8`: it is empty'),
    NESTED,
  ),
  answer(117, 'an exception twice and one inside it', NESTED, '10.1.1.1', 'deny'),
  answer(117, 'an exception twice and one inside it', NESTED, '10.1.255.255', 'deny'),
  answer(117, 'an exception twice and one inside it', NESTED, '10.2.0.0', 'allow'),
];

const port = (written: string): string => ruleYaml(`ports:\n- port: ${written}`);
const PORT_FIELD = `(${P}, spec.ingress[0].ports[0].port)`;
const noPort = (row: number, written: string, message: string): Row =>
  bad(row, `the port ${written}`, port(written), at('10:7', `${message} ${PORT_FIELD}`), port('80'));
const range = (lines: string): string => ruleYaml(`ports:\n- ${lines}`);
const name = (text: string): string =>
  `found \`${text}\`, expected a port name: lower case letters, digits and single \`-\`, with a letter, and a letter or digit at both ends`;
const protocol = (written: string): string => range(`port: 80\n  protocol: ${written}`);

const named = policyObject({ podSelector: {}, ingress: [{ ports: [{ port: 'web' }] }] });
const TWO_NUMBERS = {
  ports: [
    { name: 'web', containerPort: 80 },
    { name: 'web', containerPort: 8080 },
  ],
  says: 'the port name `web` stands for 80 and for 8080 (TCP); policies that name it mean both',
};
const TWO_PROTOCOLS = {
  ports: [
    { name: 'web', containerPort: 80 },
    { name: 'web', containerPort: 53, protocol: 'UDP' },
  ],
};
const podPort = (item: object): string =>
  JSON.stringify(podObject({ spec: { containers: [{ ports: [{ containerPort: 80, ...item }] }] } }));
const OUTSIDE = '203.0.113.1';

const PORT_ROWS: readonly Row[] = [
  noPort(118, '0', 'found 0, expected a port from 1 to 65535'),
  noPort(118, '65536', 'found 65536, expected a port from 1 to 65535'),
  noPort(118, '-1', 'found -1, expected a port from 1 to 65535'),
  noPort(
    118,
    '80.5',
    'found `80.5`, which is not read as the same number everywhere; expected a whole number or a name in plain decimal digits',
  ),
  noPort(118, '""', 'a port name must not be empty'),
  noPort(118, '" 80"', name(' 80')),
  noPort(118, '"80 "', name('80 ')),
  noPort(118, '"8０"', name('8０')),
  noPort(118, 'true', 'found the boolean `true`, expected a whole number or a name'),
  noPort(118, '[80]', 'found a list, expected a whole number or a name'),
  noPort(118, '{a: 80}', 'found a mapping, expected a whole number or a name'),
  // In the API `80abc` is a name, and null is no port at all: every port. The first is said when no pod has it, the second always.
  good(118, 'the port 80abc', port('80abc')),
  good(118, 'the port null', port('null'), [
    warned('10:7', '`port` is null: every port of the protocol matches'),
    'when every port is meant, leave it out',
  ]),
  answer(118, 'the port null', port('null'), OUTSIDE, 'allow', { says: '`port` is null' }),
  answer(118, 'the port 80abc', port('80abc'), OUTSIDE, 'deny', { says: 'no pod has a TCP port of the name `80abc`' }),
  bad(
    119,
    'the port "80" in quotes',
    port('"80"'),
    [at('10:7', `found the text \`80\`, expected a number without quotes or a name with a letter ${PORT_FIELD}`), 'write `port: 80`'],
    port('80'),
  ),
  bad(
    119,
    'the port "080" in quotes',
    port('"080"'),
    at('10:7', 'found the text `080`, expected a number without quotes or a name with a letter'),
    port('80'),
  ),
  bad(
    120,
    'a range that ends before it begins',
    range('port: 80\n  endPort: 79'),
    at('11:7', `\`endPort\` 79 is less than \`port\` 80 (${P}, spec.ingress[0].ports[0].endPort)`),
    range('port: 80\n  endPort: 80'),
  ),
  bad(
    120,
    'a range that begins at a name',
    range('port: http\n  endPort: 90'),
    at('11:7', '`endPort` cannot follow a named port'),
    range('port: 80\n  endPort: 90'),
  ),
  bad(
    120,
    'a range without a beginning',
    range('endPort: 90'),
    at('10:7', '`endPort` needs a `port` for the range to start from'),
    range('port: 80\n  endPort: 90'),
  ),
  bad(
    120,
    'a range whose beginning is null',
    range('port: null\n  endPort: 90'),
    at('11:7', '`endPort` needs a `port` for the range to start from'),
    range('port: 80\n  endPort: 90'),
  ),
  bad(
    120,
    'a range that ends at 65536',
    range('port: 80\n  endPort: 65536'),
    at('11:7', 'found 65536, expected a port from 1 to 65535'),
    range('port: 80\n  endPort: 65535'),
  ),
  bad(
    120,
    'a range that ends at a text',
    range('port: 80\n  endPort: "90"'),
    at('11:7', 'found the text `90`, expected a whole number'),
    range('port: 80\n  endPort: 90'),
  ),
  answer(120, 'a range of one port', range('port: 80\n  endPort: 80'), OUTSIDE, 'allow'),
  answer(120, 'a range of one port', range('port: 80\n  endPort: 80'), OUTSIDE, 'deny', { port: 81 }),
  answer(121, 'a port name that no pod has', named, OUTSIDE, 'deny', {
    ports: [{ name: 'wob', containerPort: 80 }],
    says: [
      'no pod has a TCP port of the name `web`, which therefore matches nothing (NetworkPolicy shop/p, spec.ingress[0].ports[0].port)',
      'did you mean `wob`?',
    ],
  }),
  answer(121, 'a port name that the pod has', named, OUTSIDE, 'allow', { ports: [{ name: 'web', containerPort: 80 }] }),
  answer(122, 'a port name with another protocol', named, OUTSIDE, 'deny', {
    ports: [{ name: 'web', containerPort: 80, protocol: 'UDP' }],
    says: ['no pod has a TCP port of the name `web`', 'pods have it for UDP'],
  }),
  answer(122, 'a port name with another protocol', named, OUTSIDE, 'deny', {
    protocol: 'UDP',
    ports: [{ name: 'web', containerPort: 80, protocol: 'UDP' }],
    says: 'pods have it for UDP',
  }),
  answer(123, 'one port name for two numbers', named, OUTSIDE, 'allow', TWO_NUMBERS),
  answer(123, 'one port name for two numbers', named, OUTSIDE, 'allow', { ...TWO_NUMBERS, port: 8080 }),
  answer(123, 'one port name for two numbers', named, OUTSIDE, 'deny', { ...TWO_NUMBERS, port: 8081 }),
  answer(123, 'one port name for two protocols', named, OUTSIDE, 'allow', TWO_PROTOCOLS),
  answer(123, 'one port name for two protocols', named, OUTSIDE, 'deny', { ...TWO_PROTOCOLS, port: 53 }),
  answer(123, 'one port name for two protocols', named, OUTSIDE, 'deny', { ...TWO_PROTOCOLS, port: 53, protocol: 'UDP' }),
  bad(
    124,
    'a port name of 16 characters',
    port('a'.repeat(16)),
    at('10:7', `the port name \`${'a'.repeat(16)}\` has 16 characters, at most 15 are allowed ${PORT_FIELD}`),
    port('a'.repeat(15)),
  ),
  bad(124, 'a port name in upper case', port('HTTP'), at('10:7', name('HTTP')), port('http')),
  bad(124, 'a port name with two dashes in a row', port('a--b'), at('10:7', name('a--b')), port('a-b')),
  bad(124, 'a port name that ends with a dash', port('a-'), at('10:7', name('a-')), port('a-b')),
  bad(124, 'a port name without a letter', port('8-0'), at('10:7', name('8-0')), port('8-a')),
  bad(
    124,
    'a pod with a port name of 16 characters',
    podPort({ name: 'a'.repeat(16) }),
    /error: the port name `a{16}` has 16 characters, at most 15 are allowed \(Pod shop\/a, spec\.containers\[0\]\.ports\[0\]\.name\)/,
    podPort({ name: 'a'.repeat(15) }),
  ),
  bad(
    124,
    'a pod with a port name in upper case',
    podPort({ name: 'HTTP' }),
    /error: found `HTTP`, expected a port name/,
    podPort({ name: 'http' }),
  ),
  bad(
    124,
    'a pod with the port 65536',
    podPort({ containerPort: 65536 }),
    /error: found 65536, expected a port from 1 to 65535/,
    podPort({ containerPort: 65535 }),
  ),
  bad(
    125,
    'the protocol tcp',
    protocol('tcp'),
    [at('11:7', `found \`tcp\`, expected \`TCP\` or \`UDP\` or \`SCTP\` (${P}, spec.ingress[0].ports[0].protocol)`), 'did you mean `TCP`?'],
    protocol('TCP'),
  ),
  bad(125, 'the protocol ICMP', protocol('ICMP'), at('11:7', 'found `ICMP`, expected `TCP` or `UDP` or `SCTP`'), protocol('UDP')),
  bad(125, 'the protocol 6', protocol('6'), at('11:7', 'found the number `6`, expected `TCP` or `UDP` or `SCTP`'), protocol('TCP')),
  bad(125, 'an empty protocol', protocol('""'), at('11:7', 'found ``, expected `TCP` or `UDP` or `SCTP`'), protocol('SCTP')),
  bad(
    125,
    'a pod with the protocol tcp',
    podPort({ protocol: 'tcp' }),
    /error: found `tcp`, expected `TCP` or `UDP` or `SCTP`/,
    podPort({ protocol: 'TCP' }),
  ),
];

const ROWS = [...ADDRESS_ROWS, ...PORT_ROWS];

badInput('addresses and ports', ROWS);
covers(ROWS, span(110, 125), {});
