/**
 * Lowering alone: the internal form of generated manifests, as the one-screen evaluator reads it, says what the reference says of the manifests.
 */
import { describe, expect, test } from 'vitest';
import { printObjects } from '../../src/fuzz/manifests.ts';
import { PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { world } from '../../src/fuzz/world.ts';
import { checkProperty } from '../support/check.ts';
import { compareLowering } from '../support/compare-lowering.ts';
import { SEED } from '../support/seed.ts';

const FILE = 'test/property/lowering-equals-reference.test.ts';
const FLOWS = 100;
const PLAN: readonly { readonly preset: PresetName; readonly clusters: number }[] = [
  { preset: 'mixed', clusters: 150 },
  { preset: 'addresses', clusters: 100 },
  { preset: 'ports', clusters: 100 },
  { preset: 'unreadable', clusters: 50 },
  { preset: 'tiers', clusters: 150 },
];

describe(`the internal form says what the manifests say (seed ${SEED})`, () => {
  test.each(PLAN)('on $clusters clusters of the preset $preset', ({ preset, clusters }) => {
    const settings = { ...PRESETS[preset], weights: { ...PRESETS[preset].weights, sharedAddress: 0, service: 0 } };
    let compared = 0;
    checkProperty(
      world(settings),
      (generated) => {
        compared += compareLowering(generated, FLOWS);
      },
      { runs: clusters, file: FILE, print: (each) => `profile: ${JSON.stringify(each.profile)}\n${printObjects(each)}` },
    );
    expect(compared).toBeGreaterThan(clusters * FLOWS * 0.4);
  });
});
