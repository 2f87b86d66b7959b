/**
 * What the index is made of: where slots end, and what it refuses. That lookups through it are right is for `address-lookup.test.ts`.
 */
import { expect, test } from 'vitest';
import { indexIntervals } from '../../../src/evaluate/address-index.ts';
import type { AddressIntervals } from '../../../src/lib/prefix-table.ts';

/** Of each directory: first value of the half and the upper half of its starts (upper word first), log2 of the width of a slot. */
function directoriesOf(intervals: AddressIntervals): number[][] {
  const { directories } = indexIntervals(intervals);
  return Array.from({ length: directories.length / 8 }, (_, i) => [1, 0, 3, 2, 4].map((cell) => directories[i * 8 + cell]!));
}

function ipv6(starts: readonly (readonly [number, number, number?])[]): AddressIntervals {
  const all = [[0, 0] as const, ...starts];
  return {
    wordsPerAddress: 4,
    start: Uint32Array.from(all.flatMap(([a, b, d = 0]) => [a, b, 0, d])),
    target: Uint32Array.from(all.keys()),
  };
}

test('no interval, and more than numbers are for, are refused', () => {
  const intervals = (count: number): AddressIntervals => ({
    wordsPerAddress: 1,
    start: new Uint32Array(1),
    target: { length: count } as Uint32Array,
  });
  for (const count of [0, 2 ** 29, 2 ** 29 + 1]) {
    expect(() => indexIntervals(intervals(count))).toThrow(new RangeError(`expected 1 to 536870911 intervals, got ${count}`));
  }
  expect(directoriesOf({ wordsPerAddress: 1, start: new Uint32Array(1), target: new Uint32Array(1) })).toHaveLength(1);
});

test('neighbours get slots of their own where that settles them, and what their values have in common costs no directory', () => {
  const first = 0x20010db0;
  const five = (word: number) => Array.from({ length: 5 }, (_, i) => [word, i + 1] as const);
  const tables = ipv6([...five(first), ...five(first + 1), [first + 40, 0]]);
  // Slots of two values of the first word would hold ten starts.
  expect(directoriesOf(tables)).toEqual([
    [0, 0, 0, 0, expect.any(Number)],
    [first, 1, 0, 0, 32],
  ]);
  expect(indexIntervals(tables)).toMatchObject({ levels: 1, deepest: 1 });
});

test('what only the lower half tells apart gets a directory of that half, which names the upper one', () => {
  const dense = Array.from({ length: 9 }, (_, i) => [0x20010db8, 7, (i + 1) * 16] as const);
  expect(directoriesOf(ipv6(dense))).toEqual([
    [0, 0, 0, 0, expect.any(Number)],
    [0, 16, 0x20010db8, 7, 3],
  ]);
});

test('a directory for few of many starts is no level that all addresses go through', () => {
  const spread = Array.from({ length: 180 }, (_, i) => [(i + 1) * 2 ** 24, 0] as const);
  const few = Array.from({ length: 9 }, (_, i) => [0xffffffff, 7, i + 1] as const);
  expect(indexIntervals(ipv6([...spread, ...few]))).toMatchObject({ levels: 0, deepest: 1 });
});
