/**
 * Trees of pages hold what was written, store equal pages once, and cost a path for each difference.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PageTree } from '../../../src/compile/page-tree.ts';
import { PageStore } from '../../../src/lib/page-store.ts';
import { checkProperty } from '../../support/check.ts';

/** Lists that share their store with others: two words before theirs, one after. */
class Lists {
  readonly tree: PageTree;
  readonly store: PageStore;
  private readonly leaves: number;

  constructor(leaves: number, depth: number, word: number) {
    this.leaves = leaves;
    this.store = new PageStore(PageTree.topLength(leaves, depth) + 3);
    this.tree = new PageTree(leaves, depth, this.store, 2);
    this.store.openUniform(9);
    this.tree.fill(word);
    expect(this.store.close()).toBe(0);
  }

  /** The list like `list` with some words changed, in ascending order. */
  derive(list: number, changes: readonly (readonly [at: number, word: number])[]): number {
    this.store.open(list);
    for (const [at, word] of changes) {
      this.tree.set(at, word);
      expect(this.tree.get(at)).toBe(word);
    }
    this.tree.close();
    return this.store.close();
  }

  top(list: number): number[] {
    const length = this.store.wordsPerPage;
    return Array.from(this.store.contents().subarray(list * length, (list + 1) * length));
  }

  read(list: number): number[] {
    const { levels } = this.tree;
    const top = this.top(list);
    expect([top[0], top[1], top[top.length - 1]]).toEqual([9, 9, 9]);
    return Array.from({ length: this.leaves * 16 }, (_, word) => {
      const depth = levels.length - 1;
      let number = top[2 + (word >>> (4 * (depth + 1)))]!;
      for (let level = depth; level >= 0; level--) number = levels[level]!.contents()[number * 16 + ((word >>> (4 * level)) & 15)]!;
      return number;
    });
  }
}

const edits = fc.record({
  depth: fc.constantFrom(1, 2),
  leaves: fc.constantFrom(1, 15, 16, 17, 255, 256, 257, 600),
  word: fc.nat(3),
  lists: fc.array(fc.uniqueArray(fc.tuple(fc.nat(600 * 16 - 1), fc.nat(5)), { selector: ([at]) => at, maxLength: 40 }), {
    minLength: 1,
    maxLength: 5,
  }),
});

type Edits = typeof edits extends fc.Arbitrary<infer T> ? T : never;

describe('a tree of pages', () => {
  test('holds what was written into each list, from one list to the next', () => {
    const check = ({ depth, leaves, word, lists }: Edits): void => {
      const made = new Lists(leaves, depth, word);
      const expected = new Array<number>(leaves * 16).fill(word);
      const kept = new Map([[0, [...expected]]]);
      let last = 0;
      for (const list of lists) {
        const changes = list.filter(([at]) => at < expected.length).sort(([a], [b]) => a - b);
        for (const [at, value] of changes) expected[at] = value;
        last = made.derive(last, changes);
        expect(kept.get(last) ?? expected).toEqual(expected);
        kept.set(last, [...expected]);
      }
      expect(made.store.pageCount).toBe(kept.size);
      for (const [list, words] of kept) expect(made.read(list)).toEqual(words);
    };
    checkProperty(edits, check, { runs: 200, file: 'test/unit/compile/page-tree.test.ts', print: (value) => JSON.stringify(value) });
  });

  test('stores a path of pages for one changed word, and nothing for one that is written again', () => {
    const lists = new Lists(600, 2, 7);
    const pages = () => lists.tree.levels.map(({ pageCount }) => pageCount);
    expect(pages()).toEqual([1, 1, 1]);
    expect(lists.top(0)).toHaveLength(3 + 3);
    expect(lists.derive(0, [[4805, 8]])).toBe(1);
    expect(pages()).toEqual([2, 2, 2]);
    expect(lists.derive(1, [[4805, 8]])).toBe(1);
    expect(lists.derive(0, [[4805, 8]])).toBe(1);
    expect(pages()).toEqual([2, 2, 2]);
    expect(lists.derive(1, [[4805, 7]])).toBe(0);
    expect(pages()).toEqual([2, 2, 2]);
  });
});
