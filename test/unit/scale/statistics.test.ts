import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/lib/random.ts';
import { estimate, growthExponent, median, pairedRatio, percentile } from '../../../src/scale/statistics.ts';

describe('percentiles', () => {
  it('are between the nearest ranks', () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), percentile([10, 20], 0.25), percentile([7], 0.99)]).toEqual([2, 2.5, 12.5, 7]);
  });

  it('are refused for no values, and for shares outside 0 to 1', () => {
    expect(() => median([])).toThrow('no values');
    expect(() => percentile([1], 1.1)).toThrow('got `1.1`');
  });
});

describe('an estimate', () => {
  it('is the same for the same seed, holds its median, and is a point for one value', () => {
    const values = [5, 1, 4, 2, 3];
    expect(estimate(values, 7)).toEqual(estimate(values, 7));
    const { median: middle, low, high } = estimate(values, 7);
    expect([middle, low >= 1, low <= 3, high >= 3, high <= 5, low < high]).toEqual([3, true, true, true, true, true]);
    expect(estimate([9], 1)).toEqual({ median: 9, low: 9, high: 9, values: [9] });
  });

  it('has no width where nothing differs', () => {
    expect(estimate([2, 2, 2, 2], 1)).toMatchObject({ median: 2, low: 2, high: 2 });
  });
});

describe('a paired ratio', () => {
  it('sees a factor through noise that both have', () => {
    // The machine gets ten times slower on the way; after is always 1.5 times before.
    const before = [1, 3, 10, 2, 5];
    const {
      median: ratio,
      low,
      high,
    } = pairedRatio(
      before,
      before.map((value) => value * 1.5),
      1,
    );
    for (const value of [ratio, low, high]) expect(value).toBeCloseTo(1.5, 10);
  });

  it('is the inverse when the sets change places', () => {
    const [a, b] = [
      [1, 2, 4],
      [2, 3, 4],
    ];
    expect(pairedRatio(a!, b!, 1).median * pairedRatio(b!, a!, 1).median).toBeCloseTo(1, 10);
  });

  it('holds the truth in about 95 of 100 intervals of twenty pairs', () => {
    const random = new RandomStream(11);
    const noise = (): number => Math.exp((random.next() / 2 ** 32 - 0.5) * 0.4);
    let held = 0;
    for (let run = 0; run < 200; run++) {
      const before = Array.from({ length: 20 }, noise);
      const { low, high } = pairedRatio(
        before,
        Array.from({ length: 20 }, () => 1.2 * noise()),
        run,
      );
      if (low <= 1.2 && 1.2 <= high) held++;
    }
    expect(held).toBeGreaterThan(170);
    expect(held).toBeLessThan(200);
  });

  it.each([
    [[1, 2], [1], 'pairs need as many values: got 2 and 1'],
    [[0, 1], [1, 1], 'a ratio needs values above 0, got `0`'],
    [[1], [Number.NaN], 'got `NaN`'],
  ])('refuses %j against %j', (before, after, message) => {
    expect(() => pairedRatio(before, after, 1)).toThrow(message);
  });
});

describe('a growth exponent', () => {
  it.each([
    [0, [5, 5, 5, 5]],
    [1, [3, 6, 12, 24]],
    [2, [1, 4, 16, 64]],
  ])('is %d for the costs %j of one, two, four and eight times the size', (exponent, costs) => {
    expect(growthExponent([1, 2, 4, 8], costs)).toBeCloseTo(exponent, 10);
  });

  it('is refused for one size', () => {
    expect(() => growthExponent([4, 4], [1, 2])).toThrow('growth needs two sizes, got 4, 4');
  });
});
