/**
 * The main property: engine and reference give the same decision for every flow of every cluster. Volume that each run must reach is asserted at the end.
 * Run again with NETPOLSIM_SEED, and NETPOLSIM_PATH for one failure alone.
 */
import { describe, expect, test } from 'vitest';
import { printObjects } from '../../src/fuzz/manifests.ts';
import { PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { createStatistics, describeStatistics } from '../../src/fuzz/statistics.ts';
import { world } from '../../src/fuzz/world.ts';
import { checkProperty } from '../support/check.ts';
import { compareDecisionKernel, compareDecisions, compareVerdicts, openComparison } from '../support/compare.ts';
import { PATH, SEED } from '../support/seed.ts';
import { wideWorld } from '../support/wide-world.ts';

const FILE = 'test/property/engine-equals-reference.test.ts';

/** Clusters of each preset, and per cluster the flows whose decisions and whose verdicts are compared. */
const PLAN: readonly { readonly preset: PresetName; readonly clusters: number }[] = [
  { preset: 'mixed', clusters: 500 },
  { preset: 'selectors', clusters: 250 },
  { preset: 'addresses', clusters: 250 },
  { preset: 'ports', clusters: 250 },
  { preset: 'tiers', clusters: 300 },
  { preset: 'unreadable', clusters: 200 },
  { preset: 'larger', clusters: 100 },
  { preset: 'asymmetric', clusters: 100 },
  { preset: 'prototypes', clusters: 100 },
];
const DECISIONS = 70;
const VERDICTS = 2500;

describe(`engine and reference agree (seed ${SEED})`, () => {
  const statistics = createStatistics();
  const done = { clusters: 0, flows: 0 };

  test.each(PLAN)('on $clusters clusters of the preset $preset', { timeout: 600_000 }, ({ preset, clusters }) => {
    checkProperty(
      world(PRESETS[preset]),
      (generated) => {
        const comparison = openComparison(generated);
        compareDecisions(comparison, DECISIONS, statistics);
        compareDecisionKernel(comparison, DECISIONS);
        done.flows += DECISIONS + compareVerdicts(comparison, VERDICTS);
        done.clusters++;
      },
      { runs: clusters, file: FILE, print: (each) => `profile: ${JSON.stringify(each.profile)}\n${printObjects(each)}` },
    );
  });

  test('on a world whose tables have several pages everywhere', () => {
    const comparison = openComparison(wideWorld(SEED));
    const { columns } = comparison.engine.tables;
    expect(Math.min(columns.ingressPeerMemberStart.length, columns.egressPeerMemberStart.length)).toBeGreaterThan(512);
    expect(columns.portClassFirst.length).toBeGreaterThan(32);
    compareDecisions(comparison, 300, createStatistics());
    compareDecisionKernel(comparison, 300);
    compareVerdicts(comparison, 3000);
  });

  test.skipIf(PATH !== undefined)(
    'on at least 2,000 clusters and 5 million flows, of which 30 to 70 % are allowed and a quarter is near an edge',
    () => {
      const { flows, verdicts, nearEdge } = statistics;
      const report = describeStatistics(statistics);
      console.info(`seed ${SEED}: ${done.clusters} clusters, ${done.flows} flows compared; decisions of ${report}`);
      expect(done.clusters, report).toBeGreaterThanOrEqual(2000);
      expect(done.flows, report).toBeGreaterThanOrEqual(5_000_000);
      expect(verdicts.allow / flows, report).toBeGreaterThan(0.3);
      expect(verdicts.allow / flows, report).toBeLessThan(0.7);
      expect(verdicts.deny / flows, report).toBeGreaterThan(0.2);
      expect(nearEdge / flows, report).toBeGreaterThan(0.25);
    },
  );
});
