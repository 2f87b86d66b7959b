/**
 * What two tables say about half a flow, for every port at once. A column is the verdict before and after along the port axis, as runs of equal verdicts; equal columns have one
 * number, so that equal contents are compared once, however many endpoints there are.
 */
import type { TableReader } from '../evaluate/reader.ts';
import { ListInterner } from '../lib/interner.ts';
import type { Direction } from '../model/protocol.ts';
import type { JointDirection } from './joint-classes.ts';
import type { JointPort } from './joint-ports.ts';

/** Verdicts of both tables in one number. */
export function codeOf(before: number, after: number): number {
  return before | (after << 2);
}

export const beforeOf = (code: number): number => code & 3;
export const afterOf = (code: number): number => code >>> 2;

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

  constructor(readers: readonly [TableReader, TableReader], direction: Direction, joint: JointDirection, ports: readonly JointPort[]) {
    this.readers = readers;
    this.direction = direction;
    this.joint = joint;
    this.ports = ports;
    this.profileOf = Uint32Array.from(joint.subject.before, (_, subject) => this.profiles.intern(this.runsOfRows(subject)));
    this.profileCount = this.profiles.count;
  }

  /** Joint peer classes for which the two tables say different things at some port, ascending. */
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
    const [before, after] = this.readers;
    const classBefore = this.joint.subject.before[subject]!;
    const classAfter = this.joint.subject.after[subject]!;
    const runs: number[] = [];
    let [lastBefore, lastAfter] = [-1, -1];
    for (const [k, { classes }] of this.ports.entries()) {
      const rowBefore = before.verdictRow(this.direction, classBefore, classes[0]!);
      const rowAfter = after.verdictRow(this.direction, classAfter, classes[1]!);
      if (rowBefore === lastBefore && rowAfter === lastAfter) continue;
      runs.push(k, this.rowPair(rowBefore, rowAfter));
      [lastBefore, lastAfter] = [rowBefore, rowAfter];
    }
    return Uint32Array.from(runs);
  }

  private rowPair(rowBefore: number, rowAfter: number): number {
    const key = rowBefore * 2 ** 26 + rowAfter;
    let pair = this.rowPairs.get(key);
    if (pair === undefined) {
      const [before, after] = this.readers;
      const { peer } = this.joint;
      const codes = Uint8Array.from(peer.before, (classBefore, i) =>
        codeOf(before.rowVerdict(this.direction, rowBefore, classBefore), after.rowVerdict(this.direction, rowAfter, peer.after[i]!)),
      );
      const differing: number[] = [];
      for (let i = 0; i < codes.length; i++) if (beforeOf(codes[i]!) !== afterOf(codes[i]!)) differing.push(i);
      pair = this.codes.push(codes) - 1;
      this.differing.push(differing);
      this.rowPairs.set(key, pair);
    }
    return pair;
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
    const key = (column * this.ports.length + start) * 16 + code;
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
