/**
 * Addresses -> lookup targets, in batches: longest prefix match over everything that tables know. In come tables and a column of addresses, out comes a function that
 * fills a column of targets through the index of `address-index.ts`.
 *
 * A target below the number of endpoints (`tables.columns.endpointKind.length`) is the endpoint of the address, as flow batches have it. Every other target is no endpoint and must not
 * reach a kernel: an address with several owners, of a Service or of something unreadable (`Directory.resolveTarget` says which; `Engine.verdict` judges flows with such an
 * end), or, past all targets, an IPv4 address in IPv6 notation, which `Directory` refuses.
 *
 * A lookup is a WebAssembly function that is made for the tables, as in `kernel.ts`. It has no branch that nobody can foresee: every address goes through as many directories as nearly all need at
 * most, and reads directory 0 where it needs none; a slot that names an interval has its followers compared even where none can be passed.
 */

import { LinearMemory } from '../lib/linear-memory.ts';
import { type AddressIntervals, lookupAddress } from '../lib/prefix-table.ts';
import { type RowColumn, RowLoop } from '../lib/row-loop.ts';
import {
  type Column,
  choose,
  chooseWide,
  type FunctionBuilder,
  type I32Value,
  type Local,
  type WideLocal,
  wide,
} from '../lib/wasm-function.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import {
  type AddressIndex,
  DIRECTORY,
  DIRECTORY_CELLS,
  indexIntervals,
  KIND_BITS,
  KIND_MASK,
  LEAF_STARTS,
  LOWER,
} from './address-index.ts';

/** Writes the targets of the addresses `first` up to, without, `end` that are now in the column. Gives the number of those that are no endpoint. */
export type AddressLookup = (first: number, end: number) => number;

/**
 * A lookup of IPv4 addresses (a uint32 each, as in `10.0.0.1` = 0x0a000001), reading `addresses` and writing `targets`, which must have room for as many. To fill both ends of a flow
 * batch in one call, put the sources and then the destinations into one column, and let the columns of the batch be the two halves of `targets`. Making one takes time in proportion to the intervals.
 * For `memory` see `createKernel`.
 * @throws {RangeError} for tables without intervals of addresses, or when `memory` would be larger than 4 GB
 */
export function createIPv4Lookup(
  tables: RuleTables,
  addresses: Uint32Array,
  targets: Uint32Array,
  memory = new LinearMemory(),
): AddressLookup {
  const intervals = addressIntervals(tables.columns, 4);
  const find = new IndexCode(intervals, memory);
  const starts = memory.copy(lengthened(intervals.start, 1));
  return compileLookup(tables, addresses, targets, memory, find, (code, addressOf, row) => {
    const address = code.let(addressOf.at(row));
    return find.interval(code, { upper: code.letWide(address.widened()) }, (interval, further) =>
      starts.at(interval, further).atMost(address),
    );
  });
}

/**
 * A lookup of IPv6 addresses: as `createIPv4Lookup`, with four uint32 an address, most significant first.
 * @throws {RangeError} for tables without intervals of addresses, or when `memory` would be larger than 4 GB
 */
export function createIPv6Lookup(
  tables: RuleTables,
  addresses: Uint32Array,
  targets: Uint32Array,
  memory = new LinearMemory(),
): AddressLookup {
  const { endpointKind, sharedOwner } = tables.columns;
  const intervals = withoutMapped(addressIntervals(tables.columns, 6), endpointKind.length + sharedOwner.length);
  const find = new IndexCode(intervals, memory);
  const starts = memory.copy(swappedWords(lengthened(intervals.start, 4)));
  return compileLookup(tables, addresses, targets, memory, find, (code, addressOf, row) => {
    const upper = code.letWide(addressOf.pairAt(row, 0).swapped());
    const lower = code.letWide(addressOf.pairAt(row, 2).swapped());
    return find.interval(code, { upper, lower }, (interval, further) => {
      const at = code.let(interval.times(4));
      const start = code.letWide(starts.pairAt(at, further * 4));
      const isBefore = starts.pairAt(at, further * 4 + 2).atMost(lower);
      return choose(start.equals(upper), isBefore, start.below(upper));
    });
  });
}

