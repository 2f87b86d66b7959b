/**
 * What the index is made of: where slots end, and what it refuses. That lookups through it are right is for `address-lookup.test.ts`.
 */
import { expect, test } from 'vitest';
import { indexIntervals } from '../../../src/evaluate/address-index.ts';
import type { AddressIntervals } from '../../../src/lib/prefix-table.ts';

/** Cells of each directory: first value, log2 of the width of a slot, word. */
function directoriesOf(intervals: AddressIntervals): number[][] {
  const { directories } = indexIntervals(intervals);
  return Array.from({ length: directories.length / 8 }, (_, i) => [...directories.subarray(i * 8, i * 8 + 3)]);
}

function ipv6(starts: readonly (readonly [number, number])[]): AddressIntervals {
  const all = [[0, 0] as const, ...starts];
  return { wordsPerAddress: 4, start: Uint32Array.from(all.flatMap(([a, b]) => [a, b, 0, 0])), target: Uint32Array.from(all.keys()) };
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

test('neighbours in a word get slots of their own where that settles them', () => {
  const first = 0x20010db0;
  const five = (word: number) => Array.from({ length: 5 }, (_, i) => [word, i + 1] as const);
  // Slots of two values would hold ten starts.
  expect(directoriesOf(ipv6([...five(first), ...five(first + 1), [first + 40, 0]]))).toEqual([
    [0, expect.any(Number), 0],
    [first, 0, 0],
  ]);
});

test('what only a later word tells apart gets a directory of that word', () => {
  const dense = Array.from({ length: 9 }, (_, i) => [0x20010db8, i * 16] as const);
  expect(directoriesOf(ipv6(dense))).toEqual([
    [0, expect.any(Number), 0],
    [0, 3, 1],
  ]);
});
