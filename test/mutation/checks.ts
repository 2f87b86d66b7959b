/**
 * The checks that every Stryker mutant meets in one warm process, what kills most first. Instrumented code is several times slower: many worlds, few flows of each.
 * Worlds are drawn and manifests read when this module loads, before any mutant is active.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { compile } from '../../src/engine/engine.ts';
import { indexIntervals } from '../../src/evaluate/address-index.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { PRESET_NAMES, PRESETS } from '../../src/fuzz/settings.ts';
import { world } from '../../src/fuzz/world.ts';
import { addressIntervals } from '../../src/tables/address-intervals.ts';
import { encodeTables } from '../../src/wire/tables.ts';
import { ENGINES } from '../conformance/engines.ts';
import { type Check, differentialChecks, namedCases } from '../mutants/checks.ts';
import { compileTiers, tieredWorld } from '../support/compare-tiers.ts';
import { addressSets, checkAgainstScan, tablesOf } from '../support/scan-addresses.ts';
import { wideWorld } from '../support/wide-world.ts';

/** What engine and reference might get wrong together; the other engines are compared by the differential checks. */
const ENGINE_NAMES = ['reference', 'single query with reasons'];

const LONG = { seed: 1912, worlds: 10, wide: true, decisions: 40, verdicts: 150 };

function named(length: 'quick' | 'long', checks: readonly Check[]): PreparedCheck[] {
  return checks.map(({ name, run }) => ({ name: `${name}, ${length}` as Check['name'], run, isLast: length === 'long' }));
}

/** A check that looks at the code before any mutant is active. */
export interface PreparedCheck extends Check {
  readonly prepare?: () => void;
  /** Takes longer than the unit tests, and kills little that they and the others do not: it comes last. */
  readonly isLast?: boolean;
}

/** Gives the same bytes as before the mutant: what is stored twice, or in another order, changes no verdict, only sizes and digests. `test/determinism` holds those of tables in CI. */
function sameBytes(what: string, bytes: () => readonly NodeJS.ArrayBufferView[]): PreparedCheck {
  const digests = () => bytes().map((each) => createHash('sha256').update(each).digest('hex'));
  let before: readonly string[] | undefined;
  return {
    name: `same ${what}` as Check['name'],
    prepare: () => {
      before = digests();
    },
    run: () => {
      const different = digests().findIndex((digest, i) => digest !== before?.[i]);
      if (different >= 0) throw new Error(`the ${what} of world ${different} have other bytes`);
    },
  };
}

function sameTables(): PreparedCheck {
  const worlds = PRESET_NAMES.flatMap((preset) => fc.sample(world(PRESETS[preset]), { seed: LONG.seed, numRuns: LONG.worlds }));
  const policies = fc.sample(tieredWorld, { seed: LONG.seed, numRuns: LONG.worlds });
  return sameBytes('tables', () => [
    ...[...worlds, wideWorld(LONG.seed)].map((each) =>
      encodeTables(compile(toManifests(each), { cni: each.profile, domainNames: each.domainNames }).tables),
    ),
    ...policies.map((each) => encodeTables(compileTiers(each).tables)),
  ]);
}

/** Addresses in batches, which no question takes, and the indexes that they are found by. */
function addressBatches(sets: number): PreparedCheck[] {
  const families = ([4, 6] as const).map((family) => ({
    family,
    drawn: fc.sample(addressSets(family), { seed: LONG.seed, numRuns: sets }),
  }));
  const lookUpAll = () => {
    for (const { family, drawn } of families) {
      for (const { starts, more, endpoints } of drawn) checkAgainstScan(starts, family, more, endpoints);
    }
  };
  const indexes = () =>
    families.flatMap(({ family, drawn }) =>
      drawn.flatMap(({ starts }) => {
        const { slots, directories } = indexIntervals(addressIntervals(tablesOf(starts, family, starts.length).columns, family));
        return [slots, directories];
      }),
    );
  return [{ name: 'addresses in batches' as Check['name'], run: lookUpAll }, sameBytes('indexes', indexes)];
}

export const CHECKS: readonly PreparedCheck[] = [
  ...named('quick', differentialChecks({ seed: 1911, worlds: 4, wide: false, decisions: 25, verdicts: 150 })),
  ...addressBatches(20),
  sameTables(),
  namedCases(ENGINES.filter(({ name }) => ENGINE_NAMES.includes(name))),
  ...named('long', differentialChecks(LONG)),
];
