/**
 * A seeded stream of choices for bulk flows: one whole number starts it, and the same number gives the same choices on every machine.
 */
import { RandomStream } from '../lib/random.ts';

export interface Random {
  /** A whole number from 0 to `end - 1`. */
  below(end: number): number;
  /** One of the items. `items` must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** True with this probability. */
  chance(probability: number): boolean;
}

/** Only the low 32 bits of the seed count. */
export function createRandom(seed: number): Random {
  const stream = new RandomStream(seed >>> 0);
  return {
    below: (end) => stream.below(end),
    pick: (items) => {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[stream.below(items.length)] as (typeof items)[number];
    },
    chance: (probability) => stream.next() / 2 ** 32 < probability,
  };
}
