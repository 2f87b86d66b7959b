/**
 * Really compiled tables for tests of what happens to tables afterwards.
 */
import fc from 'fast-check';
import { spec } from '../../src/cni/spec.ts';
import { compile } from '../../src/engine/engine.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { PRESETS } from './arbitraries/settings.ts';
import { world } from './arbitraries/world.ts';
import { toManifests } from './manifests.ts';

/** Tables of `count` generated clusters, the same for the same seed. About a third of them hold unknown verdicts. */
export function compiledTables(seed: number, count: number, shared = false): RuleTables[] {
  const worlds = fc.sample(world(PRESETS.unreadable), { seed, numRuns: count });
  return worlds.map((each) => compile(toManifests(each), { cni: spec, shared }).tables);
}
