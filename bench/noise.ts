/**
 * How much a number moves when nothing changes: one subject is measured in two groups of processes that take turns, and the ratio of the groups is what the machine adds by itself.
 */
import { pairedRatio } from '../src/scale/statistics.ts';

/** The ratio of the second group to the first, with the interval that holds it with 95 % confidence as far as so few pairs can tell. */
export interface Noise {
  readonly subject: string;
  readonly metric: string;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly pairs: number;
}

/** One process of a round. `again`: of the second group. */
export interface Turn {
  readonly name: string;
  readonly again: boolean;
}

/** The subject that is measured twice: of those that were chosen, the first batch, because batches are what the machine moves most. */
export function noisySubject(names: readonly string[]): string | undefined {
  return names.find((name) => name.startsWith('batch.') && !name.endsWith('.reference')) ?? names[0];
}

/** The processes of a round: every subject, and the one that is measured twice once more at the end. Every other round the two groups change places. */
export function turnsOf(names: readonly string[], twice: string | undefined, round: number): Turn[] {
  const changed = round % 2 === 1;
  const turns = names.map((name) => ({ name, again: changed && name === twice }));
  return twice === undefined ? turns : [...turns, { name: twice, again: !changed }];
}

/** `first` and `second` hold a value for each round. */
export function noiseOf(subject: string, metric: string, first: readonly number[], second: readonly number[], seed: number): Noise {
  const { median, low, high } = pairedRatio(first, second, seed);
  return { subject, metric, ratio: median, low, high, pairs: first.length };
}

/** The factor within which two measurements say nothing: the end of the interval that is farther from 1. */
export function noiseFactor({ low, high }: Pick<Noise, 'low' | 'high'>): number {
  return Math.max(high, 1 / low, 1);
}

export function noiseLine({ subject, metric, ratio, low, high, pairs }: Noise): string {
  const range = pairs > 1 ? ` (${low.toFixed(3)} .. ${high.toFixed(3)})` : '';
  return `A/A noise: ${subject}, ${metric}, against itself: ${ratio.toFixed(3)}${range}, ${pairs} pair${pairs === 1 ? '' : 's'}`;
}
