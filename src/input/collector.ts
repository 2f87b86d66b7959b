/**
 * Values from any reader -> Manifests. Each value is recognised by kind, narrowed, checked, and kept or reported. What a file holds is kept only when all
 * of the file could be read: half of a policy set gives wrong verdicts, not half of the right ones.
 */
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Manifests, NetworkPolicyObject, ObjectMeta, Resource, UnreadableEnd, UnreadablePolicy } from '../model/resource.ts';
import { checkMetadata } from './checks/check-metadata.ts';
import { Reporter } from './checks/reporter.ts';
import type { Fault } from './fault.ts';
import { finishManifests } from './finish-manifests.ts';
import type { InputOptions } from './input-options.ts';
import { checkInputOptions } from './input-options.ts';
import { isSound } from './is-sound.ts';
import { type KindDefinition, type Use, useOf } from './kinds.ts';
import { FixedResource, LocatedResource } from './located-resource.ts';
import { isMapping, narrow } from './narrow.ts';
import { plainValue } from './odd-scalar.ts';
import { type FieldPath, formatPath, type Problem } from './problem.ts';
import { TextPool } from './text-pool.ts';
import { unreadableNetworkPolicy, unreadableObject } from './unreadable.ts';
import { unreadableEnd } from './unreadable-ends.ts';

/** Where a value came from, as long as its text is at hand. */
export interface Source {
  readonly origin: Origin;
  /** The place of a field below the value, or the nearest place that is known. */
  locate(path: FieldPath): Origin;
  /** As `locate`, and usable after loading. */
  keepPlaces(): (path: FieldPath) => Origin;
}

