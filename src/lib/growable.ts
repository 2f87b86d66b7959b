import { newWords } from './words.ts';

/** Memory that is not written to costs nothing, and every page that is copied into new memory a fault. */
export const GROWTH = 4;

/** Where a column goes on that has outgrown the short one it began with. */
const SHORTEST_GROWN = 128;

/**
 * A uint32 column that grows: an append-only list of numbers without boxing.
 */
export class GrowableUint32 {
  private items: Uint32Array;
  /** Can be set to a smaller number, which drops the items at the end. */
  length = 0;

  /** The default needs no memory outside the heap (64 bytes): most columns of a small cluster stay that short. */
  constructor(capacity = 16) {
    this.items = new Uint32Array(capacity);
  }

  push(value: number): void {
    this.reserve(1);
    this.items[this.length++] = value;
  }

  pushAll(values: ArrayLike<number>): void {
    this.reserve(values.length);
    this.items.set(values, this.length);
    this.length += values.length;
  }

  pushRepeated(value: number, count: number): void {
    this.reserve(count);
    const { items, length } = this;
    for (let i = length; i < length + count; i++) items[i] = value;
    this.length = length + count;
  }

  get(index: number): number {
    return this.items[index]!;
  }

  /** Makes it so many items, all 0. */
  clear(length: number): void {
    this.length = 0;
    this.reserve(length);
    this.items.fill(0, 0, length);
    this.length = length;
  }

  /** Overwrites all items. */
  fill(value: number): void {
    this.items.fill(value, 0, this.length);
  }

  /** Overwrites an item that is there. */
  set(index: number, value: number): void {
    this.items[index] = value;
  }

  /** Puts the items from `start` on in order; mostly they are. */
  sortFrom(start: number): void {
    for (let i = start + 1; i < this.length; i++) {
      if (this.items[i]! >= this.items[i - 1]!) continue;
      this.items.subarray(start, this.length).sort();
      return;
    }
  }

  /** The items so far, as a view that later pushes may leave behind. */
  view(): Uint32Array {
    return this.items.subarray(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.items.length) return;
    const larger = newWords(Math.max(this.items.length * GROWTH, this.length + count, SHORTEST_GROWN));
    larger.set(this.items);
    this.items = larger;
  }
}
