/**
 * Generated clusters, policies and flows for property tests: `netpolsim/fuzz`, with fast-check (which a user's suite imports beside it).
 *
 *   fc.assert(fc.property(world(PRESETS.mixed), (generated) => {
 *     const manifests = toManifests(generated);
 *     const engine = compile(manifests, { cni: generated.profile, domainNames: generated.domainNames });
 *     const next = flowsOf(generated);
 *     for (let i = 0; i < 100; i++) { const flow = next(); expect(mine(generated, flow)).toBe(engine.verdict(flow)); }
 *   }));
 *
 * One settings record says how large and how strange worlds are: `ClusterSettings`, ready-made in `PRESETS`. Everything follows from fast-check's seed, and a
 * world shrinks to the few objects that a failure needs. Names: `world` draws a whole input, `toManifests` makes it readable for `compile` and `reference`,
 * `printObjects` for people; `flowsOf` asks questions of it, most of them at the edges of its rules; `edgesOf` and `universeOf` tell where those edges are and
 * what a flow can name; `createStatistics`, `countFlow` and `describeStatistics` tell what the flows were like.
 *
 * And a user's own cluster: `assertInvariants` looks for a cluster beside it in which `never`, `always` or `unchanged` does not hold; `neighbours` draws such clusters, `checkInvariants` judges one.
 */
export { type CheckedCluster, checkInvariants, type InvariantOptions } from '../invariants/check-invariants.ts';
export type { FuzzCounterexample, FuzzedInvariant, FuzzReport } from '../invariants/fuzz-report.ts';
export type {
  BrokenFlow,
  FlowInvariant,
  Invariant,
  InvariantJudgement,
  InvariantStatus,
  UnchangedInvariant,
} from '../invariants/invariant.ts';
export { InvariantsError, type InvariantsFile, parseInvariants, type UnreadUnchanged } from '../invariants/read-invariants.ts';
export { always, never, type StatedEnd, type StatedHead, type StatedPorts, unchanged } from '../invariants/state-invariants.ts';
export { applyMutations } from '../neighbours/apply-mutations.ts';
export { DEFAULT_MUTATIONS, MUTATION_KINDS, type Mutation, type MutationKind, type Neighbour } from '../neighbours/mutation.ts';
export { writtenObjects } from '../neighbours/written-objects.ts';
export { assertInvariants, InvariantBroken } from './assert-invariants.ts';
export { flowsOf } from './flows.ts';
export { type ManifestObjects, printObjects, toManifests } from './manifests.ts';
export { type NeighbourOptions, neighbours } from './neighbours.ts';
export { defaultRuns, type FuzzOptions, searchCounterexamples } from './search.ts';
export { type ClusterSettings, PRESET_NAMES, PRESETS, type PresetName } from './settings.ts';
export { countFlow, createStatistics, describeStatistics, type FlowStatistics } from './statistics.ts';
export { type Edges, edgesOf, type Universe, universeOf, type World, world } from './world.ts';
