/**
 * Every prefix that a policy names, and the two that name everything: the address classes of the world outside.
 */
import { formatPrefix, type IpAddress, type IpPrefix } from '../lib/ip-address.ts';
import { PREFIX_WORDS, type PrefixColumns, prefixColumns } from '../lib/prefix-columns.ts';
import { type AddressIntervals, flattenPrefixes, lookupAddress } from '../lib/prefix-table.ts';
import { newWords } from '../lib/words.ts';

export interface PrefixIndex extends PrefixColumns {
  /** The longest prefix that holds each address. */
  readonly intervals: Readonly<Record<4 | 6, AddressIntervals>>;
  /**
   * The number of a prefix that is among them.
   * @throws {Error} if it is not
   */
  numberOf(prefix: IpPrefix): number;
  /** The longest prefix that holds this address. */
  leafOf(address: IpAddress): number;
}

const EVERYTHING: readonly IpPrefix[] = [
  { family: 4, words: [0], length: 0 },
  { family: 6, words: [0, 0, 0, 0], length: 0 },
];

/** `named`: what policies name; equal ones may be among them several times. */
export function indexPrefixes(named: Iterable<IpPrefix>): PrefixIndex {
  const columns = prefixColumns([...EVERYTHING, ...named]);
  const numbers = newWords(columns.count);
  for (let i = 0; i < numbers.length; i++) numbers[i] = i;
  const intervals = { 4: flattenPrefixes(columns, 4, numbers), 6: flattenPrefixes(columns, 6, numbers) };
  const leafOf = ({ family, words }: IpAddress): number => lookupAddress(intervals[family], words);
  const numberOf = (prefix: IpPrefix): number => {
    // The longest one with its first address begins there, too, and those that begin there follow each other.
    let number = leafOf(prefix);
    while (number >= 0 && columns.length[number] !== prefix.length) number--;
    if (number < 0 || !isAmong(columns, number, prefix))
      throw new Error(`prefix ${formatPrefix(prefix)} was not among those that were named`);
    return number;
  };
  return { ...columns, intervals, numberOf, leafOf };
}

/** Has the prefix of this number the family and the address? */
function isAmong({ count4, words }: PrefixColumns, number: number, prefix: IpPrefix): boolean {
  if (number < count4 !== (prefix.family === 4)) return false;
  for (let w = 0; w < prefix.words.length; w++) if (words[number * PREFIX_WORDS + w] !== prefix.words[w]) return false;
  return true;
}
