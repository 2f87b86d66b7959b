/**
 * What two tables say about half a flow, for every port at once. A column is the verdict before and after along the port axis, as runs of equal verdicts; equal columns have one
 * number, so that equal contents are compared once, however many endpoints there are.
 */
import type { TableReader } from '../evaluate/reader.ts';
import { ListInterner } from '../lib/interner.ts';
import type { Direction } from '../model/protocol.ts';
import { DENY, NONE_32, UNKNOWN } from '../tables/layout.ts';
import type { JointDirection } from './joint-classes.ts';
import type { JointPort } from './joint-ports.ts';
import type { HalfReasons } from './reasons.ts';

/** What stands for the verdict where a table lacks an end. */
export const ABSENT = 3;
/** Part of a code: the verdict is the same, and its reason another. */
export const OTHER_REASON = 16;

/** Verdicts of both tables in one number. */
export function codeOf(before: number, after: number): number {
  return before | (after << 2);
}

export const beforeOf = (code: number): number => code & 3;
export const afterOf = (code: number): number => (code >>> 2) & 3;

/** What a comparison looks for. `unknown`: also what is unknown in both tables. `reasons`: also equal verdicts with different reasons. */
export interface Wanted {
  readonly unknown: boolean;
  readonly reasons: HalfReasons | undefined;
}

/** Of half a flow: can the whole be wanted? Of a whole flow: is it? An end that is not there reaches nothing, so there is no difference to what is denied. */
export function isWanted(code: number, { unknown }: Wanted): boolean {
  const [before, after] = [beforeOf(code), afterOf(code)];
  if (before === after) return code >= OTHER_REASON || (unknown && before === UNKNOWN);
  return !((before === ABSENT && after === DENY) || (before === DENY && after === ABSENT));
}

export class HalfColumns {
  /** Profile of each joint subject class: subjects with equal rows at every port have one. */
  readonly profileOf: Uint32Array;
  readonly profileCount: number;
  private readonly readers: readonly [TableReader, TableReader];
  private readonly direction: Direction;
  private readonly joint: JointDirection;
  private readonly ports: readonly JointPort[];
  /** Pairs of rows, one of each table, and what they hold: the code of each joint peer class, and the classes at which the rows differ. */
  private readonly rowPairs = new Map<number, number>();
  private readonly isolatedOtherwise = new Map<number, number>();
  private readonly wanted: Wanted;
  private readonly codes: Uint8Array[] = [];
  private readonly differing: (readonly number[])[] = [];
  /** First joint port and row pair of each run, in twos. */
  private readonly profiles = new ListInterner();
  private readonly columns: (Uint32Array | undefined)[] = [];
  // Columns as a trie: a column is another column and one more run. Column 0 has no run.
  private readonly parent: number[] = [0];
  private readonly runStart: number[] = [0];
  private readonly runCode: number[] = [-1];
  private readonly children = new Map<number, number>();

  constructor(
    readers: readonly [TableReader, TableReader],
    direction: Direction,
    joint: JointDirection,
    ports: readonly JointPort[],
    wanted: Wanted = { unknown: false, reasons: undefined },
  ) {
    this.wanted = wanted;
    this.readers = readers;
    this.direction = direction;
    this.joint = joint;
    this.ports = ports;
    this.profileOf = Uint32Array.from(joint.subject.before, (_, subject) => this.profiles.intern(this.runsOfRows(subject)));
    this.profileCount = this.profiles.count;
  }

  /** Joint peer classes for which the two tables say different things (or what else is wanted) at some port, ascending. */
  differingPeers(profile: number): readonly number[] {
    const rows = this.profiles.get(profile).filter((_, i) => i % 2 === 1);
    const lists = [...new Set(rows)].map((pair) => this.differing[pair]!).filter(({ length }) => length > 0);
    return lists.length <= 1 ? (lists[0] ?? []) : [...new Set(lists.flat())].sort((a, b) => a - b);
  }

  /** The column of a joint peer class. */
  column(profile: number, peer: number): number {
    // Stored with 1 added: 0 is not known yet.
    this.columns[profile] ??= new Uint32Array(this.joint.peer.before.length);
    const known = this.columns[profile];
    if (known[peer] === 0) known[peer] = this.columnOf(this.profiles.get(profile), peer) + 1;
    return known[peer]! - 1;
  }

