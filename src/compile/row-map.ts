/**
 * Which row holds for a subject class at a port class.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { PageStore } from '../lib/page-store.ts';
import { NONE_32, PAGE_CELLS_32, pagesFor } from '../tables/layout.ts';

/** (subject class, port class) -> row: a directory of pages per subject class, equal pages stored once. */
export class RowMap {
  readonly directory = new GrowableUint32();
  readonly pages = new PageStore(PAGE_CELLS_32);
  private readonly pagesPerSubject: number;
  /** The page in which every cell is a row, by the row, or NONE_32: nearly all pages are such. */
  private readonly uniformPages = new GrowableUint32();

  constructor(portClasses: number) {
    this.pagesPerSubject = pagesFor(portClasses, PAGE_CELLS_32);
  }

  /** Adds the next subject class: each of the rows holds up to its end (one past the last port class), the last for the rest. */
  add(rows: GrowableUint32, ends: GrowableUint32): void {
    const { pages, directory, pagesPerSubject } = this;
    const last = rows.length - 1;
    let run = 0;
    for (let page = 0; page < pagesPerSubject; ) {
      const past = (page + 1) * PAGE_CELLS_32;
      const row = rows.get(run);
      while (run < last && ends.get(run) < past && rows.get(run + 1) === row) run++;
      // The pages before this one are the row's alone.
      const mixed = run === last ? pagesPerSubject : Math.floor(ends.get(run) / PAGE_CELLS_32);
      if (mixed > page) {
        directory.pushRepeated(this.uniformPage(row), mixed - page);
        page = mixed;
      } else {
        pages.openUniform(row);
        for (let port = ends.get(run); port < past; port++) {
          while (run < last && port >= ends.get(run)) run++;
          pages.set(port & (PAGE_CELLS_32 - 1), rows.get(run));
        }
        directory.push(pages.close());
        page++;
      }
      while (run < last && ends.get(run) <= page * PAGE_CELLS_32) run++;
    }
  }

  /** Adds the next subject class: it has one row. */
  addUniform(row: number): void {
    this.directory.pushRepeated(this.uniformPage(row), this.pagesPerSubject);
  }

  private uniformPage(row: number): number {
    const { uniformPages, pages } = this;
    while (uniformPages.length <= row) uniformPages.push(NONE_32);
    let page = uniformPages.get(row);
    if (page === NONE_32) {
      pages.openUniform(row);
      page = pages.close();
      uniformPages.set(row, page);
    }
    return page;
  }
}
