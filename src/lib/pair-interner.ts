/**
 * Numbers for pairs of uint32: equal pairs get equal numbers, in order of first appearance.
 */
import { GrowableUint32 } from './growable.ts';

export class PairInterner {
  private readonly firsts = new GrowableUint32();
  private readonly seconds = new GrowableUint32();
  /** Open addressing: pair number + 1, or 0. */
  private slots = new Uint32Array(16);

  get count(): number {
    return this.firsts.length;
  }

  intern(first: number, second: number): number {
    const mask = this.slots.length - 1;
    let slot = hashPair(first, second) & mask;
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const candidate = this.slots[slot]! - 1;
      if (this.firsts.get(candidate) === first && this.seconds.get(candidate) === second) return candidate;
    }
    this.firsts.push(first);
    this.seconds.push(second);
    this.slots[slot] = this.count;
    if (this.count * 2 > this.slots.length) this.rehash();
    return this.count - 1;
  }

  private rehash(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let pair = 0; pair < this.count; pair++) {
      let slot = hashPair(this.firsts.get(pair), this.seconds.get(pair)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = pair + 1;
    }
    this.slots = slots;
  }
}

/** Multiply and shift (constants of MurmurHash3). Only spreads pairs over slots: equality is always checked. */
function hashPair(first: number, second: number): number {
  let hash = Math.imul(first, 0xcc9e2d51) ^ Math.imul(second, 0x1b873593);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
