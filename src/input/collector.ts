/**
 * Values from any reader -> Manifests. Each value is recognised by kind, narrowed, checked, and kept or reported. What a file holds is kept only when all
 * of the file could be read: half of a policy set gives wrong verdicts, not half of the right ones.
 */
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type Origin, UNREADABLE } from '../model/origin.ts';
import type { Manifests } from '../model/resource.ts';
import type { Fault } from './fault.ts';
import { commit, emptyFindings, type Findings, type Kept, type Source, skip } from './findings.ts';
import { finishManifests } from './finish-manifests.ts';
import { checkInputOptions, type InputOptions } from './input-options.ts';
import { type KindDefinition, useOf } from './kinds.ts';
import { isMapping } from './narrow.ts';
import { plainValue } from './odd-scalar.ts';
import type { FieldPath } from './problem.ts';
import { keepObject, readObject, refuseObject } from './read-object.ts';
import { addManifests } from './snapshot/add-manifests.ts';
import { TextPool } from './text-pool.ts';
import { unreadableObject } from './unreadable.ts';

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
  /** An object of a kind that is read, of which `soundPart` has left what its shape reads. */
  addSound(definition: KindDefinition, value: object, source: Source): void;
  /** An object that was recognised without parsing it. */
  skip(kind: string, judges: boolean, origin: Origin): void;
  /** Something in the file cannot be read: nothing of the file is kept. */
  refuse(problem: Pick<Diagnostic, 'code' | 'message' | 'hint'>, origin: Origin): void;
  refuseFault(fault: Fault, file: string): void;
  /** A warning about the file itself; the file need not be read. */
  note(problem: Pick<Diagnostic, 'code' | 'message'>, origin: Origin): void;
  isRefused(): boolean;
  readonly pool: TextPool;
  readonly strict: boolean;
  end(): void;
}

export interface Collector {
  openFile(file: string): FileCollector;
  /** Takes what has been read before, as if it were read now. `note`s and errors about the file itself come from `openFile`. */
  addManifests(manifests: Manifests): void;
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
    addManifests: (manifests) => {
      for (const { origin } of manifests.diagnostics) if (!files.includes(origin.file)) files.push(origin.file);
      addManifests(manifests, all);
    },
    finish: () => finishManifests(all, files, options),
  };
}

function openFile(file: string, pool: TextPool, strict: boolean, all: Findings): FileCollector {
  const found = emptyFindings();
  let objects = 0;
  let refused = false;
  const collector: FileCollector = {
    pool,
    strict,
    // Not an accessor: V8 keeps an object with accessors of its own, and all that it refers to, until it collects the whole heap.
    isRefused: () => refused,
    add(value, source, { depth = 0, listKind, owned = false } = {}) {
      const plain = plainValue(value);
      if (plain === null || plain === undefined) return;
      objects++;
      addValue(plain, source, [], depth, listKind, owned);
    },
    addSound(definition, value, source) {
      objects++;
      keepObject(found, definition, value as Kept, [], value as Readonly<Record<string, unknown>>, source, [], pool);
    },
    skip(kind, judges, origin) {
      objects++;
      skip(found, pool.keep(kind), judges, origin);
    },
    refuse(problem, origin) {
      refused = true;
      found.diagnostics.push({ ...problem, severity: 'error', origin });
      found.unreadable.push({ kind: UNREADABLE, origin, reason: `the file could not be read: ${problem.message}` });
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
    const { kind = listKind?.kind } = value;
    // An item that does not say its kind is what its list holds, whatever version it names.
    const { apiVersion = listKind?.apiVersion } = value.kind === undefined && listKind !== undefined ? listKind : value;
    if (typeof kind !== 'string' || kind === '' || (apiVersion !== undefined && typeof apiVersion !== 'string')) {
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
    const missing = value.kind === undefined || value.kind === null || value.kind === '';
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
    const { namespace, ...anywhere } = unreadableObject(UNREADABLE, value, origin, message, pool);
    // Administrators' policies have no namespace, whatever is written there: only another group than theirs puts the object into one.
    const { apiVersion } = value;
    const isNamespaced =
      namespace !== undefined && typeof apiVersion === 'string' && apiVersion !== '' && !apiVersion.startsWith(ADMIN_GROUP);
    found.unreadable.push(isNamespaced ? { ...anywhere, namespace } : anywhere);
  };
  return collector;
}

const ADMIN_GROUP = 'policy.networking.k8s.io/';

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
