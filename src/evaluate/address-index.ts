/**
 * An index over the address intervals of tables, for lookups in batches: a tree of directories. In come sorted starts, out come the columns that `address-lookup.ts` reads.
 *
 * Addresses are compared in halves of 64 bits; an IPv4 address is the upper half of one whose lower half is 0. A directory tells apart the starts that it holds by the first half in which they differ: it cuts
 * the range of that half into slots of 2^shift. A slot names the interval that holds its first address, if at most `LEAF_STARTS` further starts fall into it, and otherwise the directory of those. So what is
 * dense (the pods of a node's subnet) and what is sparse (a provider's ranges) each get slots of their own width, and bits that all starts have in common cost nothing.
 *
 * Bounds, whatever the addresses are: a directory consumes four bits or more of a half, so an address goes through at most 16 a half. It has at most 18 slots for each start that it settles and 4 for each
 * that it leaves to others, so an interval takes 150 slots (600 bytes) at worst. 10,000 random prefixes and 2,000 pods (25,000 intervals) take 1.5 slots an interval for IPv4 and 3.2 for IPv6, 4 bytes each.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import type { AddressIntervals } from '../lib/prefix-table.ts';

/** So many starts at most follow the interval that a slot names, up to the slot's last address. Three comparisons; with 3 starts there are more directories on the way (1.4 to 1.7 times slower). */
export const LEAF_STARTS = 7;
/** uint32 cells a directory, the last of them empty. */
export const DIRECTORY_CELLS = 8;

/**
 * The cells of a directory. `low` is the first value of the half, `upper` the upper half of all its starts where it tells apart lower ones, otherwise 0: two cells each, lower word first. `last` is the last slot counted from `firstSlot`.
 */
export const DIRECTORY = { low: 0, upper: 2, shift: 4, firstSlot: 5, last: 6 } as const;

/** What the two low bits of a slot say of the number above them: a directory of upper or of lower halves, or, if neither, an interval whose followers are compared. */
const UPPER = 1;
export const LOWER = 2;
export const KIND_BITS = 2;
export const KIND_MASK = 3;

/** Where fewer of the starts than one in so many are told apart so deep, an address is there by exception. */
const RARE = 16;

const MIN_SLOTS = 16;
const SLOTS_PER_START = 16;

export interface AddressIndex {
  readonly slots: Uint32Array;
  /** `DIRECTORY_CELLS` each. Directory 0 holds all starts and has slots for every value of the upper half. */
  readonly directories: Uint32Array;
  /** How many directories behind directory 0 nearly all addresses go through at most, and how many any does. */
  readonly levels: number;
  readonly deepest: number;
}

/** @throws {RangeError} for 2^29 intervals or more, or no interval */
export function indexIntervals({ wordsPerAddress, start, target }: AddressIntervals): AddressIndex {
  if (target.length === 0 || target.length >= MOST_INTERVALS)
    throw new RangeError(`expected 1 to ${MOST_INTERVALS - 1} intervals, got ${target.length}`);
  return new Builder(start, wordsPerAddress, target.length).build();
}

const MOST_INTERVALS = 2 ** 29;

const WORD = 2 ** 32;

/** Starts `from` up to, without, `to`. */
interface Run {
  readonly from: number;
  readonly to: number;
}

interface OpenSlot {
  readonly run: Run;
  readonly slot: number;
  /** Directories on the way to that of the slot. */
  readonly level: number;
}

/** The values of a half that a directory has slots for. */
interface Range {
  readonly half: 0 | 1;
  readonly lowUpper: number;
  readonly lowLower: number;
  readonly highUpper: number;
  readonly highLower: number;
}

class Builder {
  private readonly start: Uint32Array;
  private readonly words: number;
  private readonly intervals: number;
  private readonly slots = new GrowableUint32();
  private readonly cells: number[] = [];
  private readonly open: OpenSlot[] = [];

  constructor(start: Uint32Array, words: number, intervals: number) {
    this.start = start;
    this.words = words;
    this.intervals = intervals;
  }

