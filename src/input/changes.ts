/**
 * Changes of a cluster: objects that are applied, as `kubectl apply` does, and objects that are removed. Manifests and changes in, manifests out.
 */
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespacedName, objectKey, refOf } from '../model/object-names.ts';
import type { ObjectRef } from '../model/origin.ts';
import type { Manifests, Resource } from '../model/resource.ts';
import type { WorkloadObject } from './checks/check-workload.ts';
import { emptyFindings, type Findings } from './findings.ts';
import { finishManifests } from './finish-manifests.ts';
import type { InputOptions } from './input-options.ts';
import { useOf } from './kinds.ts';
import { manifestsFromObjects } from './manifests-from-objects.ts';
import { isMapping } from './narrow.ts';
import { addManifests } from './snapshot/add-manifests.ts';
import { workloadsAlone } from './workloads.ts';

/** API objects. The order plays no part, so no object may be named twice. */
export interface ManifestChanges {
  /** Objects that are new, or take the place of the object of that kind and name. Lists among them are flattened. */
  readonly apply?: readonly unknown[];
  /** Objects that go: of each `apiVersion`, `kind`, `metadata.name` and, where the kind has one, `metadata.namespace` are read. */
  readonly remove?: readonly unknown[];
}

/** Changes that can be made, each object once. */
export interface ReadChanges {
  readonly applied: Manifests;
  /** Every object of `applied`, of whichever kind: not the pods that stand for workloads. */
  readonly appliedRefs: readonly ObjectRef[];
  readonly removed: readonly ObjectRef[];
}

/**
 * Checks what the changes say by themselves: not yet whether what is removed is there.
 * @throws {TypeError} for something that is no changes, and when `apply` or `remove` is not a list
 * @throws {RangeError} when an object cannot be read, or is named twice; the message says which and why
 */
