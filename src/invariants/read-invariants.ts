/**
 * Invariants as a file has them, `schemas/invariants.schema.json`, and the same as plain objects: one reader, so that a suite and a file say the same and are refused alike.
 */
import { describeEnd } from '../expectations/describe.ts';
import { DocumentError } from '../expectations/document-error.ts';
import { type DocumentFields, type Field, isMapping } from '../expectations/document-fields.ts';
import { type DocumentKind, parseDocument, readFields } from '../expectations/parse-document.ts';
import { readEnd, readPort } from '../expectations/read-ends.ts';
import { baseName, refuseTwins } from '../expectations/read-reachability-test.ts';
import type { TestEnd, TestPort } from '../expectations/test-case.ts';
import type { PlacedDocument } from '../input/placed-document.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Origin } from '../model/origin.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { FlowInvariant } from './invariant.ts';

/** Thrown for invariants that cannot be used. `diagnostics` has every problem with its place, the field, and what to do. */
export class InvariantsError extends DocumentError {
  override readonly name = 'InvariantsError';

  constructor(diagnostics: readonly Diagnostic[]) {
    super('the invariants', diagnostics);
  }
}

/** `unchanged` as it stands in a file: the other policies are still to be read. */
export interface UnreadUnchanged {
  readonly kind: 'unchanged';
  readonly name: string;
  readonly origin: Origin;
  readonly message: string | null;
  /** Paths and patterns, relative to the file. */
  readonly policies: readonly { readonly path: string; readonly origin: Origin }[];
}

export interface InvariantsFile {
  readonly file: string;
  readonly name: string;
  readonly invariants: readonly (FlowInvariant | UnreadUnchanged)[];
}

const FORMS = ['never', 'always', 'unchanged'] as const;
const INVARIANTS: DocumentKind = {
  Failure: InvariantsError,
  code: 'invalid-invariant',
  severalHint: 'put all invariants into one list, or each list into a file of its own',
};

/**
 * Reads a file of invariants.
 * @throws {InvariantsError} with every problem that was found
 * @throws {TypeError} when `text` is not a string
 */
export function parseInvariants(text: string, { file = '<text>' }: { readonly file?: string } = {}): InvariantsFile {
  return parseDocument(text, file, INVARIANTS, (fields) => invariantsIn(fields, file));
}

/** @throws {InvariantsError} */
export function readInvariants(document: PlacedDocument, file: string): InvariantsFile {
  return readFields(document, INVARIANTS, (fields) => invariantsIn(fields, file));
}

function invariantsIn(fields: DocumentFields, file: string): InvariantsFile {
  const root = fields.object(fields.root, ['apiVersion', 'kind', 'metadata', 'invariants']);
  const found: ReturnType<typeof readInvariant>[] = [];
  let name: string | undefined;
  if (isMapping(fields.root.value)) {
    fields.oneOf(root.get('apiVersion'), ['apiVersion'], ['netpolsim/v1']);
    fields.oneOf(root.get('kind'), ['kind'], ['Invariants']);
    const metadata = root.get('metadata');
    const given = metadata === undefined ? undefined : fields.object(metadata, ['name']).get('name');
    name = given === undefined ? undefined : fields.text(given, given.path);
    found.push(...fields.list(root.get('invariants'), ['invariants'], 'invariants').map((each) => readInvariant(fields, each)));
    refuseTwins(fields, found, 'invariant');
  }
  return { file, name: name ?? baseName(file), invariants: found.flatMap((each) => each ?? []) };
}

