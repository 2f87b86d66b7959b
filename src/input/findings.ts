/**
 * What reading has found: objects that are kept, what is wrong, what is left out. One for each file, then one for all of them.
 */
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Origin } from '../model/origin.ts';
import type { ObjectMeta, Resource, UnreadableEnd, UnreadablePolicy } from '../model/resource.ts';
import type { FieldPath } from './problem.ts';

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
  /** Workloads of snapshots, and for how many pods each stands if it has none. */
  readonly podCounts: Map<Resource<Kept>, number>;
}

export function emptyFindings(): Findings {
  return {
    kept: [],
    unreadable: [],
    unreadableEnds: [],
    diagnostics: [],
    skipped: new Map(),
    otherPolicies: new Map(),
    doubtfulNamespaces: [],
    podCounts: new Map(),
  };
}

/** Counts an object that is not used. `judges`: it decides about connections. */
export function skip(found: Findings, kind: string, judges: boolean, origin: Origin): void {
  found.skipped.set(kind, (found.skipped.get(kind) ?? 0) + 1);
  if (!judges) return;
  const known = found.otherPolicies.get(kind);
  if (known === undefined) found.otherPolicies.set(kind, { origin, count: 1 });
  else known.count++;
}

/** Moves what a file held to the rest. Of a file that was refused, only what is wrong with it. */
export function commit(found: Findings, all: Findings, refused: boolean): void {
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
