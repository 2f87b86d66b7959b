/**
 * Random numbers for workloads: one small generator (sfc32), seeded, the same on every machine. It is kept apart from the library's own generator, so that
 * a workload keeps its bytes when the library changes how it draws.
 */
export interface Random {
  /** A whole number, 0 <= n < `below`. */
  int(below: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** Shuffles in place, and returns what it was given. */
  shuffle<T>(items: T[]): T[];
}

export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
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

  const int = (below: number): number => {
    if (!(below >= 1)) throw new RangeError(`cannot draw a number below ${below}`);
    return Math.floor((next() / 2 ** 32) * below);
  };
  return {
    int,
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
  };
}

/** A histogram as a shuffled deck: each value as often as the histogram says. Dealing from it meets the histogram exactly. */
export function deck(histogram: Readonly<Record<string, number>>, random: Random): number[] {
  const cards = Object.entries(histogram).flatMap(([value, count]) => new Array<number>(count).fill(Number(value)));
  return random.shuffle(cards);
}

/** Draws one value of a histogram with its count as weight. */
export function draw(histogram: Readonly<Record<string, number>>, random: Random): number {
  const entries = Object.entries(histogram);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.int(total);
  for (const [value, weight] of entries) {
    left -= weight;
    if (left < 0) return Number(value);
  }
  throw new RangeError('cannot draw from an empty histogram');
}
