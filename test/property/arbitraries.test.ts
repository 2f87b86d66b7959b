/**
 * The generators themselves, from a fixed seed: flows near the edges of rules with a mix of verdicts in every preset, and every field of every object in every form. Shares: `npm run fuzz:report`.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowsOf } from '../../src/fuzz/flows.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { PRESET_NAMES, PRESETS } from '../../src/fuzz/settings.ts';
import { countFlow, createStatistics, describeStatistics } from '../../src/fuzz/statistics.ts';
import { edgesOf, type World, world } from '../../src/fuzz/world.ts';
import { reference } from '../../src/reference/reference.ts';
import { FEATURES } from '../fuzz-report/features.ts';

const SEED = 20240521;
const CLUSTERS = 60;
const FLOWS = 60;

const worldsOf = (preset: (typeof PRESET_NAMES)[number], count: number) =>
  fc.sample(world(PRESETS[preset]), { numRuns: count, seed: SEED });

describe('generated flows', () => {
  test.each(PRESET_NAMES)('of the preset %s are mixed and near the edges of rules', (preset) => {
    const statistics = createStatistics();
    for (const generated of worldsOf(preset, CLUSTERS)) {
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
    const report = describeStatistics(statistics);
    expect(verdicts.allow / flows, report).toBeGreaterThan(0.3);
    expect(verdicts.allow / flows, report).toBeLessThan(0.7);
    expect(verdicts.deny / flows, report).toBeGreaterThan(0.2);
    expect(nearEdge / flows, report).toBeGreaterThan(0.25);
  });

  test('are the same for the same seed', () => {
    const [generated] = worldsOf('mixed', 1) as [World];
    const draw = () => Array.from({ length: 50 }, flowsOf(generated));
    expect(draw()).toEqual(draw());
    const other = flowsOf({ ...generated, flowSeed: generated.flowSeed ^ 1 });
    expect(Array.from({ length: 50 }, other)).not.toEqual(draw());
  });
});

describe('generated input', () => {
  const worlds = PRESET_NAMES.flatMap((preset) => worldsOf(preset, 100));

  test.each(FEATURES)('has $name', ({ holds }) => {
    expect(worlds.some(holds)).toBe(true);
  });

  test('of the asymmetric preset has two kinds of pods without a label value or a port in common', () => {
    for (const { pods } of worldsOf('asymmetric', 20)) {
      const [even, odd] = [0, 1].map((side) => pods.filter((_, i) => i % 2 === side).flatMap(marksOf));
      expect(even?.filter((mark) => odd?.includes(mark))).toEqual([]);
    }
  });
});

/** Label values, port numbers and port names of a pod. */
function marksOf({ metadata, spec }: World['pods'][number]): (string | number)[] {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const ports = containers.flatMap((container) =>
    (container.ports ?? []).flatMap(({ containerPort, name }) => [containerPort, name ?? undefined]),
  );
  return [...Object.values(metadata.labels ?? {}), ...ports].filter((mark) => mark !== undefined && mark !== null);
}
