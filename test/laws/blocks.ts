/**
 * CIDR arithmetic on whole numbers for the laws: a block is a range, a range is a list of blocks. Nothing of it is shared with the engine or the reference.
 */
import { addressText, addressValue, blockRange } from '../../src/fuzz/addresses.ts';

export const WIDTH: Readonly<Record<4 | 6, number>> = { 4: 32, 6: 128 };

export interface Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

export function rangeOf(cidr: string): Range {
  return blockRange(cidr);
}

export function lengthOf(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}

/** The fewest blocks that make up a range. */
export function blocksOf({ family, first, last }: Range): string[] {
  const blocks: string[] = [];
  for (let at = first; at <= last; ) {
    let size = 1n;
    while (at % (size * 2n) === 0n && at + size * 2n - 1n <= last) size *= 2n;
    blocks.push(`${addressText(family, at)}/${WIDTH[family] - (size.toString(2).length - 1)}`);
    at += size;
  }
  return blocks;
}

/** What is left of a block without its exceptions. */
export function difference(cidr: string, excepts: readonly string[]): string[] {
  let left = [rangeOf(cidr)];
  for (const except of excepts.map(rangeOf)) {
    left = left.flatMap((range): Range[] => {
      if (except.family !== range.family || except.last < range.first || except.first > range.last) return [range];
      return [
        { ...range, last: except.first - 1n },
        { ...range, first: except.last + 1n },
      ].filter(({ first, last }) => first <= last);
    });
  }
  return left.flatMap(blocksOf);
}

export function isInside(inner: string, outer: string): boolean {
  const [a, b] = [rangeOf(inner), rangeOf(outer)];
  return a.family === b.family && b.first <= a.first && a.last <= b.last;
}

/** The halves of a block that is not a single address. */
export function halvesOf(cidr: string): [string, string] {
  const { family, first, last } = rangeOf(cidr);
  const length = lengthOf(cidr) + 1;
  const middle = first + (last - first + 1n) / 2n;
  return [`${addressText(family, first)}/${length}`, `${addressText(family, middle)}/${length}`];
}

/** The block with an exclusive or of a constant over its network bits. */
export function xorBlock(cidr: string, constant: bigint): string {
  const { family, first } = rangeOf(cidr);
  const rest = BigInt(WIDTH[family] - lengthOf(cidr));
  return `${addressText(family, ((first ^ constant) >> rest) << rest)}/${lengthOf(cidr)}`;
}

export function xorAddress(text: string, constant: bigint): string {
  const { family, value } = addressValue(text);
  return addressText(family, value ^ constant);
}

/** The block with other bits beyond its prefix length. */
export function withHostBits(cidr: string, bits: bigint): string {
  const { family, first, last } = rangeOf(cidr);
  return `${addressText(family, first + (bits % (last - first + 1n)))}/${lengthOf(cidr)}`;
}
