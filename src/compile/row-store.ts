/**
 * Rows of one direction, as they will be in the tables: for every peer class which decision, and, derived from it, the verdict bits. A row is a list of pages, and
 * equal pages and equal rows are stored once. Many rows differ in who decided and not in what was decided, so verdict rows are fewer and have numbers of their own.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { ListInterner } from '../lib/interner.ts';
import { newWords } from '../lib/words.ts';
import { ALLOW, PAGE_BITS, PAGE_CELLS_32, pagesFor, UNKNOWN } from '../tables/layout.ts';
import type { DecisionTable } from './decisions.ts';
import { PageTree } from './page-tree.ts';

/** Decision pages (16 cells each) in one page of verdict bits. */
const DECISION_PAGES_PER_BIT_PAGE = PAGE_BITS / PAGE_CELLS_32;

export class RowStore {
  /** Decisions: pages of them, groups of pages, blocks of groups. */
  readonly decisionTree: PageTree;
  /** Verdict bits: pages of them, blocks of pages. */
  readonly allowTree: PageTree;
  readonly unknownTree: PageTree;
  /** Does any row hold an unknown verdict? */
  hasUnknown = false;
  /** A row is a list of decision blocks; a verdict row a list of blocks of allow bits, then as many of unknown bits. */
  private readonly rows = new ListInterner();
  private readonly verdictRows = new ListInterner();
  private readonly verdictRowOf = new GrowableUint32();
  private readonly decisions: DecisionTable;
  private readonly uniformRows = new Map<number, number>();
  /** The tops of both bit trees, as a verdict row has them. */
  private readonly bitTops: Uint32Array;
  private readonly groupsPerRow: number;
  private readonly bitPagesPerRow: number;
  private readonly page = new Uint32Array(PAGE_CELLS_32);

  constructor(peerClasses: number, decisions: DecisionTable) {
    this.decisions = decisions;
    this.groupsPerRow = pagesFor(peerClasses, PAGE_CELLS_32 ** 2);
    this.bitPagesPerRow = pagesFor(peerClasses, PAGE_BITS);
    this.decisionTree = new PageTree(pagesFor(peerClasses, PAGE_CELLS_32), 2);
    const blocks = PageTree.topLength(this.bitPagesPerRow, 1);
    this.bitTops = new Uint32Array(blocks * 2);
    this.allowTree = new PageTree(this.bitPagesPerRow, 1, this.bitTops.subarray(0, blocks));
    this.unknownTree = new PageTree(this.bitPagesPerRow, 1, this.bitTops.subarray(blocks));
  }

  /** The verdict row of a row. */
  verdictRow(row: number): number {
    return this.verdictRowOf.get(row);
  }

  /** Where each row finds its groups of decision pages. */
  decisionDirectory(): RowDirectory {
    return directoryOf(this.decisionTree, this.rows.columns().items, this.groupsPerRow);
  }

  /** Where each verdict row finds its pages of allow bits or of unknown bits. */
  bitDirectory(which: 'allow' | 'unknown'): RowDirectory {
    const { items } = this.verdictRows.columns();
    const blocks = this.bitTops.length / 2;
    const offset = which === 'allow' ? 0 : blocks;
    const tops = newWords(items.length / 2);
    for (let i = 0; i < tops.length; i++) tops[i] = items[(i - (i % blocks)) * 2 + offset + (i % blocks)]!;
    return directoryOf(which === 'allow' ? this.allowTree : this.unknownTree, tops, this.bitPagesPerRow);
  }

  /** The row in which every peer class has this decision. */
  uniform(decision: number): number {
    let row = this.uniformRows.get(decision);
    if (row === undefined) {
      const verdict = this.decisions.verdict.get(decision);
      this.decisionTree.fill(decision);
      this.allowTree.fill(verdict === ALLOW ? 0xffffffff : 0);
      this.unknownTree.fill(verdict === UNKNOWN ? 0xffffffff : 0);
      this.hasUnknown ||= verdict === UNKNOWN;
      row = this.intern();
      this.uniformRows.set(decision, row);
    }
    return row;
  }

  /** The row like `template` but for some decision pages: `changed`, ascending, of which `read` writes the decisions into its second argument. */
  derive(template: number, changed: ArrayLike<number>, read: (page: number, into: Uint32Array) => void): number {
    const { page, decisionTree, allowTree, unknownTree } = this;
    const { verdict } = this.decisions;
    this.rows.read(template, decisionTree.top);
    this.verdictRows.read(this.verdictRow(template), this.bitTops);
    for (let i = 0; i < changed.length; i++) {
      const number = changed[i]!;
      read(number, page);
      let allowed = 0;
      let doubtful = 0;
      const stored = decisionTree.page(number);
      for (let cell = 0; cell < PAGE_CELLS_32; cell++) {
        const decision = page[cell]!;
        stored[cell] = decision;
        const says = verdict.get(decision);
        if (says === ALLOW) allowed |= 1 << cell;
        else if (says === UNKNOWN) doubtful |= 1 << cell;
      }
      const bitPage = Math.floor(number / DECISION_PAGES_PER_BIT_PAGE);
      const half = number % DECISION_PAGES_PER_BIT_PAGE;
      setHalfWord(allowTree.page(bitPage), half, allowed);
      this.hasUnknown ||= doubtful !== 0;
      // As long as nothing is unknown, the bits of the template say so already.
      if (this.hasUnknown) setHalfWord(unknownTree.page(bitPage), half, doubtful);
    }
    decisionTree.close();
    allowTree.close();
    unknownTree.close();
    return this.intern();
  }

  private intern(): number {
    const row = this.rows.intern(this.decisionTree.top);
    if (row === this.verdictRowOf.length) this.verdictRowOf.push(this.verdictRows.intern(this.bitTops));
    return row;
  }
}

/** How rows lead to the pages of a level. */
export interface RowDirectory {
  /** Numbers of blocks, row by row; empty where a row has one block, which is then written out in `pages`. */
  readonly blocks: Uint32Array;
  /** Numbers of pages: block by block, 16 each, or row by row. */
  readonly pages: Uint32Array;
}

/** `tops`: the blocks of all rows, one row after the other. */
function directoryOf({ levels, top }: PageTree, tops: Uint32Array, pagesPerRow: number): RowDirectory {
  const blocks = levels[levels.length - 1]!.contents();
  if (top.length > 1) return { blocks: tops, pages: blocks };
  const pages = newWords(tops.length * pagesPerRow);
  for (let row = 0; row < tops.length; row++) {
    const start = tops[row]! * PAGE_CELLS_32;
    for (let i = 0; i < pagesPerRow; i++) pages[row * pagesPerRow + i] = blocks[start + i]!;
  }
  return { blocks: NO_BLOCKS, pages };
}

const NO_BLOCKS = new Uint32Array(0);

function setHalfWord(words: Uint32Array, half: number, bits: number): void {
  const shift = (half & 1) * 16;
  words[half >>> 1] = (words[half >>> 1]! & ~(0xffff << shift)) | (bits << shift);
}
