/**
 * The main property under each named profile: the switches that a data plane throws together, on generated clusters. Run again with NETPOLSIM_SEED, and NETPOLSIM_PATH for one failure alone.
 */
import { describe, expect, test } from 'vitest';
import { PROFILE_NAMES, profileOf } from '../../../src/cni/check-profile.ts';
import { printObjects } from '../../../src/fuzz/manifests.ts';
import { PRESETS, type PresetName } from '../../../src/fuzz/settings.ts';
import { createStatistics } from '../../../src/fuzz/statistics.ts';
import { world } from '../../../src/fuzz/world.ts';
import { checkProperty } from '../../support/check.ts';
import { compareDecisions, compareVerdicts, openComparison } from '../../support/compare.ts';
import { SEED } from '../../support/seed.ts';

const FILE = 'test/unit/cni/engine-equals-reference.test.ts';
const CLUSTERS = 25;
const PLAN = PROFILE_NAMES.filter((name) => name !== 'spec').flatMap((cni) =>
  (['mixed', 'addresses', 'ports', 'tiers'] as const satisfies readonly PresetName[]).map((preset) => ({ cni, preset })),
);

describe(`engine and reference agree under named profiles (seed ${SEED})`, () => {
  test.each(PLAN)('$cni on clusters of the preset $preset', ({ cni, preset }) => {
    let compared = 0;
    checkProperty(
      world(PRESETS[preset]).map((generated) => ({ ...generated, profile: profileOf(cni) })),
      (generated) => {
        const comparison = openComparison(generated);
        compareDecisions(comparison, 60, createStatistics());
        compared += 60 + compareVerdicts(comparison, 1500);
      },
      { runs: CLUSTERS, file: FILE, print: (each) => `profile: ${each.profile.name}\n${printObjects(each)}` },
    );
    expect(compared).toBeGreaterThan(0);
  });
});
