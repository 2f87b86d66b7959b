/**
 * Trees of pages hold what was written, store equal pages once, and cost a path for each difference.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PageTree } from '../../../src/compile/page-tree.ts';
import { checkProperty } from '../../support/check.ts';

/** The words of the list whose pages of the last level are `top`. */
function read({ levels }: PageTree, top: Uint32Array, leaves: number): number[] {
  const page = new Uint32Array(16);
  return Array.from({ length: leaves * 16 }, (_, word) => {
    const depth = levels.length - 1;
    let number = top[word >>> (4 * (depth + 1))]!;
    for (let level = depth; level >= 0; level--) {
      levels[level]!.read(number, page);
      number = page[(word >>> (4 * level)) & 15]!;
    }
    return number;
  });
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
      const tree = new PageTree(leaves, depth);
      tree.fill(word);
      const expected = new Array<number>(leaves * 16).fill(word);
      const kept: { top: Uint32Array; expected: number[] }[] = [{ top: tree.top.slice(), expected: [...expected] }];
      for (const list of lists) {
        const changes = list.filter(([at]) => at < expected.length).sort(([a], [b]) => a - b);
        for (const [at, value] of changes) {
          tree.page(at >>> 4)[at & 15] = value;
          expected[at] = value;
        }
        tree.close();
        kept.push({ top: tree.top.slice(), expected: [...expected] });
      }
      for (const each of kept) expect(read(tree, each.top, leaves)).toEqual(each.expected);
    };
    checkProperty(edits, check, { runs: 200, file: 'test/unit/compile/page-tree.test.ts', print: (value) => JSON.stringify(value) });
  });

  test('stores a path of pages for one changed word, and nothing for one that is written again', () => {
    const tree = new PageTree(600, 2);
    tree.fill(7);
    expect(tree.levels.map(({ pageCount }) => pageCount)).toEqual([1, 1, 1]);
    expect(tree.top).toHaveLength(3);
    tree.page(300)[5] = 8;
    tree.close();
    expect(tree.levels.map(({ pageCount }) => pageCount)).toEqual([2, 2, 2]);
    const top = tree.top.slice();
    tree.page(300)[5] = 8;
    tree.close();
    expect(tree.levels.map(({ pageCount }) => pageCount)).toEqual([2, 2, 2]);
    expect(tree.top).toEqual(top);
    tree.page(300)[5] = 7;
    tree.close();
    expect(new Set(tree.top).size).toBe(1);
  });
});
