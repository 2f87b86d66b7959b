/**
 * Bounded-exhaustive comparison of tiers: every pair of 576 rules over tiers, priorities and verdicts, every flow of the universe. The counts are asserted as numbers: an enumeration
 * that shrinks unseen would prove less without failing. All triples: `npm run soak -- --exhaustive tiers`.
 */
import { describe, expect, test } from 'vitest';
import { compareForms, compareObjects } from './compare-tier-sets.ts';
import { ENDS, ENTRIES, entrySets, PORTS, SETS } from './tier-entries.ts';

/** Every 61st pair meets the reference: a number that no count of the universe is a multiple of, so that every part has its turn. */
const OBJECT_STEP = 61;

describe('tiers say the same in tables and in definition', () => {
  test('of a universe of 576 rules and 24 flows', () => {
    expect([ENTRIES.length, ENDS.length * PORTS.length]).toEqual([SETS[1], 24]);
    expect(new Set(ENTRIES.map((entry) => JSON.stringify(entry))).size).toBe(SETS[1]);
    expect([...entrySets(1)].length).toBe(SETS[1]);
    expect((SETS[1] * (SETS[1] - 1)) / 2).toBe(SETS[2]);
    expect((SETS[2] * (SETS[1] - 2)) / 3).toBe(SETS[3]);
  });

  test.each([
    { size: 1, sets: 576 },
    { size: 2, sets: 165_600 },
  ])('under every set of $size in the internal form', { timeout: 900_000 }, ({ size, sets }) => {
    const done = compareForms(size, 'egress');
    console.info(`${size} of ${SETS[1]} rules: ${JSON.stringify(done)}`);
    expect(done).toMatchObject({ sets, flows: sets * 24 });
  });

  test('and alone as objects, under the reference, whole decisions included', { timeout: 900_000 }, () => {
    expect(compareObjects(1)).toMatchObject({ sets: 576, flows: 576 * 24 });
  });

  test(`and every ${OBJECT_STEP}st pair of them`, { timeout: 900_000 }, () => {
    const done = compareObjects(2, { step: OBJECT_STEP });
    console.info(`pairs as objects: ${JSON.stringify(done)}`);
    const sets = Math.ceil(SETS[2] / OBJECT_STEP);
    expect(done).toMatchObject({ sets, flows: sets * 24 });
  });
});
