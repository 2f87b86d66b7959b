/**
 * Ends, ports and labels as cases write them: checked where they stand, before any cluster is known.
 */

import { faultOfDnsLabel, faultOfLabelKey, faultOfLabelValue, faultOfPortName, LAST_PORT } from '../input/name-syntax.ts';
import { OddScalar } from '../input/odd-scalar.ts';
import { formatPrefix, hostPrefix, type IpPrefix, isMappedIPv4, parseAddress, parsePrefix, prefixContains } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import { type DocumentFields, type Field, isMapping, type ObjectFields } from './document-fields.ts';
import type { AssumedPort, TestEnd, TestPort } from './test-case.ts';

const FORMS = ['workload', 'namespace', 'ip', 'cidr', 'host'];
const END_FIELDS = [...FORMS, 'labels', 'namespaceLabels', 'containerPorts', 'ips', 'except', 'outside'];
/** What may stand beside the field that says which form an end has. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  workload: ['workload'],
  ip: ['ip'],
  host: ['host'],
  cidr: ['cidr', 'except', 'outside'],
  pods: ['namespace', 'labels', 'namespaceLabels', 'containerPorts', 'ips'],
};
const END_FORMS = 'an end: one of `workload`, `ip`, `cidr`, `host`, or `namespace` with `labels`';

export function readEnd(fields: DocumentFields, given: Field | undefined, path: readonly (string | number)[]): TestEnd | undefined {
  if (given === undefined || !isMapping(given.value)) {
    fields.expected(given, END_FORMS, path);
    return undefined;
  }
  const end = fields.object(given, END_FIELDS);
  const form = ['workload', 'ip', 'cidr', 'host'].find((name) => end.get(name) !== undefined) ?? 'pods';
  const odd = end.names.find((name) => !BESIDE[form]!.includes(name));
  if (odd !== undefined) {
    fields.wrong(
      [...path, odd],
      form === 'pods' ? `\`${odd}\` needs \`cidr\`` : `\`${odd}\` and \`${form}\` do not go together`,
      `expected ${END_FORMS}`,
    );
    return undefined;
  }
  if (form === 'pods') return readPods(fields, end);
  const text = fields.text(end.get(form), path);
  if (text === undefined) return undefined;
  const at = end.get(form)!;
  if (form === 'workload') return readWorkload(fields, text, at);
  if (form === 'ip') return readIp(fields, text, at);
  return form === 'host' ? readHost(fields, text, at) : readCidr(fields, text, end);
}

export function readWorkload(fields: DocumentFields, text: string, at: Field): TestEnd | undefined {
  if (/^[^/:\s]+(\/[^/:\s]+){1,2}$/.test(text)) return { kind: 'workload', workload: text };
  fields.expected(at, '`namespace/name` or `namespace/kind/name`');
  return undefined;
}

export function readIp(fields: DocumentFields, text: string, at: Field): TestEnd | undefined {
  const address = parseAddress(text);
  if (address !== undefined && !isMappedIPv4(address)) return { kind: 'ip', ip: text };
  if (address === undefined) fields.expected(at, 'an IP address');
  else fields.wrong(at.path, `${quote(text)} is an IPv4 address in IPv6 notation`, 'write it as IPv4');
  return undefined;
}

const HOST = /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?\.?$/i;

export function readHost(fields: DocumentFields, text: string, at: Field): TestEnd | undefined {
  if (HOST.test(text) && text.length <= 254 && parseAddress(text) === undefined) return { kind: 'host', host: text };
  const hint = parseAddress(text) === undefined ? 'one name, without `*`' : 'an address is an `ip`';
  fields.expected(at, 'a domain name such as `api.example.com`', undefined, hint);
  return undefined;
}

function readCidr(fields: DocumentFields, text: string, end: ObjectFields): TestEnd | undefined {
  const block = readBlock(fields, text, end.get('cidr')!);
  const given = end.get('except');
  const except = given === undefined ? [] : fields.list(given, end.path, 'blocks').map((each) => readException(fields, each, block));
  const outside = end.get('outside');
  if (outside !== undefined && typeof outside.value !== 'boolean') fields.expected(outside, '`true` or `false`');
  if (block === undefined || except.includes(undefined)) return undefined;
  return { kind: 'cidr', cidr: text, except: except as string[], outside: outside?.value === true };
}

function readException(fields: DocumentFields, each: Field, block: IpPrefix | undefined): string | undefined {
  const text = fields.text(each, each.path, 'a block such as `10.0.0.0/8`');
  const inner = text === undefined ? undefined : readBlock(fields, text, each);
  if (inner === undefined || block === undefined) return undefined;
  if (prefixContains(block, inner)) return text;
  fields.wrong(each.path, `${quote(text!)} is not inside ${quote(formatPrefix(block))}`);
  return undefined;
}

const MAPPED: IpPrefix = { family: 6, words: [0, 0, 0xffff, 0], length: 96 };

function readBlock(fields: DocumentFields, text: string, at: Field): IpPrefix | undefined {
  const parsed = parsePrefix(text);
  if (parsed === undefined) {
    const address = parseAddress(text);
    const hint = address === undefined ? undefined : `did you mean \`${formatPrefix(hostPrefix(address))}\`?`;
    fields.expected(at, 'a block such as `10.0.0.0/8` or `2001:db8::/32`', undefined, hint);
  } else if (parsed.hostBits) {
    fields.wrong(at.path, `${quote(text)} has bits beyond its length`, `did you mean \`${formatPrefix(parsed.prefix)}\`?`);
  } else if (prefixContains(MAPPED, parsed.prefix)) {
    fields.wrong(at.path, `${quote(text)} is a block of IPv4 addresses in IPv6 notation`, 'write it as IPv4');
  } else return parsed.prefix;
  return undefined;
}

function readPods(fields: DocumentFields, end: ObjectFields): TestEnd | undefined {
  const problems = fields.problems.length;
  const namespace = end.get('namespace');
  const name = namespace === undefined ? undefined : fields.text(namespace, end.path);
  if (name !== undefined) complain(fields, namespace!, faultOfDnsLabel(name));
  const labels = readLabels(fields, end.get('labels')) ?? {};
  const namespaceLabels = readLabels(fields, end.get('namespaceLabels'));
  if (namespace === undefined && namespaceLabels === undefined) {
    fields.wrong(
      end.path,
      end.names.length === 0 ? 'found an empty object' : '`namespace` or `namespaceLabels` is missing',
      `expected ${END_FORMS}`,
    );
  }
  const containerPorts = end.get('containerPorts');
  const ports =
    containerPorts === undefined ? [] : fields.list(containerPorts, end.path, 'ports').map((each) => readAssumedPort(fields, each));
  const ips = end.get('ips');
  const addresses =
    ips === undefined
      ? []
      : fields.list(ips, end.path, 'addresses').map((each) => {
          const text = fields.text(each, each.path, 'an IP address');
          return text === undefined ? undefined : readIp(fields, text, each);
        });
  if (fields.problems.length > problems) return undefined;
  return {
    kind: 'pods',
    ...(name === undefined ? {} : { namespace: name }),
    labels,
    ...(namespaceLabels === undefined ? {} : { namespaceLabels }),
    containerPorts: ports as AssumedPort[],
    ips: addresses.flatMap((each) => (each?.kind === 'ip' ? [each.ip] : [])),
  };
}

function readAssumedPort(fields: DocumentFields, given: Field): AssumedPort | undefined {
  const port = fields.object(given, ['name', 'containerPort', 'protocol']);
  const name = fields.text(port.get('name'), given.path, 'the name of the port');
  if (name !== undefined) complain(fields, port.get('name')!, faultOfPortName(name));
  const number = fields.whole(port.get('containerPort'), given.path, 1, LAST_PORT);
  const protocol = port.get('protocol');
  const chosen = protocol === undefined ? 'TCP' : fields.oneOf(protocol, given.path, PROTOCOLS);
  return name === undefined || number === undefined || chosen === undefined ? undefined : { name, port: number, protocol: chosen };
}

/** Undefined where they are left out. */
export function readLabels(fields: DocumentFields, given: Field | undefined): Readonly<Record<string, string>> | undefined {
  if (given === undefined) return undefined;
  if (!isMapping(given.value)) {
    fields.expected(given, 'labels: names with texts');
    return {};
  }
  const labels: [string, string][] = [];
  for (const [key, value] of Object.entries(given.value)) {
    const at = { value, path: [...given.path, key] };
    complain(fields, at, faultOfLabelKey(key));
    if (typeof value !== 'string') {
      fields.expected(at, 'text', undefined, value instanceof OddScalar ? undefined : 'put it in quotes');
      continue;
    }
    complain(fields, at, faultOfLabelValue(value));
    labels.push([key, value]);
  }
  return Object.fromEntries(labels);
}

