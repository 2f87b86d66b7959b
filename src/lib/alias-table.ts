/**
 * Sampling from weights in constant time: Walker's alias method as Vose builds it (IEEE Transactions on Software Engineering 17(9), 1991).
 * Every item keeps its own cell up to a threshold, the rest of the cell belongs to one other item.
 */
import { scale } from './random.ts';

export interface AliasTable {
  /** Item i stands for itself where the fraction of the cell, in 2^-32, is below `threshold[i]`. */
  readonly threshold: Uint32Array;
  /** The item that the rest of cell i belongs to. */
  readonly alias: Uint32Array;
}

/**
 * A table that gives item i with probability `weights[i]` / sum, to about 2^-32.
 * @throws {RangeError} when there are no weights, one is negative or not finite, or all are 0
 */
export function buildAliasTable(weights: ArrayLike<number>): AliasTable {
  const count = weights.length;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Number.POSITIVE_INFINITY))
      throw new RangeError(`weights must be finite and not negative, got \`${weights[i]}\``);
    sum += weights[i]!;
  }
  if (!(sum > 0 && sum < Number.POSITIVE_INFINITY)) throw new RangeError(`the sum of weights must be above 0 and finite, got \`${sum}\``);

  const share = Float64Array.from(weights, (weight) => (weight / sum) * count);
  const threshold = new Uint32Array(count).fill(0xffffffff);
  const alias = Uint32Array.from(share.keys());
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < count; i++) (share[i]! < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop()!;
    const rich = large[large.length - 1]!;
    threshold[poor] = Math.floor(share[poor]! * 2 ** 32);
    alias[poor] = rich;
    share[rich] = share[rich]! - (1 - share[poor]!);
    if (share[rich]! < 1) small.push(large.pop()!);
  }
  // What is left is full but for rounding: the shares left add up to the number of cells left, to far less than 1 for below 2^25 weights, so an item of weight 0 is not among them.
  return { threshold, alias };
}

/** The item that a 32-bit random number stands for: its high part chooses the cell, its low part the side of the threshold. */
export function sampleAlias({ threshold, alias }: AliasTable, word: number): number {
  const cell = scale(word, threshold.length);
  return Math.imul(word, threshold.length) >>> 0 < threshold[cell]! ? cell : alias[cell]!;
}

/** The weights 1, 1/2^s, 1/3^s, ...: Zipf's law over ranks. Exponent 0 is uniform. */
export function zipfWeights(count: number, exponent: number): Float64Array {
  return Float64Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent);
}
