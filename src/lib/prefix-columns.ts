/**
 * Prefixes as columns, in the order of `comparePrefixes`, each once: millions of them need no object each.
 */
import { orderOfRows } from './ascending.ts';
import { type IpPrefix, wordMask } from './ip-address.ts';
import { newWords } from './words.ts';

/** What every prefix has, whatever its family. */
export const PREFIX_WORDS = 4;

/** Everything inside prefix i is `i..end[i] - 1`. */
export interface PrefixColumns {
  readonly count: number;
  /** How many are of IPv4. They come first. */
  readonly count4: number;
  /** Four each: an address of IPv4 is in the first, and the others are 0. */
  readonly words: Uint32Array;
  readonly length: Uint8Array;
  readonly end: Uint32Array;
}

/** `given`: in any order, and equal ones may be among them several times. */
export function prefixColumns(given: readonly IpPrefix[]): PrefixColumns {
  const rows = rowsOf(given);
  const order = orderOfRows(rows);
  const words = newWords(given.length * PREFIX_WORDS);
  const length = new Uint8Array(given.length);
  let count = 0;
  let count4 = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    if (i > 0 && areEqual(rows, row, order[i - 1]!)) continue;
    for (let w = 0; w < PREFIX_WORDS; w++) words[count * PREFIX_WORDS + w] = rows[1 + w]![row]!;
    length[count++] = rows[LENGTH]![row]!;
    if (rows[FAMILY]![row] === 4) count4++;
  }
  const columns = { count, count4, words: words.subarray(0, count * PREFIX_WORDS), length: length.subarray(0, count) };
  return { ...columns, end: subtreeEnds(columns) };
}

const FAMILY = 0;
const LENGTH = 1 + PREFIX_WORDS;

/** The family, the words and the length of each, in this order. */
function rowsOf(given: readonly IpPrefix[]): readonly Uint32Array[] {
  const rows: Uint32Array[] = [];
  for (let column = 0; column <= LENGTH; column++) rows.push(newWords(given.length));
  for (let i = 0; i < given.length; i++) {
    const { family, words, length } = given[i]!;
    rows[FAMILY]![i] = family;
    for (let w = 0; w < words.length; w++) rows[1 + w]![i] = words[w]!;
    rows[LENGTH]![i] = length;
  }
  return rows;
}

function areEqual(rows: readonly Uint32Array[], a: number, b: number): boolean {
  for (let column = LENGTH; column >= 0; column--) if (rows[column]![a] !== rows[column]![b]) return false;
  return true;
}

function subtreeEnds(columns: Omit<PrefixColumns, 'end'>): Uint32Array {
  const { count, count4 } = columns;
  const end = newWords(count);
  const open: number[] = [];
  for (let i = 0; i <= count; i++) {
    // Nothing holds what is past the end, and no prefix of IPv4 one of IPv6.
    const none = i === count4 || i === count;
    while (open.length > 0 && (none || !holds(columns, open[open.length - 1]!, i))) end[open.pop()!] = i;
    open.push(i);
  }
  return end;
}

/** Is the second inside the first, or equal to it? Both are of one family. */
function holds({ words, length }: Omit<PrefixColumns, 'end'>, outer: number, inner: number): boolean {
  const bits = length[outer]!;
  if (length[inner]! < bits) return false;
  for (let w = 0; w * 32 < bits; w++) {
    const differing = words[outer * PREFIX_WORDS + w]! ^ words[inner * PREFIX_WORDS + w]!;
    if ((differing & wordMask(bits - w * 32)) !== 0) return false;
  }
  return true;
}
