/**
 * Addresses -> lookup targets, in batches: longest prefix match over everything that tables know. In come tables and a column of addresses, out comes a function that
 * fills a column of targets through the index of `address-index.ts`.
 *
 * A target below the number of endpoints (`tables.columns.endpointKind.length`) is the endpoint of the address, as flow batches have it. Every other target is no endpoint and must not
 * reach a kernel: an address with several owners, of a Service or of something unreadable (`Directory.resolveTarget` says which; `Engine.verdict` judges flows with such an
 * end), or, past all targets, an IPv4 address in IPv6 notation, which `Directory` refuses.
 *
 * One closure of each function literal, for the reason in `kernel.ts`. Tried and refused: taking a block of addresses through the levels together with lists of those that are not settled, which
 * saves branches that are guessed wrong, but was 1.2 to 1.6 times slower; comparing 53 bits of an IPv6 address as one float64 first (1.2 times slower near starts); leaves of 64 bytes that hold the two
 * words which tell their starts apart (one cache line where three are read now, but more directories on the way: 1.5 to 2 times slower).
 */

import { narrow } from '../lib/narrow.ts';
import { type AddressIntervals, lookupAddress } from '../lib/prefix-table.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { type AddressIndex, indexIntervals, LEAF_STARTS } from './address-index.ts';

/** Writes the targets of the addresses `first` up to, without, `end` that are now in the column. Gives the number of those that are no endpoint. Allocates nothing. */
export type AddressLookup = (first: number, end: number) => number;

/**
 * A lookup of IPv4 addresses (a uint32 each, as in `10.0.0.1` = 0x0a000001), reading `addresses` and writing `targets`, which must have room for as many. To fill both ends of a flow
 * batch in one call, put the sources and then the destinations into one column, and let the columns of the batch be the two halves of `targets`. Making one takes time in proportion to the intervals.
 * @throws {RangeError} for tables without intervals of addresses
 */
export function createIPv4Lookup(tables: RuleTables, addresses: Uint32Array, targets: Uint32Array): AddressLookup {
  const { slots, directories, start, targetOf } = prepare(addressIntervals(tables.columns, 4));
  const endpoints = tables.columns.endpointKind.length;
  const rootShift = directories[1]!;

  return (first, end) => {
    let others = 0;
    for (let i = first; i < end; i = (i + 1) | 0) {
      const address = addresses[i]!;
      let found = slots[address >>> rootShift]!;
      while (found & 1) {
        // const { low, shift, firstSlot, lastSlot } = directory[found >>> 2];
        const at = (found >>> 2) << 3;
        const low = directories[at]!;
        const last = directories[at | 4]!;
        let slot = ((address - low) | 0) >>> directories[at | 1]!;
        if (slot > last || address < low) slot = address < low ? 0 : last;
        found = slots[(directories[at | 3]! + slot) | 0]!;
      }
      let target = found >>> 2;
      if (found & 2) {
        // The last of the interval and the seven behind it that does not start after the address.
        let interval = target | 0;
        interval = (interval + (+(start[(interval + 4) | 0]! <= address) << 2)) | 0;
        interval = (interval + (+(start[(interval + 2) | 0]! <= address) << 1)) | 0;
        target = targetOf[(interval + +(start[(interval + 1) | 0]! <= address)) | 0]!;
      }
      targets[i] = target;
      others = (others + +(target >= endpoints)) | 0;
    }
    return others;
  };
}

/**
 * A lookup of IPv6 addresses: as `createIPv4Lookup`, with four uint32 an address, most significant first.
 * @throws {RangeError} for tables without intervals of addresses
 */
