/**
 * Medians, percentiles and intervals of confidence from few measurements. Intervals are percentile bootstraps (Efron 1979): the same values drawn again with replacement,
 * many times, from a seeded generator, so that equal measurements give equal intervals.
 */
import { RandomStream } from '../lib/random.ts';

/** A median with the interval that holds it with 95 % confidence, as far as so few values can tell. With one value there is no interval: `low` and `high` are the value. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** In the order in which they were measured. */
  readonly values: readonly number[];
}

const RESAMPLES = 2000;
const CONFIDENCE = 0.95;

/** @throws {RangeError} for no values */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Between the two nearest ranks, linearly. `share` is 0..1. @throws {RangeError} for no values, or a share outside 0..1 */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('no values, no percentile');
  if (!(share >= 0 && share <= 1)) throw new RangeError(`the share must be from 0 to 1, got \`${share}\``);
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const rest = place - below;
  const lower = sorted[below] ?? 0;
  return rest === 0 ? lower : lower + rest * ((sorted[below + 1] ?? lower) - lower);
}

export function estimate(values: readonly number[], seed: number): Estimate {
  return estimateOf(values, median, seed);
}

/**
 * How many times as much `after` is as `before`: the geometric mean of the ratios of measurements that were taken as pairs, one beside the other, so that what slowed the
 * machine down slowed both.
 * @throws {RangeError} for lists of different lengths, and for values that are not above 0
 */
export function pairedRatio(before: readonly number[], after: readonly number[], seed: number): Estimate {
  if (before.length !== after.length) throw new RangeError(`pairs need as many values: got ${before.length} and ${after.length}`);
  const wrong = [...before, ...after].find((value) => !(value > 0 && Number.isFinite(value)));
  if (wrong !== undefined) throw new RangeError(`a ratio needs values above 0, got \`${wrong}\``);
  const ratios = before.map((value, i) => (after[i] ?? value) / value);
  return estimateOf(ratios, geometricMean, seed);
}

/** The exponent e of `size^e` that fits best (least squares of the logarithms). 1: twice the size, twice the cost. @throws {RangeError} for fewer than two different sizes */
export function growthExponent(sizes: readonly number[], costs: readonly number[]): number {
  const x = sizes.map(Math.log);
  const y = costs.map(Math.log);
  const meanX = mean(x);
  const meanY = mean(y);
  const spread = x.reduce((sum, each) => sum + (each - meanX) ** 2, 0);
  if (!(spread > 0)) throw new RangeError(`growth needs two sizes, got ${sizes.join(', ')}`);
  return x.reduce((sum, each, i) => sum + (each - meanX) * ((y[i] ?? meanY) - meanY), 0) / spread;
}

function estimateOf(values: readonly number[], statistic: (values: readonly number[]) => number, seed: number): Estimate {
  const center = statistic(values);
  if (values.length === 1) return { median: center, low: center, high: center, values };
  const random = new RandomStream(seed, 0);
  const drawn = Array.from({ length: RESAMPLES }, () => statistic(values.map(() => values[random.below(values.length)] ?? center)));
  return {
    median: center,
    low: percentile(drawn, (1 - CONFIDENCE) / 2),
    high: percentile(drawn, (1 + CONFIDENCE) / 2),
    values,
  };
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)));
}

function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no values, no mean');
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}
