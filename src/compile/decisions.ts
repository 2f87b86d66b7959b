/**
 * Decision numbers: a verdict and the atoms that determined it, or the default that did, and the rules that passed the flow on before. Equal decisions share a number.
 */
import { ascending } from '../lib/ascending.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { ListInterner } from '../lib/interner.ts';
import { DECIDED_BY_RULES, DEFAULT_REASONS, DEFAULT_VERDICTS } from '../tables/decisions.ts';
import { NONE_32 } from '../tables/layout.ts';

/** Verdicts are 0..VERDICTS-1. */
const VERDICTS = 3;
const NO_ATOMS: readonly number[] = [];

export class DecisionTable {
  readonly verdict = new GrowableUint32();
  readonly defaultReason = new GrowableUint32();
  private readonly atomLists = new ListInterner();
  private readonly none = this.atomLists.intern(new Uint32Array(0));
  /** Decisions of rules that nothing was passed on to, by (atom list, verdict), or NONE_32: nearly all. */
  private readonly numbers = new GrowableUint32();
  private readonly passedOn = new Map<string, number>();
  private readonly listOf = new GrowableUint32();
  private readonly passesOf = new GrowableUint32();

  constructor() {
    for (const reason of DEFAULT_REASONS.keys()) this.add(DEFAULT_VERDICTS[reason]!, reason, this.none, this.none);
  }

  get count(): number {
    return this.verdict.length;
  }

  /** The decision of rules: `atoms` are those that determined the verdict, `passes` those that passed the flow on; in any order, the first not empty. */
  ofRules(verdict: number, atoms: readonly number[], passes = NO_ATOMS): number {
    const list = ascending(atoms);
    if (passes.length > 0) return this.afterPasses(verdict, DECIDED_BY_RULES, this.atomLists.intern(list), passes);
    return this.ofAscending(verdict, list, list.length);
  }

  /** The decision of rules that nothing was passed on to: the first `count` of `atoms`, ascending, determined the verdict. */
  ofAscending(verdict: number, atoms: Uint32Array, count: number): number {
    const { numbers } = this;
    const list = this.atomLists.internPart(atoms, 0, count);
    while (numbers.length < this.atomLists.count * VERDICTS) numbers.push(NONE_32);
    let number = numbers.get(list * VERDICTS + verdict);
    if (number === NONE_32) {
      number = this.add(verdict, DECIDED_BY_RULES, list, this.none);
      numbers.set(list * VERDICTS + verdict, number);
    }
    return number;
  }

  /** The decision of a default, after `passes`. */
  ofDefault(reason: number, passes: readonly number[]): number {
    return passes.length === 0 ? reason : this.afterPasses(DEFAULT_VERDICTS[reason]!, reason, this.none, passes);
  }

  /** CSR over decisions. */
  atoms(): { start: Uint32Array; items: Uint32Array } {
    return this.atomLists.gather(this.listOf.view());
  }

  /** CSR over decisions. */
  passes(): { start: Uint32Array; items: Uint32Array } {
    return this.atomLists.gather(this.passesOf.view());
  }

  private afterPasses(verdict: number, reason: number, list: number, passes: readonly number[]): number {
    const passList = this.atomLists.intern(ascending(passes));
    const key = `${verdict} ${reason} ${list} ${passList}`;
    let number = this.passedOn.get(key);
    if (number === undefined) {
      number = this.add(verdict, reason, list, passList);
      this.passedOn.set(key, number);
    }
    return number;
  }

  private add(verdict: number, reason: number, list: number, passList: number): number {
    this.verdict.push(verdict);
    this.defaultReason.push(reason);
    this.listOf.push(list);
    this.passesOf.push(passList);
    return this.count - 1;
  }
}
