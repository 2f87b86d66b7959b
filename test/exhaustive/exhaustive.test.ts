/**
 * Bounded-exhaustive comparison: every NetworkPolicy set over a small alphabet of rules, every flow of a tiny universe, engine against reference.
 * The counts are asserted as numbers: an enumeration that shrinks unseen would prove less without failing. All triples of the alphabet: `npm run soak -- --exhaustive`.
 */
import { describe, expect, test } from 'vitest';
import { ALPHABET, type Letter, PRODUCT, SUB_ALPHABET, TRIPLES } from './alphabet.ts';
import { compareAll, type Tally } from './compare-set.ts';
import { setsOf, spreads } from './policy-sets.ts';
import { FLOWS } from './universe.ts';

interface Step extends Tally {
  readonly what: string;
  readonly letters: readonly Letter[];
  readonly size: number;
}

const PLAN: readonly Step[] = [
  { what: 'no rule', letters: ALPHABET, size: 0, sets: 1, flows: 360, allowed: 360 },
  { what: 'one rule, every combination of its parts', letters: PRODUCT, size: 1, sets: 4062, flows: 1_462_320, allowed: 1_172_901 },
  { what: 'two rules of the alphabet', letters: ALPHABET, size: 2, sets: 6324, flows: 2_276_640, allowed: 1_344_395 },
  { what: 'three rules of the small alphabet', letters: SUB_ALPHABET, size: 3, sets: 708, flows: 254_880, allowed: 129_156 },
];

describe('engine and reference agree on every flow of the tiny universe', () => {
  test('which has 360 flows, 4,062 rules, and alphabets of 91 and 15 of them', () => {
    expect([FLOWS.length, PRODUCT.length, ALPHABET.length, SUB_ALPHABET.length]).toEqual([360, 4062, 91, 15]);
    expect(ALPHABET.filter(({ name }) => !PRODUCT.some((letter) => letter.name === name))).toEqual([]);
    expect(SUB_ALPHABET.filter(({ name }) => !PRODUCT.some((letter) => letter.name === name))).toEqual([]);
  });

  test.each(PLAN)('under every policy set of $what', { timeout: 900_000 }, ({ what, letters, size, sets, flows, allowed }) => {
    const done = compareAll(letters, size);
    console.info(`${what}: ${done.sets} policy sets, ${done.flows} flows compared, ${done.allowed} allowed`);
    expect(done).toEqual({ sets, flows, allowed });
  });

  test(`and three rules of the alphabet, which the soak run compares, make ${TRIPLES.policySets} policy sets`, () => {
    const count = { letterSets: 0, policySets: 0 };
    for (const set of setsOf(ALPHABET, 3)) {
      count.letterSets++;
      count.policySets += spreads(set).length;
    }
    expect(count).toEqual(TRIPLES);
  });
});
