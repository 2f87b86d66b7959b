/**
 * A list of cases as netassert (v2) has it. What is about probing a live cluster (`timeoutSeconds`, `attempts`) has no meaning here.
 */

import { LAST_PORT } from '../input/name-syntax.ts';
import { parseAddress } from '../lib/ip-address.ts';
import type { Protocol } from '../model/protocol.ts';
import type { DocumentFields, Field } from './document-fields.ts';
import { readHost, readIp, readWorkload } from './read-ends.ts';
import { baseName, refuseTwins } from './read-reachability-test.ts';
import type { ReachabilityTest, TestCase, TestEnd } from './test-case.ts';

const CASE_FIELDS = ['name', 'type', 'protocol', 'targetPort', 'timeoutSeconds', 'attempts', 'exitCode', 'src', 'dst'];
const PROBING = ['timeoutSeconds', 'attempts'];

export function readNetassert(fields: DocumentFields, file: string): ReachabilityTest {
  const cases = fields.list(fields.root, [], 'cases').map((each) => readCase(fields, each));
  refuseTwins(fields, cases);
  return {
    file,
    name: baseName(file),
    format: 'netassert',
    inputs: [],
    cases: cases.flatMap((each) => each ?? []),
    skipped: [],
    limits: {},
  };
}

function readCase(fields: DocumentFields, given: Field): TestCase | undefined {
  const { path } = given;
  const each = fields.object(given, CASE_FIELDS);
  const name = fields.text(each.get('name'), [...path, 'name'], 'a name for the case');
  if (each.get('type') !== undefined) fields.oneOf(each.get('type'), path, ['k8s']);
  const protocol = each.get('protocol') === undefined ? 'tcp' : fields.oneOf(each.get('protocol'), path, ['tcp', 'udp'] as const);
  const port = fields.whole(each.get('targetPort'), [...path, 'targetPort'], 1, LAST_PORT);
  const exitCode = each.get('exitCode') === undefined ? 0 : fields.whole(each.get('exitCode'), path, 0, 1);
  const from = readSide(fields, each.get('src'), [...path, 'src'], false);
  const to = readSide(fields, each.get('dst'), [...path, 'dst'], true);
  if (name === undefined || protocol === undefined || port === undefined || from === undefined || to === undefined) return undefined;
  const upper = protocol.toUpperCase() as Protocol;
  return {
    name,
    origin: fields.originOf(path),
    from,
    to,
    ports: [{ protocols: [upper], ports: { first: port, last: port }, text: `${upper}/${port}` }],
    expect: exitCode === 0 ? 'allow' : 'deny',
    over: 'all',
    notes: PROBING.flatMap((one) => (each.get(one) === undefined ? [] : [`\`${one}\` is about probing a live cluster, and plays no part`])),
  };
}

function readSide(fields: DocumentFields, given: Field | undefined, path: Field['path'], mayBeHost: boolean): TestEnd | undefined {
  if (given === undefined) {
    fields.expected(given, mayBeHost ? '`k8sResource` or `host`' : '`k8sResource`', path);
    return undefined;
  }
  const side = fields.object(given, mayBeHost ? ['k8sResource', 'host'] : ['k8sResource']);
  const resource = side.get('k8sResource');
  const host = side.get('host');
  if ((resource === undefined) === (host === undefined)) {
    fields.wrong(path, `expected ${mayBeHost ? 'one of `k8sResource` and `host`' : '`k8sResource`'}`);
    return undefined;
  }
  if (host !== undefined) {
    const field = fields.object(host, ['name']).get('name');
    const name = fields.text(field, host.path, 'the name or the address of a host');
    if (name === undefined) return undefined;
    return parseAddress(name) === undefined ? readHost(fields, name, field!) : readIp(fields, name, field!);
  }
  const object = fields.object(resource!, ['kind', 'name', 'namespace']);
  const part = (name: string): string | undefined => fields.text(object.get(name), [...resource!.path, name]);
  const [kind, name, namespace] = [part('kind'), part('name'), part('namespace')];
  if (kind === undefined || name === undefined || namespace === undefined) return undefined;
  return readWorkload(fields, `${namespace}/${kind}/${name}`, resource!);
}
