/**
 * Really compiled tables for tests of what happens to tables afterwards.
 */
import fc from 'fast-check';
import { spec } from '../../src/cni/spec.ts';
import { compile } from '../../src/engine/engine.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { world } from '../../src/fuzz/world.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';

/** Tables of `count` generated clusters, the same for the same seed. About a third of them hold unknown verdicts. */
export function compiledTables(seed: number, count: number, shared = false): RuleTables[] {
  const worlds = fc.sample(world(PRESETS.unreadable), { seed, numRuns: count });
  return worlds.map((each) => compile(toManifests(each), { cni: spec, shared }).tables);
}
