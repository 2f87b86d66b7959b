/**
 * Numbers for pairs of uint32: equal pairs get equal numbers, in order of first appearance.
 */
import { GrowableUint32 } from './growable.ts';
import { Slots } from './slots.ts';

export class PairInterner {
  private readonly firsts = new GrowableUint32();
  private readonly seconds = new GrowableUint32();
  private readonly slots = new Slots(16);
  /** No first and no second is greater. */
  private greatestFirst = -1;
  private greatestSecond = -1;

  get count(): number {
    return this.firsts.length;
  }

  intern(first: number, second: number): number {
    const hash = hashPair(first, second);
    // Numbers are given in order: a pair with a new one is new, and need not be looked for.
    const known = first > this.greatestFirst || second > this.greatestSecond ? -1 : this.find(hash, first, second);
    if (known >= 0) return known;
    if (first > this.greatestFirst) this.greatestFirst = first;
    if (second > this.greatestSecond) this.greatestSecond = second;
    this.firsts.push(first);
    this.seconds.push(second);
    return this.slots.add(hash);
  }

  /** The pair, or -1. */
  private find(hash: number, first: number, second: number): number {
    const { firsts, seconds } = this;
    const table = this.slots.table();
    const mask = table.length - 1;
    for (let slot = hash & mask; table[slot] !== 0; slot = (slot + 1) & mask) {
      const candidate = table[slot]! - 1;
      if (firsts.get(candidate) === first && seconds.get(candidate) === second) return candidate;
    }
    return -1;
  }
}

/** Multiply and shift (constants of MurmurHash3). Only spreads pairs over slots: equality is always checked. */
export function hashPair(first: number, second: number): number {
  let hash = Math.imul(first, 0xcc9e2d51) ^ Math.imul(second, 0x1b873593);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
