/**
 * Lists of pages, cut into blocks of 16. Equal blocks are stored once.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { PageStore } from '../lib/page-store.ts';
import { PAGE_CELLS_32 } from '../tables/layout.ts';
import type { PageLists } from './page-lists.ts';
import { UniformPages } from './uniform-pages.ts';

export class PageBlocks implements PageLists {
  private readonly store = new PageStore(PAGE_CELLS_32);
  private readonly uniform = new UniformPages(this.store);
  private readonly listed = new GrowableUint32();
  /** How many pages the block that is open has. */
  private written = 0;

  push(page: number, count: number): void {
    let rest = count;
    for (; rest > 0 && this.written > 0; rest--) this.write(page);
    if (rest >= PAGE_CELLS_32) this.listed.pushRepeated(this.uniform.of(page), Math.floor(rest / PAGE_CELLS_32));
    for (rest %= PAGE_CELLS_32; rest > 0; rest--) this.write(page);
  }

  /** What the last block of the list does not need repeats its first page. */
  end(): void {
    if (this.written > 0) this.endBlock();
  }

  blocks(): Uint32Array {
    return this.listed.view();
  }

  pages(): Uint32Array {
    return this.store.contents();
  }

  private write(page: number): void {
    if (this.written === 0) this.store.openUniform(page);
    else this.store.set(this.written, page);
    this.written++;
    if (this.written === PAGE_CELLS_32) this.endBlock();
  }

  private endBlock(): void {
    this.listed.push(this.store.close());
    this.written = 0;
  }
}
