/**
 * Longest prefix match over many prefixes of one family, as disjoint intervals: the prefixes are flattened once, a lookup is a binary search.
 */
import { compareWords, type IpPrefix, lastWords } from './ip-address.ts';

/** Interval i is `start[i]..start[i + 1] - 1` (the last one reaches the end of the family). A start has one word (IPv4) or four (IPv6). */
export interface AddressIntervals {
  readonly wordsPerAddress: 1 | 4;
  readonly start: Uint32Array;
  readonly target: Uint32Array;
}

export interface PrefixTarget {
  readonly prefix: IpPrefix;
  readonly target: number;
}

/**
 * Flattens prefixes of one family. `entries` are in the order of `comparePrefixes`; of equal prefixes the last counts. The first must be the prefix of length 0, so
 * that every address has a target.
 */
export function flattenPrefixes(entries: readonly PrefixTarget[], family: 4 | 6): AddressIntervals {
  const wordsPerAddress = family === 4 ? 1 : 4;
  const starts: (readonly number[])[] = [];
  const targets: number[] = [];
  const emit = (start: readonly number[], target: number): void => {
    const last = starts.length - 1;
    if (last >= 0 && compareWords(starts[last]!, start) === 0) {
      targets[last] = target;
      // Neighbours with one target are one interval: the form is unique.
      if (targets[last - 1] === target) {
        starts.pop();
        targets.pop();
      }
    } else if (targets[last] !== target) {
      starts.push(start);
      targets.push(target);
    }
  };
  const open: { readonly last: readonly number[]; readonly target: number }[] = [];
  const closeBefore = (start: readonly number[] | undefined): void => {
    while (open.length > 0) {
      const { last } = open[open.length - 1]!;
      if (start !== undefined && compareWords(last, start) >= 0) return;
      open.pop();
      const after = successor(last);
      // What an address follows is not the whole family, so the prefix of length 0 is still open.
      if (after !== undefined) emit(after, open[open.length - 1]!.target);
    }
  };
  for (const { prefix, target } of entries) {
    closeBefore(prefix.words);
    emit(prefix.words, target);
    open.push({ last: lastWords(prefix.words, prefix.length), target });
  }
  closeBefore(undefined);
  return { wordsPerAddress, start: Uint32Array.from(starts.flat()), target: Uint32Array.from(targets) };
}

/**
 * IPv4 intervals with single addresses put over them: as `flattenPrefixes` with their prefixes behind the others. Addresses are ascending and distinct; address i has the target `first + i`,
 * which no interval has.
 */
export function putOver({ start, target }: AddressIntervals, addresses: Uint32Array, first: number): AddressIntervals {
  const starts = new Uint32Array(start.length + 2 * addresses.length);
  const found = new Uint32Array(starts.length);
  let count = 0;
  const emit = (from: number, of: number): void => {
    starts[count] = from;
    found[count++] = of;
  };
  let next = 0;
  for (let i = 0; i < start.length; i++) {
    const end = i + 1 < start.length ? start[i + 1]! : 2 ** 32;
    let from = start[i]!;
    for (; next < addresses.length && addresses[next]! < end; next++) {
      if (from < addresses[next]!) emit(from, target[i]!);
      emit(addresses[next]!, first + next);
      from = addresses[next]! + 1;
    }
    if (from < end) emit(from, target[i]!);
  }
  return { wordsPerAddress: 1, start: starts.slice(0, count), target: found.slice(0, count) };
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

/** The next address, or undefined after the last of the family. */
function successor(words: readonly number[]): number[] | undefined {
  const next = [...words];
  for (let i = next.length - 1; i >= 0; i--) {
    if (next[i] !== 0xffffffff) {
      next[i]! += 1;
      return next;
    }
    next[i] = 0;
  }
  return undefined;
}
