/**
 * Fixed-size pages of uint32 words, equal pages stored once. The building block of tables that mostly repeat.
 *
 * One page is open at a time: a copy of another behind the last, in which words are changed. The hash of a page is a sum with a share for each word, so it costs what is changed.
 */
import { GROWTH } from './growable.ts';
import { Slots } from './slots.ts';
import { newWords } from './words.ts';

export class PageStore {
  readonly wordsPerPage: number;
  /** The pages, and room for the one that is open. */
  private words: Uint32Array;
  private readonly slots = new Slots(256);
  /** No stored word is greater. */
  private greatest = -1;
  /** Where the open page begins. */
  private end = 0;
  private openHash = 0;
  /** No word that was written since the page was opened is greater. */
  private openGreatest = -1;
  /** Was a word greater than all that are stored written over? */
  private lostGreater = false;
  /** The page that the open one is equal to as long as nothing is changed, or -1. */
  private unchanged = -1;

  constructor(wordsPerPage: number) {
    this.wordsPerPage = wordsPerPage;
    this.words = new Uint32Array(wordsPerPage * 4);
  }

  get pageCount(): number {
    return this.slots.count;
  }

  /** All pages, one after the other. */
  contents(): Uint32Array {
    return this.words.subarray(0, this.end);
  }

  /** Opens a copy of a page. */
  open(page: number): void {
    const { words, end, wordsPerPage } = this;
    const start = page * wordsPerPage;
    for (let i = 0; i < wordsPerPage; i++) words[end + i] = words[start + i]!;
    this.openHash = this.slots.hashOf(page);
    this.openGreatest = -1;
    this.lostGreater = false;
    this.unchanged = page;
  }

  /** Opens a page of one word, repeated. */
  openUniform(word: number): void {
    const { words, end, wordsPerPage } = this;
    let hash = 0;
    for (let i = 0; i < wordsPerPage; i++) {
      words[end + i] = word;
      hash = (hash + shareOf(i, word)) >>> 0;
    }
    this.openHash = hash;
    this.openGreatest = word;
    this.lostGreater = false;
    this.unchanged = -1;
  }

  /** A word of the open page. */
  get(index: number): number {
    return this.words[this.end + index]!;
  }

  /** Writes a word of the open page, and tells what was there. */
  set(index: number, word: number): number {
    const { words } = this;
    const at = this.end + index;
    const before = words[at]!;
    if (before === word) return before;
    words[at] = word;
    if (word > this.openGreatest) this.openGreatest = word;
    if (before > this.greatest) this.lostGreater = true;
    this.openHash = (this.openHash - shareOf(index, before) + shareOf(index, word)) >>> 0;
    this.unchanged = -1;
    return before;
  }

  /** The number of the page with the words of the open one, stored now if it is new. */
  close(): number {
    if (this.unchanged >= 0) return this.unchanged;
    const greatest = this.lostGreater ? this.greatestOfOpen() : this.openGreatest;
    // Numbers are given in order: a page that holds a new one is new, and need not be looked for.
    const known = greatest > this.greatest ? -1 : this.find();
    if (known >= 0) return known;
    if (greatest > this.greatest) this.greatest = greatest;
    this.keep();
    return this.slots.add(this.openHash);
  }

  /** The number of the page with these words, stored now if it is new. `page` has `wordsPerPage` elements and is copied. */
  intern(page: Uint32Array): number {
    const { words, end, wordsPerPage } = this;
    let hash = 0;
    for (let i = 0; i < wordsPerPage; i++) {
      words[end + i] = page[i]!;
      hash = (hash + shareOf(i, page[i]!)) >>> 0;
    }
    this.openHash = hash;
    this.lostGreater = true;
    this.unchanged = -1;
    return this.close();
  }

  private greatestOfOpen(): number {
    const { words, end, wordsPerPage } = this;
    let greatest = -1;
    for (let i = 0; i < wordsPerPage; i++) if (words[end + i]! > greatest) greatest = words[end + i]!;
    return greatest;
  }

  /** The page with the words of the open one, or -1. */
  private find(): number {
    const { slots, openHash } = this;
    const table = slots.table();
    const mask = table.length - 1;
    for (let slot = openHash & mask; table[slot] !== 0; slot = (slot + 1) & mask) {
      const candidate = table[slot]! - 1;
      if (slots.hashOf(candidate) === openHash && this.isOpen(candidate)) return candidate;
    }
    return -1;
  }

  /** Has the page the words of the open one? */
  private isOpen(page: number): boolean {
    const { words, end } = this;
    const start = page * this.wordsPerPage;
    for (let i = 0; i < this.wordsPerPage; i++) if (words[start + i] !== words[end + i]) return false;
    return true;
  }

  /** Makes the open page the last, and room for another. */
  private keep(): void {
    this.end += this.wordsPerPage;
    if (this.end + this.wordsPerPage <= this.words.length) return;
    const larger = newWords(this.words.length * GROWTH);
    larger.set(this.words);
    this.words = larger;
  }
}

/** What a word adds to the hash of its page: multiply and shift (constants of MurmurHash3). Only spreads pages over slots: equality is always checked. */
export function shareOf(index: number, word: number): number {
  let share = Math.imul(word ^ Math.imul(index + 1, 0x9e3779b1), 0xcc9e2d51);
  share = Math.imul(share ^ (share >>> 15), 0x1b873593);
  return (share ^ (share >>> 13)) >>> 0;
}
