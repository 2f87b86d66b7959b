/**
 * Fixed-size pages of uint32 words, equal pages stored once. The building block of tables that mostly repeat.
 */
import { GrowableUint32 } from './growable.ts';
import { twiceAsMany } from './slots.ts';

export class PageStore {
  readonly wordsPerPage: number;
  private readonly words = new GrowableUint32(64);
  private readonly hashes = new GrowableUint32();
  private slots: Uint32Array = new Uint32Array(256);

  constructor(wordsPerPage: number) {
    this.wordsPerPage = wordsPerPage;
  }

  get pageCount(): number {
    return this.hashes.length;
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
    const { hashes, slots } = this;
    const mask = slots.length - 1;
    const hash = hashWords(page);
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const candidate = slots[slot]! - 1;
      if (hashes.get(candidate) === hash && this.equals(candidate, page)) return candidate;
    }
    this.words.pushAll(page);
    hashes.push(hash);
    slots[slot] = hashes.length;
    if (hashes.length * 2 > slots.length) this.slots = twiceAsMany(slots, hashes.view());
    return hashes.length - 1;
  }

  private equals(pageNumber: number, page: Uint32Array): boolean {
    const start = pageNumber * this.wordsPerPage;
    for (let i = 0; i < page.length; i++) {
      if (this.words.get(start + i) !== page[i]) return false;
    }
    return true;
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