function complain(fields: DocumentFields, { path }: Field, fault: string | undefined): void {
  if (fault !== undefined) fields.wrong(path, fault);
}

const PORT_FORMS = 'a port: a number, `9000-9100`, a name, or `any`, with or without `TCP/`, `UDP/` or `SCTP/` before it';

/** Without a protocol a port is one of TCP, and `any` stands for every port of all three. */
export function readPort(fields: DocumentFields, given: Field): TestPort | undefined {
  const { value } = given;
  if (typeof value === 'number' && !(Number.isInteger(value) && value >= 1 && value <= LAST_PORT)) {
    fields.expected(given, `a port from 1 to ${LAST_PORT}`);
    return undefined;
  }
  if (typeof value !== 'number' && (typeof value !== 'string' || value === '')) {
    fields.expected(given, PORT_FORMS);
    return undefined;
  }
  const text = String(value);
  const slash = text.indexOf('/');
  const protocol = slash < 0 ? undefined : text.slice(0, slash);
  const port = text.slice(slash + 1);
  if (protocol !== undefined && !PROTOCOLS.includes(protocol as Protocol)) {
    const near = PROTOCOLS.find((known) => known === protocol.toUpperCase());
    fields.expected(given, PORT_FORMS, undefined, near === undefined ? undefined : `did you mean \`${near}/${port}\`?`);
    return undefined;
  }
  const protocols = protocol === undefined ? (port === 'any' ? PROTOCOLS : (['TCP'] as const)) : [protocol as Protocol];
  if (port === 'any') return { protocols, ports: { first: 1, last: LAST_PORT }, text };
  const [, from, to = from] = /^([1-9]\d{0,4})(?:-([1-9]\d{0,4}))?$/.exec(port) ?? [];
  if (from !== undefined) {
    const ports = { first: Number(from), last: Number(to) };
    if (ports.first <= ports.last && ports.last <= LAST_PORT) return { protocols, ports, text };
    fields.expected(given, `ports from 1 to ${LAST_PORT}, the lower one first`);
    return undefined;
  }
  const fault = /^[\d-]*$/.test(port) ? PORT_FORMS : faultOfPortName(port);
  if (fault === undefined) return { protocols, ports: { name: port }, text };
  if (fault === PORT_FORMS) fields.expected(given, PORT_FORMS);
  else fields.wrong(given.path, fault);
  return undefined;
}
