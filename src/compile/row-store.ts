/**
 * Rows of one direction, as they will be in the tables: for every peer class which decision, and the verdict bits derived from it. A row is a list of pages,
 * equal pages are stored once; of decisions, whose lists are long, groups of 16 page numbers are stored once too.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { PageStore } from '../lib/page-store.ts';
import { ALLOW, PAGE_BITS, PAGE_BYTES, PAGE_CELLS_32, UNKNOWN } from '../tables/layout.ts';
import type { DecisionTable } from './decisions.ts';

/** Decision pages (16 cells each) in one page of verdict bits. */
const DECISION_PAGES_PER_BIT_PAGE = PAGE_BITS / PAGE_CELLS_32;

/** One kind of page, and for each row the pages that make it. */
export class Plane {
  readonly directory = new GrowableUint32();
  readonly pages = new PageStore(PAGE_BYTES / 4);
  readonly pagesPerRow: number;

  constructor(pagesPerRow: number) {
    this.pagesPerRow = pagesPerRow;
  }
}

export class RowStore {
  count = 0;
  /** Does any row hold an unknown verdict? */
  hasUnknown = false;
  readonly decisionPages = new PageStore(PAGE_BYTES / 4);
  readonly decisionGroups: Plane;
  readonly allow: Plane;
  readonly unknown: Plane;
  private readonly decisions: DecisionTable;
  private readonly uniformRows = new Map<number, number>();
  private readonly page = new Uint32Array(PAGE_BYTES / 4);

  constructor(peerClasses: number, decisions: DecisionTable) {
    this.decisions = decisions;
    this.decisionGroups = new Plane(pagesFor(peerClasses, PAGE_CELLS_32 * PAGE_CELLS_32));
    this.allow = new Plane(pagesFor(peerClasses, PAGE_BITS));
    this.unknown = new Plane(pagesFor(peerClasses, PAGE_BITS));
  }

  /** The row in which every peer class has this decision. */
  uniform(decision: number): number {
    let row = this.uniformRows.get(decision);
    if (row === undefined) {
      const { page } = this;
      const group = this.decisionGroups.pages.intern(page.fill(this.decisionPages.intern(page.fill(decision))));
      this.decisionGroups.directory.pushRepeated(group, this.decisionGroups.pagesPerRow);
      for (const [plane, verdict] of this.bitPlanes()) {
        const bits = this.decisions.verdict.get(decision) === verdict ? 0xffffffff : 0;
        plane.directory.pushRepeated(plane.pages.intern(page.fill(bits)), plane.pagesPerRow);
      }
      this.hasUnknown ||= this.decisions.verdict.get(decision) === UNKNOWN;
      row = this.count++;
      this.uniformRows.set(decision, row);
    }
    return row;
  }

  /** A new row like `template` but for some decision pages: `changed`, ascending, of which `read` writes the decisions into its second argument. */
  derive(template: number, changed: ArrayLike<number>, read: (page: number, into: Uint32Array) => void): number {
    const { page, decisions } = this;
    const groups = new RowEditor(this.decisionGroups, template);
    const allow = new RowEditor(this.allow, template);
    const unknown = new RowEditor(this.unknown, template);
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
    for (const editor of [groups, allow, unknown]) editor.close();
    return this.count++;
  }

  private bitPlanes(): readonly (readonly [Plane, verdict: number])[] {
    return [
      [this.allow, ALLOW],
      [this.unknown, UNKNOWN],
    ];
  }
}

/** Appends a copy of a row to a plane and edits pages of the copy, one at a time and in ascending order. */
class RowEditor {
  private readonly plane: Plane;
  private readonly start: number;
  private readonly page = new Uint32Array(PAGE_BYTES / 4);
  private current = -1;

  constructor(plane: Plane, template: number) {
    const { directory, pagesPerRow } = plane;
    this.plane = plane;
    this.start = directory.length;
    for (let i = 0; i < pagesPerRow; i++) directory.push(directory.get(template * pagesPerRow + i));
  }

  /** The words of page `index` of the row, to be written to. */
  open(index: number): Uint32Array {
    if (index !== this.current) {
      this.close();
      this.current = index;
      this.plane.pages.read(this.plane.directory.get(this.start + index), this.page);
    }
    return this.page;
  }

  close(): void {
    if (this.current >= 0) this.plane.directory.set(this.start + this.current, this.plane.pages.intern(this.page));
  }
}

function setHalfWord(words: Uint32Array, half: number, bits: number): void {
  const shift = (half & 1) * 16;
  words[half >>> 1] = (words[half >>> 1]! & ~(0xffff << shift)) | (bits << shift);
}

export function pagesFor(cells: number, cellsPerPage: number): number {
  return Math.max(1, Math.ceil(cells / cellsPerPage));
}
