/**
 * Folding ordered tiers into rows. For one subject class and one interval of port classes come in the entries that are active, out goes a row: for every peer
 * class, which decision. Equal pages of rows are stored once.
 *
 * A row starts with every peer class in one state. Each entry moves the classes of its peer set to the next state; a state remembers what decided so far. Classes
 * that no entry names stay in the base state and cost nothing.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { PageStore } from '../lib/page-store.ts';
import type { Action, Tier } from '../model/policy.ts';
import { ISOLATED_NO_RULE, NOT_ISOLATED, UNMATCHED } from '../tables/decisions.ts';
import { ALLOW, DENY, PAGE_BITS, PAGE_BYTES, PAGE_CELLS_32, UNKNOWN } from '../tables/layout.ts';
import type { DecisionTable } from './decisions.ts';
import { EVERY_PEER } from './peer-sets.ts';

/** An active entry, with what its rule says. */
export interface ActiveEntry {
  readonly atom: number;
  readonly rule: number;
  readonly tier: number;
  readonly action: Action;
  /** Peer classes, or EVERY_PEER. */
  readonly peers: Uint32Array | typeof EVERY_PEER;
}

/** How far the fold has come for the peer classes in it. */
interface State {
  /** The decision, when it is final. `undefined`: still open. */
  readonly verdict: number | undefined;
  /** Default that decided, when no rule did. */
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

const WORDS_PER_PAGE = PAGE_BYTES / 4;

/** Rows of one direction. Directories hold, row after row, the numbers of the pages that make the row. */
export class Rows {
  readonly decisionDirectory = new GrowableUint32();
  readonly decisionPages = new PageStore(WORDS_PER_PAGE);
  readonly allowDirectory = new GrowableUint32();
  readonly allowPages = new PageStore(WORDS_PER_PAGE);
  readonly unknownDirectory = new GrowableUint32();
  readonly unknownPages = new PageStore(WORDS_PER_PAGE);
  count = 0;
  hasUnknown = false;

  private readonly tiers: readonly Tier[];
  private readonly onUnmatched: 'allow' | 'deny';
  private readonly decisions: DecisionTable;
  private readonly peerClasses: number;
  private readonly page = new Uint32Array(WORDS_PER_PAGE);
  private readonly byKey = new Map<string, number>();

  // The state of every peer class, valid where `stamp` is the current row; elsewhere it is `base`.
  private readonly cell: Uint32Array;
  private readonly stamp: Uint32Array;
  private touched: number[] = [];
  private base = 0;
  private states: State[] = [];

  constructor(tiers: readonly Tier[], onUnmatched: 'allow' | 'deny', peerClasses: number, decisions: DecisionTable) {
    this.tiers = tiers;
    this.onUnmatched = onUnmatched;
    this.decisions = decisions;
    this.peerClasses = peerClasses;
    this.cell = new Uint32Array(peerClasses);
    this.stamp = new Uint32Array(peerClasses);
  }

  /** The row in which every peer class has the same decision. */
  uniform(decision: number): number {
    this.touched = [];
    return this.store(decision);
  }

  /**
   * The row of these entries, made now if it is new. `entries` are in atom order; `isolated[t]`: some policy of tier t isolates the subject.
   * `key` must be equal exactly when entries and isolation are.
   */
  fold(entries: readonly ActiveEntry[], isolated: readonly boolean[], key: string): number {
    let row = this.byKey.get(key);
    if (row === undefined) {
      row = this.foldNew(entries, isolated);
      this.byKey.set(key, row);
    }
    return row;
  }

  private foldNew(entries: readonly ActiveEntry[], isolated: readonly boolean[]): number {
    this.touched = [];
    this.states = [OPEN];
    this.base = 0;
    let i = 0;
    for (const [tier, { match }] of this.tiers.entries()) {
      for (; i < entries.length && entries[i]!.tier === tier; i++) this.apply(entries[i]!, match);
      this.moveAll((state) => endTier(state, match, isolated[tier]!));
    }
    const decisionOf = this.states.map((state) => this.finalDecision(state));
    for (const peer of this.touched) this.cell[peer] = decisionOf[this.cell[peer]!]!;
    return this.store(decisionOf[this.base]!);
  }

