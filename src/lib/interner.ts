/**
 * Numbers for strings and for lists of numbers: equal things get equal numbers, in order of first appearance.
 */
import { GrowableUint32 } from './growable.ts';
import { twiceAsMany } from './slots.ts';

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
  private readonly hashes = new GrowableUint32();
  private slots: Uint32Array = new Uint32Array(256);

  constructor() {
    this.startList.push(0);
  }

  get count(): number {
    return this.hashes.length;
  }

  /** Forgets all lists. */
  clear(): void {
    this.itemList.length = this.hashes.length = 0;
    this.startList.length = 1;
    if (this.slots.length > 256) this.slots = new Uint32Array(256);
    else this.slots.fill(0);
  }

  /** CSR columns of all lists. */
  columns(): { start: Uint32Array; items: Uint32Array } {
    return { start: this.startList.view(), items: this.itemList.view() };
  }

  /** CSR columns of lists by their numbers, in the order given. */
  gather(lists: Iterable<number>): { start: Uint32Array; items: Uint32Array } {
    const start = new GrowableUint32();
    const items = new GrowableUint32();
    start.push(0);
    for (const list of lists) {
      items.pushAll(this.get(list));
      start.push(items.length);
    }
    return { start: start.view(), items: items.view() };
  }

  get(list: number): Uint32Array {
    return this.itemList.view().subarray(this.startList.get(list), this.startList.get(list + 1));
  }

  intern(list: Uint32Array): number {
    return this.internPart(list, 0, list.length);
  }

  /** The number of the list `items[from..to]`. */
  internPart(items: Uint32Array, from: number, to: number): number {
    const { hashes, slots, itemList } = this;
    const mask = slots.length - 1;
    const hash = hashWords(items, from, to);
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const candidate = slots[slot]! - 1;
      if (hashes.get(candidate) === hash && this.equals(candidate, items, from, to)) return candidate;
    }
    for (let i = from; i < to; i++) itemList.push(items[i]!);
    this.startList.push(this.itemList.length);
    hashes.push(hash);
    slots[slot] = hashes.length;
    if (hashes.length * 2 > slots.length) this.slots = twiceAsMany(slots, hashes.view());
    return hashes.length - 1;
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
