/**
 * Every law on as many fresh instances as asked. Started by `soak.ts --laws`, which turns its options into NETPOLSIM_SOAK_INSTANCES, NETPOLSIM_SEED and NETPOLSIM_SOAK_LAW.
 */
import { expect, test } from 'vitest';
import { ALL_LAWS } from '../laws/catalogue.ts';
import { checkLaw, describeTallies } from '../laws/law.ts';
import { SEED } from '../support/seed.ts';

const INSTANCES = Number(process.env.NETPOLSIM_SOAK_INSTANCES ?? '10000');
const ONLY = process.env.NETPOLSIM_SOAK_LAW;
const laws = ALL_LAWS.filter(({ law }) => ONLY === undefined || ONLY === '' || law.id === ONLY);

test(`there is a law to check (seed ${SEED})`, () => {
  expect(laws.length, `there is no law \`${ONLY}\``).toBeGreaterThan(0);
});

test.each(laws.map(({ law, test: file }) => ({ law, file, title: `${law.id}: ${law.law}` })))('$title', { timeout: 0 }, ({ law, file }) => {
  const start = performance.now();
  const tally = checkLaw(law, INSTANCES, `test/laws/${file}`);
  console.log(`soak: ${describeTallies([tally])}, ${((performance.now() - start) / 1000).toFixed(0)} s`);
  expect(tally.checked).toBeGreaterThanOrEqual(INSTANCES);
});
