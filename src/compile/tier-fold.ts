/**
 * The fold of any list of tiers, in order. A row starts with every peer class in one state; each entry moves the classes of its peer set to the next state, the end of a group
 * of policies and the end of a tier move all. Classes that nothing names stay in the base state and cost nothing. What the states mean is in `ways.ts`.
 */
import type { Tier } from '../model/policy.ts';
import { PAGE_CELLS_32, pagesFor } from '../tables/layout.ts';
import type { DecisionTable } from './decisions.ts';
import { type ActiveEntry, type Fold, pagesOf, type SubjectEntries } from './fold.ts';
import { EVERY_PEER } from './peer-sets.ts';
import type { RowStore } from './row-store.ts';
import { endGroup, endTier, finalDecision, type LastWord, meet, meetAlone, START, type Ways } from './ways.ts';

export class TierFold implements Fold {
  private readonly tiers: readonly Tier[];
  private readonly lastWord: LastWord;
  private readonly rows: RowStore;
  private readonly decisions: DecisionTable;
  private readonly seenPages: Uint8Array;

  // The state of every peer class, valid where `stamp` is the current fold; elsewhere it is `base`.
  private readonly state: Uint32Array;
  private readonly stamp: Uint32Array;
  private folds = 0;
  private touched: number[] = [];
  private base = 0;
  private states: Ways[] = [];

  constructor(rows: RowStore, decisions: DecisionTable, peerClasses: number, tiers: readonly Tier[], lastWord: LastWord) {
    this.rows = rows;
    this.decisions = decisions;
    this.tiers = tiers;
    this.lastWord = lastWord;
    this.state = new Uint32Array(peerClasses);
    this.stamp = new Uint32Array(peerClasses);
    this.seenPages = new Uint8Array(pagesFor(peerClasses, PAGE_CELLS_32));
  }

  rowsOf({ everywhere, segments, isolated }: SubjectEntries): number[] {
    const rowOfKey = new Map<string, number>();
    return segments.map(({ entries, key }) => {
      let row = rowOfKey.get(key);
      if (row === undefined) {
        const inOrder = [...everywhere, ...entries].sort((a, b) => a.atom - b.atom);
        row = this.fold(inOrder, isolated);
        rowOfKey.set(key, row);
      }
      return row;
    });
  }

  private fold(entries: readonly ActiveEntry[], isolated: readonly boolean[]): number {
    this.folds++;
    this.touched = [];
    this.states = [START];
    this.base = 0;
    let i = 0;
    for (const [tier, { match }] of this.tiers.entries()) {
      while (i < entries.length && entries[i]!.tier === tier) {
        const end = endOfGroup(entries, i);
        // One policy alone, of which every match is certain: its rules need not be weighed against others.
        const alone = match === 'all' || isAlone(entries, i, end);
        for (; i < end; i++) this.apply(entries[i]!, alone ? (ways, entry) => meetAlone(ways, entry, match) : meet);
        if (!alone) this.moveAll(endGroup);
      }
      this.moveAll((ways) => endTier(ways, match, isolated[tier]!, this.lastWord));
    }
    return this.write();
  }

  private write(): number {
    const { stamp, state, folds, base } = this;
    const decided: number[] = [];
    const decisionOf = (of: number): number => {
      decided[of] ??= finalDecision(this.states[of]!, this.lastWord, this.decisions);
      return decided[of];
    };
    return this.rows.derive(this.rows.uniform(decisionOf(base)), pagesOf(this.touched, this.seenPages), (page, into) => {
      for (let cell = 0; cell < PAGE_CELLS_32; cell++) {
        const peer = page * PAGE_CELLS_32 + cell;
        into[cell] = decisionOf(stamp[peer] === folds ? state[peer]! : base);
      }
    });
  }

  private apply(entry: ActiveEntry, step: (ways: Ways, entry: ActiveEntry) => Ways): void {
    if (entry.peers === EVERY_PEER) {
      this.moveAll((ways) => step(ways, entry));
      return;
    }
    const { state, stamp, folds, touched, base } = this;
    const next: number[] = [];
    for (let i = 0; i < entry.peers.length; i++) {
      const peer: number = entry.peers[i]!;
      if (stamp[peer] !== folds) {
        stamp[peer] = folds;
        state[peer] = base;
        touched.push(peer);
      }
      const from = state[peer]!;
      next[from] ??= this.addState(from, step(this.states[from]!, entry));
      state[peer] = next[from];
    }
  }

  /** Moves every peer class, the untouched ones with the base state. */
  private moveAll(step: (ways: Ways) => Ways): void {
    const next: number[] = [];
    const move = (from: number): number => {
      next[from] ??= this.addState(from, step(this.states[from]!));
      return next[from];
    };
    this.base = move(this.base);
    for (const peer of this.touched) this.state[peer] = move(this.state[peer]!);
  }

  private addState(from: number, ways: Ways): number {
    if (ways === this.states[from]) return from;
    this.states.push(ways);
    return this.states.length - 1;
  }
}

function endOfGroup(entries: readonly ActiveEntry[], from: number): number {
  let end = from + 1;
  while (end < entries.length && entries[end]!.group === entries[from]!.group) end++;
  return end;
}

function isAlone(entries: readonly ActiveEntry[], from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (entries[i]!.open || entries[i]!.policy !== entries[from]!.policy) return false;
  return true;
}
