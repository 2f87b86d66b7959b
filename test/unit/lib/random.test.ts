import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAliasTable, sampleAlias, zipfWeights } from '../../../src/lib/alias-table.ts';
import { RandomStream, STATE_WORDS, scale } from '../../../src/lib/random.ts';

function take(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.next());
}

describe('a random stream', () => {
  it('takes whole numbers from 0 on as seed and 32 bits of stream, nothing else', () => {
    expect(() => new RandomStream(2 ** 53 - 1, 0xffffffff)).not.toThrow();
    for (const wrong of [-1, 0.5, 2 ** 53, Number.NaN]) {
      expect(() => new RandomStream(wrong, 0)).toThrow(`seed must be a whole number in 0..2^53 - 1, got \`${wrong}\``);
      expect(() => new RandomStream(1, wrong)).toThrow(`stream must be a whole number in 0..2^32 - 1, got \`${wrong}\``);
    }
    expect(() => new RandomStream(1, 2 ** 32)).toThrow(RangeError);
  });

  it('gives the numbers of a second implementation, written with big integers in another language', () => {
    expect(take(new RandomStream(1), 4)).toEqual([4250681746, 54126622, 862491499, 4122317165]);
    expect(take(new RandomStream(2 ** 53 - 1, 2 ** 32 - 1), 2)).toEqual([3703887816, 3985883325]);
  });

  it('is gone on with from its state', () => {
    const stream = new RandomStream(7, 3);
    take(stream, 5);
    const state = new Uint32Array(STATE_WORDS);
    stream.copyState(state);
    const [a, b, c, counter] = state as unknown as [number, number, number, number];
    // sfc32: the next number is the sum of two words of the state and the counter.
    expect(stream.next()).toBe((a + b + counter) >>> 0);
    stream.copyState(state);
    expect(Array.from(state)).not.toEqual([a, b, c, counter]);
    expect(state[3]).toBe(counter + 1);
  });

  it('differs for seeds that differ in any bit, and for streams', () => {
    const seeds = [0, ...Array.from({ length: 53 }, (_, bit) => 2 ** bit)];
    const beginnings = [
      ...seeds.map((seed) => take(new RandomStream(seed), 2).join()),
      ...Array.from({ length: 100 }, (_, stream) => take(new RandomStream(1, stream + 1), 2).join()),
    ];
    expect(new Set(beginnings).size).toBe(beginnings.length);
    expect(take(new RandomStream(1, 0), 2)).toEqual(take(new RandomStream(1), 2));
  });

  it('begins again when it is seeded again', () => {
    const stream = new RandomStream(5, 5);
    const first = take(stream, 10);
    stream.reseed(6, 5);
    expect(take(stream, 10)).not.toEqual(first);
    stream.reseed(5, 5);
    expect(take(stream, 10)).toEqual(first);
  });

  it.each([
    [-1, 0],
    [0.5, 0],
    [2 ** 53, 0],
    [Number.NaN, 0],
    [0, -1],
    [0, 2 ** 32],
  ])('refuses seed %s with stream %s', (seed, stream) => {
    expect(() => new RandomStream(seed, stream)).toThrow(RangeError);
  });

  it('has every bit set half of the time, and no correlation between neighbouring streams', () => {
    const samples = 20_000;
    const ones = new Array<number>(32).fill(0);
    let agreeing = 0;
    for (let stream = 0; stream < samples; stream++) {
      const word = new RandomStream(42, stream).next();
      const next = new RandomStream(42, stream + 1).next();
      for (let bit = 0; bit < 32; bit++) {
        ones[bit]! += (word >>> bit) & 1;
        agreeing += ((word ^ next) >>> bit) & 1;
      }
    }
    // Five standard deviations of a fair coin; the seed is fixed, so this cannot fail by chance.
    for (const count of ones) expect(Math.abs(count / samples - 0.5)).toBeLessThan(5 * 0.5 * samples ** -0.5);
    expect(Math.abs(agreeing / (samples * 32) - 0.5)).toBeLessThan(5 * 0.5 * (samples * 32) ** -0.5);
  });

  it('fills ranges evenly: chi square over 64 cells', () => {
    const cells = new Array<number>(64).fill(0);
    const stream = new RandomStream(9);
    for (let i = 0; i < 64_000; i++) cells[stream.below(64)]!++;
    const chiSquare = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 63 degrees of freedom: mean 63, standard deviation 11.2.
    expect(chiSquare).toBeGreaterThan(63 - 4 * 11.2);
    expect(chiSquare).toBeLessThan(63 + 4 * 11.2);
  });
});

