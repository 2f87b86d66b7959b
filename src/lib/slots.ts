/**
 * Open addressing for things that have numbers: a slot holds a number + 1, or 0. The hashes are kept, so that a table that grows reads nothing else.
 */
import { newWords } from './words.ts';

/** A table of twice the size with the numbers 0..hashes.length-1 in it. */
export function twiceAsMany(slots: Uint32Array, hashes: Uint32Array): Uint32Array {
  const larger = newWords(slots.length * 2);
  const mask = larger.length - 1;
  for (let number = 0; number < hashes.length; number++) {
    let slot = hashes[number]! & mask;
    while (larger[slot] !== 0) slot = (slot + 1) & mask;
    larger[slot] = number + 1;
  }
  return larger;
}
