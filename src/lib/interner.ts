/**
 * Numbers for strings and for lists of numbers: equal things get equal numbers, in order of first appearance.
 */
import { GrowableUint32 } from './growable.ts';
import { Slots } from './slots.ts';
import { newWords } from './words.ts';

export class StringInterner {
  private readonly numbers = new Map<string, number>();
  readonly strings: string[] = [];

  intern(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.strings.length;
      this.numbers.set(text, number);
      this.strings.push(text);
    }
    return number;
  }
}

/** Lists of uint32, stored one after the other (CSR): list n is `items[start[n]..start[n + 1]]`. */
export class ListInterner {
  private readonly itemList = new GrowableUint32();
  private readonly startList = new GrowableUint32();
  private readonly slots = new Slots(256);
  /** No item is greater. */
  private greatest = -1;

  constructor() {
    this.startList.push(0);
  }

  get count(): number {
    return this.slots.count;
  }

  /** Forgets all lists. */
  clear(): void {
    this.itemList.length = 0;
    this.startList.length = 1;
    this.slots.clear();
    this.greatest = -1;
  }

  /** CSR columns of all lists. */
  columns(): { start: Uint32Array; items: Uint32Array } {
    return { start: this.startList.view(), items: this.itemList.view() };
  }

  /** CSR columns of lists by their numbers, in the order given. */
  gather(lists: Uint32Array): { start: Uint32Array; items: Uint32Array } {
    const { startList, itemList } = this;
    const start = newWords(lists.length + 1);
    for (let i = 0; i < lists.length; i++) start[i + 1] = start[i]! + startList.get(lists[i]! + 1) - startList.get(lists[i]!);
    const items = newWords(start[lists.length]!);
    for (let i = 0; i < lists.length; i++) {
      const from = startList.get(lists[i]!) - start[i]!;
      for (let at = start[i]!; at < start[i + 1]!; at++) items[at] = itemList.get(from + at);
    }
    return { start, items };
  }

  get(list: number): Uint32Array {
    return this.itemList.view().subarray(this.startList.get(list), this.startList.get(list + 1));
  }

  intern(list: Uint32Array): number {
    return this.internPart(list, 0, list.length);
  }

  /** The number of the list `items[from..to]`. */
  internPart(items: Uint32Array, from: number, to: number): number {
    const { itemList } = this;
    const hash = hashWords(items, from, to);
    let greatest = this.greatest;
    for (let i = from; i < to; i++) if (items[i]! > greatest) greatest = items[i]!;
    // Numbers are given in order: a list that holds a new one is new, and need not be looked for.
    const known = greatest > this.greatest ? -1 : this.find(hash, items, from, to);
    if (known >= 0) return known;
    this.greatest = greatest;
    for (let i = from; i < to; i++) itemList.push(items[i]!);
    this.startList.push(itemList.length);
    return this.slots.add(hash);
  }

  /** The list `items[from..to]`, or -1. */
  private find(hash: number, items: Uint32Array, from: number, to: number): number {
    const { slots } = this;
    const table = slots.table();
    const mask = table.length - 1;
    for (let slot = hash & mask; table[slot] !== 0; slot = (slot + 1) & mask) {
      const candidate = table[slot]! - 1;
      if (slots.hashOf(candidate) === hash && this.equals(candidate, items, from, to)) return candidate;
    }
    return -1;
  }

  private equals(number: number, items: Uint32Array, from: number, to: number): boolean {
    const start = this.startList.get(number);
    if (this.startList.get(number + 1) - start !== to - from) return false;
    for (let i = from; i < to; i++) if (this.itemList.get(start + i - from) !== items[i]) return false;
    return true;
  }
}

/** Multiply and rotate, then a final mix (constants of MurmurHash3). Only spreads lists over slots: equality is always checked. */
export function hashWords(words: Uint32Array, from = 0, to = words.length): number {
  let hash = to - from;
  for (let i = from; i < to; i++) {
    hash = Math.imul(hash ^ Math.imul(words[i]!, 0xcc9e2d51), 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
