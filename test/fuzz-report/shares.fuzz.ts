/**
 * What the generators make, from a fixed seed: per preset the mix of verdicts and the share of flows at edges, per feature of the grammar the share of clusters
 * that have it. Started by `report.ts`.
 */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { flowsOf } from '../../src/fuzz/flows.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { PRESET_NAMES, PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { countFlow, createStatistics } from '../../src/fuzz/statistics.ts';
import { edgesOf, type World, world } from '../../src/fuzz/world.ts';
import { reference } from '../../src/reference/reference.ts';
import { FEATURES } from './features.ts';

const SEED = 20240521;
const CLUSTERS = 500;
/** Clusters of each preset whose flows are judged. */
const JUDGED = 60;
const FLOWS = 60;
const LEAST_SHARE = 0.01;

const clusters = new Map<PresetName, World[]>();
const worldsOf = (preset: PresetName) => {
  const known = clusters.get(preset) ?? fc.sample(world(PRESETS[preset]), { numRuns: CLUSTERS, seed: SEED });
  clusters.set(preset, known);
  return known;
};
const shares = new Map<string, number>();
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

test.each(PRESET_NAMES)('flows of the preset %s: 30 to 70 %% allowed, at least 25 %% at edges', (preset) => {
  const statistics = createStatistics();
  for (const generated of worldsOf(preset).slice(0, JUDGED)) {
    const { canReach } = reference(toManifests(generated), { cni: generated.profile, domainNames: generated.domainNames });
    const edges = edgesOf(generated);
    const next = flowsOf(generated);
    for (let i = 0; i < FLOWS; i++) {
      const flow = next();
      const decision = canReach(flow);
      countFlow(statistics, edges, flow, decision, decision.unknown?.cause);
    }
  }
  const { flows, verdicts, nearEdge } = statistics;
  const { allow, deny, unknown } = verdicts;
  console.log(
    `${preset}: allow ${percent(allow / flows)}, deny ${percent(deny / flows)}, unknown ${percent(unknown / flows)}; at edges ${percent(nearEdge / flows)}`,
  );
  expect(allow / flows).toBeGreaterThan(0.3);
  expect(allow / flows).toBeLessThan(0.7);
  expect(nearEdge / flows).toBeGreaterThan(0.25);
});

test.each(FEATURES)('$name: in at least 1 % of the clusters of a preset', ({ name, holds }) => {
  const found = PRESET_NAMES.map((preset) => worldsOf(preset).filter(holds).length / CLUSTERS);
  const best = Math.max(...found);
  shares.set(`${name} (${PRESET_NAMES[found.indexOf(best)]})`, best);
  expect(best).toBeGreaterThanOrEqual(LEAST_SHARE);
});

afterAll(() => {
  const rarest = [...shares].sort(([, a], [, b]) => a - b).slice(0, 10);
  console.log(`${shares.size} features of the grammar, the rarest in its best preset:`);
  for (const [name, share] of rarest) console.log(`  ${percent(share)} ${name}`);
});
