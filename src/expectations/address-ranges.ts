/**
 * Ranges of addresses as numbers: a block without its exceptions, and the parts of it that tables tell apart.
 */
import { addressToNumber, blockOfRange, numberToAddress } from '../lib/address-number.ts';
import { formatAddress, formatPrefix, lastWords, parsePrefix } from '../lib/ip-address.ts';
import type { AddressIntervals } from '../lib/prefix-table.ts';

export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Addresses that one target stands for. */
export interface TargetRange extends AddressRange {
  readonly target: number;
}

const MAPPED = '::ffff:0:0/96';

/** Every address of the block, ascending, without those of the exceptions and without IPv4 addresses in IPv6 notation, which are none. */
export function rangesOfBlock(cidr: string, except: readonly string[]): AddressRange[] {
  const whole = rangeOf(cidr);
  let ranges = [whole];
  for (const each of [...except, ...(whole.family === 6 ? [MAPPED] : [])]) {
    const { first, last } = rangeOf(each);
    ranges = ranges.flatMap((range) => [
      ...(range.first < first ? [{ ...range, last: min(range.last, first - 1n) }] : []),
      ...(range.last > last ? [{ ...range, first: max(range.first, last + 1n) }] : []),
    ]);
  }
  return ranges;
}

/** The parts of a range that have one target each, ascending. */
export function targetsIn({ wordsPerAddress: size, start, target }: AddressIntervals, range: AddressRange): TargetRange[] {
  const startOf = (i: number): bigint => addressToNumber(start.subarray(i * size, (i + 1) * size));
  let low = 0;
  let high = target.length;
  // INVARIANT: the interval `low` begins at or before the range, the interval `high` after it.
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (startOf(middle) <= range.first) low = middle;
    else high = middle;
  }
  const found: TargetRange[] = [];
  for (let i = low; i < target.length && startOf(i) <= range.last; i++) {
    const end = i + 1 < target.length ? startOf(i + 1) - 1n : range.last;
    found.push({ family: range.family, first: max(startOf(i), range.first), last: min(end, range.last), target: target[i]! });
  }
  return found;
}

/** An address, a block, or `first-last`. */
export function formatRange({ family, first, last }: AddressRange): string {
  const text = (number: bigint): string => formatAddress(numberToAddress(family, number));
  if (first === last) return text(first);
  const block = blockOfRange(family, first, last);
  return block === undefined ? `${text(first)}-${text(last)}` : formatPrefix(block);
}

/** INVARIANT: the text has been checked. */
function rangeOf(cidr: string): AddressRange {
  const { family, words, length } = parsePrefix(cidr)!.prefix;
  return { family, first: addressToNumber(words), last: addressToNumber(lastWords(words, length)) };
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
