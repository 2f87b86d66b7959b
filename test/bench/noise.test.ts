/**
 * The noise line: which subject is measured twice, who takes turns with whom, and what the ratio says.
 */
import { describe, expect, it } from 'vitest';
import { noiseFactor, noiseLine, noiseOf, noisySubject, turnsOf } from '../../bench/noise.ts';

describe('the subject that is measured twice', () => {
  it('is the first batch, else the first of all, and none when there is none', () => {
    expect(noisySubject(['query.web-shop.verdict', 'batch.web-shop.reference', 'batch.web-shop.random', 'batch.platform.random'])).toBe(
      'batch.web-shop.random',
    );
    expect(noisySubject(['load.yaml', 'compile.platform'])).toBe('load.yaml');
    expect(noisySubject([])).toBeUndefined();
  });

  it('takes both places in turn, with the others between', () => {
    const first = [
      { name: 'a', again: false },
      { name: 'b', again: false },
      { name: 'a', again: true },
    ];
    expect(turnsOf(['a', 'b'], 'a', 0)).toEqual(first);
    expect(turnsOf(['a', 'b'], 'a', 1)).toEqual([
      { name: 'a', again: true },
      { name: 'b', again: false },
      { name: 'a', again: false },
    ]);
    expect(turnsOf(['a', 'b'], 'a', 2)).toEqual(first);
    expect(turnsOf([], undefined, 0)).toEqual([]);
  });
});

describe('the noise', () => {
  it('is the geometric mean of the ratios inside rounds, with an interval around it', () => {
    const noise = noiseOf('s', 'm', [10, 20, 40], [20, 20, 20], 1);
    expect(noise.ratio).toBeCloseTo(1, 12);
    expect(noise).toMatchObject({ subject: 's', metric: 'm', pairs: 3 });
    expect(noise.low).toBeLessThan(1);
    expect(noise.high).toBeGreaterThan(1);
  });

  it('of one pair has no interval, of equal groups is nothing', () => {
    expect(noiseOf('s', 'm', [10], [11], 1)).toMatchObject({ ratio: 1.1, low: 1.1, high: 1.1, pairs: 1 });
    expect(noiseOf('s', 'm', [3, 4], [3, 4], 1)).toMatchObject({ ratio: 1, low: 1, high: 1 });
  });

  it('counts as a factor to the farther side', () => {
    expect(noiseFactor({ low: 0.8, high: 1.1 })).toBe(1.25);
    expect(noiseFactor({ low: 0.95, high: 1.3 })).toBe(1.3);
    expect(noiseFactor({ low: 1.1, high: 1.2 })).toBe(1.2);
    expect(noiseFactor({ low: 1, high: 1 })).toBe(1);
  });

  it('is told in one line', () => {
    expect(noiseLine({ subject: 'batch.a.random', metric: 'throughput', ratio: 1.0123, low: 0.98, high: 1.04, pairs: 5 })).toBe(
      'A/A noise: batch.a.random, throughput, against itself: 1.012 (0.980 .. 1.040), 5 pairs',
    );
    expect(noiseLine({ subject: 's', metric: 'm', ratio: 0.9, low: 0.9, high: 0.9, pairs: 1 })).toBe(
      'A/A noise: s, m, against itself: 0.900, 1 pair',
    );
  });
});
