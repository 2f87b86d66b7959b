/**
 * Longest prefix match over many prefixes of one family, as disjoint intervals: the prefixes are flattened once, a lookup is a binary search.
 */
import { PREFIX_WORDS, type PrefixColumns } from './prefix-columns.ts';
import { newWords } from './words.ts';

/** Interval i is `start[i]..start[i + 1] - 1` (the last one reaches the end of the family). A start has one word (IPv4) or four (IPv6). */
export interface AddressIntervals {
  readonly wordsPerAddress: 1 | 4;
  readonly start: Uint32Array;
  readonly target: Uint32Array;
}

/** Flattens the prefixes of one family, of which the first must be that of length 0, so that every address has a target. `targets`: of each prefix, whatever its family. */
export function flattenPrefixes(
  { count, count4, words, length, end }: PrefixColumns,
  family: 4 | 6,
  targets: Uint32Array,
): AddressIntervals {
  const from = family === 4 ? 0 : count4;
  const to = family === 4 ? count4 : count;
  const intervals = new IntervalList(family === 4 ? 1 : 4, 2 * (to - from));
  const after = new Uint32Array(PREFIX_WORDS);
  const open: number[] = [];
  for (let i = from; i <= to; i++) {
    while (open.length > 0 && end[open[open.length - 1]!]! <= i) {
      const closed = open.pop()!;
      // What an address follows is not the whole family, so the prefix of length 0 is still open.
      if (goPast(words, closed * PREFIX_WORDS, length[closed]!, after)) intervals.add(after, 0, targets[open[open.length - 1]!]!);
    }
    if (i === to) break;
    intervals.add(words, i * PREFIX_WORDS, targets[i]!);
    open.push(i);
  }
  return intervals.columns();
}

/**
 * Intervals with single addresses put over them: as `flattenPrefixes` with their prefixes behind the others. Addresses are ascending and distinct; address i has the target `first + i`,
 * which no interval has.
 */
export function putOver({ wordsPerAddress, start, target }: AddressIntervals, addresses: Uint32Array, first: number): AddressIntervals {
  const intervals = new IntervalList(wordsPerAddress, target.length + (2 * addresses.length) / wordsPerAddress);
  const after = new Uint32Array(PREFIX_WORDS);
  let next = 0;
  for (let i = 0; i < target.length; i++) {
    const end = (i + 1) * wordsPerAddress;
    intervals.add(start, i * wordsPerAddress, target[i]!);
    for (
      ;
      next < addresses.length && (end === start.length || isBefore(addresses, next, start, end, wordsPerAddress));
      next += wordsPerAddress
    ) {
      intervals.add(addresses, next, first + next / wordsPerAddress);
      if (goPast(addresses, next, wordsPerAddress * 32, after)) intervals.add(after, 0, target[i]!);
    }
  }
  return intervals.columns();
}

/** Intervals that are made in order. What is added at the start of the last one is put in its place. */
class IntervalList {
  private readonly wordsPerAddress: 1 | 4;
  private readonly start: Uint32Array;
  private readonly target: Uint32Array;
  private count = 0;

  /** `most`: how many are added at most. */
  constructor(wordsPerAddress: 1 | 4, most: number) {
    this.wordsPerAddress = wordsPerAddress;
    this.start = newWords(most * wordsPerAddress);
    this.target = newWords(most);
  }

  /** Adds an interval that begins at `words[at]`. */
  add(words: Uint32Array, at: number, target: number): void {
    const { wordsPerAddress, start } = this;
    const last = this.count - 1;
    if (last >= 0 && areSame(words, at, start, last * wordsPerAddress, wordsPerAddress)) {
      this.target[last] = target;
      // Neighbours with one target are one interval: the form is unique.
      if (last > 0 && this.target[last - 1] === target) this.count--;
    } else if (last < 0 || this.target[last] !== target) {
      for (let i = 0; i < wordsPerAddress; i++) start[this.count * wordsPerAddress + i] = words[at + i]!;
      this.target[this.count++] = target;
    }
  }

  columns(): AddressIntervals {
    const { wordsPerAddress, start, target, count } = this;
    return { wordsPerAddress, start: start.subarray(0, count * wordsPerAddress), target: target.subarray(0, count) };
  }
}

function areSame(a: Uint32Array, atA: number, b: Uint32Array, atB: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}

function isBefore(a: Uint32Array, atA: number, b: Uint32Array, atB: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (a[atA + i] !== b[atB + i]) return a[atA + i]! < b[atB + i]!;
  return false;
}

/** The address that follows the prefix at `words[at]`; false where it is the last of the family. */
function goPast(words: Uint32Array, at: number, length: number, into: Uint32Array): boolean {
  let word = (length - 1) >> 5;
  for (let i = 0; i < PREFIX_WORDS; i++) into[i] = i <= word ? words[at + i]! : 0;
  for (let step = 2 ** (-length & 31); word >= 0; word--, step = 1) {
    const sum = into[word]! + step;
    into[word] = sum;
    if (sum < 2 ** 32) return true;
  }
  return false;
}

/** The target of the interval that holds the address. */
export function lookupAddress({ wordsPerAddress, start, target }: AddressIntervals, words: readonly number[]): number {
  let low = 0;
  let high = target.length;
  // INVARIANT: start[low] <= words < start[high], where start[0] is the first address of the family.
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (startsAfter(start, middle * wordsPerAddress, words)) high = middle;
    else low = middle;
  }
  return target[low]!;
}

function startsAfter(start: Uint32Array, offset: number, words: readonly number[]): boolean {
  for (let i = 0; i < words.length; i++) {
    const word = start[offset + i]!;
    if (word !== words[i]) return word > words[i]!;
  }
  return false;
}
