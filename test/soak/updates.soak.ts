/**
 * Law X3 at length. Started by `soak.ts --updates`: NETPOLSIM_SOAK_INSTANCES scripts in every way to expand and to flush them, in chunks of presets, and a hundred times as many sequences of
 * which every step is an update.
 */
import { expect, test } from 'vitest';
import { PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { checkProperty } from '../support/check.ts';
import { SEED } from '../support/seed.ts';
import { checkUpdates, printScript, scripts, WAYS } from '../support/updates.ts';

const COUNT = Number(process.env.NETPOLSIM_SOAK_INSTANCES ?? '100');
const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
const FLOWS = 30;

test(`updated engines answer as those compiled anew (seed ${SEED})`, { timeout: 0 }, () => {
  const start = performance.now();
  const done = { runs: 0, sequences: 0 };
  const say = () => {
    const minutes = ((performance.now() - start) / 60_000).toFixed(1);
    console.log(`soak: ${minutes} min, ${done.runs} runs in ${WAYS.length} ways, ${done.sequences} random sequences, 0 mismatches`);
  };
  const run = (preset: PresetName, runs: number, seed: number, [expander, flush]: (typeof WAYS)[number], count: () => void) => {
    const replay = `npm run soak -- --updates --seed ${SEED}`;
    const options = { runs, file: '', replay, seed, print: printScript };
    const check = (script: Parameters<typeof checkUpdates>[0]): void => {
      checkUpdates(script, expander, flush, FLOWS);
      count();
    };
    checkProperty(scripts(PRESETS[preset]), check, options);
  };
  for (let i = 0; i < COUNT; i++) {
    const preset = PRESET_NAMES[i % PRESET_NAMES.length]!;
    for (const way of WAYS) run(preset, 1, (SEED + i) % 0x7fffffff, way, () => done.runs++);
    run(preset, 100, (SEED + COUNT + i) % 0x7fffffff, ['squash', 'each step'], () => done.sequences++);
    if (i % 10 === 9) say();
  }
  say();
  expect(done).toEqual({ runs: COUNT * WAYS.length, sequences: COUNT * 100 });
});