function compileLookup(
  { columns }: RuleTables,
  addresses: Uint32Array,
  targets: Uint32Array,
  memory: LinearMemory,
  find: IndexCode,
  intervalOf: (code: FunctionBuilder, addressOf: RowColumn, row: Local) => Local,
): AddressLookup {
  const loop = new RowLoop(memory);
  const addressOf = loop.input(addresses, { perRow: find.wordsPerAddress });
  const foundTarget = loop.output(targets);
  return loop.compileSum((code, row) => {
    const target = code.let(find.targetOf.at(intervalOf(code, addressOf, row)));
    code.do(foundTarget.put(row, target));
    return target.below(columns.endpointKind.length).isZero();
  });
}

/** An address as the index has it: see there. */
interface Halves {
  readonly upper: WideLocal;
  readonly lower?: WideLocal;
}

/** The way through an index, as code. */
class IndexCode {
  readonly wordsPerAddress: number;
  readonly targetOf: Column;
  private readonly index: AddressIndex;
  private readonly slots: Column;
  private readonly directories: Column;

  constructor(intervals: AddressIntervals, memory: LinearMemory) {
    this.index = indexIntervals(intervals);
    this.wordsPerAddress = intervals.wordsPerAddress;
    this.slots = memory.copy(this.index.slots);
    this.directories = memory.copy(this.index.directories);
    this.targetOf = memory.narrowed(lengthened(intervals.target, 1));
  }

  /** The interval that holds an address. `startsAtMost` builds the comparison of the start of an interval, or one so many further on, with the address. */
  interval(code: FunctionBuilder, address: Halves, startsAtMost: (interval: Local, further: number) => I32Value): Local {
    const { directories, levels, deepest } = this.index;
    const found = code.let(this.slots.at(address.upper.shiftRight(wide(directories[DIRECTORY.shift]!)).narrowed()));
    for (let level = 0; level < levels; level++) this.descend(code, found, address);
    if (levels < deepest) {
      const isOpen = found.and(KIND_MASK);
      code.when(isOpen, () => code.repeat(() => this.descend(code, found, address), isOpen));
    }
    const interval = code.let(found.shiftRight(KIND_BITS));
    for (let step = (LEAF_STARTS + 1) / 2; step >= 1; step /= 2)
      code.set(interval, interval.plus(startsAtMost(interval, step).times(step)));
    return interval;
  }

  /** From the slot that was found to that in its directory, if it names one. */
  private descend(code: FunctionBuilder, found: Local, address: Halves): void {
    const isOpen = code.let(found.and(KIND_MASK));
    const directory = code.let(choose(isOpen, found.shiftRight(KIND_BITS).times(DIRECTORY_CELLS), 0));
    const key = this.keyIn(code, directory, found.and(LOWER), address);
    const low = code.letWide(this.directories.pairAt(directory, DIRECTORY.low));
    const last = code.let(this.directories.at(directory, DIRECTORY.last));
    const slot = code.letWide(key.minus(low).shiftRight(this.directories.at(directory, DIRECTORY.shift).widened()));
    const notPastLast = choose(slot.below(last.widened()), slot.narrowed(), last);
    const place = choose(key.below(low), 0, notPastLast);
    code.set(found, choose(isOpen, this.slots.at(this.directories.at(directory, DIRECTORY.firstSlot).plus(place)), found));
  }

  /** What a directory has slots for: a half of the address, or the first or last value where an address is before or after all with the upper half that lower ones are told apart in. */
  private keyIn(code: FunctionBuilder, directory: Local, isLower: I32Value, { upper, lower }: Halves): WideLocal {
    if (lower === undefined) return upper;
    const common = code.letWide(this.directories.pairAt(directory, DIRECTORY.upper));
    const inOrder = chooseWide(upper.equals(common), lower, chooseWide(upper.below(common), wide(0), wide(-1)));
    return code.letWide(chooseWide(isLower, inOrder, upper));
  }
}

/** The words of each half in each other's place. */
function swappedWords(words: Uint32Array): Uint32Array {
  return words.map((_, i) => words[i ^ 1]!);
}

/** A column with its last element once more for every follower that a comparison may read past it. */
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
