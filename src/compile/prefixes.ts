/**
 * Every prefix that a policy names, and the two that name everything: the address classes of the world outside.
 */
import { comparePrefixes, type IpAddress, type IpPrefix, prefixContains } from '../lib/ip-address.ts';
import { type AddressIntervals, flattenPrefixes, lookupAddress } from '../lib/prefix-table.ts';

/**
 * Prefixes in the order of `comparePrefixes`, without duplicates, so that everything inside prefix i is `i..end[i] - 1`.
 */
export interface PrefixIndex {
  readonly prefixes: readonly IpPrefix[];
  readonly end: Uint32Array;
  /** The longest prefix that holds each address. */
  readonly intervals: Readonly<Record<4 | 6, AddressIntervals>>;
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
  const sorted = [...EVERYTHING, ...named].sort(comparePrefixes);
  const prefixes = sorted.filter((prefix, i) => i === 0 || comparePrefixes(prefix, sorted[i - 1]!) !== 0);
  const numbers = new Map(prefixes.map((prefix, i) => [prefixKey(prefix), i]));
  const intervals = { 4: flatten(prefixes, 4), 6: flatten(prefixes, 6) };
  return {
    prefixes,
    end: subtreeEnds(prefixes),
    intervals,
    numberOf: (prefix) => numbers.get(prefixKey(prefix))!,
    leafOf: (address) => lookupAddress(intervals[address.family], address.words),
  };
}

function flatten(prefixes: readonly IpPrefix[], family: 4 | 6): AddressIntervals {
  const entries = prefixes.flatMap((prefix, target) => (prefix.family === family ? [{ prefix, target }] : []));
  return flattenPrefixes(entries, family);
}

function subtreeEnds(prefixes: readonly IpPrefix[]): Uint32Array {
  const end = new Uint32Array(prefixes.length);
  const open: number[] = [];
  for (let i = 0; i <= prefixes.length; i++) {
    while (open.length > 0 && (i === prefixes.length || !prefixContains(prefixes[open[open.length - 1]!]!, prefixes[i]!))) {
      end[open.pop()!] = i;
    }
    open.push(i);
  }
  return end;
}

function prefixKey({ words, length }: IpPrefix): string {
  return `${words.join('.')}/${length}`;
}
