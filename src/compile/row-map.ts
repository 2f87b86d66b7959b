/**
 * Which row holds for a subject class at a port class.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { PageStore } from '../lib/page-store.ts';
import { PAGE_CELLS_32, pagesFor } from '../tables/layout.ts';
import { PageBlocks } from './page-blocks.ts';
import { type PageLists, WholeLists } from './page-lists.ts';
import { UniformPages } from './uniform-pages.ts';

/** More pages in all subject classes are listed in blocks, if each has more than one of them: it takes a read more to find a row, and as little as a sixteenth of the memory. */
const MOST_PAGES = 1 << 20;

/** (subject class, port class) -> row. */
export interface RowMap {
  /** Adds the next subject class: each of the rows holds up to its end (one past the last port class), the last for the rest. */
  add(rows: GrowableUint32, ends: GrowableUint32): void;
  /** Adds the next subject class: it has one row. */
  addUniform(row: number): void;
  /** Numbers of rows: page by page, or, without pages, subject class by subject class. */
  cells(): Uint32Array;
  /** The pages of the subject classes. */
  readonly lists: PageLists;
}

/** `subjects`: about how many subject classes there will be. */
export function createRowMap(portClasses: number, subjects: number): RowMap {
  return portClasses <= PAGE_CELLS_32 ? new FlatRowMap(portClasses) : new PagedRowMap(portClasses, subjects);
}

/** The rows of one subject class after the other. */
class FlatRowMap implements RowMap {
  readonly lists = new WholeLists();
  private readonly rows = new GrowableUint32();
  private readonly portClasses: number;

  constructor(portClasses: number) {
    this.portClasses = portClasses;
  }

  cells(): Uint32Array {
    return this.rows.view();
  }

  add(rows: GrowableUint32, ends: GrowableUint32): void {
    const last = rows.length - 1;
    let from = 0;
    for (let run = 0; run < last; run++) {
      this.rows.pushRepeated(rows.get(run), ends.get(run) - from);
      from = ends.get(run);
    }
    this.rows.pushRepeated(rows.get(last), this.portClasses - from);
  }

  addUniform(row: number): void {
    this.rows.pushRepeated(row, this.portClasses);
  }
}

/** A list of pages of rows for each subject class, equal pages stored once. */
class PagedRowMap implements RowMap {
  readonly lists: PageLists;
  private readonly pages = new PageStore(PAGE_CELLS_32);
  private readonly uniform = new UniformPages(this.pages);
  private readonly pagesPerSubject: number;

  constructor(portClasses: number, subjects: number) {
    this.pagesPerSubject = pagesFor(portClasses, PAGE_CELLS_32);
    const inBlocks = this.pagesPerSubject > PAGE_CELLS_32 && subjects * this.pagesPerSubject > MOST_PAGES;
    this.lists = inBlocks ? new PageBlocks() : new WholeLists();
  }

  cells(): Uint32Array {
    return this.pages.contents();
  }

  add(rows: GrowableUint32, ends: GrowableUint32): void {
    const { pages, lists, uniform, pagesPerSubject } = this;
    const last = rows.length - 1;
    let run = 0;
    for (let page = 0; page < pagesPerSubject; ) {
      const past = (page + 1) * PAGE_CELLS_32;
      const row = rows.get(run);
      while (run < last && ends.get(run) < past && rows.get(run + 1) === row) run++;
      // The pages before this one are the row's alone.
      const mixed = run === last ? pagesPerSubject : Math.floor(ends.get(run) / PAGE_CELLS_32);
      if (mixed > page) {
        lists.push(uniform.of(row), mixed - page);
        page = mixed;
      } else {
        pages.openUniform(row);
        for (let port = ends.get(run); port < past; port++) {
          while (run < last && port >= ends.get(run)) run++;
          pages.set(port & (PAGE_CELLS_32 - 1), rows.get(run));
        }
        lists.push(pages.close(), 1);
        page++;
      }
      while (run < last && ends.get(run) <= page * PAGE_CELLS_32) run++;
    }
    lists.end();
  }

  addUniform(row: number): void {
    this.lists.push(this.uniform.of(row), this.pagesPerSubject);
    this.lists.end();
  }
}
