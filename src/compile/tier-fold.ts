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
import { endGroup, endTier, finalDecision, isInTier, type LastWord, meet, meetAlone, START, type Ways } from './ways.ts';

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
  /** Undefined for a state inside a tier that matches all: the one in `before`, and an entry met. */
  private states: (Ways | undefined)[] = [];
  private readonly before: number[] = [];
  private readonly met: ActiveEntry[] = [];

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
        if (match === 'all') {
          this.apply(entries[i]!, this.meetInAll);
          i++;
          continue;
        }
        const end = endOfGroup(entries, i);
        // One policy alone, of which every match is certain: its rules need not be weighed against others.
        const alone = isAlone(entries, i, end);
        for (; i < end; i++) this.apply(entries[i]!, alone ? this.meetAlone : this.meetOthers);
        if (!alone) this.moveAll((from) => this.addState(from, endGroup(this.waysOf(from))));
      }
      this.moveAll((from) => this.addState(from, endTier(this.waysOf(from), match, isolated[tier]!, this.lastWord)));
    }
    return this.write();
  }

  private write(): number {
    const { stamp, state, folds, base } = this;
    const decided: number[] = [];
    const decisionOf = (of: number): number => {
      decided[of] ??= finalDecision(this.waysOf(of), this.lastWord, this.decisions);
      return decided[of];
    };
    return this.rows.derive(this.rows.uniform(decisionOf(base)), pagesOf(this.touched, this.seenPages), (page, into) => {
      for (let cell = 0; cell < PAGE_CELLS_32; cell++) {
        const peer = page * PAGE_CELLS_32 + cell;
        into[cell] = decisionOf(stamp[peer] === folds ? state[peer]! : base);
      }
    });
  }

  /** The state after an entry, by the state before it. */
  private readonly meetAlone = (from: number, entry: ActiveEntry): number => this.addState(from, meetAlone(this.waysOf(from), entry));
  private readonly meetOthers = (from: number, entry: ActiveEntry): number => this.addState(from, meet(this.waysOf(from), entry));

  /** Only noted: most states inside the tier are met by more, and nobody asks what they are. */
  private readonly meetInAll = (from: number, entry: ActiveEntry): number => {
    const ways = this.states[from];
    if (ways !== undefined && !isInTier(ways)) return from;
    const state = this.states.push(undefined) - 1;
    this.before[state] = from;
    this.met[state] = entry;
    return state;
  };

  private waysOf(state: number): Ways {
    const known = this.states[state];
    if (known !== undefined) return known;
    const allowing: number[] = [];
    const doubtful: number[] = [];
    let at = state;
    for (; this.states[at] === undefined; at = this.before[at]!) {
      const { action, atom } = this.met[at]!;
      (action === 'allow' ? allowing : doubtful).push(atom);
    }
    // The last was met first.
    return { ...this.states[at]!, allowing: allowing.reverse(), doubtful: doubtful.reverse() };
  }

  private apply(entry: ActiveEntry, step: (from: number, entry: ActiveEntry) => number): void {
    if (entry.peers === EVERY_PEER) {
      this.moveAll((from) => step(from, entry));
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
      next[from] ??= step(from, entry);
      state[peer] = next[from];
    }
  }

  /** Moves every peer class, the untouched ones with the base state. */
  private moveAll(step: (from: number) => number): void {
    const next: number[] = [];
    const move = (from: number): number => {
      next[from] ??= step(from);
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
