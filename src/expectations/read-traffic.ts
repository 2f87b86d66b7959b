/**
 * A list of traffic as policy-assistant has it (`traffic.json`). It says no verdict: all of it is expected to have the one that the caller names.
 */

import { faultOfDnsLabel, faultOfPortName, LAST_PORT } from '../input/name-syntax.ts';
import type { Verdict } from '../model/decision.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { DocumentFields, Field } from './document-fields.ts';
import { readIp, readLabels, readWorkload } from './read-ends.ts';
import { baseName } from './read-reachability-test.ts';
import type { AssumedPort, ReachabilityTest, SkippedCase, TestCase, TestEnd } from './test-case.ts';

const ENTRY_FIELDS = ['Source', 'Destination', 'Protocol', 'ResolvedPort', 'ResolvedPortName'];
const INTERNAL_FIELDS = ['Workload', 'PodLabels', 'NamespaceLabels', 'Namespace', 'NodeLabels', 'Node', 'Pods'];
/** Go's reader of JSON takes names in any case of letters. */
const ANY_CASE = { anyCase: true };

export function readTraffic(fields: DocumentFields, file: string, expect: Verdict | undefined): ReachabilityTest {
  if (expect === undefined) {
    fields.wrong(
      [],
      'a list of traffic says no verdict',
      'say what all of it must be: `--expect allow`, `deny` or `unknown` (`expect` in the library)',
    );
  }
  const entries = fields
    .list(fields.root, [], 'traffic')
    .map((each, i) => readEntry(fields, each, `traffic ${i + 1}`, expect ?? 'unknown'));
  return {
    file,
    name: baseName(file),
    format: 'policy-assistant',
    inputs: [],
    cases: entries.flatMap((each) => (each !== undefined && 'from' in each ? [each] : [])),
    skipped: entries.flatMap((each) => (each === undefined || 'from' in each ? [] : [each])),
    limits: {},
  };
}

/** One side of an entry, and what of it plays no part. */
interface Side {
  readonly end: TestEnd | undefined;
  /** Why it cannot be asked. */
  readonly cannot: string | undefined;
  readonly notes: readonly string[];
}

function readEntry(fields: DocumentFields, given: Field, name: string, expect: Verdict): TestCase | SkippedCase | undefined {
  const { path } = given;
  const entry = fields.object(given, ENTRY_FIELDS, ANY_CASE);
  const protocol = fields.oneOf(entry.get('Protocol'), [...path, 'Protocol'], PROTOCOLS);
  const port = fields.whole(entry.get('ResolvedPort'), [...path, 'ResolvedPort'], 1, LAST_PORT);
  const portName = readPortName(fields, entry.get('ResolvedPortName'));
  const named = portName === undefined || port === undefined || protocol === undefined ? [] : [{ name: portName, port, protocol }];
  const from = readSide(fields, entry.get('Source'), [...path, 'Source'], []);
  const to = readSide(fields, entry.get('Destination'), [...path, 'Destination'], named);
  const cannot = from.cannot ?? to.cannot;
  const origin = fields.originOf(path);
  if (cannot !== undefined) return { name, origin, because: cannot };
  if (protocol === undefined || port === undefined || from.end === undefined || to.end === undefined) return undefined;
  return {
    name,
    origin,
    from: from.end,
    to: to.end,
    ports: [{ protocols: [protocol], ports: { first: port, last: port }, text: `${protocol}/${port}` }],
    expect,
    over: 'all',
    notes: [...from.notes, ...to.notes],
  };
}

function readPortName(fields: DocumentFields, field: Field | undefined): string | undefined {
  if (field === undefined || field.value === '') return undefined;
  const name = fields.text(field, field.path, 'the name of a port');
  const fault = name === undefined ? undefined : faultOfPortName(name);
  if (fault !== undefined) fields.wrong(field.path, fault);
  return fault === undefined ? name : undefined;
}

const NO_SIDE: Side = { end: undefined, cannot: undefined, notes: [] };

function readSide(fields: DocumentFields, given: Field | undefined, path: Field['path'], named: readonly AssumedPort[]): Side {
  if (given === undefined) {
    fields.expected(given, '`Internal` or `IP`', path);
    return NO_SIDE;
  }
  const side = fields.object(given, ['Internal', 'IP'], ANY_CASE);
  const ip = side.get('IP')?.value === '' ? undefined : side.get('IP');
  const internal = side.get('Internal');
  const text = ip === undefined ? undefined : fields.text(ip, path, 'an IP address');
  const address = text === undefined ? undefined : readIp(fields, text, ip!);
  if (internal === undefined) {
    if (ip === undefined) fields.expected(undefined, '`Internal` or `IP`', path);
    return { ...NO_SIDE, end: address, notes: unused(named, 'an address') };
  }
  const peer = fields.object(internal, INTERNAL_FIELDS, ANY_CASE);
  const odd = ['NodeLabels', 'Node', 'Pods'].find((name) => peer.get(name) !== undefined);
  if (odd !== undefined) return { ...NO_SIDE, cannot: `\`${odd}\` cannot be said of an end here` };
  return peer.get('Workload') === undefined || peer.get('Workload')!.value === ''
    ? podsSide(fields, peer, address, named)
    : workloadSide(fields, peer, ip !== undefined, named);
}

function workloadSide(
  fields: DocumentFields,
  peer: ReturnType<DocumentFields['object']>,
  hasAddress: boolean,
  named: readonly AssumedPort[],
): Side {
  const workload = peer.get('Workload')!;
  const text = fields.text(workload, workload.path);
  const end = text === undefined ? undefined : readWorkload(fields, text, workload);
  const namespace = peer.get('Namespace')?.value;
  if (end !== undefined && namespace !== undefined && namespace !== '' && namespace !== text!.split('/')[0]) {
    fields.wrong(peer.get('Namespace')!.path, 'it is not the namespace of the `Workload`');
  }
  const others = ['PodLabels', 'NamespaceLabels'].filter((name) => peer.get(name) !== undefined);
  const notes = [
    ...others.map((name) => `\`${name}\` beside \`Workload\` plays no part: the workload is in the input`),
    ...(hasAddress ? ['`IP` beside `Workload` plays no part: the pods have their own addresses'] : []),
    ...unused(named, 'a workload'),
  ];
  return { end, cannot: undefined, notes };
}

function podsSide(
  fields: DocumentFields,
  peer: ReturnType<DocumentFields['object']>,
  address: TestEnd | undefined,
  named: readonly AssumedPort[],
): Side {
  const field = peer.get('Namespace');
  const namespace = fields.text(field, [...peer.path, 'Namespace'], 'a namespace, or a `Workload`');
  const fault = namespace === undefined ? undefined : faultOfDnsLabel(namespace);
  if (fault !== undefined) fields.wrong(field!.path, fault);
  const labels = readLabels(fields, peer.get('PodLabels')) ?? {};
  const namespaceLabels = readLabels(fields, peer.get('NamespaceLabels')) ?? {};
  if (namespace === undefined || fault !== undefined) return NO_SIDE;
  const ips = address?.kind === 'ip' ? [address.ip] : [];
  return { ...NO_SIDE, end: { kind: 'pods', namespace, labels, namespaceLabels, containerPorts: named, ips } };
}

function unused(named: readonly AssumedPort[], end: string): string[] {
  return named.map(({ name }) => `\`ResolvedPortName: ${name}\` plays no part for ${end}: the names that pods declare count`);
}
