/**
 * The fold of any list of tiers, in order. A row starts with every peer class in one state; each entry moves the classes of its peer set to the next state, the end of a tier
 * moves all. Classes that nothing names stay in the base state and cost nothing.
 */
import type { Tier } from '../model/policy.ts';
import { ISOLATED_NO_RULE, NOT_ISOLATED, UNMATCHED } from '../tables/decisions.ts';
import { ALLOW, DENY, PAGE_CELLS_32, UNKNOWN } from '../tables/layout.ts';
import type { DecisionTable } from './decisions.ts';
import { type ActiveEntry, type Fold, pagesOf, type SubjectEntries } from './fold.ts';
import { EVERY_PEER } from './peer-sets.ts';
import type { RowStore } from './row-store.ts';

/** How far the fold has come for the peer classes in it. */
interface State {
  /** The verdict, when it is final. `undefined`: still open. */
  readonly verdict: number | undefined;
  /** The default that decided, when no rule did. */
  readonly byDefault: number | undefined;
  /** Atoms that determine the verdict, or, in a tier that matches all, that will. */
  readonly atoms: readonly number[];
  /** Matching unknown atoms of a tier that matches all. */
  readonly unknownAtoms: readonly number[];
  /** The rule that decided in a tier where the first match does: its other atoms are reasons too. */
  readonly rule: number | undefined;
  readonly passed: boolean;
}

const OPEN: State = { verdict: undefined, byDefault: undefined, atoms: [], unknownAtoms: [], rule: undefined, passed: false };

export class TierFold implements Fold {
  private readonly tiers: readonly Tier[];
  private readonly onUnmatched: 'allow' | 'deny';
  private readonly rows: RowStore;
  private readonly decisions: DecisionTable;
  private readonly seenPages: Uint8Array;

  // The state of every peer class, valid where `stamp` is the current fold; elsewhere it is `base`.
  private readonly state: Uint32Array;
  private readonly stamp: Uint32Array;
  private folds = 0;
  private touched: number[] = [];
  private base = 0;
  private states: State[] = [];

  constructor(rows: RowStore, decisions: DecisionTable, peerClasses: number, tiers: readonly Tier[], onUnmatched: 'allow' | 'deny') {
    this.rows = rows;
    this.decisions = decisions;
    this.tiers = tiers;
    this.onUnmatched = onUnmatched;
    this.state = new Uint32Array(peerClasses);
    this.stamp = new Uint32Array(peerClasses);
    this.seenPages = new Uint8Array(Math.ceil(peerClasses / PAGE_CELLS_32));
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
    this.states = [OPEN];
    this.base = 0;
    let i = 0;
    for (const [tier, { match }] of this.tiers.entries()) {
      for (; i < entries.length && entries[i]!.tier === tier; i++) this.apply(entries[i]!, match);
      this.moveAll((state) => endTier(state, match, isolated[tier]!));
    }
    const decided: number[] = [];
    const decisionOf = (of: number): number => {
      decided[of] ??= this.finalDecision(this.states[of]!);
      return decided[of];
    };
    const { stamp, state, folds, base } = this;
    return this.rows.derive(this.rows.uniform(decisionOf(base)), pagesOf(this.touched, this.seenPages), (page, into) => {
      for (let cell = 0; cell < PAGE_CELLS_32; cell++) {
        const peer = page * PAGE_CELLS_32 + cell;
        into[cell] = decisionOf(stamp[peer] === folds ? state[peer]! : base);
      }
    });
  }

  private apply(entry: ActiveEntry, match: Tier['match']): void {
    if (entry.peers === EVERY_PEER) {
      this.moveAll((state) => advance(state, entry, match));
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
      next[from] ??= this.addState(from, advance(this.states[from]!, entry, match));
      state[peer] = next[from];
    }
  }

  /** Moves every peer class, the untouched ones with the base state. */
  private moveAll(step: (state: State) => State): void {
    const next: number[] = [];
    const move = (from: number): number => {
      next[from] ??= this.addState(from, step(this.states[from]!));
      return next[from];
    };
    this.base = move(this.base);
    for (const peer of this.touched) this.state[peer] = move(this.state[peer]!);
  }

  private addState(from: number, state: State): number {
    if (state === this.states[from]) return from;
    this.states.push(state);
    return this.states.length - 1;
  }

  private finalDecision({ verdict, byDefault, atoms }: State): number {
    if (byDefault !== undefined) return byDefault;
    if (verdict !== undefined) return this.decisions.intern(verdict, atoms);
    return this.onUnmatched === 'allow' ? NOT_ISOLATED : UNMATCHED;
  }
}

/** One entry meets peer classes in this state. */
function advance(state: State, { atom, rule, action }: ActiveEntry, match: Tier['match']): State {
  if (state.verdict !== undefined) {
    return state.rule === rule ? { ...state, atoms: [...state.atoms, atom] } : state;
  }
  if (state.passed) return state;
  if (match === 'all') {
    if (action === 'allow') return { ...state, atoms: [...state.atoms, atom] };
    return { ...state, unknownAtoms: [...state.unknownAtoms, atom] };
  }
  if (action === 'pass') return { ...state, passed: true };
  return { ...state, verdict: action === 'allow' ? ALLOW : action === 'deny' ? DENY : UNKNOWN, atoms: [atom], rule };
}

/** The tier is over: what it has not decided, isolation does; what it leaves open, the next tier sees. */
function endTier(state: State, match: Tier['match'], isolated: boolean): State {
  if (state.verdict !== undefined) return state;
  if (match === 'all' && state.atoms.length > 0) return { ...OPEN, verdict: ALLOW, atoms: state.atoms };
  if (match === 'all' && state.unknownAtoms.length > 0) return { ...OPEN, verdict: UNKNOWN, atoms: state.unknownAtoms };
  if (isolated && !state.passed) return { ...OPEN, verdict: DENY, byDefault: ISOLATED_NO_RULE };
  return OPEN;
}
