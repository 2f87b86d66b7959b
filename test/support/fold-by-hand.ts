/**
 * The fold of entries that are written by hand: which rules match which peer classes on which port classes.
 */
import { Catalogue } from '../../src/compile/catalogue.ts';
import { DecisionTable } from '../../src/compile/decisions.ts';
import { Entries } from '../../src/compile/entries.ts';
import { Fold } from '../../src/compile/fold.ts';
import { PortBoundaries } from '../../src/compile/ports.ts';
import { RowStore } from '../../src/compile/row-store.ts';
import { Segments } from '../../src/compile/segments.ts';
import { TierJudge } from '../../src/compile/tier-judge.ts';
import { UnionJudge } from '../../src/compile/union-judge.ts';
import { GrowableUint32 } from '../../src/lib/growable.ts';
import { GrowableLists } from '../../src/lib/growable-lists.ts';
import type { PolicySet } from '../../src/model/policy.ts';
import { NOT_ISOLATED } from '../../src/tables/decisions.ts';

/** Without boundaries every protocol has one class. */
const ports = new PortBoundaries().classes();

export interface EntryByHand {
  /** Number of the rule: rules are numbered through all policies. */
  readonly rule: number;
  readonly peers: Uint32Array;
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
  private readonly fold: Fold;

  constructor(policySet: PolicySet, peerClasses: number, given: readonly EntryByHand[], isolated: boolean) {
    const catalogue = new Catalogue(policySet);
    const sets = new GrowableLists();
    for (const [number, { rule, peers, ports: [first, last] = [0, ports.count - 1] }] of given.entries()) {
      catalogue.addAtom(rule, undefined, undefined, false);
      sets.add(peers);
      this.entries.atom.push(number);
      this.entries.peerSet.push(number);
      this.entries.first.push(first);
      this.entries.last.push(last);
      this.numbers.push(number);
    }
    this.isolated = Uint8Array.from(policySet.tiers, () => Number(isolated));
    this.rows = new RowStore(peerClasses, this.decisions);
    const Judge = policySet.tiers.every(({ match }) => match === 'all') ? UnionJudge : TierJudge;
    this.fold = new Fold(this.rows, this.entries, sets.columns(), peerClasses, new Judge(this.decisions, catalogue, NOT_ISOLATED));
  }

  /** The row of each segment. */
  run(): number[] {
    const rows = new GrowableUint32();
    this.segments.cut(this.entries, this.numbers, 0, this.numbers.length);
    this.fold.rowsOf(this.segments, this.isolated, rows);
    return Array.from(rows.view());
  }
}
