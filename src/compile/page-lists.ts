import { GrowableUint32 } from '../lib/growable.ts';

/** Lists of pages, all of one length, as tables have them. */
export interface PageLists {
  /** The next pages of the list: one, so many times. */
  push(page: number, count: number): void;
  end(): void;
  /** Numbers of blocks, list by list; empty where lists are not cut into blocks. */
  blocks(): Uint32Array;
  /** Numbers of pages: block by block, 16 each, or list by list. */
  pages(): Uint32Array;
}

/** As they are. */
export class WholeLists implements PageLists {
  private readonly listed = new GrowableUint32();

  push(page: number, count: number): void {
    this.listed.pushRepeated(page, count);
  }

  end(): void {}

  blocks(): Uint32Array {
    return NO_BLOCKS;
  }

  pages(): Uint32Array {
    return this.listed.view();
  }
}

const NO_BLOCKS = new Uint32Array(0);