export function createIPv6Lookup(tables: RuleTables, addresses: Uint32Array, targets: Uint32Array): AddressLookup {
  const { endpointKind, sharedOwner } = tables.columns;
  const noTarget = endpointKind.length + sharedOwner.length;
  const { slots, directories, start, targetOf } = prepare(withoutMapped(addressIntervals(tables.columns, 6), noTarget));
  const endpoints = endpointKind.length;
  const rootShift = directories[1]!;

  /** The target, as a slot holds it, of an address that is before or after all starts of a directory. */
  const outside = (address: number, at: number): number => {
    const first = directories[at + 5]!;
    let word = 0;
    while (addresses[address + word] === start[first * 4 + word]) word++;
    return targetOf[addresses[address + word]! < start[first * 4 + word]! ? first - 1 : directories[at + 6]!]! << 2;
  };

  return (first, end) => {
    let others = 0;
    for (let i = first; i < end; i = (i + 1) | 0) {
      const address = i << 2;
      const a0 = addresses[address]!;
      const a1 = addresses[address | 1]!;
      const a2 = addresses[address | 2]!;
      const a3 = addresses[address | 3]!;
      let found = slots[a0 >>> rootShift]!;
      while (found & 1) {
        // const { low, shift, word, firstSlot, lastSlot, firstStart } = directory[found >>> 2];
        const at = (found >>> 2) << 3;
        const low = directories[at]!;
        const word = directories[at | 2]!;
        const last = directories[at | 4]!;
        const key = addresses[(address + word) | 0]!;
        let slot = ((key - low) | 0) >>> directories[at | 1]!;
        if (slot > last || key < low) slot = key < low ? 0 : last;
        found = slots[(directories[at | 3]! + slot) | 0]!;
        // The words before the one that tells the starts apart are the same in all of them, and nearly always in the address.
        const common = directories[at | 5]! << 2;
        const differs =
          ((a0 ^ start[common]!) & -(word > 0)) | ((a1 ^ start[common | 1]!) & -(word > 1)) | ((a2 ^ start[common | 2]!) & -(word > 2));
        if (differs !== 0) found = outside(address, at);
      }
      let target = found >>> 2;
      if (found & 2) {
        // The last of the interval and the seven behind it that does not start after the address. Words are compared from the last to the first, without branches.
        let interval = target | 0;
        const fourth = ((interval + 4) << 2) | 0;
        let passed = +(start[fourth | 3]! <= a3);
        passed = +(start[fourth | 2]! < a2) | (+(start[fourth | 2]! === a2) & passed);
        passed = +(start[fourth | 1]! < a1) | (+(start[fourth | 1]! === a1) & passed);
        passed = +(start[fourth]! < a0) | (+(start[fourth]! === a0) & passed);
        interval = (interval + (passed << 2)) | 0;
        const second = ((interval + 2) << 2) | 0;
        passed = +(start[second | 3]! <= a3);
        passed = +(start[second | 2]! < a2) | (+(start[second | 2]! === a2) & passed);
        passed = +(start[second | 1]! < a1) | (+(start[second | 1]! === a1) & passed);
        passed = +(start[second]! < a0) | (+(start[second]! === a0) & passed);
        interval = (interval + (passed << 1)) | 0;
        const next = ((interval + 1) << 2) | 0;
        passed = +(start[next | 3]! <= a3);
        passed = +(start[next | 2]! < a2) | (+(start[next | 2]! === a2) & passed);
        passed = +(start[next | 1]! < a1) | (+(start[next | 1]! === a1) & passed);
        passed = +(start[next]! < a0) | (+(start[next]! === a0) & passed);
        target = targetOf[(interval + passed) | 0]!;
      }
      targets[i] = target;
      others = (others + +(target >= endpoints)) | 0;
    }
    return others;
  };
}

interface Prepared extends AddressIndex {
  /** Starts and targets of the intervals, and the last of each once more for every start that a comparison may read past it. */
  readonly start: Uint32Array;
  readonly targetOf: Uint16Array | Uint32Array;
}

function prepare(intervals: AddressIntervals): Prepared {
  const { wordsPerAddress, start, target } = intervals;
  return { ...indexIntervals(intervals), start: lengthened(start, wordsPerAddress), targetOf: narrow(lengthened(target, 1)) };
}

function lengthened(column: Uint32Array, words: number): Uint32Array {
  const longer = new Uint32Array(column.length + LEAF_STARTS * words);
  longer.set(column);
  const last = column.subarray(-words);
  for (let i = 0; i < LEAF_STARTS; i++) longer.set(last, column.length + i * words);
  return longer;
}

/** The intervals with one of `target` in place of all in `::ffff:0:0/96`. */
function withoutMapped(intervals: AddressIntervals, target: number): AddressIntervals {
  const { start, target: targets } = intervals;
  if (targets.length === 0) return intervals;
  const places = { ...intervals, target: Uint32Array.from(targets.keys()) };
  const before = lookupAddress(places, [0, 0, 0xfffe, 0xffffffff]) + 1;
  const after = lookupAddress(places, [0, 0, 0x10000, 0]) + 1;
  return {
    wordsPerAddress: 4,
    start: Uint32Array.from([...start.subarray(0, before * 4), 0, 0, 0xffff, 0, 0, 0, 0x10000, 0, ...start.subarray(after * 4)]),
    target: Uint32Array.from([...targets.subarray(0, before), target, targets[after - 1]!, ...targets.subarray(after)]),
  };
}
