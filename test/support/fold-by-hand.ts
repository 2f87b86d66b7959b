/**
 * The fold of entries that are written by hand: which rules match which peer classes on which port classes.
 */
import { Catalogue } from '../../src/compile/catalogue.ts';
import { DecisionTable } from '../../src/compile/decisions.ts';
import { Entries } from '../../src/compile/entries.ts';
import { Fold, type Judge } from '../../src/compile/fold.ts';
import { Hiding } from '../../src/compile/hiding.ts';
import { EVERY_PEER } from '../../src/compile/peer-sets.ts';
import { PortBoundaries } from '../../src/compile/ports.ts';
import { RowStore } from '../../src/compile/row-store.ts';
import { Segments } from '../../src/compile/segments.ts';
import { TierJudge } from '../../src/compile/tier-judge.ts';
import { UnionJudge } from '../../src/compile/union-judge.ts';
import { GrowableUint32 } from '../../src/lib/growable.ts';
import { GrowableLists } from '../../src/lib/growable-lists.ts';
import type { PolicySet } from '../../src/model/policy.ts';
import { NOT_ISOLATED } from '../../src/tables/decisions.ts';
import { PAGE_CELLS_32 } from '../../src/tables/layout.ts';

/** Without boundaries every protocol has one class. */
const ports = new PortBoundaries().classes();
export const PORT_CLASSES = ports.count;
const EVERY_PORT = [0, ports.count - 1] as const;

export interface EntryByHand {
  /** Number of the rule: rules are numbered through all policies. */
  readonly rule: number;
  /** Ascending, or all. */
  readonly peers: Uint32Array | 'every';
  /** The number of an entry before it that has the same peers, whose set it shares. */
  readonly set?: number;
  /** Is it open whether it matches? */
  readonly open?: boolean;
  /** First and last port class, of 0..2; all by default. */
  readonly ports?: readonly [first: number, last: number];
}

/** What a fold is made of. Every entry has a peer set and an atom of its own, of the same number. */
export class FoldByHand {
  readonly decisions = new DecisionTable();
  readonly rows: RowStore;
  private readonly entries = new Entries(ports);
  private readonly segments = new Segments(ports.count);
  private readonly numbers = new GrowableUint32();
  private readonly isolated: Uint8Array;
  readonly judge: Judge;
  private readonly fold: Fold;

  constructor(policySet: PolicySet, peerClasses: number, given: readonly EntryByHand[], isolated: boolean) {
    const catalogue = new Catalogue(policySet);
    const sets = new GrowableLists();
    for (const [number, { rule, peers, set, open = false, ports: [first, last] = EVERY_PORT }] of given.entries()) {
      catalogue.addAtom(rule, undefined, undefined, open);
      sets.add(peers === 'every' ? [] : peers);
      this.entries.atom.push(number);
      this.entries.peerSet.push(peers === 'every' ? EVERY_PEER : (set ?? number));
      this.entries.first.push(first);
      this.entries.last.push(last);
      this.numbers.push(number);
    }
    this.isolated = Uint8Array.from(policySet.tiers, () => Number(isolated));
    this.rows = new RowStore(peerClasses, this.decisions);
    const Judge = policySet.tiers.every(({ match }) => match === 'all') ? UnionJudge : TierJudge;
    this.judge = new Judge(this.decisions, catalogue, NOT_ISOLATED);
    this.fold = new Fold(this.rows, this.entries, sets.columns(), peerClasses, this.judge, new Hiding(catalogue));
  }

  /** The row of each segment. */
  run(): number[] {
    const rows = new GrowableUint32();
    this.segments.cut(this.entries, this.numbers, 0, this.numbers.length);
    this.fold.rowsOf(this.segments, this.isolated, rows);
    return Array.from(rows.view());
  }

  /** The row of each port class, after a run. */
  rowsOfPorts(rows: readonly number[]): number[] {
    return Array.from({ length: ports.count }, (_, port) => rows[this.segments.end.view().findIndex((end) => port < end)]!);
  }

  /** What a row says of each of the first 256 peer classes or fewer. */
  decisionsOf(row: number, count: number): number[] {
    const [cells, groups] = this.rows.decisionTree.levels.map((level) => level.contents()) as [Uint32Array, Uint32Array];
    const group = this.rows.decisionDirectory().pages[row]!;
    return Array.from({ length: count }, (_, peer) => {
      const page = groups[group * PAGE_CELLS_32 + Math.floor(peer / PAGE_CELLS_32)]!;
      return cells[page * PAGE_CELLS_32 + (peer % PAGE_CELLS_32)]!;
    });
  }

  /** The decision where these entries match, ascending. */
  decide(matching: readonly number[]): number {
    return this.judge.decide(Uint32Array.from(matching), matching.length, this.isolated);
  }
}
