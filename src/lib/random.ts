/**
 * Seeded random numbers: the same (seed, stream) gives the same numbers on every machine, in every thread, with every Node.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, a period of at least 2^32 for every state and 2^127 on average, 32-bit additions,
 * shifts and xors only. A (seed, stream) below (2^53, 2^32) has a state of its own. Not for secrets.
 */

const MIXING_ROUNDS = 15;

/** Of 32 bits. */
export const STATE_WORDS = 4;

/** 2^-32. */
const UNIT = 2.3283064365386963e-10;

/** A stream of 32-bit numbers that can be seeded again without allocating. */
export class RandomStream {
  private readonly state = new Int32Array(STATE_WORDS);

  /** @throws {RangeError} for a seed outside 0..2^53 - 1 or a stream outside 0..2^32 - 1 */
  constructor(seed: number, stream = 0) {
    this.reseed(seed, stream);
  }

  reseed(seed: number, stream: number): void {
    if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`seed must be a whole number in 0..2^53 - 1, got \`${seed}\``);
    if (!Number.isInteger(stream) || stream < 0 || stream > 0xffffffff)
      throw new RangeError(`stream must be a whole number in 0..2^32 - 1, got \`${stream}\``);
    // INVARIANT: `scramble` is a bijection, so different seeds and streams never begin alike.
    this.state[0] = scramble(stream);
    this.state[1] = scramble(seed ^ 0x9e3779b9);
    this.state[2] = scramble(Math.floor(seed / 2 ** 32) ^ 0x243f6a88);
    this.state[3] = 1;
    for (let i = 0; i < MIXING_ROUNDS; i++) this.next();
  }

  /** A whole number in 0..2^32 - 1. */
  next(): number {
    const { state } = this;
    const sum = (state[0]! + state[1]! + state[3]!) | 0;
    state[3] = state[3]! + 1;
    state[0] = state[1]! ^ (state[1]! >>> 9);
    state[1] = state[2]! + (state[2]! << 3);
    state[2] = ((state[2]! << 21) | (state[2]! >>> 11)) + sum;
    return sum >>> 0;
  }

  /** For generators that go on elsewhere. */
  copyState(into: Uint32Array): void {
    into.set(this.state);
  }

  /** A whole number in 0..end - 1, for an `end` in 1..2^32. Its bias is below end / 2^32. */
  below(end: number): number {
    return scale(this.next(), end);
  }
}

/** A 32-bit number made into a whole number in 0..end - 1, for an `end` in 1..2^32: a multiplication in place of a division. */
export function scale(word: number, end: number): number {
  return (word * end * UNIT) >>> 0;
}

/** The finaliser of MurmurHash3: a bijection of 32-bit numbers that spreads every bit. */
function scramble(word: number): number {
  let mixed = word | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
