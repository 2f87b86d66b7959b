/**
 * The main property for as long as asked: engine against reference on fresh clusters, round after round. Says seed, clusters, flows and mismatches as it goes.
 * Started by `soak.ts`, which turns its options into NETPOLSIM_SOAK_MINUTES, NETPOLSIM_SEED and NETPOLSIM_SOAK_PRESET.
 */
import { expect, test } from 'vitest';
import { printObjects } from '../../src/fuzz/manifests.ts';
import { PRESET_NAMES, PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { createStatistics, describeStatistics } from '../../src/fuzz/statistics.ts';
import { world } from '../../src/fuzz/world.ts';
import { checkProperty } from '../support/check.ts';
import { compareDecisions, compareVerdicts, openComparison } from '../support/compare.ts';
import { SEED } from '../support/seed.ts';

const MINUTES = Number(process.env.NETPOLSIM_SOAK_MINUTES ?? '1');
const ONLY = process.env.NETPOLSIM_SOAK_PRESET;
const CLUSTERS_PER_ROUND = 50;
const DECISIONS = 200;
const VERDICTS = 5000;
const REPORT_EVERY_MS = 30_000;

test(`engine and reference agree for ${MINUTES} minutes (seed ${SEED})`, { timeout: 0 }, () => {
  const presets = PRESET_NAMES.filter((name) => ONLY === undefined || ONLY === '' || name === ONLY);
  if (presets.length === 0) throw new RangeError(`there is no preset \`${ONLY}\`: expected one of ${PRESET_NAMES.join(', ')}`);
  const start = performance.now();
  const statistics = createStatistics();
  const done = { clusters: 0, flows: 0, mismatches: 0 };
  const elapsed = () => (performance.now() - start) / 60_000;
  const report = () => {
    const { clusters, flows, mismatches } = done;
    console.log(`soak: seed ${SEED}, ${elapsed().toFixed(1)} min, ${clusters} clusters, ${flows} flows, ${mismatches} mismatches`);
  };

  let reported = start;
  // At least one round of every preset, then until time is over.
  for (let round = 0; round < presets.length || elapsed() < MINUTES; round++) {
    const preset = presets[round % presets.length] as PresetName;
    const seed = (SEED + Math.floor(round / presets.length)) % 0x7fffffff;
    try {
      checkProperty(
        world(PRESETS[preset]),
        (generated) => {
          const comparison = openComparison(generated);
          compareDecisions(comparison, DECISIONS, statistics);
          done.flows += DECISIONS + compareVerdicts(comparison, VERDICTS);
          done.clusters++;
        },
        {
          runs: CLUSTERS_PER_ROUND,
          seed,
          file: '',
          replay: `replay: npm run soak -- --minutes 0 --seed ${seed} --preset ${preset}`,
          print: (each) => `profile: ${JSON.stringify(each.profile)}\n${printObjects(each)}`,
        },
      );
    } catch (error) {
      done.mismatches++;
      console.error(error instanceof Error ? error.message : error);
      break;
    }
    if (performance.now() - reported > REPORT_EVERY_MS) {
      reported = performance.now();
      report();
    }
  }
  report();
  console.log(`soak: decisions of ${describeStatistics(statistics)}`);
  expect(done.mismatches).toBe(0);
});