  /** Runs in order: index of the first joint port, and the code from there on. */
  runs(column: number): { readonly start: readonly number[]; readonly code: readonly number[] } {
    const start: number[] = [];
    const code: number[] = [];
    for (let at = column; at !== 0; at = this.parent[at]!) {
      start.push(this.runStart[at]!);
      code.push(this.runCode[at]!);
    }
    return { start: start.reverse(), code: code.reverse() };
  }

  private runsOfRows(subject: number): Uint32Array {
    const classBefore = this.joint.subject.before[subject]!;
    const classAfter = this.joint.subject.after[subject]!;
    const { reasons } = this.wanted;
    const pairs = reasons?.areIsolatedOtherwise(this.direction, classBefore, classAfter) ? this.isolatedOtherwise : this.rowPairs;
    const runs: number[] = [];
    let [lastBefore, lastAfter] = [-1, -1];
    for (const [k, { classes }] of this.ports.entries()) {
      const rowBefore = this.row(0, classBefore, classes[0]!);
      const rowAfter = this.row(1, classAfter, classes[1]!);
      if (rowBefore === lastBefore && rowAfter === lastAfter) continue;
      runs.push(k, this.rowPair(pairs, rowBefore, rowAfter));
      [lastBefore, lastAfter] = [rowBefore, rowAfter];
    }
    return Uint32Array.from(runs);
  }

  private row(t: 0 | 1, subjectClass: number, portClass: number): number {
    if (subjectClass === NONE_32) return NO_ROW;
    const reader = this.readers[t];
    return this.wanted.reasons === undefined
      ? reader.verdictRow(this.direction, subjectClass, portClass)
      : reader.decisionRow(this.direction, subjectClass, portClass);
  }

  private rowPair(known: Map<number, number>, rowBefore: number, rowAfter: number): number {
    const key = rowBefore * 2 ** 26 + rowAfter;
    let pair = known.get(key);
    if (pair === undefined) {
      const { before, after } = this.joint.peer;
      const isOther = known === this.isolatedOtherwise;
      const codes = new Uint8Array(before.length);
      for (let i = 0; i < codes.length; i++) codes[i] = this.code(rowBefore, before[i]!, rowAfter, after[i]!, isOther);
      const differing: number[] = [];
      for (let i = 0; i < codes.length; i++) if (isWanted(codes[i]!, this.wanted)) differing.push(i);
      pair = this.codes.push(codes) - 1;
      this.differing.push(differing);
      known.set(key, pair);
    }
    return pair;
  }

  private code(rowBefore: number, peerBefore: number, rowAfter: number, peerAfter: number, isolatedOtherwise: boolean): number {
    const { reasons } = this.wanted;
    if (reasons === undefined) return codeOf(this.verdict(0, rowBefore, peerBefore), this.verdict(1, rowAfter, peerAfter));
    const [before, after] = this.readers;
    const decision = before.rowDecision(this.direction, rowBefore, peerBefore);
    return reasons.code(decision, after.rowDecision(this.direction, rowAfter, peerAfter), isolatedOtherwise);
  }

  private verdict(t: 0 | 1, row: number, peerClass: number): number {
    return row === NO_ROW || peerClass === NONE_32 ? ABSENT : this.readers[t].rowVerdict(this.direction, row, peerClass);
  }

  private columnOf(runs: Uint32Array, peer: number): number {
    let column = 0;
    for (let i = 0; i < runs.length; i += 2) {
      const code = this.codes[runs[i + 1]!]![peer]!;
      if (this.runCode[column] !== code) column = this.append(column, runs[i]!, code);
    }
    return column;
  }

  private append(column: number, start: number, code: number): number {
    const key = (column * this.ports.length + start) * 32 + code;
    let child = this.children.get(key);
    if (child === undefined) {
      child = this.parent.length;
      this.children.set(key, child);
      this.parent.push(column);
      this.runStart.push(start);
      this.runCode.push(code);
    }
    return child;
  }
}

/** Of a subject that a table lacks. */
const NO_ROW = 2 ** 26 - 1;
