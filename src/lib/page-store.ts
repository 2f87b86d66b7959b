/**
 * Fixed-size pages of uint32 words, equal pages stored once. The building block of tables that mostly repeat.
 */
import { GrowableUint32 } from './growable.ts';

export class PageStore {
  readonly wordsPerPage: number;
  private readonly words = new GrowableUint32(64);
  /** Open addressing: page number + 1, or 0. */
  private slots = new Uint32Array(256);
  private pages = 0;

  constructor(wordsPerPage: number) {
    this.wordsPerPage = wordsPerPage;
  }

  get pageCount(): number {
    return this.pages;
  }

  /** All pages, one after the other. */
  contents(): Uint32Array {
    return this.words.view();
  }

  /** Copies the words of a page. */
  read(pageNumber: number, into: Uint32Array): void {
    const start = pageNumber * this.wordsPerPage;
    for (let i = 0; i < this.wordsPerPage; i++) into[i] = this.words.get(start + i);
  }

  /** The number of the page with these words, stored now if it is new. `page` has `wordsPerPage` elements and is copied. */
  intern(page: Uint32Array): number {
    const mask = this.slots.length - 1;
    let slot = hashWords(page) & mask;
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const candidate = this.slots[slot]! - 1;
      if (this.equals(candidate, page)) return candidate;
    }
    this.words.pushAll(page);
    this.slots[slot] = ++this.pages;
    if (this.pages * 2 > this.slots.length) this.rehash();
    return this.pages - 1;
  }

  private equals(pageNumber: number, page: Uint32Array): boolean {
    const start = pageNumber * this.wordsPerPage;
    for (let i = 0; i < page.length; i++) {
      if (this.words.get(start + i) !== page[i]) return false;
    }
    return true;
  }

  private rehash(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    const words = this.words.view();
    for (let page = 0; page < this.pages; page++) {
      let slot = hashWords(words.subarray(page * this.wordsPerPage, (page + 1) * this.wordsPerPage)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = page + 1;
    }
    this.slots = slots;
  }
}

/** Multiply and rotate, then a final mix (constants of MurmurHash3). Only spreads pages over slots: equality is always checked. */
export function hashWords(words: Uint32Array): number {
  let hash = words.length;
  for (let i = 0; i < words.length; i++) {
    hash = Math.imul(hash ^ Math.imul(words[i]!, 0xcc9e2d51), 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
