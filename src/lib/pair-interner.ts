/**
 * Numbers for pairs of uint32: equal pairs get equal numbers, in order of first appearance.
 */
import { GrowableUint32 } from './growable.ts';
import { twiceAsMany } from './slots.ts';

export class PairInterner {
  private readonly firsts = new GrowableUint32();
  private readonly seconds = new GrowableUint32();
  private readonly hashes = new GrowableUint32();
  private slots: Uint32Array = new Uint32Array(16);

  get count(): number {
    return this.firsts.length;
  }

  intern(first: number, second: number): number {
    const { hashes, slots } = this;
    const mask = slots.length - 1;
    const hash = hashPair(first, second);
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const candidate = slots[slot]! - 1;
      if (this.firsts.get(candidate) === first && this.seconds.get(candidate) === second) return candidate;
    }
    this.firsts.push(first);
    this.seconds.push(second);
    hashes.push(hash);
    slots[slot] = hashes.length;
    if (hashes.length * 2 > slots.length) this.slots = twiceAsMany(slots, hashes.view());
    return hashes.length - 1;
  }
}

/** Multiply and shift (constants of MurmurHash3). Only spreads pairs over slots: equality is always checked. */
export function hashPair(first: number, second: number): number {
  let hash = Math.imul(first, 0xcc9e2d51) ^ Math.imul(second, 0x1b873593);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
