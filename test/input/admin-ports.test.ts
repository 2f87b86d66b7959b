/**
 * Protocols of v1alpha2 and ports of v1alpha1 in administrators' policies.
 */
import { describe } from 'vitest';
import { ALL, accept, egressV1, errors, times, toAll, toAllV1, warnings } from './admin-case.ts';

describe('protocols of v1alpha2', () => {
  const protocols = (...list: readonly string[]): string => toAll(`protocols: [${list.join(', ')}]`);
  const good = protocols('{tcp: {destinationPort: {number: 80}}}');
  const at = 'spec.egress[0].protocols[0]';
  const withPort = (port: string): string => protocols(`{tcp: {destinationPort: ${port}}}`);
  errors([
    ['They are not none.', protocols(), good, 'empty-list', 'leave it out', 'spec.egress[0].protocols'],
    [
      'There are at most 25.',
      protocols(...times(26, (i) => `{udp: {destinationPort: {number: ${i + 1}}}}`)),
      good,
      'too-many-items',
      'found 26',
      'spec.egress[0].protocols',
    ],
    [
      'One names something.',
      protocols('{}'),
      good,
      'empty-port',
      'exactly one of `tcp`, `udp`, `sctp` and `destinationNamedPort`',
      at,
      '10:58',
    ],
    ['One whose field is null names nothing.', protocols('{tcp: }'), good, 'empty-port', 'nothing is named', at],
    [
      'One names one thing.',
      protocols('{tcp: {destinationPort: {number: 80}}, udp: {destinationPort: {number: 80}}}'),
      good,
      'ambiguous-port',
      'found `tcp` and `udp`',
      at,
    ],
    ['A port names something.', withPort('{}'), good, 'empty-port', '`number` and `range`', `${at}.tcp.destinationPort`],
    [
      'A port names one thing.',
      withPort('{number: 80, range: {start: 1, end: 2}}'),
      good,
      'ambiguous-port',
      '`number` and `range`',
      `${at}.tcp.destinationPort`,
    ],
    [
      'A number is at least 1.',
      withPort('{number: 0}'),
      withPort('{number: 1}'),
      'invalid-port',
      'found 0',
      `${at}.tcp.destinationPort.number`,
    ],
    [
      'A number is at most 65535.',
      withPort('{number: 65536}'),
      withPort('{number: 65535}'),
      'invalid-port',
      '65536',
      `${at}.tcp.destinationPort.number`,
    ],
    ['A number is no text.', withPort('{number: "80"}'), good, 'wrong-type', 'a whole number', `${at}.tcp.destinationPort.number`],
    [
      'A range has both ends.',
      withPort('{range: {start: 1}}'),
      withPort('{range: {start: 1, end: 2}}'),
      'missing-field',
      '`end`',
      `${at}.tcp.destinationPort.range.end`,
    ],
    [
      'A range is more than one port.',
      withPort('{range: {start: 5, end: 5}}'),
      withPort('{range: {start: 5, end: 6}}'),
      'invalid-port-range',
      'write `number: 5`',
      `${at}.tcp.destinationPort.range`,
    ],
    [
      'A range ascends.',
      withPort('{range: {start: 6, end: 5}}'),
      good,
      'invalid-port-range',
      'less than `end`',
      `${at}.tcp.destinationPort.range`,
    ],
    [
      'A range has port numbers.',
      withPort('{range: {start: 1, end: 65536}}'),
      withPort('{range: {start: 1, end: 65535}}'),
      'invalid-port',
      '65536',
      `${at}.tcp.destinationPort.range.end`,
    ],
    [
      'A protocol has a destination port.',
      protocols('{tcp: {port: 80}}'),
      good,
      'unknown-field',
      'write `destinationPort',
      `${at}.tcp.port`,
    ],
    [
      'The ports of v1alpha1 are not here.',
      protocols('{portNumber: {protocol: TCP, port: 80}}'),
      good,
      'unknown-field',
      'in v1alpha2 write `tcp',
      `${at}.portNumber`,
    ],
    [
      'The name of a port has another field.',
      protocols('{namedPort: web}'),
      protocols('{destinationNamedPort: web}'),
      'unknown-field',
      'did you mean `destinationNamedPort`?',
      `${at}.namedPort`,
    ],
    [
      'A port name is not empty.',
      protocols('{destinationNamedPort: ""}'),
      protocols('{destinationNamedPort: web}'),
      'invalid-port',
      'empty',
      `${at}.destinationNamedPort`,
    ],
    [
      'Nodes have no port names.',
      accept('to: [{nodes: {}}], protocols: [{destinationNamedPort: web}]'),
      toAll('protocols: [{destinationNamedPort: web}]'),
      'named-port-with-addresses',
      'the peer `nodes`',
      `${at}.destinationNamedPort`,
    ],
    [
      'Domain names have no port names.',
      accept(`to: [${ALL}, {domainNames: [a.b]}], protocols: [{udp: {destinationPort: {number: 1}}}, {destinationNamedPort: web}]`),
      good,
      'named-port-with-addresses',
      'the peer `domainNames`',
      'spec.egress[0].protocols[1].destinationNamedPort',
    ],
  ]);

  warnings([
    [
      'A protocol without a port is every port.',
      protocols('{tcp: {}}'),
      good,
      'empty-protocol',
      'the API server refuses it; it is read as every TCP port',
      `${at}.tcp`,
    ],
    [
      'A protocol whose port is null is every port.',
      protocols('{sctp: {destinationPort: }}'),
      good,
      'empty-protocol',
      'every SCTP port',
      `${at}.sctp`,
    ],
    [
      'Protocols that are null are everything.',
      toAll('protocols: '),
      good,
      'empty-ports',
      'every protocol and port',
      'spec.egress[0].protocols',
    ],
    [
      'Networks have no port names, which the standard channel does not check.',
      accept('to: [{networks: [10.0.0.0/8]}], protocols: [{destinationNamedPort: web}]'),
      good,
      'named-port-with-addresses',
      'at every other address',
      `${at}.destinationNamedPort`,
    ],
    [
      'A name that no port can have matches nothing.',
      protocols('{destinationNamedPort: Web}'),
      good,
      'invalid-port',
      'matches nothing',
      `${at}.destinationNamedPort`,
    ],
  ]);
});