/** An object that was read, of whichever kind. */
export interface Kept {
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** What has been found so far, in one file or in all of them. */
export interface Findings {
  readonly kept: Resource<Kept>[];
  readonly unreadable: UnreadablePolicy[];
  readonly unreadableEnds: UnreadableEnd[];
  readonly diagnostics: Diagnostic[];
  readonly skipped: Map<string, number>;
  /** Policies of kinds that are not read: the first of each kind, and how many. */
  readonly otherPolicies: Map<string, { readonly origin: Origin; count: number }>;
  /** Namespaces whose labels could not be read. */
  readonly doubtfulNamespaces: { readonly name: string | undefined; readonly origin: Origin }[];
}

/** What the items of a `PodList` are; or what is known of an object that has been cut to its shape. */
export interface ListKind {
  readonly apiVersion: string | undefined;
  readonly kind: string;
}

/** Where a value stood that was taken out of its list. */
export interface ListPlace {
  /** In how many lists. */
  readonly depth?: number;
  readonly listKind?: ListKind | undefined;
  /** The value was read by the shape of its kind, and belongs to the collector. */
  readonly owned?: boolean;
}

export interface FileCollector {
  /** A parsed document, or an item of a list (`apiVersion` and `kind` may then follow from the list's). Null is an empty document. */
  add(value: unknown, source: Source, place?: ListPlace): void;
  /** An object that was recognised without parsing it. */
  skip(kind: string, judges: boolean, origin: Origin): void;
  /** Something in the file cannot be read: nothing of the file is kept. */
  refuse(problem: Pick<Diagnostic, 'code' | 'message' | 'hint'>, origin: Origin): void;
  refuseFault(fault: Fault, file: string): void;
  /** A warning about the file itself; the file need not be read. */
  note(problem: Pick<Diagnostic, 'code' | 'message'>, origin: Origin): void;
  readonly refused: boolean;
  readonly pool: TextPool;
  readonly strict: boolean;
  end(): void;
}

export interface Collector {
  openFile(file: string): FileCollector;
  finish(): Manifests;
}

/** Lists in lists in lists are read; `kubectl` never writes more than one level. */
export const DEEPEST_LIST = 3;

export function createCollector(options: InputOptions): Collector {
  checkInputOptions(options);
  const pool = new TextPool();
  const all = emptyFindings();
  const files: string[] = [];
  return {
    openFile(file) {
      files.push(file);
      return openFile(file, pool, options.strict === true, all);
    },
    finish: () => finishManifests(all, files, options),
  };
}

function emptyFindings(): Findings {
  return {
    kept: [],
    unreadable: [],
    unreadableEnds: [],
    diagnostics: [],
    skipped: new Map(),
    otherPolicies: new Map(),
    doubtfulNamespaces: [],
  };
}

function openFile(file: string, pool: TextPool, strict: boolean, all: Findings): FileCollector {
  const found = emptyFindings();
  let objects = 0;
  let refused = false;
  const collector: FileCollector = {
    pool,
    strict,
    get refused() {
      return refused;
    },
    add(value, source, { depth = 0, listKind, owned = false } = {}) {
      const plain = plainValue(value);
      if (plain === null || plain === undefined) return;
      objects++;
      addValue(plain, source, [], depth, listKind, owned);
    },
    skip(kind, judges, origin) {
      objects++;
      skip(found, pool.keep(kind), judges, origin);
    },
    refuse(problem, origin) {
      refused = true;
      found.diagnostics.push({ ...problem, severity: 'error', origin });
      found.unreadable.push({ kind: '(unreadable)', origin, reason: `the file could not be read: ${problem.message}` });
    },
    refuseFault({ code, message, hint, line, column }, name) {
      collector.refuse({ code, message, ...(hint === undefined ? {} : { hint }) }, { file: name, line, column });
    },
    note(problem, origin) {
      all.diagnostics.push({ ...problem, severity: 'warning', origin });
    },
    end() {
      if (objects === 0 && !refused) {
        found.diagnostics.push({
          code: 'no-objects',
          severity: 'warning',
          message: 'no objects were found',
          origin: { file, line: 1, column: 1 },
        });
      }
      commit(found, all, refused);
    },
  };
  const addValue = (
    value: unknown,
    source: Source,
    path: FieldPath,
    depth: number,
    listKind: ListKind | undefined,
    owned: boolean,
  ): void => {
    if (Array.isArray(value)) {
      addItems(value, source, path, depth + 1, undefined);
      return;
    }
    if (!isMapping(value)) {
      collector.refuse(
        { code: 'not-an-object', message: 'found a single value, expected an object with `apiVersion` and `kind`' },
        source.locate(path),
      );
      return;
    }
    const { apiVersion = listKind?.apiVersion, kind = listKind?.kind } = value;
    if (typeof kind !== 'string' || (apiVersion !== undefined && typeof apiVersion !== 'string')) {
      refuseKind(value, source, path);
      return;
    }
    const use = useOf(apiVersion, kind);
    if (use.use === 'skip') {
      skip(found, pool.keep(kind), use.judges, source.origin);
    } else if (use.use === 'list' && !Array.isArray(value.items)) {
      const fault = faultOfItems(kind, apiVersion ?? '', value);
      if (fault === undefined) skip(found, pool.keep(kind), false, source.origin);
      else collector.refuse(fault.problem, source.locate([...path, ...fault.path]));
    } else if (use.use === 'list') {
      const items = kind === 'List' ? undefined : { apiVersion: apiVersion ?? '', kind: kind.slice(0, -'List'.length) };
      addItems(value.items as unknown[], source, [...path, 'items'], depth + 1, items);
    } else if (use.use === 'refuse') {
      refuseObject(found, kind, use, value, source, path, pool);
    } else {
      readObject(found, use.definition, value, source, path, pool, strict, owned);
    }
  };
  const addItems = (items: readonly unknown[], source: Source, path: FieldPath, depth: number, listKind: ListKind | undefined): void => {
    if (depth > DEEPEST_LIST) {
      collector.refuse(
        { code: 'list-too-deep', message: `lists are inside each other more than ${DEEPEST_LIST} deep` },
        source.locate(path),
      );
      return;
    }
    for (const [i, item] of items.entries()) {
      const plain = plainValue(item);
      if (plain !== null && plain !== undefined) addValue(plain, source, [...path, i], depth, listKind, false);
    }
  };
  const refuseKind = (value: Readonly<Record<string, unknown>>, source: Source, path: FieldPath): void => {
    const missing = value.kind === undefined || value.kind === null;
    if (missing && value.apiVersion === undefined && !(isMapping(value.metadata) && isMapping(value.spec))) {
      // Files of other tools lie beside manifests: values of a chart, a kustomization.
      found.diagnostics.push({
        code: 'not-an-object',
        severity: 'warning',
        message: 'no `apiVersion` and no `kind`: not a Kubernetes object, left out',
        origin: source.locate(path),
      });
      skip(found, '(no kind)', false, source.origin);
      return;
    }
    const [code, message] = missing ? ['missing-field', '`kind` is missing'] : ['wrong-type', '`apiVersion` and `kind` must be text'];
    const origin = source.locate(missing ? path : [...path, typeof value.kind === 'string' ? 'apiVersion' : 'kind']);
    found.diagnostics.push({ code, severity: 'error', message, origin });
    found.unreadable.push(unreadableObject('(unreadable)', value, origin, message, pool));
  };
  return collector;
}

const LIST_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'items']);

