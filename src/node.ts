/**
 * What needs Node: files and threads.
 */
export { type LoadOptions, loadManifests } from './input/load-manifests.ts';
export { loadShape, shapeNames } from './shapes/load-shape.ts';
export { type SimulateOptions, simulate } from './simulate/simulate.ts';
export { SimulationError } from './simulate/simulation-error.ts';
