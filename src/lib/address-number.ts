/**
 * Addresses as whole numbers, for ranges that are no blocks: next to each other, cut, merged.
 */
import type { IpAddress, IpPrefix } from './ip-address.ts';

/** `words`: one of IPv4, four of IPv6, most significant first. */
export function addressToNumber(words: ArrayLike<number>): bigint {
  let number = 0n;
  for (let i = 0; i < words.length; i++) number = (number << 32n) | BigInt(words[i]!);
  return number;
}

/** The reverse. */
export function numberToAddress(family: 4 | 6, number: bigint): IpAddress {
  const words = family === 4 ? [number] : [number >> 96n, number >> 64n, number >> 32n, number];
  return { family, words: words.map((word) => Number(word & 0xffffffffn)) };
}

/** The block that holds the addresses `first` to `last` and no other; undefined where there is none. */
export function blockOfRange(family: 4 | 6, first: bigint, last: bigint): IpPrefix | undefined {
  const size = last - first + 1n;
  if ((size & (size - 1n)) !== 0n || first % size !== 0n) return undefined;
  return { ...numberToAddress(family, first), length: (family === 4 ? 32 : 128) - (size.toString(2).length - 1) };
}
