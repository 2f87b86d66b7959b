/**
 * Which row holds for a subject class at a port class.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { PageStore } from '../lib/page-store.ts';
import { PAGE_BYTES, PAGE_CELLS_32, pagesFor } from '../tables/layout.ts';

/** Port classes up to `end` (one past the last) that have one row. */
export interface Run {
  readonly row: number;
  readonly end: number;
}

/** (subject class, port class) -> row: a directory of pages per subject class, equal pages stored once. */
export class RowMap {
  readonly directory = new GrowableUint32();
  readonly pages = new PageStore(PAGE_BYTES / 4);
  private readonly portClasses: number;
  private readonly page = new Uint32Array(PAGE_BYTES / 4);
  /** The page in which every cell is a row, by the row: nearly all pages are such. */
  private readonly uniform: number[] = [];

  constructor(portClasses: number) {
    this.portClasses = portClasses;
  }

  /** Adds the next subject class. `runs` are in order; each row holds up to its `end`. */
  add(runs: readonly Run[]): void {
    let run = 0;
    for (let first = 0; first < pagesFor(this.portClasses, PAGE_CELLS_32) * PAGE_CELLS_32; first += PAGE_CELLS_32) {
      while (run < runs.length - 1 && first >= runs[run]!.end) run++;
      if (run === runs.length - 1 || first + PAGE_CELLS_32 <= runs[run]!.end) {
        this.directory.push(this.uniformPage(runs[run]!.row));
        continue;
      }
      for (let i = 0; i < PAGE_CELLS_32; i++) {
        while (run < runs.length - 1 && first + i >= runs[run]!.end) run++;
        this.page[i] = runs[run]!.row;
      }
      this.directory.push(this.pages.intern(this.page));
    }
  }

  private uniformPage(row: number): number {
    this.uniform[row] ??= this.pages.intern(this.page.fill(row));
    return this.uniform[row];
  }
}
