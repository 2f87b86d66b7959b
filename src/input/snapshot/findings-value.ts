/**
 * What reading found beside the objects, as one value of a snapshot: policies and ends that could not be read, diagnostics, numbers, and what reading more needs.
 */
import { escapeControls } from '../../lib/quote.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ObjectRef, Origin } from '../../model/origin.ts';
import type { Manifests, ReadingContext, UnreadableEnd, UnreadablePolicy } from '../../model/resource.ts';
import { checkUnreadableEnd, checkUnreadablePolicy } from './check-unreadable.ts';
import { arrayOf, fieldsOf, optionalText, refuse, textOf, wholeOf } from './fields.ts';

/** The fields of `SnapshotContents.findings`. Texts that are printed as they are have no control characters. */
interface SnapshotFindings {
  readonly unreadable: readonly UnreadablePolicy[];
  readonly unreadableEnds: readonly UnreadableEnd[];
  readonly diagnostics: readonly Diagnostic[];
  readonly skipped: readonly (readonly [kind: string, count: number])[];
  readonly counts: readonly (readonly [kind: string, count: number])[];
  readonly doubtfulNamespaces: ReadingContext['doubtfulNamespaces'];
  readonly otherPolicies: readonly (readonly [kind: string, origin: Origin, count: number])[];
}

export function findingsValue(manifests: Manifests): SnapshotFindings {
  const { unreadable, unreadableEnds, diagnostics, skipped, counts, context } = manifests;
  return {
    unreadable: unreadable.map((policy) => ordered({ ...policy, reason: escapeControls(policy.reason) }, POLICY_FIELDS)),
    unreadableEnds,
    diagnostics: diagnostics.map((diagnostic) => {
      const { message, field, hint } = diagnostic;
      const texts = {
        message: escapeControls(message),
        ...(field === undefined ? {} : { field: escapeControls(field) }),
        ...(hint === undefined ? {} : { hint: escapeControls(hint) }),
      };
      return ordered({ ...diagnostic, ...texts }, DIAGNOSTIC_FIELDS);
    }),
    skipped: [...skipped],
    counts: [...counts],
    doubtfulNamespaces: context?.doubtfulNamespaces ?? [],
    otherPolicies: [...(context?.otherPolicies ?? [])].map(([kind, { origin, count }]) => [kind, origin, count] as const),
  };
}

const POLICY_FIELDS = [
  'kind',
  'name',
  'namespace',
  'podSelector',
  'directions',
  'tier',
  'priority',
  'subject',
  'origin',
  'reason',
] as const;
const DIAGNOSTIC_FIELDS = ['code', 'severity', 'message', 'origin', 'object', 'field', 'hint'] as const;

/** The fields that are there, in this order, which is that of what is read: the same findings give the same bytes. */
function ordered<T extends object>(object: T, fields: readonly (keyof T)[]): T {
  return Object.fromEntries(fields.flatMap((field) => (object[field] === undefined ? [] : [[field, object[field]]]))) as T;
}

type Found = Pick<Manifests, 'unreadable' | 'unreadableEnds' | 'diagnostics' | 'skipped' | 'counts'> &
  Omit<ReadingContext, 'workloads' | 'distrusted'>;

/** @throws {WireFormatError} when the value is not what `findingsValue` gives */
export function findingsFrom(value: unknown): Found {
  const found = fieldsOf(value, 'the findings');
  return {
    unreadable: eachOnce(found.unreadable, 'unreadable', unreadableFrom),
    unreadableEnds: eachOnce(found.unreadableEnds, 'unreadableEnds', endFrom),
    diagnostics: eachOnce(found.diagnostics, 'diagnostics', diagnosticFrom),
    skipped: countsFrom(found.skipped, 'skipped'),
    counts: countsFrom(found.counts, 'counts'),
    doubtfulNamespaces: eachOnce(found.doubtfulNamespaces, 'doubtfulNamespaces', doubtFrom),
    otherPolicies: new Map(eachOnce(found.otherPolicies, 'otherPolicies', otherPolicyFrom)),
  };
}

/** Converts what is in a list several times once, so that a list that repeats one thing costs no more than the list. */
function eachOnce<T>(value: unknown, what: string, convert: (item: unknown) => T): T[] {
  const known = new Map<unknown, T>();
  return arrayOf(value, what).map((item) => {
    const converted = known.get(item) ?? convert(item);
    known.set(item, converted);
    return converted;
  });
}

function doubtFrom(value: unknown): ReadingContext['doubtfulNamespaces'][number] {
  const { name, origin } = fieldsOf(value, 'a doubtful namespace');
  return { name: name === undefined ? undefined : textOf(name, 'a name'), origin: originFrom(origin) };
}

function otherPolicyFrom(value: unknown): readonly [string, { readonly origin: Origin; readonly count: number }] {
  const [kind, origin, count] = arrayOf(value, 'an entry of otherPolicies');
  return [textOf(kind, 'a kind'), { origin: originFrom(origin), count: wholeOf(count, 'a count') }];
}

function originFrom(value: unknown): Origin {
  const { file, line, column } = fieldsOf(value, 'an origin');
  return { file: textOf(file, 'a file'), line: wholeOf(line, 'a line'), column: wholeOf(column, 'a column') };
}

function refFrom(value: unknown): ObjectRef {
  const { kind, namespace, name } = fieldsOf(value, 'a reference');
  return { kind: textOf(kind, 'a kind'), ...optionalText(namespace, 'namespace'), name: textOf(name, 'a name') };
}

function unreadableFrom(value: unknown): UnreadablePolicy {
  const { origin, reason, ...rest } = fieldsOf(value, 'an unreadable policy');
  return { ...checkUnreadablePolicy(rest), origin: originFrom(origin), reason: printed(reason, 'a reason') };
}

function endFrom(value: unknown): UnreadableEnd {
  const { object, addresses, origin } = fieldsOf(value, 'an unreadable end');
  return { object: refFrom(object), addresses: checkUnreadableEnd(addresses), origin: originFrom(origin) };
}

const SEVERITIES: readonly unknown[] = ['error', 'warning', 'info'] satisfies readonly Diagnostic['severity'][];

function diagnosticFrom(value: unknown): Diagnostic {
  const { code, severity, message, origin, object, field, hint } = fieldsOf(value, 'a diagnostic');
  if (typeof code !== 'string' || !/^[a-z0-9-]{1,64}$/.test(code)) refuse('the code of a diagnostic', code);
  if (!SEVERITIES.includes(severity)) refuse('a severity', severity);
  return {
    code: code as string,
    severity: severity as Diagnostic['severity'],
    message: printed(message, 'a message'),
    origin: originFrom(origin),
    ...(object === undefined ? {} : { object: refFrom(object) }),
    ...(field === undefined ? {} : { field: printed(field, 'a field') }),
    ...(hint === undefined ? {} : { hint: printed(hint, 'a hint') }),
  };
}

/** A text that terminals get as it is. */
function printed(value: unknown, what: string): string {
  const text = textOf(value, what);
  return escapeControls(text) === text ? text : refuse(what, text);
}

function countsFrom(value: unknown, what: string): Map<string, number> {
  const entries = eachOnce(value, what, (each) => {
    const [kind, count] = arrayOf(each, what);
    return [textOf(kind, 'a kind'), wholeOf(count, 'a count')] as const;
  });
  return new Map(entries);
}