  build(): AddressIndex {
    const { open } = this;
    const startsAtLevel: number[] = [];
    // INVARIANT: the first start is the first address of the family, so it is at or before everything.
    const all = { half: 0, lowUpper: 0, lowLower: 0, highUpper: this.words === 1 ? 0 : WORD - 1, highLower: WORD - 1 } as const;
    this.add({ from: 1, to: this.intervals }, all, 0);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { run, slot, level } = next;
      const range = this.rangeOf(run);
      this.slots.set(slot, ((this.cells.length / DIRECTORY_CELLS) << KIND_BITS) | (range.half === 0 ? UPPER : LOWER));
      this.add(run, range, level + 1);
      startsAtLevel[level] = (startsAtLevel[level] ?? 0) + run.to - run.from;
    }
    const levels = startsAtLevel.filter((starts) => starts * RARE >= this.intervals).length;
    return { slots: this.slots.view().slice(), directories: Uint32Array.from(this.cells), levels, deepest: startsAtLevel.length };
  }

  /** A directory for the run. What it does not settle goes to `open`, with the number of directories on the way. */
  private add(run: Run, range: Range, level: number): void {
    const { from, to } = run;
    const { half, lowUpper, lowLower } = range;
    const shift = this.bestShift(run, range);
    const last = slotOf(range.highUpper, range.highLower, range, shift);
    const like = half === 1 ? from : 0;
    this.cells.push(lowLower, lowUpper, this.lowerWord(like, 0), this.upperWord(like, 0), shift, this.slots.length, last, 0);
    let at = from;
    for (let slot = 0; slot <= last; slot++) {
      const end = this.endOfSlot(at, to, range, shift, slot);
      if (end - at > LEAF_STARTS) this.open.push({ run: { from: at, to: end }, slot: this.slots.length, level });
      this.slots.push((at - 1) << KIND_BITS);
      at = end;
    }
  }

  /** What leaves few starts for directories below without taking many slots. A slot weighs a sixteenth of a start that is left. */
  private bestShift(run: Run, range: Range): number {
    const length = (range.highUpper - range.lowUpper) * WORD + (range.highLower - range.lowLower);
    const fewest = Math.max(MIN_SLOTS, run.to - run.from);
    let shift = 0;
    while (length / 2 ** shift >= fewest * 2) shift++;
    let best = shift;
    let bestCost = Number.POSITIVE_INFINITY;
    // Narrower slots take more room, and have at best nothing to settle.
    for (; shift >= 0 && length / 2 ** shift / SLOTS_PER_START < bestCost; shift--) {
      const cost = this.left(run, range, shift) + length / 2 ** shift / SLOTS_PER_START;
      if (cost < bestCost) {
        best = shift;
        bestCost = cost;
      }
    }
    return best;
  }

  /** How many starts fall into slots with too many of them. */
  private left(run: Run, range: Range, shift: number): number {
    let left = 0;
    for (let at = run.from; at < run.to; ) {
      const end = this.endOfSlot(at, run.to, range, shift, this.slotAt(at, range, shift));
      if (end - at > LEAF_STARTS) left += end - at;
      at = end;
    }
    return left;
  }

  private endOfSlot(from: number, to: number, range: Range, shift: number, slot: number): number {
    let end = from;
    while (end < to && this.slotAt(end, range, shift) === slot) end++;
    return end;
  }

  private slotAt(at: number, range: Range, shift: number): number {
    return slotOf(this.upperWord(at, range.half), this.lowerWord(at, range.half), range, shift);
  }

  /** From the first to the last start of the run, in the first half in which these differ. */
  private rangeOf({ from, to }: Run): Range {
    const last = to - 1;
    const isUpper = this.upperWord(from, 0) !== this.upperWord(last, 0) || this.lowerWord(from, 0) !== this.lowerWord(last, 0);
    const half = isUpper ? 0 : 1;
    return {
      half,
      lowUpper: this.upperWord(from, half),
      lowLower: this.lowerWord(from, half),
      highUpper: this.upperWord(last, half),
      highLower: this.lowerWord(last, half),
    };
  }

  private upperWord(at: number, half: 0 | 1): number {
    return this.words === 1 ? 0 : this.word(at, half * 2);
  }

  private lowerWord(at: number, half: 0 | 1): number {
    return this.words === 1 ? this.word(at, 0) : this.word(at, half * 2 + 1);
  }

  private word(at: number, word: number): number {
    return this.start[at * this.words + word]!;
  }
}

/** The slot of a value at or above the first one of the range. */
function slotOf(upper: number, lower: number, { lowUpper, lowLower }: Range, shift: number): number {
  const borrowed = lower < lowLower ? 1 : 0;
  const restUpper = upper - lowUpper - borrowed;
  const restLower = lower - lowLower + borrowed * WORD;
  return shift < 32 ? restUpper * 2 ** (32 - shift) + (restLower >>> shift) : restUpper >>> (shift - 32);
}
