/**
 * What needs Node: files and threads.
 */
export { loadComplianceZones, zoneInputs } from './compliance/load-zones.ts';
export { inputPaths, loadReachabilityTests } from './expectations/load-tests.ts';
export { type LoadOptions, loadManifests } from './input/load-manifests.ts';
export { isManifestName } from './input/manifest-name.ts';
export { type LoadInvariantsOptions, loadInvariants } from './invariants/load-invariants.ts';
export { benchPolicies, type PolicySetInput, type ScaleOptions } from './scale/bench-policies.ts';
export { WrongAnswer } from './scale/check-answers.ts';
export { MeasurementFailed } from './scale/run-job.ts';
export { loadShape, shapeNames } from './shapes/load-shape.ts';
export { type SimulateOptions, simulate } from './simulate/simulate.ts';
export { SimulationError } from './simulate/simulation-error.ts';
