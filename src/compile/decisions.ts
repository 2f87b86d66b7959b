/**
 * Decision numbers: a verdict and the atoms that determined it, or the default that did. Equal decisions share a number.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { ListInterner } from '../lib/interner.ts';
import { DECIDED_BY_RULES, DEFAULT_REASONS, DEFAULT_VERDICTS } from '../tables/decisions.ts';

export class DecisionTable {
  readonly verdict = new GrowableUint32();
  readonly defaultReason = new GrowableUint32();
  private readonly atomLists = new ListInterner();
  /** Decision of each (atom list, verdict). */
  private readonly numbers = new Map<number, number>();
  private readonly listOf = new GrowableUint32();

  constructor() {
    const none = this.atomLists.intern(new Uint32Array(0));
    for (const reason of DEFAULT_REASONS.keys()) {
      this.verdict.push(DEFAULT_VERDICTS[reason]!);
      this.defaultReason.push(reason);
      this.listOf.push(none);
    }
  }

  get count(): number {
    return this.verdict.length;
  }

  /** The decision of rules: `atoms` are those that determined the verdict, in any order and not empty. */
  intern(verdict: number, atoms: readonly number[]): number {
    const list = this.atomLists.intern(Uint32Array.from(atoms).sort());
    const key = list * 4 + verdict;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.count;
      this.numbers.set(key, number);
      this.verdict.push(verdict);
      this.defaultReason.push(DECIDED_BY_RULES);
      this.listOf.push(list);
    }
    return number;
  }

  /** CSR over decisions. */
  atoms(): { start: Uint32Array; items: Uint32Array } {
    const start = new GrowableUint32();
    const items = new GrowableUint32();
    start.push(0);
    for (let decision = 0; decision < this.count; decision++) {
      items.pushAll(this.atomLists.get(this.listOf.get(decision)));
      start.push(items.length);
    }
    return { start: start.view(), items: items.view() };
  }
}
