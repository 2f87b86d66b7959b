/**
 * Addresses, ports and protocols that are none.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { type BadCase, badCases, policyObject, ruleYaml } from './bad-case.ts';

const cidr = (text: string): string => ruleYaml(`from:\n- ipBlock:\n    cidr: ${JSON.stringify(text)}`);
const except = (block: string, ...inner: readonly string[]): string =>
  ruleYaml(`from:\n- ipBlock:\n    cidr: ${block}\n    except: ${JSON.stringify(inner)}`);
const port = (written: string): string => ruleYaml(`ports:\n- port: ${written}`);

describe('address ranges', () => {
  const bad = {
    mended: cidr('10.0.0.0/8'),
    code: 'invalid-cidr',
    at: '11:9',
    field: 'spec.ingress[0].from[0].ipBlock.cidr',
    outcome: 'policy',
  } as const;
  const wrong: readonly (readonly [text: string, says?: string])[] = [
    ['10.0.0.0', 'prefix length is missing'],
    ['10.0.0.0/33'],
    ['10.0.0.0/-1'],
    ['10.0.0.0/'],
    ['10.0.0.0/08'],
    ['10.0.0.0/8/8'],
    ['10.0.0/8'],
    ['256.0.0.0/8'],
    ['010.0.0.1/8', 'zeros'],
    ['0x0a.0.0.1/8'],
    ['１０.0.0.0/8'],
    [' 10.0.0.0/8'],
    ['10.0.0.0/8\n'],
    ['', 'empty'],
    ['fd00::/129'],
    ['fd00:::/8'],
    ['fe80::1%eth0/64', 'zones'],
    ['::ffff:10.0.0.0/104', 'IPv4'],
  ];
  badCases(
    wrong.map(([text, says = 'found']): BadCase => ({ ...bad, title: `${JSON.stringify(text)} is no range.`, text: cidr(text), says })),
  );
  badCases([
    {
      title: 'Bits beyond the prefix are said.',
      text: cidr('10.161.0.0/8'),
      mended: cidr('10.0.0.0/8'),
      code: 'cidr-host-bits',
      severity: 'warning',
      at: '11:9',
      outcome: 'kept',
    },
    {
      title: 'Bits beyond the prefix are said of IPv6 too.',
      text: cidr('fd00::1/64'),
      mended: cidr('fd00::/64'),
      code: 'cidr-host-bits',
      severity: 'warning',
      outcome: 'kept',
    },
  ]);

  it.each(['0.0.0.0/0', '::/0', '10.0.0.1/32', 'FD00:0::0/8', '2001:db8::/127'])('%s is a range.', (text) => {
    const { networkPolicies, diagnostics } = parseManifests(cidr(text));
    expect(networkPolicies[0]?.object.spec?.ingress?.[0]?.from?.[0]?.ipBlock?.cidr).toBe(text);
    expect(diagnostics).toEqual([]);
  });
});

describe('exceptions', () => {
  const bad = {
    mended: except('10.0.0.0/8', '10.1.0.0/16'),
    code: 'invalid-except',
    field: 'spec.ingress[0].from[0].ipBlock.except[0]',
    at: '12:18',
    outcome: 'policy',
  } as const;
  badCases([
    { ...bad, title: 'An exception outside the range is an error.', text: except('10.0.0.0/8', '11.0.0.0/16'), says: 'not inside' },
    { ...bad, title: 'An exception that is the range is an error.', text: except('10.0.0.0/8', '10.0.0.0/8'), says: 'all of' },
    {
      ...bad,
      title: 'An exception that is wider than the range is an error.',
      text: except('10.0.0.0/8', '10.0.0.0/7'),
      says: 'not inside',
    },
    { ...bad, title: 'An exception of the other family is an error.', text: except('10.0.0.0/8', 'fd00::/16'), says: 'family' },
    { ...bad, title: 'An exception is a range.', text: except('10.0.0.0/8', '10.1.2.3'), code: 'invalid-cidr', says: 'prefix length' },
  ]);

  it('Exceptions may be written twice and inside each other.', () => {
    expect(parseManifests(except('10.0.0.0/8', '10.1.0.0/16', '10.1.0.0/16', '10.1.1.0/24')).diagnostics).toEqual([]);
  });
});

describe('ports', () => {
  const bad = { mended: port('80'), code: 'invalid-port', at: '10:7', field: 'spec.ingress[0].ports[0].port', outcome: 'policy' } as const;
  badCases([
    { ...bad, title: 'Zero is no port.', text: port('0'), says: '1 to 65535' },
    { ...bad, title: '65536 is no port.', text: port('65536'), mended: port('65535'), says: '1 to 65535' },
    { ...bad, title: 'A negative number is no port.', text: port('-1'), says: 'found -1' },
    { ...bad, title: 'A fraction is no port.', text: port('80.5'), code: 'ambiguous-value', says: '80.5' },
    { ...bad, title: 'A truth value is no port.', text: port('true'), code: 'wrong-type', says: 'boolean' },
    { ...bad, title: 'A list is no port.', text: port('[80]'), code: 'wrong-type', says: 'a list' },
    { ...bad, title: 'An empty text is no port.', text: port('""'), says: 'empty' },
    { ...bad, title: 'A number with a space is no port.', text: port('" 80"'), says: '` 80`' },
    { ...bad, title: 'A number in quotes is no port.', text: port('"80"'), says: 'write `port: 80`' },
    { ...bad, title: 'A port name has at most 15 characters.', text: port('a'.repeat(16)), mended: port('a'.repeat(15)), says: '16' },
    { ...bad, title: 'A port name is in lower case.', text: port('HTTP'), mended: port('http'), says: '`HTTP`' },
    { ...bad, title: 'A port name has no two dashes in a row.', text: port('a--b'), mended: port('a-b'), says: '`a--b`' },
    { ...bad, title: 'A port name has a letter.', text: port('8-0'), mended: port('80abc'), says: '`8-0`' },
  ]);

  const range = (lines: string): string => ruleYaml(`ports:\n- ${lines}`);
  const badEnd = {
    mended: range('port: 80\n  endPort: 80'),
    code: 'invalid-end-port',
    field: 'spec.ingress[0].ports[0].endPort',
    outcome: 'policy',
  } as const;
  badCases([
    { ...badEnd, title: 'A range does not end before it begins.', text: range('port: 80\n  endPort: 79'), says: '79', at: '11:7' },
    { ...badEnd, title: 'A range does not begin at a name.', text: range('port: http\n  endPort: 90'), says: 'named port', at: '11:7' },
    { ...badEnd, title: 'A range begins somewhere.', text: range('endPort: 90'), says: 'needs a `port`', at: '10:7' },
    { ...badEnd, title: 'A range ends at a port.', text: range('port: 80\n  endPort: 65536'), says: '65536', at: '11:7' },
  ]);

  const protocol = (written: string): string => range(`port: 80\n  protocol: ${written}`);
  const badProtocol = { mended: protocol('SCTP'), at: '11:7', field: 'spec.ingress[0].ports[0].protocol', outcome: 'policy' } as const;
  badCases([
    { ...badProtocol, title: 'A protocol is in upper case.', text: protocol('tcp'), code: 'invalid-value', says: 'did you mean `TCP`?' },
    { ...badProtocol, title: 'ICMP is no protocol of a policy.', text: protocol('ICMP'), code: 'invalid-value', says: '`ICMP`' },
    { ...badProtocol, title: 'A number is no protocol.', text: protocol('6'), code: 'wrong-type', says: '6' },
    { ...badProtocol, title: 'An empty text is no protocol.', text: protocol('""'), code: 'invalid-value', says: '``' },
  ]);

  it('A port may be null, is then every port, and this is said.', () => {
    const { networkPolicies, diagnostics } = parseManifests(
      JSON.stringify(policyObject({ podSelector: {}, ingress: [{ ports: [{ port: null, protocol: null }] }] })),
    );
    expect([networkPolicies.length, diagnostics.map(({ code, severity }) => `${severity} ${code}`)]).toEqual([1, ['warning null-port']]);
  });
});
