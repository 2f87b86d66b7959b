/**
 * What changes in reachability from one policy set, or state of a cluster, to another: every pair of ends at every port, none sampled. In come two engines, out come rows of ends that change alike, with
 * the rules that make them change.
 */
import { TableNames } from '../evaluate/names.ts';
import { quote } from '../lib/quote.ts';
import { unreadableOwners } from '../matrix/matrix.ts';
import { type ClassComparison, compareClassesOf, type ReachLimits } from '../reach/compare-reach.ts';
import { afterOf, beforeOf, OTHER_REASON } from '../reach/half-columns.ts';
import { countMovedRanges } from '../reach/joint-endpoints.ts';
import { type Coarsest, RollUp } from '../reach/roll-up.ts';
import { ALLOW, UNKNOWN } from '../tables/layout.ts';
import { caveatsOf, type DiffSide, doubtsOf, serviceChanges } from './doubts.ts';
import type { DiffPairs, ReachabilityDiff } from './report.ts';
import { rowsOf } from './rows.ts';

export interface DiffOptions {
  /** What pods are told as at most, where all pods of it change alike. Default `cluster`: every pod. */
  readonly by?: Coarsest;
  /** Rows for the same verdict with another reason, too. They are counted in any case. Default false. */
  readonly reasons?: boolean;
  readonly limits?: DiffLimits;
}

export interface DiffLimits extends ReachLimits {
  /** Most pairs of classes and ports of which the cause is looked up. Default 5,000,000. */
  readonly searched?: number;
}

const GRANULARITIES: readonly Coarsest[] = ['pod', 'workload', 'namespace', 'cluster'];

/** @throws {RangeError} for an option that is not as above */
export function reachabilityDiff(before: DiffSide, after: DiffSide, options: DiffOptions = {}): ReachabilityDiff {
  const { by = 'cluster', reasons = false, limits = {} } = options;
  if (!GRANULARITIES.includes(by))
    throw new RangeError(`by must be one of ${GRANULARITIES.map(quote).join(', ')}, got ${quote(String(by))}`);
  const tables = [before.tables, after.tables] as const;
  const names = tables.map((each) => new TableNames(each));
  const found = compareClassesOf(tables, { limits, oneSided: true, unknown: true });
  const byReason = compareClassesOf(tables, { limits, reasons: true });
  const rollUp = new RollUp(tables, found.endpoints, by);
  const told = rowsOf(found, rollUp, isChange, limits.searched);
  const toldReasons = reasons ? rowsOf(byReason, new RollUp(tables, byReason.endpoints, by), isReason, limits.searched) : undefined;
  const pairs = { ...countPairs(found), reason: countReasons(byReason), reasonComplete: byReason.complete };
  const only = (presence: 'before' | 'after') =>
    rollUp.groups(Array.from(found.endpoints.family.keys()).filter((end) => rollUp.presence(end) === presence));
  const unreadable = { before: unreadableOwners(tables[0], names[0]!), after: unreadableOwners(tables[1], names[1]!) };
  const errors = { before: hasErrors(before), after: hasErrors(after) };
  const [added, removed, movedRanges] = [only('after'), only('before'), countMovedRanges(tables)];
  const wasRead = unreadable.before.length + unreadable.after.length === 0 && !errors.before && !errors.after;
  const [services, doubts, caveats] = [serviceChanges([before, after]), doubtsOf([before, after]), caveatsOf([before, after], found)];
  const areServicesEqual = services.added.length + services.removed.length + services.changed.length === 0;
  const isKnown = pairs.uncertain + pairs.unknown === 0 && doubts.length === 0 && areServicesEqual;
  const certain = found.complete && wasRead && isKnown;
  const differing = [pairs.opened, pairs.closed, pairs.changed, added.length, removed.length, movedRanges];
  const switches = tables.map(({ columns }) => columns.switches.join());
  return {
    profiles: { before: names[0]!.property('profile') ?? 'spec', after: names[1]!.property('profile') ?? 'spec' },
    by,
    equivalent: certain && caveats.length === 0 && differing.every((count) => count === 0) && switches[0] === switches[1],
    certain,
    rows: [...told.rows, ...(toldReasons?.rows ?? [])],
    pairs,
    compared: { ends: found.endpoints.count, classPairs: found.classes.sources.count * found.classes.destinations.count },
    added,
    removed,
    movedRanges,
    services,
    doubts,
    caveats,
    unreadable,
    errors,
    complete: found.complete && (!reasons || byReason.complete),
    explained: told.explained && (toldReasons?.explained ?? true),
  };
}

const isChange = (code: number): boolean => beforeOf(code) !== afterOf(code);
const isReason = (code: number): boolean => code >= OTHER_REASON;

function hasErrors({ diagnostics = [] }: DiffSide): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

function countPairs(comparison: ClassComparison): Pick<DiffPairs, 'opened' | 'closed' | 'changed' | 'uncertain' | 'unknown'> {
  const counts = { opened: 0, closed: 0, changed: 0, uncertain: 0, unknown: 0 };
  for (const [signature, pairs] of pairsBySignature(comparison)) {
    const codes = codesOf(comparison, signature);
    const isOpened = codes.some(opens);
    const isClosed = codes.some(closes);
    if (isOpened || isClosed) counts[isOpened ? (isClosed ? 'changed' : 'opened') : 'closed'] += pairs;
    if (codes.some((code) => isChange(code) && [beforeOf(code), afterOf(code)].includes(UNKNOWN))) counts.uncertain += pairs;
    if (codes.some((code) => !isChange(code))) counts.unknown += pairs;
  }
  return counts;
}

function countReasons(comparison: ClassComparison): number {
  let count = 0;
  for (const [signature, pairs] of pairsBySignature(comparison)) if (codesOf(comparison, signature).some(isReason)) count += pairs;
  return count;
}

function codesOf({ signatures }: ClassComparison, signature: number): number[] {
  return Array.from(signatures.runs(signature)).filter((_, i) => i % 3 === 2);
}

function opens(code: number): boolean {
  return afterOf(code) === ALLOW && beforeOf(code) !== UNKNOWN && isChange(code);
}

function closes(code: number): boolean {
  return beforeOf(code) === ALLOW && afterOf(code) !== UNKNOWN && isChange(code);
}

/** Signatures, and how many pairs of ends have them. */
function* pairsBySignature({ products, singles, pairsBetween }: ClassComparison): Generator<[signature: number, pairs: number]> {
  for (const { sources, destinations, signature } of products.classProducts()) {
    for (const source of sources) {
      let pairs = 0;
      for (const destination of destinations) pairs += pairsBetween(source, destination);
      yield [signature, pairs];
    }
  }
  for (const [signature, bySource] of singles.targets) for (const to of bySource.values()) yield [signature, to.length];
}
