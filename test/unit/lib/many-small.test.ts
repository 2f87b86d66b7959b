/**
 * Structures that hold many small things in a few columns.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexPrefixes } from '../../../src/compile/prefixes.ts';
import { orderOfRows } from '../../../src/lib/ascending.ts';
import { GrowableLists } from '../../../src/lib/growable-lists.ts';
import {
  comparePrefixes,
  compareWords,
  hostPrefix,
  type IpPrefix,
  maskWords,
  parsePrefix,
  prefixContains,
} from '../../../src/lib/ip-address.ts';
import { PairInterner } from '../../../src/lib/pair-interner.ts';
import { prefixColumns } from '../../../src/lib/prefix-columns.ts';
import { putOver } from '../../../src/lib/prefix-table.ts';
import { flattenTargets } from '../../support/flatten-targets.ts';

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

/** Few bits in use, so that prefixes nest and touch, and addresses carry over words. */
const WORD = fc.constantFrom(0, 1, 2, 3, 4, 0x0a000000, 0x0a000001, 0x0affffff, 0x0b000000, 0xfffffffe, 0xffffffff);

function wordsOf(family: 4 | 6): fc.Arbitrary<readonly number[]> {
  const count = family === 4 ? 1 : 4;
  return fc.array(WORD, { minLength: count, maxLength: count });
}

function prefixOf(family: 4 | 6): fc.Arbitrary<IpPrefix> {
  return fc.tuple(wordsOf(family), fc.integer({ min: 0, max: family === 4 ? 32 : 128 })).map(([words, length]) => {
    return { family, words: maskWords(words, length), length };
  });
}

describe.each([4, 6] as const)('addresses put over intervals, IPv%d', (family) => {
  const everything: IpPrefix = { family, words: family === 4 ? [0] : [0, 0, 0, 0], length: 0 };

  test('give what flattening them as prefixes behind the others gives', () => {
    const hostsOfFamily = fc.uniqueArray(wordsOf(family), { maxLength: 8, selector: String });
    fc.assert(
      fc.property(fc.array(prefixOf(family), { maxLength: 8 }), hostsOfFamily, (list, hosts) => {
        const distinct = [everything, ...list].filter(
          (each, i, all) => !all.slice(0, i).some((other) => comparePrefixes(each, other) === 0),
        );
        const blocks = distinct.map((prefix, target) => ({ prefix, target }));
        const addresses = hosts.toSorted(compareWords);
        const owners = addresses.map((words, i) => ({ prefix: hostPrefix({ family, words }), target: 100 + i }));
        const over = putOver(flattenTargets(blocks, family), Uint32Array.from(addresses.flat()), 100);
        expect(over).toEqual(flattenTargets([...blocks, ...owners], family));
      }),
      { numRuns: 2000, seed: 12 },
    );
  });
});

describe('prefixes as columns', () => {
  const some = fc.array(fc.oneof(prefixOf(4), prefixOf(6)), { maxLength: 16 });

  test('stand in the order of comparePrefixes, each once, with what is inside behind it', () => {
    fc.assert(
      fc.property(some, (list) => {
        const sorted = list.toSorted(comparePrefixes).filter((each, i, all) => i === 0 || comparePrefixes(each, all[i - 1]!) !== 0);
        const { count, count4, words, length, end } = prefixColumns(list);
        expect(count).toBe(sorted.length);
        expect(count4).toBe(sorted.filter(({ family }) => family === 4).length);
        expect([...words]).toEqual(sorted.flatMap((prefix) => [...prefix.words, 0, 0, 0].slice(0, 4)));
        expect([...length]).toEqual(sorted.map((prefix) => prefix.length));
        for (const [i, outer] of sorted.entries()) {
          const inside = sorted.flatMap((inner, k) => (prefixContains(outer, inner) ? [k] : []));
          expect(inside).toEqual(Array.from({ length: end[i]! - i }, (_, k) => i + k));
        }
      }),
      { numRuns: 2000, seed: 13 },
    );
  });

  test('are found by their first address and their length', () => {
    fc.assert(
      fc.property(some, (list) => {
        const index = indexPrefixes(list);
        for (const prefix of list) {
          const number = index.numberOf(prefix);
          const words = [...index.words.subarray(number * 4, number * 4 + prefix.words.length)];
          expect({ family: number < index.count4 ? 4 : 6, words, length: index.length[number] }).toEqual(prefix);
        }
      }),
      { numRuns: 2000, seed: 14 },
    );
  });
});

test.each(['10.2.0.0/16', '10.1.0.0/17', '9.0.0.0/8', 'a00::/8', 'a00::/7'])('a prefix that was not named has no number: %s', (text) => {
  const named = ['10.0.0.0/8', '10.1.0.0/16', '10.1.0.0/24', '8.0.0.0/7', 'a00::/16'].map((each) => parsePrefix(each)!.prefix);
  const index = indexPrefixes(named);
  expect(new Set(named.map((prefix) => index.numberOf(prefix))).size).toBe(named.length);
  expect(() => index.numberOf(parsePrefix(text)!.prefix)).toThrow(`prefix ${text} was not among those that were named`);
});

test('rows are ordered by their first column, then by the second, and as they stand where they are equal', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 40 }), (rows) => {
      const columns = [Uint32Array.from(rows, ([first]) => first), Uint32Array.from(rows, ([, second]) => second)];
      const expected = [...rows.keys()].sort((a, b) => rows[a]![0] - rows[b]![0] || rows[a]![1] - rows[b]![1] || a - b);
      expect([...orderOfRows(columns)]).toEqual(expected);
    }),
    { numRuns: 500, seed: 15 },
  );
});
