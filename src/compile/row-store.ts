/**
 * Rows of one direction, as they will be in the tables: for every peer class which decision, and, derived from it, the verdict bits. A row is a list of pages, and
 * equal pages and equal rows are stored once. Many rows differ in who decided and not in what was decided, so verdict rows are fewer and have numbers of their own.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { ListInterner } from '../lib/interner.ts';
import { PageStore } from '../lib/page-store.ts';
import { ALLOW, PAGE_BITS, PAGE_BYTES, PAGE_CELLS_32, UNKNOWN } from '../tables/layout.ts';
import type { DecisionTable } from './decisions.ts';

/** Decision pages (16 cells each) in one page of verdict bits. */
const DECISION_PAGES_PER_BIT_PAGE = PAGE_BITS / PAGE_CELLS_32;

export class RowStore {
  readonly decisionPages = new PageStore(PAGE_BYTES / 4);
  /** Groups of 16 numbers of decision pages. */
  readonly decisionGroups = new PageStore(PAGE_BYTES / 4);
  readonly allowPages = new PageStore(PAGE_BYTES / 4);
  readonly unknownPages = new PageStore(PAGE_BYTES / 4);
  /** Does any row hold an unknown verdict? */
  hasUnknown = false;
  /** A row is a list of decision groups; a verdict row a list of pages of allow bits, then as many of unknown bits. */
  private readonly rows = new ListInterner();
  private readonly verdictRows = new ListInterner();
  private readonly verdictRowOf = new GrowableUint32();
  private readonly decisions: DecisionTable;
  private readonly uniformRows = new Map<number, number>();
  private readonly bitPages: number;

  // The row that is being made.
  private readonly groupList: Uint32Array;
  private readonly allowList: Uint32Array;
  private readonly unknownList: Uint32Array;
  private readonly bitLists: Uint32Array;
  private readonly groups: PageEditor;
  private readonly allow: PageEditor;
  private readonly unknown: PageEditor;
  private readonly page = new Uint32Array(PAGE_BYTES / 4);

  constructor(peerClasses: number, decisions: DecisionTable) {
    this.decisions = decisions;
    this.bitPages = pagesFor(peerClasses, PAGE_BITS);
    this.groupList = new Uint32Array(pagesFor(peerClasses, PAGE_CELLS_32 * PAGE_CELLS_32));
    this.bitLists = new Uint32Array(this.bitPages * 2);
    this.allowList = this.bitLists.subarray(0, this.bitPages);
    this.unknownList = this.bitLists.subarray(this.bitPages);
    this.groups = new PageEditor(this.groupList, this.decisionGroups);
    this.allow = new PageEditor(this.allowList, this.allowPages);
    this.unknown = new PageEditor(this.unknownList, this.unknownPages);
  }

  /** The verdict row of a row. */
  verdictRow(row: number): number {
    return this.verdictRowOf.get(row);
  }

  /** The decision groups of all rows, one row after the other. */
  decisionDirectory(): Uint32Array {
    return this.rows.columns().items;
  }

  /** The pages of allow bits or unknown bits of all verdict rows, one verdict row after the other. */
  bitDirectory(which: 'allow' | 'unknown'): Uint32Array {
    const { items } = this.verdictRows.columns();
    const { bitPages } = this;
    const offset = which === 'allow' ? 0 : bitPages;
    return Uint32Array.from(
      { length: items.length / 2 },
      (_, i) => items[Math.floor(i / bitPages) * bitPages * 2 + offset + (i % bitPages)]!,
    );
  }

  /** The row in which every peer class has this decision. */
  uniform(decision: number): number {
    let row = this.uniformRows.get(decision);
    if (row === undefined) {
      const { page } = this;
      const verdict = this.decisions.verdict.get(decision);
      this.groupList.fill(this.decisionGroups.intern(page.fill(this.decisionPages.intern(page.fill(decision)))));
      this.allowList.fill(this.allowPages.intern(page.fill(verdict === ALLOW ? 0xffffffff : 0)));
      this.unknownList.fill(this.unknownPages.intern(page.fill(verdict === UNKNOWN ? 0xffffffff : 0)));
      this.hasUnknown ||= verdict === UNKNOWN;
      row = this.intern();
      this.uniformRows.set(decision, row);
    }
    return row;
  }

  /** The row like `template` but for some decision pages: `changed`, ascending, of which `read` writes the decisions into its second argument. */
  derive(template: number, changed: ArrayLike<number>, read: (page: number, into: Uint32Array) => void): number {
    const { page, decisions, groupList, bitLists, groups, allow, unknown } = this;
    this.rows.read(template, groupList);
    this.verdictRows.read(this.verdictRow(template), bitLists);
    for (let i = 0; i < changed.length; i++) {
      const number = changed[i]!;
      read(number, page);
      let allowed = 0;
      let doubtful = 0;
      for (let cell = 0; cell < PAGE_CELLS_32; cell++) {
        const verdict = decisions.verdict.get(page[cell]!);
        if (verdict === ALLOW) allowed |= 1 << cell;
        else if (verdict === UNKNOWN) doubtful |= 1 << cell;
      }
      groups.open(number >>> 4)[number & 15] = this.decisionPages.intern(page);
      const bitPage = Math.floor(number / DECISION_PAGES_PER_BIT_PAGE);
      const half = number % DECISION_PAGES_PER_BIT_PAGE;
      setHalfWord(allow.open(bitPage), half, allowed);
      setHalfWord(unknown.open(bitPage), half, doubtful);
      this.hasUnknown ||= doubtful !== 0;
    }
    groups.close();
    allow.close();
    unknown.close();
    return this.intern();
  }

  private intern(): number {
    const row = this.rows.intern(this.groupList);
    if (row === this.verdictRowOf.length) this.verdictRowOf.push(this.verdictRows.intern(this.bitLists));
    return row;
  }
}

/** Edits pages of a list of page numbers, one at a time and in ascending order. */
class PageEditor {
  private readonly list: Uint32Array;
  private readonly pages: PageStore;
  private readonly page = new Uint32Array(PAGE_BYTES / 4);
  private current = -1;

  constructor(list: Uint32Array, pages: PageStore) {
    this.list = list;
    this.pages = pages;
  }

  /** The words of the page at `index` of the list, to be written to. */
  open(index: number): Uint32Array {
    if (index !== this.current) {
      this.close();
      this.current = index;
      this.pages.read(this.list[index]!, this.page);
    }
    return this.page;
  }

  close(): void {
    if (this.current >= 0) this.list[this.current] = this.pages.intern(this.page);
    this.current = -1;
  }
}

function setHalfWord(words: Uint32Array, half: number, bits: number): void {
  const shift = (half & 1) * 16;
  words[half >>> 1] = (words[half >>> 1]! & ~(0xffff << shift)) | (bits << shift);
}

export function pagesFor(cells: number, cellsPerPage: number): number {
  return Math.max(1, Math.ceil(cells / cellsPerPage));
}
