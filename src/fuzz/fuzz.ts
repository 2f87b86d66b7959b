/**
 * Generated clusters, policies and flows for property tests: `netpolsim/fuzz`.
 * One settings record says how large and how strange they are (`ClusterSettings`, presets in `PRESETS`); everything follows from fast-check's seed.
 */
export { flowsOf } from './flows.ts';
export { type ManifestObjects, printObjects, toManifests } from './manifests.ts';
export { type ClusterSettings, PRESET_NAMES, PRESETS, type PresetName } from './settings.ts';
export { countFlow, createStatistics, describeStatistics, type FlowStatistics } from './statistics.ts';
export { type Edges, edgesOf, type Universe, universeOf, type World, world } from './world.ts';
