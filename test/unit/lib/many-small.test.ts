/**
 * Structures that hold many small things in a few columns.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GrowableLists } from '../../../src/lib/growable-lists.ts';
import { comparePrefixes, hostPrefix, type IpPrefix, maskWords } from '../../../src/lib/ip-address.ts';
import { PairInterner } from '../../../src/lib/pair-interner.ts';
import { flattenPrefixes, putOver } from '../../../src/lib/prefix-table.ts';

test('lists one after the other keep their items apart, empty ones too', () => {
  const lists = new GrowableLists();
  for (const items of [[7, 8], [], [9]]) {
    lists.items.pushAll(items);
    expect(lists.close()).toBe(lists.count - 1);
  }
  expect([0, 1, 2].map((list) => lists.copy(list))).toEqual([[7, 8], [], [9]]);
  expect(lists.start(2)).toBe(2);
  expect(lists.add([5, 6])).toBe(3);
  expect([...lists.get(3)]).toEqual([5, 6]);
  expect({ start: [...lists.columns().start], items: [...lists.columns().items] }).toEqual({
    start: [0, 2, 2, 3, 5],
    items: [7, 8, 9, 5, 6],
  });
});

test('pairs are numbered in order of first appearance, whichever half differs', () => {
  const pair = fc.tuple(fc.constantFrom(0, 1, 2, 0xfffffffe, 0xffffffff), fc.nat(200));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 600, size: 'max' }), (pairs) => {
      const interner = new PairInterner();
      const distinct = [...new Set(pairs.map(String))];
      expect(pairs.map(([first, second]) => interner.intern(first, second))).toEqual(pairs.map((each) => distinct.indexOf(String(each))));
      expect(interner.count).toBe(distinct.length);
    }),
    { numRuns: 100, seed: 12 },
  );
});

describe('addresses put over intervals', () => {
  const everything: IpPrefix = { family: 4, words: [0], length: 0 };
  const word = fc.constantFrom(0, 1, 2, 3, 4, 0x0a000000, 0x0a000001, 0x0affffff, 0x0b000000, 0xfffffffe, 0xffffffff);
  const prefix = fc.tuple(word, fc.integer({ min: 0, max: 32 })).map(([bits, length]): IpPrefix => {
    return { family: 4, words: maskWords([bits], length), length };
  });

  test('give what flattening them as prefixes behind the others gives', () => {
    fc.assert(
      fc.property(fc.array(prefix, { maxLength: 8 }), fc.uniqueArray(word, { maxLength: 8 }), (list, hosts) => {
        const distinct = [everything, ...list]
          .sort(comparePrefixes)
          .filter((each, i, all) => i === 0 || comparePrefixes(each, all[i - 1]!) !== 0);
        const blocks = distinct.map((each, target) => ({ prefix: each, target }));
        const addresses = hosts.sort((a, b) => a - b);
        const owners = addresses.map((address, i) => ({ prefix: hostPrefix({ family: 4, words: [address] }), target: 100 + i }));
        const together = [...blocks, ...owners].sort((a, b) => comparePrefixes(a.prefix, b.prefix));
        expect(putOver(flattenPrefixes(blocks, 4), Uint32Array.from(addresses), 100)).toEqual(flattenPrefixes(together, 4));
      }),
      { numRuns: 2000, seed: 12 },
    );
  });
});
