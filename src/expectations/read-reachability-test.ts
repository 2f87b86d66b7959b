/**
 * A ReachabilityTest: `schemas/reachability-test.schema.json` describes its fields.
 */

import { quote } from '../lib/quote.ts';
import { type DocumentFields, type Field, isMapping, type ObjectFields } from './document-fields.ts';
import { readEnd, readPort } from './read-ends.ts';
import type { Because, ReachabilityTest, TestCase, TestLimit, TestPort } from './test-case.ts';

const VERDICTS = ['allow', 'deny', 'unknown'] as const;
const CASE_FIELDS = ['name', 'from', 'to', 'ports', 'expect', 'over', 'because', 'message'];

export function readReachabilityTest(fields: DocumentFields, file: string): ReachabilityTest {
  const test = fields.object(fields.root, ['apiVersion', 'kind', 'metadata', 'inputs', 'cases', 'limits']);
  if (!isMapping(fields.root.value)) return { file, name: '', format: 'reachability-test', inputs: [], cases: [], skipped: [], limits: {} };
  fields.oneOf(test.get('apiVersion'), ['apiVersion'], ['netpolsim/v1']);
  fields.oneOf(test.get('kind'), ['kind'], ['ReachabilityTest']);
  const metadata = test.get('metadata');
  const name = metadata === undefined ? undefined : fields.object(metadata, ['name']).get('name');
  const cases = fields.list(test.get('cases'), ['cases'], 'cases').map((each) => readCase(fields, each));
  refuseTwins(fields, cases);
  const limits = test.get('limits');
  return {
    file,
    name: name === undefined ? baseName(file) : (fields.text(name, name.path) ?? ''),
    format: 'reachability-test',
    inputs: readInputs(fields, test.get('inputs')),
    cases: cases.flatMap((each) => each ?? []),
    skipped: [],
    limits: limits === undefined ? {} : readLimits(fields, limits),
  };
}

export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** Reports name cases by test and name, and invariants by name. */
export function refuseTwins(
  fields: DocumentFields,
  cases: readonly (Pick<TestCase, 'name'> | undefined)[],
  what: 'case' | 'invariant' = 'case',
): void {
  const first = new Map<string, number>();
  for (const [i, each] of cases.entries()) {
    if (each === undefined) continue;
    const twin = first.get(each.name);
    if (twin === undefined) first.set(each.name, i);
    else {
      const root = fields.root.value;
      const list = Array.isArray(root) ? [] : [`${what}s`];
      const { line } = fields.originOf([...list, twin, 'name']);
      fields.wrong(
        [...list, i, 'name'],
        `the name ${quote(each.name)} is that of the ${what} in line ${line}`,
        `give each ${what} a name of its own`,
      );
    }
  }
}

/** Paths of manifests; `-` is none. */
export function readInputs(fields: DocumentFields, given: Field | undefined): ReachabilityTest['inputs'] {
  if (given === undefined) return [];
  return fields.list(given, ['inputs'], 'paths').flatMap((each) => {
    const path = fields.text(each, each.path, 'a path, or a pattern such as `../policies/*.yaml`');
    if (path === '-') fields.wrong(each.path, 'standard input is no input of a file', 'use `-f -`');
    return path === undefined ? [] : [{ path, origin: fields.originOf(each.path) }];
  });
}

function readCase(fields: DocumentFields, given: Field): TestCase | undefined {
  const { path } = given;
  const each = fields.object(given, CASE_FIELDS);
  const name = fields.text(each.get('name'), [...path, 'name'], 'a name for the case');
  const from = readEnd(fields, each.get('from'), [...path, 'from']);
  const to = readEnd(fields, each.get('to'), [...path, 'to']);
  const ports = readPorts(fields, each, path);
  const expect = fields.oneOf(each.get('expect'), [...path, 'expect'], VERDICTS);
  const over = each.get('over') === undefined ? 'all' : fields.oneOf(each.get('over'), path, ['all', 'some'] as const);
  const because = each.get('because') === undefined ? undefined : readBecause(fields, each.get('because')!);
  const message = each.get('message') === undefined ? undefined : fields.text(each.get('message'), path);
  if (name === undefined || from === undefined || to === undefined || expect === undefined || over === undefined) return undefined;
  return {
    name,
    origin: fields.originOf(path),
    from,
    to,
    ports,
    expect,
    over,
    ...(because === undefined ? {} : { because }),
    ...(message === undefined ? {} : { message }),
    notes: [],
  };
}

function readPorts(fields: DocumentFields, each: ObjectFields, path: Field['path']): TestPort[] {
  return fields.list(each.get('ports'), [...path, 'ports'], 'ports: `any` is every port').flatMap((port) => readPort(fields, port) ?? []);
}

function readBecause(fields: DocumentFields, given: Field): Because | undefined {
  const because = fields.object(given, ['policy', 'kind', 'direction', 'rule']);
  const { path } = given;
  const policy = fields.text(
    because.get('policy'),
    [...path, 'policy'],
    '`namespace/name` of a policy, or the name of a cluster-scoped one',
  );
  const kind = because.get('kind');
  const direction = because.get('direction');
  const rule = because.get('rule');
  const found = {
    ...(kind === undefined ? {} : { kind: fields.oneOf(kind, path, POLICY_KINDS) }),
    ...(direction === undefined ? {} : { direction: fields.oneOf(direction, path, ['ingress', 'egress'] as const) }),
    ...(rule === undefined ? {} : { rule: fields.whole(rule, path, 0, 1_000_000) }),
  };
  if (policy === undefined || Object.values(found).includes(undefined)) return undefined;
  if (policy.split('/').length > 2) fields.expected(because.get('policy'), '`namespace/name`, or `name`');
  return { policy, ...(found as Omit<Because, 'policy'>) };
}

const POLICY_KINDS = ['NetworkPolicy', 'ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'] as const;

function readLimits(fields: DocumentFields, given: Field): ReachabilityTest['limits'] {
  const limits = fields.object(given, ['unknown', 'untestedWorkloads']);
  const found: { unknown?: TestLimit; untestedWorkloads?: TestLimit } = {};
  for (const name of ['unknown', 'untestedWorkloads'] as const) {
    const field = limits.get(name);
    const limit = field === undefined ? undefined : readLimit(fields, field);
    if (limit !== undefined) found[name] = limit;
  }
  return found;
}

function readLimit(fields: DocumentFields, field: Field): TestLimit | undefined {
  const { value, path } = field;
  const origin = fields.originOf(path);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return { most: value, isPercent: false, origin };
  const [, percent] = (typeof value === 'string' && /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(value)) || [];
  if (percent !== undefined && Number(percent) <= 100) return { most: Number(percent), isPercent: true, origin };
  fields.expected(field, 'a whole number, or a share from `0%` to `100%`');
  return undefined;
}
