/**
 * Rows of one direction, as they will be in the tables: for every peer class which decision, and, derived from it, the verdict bits. A row is a list of pages, and
 * equal pages and equal rows are stored once. Many rows differ in who decided and not in what was decided, so verdict rows are fewer and have numbers of their own.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { PageStore } from '../lib/page-store.ts';
import { newWords } from '../lib/words.ts';
import { ALLOW, NONE_32, PAGE_BITS, PAGE_CELLS_32, pagesFor, UNKNOWN } from '../tables/layout.ts';
import type { DecisionTable } from './decisions.ts';
import { PageTree } from './page-tree.ts';

export class RowStore {
  /** Decisions: pages of them, groups of pages, blocks of groups. */
  readonly decisionTree: PageTree;
  /** Verdict bits: pages of them, blocks of pages. */
  readonly allowTree: PageTree;
  readonly unknownTree: PageTree;
  /** Does any row hold an unknown verdict? */
  hasUnknown = false;
  /** A row is a list of decision blocks; a verdict row a list of blocks of allow bits, then as many of unknown bits. */
  private readonly rows: PageStore;
  private readonly verdictRows: PageStore;
  private readonly verdictRowOf = new GrowableUint32();
  private readonly decisions: DecisionTable;
  /** The row in which all peer classes have a decision, by the decision; NONE_32 where there is none yet. */
  private readonly uniformRows = new GrowableUint32();
  private readonly bitBlocks: number;
  private readonly groupsPerRow: number;
  private readonly bitPagesPerRow: number;
  /** The peer classes whose verdict is not that of the template. */
  private readonly turned = new GrowableUint32();

  constructor(peerClasses: number, decisions: DecisionTable) {
    this.decisions = decisions;
    this.groupsPerRow = pagesFor(peerClasses, PAGE_CELLS_32 ** 2);
    this.bitPagesPerRow = pagesFor(peerClasses, PAGE_BITS);
    const decisionPages = pagesFor(peerClasses, PAGE_CELLS_32);
    this.rows = new PageStore(PageTree.topLength(decisionPages, 2));
    this.decisionTree = new PageTree(decisionPages, 2, this.rows);
    this.bitBlocks = PageTree.topLength(this.bitPagesPerRow, 1);
    this.verdictRows = new PageStore(this.bitBlocks * 2);
    this.allowTree = new PageTree(this.bitPagesPerRow, 1, this.verdictRows);
    this.unknownTree = new PageTree(this.bitPagesPerRow, 1, this.verdictRows, this.bitBlocks);
  }

  /** The verdict row of a row. */
  verdictRow(row: number): number {
    return this.verdictRowOf.get(row);
  }

  /** Where each row finds its groups of decision pages. */
  decisionDirectory(): RowDirectory {
    return directoryOf(this.decisionTree, this.rows.contents(), this.rows.wordsPerPage, this.groupsPerRow);
  }

  /** Where each verdict row finds its pages of allow bits or of unknown bits. */
  bitDirectory(which: 'allow' | 'unknown'): RowDirectory {
    const items = this.verdictRows.contents();
    const blocks = this.bitBlocks;
    const offset = which === 'allow' ? 0 : blocks;
    const tops = newWords(items.length / 2);
    for (let from = offset, to = 0; to < tops.length; from += 2 * blocks, to += blocks) {
      for (let i = 0; i < blocks; i++) tops[to + i] = items[from + i]!;
    }
    return directoryOf(which === 'allow' ? this.allowTree : this.unknownTree, tops, blocks, this.bitPagesPerRow);
  }

  /** The row in which every peer class has this decision. */
  uniform(decision: number): number {
    const { uniformRows, rows, verdictRows } = this;
    while (uniformRows.length <= decision) uniformRows.push(NONE_32);
    let row = uniformRows.get(decision);
    if (row === NONE_32) {
      const verdict = this.decisions.verdict.get(decision);
      rows.openUniform(0);
      this.decisionTree.fill(decision);
      row = rows.close();
      verdictRows.openUniform(0);
      this.allowTree.fill(verdict === ALLOW ? 0xffffffff : 0);
      this.unknownTree.fill(verdict === UNKNOWN ? 0xffffffff : 0);
      this.hasUnknown ||= verdict === UNKNOWN;
      if (row === this.verdictRowOf.length) this.verdictRowOf.push(verdictRows.close());
      uniformRows.set(decision, row);
    }
    return row;
  }

  /** The row like `template` but for some peer classes, ascending, and their decisions. */
  derive(template: number, peers: GrowableUint32, decisions: GrowableUint32): number {
    const { rows, decisionTree, turned, verdictRowOf } = this;
    const { verdict } = this.decisions;
    turned.length = 0;
    rows.open(template);
    for (let i = 0; i < peers.length; i++) {
      const decision = decisions.get(i);
      const before = decisionTree.set(peers.get(i), decision);
      if (before !== decision && verdict.get(before) !== verdict.get(decision)) turned.push(i);
    }
    decisionTree.close();
    const row = rows.close();
    if (row === verdictRowOf.length)
      verdictRowOf.push(turned.length === 0 ? this.verdictRow(template) : this.deriveVerdicts(template, peers, decisions));
    return row;
  }

  /** The verdict row like that of the row `template` but for the peer classes that have turned. */
  private deriveVerdicts(template: number, peers: GrowableUint32, decisions: GrowableUint32): number {
    const { verdictRows, allowTree, unknownTree, turned } = this;
    const { verdict } = this.decisions;
    verdictRows.open(this.verdictRow(template));
    for (let i = 0; i < turned.length; i++) {
      const peer = peers.get(turned.get(i));
      const says = verdict.get(decisions.get(turned.get(i)));
      setBit(allowTree, peer, says === ALLOW);
      this.hasUnknown ||= says === UNKNOWN;
      // As long as nothing is unknown, the bits of the template say so already.
      if (this.hasUnknown) setBit(unknownTree, peer, says === UNKNOWN);
    }
    allowTree.close();
    unknownTree.close();
    return verdictRows.close();
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
function directoryOf({ levels }: PageTree, tops: Uint32Array, blocksPerRow: number, pagesPerRow: number): RowDirectory {
  const blocks = levels[levels.length - 1]!.contents();
  if (blocksPerRow > 1) return { blocks: tops, pages: blocks };
  const pages = newWords(tops.length * pagesPerRow);
  for (let row = 0; row < tops.length; row++) {
    const start = tops[row]! * PAGE_CELLS_32;
    for (let i = 0; i < pagesPerRow; i++) pages[row * pagesPerRow + i] = blocks[start + i]!;
  }
  return { blocks: NO_BLOCKS, pages };
}

const NO_BLOCKS = new Uint32Array(0);

function setBit(tree: PageTree, bit: number, on: boolean): void {
  const word = tree.get(bit >>> 5);
  const mask = 1 << (bit & 31);
  tree.set(bit >>> 5, (on ? word | mask : word & ~mask) >>> 0);
}
