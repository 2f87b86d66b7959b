/**
 * Law X3: an engine that was updated answers as one that was compiled anew, over random sequences of updates, each in the ways that `support/updates.ts` has to expand and to flush it.
 * `npm run soak -- --updates` does the same on many more.
 */
import { describe, expect, test } from 'vitest';
import { PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { checkProperty } from '../support/check.ts';
import { SEED } from '../support/seed.ts';
import { checkUpdates, EXPANDERS, FLUSHES, printScript, scripts, WAYS } from '../support/updates.ts';

const FILE = 'test/property/update-equals-rebuild.test.ts';
/** Scripts of each preset that go straight to their last state, and scripts of one preset for each other way. */
const PLAN: readonly (readonly [PresetName, runs: number])[] = [
  ['mixed', 30],
  ['tiers', 20],
  ['addresses', 30],
  ['unreadable', 15],
  ['asymmetric', 10],
];
const EACH_WAY = 1;
const FLOWS = 30;

describe(`an updated engine is one that was compiled anew (seed ${SEED})`, () => {
  test.each(PLAN)('on scripts of the preset %s', { timeout: 600_000 }, (preset, runs) => {
    const check = (script: Parameters<typeof checkUpdates>[0]) => checkUpdates(script, 'squash', 'each state', FLOWS);
    checkProperty(scripts(PRESETS[preset]), check, { runs, file: FILE, print: printScript });
  });

  test.each(WAYS)('%s, %s', { timeout: 600_000 }, (expander, flush) => {
    const check = (script: Parameters<typeof checkUpdates>[0]) => checkUpdates(script, expander, flush, FLOWS);
    checkProperty(scripts(PRESETS.mixed), check, { runs: EACH_WAY, file: FILE, print: printScript });
  });

  test('six expansions and four flushes make 24 ways', () => {
    expect([Object.keys(EXPANDERS).length, Object.keys(FLUSHES).length, WAYS.length]).toEqual([6, 4, 24]);
  });

  test('would be noticed not to be, if what is removed stayed', () => {
    const check = (script: Parameters<typeof checkUpdates>[0]) => {
      checkUpdates(script, 'squash', 'each state', FLOWS, ({ apply = [] }) => ({ apply }));
    };
    expect(() => checkProperty(scripts(PRESETS.mixed), check, { runs: 100, file: FILE, print: () => '' })).toThrow('compiled anew');
  });
});