describe('ports of v1alpha1', () => {
  const ports = (...list: readonly string[]): string => toAllV1(`ports: [${list.join(', ')}]`);
  const good = ports('{portNumber: {port: 80}}');
  const at = 'spec.egress[0].ports[0]';
  errors([
    ['They are not none.', ports(), good, 'empty-list', 'expected 1 to 100', 'spec.egress[0].ports'],
    [
      'There are at most 100.',
      ports(...times(101, (i) => `{portNumber: {port: ${i + 1}}}`)),
      ports(...times(100, (i) => `{portNumber: {port: ${i + 1}}}`)),
      'too-many-items',
      'found 101',
      'spec.egress[0].ports',
    ],
    ['One names something.', ports('{}'), good, 'empty-port', '`portNumber`, `portRange` and `namedPort`', at],
    ['One names one thing.', ports('{portNumber: {port: 80}, namedPort: web}'), good, 'ambiguous-port', '`portNumber` and `namedPort`', at],
    ['A number is needed.', ports('{portNumber: {protocol: UDP}}'), good, 'missing-field', '`port`', `${at}.portNumber.port`],
    ['A number is at least 1.', ports('{portNumber: {port: 0}}'), good, 'invalid-port', 'found 0', `${at}.portNumber.port`],
    [
      'A range has port numbers.',
      ports('{portRange: {start: 0, end: 5}}'),
      ports('{portRange: {start: 1, end: 5}}'),
      'invalid-port',
      'found 0',
      `${at}.portRange.start`,
    ],
    ['A range has both ends.', ports('{portRange: {end: 5}}'), good, 'missing-field', '`start`', `${at}.portRange.start`],
    [
      'A protocol has capitals.',
      ports('{portNumber: {protocol: tcp, port: 80}}'),
      ports('{portNumber: {protocol: SCTP, port: 80}}'),
      'invalid-value',
      'did you mean `TCP`?',
      `${at}.portNumber.protocol`,
    ],
    [
      'The ports of a NetworkPolicy are not here.',
      ports('{protocol: TCP, port: 80}'),
      good,
      'unknown-field',
      'write `portNumber',
      `${at}.protocol`,
    ],
    [
      'The protocols of v1alpha2 are not here.',
      ports('{tcp: {destinationPort: {number: 80}}}'),
      good,
      'unknown-field',
      'in v1alpha1 write `portNumber',
      `${at}.tcp`,
    ],
    [
      'Networks have no port names.',
      egressV1('action: Allow, to: [{networks: [10.0.0.0/8]}], ports: [{namedPort: web}]'),
      good,
      'named-port-with-addresses',
      'the peer `networks`',
      `${at}.namedPort`,
    ],
  ]);

  warnings([
    [
      'A range that descends is empty.',
      ports('{portRange: {start: 6, end: 5}}'),
      ports('{portRange: {start: 5, end: 5}}'),
      'empty-port-range',
      'from 6 to 5 is empty',
      `${at}.portRange`,
    ],
    [
      'Domain names have no port names, which v1alpha1 does not check.',
      egressV1('action: Allow, to: [{domainNames: [a.b]}], ports: [{namedPort: web}]'),
      good,
      'named-port-with-addresses',
      'at every other address',
      `${at}.namedPort`,
    ],
  ]);
});
