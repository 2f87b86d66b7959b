/**
 * An index over the address intervals of tables, for lookups in batches: a tree of directories. In come sorted starts, out come the typed arrays that
 * `address-lookup.ts` reads.
 *
 * A directory tells apart the starts that it holds by the first word in which they differ: it cuts the range of that word into slots of 2^shift. A slot names the
 * interval that holds its first address, if at most `LEAF_STARTS` further starts fall into it, and otherwise the directory of those. So what is dense (the pods of a
 * node's subnet) and what is sparse (a provider's ranges) each get slots of their own width, and words that all starts have in common cost one comparison.
 *
 * Bounds, whatever the addresses are: a directory consumes four bits or more of a word, so an address goes through at most 8 a word. It has at most 18 slots for each start that it settles and 4 for each
 * that it leaves to others, so an interval takes 150 slots (600 bytes) at worst. 10,000 random prefixes and 2,000 pods (25,000 intervals) take 1.5 slots an interval for IPv4 and 3.2 for IPv6, 4 bytes each.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import type { AddressIntervals } from '../lib/prefix-table.ts';

/** So many starts at most follow the interval that a slot names, up to the slot's last address. Three comparisons; with 3 starts lookups were 1.2 to 1.7 times slower (measured). */
export const LEAF_STARTS = 7;
/** uint32 cells a directory: first value of the word, log2 of the width of a slot, number of the word, first slot, last slot counted from the first, first and last start, nothing. */
const DIRECTORY_CELLS = 8;

/** What the two low bits of a slot say of the number above them: a target, a directory, or an interval whose followers are compared. */
const SETTLED = 0;
const OPEN = 1;
const COMPARED = 2;
const KIND_BITS = 2;

const MIN_SLOTS = 16;
const SLOTS_PER_START = 16;

export interface AddressIndex {
  /** Bit 0: the rest above bit 1 is the number of a directory. Bit 1: it is an interval, and up to `LEAF_STARTS` starts behind it are compared. Neither: it is the target. */
  readonly slots: Uint32Array;
  /** `DIRECTORY_CELLS` each. Directory 0 holds all starts and has slots for every value of the first word. */
  readonly directories: Uint32Array;
}

/** `target`: below 2^30. @throws {RangeError} for 2^29 intervals or more, or no interval */
export function indexIntervals({ wordsPerAddress, start, target }: AddressIntervals): AddressIndex {
  if (target.length === 0 || target.length >= MOST_INTERVALS)
    throw new RangeError(`expected 1 to ${MOST_INTERVALS - 1} intervals, got ${target.length}`);
  return new Builder(start, wordsPerAddress, target).build();
}

const MOST_INTERVALS = 2 ** 29;

const ALL_ONES = 0xffffffff;

/** Starts `from` up to, without, `to`. */
interface Run {
  readonly from: number;
  readonly to: number;
}

class Builder {
  private readonly start: Uint32Array;
  private readonly words: number;
  private readonly target: Uint32Array;
  private readonly slots = new GrowableUint32();
  private readonly cells: number[] = [];

  constructor(start: Uint32Array, words: number, target: Uint32Array) {
    this.start = start;
    this.words = words;
    this.target = target;
  }

  build(): AddressIndex {
    // INVARIANT: the first start is the first address of the family, so it is at or before everything.
    const open: { readonly run: Run; readonly slot: number }[] = [];
    this.add({ from: 1, to: this.target.length }, 0, 0, ALL_ONES, open);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      this.slots.set(next.slot, ((this.cells.length / DIRECTORY_CELLS) << KIND_BITS) | OPEN);
      const { from, to } = next.run;
      const word = this.firstDifference(next.run);
      this.add(next.run, word, this.wordOf(from, word), this.wordOf(to - 1, word), open);
    }
    return { slots: this.slots.view().slice(), directories: Uint32Array.from(this.cells) };
  }

  /** A directory for the run, with slots for the values `low` to `high` of the word. What it does not settle goes to `open`. */
  private add(run: Run, word: number, low: number, high: number, open: { run: Run; slot: number }[]): void {
    const { from, to } = run;
    const range = high - low;
    const shift = this.bestShift(run, word, low, range);
    const last = Math.floor(range / 2 ** shift);
    const firstSlot = this.slots.length;
    this.cells.push(low, shift, word, firstSlot, last, from, to - 1, 0);
    let at = from;
    for (let slot = 0; slot <= last; slot++) {
      const end = this.endOfSlot(at, to, word, low, shift, slot);
      // Slot 0 is also read for what is before the first start, so that start is compared.
      if (slot > 0 && at < end && this.isFirst(at, word, low + slot * 2 ** shift)) at++;
      if (end === at) this.slots.push((this.target[at - 1]! << KIND_BITS) | SETTLED);
      else if (end - at <= LEAF_STARTS) this.slots.push(((at - 1) << KIND_BITS) | COMPARED);
      else {
        open.push({ run: { from: at, to: end }, slot: this.slots.length });
        this.slots.push(OPEN);
      }
      at = end;
    }
  }

  /** What leaves few starts for directories below without taking many slots. A slot weighs a sixteenth of a start that is left. */
  private bestShift(run: Run, word: number, low: number, range: number): number {
    const starts = run.to - run.from;
    const fewest = Math.max(MIN_SLOTS, starts);
    let shift = 0;
    while (range / 2 ** shift >= fewest * 2) shift++;
    let best = shift;
    let bestCost = Number.POSITIVE_INFINITY;
    for (; shift >= 0; shift--) {
      const left = this.left(run, word, low, shift);
      const cost = left + range / 2 ** shift / SLOTS_PER_START;
      if (cost < bestCost) {
        best = shift;
        bestCost = cost;
      }
      // Narrower slots take more room and have nothing to settle.
      if (left === 0) break;
    }
    return best;
  }

  /** How many starts fall into slots with too many of them. */
  private left(run: Run, word: number, low: number, shift: number): number {
    let left = 0;
    for (let at = run.from; at < run.to; ) {
      const end = this.endOfSlot(at, run.to, word, low, shift, (this.wordOf(at, word) - low) >>> shift);
      if (end - at > LEAF_STARTS) left += end - at;
      at = end;
    }
    return left;
  }

  private endOfSlot(from: number, to: number, word: number, low: number, shift: number, slot: number): number {
    let end = from;
    while (end < to && (this.wordOf(end, word) - low) >>> shift === slot) end++;
    return end;
  }

  /** Is the start the first address that has this value in the word? */
  private isFirst(at: number, word: number, value: number): boolean {
    if (this.wordOf(at, word) !== value) return false;
    for (let i = word + 1; i < this.words; i++) if (this.wordOf(at, i) !== 0) return false;
    return true;
  }

  private firstDifference({ from, to }: Run): number {
    let word = 0;
    while (this.wordOf(from, word) === this.wordOf(to - 1, word)) word++;
    return word;
  }

  private wordOf(at: number, word: number): number {
    return this.start[at * this.words + word]!;
  }
}
