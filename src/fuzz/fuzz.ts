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
 */
export { flowsOf } from './flows.ts';
export { type ManifestObjects, printObjects, toManifests } from './manifests.ts';
export { type ClusterSettings, PRESET_NAMES, PRESETS, type PresetName } from './settings.ts';
export { countFlow, createStatistics, describeStatistics, type FlowStatistics } from './statistics.ts';
export { type Edges, edgesOf, type Universe, universeOf, type World, world } from './world.ts';