/** Why a list without a list of items cannot be passed over: what it should hold may be policies. Undefined for an empty list, and for a kind that only ends like one. */
function faultOfItems(
  kind: string,
  apiVersion: string,
  value: Readonly<Record<string, unknown>>,
): { readonly problem: { readonly code: string; readonly message: string; readonly hint?: string }; readonly path: FieldPath } | undefined {
  if (kind !== 'List' && useOf(apiVersion, kind.slice(0, -'List'.length)).use !== 'read') return undefined;
  if (value.items !== undefined && value.items !== null) {
    return { problem: { code: 'wrong-type', message: '`items` must be a list' }, path: ['items'] };
  }
  const unknown = Object.keys(value).find((key) => !LIST_FIELDS.has(key));
  if (unknown === undefined) return undefined;
  return {
    problem: { code: 'unknown-field', message: `a list has no field ${quote(unknown)}`, hint: 'did you mean `items`?' },
    path: [unknown],
  };
}

function skip(found: Findings, kind: string, judges: boolean, origin: Origin): void {
  found.skipped.set(kind, (found.skipped.get(kind) ?? 0) + 1);
  if (!judges) return;
  const known = found.otherPolicies.get(kind);
  if (known === undefined) found.otherPolicies.set(kind, { origin, count: 1 });
  else known.count++;
}

/** Recognised, and of a version that is not read, or of a kind that is probably mistyped. */
function refuseObject(
  found: Findings,
  kind: string,
  use: Extract<Use, { use: 'refuse' }>,
  value: Readonly<Record<string, unknown>>,
  source: Source,
  path: FieldPath,
  pool: TextPool,
): void {
  const origin = source.locate([...path, use.code === 'unknown-kind' ? 'kind' : 'apiVersion']);
  const { code, message, hint } = use;
  const object = refOf(kind, true, value);
  found.diagnostics.push({
    code,
    severity: 'error',
    message,
    origin,
    ...(object === undefined ? {} : { object }),
    field: use.code === 'unknown-kind' ? 'kind' : 'apiVersion',
    ...(hint === undefined ? {} : { hint }),
  });
  if (use.of === 'policy') found.unreadable.push(unreadableObject(pool.keep(kind), value, origin, message, pool));
  const end = unreadableEnd(object, value, origin);
  if (end !== undefined) found.unreadableEnds.push(end);
  if (use.of === 'namespace') found.doubtfulNamespaces.push({ name: object?.name, origin });
}