export function readChanges(changes: ManifestChanges, options: InputOptions = {}): ReadChanges {
  if (!isMapping(changes)) throw new TypeError(`expected changes: an object with \`apply\`, \`remove\` or both, got ${kindOf(changes)}`);
  const { apply = [], remove = [], ...others }: ManifestChanges = changes;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new TypeError(`changes have no ${quote(unknown)}: expected \`apply\` and \`remove\``);
  if (!Array.isArray(remove)) throw new TypeError(`expected \`remove\` to be a list of objects, got ${kindOf(remove)}`);
  if (!Array.isArray(apply)) throw new TypeError(`expected \`apply\` to be a list of objects, got ${kindOf(apply)}`);
  const hole = apply.findIndex((object) => object === null || object === undefined);
  if (hole >= 0) throw new RangeError(`apply[${hole}]: expected an object, got ${apply[hole]}`);
  const applied = manifestsFromObjects(apply, options);
  const fault = applied.diagnostics.find(({ severity, code }) => severity === 'error' || NOT_READ.has(code));
  if (fault?.code === 'duplicate-object' && fault.object !== undefined) throw namedTwice(fault.object);
  if (fault !== undefined) throw new RangeError(`an object that is to be applied cannot be used: ${describe(fault)}`);
  const removed = remove.flatMap((object, i): ObjectRef[] => removedObject(object, `remove[${i}]`));
  const found = emptyFindings();
  addManifests(applied, found);
  const appliedRefs = found.kept.map(({ object }) => refOf(object.kind, object.metadata));
  const named = new Set<string>();
  for (const ref of [...removed, ...appliedRefs]) {
    const key = objectKey(ref);
    if (named.has(key)) throw namedTwice(ref);
    named.add(key);
  }
  return { applied, appliedRefs, removed };
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

function namedTwice(ref: ObjectRef): RangeError {
  return new RangeError(`${nameOf(ref)} is named twice in one change: changes that follow each other are updates of their own`);
}

/** An object twice is kept once, something without a kind is left out, nothing at all is read, each with a warning: here all are mistakes. */
const NOT_READ: ReadonlySet<string> = new Set(['duplicate-object', 'not-an-object', 'no-objects']);

function describe({ object, field, message, hint }: Diagnostic): string {
  const where = [object === undefined ? [] : nameOf(object), field ?? []].flat();
  return `${where.length === 0 ? '' : `${where.join(', ')}: `}${message}${hint === undefined ? '' : ` (${hint})`}`;
}

function removedObject(object: unknown, place: string): ObjectRef[] {
  const { apiVersion, kind, metadata } = isMapping(object) ? object : {};
  const { name, namespace } = isMapping(metadata) ? metadata : {};
  const isNamed = typeof apiVersion === 'string' && typeof kind === 'string' && typeof name === 'string' && name !== '';
  if (!isNamed || (typeof namespace !== 'string' && namespace !== undefined && namespace !== null)) {
    throw new RangeError(`${place}: expected an object with \`apiVersion\`, \`kind\` and \`metadata.name\``);
  }
  const use = useOf(apiVersion, kind);
  if (use.use === 'read') return [refOf(kind, { namespace, name })];
  if (use.use === 'skip' && !use.judges) return [];
  const why = use.use === 'refuse' ? use.message : `objects of kind ${quote(kind)} are not taken into account one by one`;
  throw new RangeError(`${place}: ${quote(name)} cannot be removed: ${why}`);
}

function nameOf(ref: ObjectRef): string {
  return `${ref.kind} ${quote(namespacedName(ref))}`;
}

/**
 * The manifests after the changes, as if everything had been read anew: what was said about objects that are replaced or gone is gone as well, be it that they could not be read. Two things
 * are not read anew: a workload that stands for pods goes on standing for as many, and policies that were not trusted when a snapshot was made stay unreadable, as it does not hold them.
 * @throws {RangeError} when something that is to be removed is not there
 */
export function withChanges(manifests: Manifests, { applied, appliedRefs, removed }: ReadChanges, options: InputOptions = {}): Manifests {
  const gone = new Set([...removed, ...appliedRefs].map(objectKey));
  const found = emptyFindings();
  addManifests(manifests, found);
  forgetPodCounts(found, manifests);
  const isThere = new Set<string>();
  const stays = (ref: { readonly kind: string; readonly namespace?: string; readonly name?: string } | undefined): boolean => {
    if (ref?.name === undefined) return true;
    const key = objectKey({ ...ref, name: ref.name });
    if (!gone.has(key)) return true;
    isThere.add(key);
    return false;
  };
  const rest: Findings = {
    ...found,
    kept: found.kept.filter(({ object }) => stays(refOf(object.kind, object.metadata))),
    unreadable: found.unreadable.filter(stays),
    unreadableEnds: found.unreadableEnds.filter(({ object }) => stays(object)),
    doubtfulNamespaces: found.doubtfulNamespaces.filter(({ name }) => name === undefined || stays({ kind: 'Namespace', name })),
  };
  // Of some objects that could not be read nothing is left but what was said.
  const told: Findings = { ...rest, diagnostics: found.diagnostics.filter(({ object }) => stays(object)) };
  const missing = removed.find((ref) => !isThere.has(objectKey(ref)));
  if (missing !== undefined) throw notThere(missing);
  addManifests(applied, told);
  const files = [...new Set(told.diagnostics.map(({ origin }) => origin.file))];
  return finishManifests(told, files, options);
}

/** A workload with pods of its own, or that is part of another, stands for none; without them it is as one that is new. */
function forgetPodCounts({ podCounts }: Findings, { pods, context }: Manifests): void {
  if (podCounts.size === 0) return;
  const alone = new Set<unknown>(workloadsAlone(pods, (context?.workloads ?? []) as readonly Resource<WorkloadObject>[]));
  for (const workload of podCounts.keys()) if (!alone.has(workload)) podCounts.delete(workload);
}

/** What removing something says that is not there. */
export function notThere(ref: ObjectRef): RangeError {
  return new RangeError(`${nameOf(ref)} cannot be removed: there is no such object`);
}

/**
 * Manifests with changes made to them.
 * @throws {TypeError} for something that is no changes, and when `apply` or `remove` is not a list
 * @throws {RangeError} when an object cannot be read, is named twice, or is to be removed and not there; the message says which and why
 */
export function applyChanges(manifests: Manifests, changes: ManifestChanges, options: InputOptions = {}): Manifests {
  return withChanges(manifests, readChanges(changes, options), options);
}
