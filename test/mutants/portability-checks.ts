/**
 * What must notice mistakes in the comparison of two tables, and in the causes of their differences.
 */
import fc from 'fast-check';
import { PROFILE_NAMES } from '../../src/cni/check-profile.ts';
import { compile } from '../../src/engine/engine.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { world } from '../../src/fuzz/world.ts';
import { compareReach } from '../../src/reach/compare-reach.ts';
import { wrongInComparison } from '../support/compare-reach.ts';
import { PORTABILITY_WORLDS, toldOf } from '../support/portability-worlds.ts';
import type { Check } from './checks.ts';

const SEED = 1911;
const WORLDS = 15;

/** Each world under its own profile, and under a bundled one. */
function compareWorlds(): void {
  const after = fc.sample(fc.constantFrom(...PROFILE_NAMES), { seed: SEED, numRuns: WORLDS });
  for (const preset of ['mixed', 'addresses', 'ports', 'tiers'] as const) {
    for (const [i, generated] of fc.sample(world(PRESETS[preset]), { seed: SEED, numRuns: WORLDS }).entries()) {
      const manifests = toManifests(generated);
      const { domainNames } = generated;
      const tables = [generated.profile, after[i] ?? 'flannel'].map(
        (cni) => compile(manifests, { cni, domainNames, shared: false }).tables,
      );
      const [first, second] = tables;
      if (first === undefined || second === undefined) throw new Error('there are no tables');
      const wrong = wrongInComparison(first, second, compareReach(first, second), { flows: 0 });
      if (wrong !== undefined) throw new Error(`${preset} ${i}: ${wrong}`);
    }
  }
}

function tellWorlds(): void {
  for (const each of PORTABILITY_WORLDS) {
    const { told, notEnforced } = toldOf(each);
    const [expected, found] = [
      [...each.told, ...(each.notEnforced ?? [])],
      [...told, ...notEnforced],
    ];
    for (let i = 0; i < Math.max(expected.length, found.length); i++) {
      if (found[i] !== expected[i]) throw new Error(`${each.title}: told ${found[i]}, expected ${expected[i]}`);
    }
  }
}

export const PORTABILITY_CHECKS: readonly Check[] = [
  { name: 'comparison equals verdicts', run: compareWorlds },
  { name: 'portability by hand', run: tellWorlds },
];