function readObject(
  found: Findings,
  definition: KindDefinition,
  value: Readonly<Record<string, unknown>>,
  source: Source,
  path: FieldPath,
  pool: TextPool,
  strict: boolean,
  owned: boolean,
): void {
  const narrowed = owned && isSound(definition.shape, value) ? { value, problems: [] } : narrow(definition.shape, value, pool, strict);
  const report = new Reporter();
  const { kind, nameRule } = definition;
  let object: Kept | undefined;
  if (narrowed.value !== undefined) {
    object = narrowed.value as Kept;
    // An item of a PodList does not say that it is a Pod.
    if (object.kind !== kind) object = { ...object, kind };
    checkMetadata(object.metadata, nameRule, report);
    definition.check(object as never, report);
  }
  const problems = report.problems.length === 0 ? narrowed.problems : [...narrowed.problems, ...report.problems];
  const origin = path.length === 0 ? source.origin : source.locate(path);
  const fault = problems.find(({ severity }) => severity === 'error');
  if (problems.length > 0) {
    const ref = refOf(kind, nameRule.namespaced, value);
    for (const problem of problems) found.diagnostics.push(toDiagnostic(problem, source, path, ref));
  }
  if (object !== undefined && fault === undefined) {
    found.kept.push(kind === 'NetworkPolicy' ? locatedPolicy(object, origin, source, path) : new FixedResource(object, origin));
  } else if (kind === 'NetworkPolicy') {
    found.unreadable.push(unreadableNetworkPolicy(value, origin, `${formatPath(fault!.path)}: ${fault!.message}`, pool));
  } else if (kind === 'Namespace') {
    found.doubtfulNamespaces.push({ name: refOf(kind, false, value)?.name, origin });
  } else {
    const end = unreadableEnd(refOf(kind, nameRule.namespaced, value), value, origin);
    if (end !== undefined) found.unreadableEnds.push(end);
  }
}

function locatedPolicy(object: Kept, origin: Origin, source: Source, path: FieldPath): Resource<Kept> {
  const places = source.keepPlaces();
  return new LocatedResource(object as NetworkPolicyObject, origin, path.length === 0 ? places : (field) => places([...path, ...field]));
}

function toDiagnostic(
  { code, severity, message, path, hint }: Problem,
  source: Source,
  prefix: FieldPath,
  object: ObjectRef | undefined,
): Diagnostic {
  return {
    code,
    severity,
    message,
    origin: source.locate([...prefix, ...path]),
    ...(object === undefined ? {} : { object }),
    field: formatPath(path),
    ...(hint === undefined ? {} : { hint }),
  };
}

const LONGEST_NAME = 253;

/** The reference as far as the metadata tells. */
function refOf(kind: string, namespaced: boolean, value: Readonly<Record<string, unknown>>): ObjectRef | undefined {
  if (!isMapping(value.metadata)) return undefined;
  const { name, namespace } = value.metadata;
  if (typeof name !== 'string' || name.length > LONGEST_NAME) return undefined;
  const inNamespace = typeof namespace === 'string' && namespace !== '' && namespace.length <= LONGEST_NAME ? namespace : 'default';
  return { kind, ...(namespaced ? { namespace: inNamespace } : {}), name };
}

/** Moves what a file held to the rest. Of a file that was refused, only what is wrong with it. */
function commit(found: Findings, all: Findings, refused: boolean): void {
  for (const diagnostic of found.diagnostics) all.diagnostics.push(diagnostic);
  for (const policy of found.unreadable) all.unreadable.push(policy);
  for (const end of found.unreadableEnds) all.unreadableEnds.push(end);
  if (refused) return;
  for (const resource of found.kept) all.kept.push(resource);
  for (const [kind, count] of found.skipped) all.skipped.set(kind, (all.skipped.get(kind) ?? 0) + count);
  for (const [kind, { origin, count }] of found.otherPolicies) {
    const known = all.otherPolicies.get(kind);
    if (known === undefined) all.otherPolicies.set(kind, { origin, count });
    else known.count += count;
  }
  for (const doubt of found.doubtfulNamespaces) all.doubtfulNamespaces.push(doubt);
}
