/**
 * Text -> a ComplianceZone: `schemas/compliance-zone.schema.json` describes its fields.
 */
import { type DocumentFields, type Field, isMapping, type ObjectFields } from '../expectations/document-fields.ts';
import { readEnd, readPort } from '../expectations/read-ends.ts';
import { baseName, readInputs } from '../expectations/read-reachability-test.ts';
import type { PodsEnd, TestEnd, TestPort } from '../expectations/test-case.ts';
import { LAST_PORT } from '../input/name-syntax.ts';
import { CONTROL_IDS } from './controls.ts';
import type { ComplianceZone, ListedPath, Way } from './zone.ts';

const FIELDS = ['apiVersion', 'kind', 'metadata', 'inputs', 'controls', 'zone', 'paths', 'dns', 'limits'];
const PODS = 'pods: `namespace` or `namespaceLabels`, with `labels` or without';
const DNS_PORTS: readonly TestPort[] = (['UDP', 'TCP'] as const).map((protocol) => ({
  protocols: [protocol],
  ports: { first: 53, last: 53 },
  text: `${protocol}/53`,
}));
const KUBE_DNS: PodsEnd = { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, containerPorts: [], ips: [] };

export function readZone(fields: DocumentFields, file: string): ComplianceZone {
  const zone = fields.object(fields.root, FIELDS);
  const nothing: ComplianceZone = {
    file,
    name: baseName(file),
    inputs: [],
    controls: CONTROL_IDS,
    selectors: [],
    paths: [],
    listsWithin: false,
    dns: { to: KUBE_DNS, ports: DNS_PORTS },
    portRange: 1,
  };
  if (!isMapping(fields.root.value)) return nothing;
  fields.oneOf(zone.get('apiVersion'), ['apiVersion'], ['netpolsim/v1']);
  fields.oneOf(zone.get('kind'), ['kind'], ['ComplianceZone']);
  const metadata = zone.get('metadata');
  const name = metadata === undefined ? undefined : fields.object(metadata, ['name']).get('name');
  const controls = zone.get('controls');
  const paths = zone.get('paths');
  const ways = paths === undefined ? undefined : fields.object(paths, ['in', 'out', 'within']);
  const limits = zone.get('limits');
  const range = limits === undefined ? undefined : fields.object(limits, ['portRange']).get('portRange');
  return {
    ...nothing,
    ...(name === undefined ? {} : { name: fields.text(name, name.path) ?? '' }),
    inputs: readInputs(fields, zone.get('inputs')),
    ...(controls === undefined ? {} : { controls: readControls(fields, controls) }),
    selectors: fields.list(zone.get('zone'), ['zone'], PODS).flatMap((each) => readSelector(fields, each) ?? []),
    paths: ways === undefined ? [] : (['in', 'out', 'within'] as const).flatMap((way) => readPaths(fields, ways, way)),
    listsWithin: ways?.get('within') !== undefined,
    dns: readDns(fields, zone.get('dns')) ?? nothing.dns,
    portRange: range === undefined ? 1 : (fields.whole(range, range.path, 1, LAST_PORT) ?? 1),
  };
}

function readControls(fields: DocumentFields, given: Field): ComplianceZone['controls'] {
  const wanted = fields.list(given, given.path, 'controls').map((each) => fields.oneOf(each, each.path, CONTROL_IDS));
  return CONTROL_IDS.filter((id) => wanted.includes(id));
}

/** The zone is made of pods that are there: what only a pod that does not exist yet can have has no place. */
function readSelector(fields: DocumentFields, given: Field): PodsEnd | undefined {
  const end = readEnd(fields, given, given.path);
  if (end === undefined) return undefined;
  if (end.kind === 'pods' && end.containerPorts.length + end.ips.length === 0) return end;
  fields.wrong(
    given.path,
    end.kind === 'pods' ? 'a zone has no `ips` and no `containerPorts`' : `found \`${end.kind}\``,
    `expected ${PODS}`,
  );
  return undefined;
}

/** An empty list is one: nothing is meant to be open that way. */
function readPaths(fields: DocumentFields, ways: ObjectFields, way: Way): ListedPath[] {
  const given = ways.get(way);
  if (given === undefined || (Array.isArray(given.value) && given.value.length === 0)) return [];
  return fields.list(given, given.path, 'paths').flatMap((each) => readPath(fields, each, way) ?? []);
}

function readPath(fields: DocumentFields, given: Field, way: Way): ListedPath | undefined {
  const { path } = given;
  const each = fields.object(given, ['from', 'to', 'ports', 'reason']);
  const problems = fields.problems.length;
  const end = (side: 'from' | 'to', isNeeded: boolean): TestEnd | undefined => {
    return isNeeded || each.get(side) !== undefined ? readEnd(fields, each.get(side), [...path, side]) : undefined;
  };
  const from = end('from', way !== 'out');
  const to = end('to', way !== 'in');
  const ports = readPorts(fields, each, path);
  const reason = fields.text(each.get('reason'), [...path, 'reason'], 'the reason why this path is needed');
  if (fields.problems.length > problems || reason === undefined) return undefined;
  return { way, from, to, ports, reason, origin: fields.originOf(path) };
}

function readDns(fields: DocumentFields, given: Field | undefined): ComplianceZone['dns'] | undefined {
  if (given === undefined) return undefined;
  const dns = fields.object(given, ['to', 'ports']);
  const to = dns.get('to') === undefined ? KUBE_DNS : readEnd(fields, dns.get('to'), [...given.path, 'to']);
  const ports = dns.get('ports') === undefined ? DNS_PORTS : readPorts(fields, dns, given.path);
  return to === undefined ? undefined : { to, ports };
}

function readPorts(fields: DocumentFields, each: ObjectFields, path: Field['path']): TestPort[] {
  return fields.list(each.get('ports'), [...path, 'ports'], 'ports').flatMap((port) => readPort(fields, port) ?? []);
}
