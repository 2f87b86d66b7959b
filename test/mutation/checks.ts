/**
 * What a mutant must survive, as functions of no framework, so that one warm process can meet thousands of mutants: fixed seeds, what kills most first.
 * The same checks as in `test/property` and `test/conformance`, fewer worlds. Worlds are drawn when this module loads, before any mutant is active.
 */
import fc from 'fast-check';
import { spec } from '../../src/cni/spec.ts';
import { PRESET_NAMES, PRESETS } from '../../src/fuzz/settings.ts';
import { createStatistics } from '../../src/fuzz/statistics.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseProbe } from '../conformance/cases/case.ts';
import { CASES } from '../conformance/cases.ts';
import { ENGINES } from '../conformance/engines.ts';
import { compareDecisions, compareVerdicts, openComparison } from '../support/compare.ts';
import { compareLowering } from '../support/compare-lowering.ts';
import { compareTiers, tieredWorld } from '../support/compare-tiers.ts';

export interface Check {
  readonly name: string;
  /** Throws when it does not hold. */
  run(): void | Promise<void>;
}

const SEED = 1911;

interface Round {
  readonly seed: number;
  readonly worlds: number;
  /** Flows per world whose decisions, and whose verdicts, are compared. */
  readonly decisions: number;
  readonly verdicts: number;
}
const QUICK: Round = { seed: SEED, worlds: 5, decisions: 60, verdicts: 300 };
const LONG: Round = { seed: SEED + 1, worlds: 30, decisions: 150, verdicts: 1500 };

export const CHECKS: readonly Check[] = [...differential('quick', QUICK), namedCases(), ...differential('long', LONG)];

function differential(length: string, { seed, worlds, decisions, verdicts }: Round): Check[] {
  const draw = <T>(arbitrary: fc.Arbitrary<T>) => fc.sample(arbitrary, { seed, numRuns: worlds });
  const mixed = PRESET_NAMES.flatMap((preset) => draw(world(PRESETS[preset])));
  const tiered = draw(tieredWorld);
  const lowered = (['mixed', 'addresses', 'ports', 'unreadable'] as const).flatMap((preset) =>
    draw(world({ ...PRESETS[preset], weights: { ...PRESETS[preset].weights, sharedAddress: 0, service: 0 } })),
  );
  return [
    { name: `engine equals reference, ${length}`, run: () => mixed.forEach(compareWorld) },
    { name: `compile equals decide, ${length}`, run: () => tiered.forEach((each) => void compareTiers(each, decisions, () => {})) },
    { name: `lowering equals reference, ${length}`, run: () => lowered.forEach((each) => void compareLowering(each, decisions)) },
  ];

  function compareWorld(each: World): void {
    const comparison = openComparison(each);
    compareDecisions(comparison, decisions, createStatistics());
    compareVerdicts(comparison, verdicts);
  }
}

/** What only the author of a case knows: an error that engine and reference share shows here. */
function namedCases(): Check {
  return {
    name: 'named cases',
    run: async () => {
      for (const { title, objects, profile, probes } of CASES) {
        const parsed = probes.map(parseProbe);
        const cni = { ...spec, name: profile === undefined ? 'spec' : 'varied', ...profile };
        for (const { name, judge } of ENGINES) {
          const flows = parsed.map(({ flow }) => flow);
          const verdicts = await judge(manifestsFromObjects(objects), cni, flows);
          const wrong = parsed.findIndex(({ expect }, i) => expect !== verdicts[i]);
          if (wrong >= 0) throw new Error(`${title}, ${name}: ${probes[wrong]} is ${verdicts[wrong]}`);
        }
      }
    },
  };
}
