import { GrowableUint32 } from '../lib/growable.ts';
import type { PageStore } from '../lib/page-store.ts';
import { NONE_32 } from '../tables/layout.ts';

/** The pages of a store in which every word is one number, by the number: where nearly all pages are such, most are not looked for. */
export class UniformPages {
  private readonly store: PageStore;
  private readonly pages = new GrowableUint32();

  constructor(store: PageStore) {
    this.store = store;
  }

  of(number: number): number {
    const { store, pages } = this;
    while (pages.length <= number) pages.push(NONE_32);
    let page = pages.get(number);
    if (page === NONE_32) {
      store.openUniform(number);
      page = store.close();
      pages.set(number, page);
    }
    return page;
  }
}
