/**
 * The bounded-exhaustive comparison of tiers where the tests stop: every set of three of its 576 rules, in the internal form. Started by `soak.ts --exhaustive tiers`.
 * `--part I/N` (NETPOLSIM_SOAK_PART) compares the I-th of N equal parts; odd parts judge egress, even parts ingress.
 */
import { expect, test } from 'vitest';
import { compareForms, type TierTally } from '../exhaustive/compare-tier-sets.ts';
import { SETS } from '../exhaustive/tier-entries.ts';

const [PART = 1, PARTS = 1] = (process.env.NETPOLSIM_SOAK_PART || '1/1').split('/').map(Number);
const REPORT_EVERY_MS = 30_000;

test(`tables and definition agree on every set of three rules of tiers, part ${PART} of ${PARTS}`, { timeout: 0 }, () => {
  expect(PARTS > 0 && PART > 0 && PART <= PARTS, 'the part is I/N with I from 1 to N').toBe(true);
  const start = performance.now();
  let reported = start;
  const say = ({ sets, flows, allow, deny, unknown }: TierTally) => {
    const minutes = ((performance.now() - start) / 60_000).toFixed(1);
    console.log(
      `soak: ${minutes} min, ${sets} policy sets, ${flows} flows compared (${allow} allowed, ${deny} denied, ${unknown} unknown), 0 mismatches`,
    );
  };
  const report = (tally: TierTally) => {
    if (performance.now() - reported < REPORT_EVERY_MS) return;
    reported = performance.now();
    say(tally);
  };
  const done = compareForms(3, PART % 2 === 1 ? 'egress' : 'ingress', { part: PART - 1, parts: PARTS, report });
  say(done);
  expect(done.sets).toBe(Math.ceil((SETS[3] - (PART - 1)) / PARTS));
});
