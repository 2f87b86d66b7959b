/**
 * Open addressing for things that have numbers, 0 and up. Numbers are given in order, so what holds a new one is new and is not looked for: things enter the table when one is looked for that may be there.
 */
import { GrowableUint32 } from './growable.ts';
import { newWords } from './words.ts';

export class Slots {
  /** Of every thing. */
  private readonly hashes = new GrowableUint32();
  /** A number + 1, or 0: those below `entered`. */
  private slots: Uint32Array;
  private entered = 0;

  private readonly size: number;

  /** `size`: how many slots there are at first, a power of two. */
  constructor(size: number) {
    this.size = size;
    this.slots = new Uint32Array(size);
  }

  /** How many things there are. */
  get count(): number {
    return this.hashes.length;
  }

  hashOf(number: number): number {
    return this.hashes.get(number);
  }

  /** Gives the next number to a thing with this hash. */
  add(hash: number): number {
    this.hashes.push(hash);
    return this.hashes.length - 1;
  }

  /** All things: `numbers[slot]` is a number + 1, or 0. A thing is at its hash, cut to the length, or in the slots that follow without a free one between. */
  table(): Uint32Array {
    if (this.entered < this.hashes.length) this.enter();
    return this.slots;
  }

  /** Forgets all things. */
  clear(): void {
    if (this.slots.length > this.size) this.slots = new Uint32Array(this.size);
    else if (this.entered > 0) this.slots.fill(0);
    this.hashes.length = this.entered = 0;
  }

  /** At most half of the slots are taken. */
  private enter(): void {
    const { hashes } = this;
    let size = this.slots.length;
    while (hashes.length * 2 > size) size *= 2;
    if (size > this.slots.length) {
      this.slots = newWords(size);
      this.entered = 0;
    }
    const { slots } = this;
    for (let number = this.entered; number < hashes.length; number++) {
      let slot = hashes.get(number) & (size - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
      slots[slot] = number + 1;
    }
    this.entered = hashes.length;
  }
}