describe('scale', () => {
  it('never leaves the range, whatever the word', () => {
    for (const end of [1, 2, 3, 65535, 65536, 2 ** 31, 2 ** 32 - 1, 2 ** 32]) {
      expect(scale(0, end)).toBe(0);
      expect(scale(0xffffffff, end)).toBe(end - 1);
    }
  });
});

describe('an alias table', () => {
  const draw = (weights: readonly number[], samples: number): number[] => {
    const table = buildAliasTable(weights);
    const stream = new RandomStream(3);
    const counts = weights.map(() => 0);
    for (let i = 0; i < samples; i++) counts[sampleAlias(table, stream.next())]!++;
    return counts;
  };

  it.each([
    { weights: [1] },
    { weights: [1, 1, 1] },
    { weights: [1, 2, 3, 4] },
    { weights: [1000, 1, 1, 1] },
    { weights: Array.from(zipfWeights(50, 1.1)) },
  ])('draws in proportion to $weights', ({ weights }) => {
    const samples = 100_000;
    const sum = weights.reduce((a, b) => a + b);
    for (const [i, count] of draw(weights, samples).entries()) {
      const p = weights[i]! / sum;
      expect(Math.abs(count / samples - p)).toBeLessThanOrEqual(5 * Math.sqrt((p * (1 - p)) / samples));
    }
  });

  it('never draws an item of weight 0', () => {
    const counts = draw([0, 3, 0, 1, 0], 50_000);
    expect([counts[0], counts[2], counts[4]]).toEqual([0, 0, 0]);
    expect(counts[1]! + counts[3]!).toBe(50_000);
  });

  it('gives an item of weight 0 no part of any cell, whatever rounding leaves', () => {
    const weight = fc.oneof(fc.constant(0), fc.constantFrom(1, 2, 3), fc.double({ min: 1e-9, max: 1, noNaN: true }));
    const lists = fc.array(weight, { maxLength: 12 }).map((list) => [0, ...list, 1]);
    fc.assert(
      fc.property(lists, (weights) => {
        const { threshold, alias } = buildAliasTable(weights);
        for (const [i, own] of threshold.entries()) expect([own > 0 && weights[i] === 0, weights[alias[i]!]! > 0]).toEqual([false, true]);
      }),
      { numRuns: 500, seed: 8 },
    );
    expect(sampleAlias(buildAliasTable([0, 1]), 0)).toBe(1);
  });

  it.each([[[5, 0, 1, 1, 9, 0.25]], [[1, 2, 0]], [[0, 2, 2, 0]], [[1]]])(
    'holds the weights %j exactly: its cells add up to them',
    (weights) => {
      const { threshold, alias } = buildAliasTable(weights);
      const mass = weights.map(() => 0);
      for (const [i, own] of threshold.entries()) {
        const part = own === 0xffffffff ? 1 : own / 2 ** 32;
        mass[i]! += part;
        mass[alias[i]!]! += 1 - part;
      }
      const sum = weights.reduce((a, b) => a + b);
      for (const [i, weight] of weights.entries()) expect(mass[i]! / weights.length).toBeCloseTo(weight / sum, 8);
    },
  );

  it.each([
    [[], 'the sum of weights must be above 0 and finite, got `0`'],
    [[0, 0], 'the sum of weights must be above 0 and finite, got `0`'],
    [[1e308, 1e308], 'the sum of weights must be above 0 and finite, got `Infinity`'],
    [[-1, 2], 'weights must be finite and not negative, got `-1`'],
    [[Number.NaN], 'weights must be finite and not negative, got `NaN`'],
    [[1, Number.POSITIVE_INFINITY], 'weights must be finite and not negative, got `Infinity`'],
  ])('refuses weights %j', (weights, message) => {
    expect(() => buildAliasTable(weights)).toThrow(new RangeError(message));
  });

  it('knows that exponent 0 is uniform, and 1 halves the second', () => {
    expect(Array.from(zipfWeights(3, 0))).toEqual([1, 1, 1]);
    expect(Array.from(zipfWeights(3, 1))).toEqual([1, 1 / 2, 1 / 3]);
  });
});
