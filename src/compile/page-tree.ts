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
  /** Numbers of pages of the last level: the list that is edited. */
  readonly top: Uint32Array;
  private readonly open: readonly Uint32Array[];
  /** The page of words that is open, or -1. */
  private current = -1;

  /** `leaves`: pages of words in a list. `depth`: levels above them. */
  constructor(leaves: number, depth: number, top: Uint32Array = new Uint32Array(PageTree.topLength(leaves, depth))) {
    this.levels = Array.from({ length: depth + 1 }, () => new PageStore(PAGE_CELLS_32));
    this.open = this.levels.map(() => new Uint32Array(PAGE_CELLS_32));
    this.top = top;
  }

  /** How many pages of the last level make a list. */
  static topLength(leaves: number, depth: number): number {
    return Math.max(1, Math.ceil(leaves / PAGE_CELLS_32 ** depth));
  }

  /** Makes the list one word, repeated. */
  fill(word: number): void {
    let number = word;
    for (const [level, store] of this.levels.entries()) number = store.intern(this.open[level]!.fill(number));
    this.top.fill(number);
  }

  /** The words of a page, to be written to. Pages are opened in ascending order, and `close` follows the last. */
  page(leaf: number): Uint32Array {
    if (leaf !== this.current) {
      let shared = this.levels.length;
      if (this.current >= 0) shared = this.store(leaf);
      this.load(leaf, shared);
      this.current = leaf;
    }
    return this.open[0]!;
  }

  /** Stores what is open. */
  close(): void {
    this.store(-1);
    this.current = -1;
  }

  /** Stores the open pages that do not hold `next`, and tells the first level that does. */
  private store(next: number): number {
    const { levels, open, top } = this;
    let from = this.current;
    let to = next;
    let level = 0;
    for (; level < levels.length && from !== to; level++) {
      const number = levels[level]!.intern(open[level]!);
      if (level === levels.length - 1) top[from] = number;
      else open[level + 1]![from & (PAGE_CELLS_32 - 1)] = number;
      from >>= LEVEL_BITS;
      to >>= LEVEL_BITS;
    }
    return level;
  }

  /** Opens the pages that hold `leaf`, on the levels below `shared`. */
  private load(leaf: number, shared: number): void {
    const { levels, open, top } = this;
    for (let level = shared - 1; level >= 0; level--) {
      const index = leaf >>> (LEVEL_BITS * level);
      const number = level === levels.length - 1 ? top[index]! : open[level + 1]![index & (PAGE_CELLS_32 - 1)]!;
      levels[level]!.read(number, open[level]!);
    }
  }
}
