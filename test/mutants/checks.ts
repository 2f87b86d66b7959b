/**
 * What must notice mutants, as functions without a test framework: one process can run them for one mutant, or stay warm and run them for thousands. The same comparisons as in
 * `test/property` and the same cases as in `test/conformance`, with a fixed seed and few worlds: a mistake that needs luck to be noticed is not noticed well enough.
 */
import fc from 'fast-check';
import { spec } from '../../src/cni/spec.ts';
import { PRESET_NAMES, PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { createStatistics } from '../../src/fuzz/statistics.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseProbe } from '../conformance/cases/case.ts';
import { CASES } from '../conformance/cases.ts';
import { ENGINES, type EngineUnderTest } from '../conformance/engines.ts';
import type { PastBug } from '../conformance/past-bugs/past-bug.ts';
import { ASKED, answersOf, expectedOf, manifestsOf, PAST_BUGS, profileOf, workOf } from '../conformance/past-bugs/past-bugs.ts';
import { compareDecisionKernel, compareDecisions, compareVerdicts, openComparison } from '../support/compare.ts';
import { compareLowering } from '../support/compare-lowering.ts';
import { compareTiers, tieredWorld } from '../support/compare-tiers.ts';
import { wideWorld } from '../support/wide-world.ts';
import type { CheckName } from './mutant.ts';
import { OUTPUT_CHECKS } from './output-checks.ts';
import { PORTABILITY_CHECKS } from './portability-checks.ts';

export interface Check {
  readonly name: CheckName;
  /** @throws what it noticed */
  run(): void | Promise<void>;
}

/** How much of everything. */
export interface Volume {
  readonly seed: number;
  /** Worlds of each preset. */
  readonly worlds: number;
  /** Whether to compare a world whose tables have several pages everywhere, too. */
  readonly wide: boolean;
  /** Flows per world whose decisions, and whose verdicts, are compared. */
  readonly decisions: number;
  readonly verdicts: number;
}

const VOLUME: Volume = { seed: 1911, worlds: 20, wide: false, decisions: 80, verdicts: 400 };

/** The check of that name, ready to run. @throws {TypeError} for a past bug that there is not */
export function checkOf(name: CheckName): Check {
  if (name === 'named cases') return namedCases(ENGINES);
  const ready = [...OUTPUT_CHECKS, ...PORTABILITY_CHECKS].find((each) => each.name === name);
  if (ready !== undefined) return ready;
  const found = name.startsWith('past bug ') ? undefined : differentialChecks(VOLUME).find((each) => each.name === name);
  if (found !== undefined) return found;
  const bug = PAST_BUGS.find(({ key }) => name === `past bug ${key}`);
  if (bug === undefined) throw new TypeError(`there is no check \`${name}\``);
  return pastBug(bug, ENGINES);
}

/** The three comparisons. Worlds are drawn here, not when a check runs. */
export function differentialChecks({ seed, worlds, wide, decisions, verdicts }: Volume): Check[] {
  const draw = <T>(arbitraries: readonly fc.Arbitrary<T>[], numRuns = worlds) =>
    arbitraries.flatMap((each) => fc.sample(each, { seed, numRuns }));
  // Three kinds of policies, two tiers, ties: more of them must meet.
  const administered = draw([world(PRESETS.tiers)], worlds * 5);
  const mixed = [...draw(PRESET_NAMES.map((preset) => world(PRESETS[preset]))), ...administered, ...(wide ? [wideWorld(seed)] : [])];
  // As many as of all presets together: what tiers do to each other needs luck to meet.
  const tiered = fc.sample(tieredWorld, { seed, numRuns: worlds * PRESET_NAMES.length });
  const unshared = (preset: PresetName) =>
    world({ ...PRESETS[preset], weights: { ...PRESETS[preset].weights, sharedAddress: 0, service: 0 } });
  const lowered = [
    ...draw((['mixed', 'addresses', 'ports', 'unreadable'] as const).map(unshared), worlds * 3),
    ...draw([unshared('tiers')], worlds * 5),
  ];
  const compareWorld = (each: World) => {
    const comparison = openComparison(each);
    compareDecisions(comparison, decisions, createStatistics());
    compareDecisionKernel(comparison, decisions);
    compareVerdicts(comparison, verdicts);
  };
  return [
    { name: 'engine equals reference', run: () => mixed.forEach(compareWorld) },
    { name: 'compile equals decide', run: () => tiered.forEach((each) => void compareTiers(each, decisions, () => {})) },
    { name: 'lowering equals reference', run: () => lowered.forEach((each) => void compareLowering(each, decisions)) },
  ];
}

/** What only the author of a case knows: an error that engine and reference share shows here. */
export function namedCases(engines: readonly EngineUnderTest[]): Check {
  const cases = CASES.map(({ title, objects, profile, probes }) => ({
    title,
    manifests: manifestsFromObjects(objects),
    cni: { ...spec, name: profile === undefined ? 'spec' : 'varied', ...profile },
    probes: probes.map(parseProbe),
  }));
  return {
    name: 'named cases',
    run: async () => {
      for (const { title, manifests, cni, probes } of cases) {
        const flows = probes.map(({ flow }) => flow);
        for (const { name, judge } of engines) {
          const verdicts = await judge(manifests, cni, flows);
          const wrong = probes.findIndex(({ expect }, i) => expect !== verdicts[i]);
          if (wrong >= 0) throw new Error(`${title}: ${JSON.stringify(flows[wrong])} is ${verdicts[wrong]}, says ${name}`);
        }
      }
    },
  };
}

function pastBug(bug: PastBug, engines: readonly EngineUnderTest[]): Check {
  return {
    name: `past bug ${bug.key}`,
    run: async () => {
      const expected = expectedOf(bug);
      for (const engine of engines) {
        const wrong = (await answersOf(bug, engine)).find((answer, i) => answer !== expected[i]);
        if (wrong !== undefined) throw new Error(`${wrong}, says ${engine.name}`);
      }
      for (const flow of bug.refused ?? []) await refuses(bug, flow);
      const work = bug.most === undefined ? undefined : workOf(bug);
      if (bug.most && work && (work.portsRead > bug.most.portsRead || work.portClasses > bug.most.portClasses))
        throw new Error(`compiling is ${JSON.stringify(work)}, at most ${JSON.stringify(bug.most)}`);
    },
  };
}

async function refuses(bug: PastBug, flow: NonNullable<PastBug['refused']>[number]): Promise<void> {
  for (const { name, judge } of ASKED) {
    const refused = await judge(manifestsOf(bug), profileOf(bug), [flow]).then(
      () => false,
      (error: unknown) => error instanceof RangeError,
    );
    if (!refused) throw new Error(`${flow.from} -> ${flow.to} ${flow.protocol} is not refused, says ${name}`);
  }
}