  private apply(entry: ActiveEntry, match: Tier['match']): void {
    if (entry.peers === EVERY_PEER) {
      this.moveAll((state) => advance(state, entry, match));
      return;
    }
    const { cell, stamp, touched, base } = this;
    const row = this.count + 1;
    const next: number[] = [];
    for (let i = 0; i < entry.peers.length; i++) {
      const peer: number = entry.peers[i]!;
      if (stamp[peer] !== row) {
        stamp[peer] = row;
        cell[peer] = base;
        touched.push(peer);
      }
      const from = cell[peer]!;
      next[from] ??= this.addState(from, advance(this.states[from]!, entry, match));
      cell[peer] = next[from];
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
    for (const peer of this.touched) this.cell[peer] = move(this.cell[peer]!);
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

  /** Writes a row: the decision in `cell` for the touched peer classes, `base` for the others. */
  private store(base: number): number {
    const { decisionDirectory, decisionPages, page, cell, stamp } = this;
    const row = this.count + 1;
    const directory = decisionDirectory.length;
    const allow = new BitPlane(this.allowDirectory, this.allowPages, this.peerClasses, this.verdictIs(base, ALLOW));
    const unknown = new BitPlane(this.unknownDirectory, this.unknownPages, this.peerClasses, this.verdictIs(base, UNKNOWN));
    decisionDirectory.pushRepeated(decisionPages.intern(page.fill(base)), pagesFor(this.peerClasses, PAGE_CELLS_32));
    for (const pageOfRow of this.touchedPages()) {
      const first = pageOfRow * PAGE_CELLS_32;
      for (let i = 0; i < PAGE_CELLS_32; i++) {
        const decision = stamp[first + i] === row ? cell[first + i]! : base;
        page[i] = decision;
        allow.put(first + i, this.verdictIs(decision, ALLOW));
        unknown.put(first + i, this.verdictIs(decision, UNKNOWN));
      }
      decisionDirectory.set(directory + pageOfRow, decisionPages.intern(page));
    }
    this.hasUnknown = unknown.finish() || this.hasUnknown;
    allow.finish();
    return this.count++;
  }

  private verdictIs(decision: number, verdict: number): boolean {
    return this.decisions.verdict.get(decision) === verdict;
  }

  /** Decision pages that a touched peer class lies in, ascending. */
  private touchedPages(): number[] {
    const pages = new Set<number>();
    for (const peer of this.touched) pages.add(Math.floor(peer / PAGE_CELLS_32));
    return [...pages].sort((a, b) => a - b);
  }
}

/** One plane of bits of one row. Bits come in ascending order; pages in which none comes keep the fill. */
class BitPlane {
  private readonly directory: GrowableUint32;
  private readonly pages: PageStore;
  private readonly start: number;
  private readonly fill: number;
  private readonly page = new Uint32Array(WORDS_PER_PAGE);
  private current = -1;
  private anySet: boolean;

  constructor(directory: GrowableUint32, pages: PageStore, cells: number, fill: boolean) {
    this.directory = directory;
    this.pages = pages;
    this.start = directory.length;
    this.fill = fill ? 0xffffffff : 0;
    this.anySet = fill;
    directory.pushRepeated(pages.intern(this.page.fill(this.fill)), pagesFor(cells, PAGE_BITS));
  }

  put(cell: number, value: boolean): void {
    const pageOfRow = Math.floor(cell / PAGE_BITS);
    if (pageOfRow !== this.current) {
      this.flush();
      this.current = pageOfRow;
      this.page.fill(this.fill);
    }
    const word = (cell % PAGE_BITS) >>> 5;
    const bit = 1 << (cell & 31);
    if (value) this.page[word]! |= bit;
    else this.page[word]! &= ~bit;
    this.anySet ||= value;
  }

  /** Writes the last page. Returns whether any bit is set. */
  finish(): boolean {
    this.flush();
    return this.anySet;
  }

  private flush(): void {
    if (this.current >= 0) this.directory.set(this.start + this.current, this.pages.intern(this.page));
  }
}

export function pagesFor(cells: number, cellsPerPage: number): number {
  return Math.max(1, Math.ceil(cells / cellsPerPage));
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
