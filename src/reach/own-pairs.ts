/**
 * Pairs of ends that comparison decides: a pod and itself, a pod and its own node. They are allowed whatever rows say, or have rows of their own, so they do not have the verdict of their classes.
 */

import type { TableReader } from '../evaluate/reader.ts';
import { append } from '../lib/append.ts';
import { ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import { ABSENT, codeOf } from './half-columns.ts';
import type { JointClasses } from './joint-classes.ts';
import { type JointEndpoints, pairs } from './joint-endpoints.ts';
import type { JointPort } from './joint-ports.ts';
import type { HalfReasons } from './reasons.ts';

export interface OwnPairs {
  /** `source class * number of destination classes + destination class` -> how many such pairs are between them. */
  readonly counts: ReadonlyMap<number, number>;
  /** Those that one of the tables lacks, does not decide by comparison, or judges by rows of their own: all others are allowed in both. A pod and itself that one table lacks is none. */
  readonly single: readonly { readonly from: number; readonly to: number }[];
  /** All of them: source -> destinations. */
  readonly of: ReadonlyMap<number, ReadonlySet<number>>;
}

export function ownPairs(
  readers: readonly [TableReader, TableReader],
  joint: JointEndpoints,
  { sources, destinations }: JointClasses,
): OwnPairs {
  const counts = new Map<number, number>();
  const single: { from: number; to: number }[] = [];
  const of = new Map<number, Set<number>>();
  const neighbours = new Neighbours(readers, joint);
  for (let from = 0; from < joint.count; from++) {
    const own = new Set<number>();
    for (const to of neighbours.of(from)) {
      const [before, after] = isOwn(readers, joint, from, to);
      if (!before && !after) continue;
      own.add(to);
      const key = sources.of[from]! * destinations.count + destinations.of[to]!;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (isItself(readers, joint, from, to)) continue;
      if (before !== after || isJudged(readers, joint, from, to)) single.push({ from, to });
    }
    if (own.size > 0) of.set(from, own);
  }
  return { counts, single, of };
}

/** Does comparison decide a pair of joint endpoints, before or after? */
export function isOwnPair(readers: readonly [TableReader, TableReader], joint: JointEndpoints, from: number, to: number): boolean {
  return isOwn(readers, joint, from, to).includes(true);
}

/** Before, and after. */
function isOwn(readers: readonly [TableReader, TableReader], joint: JointEndpoints, from: number, to: number): [boolean, boolean] {
  const [before, after] = readers;
  const { numbers } = joint;
  if (isLacking(joint, 0, from, to)) {
    return [false, !isLacking(joint, 1, from, to) && after.decidedByComparison(numbers[1]![from]!, numbers[1]![to]!)];
  }
  if (isLacking(joint, 1, from, to)) return [before.decidedByComparison(numbers[0]![from]!, numbers[0]![to]!), false];
  // Two ranges outside may be one address in one of the tables, which says nothing about the others of the range; they reach each other anyway.
  if (before.tables.columns.endpointKind[numbers[0]![from]!] === ENDPOINT_PREFIX) return [false, false];
  return [
    before.decidedByComparison(numbers[0]![from]!, numbers[0]![to]!),
    after.decidedByComparison(numbers[1]![from]!, numbers[1]![to]!),
  ];
}

/** Does a table lack one of the ends? */
function isLacking({ numbers }: JointEndpoints, t: 0 | 1, from: number, to: number): boolean {
  return numbers[t]![from] === NONE_32 || numbers[t]![to] === NONE_32;
}

/** Is it a pod (or node) and itself, in a table whose counterpart lacks it? */
function isItself(readers: readonly [TableReader, TableReader], joint: JointEndpoints, from: number, to: number): boolean {
  const { numbers } = joint;
  return ([0, 1] as const).some((t) => {
    if (isLacking(joint, t, from, to) || !isLacking(joint, t === 0 ? 1 : 0, from, to)) return false;
    const { endpointKind, endpointObject } = readers[t].tables.columns;
    const [source, destination] = [numbers[t]![from]!, numbers[t]![to]!];
    return endpointKind[source] === endpointKind[destination] && endpointObject[source] === endpointObject[destination];
  });
}

/** Does one of the tables have rows for it? */
function isJudged(readers: readonly TableReader[], { numbers }: JointEndpoints, from: number, to: number): boolean {
  return readers.some((reader, t) => reader.judgesOwnNode(numbers[t]![from]!, numbers[t]![to]!));
}

/** The codes of both tables for one pair, along the port axis. `reasons`: equal verdicts with different reasons are told, too. */
export function codesOfPair(
  readers: readonly [TableReader, TableReader],
  joint: JointEndpoints,
  ports: readonly JointPort[],
  { from, to }: { readonly from: number; readonly to: number },
  reasons?: HalfReasons,
): number[] {
  const { numbers } = joint;
  const lacking = [isLacking(joint, 0, from, to), isLacking(joint, 1, from, to)];
  if (reasons !== undefined && !lacking.includes(true)) {
    const ends = ([0, 1] as const).map((t) => [numbers[t]![from]!, numbers[t]![to]!] as const);
    return ports.map(({ protocol, from: port }) => reasons.codeOfPair(ends[0]!, ends[1]!, protocol, port));
  }
  const verdict = (t: 0 | 1, { protocol, from: port }: JointPort): number => {
    if (lacking[t]) return ABSENT;
    return readers[t].verdict(numbers[t]![from]!, numbers[t]![to]!, protocol, port);
  };
  return ports.map((port) => codeOf(verdict(0, port), verdict(1, port)));
}

/** Joint endpoints that could be each other's own: those of one place. `endpointPlace` of a pod is its node, so a node of 100 pods has 100 of each. */
class Neighbours {
  private readonly joint: JointEndpoints;
  /** NONE_32 where a table lacks the endpoint. */
  private readonly placeOf: readonly Uint32Array[];
  private readonly members: readonly ReadonlyMap<number, readonly number[]>[];

  constructor(readers: readonly [TableReader, TableReader], joint: JointEndpoints) {
    this.joint = joint;
    this.placeOf = readers.map(({ tables }, t) => joint.numbers[t]!.map((endpoint) => tables.columns.endpointPlace[endpoint] ?? NONE_32));
    this.members = this.placeOf.map((places, t) => {
      const members = new Map<number, number[]>();
      for (const [endpoint, place] of places.entries()) if (joint.numbers[t]![endpoint] !== NONE_32) append(members, place, endpoint);
      return members;
    });
  }

  of(from: number): Set<number> {
    const { family } = this.joint;
    const found = new Set<number>();
    for (const [t, members] of this.members.entries()) {
      if (this.joint.numbers[t]![from] === NONE_32) continue;
      for (const to of members.get(this.placeOf[t]![from]!) ?? []) if (pairs(family[from]!, family[to]!)) found.add(to);
    }
    return found;
  }
}
