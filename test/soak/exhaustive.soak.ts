/**
 * The bounded-exhaustive comparison where the tests stop: every set of three rules of the whole alphabet. Started by `soak.ts --exhaustive`.
 * `--part I/N` (NETPOLSIM_SOAK_PART) compares the I-th of N equal parts, for several cores or several evenings.
 */
import { expect, test } from 'vitest';
import { ALPHABET, TRIPLES } from '../exhaustive/alphabet.ts';
import { compareAll, type Tally } from '../exhaustive/compare-set.ts';
import { setsOf } from '../exhaustive/policy-sets.ts';

const [PART = 1, PARTS = 1] = (process.env.NETPOLSIM_SOAK_PART || '1/1').split('/').map(Number);

test(`engine and reference agree on every set of three rules, part ${PART} of ${PARTS}`, { timeout: 0 }, () => {
  expect(PARTS > 0 && PART > 0 && PART <= PARTS, 'the part is I/N with I from 1 to N').toBe(true);
  const start = performance.now();
  const report = ({ sets, flows, allowed }: Tally) => {
    const minutes = ((performance.now() - start) / 60_000).toFixed(1);
    console.log(`soak: ${minutes} min, ${sets} policy sets, ${flows} flows compared, ${allowed} allowed, 0 mismatches`);
  };
  const done = compareAll(setsOf(ALPHABET, 3), { part: PART - 1, parts: PARTS, report });
  report(done);
  if (PARTS === 1) expect(done.sets).toBe(TRIPLES.policySets);
  else expect(done.sets).toBeGreaterThan(0);
});
