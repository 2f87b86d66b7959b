/**
 * Different words with one hash: nothing that is drawn at random ever meets them, and whoever writes policies may.
 */
import { describe, expect, test } from 'vitest';
import { hashWords, ListInterner } from '../../../src/lib/interner.ts';
import { PageStore, shareOf } from '../../../src/lib/page-store.ts';
import { hashPair, PairInterner } from '../../../src/lib/pair-interner.ts';

const PAGE = 16;
const [FIRST, SECOND, GOLDEN] = [0xcc9e2d51, 0x1b873593, 0x9e3779b1];

describe('lists and pages', () => {
  const some = [1, 2, 3];
  const other = withHashOf(some, [4, 5]);
  const longer = withHashOf(some, some);
  const page = [...Array(PAGE - 1).keys(), 7];
  const otherPage = withSumOf(page, [9, ...page.slice(1, -1)]);

  test('have one hash', () => {
    const hashes = [some, other, longer].map((list) => hashWords(Uint32Array.from(list)));
    expect(new Set(hashes).size).toBe(1);
    expect(longer.slice(0, 3)).toEqual(some);
    expect(sumOf(otherPage)).toBe(sumOf(page));
    expect(otherPage).toHaveLength(PAGE);
  });

  test.each([
    ['of one length', [some, other]],
    ['the beginning of a list before', [longer, some]],
    ['a list before and more', [some, longer]],
    ['all of them', [other, longer, some]],
  ])('lists get numbers of their own: %s', (_, lists) => {
    const interner = new ListInterner();
    for (let round = 0; round < 2; round++) {
      expect(lists.map((list) => interner.intern(Uint32Array.from(list)))).toEqual([...lists.keys()]);
    }
    expect(lists.map((_, i) => [...interner.get(i)])).toEqual(lists);
  });

  test('pages get numbers of their own', () => {
    const store = new PageStore(PAGE);
    for (let round = 0; round < 2; round++) {
      expect([page, otherPage].map((words) => store.intern(Uint32Array.from(words)))).toEqual([0, 1]);
    }
    expect([...store.contents()]).toEqual([...page, ...otherPage]);
  });
});

test('pairs of one hash get numbers of their own', () => {
  const pairs = new PairInterner();
  // What the first word changes in the hash the second takes back.
  const other = inverse(SECOND, Math.imul(1, FIRST) ^ Math.imul(2, FIRST) ^ Math.imul(3, SECOND));
  expect(hashPair(2, other)).toBe(hashPair(1, 3));
  for (let round = 0; round < 2; round++) {
    expect([pairs.intern(1, 3), pairs.intern(2, other), pairs.intern(2, 3)]).toEqual([0, 1, 2]);
  }
});

/** `beginning` and one word more, which makes the hash that of `words` (the steps of `hashWords` backwards). */
function withHashOf(words: readonly number[], beginning: readonly number[]): number[] {
  const wanted = stateOf(words, words.length);
  const before = stateOf(beginning, beginning.length + 1);
  const turned = (wanted >>> 13) | (wanted << 19);
  return [...beginning, inverse(FIRST, before ^ inverse(SECOND, turned))];
}

/** The hash of a page. */
function sumOf(words: readonly number[]): number {
  return words.reduce((sum, word, i) => (sum + shareOf(i, word)) >>> 0, 0);
}

/** `beginning` and one word more, of which the share makes the hash that of `words` (the steps of `shareOf` backwards). */
function withSumOf(words: readonly number[], beginning: readonly number[]): number[] {
  let share = (sumOf(words) - sumOf(beginning)) | 0;
  share ^= (share >>> 13) ^ (share >>> 26);
  share = inverse(SECOND, share);
  share ^= (share >>> 15) ^ (share >>> 30);
  return [...beginning, (inverse(FIRST, share) ^ Math.imul(words.length, GOLDEN)) >>> 0];
}

/** The state of a hash of `length` words after some of them. */
function stateOf(words: readonly number[], length: number): number {
  let state = length;
  for (const word of words) {
    state = Math.imul(state ^ Math.imul(word, FIRST), SECOND);
    state = (state << 13) | (state >>> 19);
  }
  return state;
}

/** The x for which `factor` times x is `product`, of 32 bits; the factor is odd. */
function inverse(factor: number, product: number): number {
  let reciprocal = factor;
  // Each step doubles the bits that are right (Newton).
  for (let i = 0; i < 5; i++) reciprocal = Math.imul(reciprocal, 2 - Math.imul(factor, reciprocal));
  return Math.imul(reciprocal, product) >>> 0;
}
