/**
 * Long lists of words as trees of pages of 16. Equal pages are stored once on every level, so a list that differs from another in a few words costs a path of pages for each,
 * however long it is. One list is edited at a time.
 */
import { PageStore } from '../lib/page-store.ts';
import { PAGE_CELLS_32 } from '../tables/layout.ts';

/** log2 of PAGE_CELLS_32: how many bits of an index each level takes. */
const LEVEL_BITS = 4;

export class PageTree {
  /** Pages of words, then pages of 16 numbers of pages of the level before. */
  readonly levels: readonly PageStore[];
  /** Lists, as numbers of pages of the last level. The list that is edited is the open one, from `offset` on: other trees may have theirs beside it. */
  private readonly lists: PageStore;
  private readonly offset: number;
  private readonly topLength: number;
  /** The page of words that is open, or -1. */
  private current = -1;

  /** `leaves`: pages of words in a list. `depth`: levels above them. */
  constructor(leaves: number, depth: number, lists: PageStore, offset = 0) {
    this.levels = Array.from({ length: depth + 1 }, () => new PageStore(PAGE_CELLS_32));
    this.lists = lists;
    this.offset = offset;
    this.topLength = PageTree.topLength(leaves, depth);
  }

  /** How many pages of the last level make a list. */
  static topLength(leaves: number, depth: number): number {
    return Math.max(1, Math.ceil(leaves / PAGE_CELLS_32 ** depth));
  }

  /** Makes the list one word, repeated. */
  fill(word: number): void {
    let number = word;
    for (const level of this.levels) {
      level.openUniform(number);
      number = level.close();
    }
    for (let i = 0; i < this.topLength; i++) this.lists.set(this.offset + i, number);
  }

  /** A word of the list. What is read or written is asked for in ascending order, and `close` follows the last. */
  get(index: number): number {
    this.openLeaf(index >>> LEVEL_BITS);
    return this.levels[0]!.get(index & (PAGE_CELLS_32 - 1));
  }

  /** Writes a word, and tells what was there. */
  set(index: number, word: number): number {
    this.openLeaf(index >>> LEVEL_BITS);
    return this.levels[0]!.set(index & (PAGE_CELLS_32 - 1), word);
  }

  /** Stores what is open; the list itself is left to its owner. */
  close(): void {
    if (this.current >= 0) this.store(-1);
    this.current = -1;
  }

  private openLeaf(leaf: number): void {
    if (leaf === this.current) return;
    this.load(leaf, this.current < 0 ? this.levels.length : this.store(leaf));
    this.current = leaf;
  }

  /** Stores the open pages that do not hold `next`, and tells the first level that does. */
  private store(next: number): number {
    const { levels } = this;
    let from = this.current;
    let to = next;
    let level = 0;
    for (; level < levels.length && from !== to; level++) {
      const number = levels[level]!.close();
      if (level === levels.length - 1) this.lists.set(this.offset + from, number);
      else levels[level + 1]!.set(from & (PAGE_CELLS_32 - 1), number);
      from >>= LEVEL_BITS;
      to >>= LEVEL_BITS;
    }
    return level;
  }

  /** Opens the pages that hold `leaf`, on the levels below `shared`. */
  private load(leaf: number, shared: number): void {
    const { levels } = this;
    for (let level = shared - 1; level >= 0; level--) {
      const index = leaf >>> (LEVEL_BITS * level);
      const above = level === levels.length - 1 ? this.lists.get(this.offset + index) : levels[level + 1]!.get(index & (PAGE_CELLS_32 - 1));
      levels[level]!.open(above);
    }
  }
}
