/**
 * Protocols and ports of administrators' policies: `protocols` of v1alpha2, `ports` of v1alpha1.
 */
import type { AdminDestinationPort, AdminNetworkPolicyPort, ClusterNetworkPolicyProtocol, Maybe } from '../../model/resource.ts';
import { faultOfPortName, faultOfPortNumber } from '../name-syntax.ts';
import type { FieldPath } from '../problem.ts';
import { namesIn } from './check-admin-peer.ts';
import type { Reporter } from './reporter.ts';

export function checkProtocol(protocol: ClusterNetworkPolicyProtocol, report: Reporter): void {
  checkOneOf(protocol, [], '`tcp`, `udp`, `sctp` and `destinationNamedPort`', report);
  for (const name of ['tcp', 'udp', 'sctp'] as const) {
    const transport = protocol[name];
    if (!transport) continue;
    report.enter(name);
    if (transport.destinationPort) checkDestinationPort(transport.destinationPort, report);
    else {
      const message = `\`${name}\` is empty: the API server refuses it; it is read as every ${name.toUpperCase()} port`;
      const hint = 'write `destinationPort: {range: {start: 1, end: 65535}}`';
      report.warn('empty-protocol', [], message, hint);
    }
    report.leave();
  }
  checkPortName(protocol.destinationNamedPort, 'destinationNamedPort', report);
}

function checkDestinationPort(port: AdminDestinationPort, report: Reporter): void {
  report.enter('destinationPort');
  checkOneOf(port, [], '`number` and `range`', report);
  if (typeof port.number === 'number') checkNumber(port.number, ['number'], report);
  if (port.range) {
    const { start, end } = port.range;
    const sound = checkNumber(start, ['range', 'start'], report) && checkNumber(end, ['range', 'end'], report);
    if (sound && start >= end) {
      const hint = start === end ? `write \`number: ${start}\`` : undefined;
      report.error('invalid-port-range', ['range'], `found ${start} to ${end}, expected \`start\` to be less than \`end\``, hint);
    }
  }
  report.leave();
}

export function checkPort(port: AdminNetworkPolicyPort, report: Reporter): void {
  checkOneOf(port, [], '`portNumber`, `portRange` and `namedPort`', report);
  if (port.portNumber) checkNumber(port.portNumber.port, ['portNumber', 'port'], report);
  if (port.portRange) {
    const { start, end } = port.portRange;
    const sound = checkNumber(start, ['portRange', 'start'], report) && checkNumber(end, ['portRange', 'end'], report);
    // The API server of v1alpha1 does not compare them.
    if (sound && start > end) {
      report.warn('empty-port-range', ['portRange'], `the range from ${start} to ${end} is empty and matches nothing`, 'exchange the two');
    }
  }
  checkPortName(port.namedPort, 'namedPort', report);
}

function checkOneOf(object: object, field: FieldPath, expected: string, report: Reporter): void {
  const names = namesIn(object);
  if (names.length === 1) return;
  const found = names.length === 0 ? 'nothing is named' : `found ${names.map((name) => `\`${name}\``).join(' and ')}`;
  report.error(names.length === 0 ? 'empty-port' : 'ambiguous-port', field, `${found}, expected exactly one of ${expected}`);
}

function checkNumber(port: number, field: FieldPath, report: Reporter): boolean {
  const fault = faultOfPortNumber(port);
  if (fault !== undefined) report.error('invalid-port', field, fault);
  return fault === undefined;
}

/** The API server takes any text. A name that no container port can have matches nothing. */
function checkPortName(name: Maybe<string>, field: string, report: Reporter): void {
  if (typeof name !== 'string') return;
  const fault = faultOfPortName(name);
  if (fault === undefined) return;
  if (name === '') report.error('invalid-port', [field], fault);
  else report.warn('invalid-port', [field], `${fault}; no container port has this name, which therefore matches nothing`);
}
