/**
 * The run whose branch coverage the report checks: engine against reference on the worlds of every preset and on odd questions, the two kernels against each
 * other, and the compiler against the internal form's meaning on ordered tiers. Started by `report.ts` with coverage on; the seed is fixed, so that the same
 * branches are hit each time.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { compile } from '../../src/engine/engine.ts';
import { createDecisionKernel } from '../../src/evaluate/decision-kernel.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import { type ClusterSettings, PRESET_NAMES, PRESETS } from '../../src/fuzz/settings.ts';
import { createStatistics } from '../../src/fuzz/statistics.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import type { DomainNameTable } from '../../src/model/domain-names.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { createFlowBatch } from '../../src/tables/flow-batch.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { compareDecisions, compareVerdicts, openComparison } from '../support/compare.ts';
import { compareTiers, tieredWorld } from '../support/compare-tiers.ts';
import { checkUpdates, scripts, WAYS } from '../support/updates.ts';
import { verdictsOf } from '../support/verdicts-of.ts';
import { NO_QUESTIONS, ODD_NAMES, oddQuestions } from './odd-questions.ts';

const SEED = 20240521;
const CLUSTERS = 100;
const ODD_CLUSTERS = 12;
const TIERED = 150;
const UPDATED = 48;

/** More pods and policies than a preset has, so that tables grow beyond their first size. */
const CROWDED: ClusterSettings = { ...PRESETS.larger, maxPods: 60, maxPolicies: 60 };

const worlds = (settings: ClusterSettings, count: number) => fc.sample(world(settings), { numRuns: count, seed: SEED });

test.each(PRESET_NAMES)('engine and reference on the preset %s', (preset) => {
  const statistics = createStatistics();
  for (const generated of worlds(PRESETS[preset], CLUSTERS)) {
    const comparison = openComparison(generated);
    compareDecisions(comparison, 60, statistics);
    compareVerdicts(comparison, 200);
    compareKernels(comparison.engine.tables, generated.flowSeed);
  }
});

test('engine and reference on crowded clusters', () => {
  for (const generated of worlds(CROWDED, 5)) compareDecisions(openComparison(generated), 60, createStatistics());
});

test('compiled tiers and their meaning', () => {
  for (const generated of fc.sample(tieredWorld, { numRuns: TIERED, seed: SEED })) compareTiers(generated, 100, () => {});
});

test('engine and reference on odd questions', () => {
  for (const generated of worlds(PRESETS.mixed, ODD_CLUSTERS)) {
    const { engine, reference: definition } = openComparison(generated);
    for (const query of oddQuestions(generated)) {
      const said = answerOf(() => engine.canReach(query).verdict);
      expect(said, JSON.stringify(query)).toBe(answerOf(() => definition.canReach(query).verdict));
      expect(answerOf(() => engine.verdict(query))).toBe(said);
    }
    for (const query of NO_QUESTIONS) expect(() => engine.canReach(query as FlowQuery), JSON.stringify(query)).toThrow(RangeError);
  }
});

test('engine and reference on odd tables of domain names, and on one that is a Map', () => {
  const [generated] = worlds(PRESETS.tiers, 1) as [World];
  const manifests = toManifests(generated);
  for (const domainNames of ODD_NAMES as readonly DomainNameTable[]) {
    expect(() => compile(manifests, { domainNames }), JSON.stringify(domainNames)).toThrow(RangeError);
    expect(() => reference(manifests, { domainNames }), JSON.stringify(domainNames)).toThrow(RangeError);
  }
  const domainNames = new Map(Object.entries(generated.domainNames));
  const query = oddQuestions(generated)[0]!;
  expect(answerOf(() => compile(manifests, { domainNames }).canReach(query).verdict)).toBe(
    answerOf(() => reference(manifests, { domainNames }).canReach(query).verdict),
  );
});

test('engine and reference where protocols outside the model are allowed, and where many policies are not enforced', () => {
  const [generated] = worlds({ ...CROWDED, maxPolicies: 60 }, 1) as [World];
  for (const profile of [
    { ...spec, name: 'all protocols', otherProtocols: 'allow' } as const,
    { ...spec, name: 'nothing', enforced: false },
  ]) {
    const { engine, reference: definition } = openComparison({ ...generated, profile });
    for (const query of oddQuestions(generated)) {
      const said = answerOf(() => engine.canReach(query).verdict);
      expect(said, JSON.stringify(query)).toBe(answerOf(() => definition.canReach(query).verdict));
      expect(answerOf(() => engine.verdict(query))).toBe(said);
    }
  }
});

test('updated engines and those compiled anew', () => {
  for (const [i, script] of fc.sample(scripts(PRESETS.mixed), { numRuns: UPDATED, seed: SEED }).entries()) {
    checkUpdates(script, ...WAYS[i % WAYS.length]!, 20);
  }
});

test('engine and reference without options', () => {
  const [generated] = worlds(PRESETS.mixed, 1) as [World];
  const [engine, definition] = [compile(toManifests(generated)), reference(toManifests(generated))];
  const query: FlowQuery = { from: '203.0.113.9', to: '203.0.113.8', protocol: 'TCP', port: 80 };
  expect(engine.canReach(query)).toEqual(definition.canReach(query));
  expect(() => compile({} as Manifests)).toThrow(RangeError);
});

function answerOf(ask: () => string): string {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RangeError) return 'RangeError';
    throw error;
  }
}

/** Any pair of endpoints will do: what the two kernels say of it must be the same. */
function compareKernels(tables: RuleTables, seed: number): void {
  const random = createRandom(seed);
  const endpoints = tables.columns.endpointKind.length;
  const batch = createFlowBatch(256);
  for (; batch.count < batch.port.length; batch.count++) {
    batch.source[batch.count] = random.below(endpoints);
    batch.destination[batch.count] = random.chance(0.1) ? (batch.source[batch.count] as number) : random.below(endpoints);
    batch.protocol[batch.count] = random.below(3);
    batch.port[batch.count] = random.pick(PRESETS.mixed.ports);
  }
  const again = new Uint8Array(batch.count);
  const [egress, ingress] = [new Uint32Array(batch.count), new Uint32Array(batch.count)];
  createDecisionKernel(tables, batch, { egress, ingress, verdicts: again })(batch.count);
  expect(again).toEqual(verdictsOf(tables, batch));
}