function readInvariant(fields: DocumentFields, given: Field): FlowInvariant | UnreadUnchanged | undefined {
  const { path } = given;
  const each = fields.object(given, ['name', ...FORMS, 'message']);
  if (!isMapping(given.value)) return undefined;
  const name = fields.text(each.get('name'), [...path, 'name'], 'a name for the invariant');
  const message = each.get('message') === undefined ? null : fields.text(each.get('message'), path);
  const forms = FORMS.filter((form) => each.get(form) !== undefined);
  const [kind] = forms;
  if (kind === undefined || forms.length > 1) {
    fields.wrong(path, `found ${kind === undefined ? 'none' : 'several'} of \`never\`, \`always\` and \`unchanged\``, 'say one of them');
    return undefined;
  }
  const form = each.get(kind)!;
  const head = { name: name ?? '', origin: fields.originOf(path), message: message ?? null };
  const read = kind === 'unchanged' ? readUnchanged(fields, form) : readFlows(fields, form, kind);
  return name === undefined || read === undefined ? undefined : { ...head, ...read };
}

function readFlows(
  fields: DocumentFields,
  given: Field,
  kind: FlowInvariant['kind'],
): Pick<FlowInvariant, 'kind' | 'from' | 'to' | 'ports'> | undefined {
  const flows = fields.object(given, ['from', 'to', 'ports']);
  if (!isMapping(given.value)) return undefined;
  const from = readSelectingEnd(fields, flows.get('from'), [...given.path, 'from']);
  const to = readSelectingEnd(fields, flows.get('to'), [...given.path, 'to']);
  const ports = readPorts(fields, flows.get('ports'), given.path, kind);
  return from === undefined || to === undefined || ports === undefined ? undefined : { kind, from, to, ports };
}

/** An end of things that are there: nothing is assumed. */
function readSelectingEnd(fields: DocumentFields, given: Field | undefined, path: Field['path']): TestEnd | undefined {
  const end = readEnd(fields, given, path);
  if (end?.kind !== 'pods') return end;
  const odd = [...(end.containerPorts.length > 0 ? ['containerPorts'] : []), ...(end.ips.length > 0 ? ['ips'] : [])];
  for (const name of odd)
    fields.wrong([...path, name], `\`${name}\` is for pods that do not exist yet: invariants are about those that are there`);
  return odd.length === 0 ? end : undefined;
}

const EVERY_PORT: TestPort = { protocols: PROTOCOLS, ports: { first: 1, last: 65_535 }, text: 'any' };

function readPorts(
  fields: DocumentFields,
  given: Field | undefined,
  path: Field['path'],
  kind: FlowInvariant['kind'],
): readonly TestPort[] | undefined {
  if (given === undefined) {
    if (kind === 'never') return [EVERY_PORT];
    fields.wrong([...path, 'ports'], '`ports` is missing', 'say which are always open; `any` is every port of TCP, UDP and SCTP');
    return undefined;
  }
  const ports = fields.list(given, path, 'ports').map((each) => readPort(fields, each));
  return ports.length === 0 || ports.includes(undefined) ? undefined : ports.flatMap((each) => each ?? []);
}

function readUnchanged(fields: DocumentFields, given: Field): Pick<UnreadUnchanged, 'kind' | 'policies'> | undefined {
  const unchanged = fields.object(given, ['policies']);
  if (!isMapping(given.value)) return undefined;
  const policies = fields.list(unchanged.get('policies'), [...given.path, 'policies'], 'paths').flatMap((each) => {
    const path = fields.text(each, each.path, 'a path, or a pattern such as `../refactored/*.yaml`');
    if (path === '-') fields.wrong(each.path, 'standard input is no input of a file', 'use `--against -`');
    return path === undefined ? [] : [{ path, origin: fields.originOf(each.path) }];
  });
  return policies.length === 0 ? undefined : { kind: 'unchanged', policies };
}

/** `never dev/* → prod/{app=db} TCP/5432`. */
export function describeFlows({ kind, from, to, ports }: Pick<FlowInvariant, 'kind' | 'from' | 'to' | 'ports'>): string {
  const at = ports.map(({ text }) => text).join(', ');
  return `${kind} ${describeEnd(from)} → ${describeEnd(to)}${at === 'any' ? '' : ` ${at}`}`;
}
