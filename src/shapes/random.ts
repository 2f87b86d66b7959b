/**
 * Random numbers for generated clusters: one small generator (sfc32), seeded, the same on every machine. It is kept apart from the library's own generator, so that
 * a cluster keeps its bytes when the library changes how it draws.
 */

/** Value, as text, to how often it occurs. */
export type Histogram = Readonly<Record<string, number>>;

/** From the first to the last, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Random {
  /** A whole number, 0 <= n < `below`. */
  int(below: number): number;
  /** A whole number of the span. */
  within(span: Span): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** Shuffles in place, and returns what it was given. */
  shuffle<T>(items: T[]): T[];
  /** A word of `length` letters and digits that begins with a letter. */
  word(length: number): string;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Different streams of one seed are different numbers. */
export function createRandom(seed: number, stream = 0): Random {
  const next = words(seed, stream);
  const int = (below: number): number => {
    if (!(below >= 1)) throw new RangeError(`cannot draw a number below ${below}`);
    return Math.floor((next() / 2 ** 32) * below);
  };
  return {
    int,
    within: ({ from, to }) => from + int(to - from + 1),
    chance: (probability) => next() / 2 ** 32 < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('cannot pick from nothing');
      return items[int(items.length)]!;
    },
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = int(i + 1);
        [items[i], items[j]] = [items[j]!, items[i]!];
      }
      return items;
    },
    word: (length) => Array.from({ length }, (_, i) => LETTERS[int(i === 0 ? 26 : 36)]!).join(''),
  };
}

function words(seed: number, stream: number): () => number {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`seed must be a whole number in 0..2^53 - 1, got \`${seed}\``);
  let a = seed >>> 0;
  let b = (0x9e3779b9 ^ stream) >>> 0;
  let c = (0x243f6a88 ^ Math.floor(seed / 2 ** 32)) >>> 0;
  let counter = 1;
  const next = (): number => {
    const out = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + out) >>> 0;
    return out;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** A histogram as a shuffled deck: each value as often as the histogram says. Dealing from it meets the histogram exactly. */
export function deck(histogram: Histogram, random: Random): number[] {
  const cards = Object.entries(histogram).flatMap(([value, count]) => new Array<number>(count).fill(Number(value)));
  return random.shuffle(cards);
}

/** Draws one value of a histogram with its count as weight. */
export function draw(histogram: Histogram, random: Random): number {
  const entries = Object.entries(histogram);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.int(total);
  for (const [value, weight] of entries) {
    left -= weight;
    if (left < 0) return Number(value);
  }
  throw new RangeError('cannot draw from an empty histogram');
}

/** `count` different texts of `make`, after the given ones. */
export function distinct(count: number, make: () => string, given: readonly string[] = []): string[] {
  const values = new Set<string>(given.slice(0, count));
  for (let tries = 0; values.size < count; tries++) {
    if (tries > 1000 * (count + 1)) throw new RangeError(`cannot find ${count} different values`);
    values.add(make());
  }
  return [...values];
}
