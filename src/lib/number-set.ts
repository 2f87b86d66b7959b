/**
 * A set of numbers below a limit that is filled in any order, read in ascending order and emptied, many times.
 */
import { GrowableUint32 } from './growable.ts';

/** Numbers of a word. */
const WORD_BITS = 32;

export class NumberSet {
  /** A bit for each number. */
  private readonly bits: Uint32Array;
  /** The words that are not 0, in the order in which they were met. */
  private readonly met = new GrowableUint32();
  private inOrder = true;

  /** Numbers are in 0..limit-1. */
  constructor(limit: number) {
    this.bits = new Uint32Array(Math.ceil(limit / WORD_BITS));
  }

  add(number: number): void {
    const { bits, met } = this;
    const word = number >>> 5;
    const before = bits[word]!;
    if (before === 0) {
      if (met.length > 0 && met.get(met.length - 1) > word) this.inOrder = false;
      met.push(word);
    }
    bits[word] = before | (1 << (number & (WORD_BITS - 1)));
  }

  /** Takes all numbers out, ascending, in place of what `into` holds. */
  drain(into: GrowableUint32): void {
    const { bits, met } = this;
    if (!this.inOrder) met.view().sort();
    into.length = 0;
    for (let i = 0; i < met.length; i++) {
      const word = met.get(i);
      for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) into.push(word * WORD_BITS + 31 - Math.clz32(rest & -rest));
      bits[word] = 0;
    }
    met.length = 0;
    this.inOrder = true;
  }
}
