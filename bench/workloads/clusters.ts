/**
 * The named workloads: the bundled clusters and the field replica, as manifests.
 */
import { join } from 'node:path';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { loadShape } from '../../src/shapes/load-shape.ts';
import type { KubernetesObject } from '../../src/shapes/objects.ts';
import { shapeObjects } from '../../src/shapes/shape.ts';
import { CLUSTERS } from '../support/paths.ts';
import { growthObjects } from './growth.ts';
import { SHAPES, type ShapeName, type WorkloadName } from './names.ts';
import { administratorsPolicies } from './tiers.ts';

/** @param small a tenth of the objects, or less, for runs that only prove that everything works */
export async function loadWorkload(name: WorkloadName, small: boolean): Promise<Manifests> {
  if (name === 'web-shop' || name === 'platform') return loadManifests([join(CLUSTERS, name)]);
  return manifestsFromObjects(objectsOf(name, small));
}

function objectsOf(name: Exclude<WorkloadName, 'web-shop' | 'platform'>, small: boolean): readonly object[] {
  if (name in SHAPES) {
    const { shape, scale, small: smallScale } = SHAPES[name as ShapeName];
    return [...shapeObjects(loadShape(shape), { scale: small ? smallScale : scale })];
  }
  if (name.startsWith('policies-')) {
    const policies = Number(name.slice('policies-'.length));
    return [...growthObjects(small ? Math.ceil(policies / 10) : policies, small)];
  }
  const objects = fieldReplica(small);
  if (name === 'field-replica') return objects;
  const cluster = manifestsFromObjects(objects);
  return [...objects, ...administratorsPolicies(cluster.namespaces.map(({ object }) => object.metadata.name))];
}

/** The objects of the field replica. `small`: a tenth of the pods and policies, with all namespaces and nodes; the distributions do not hold. */
export function fieldReplica(small: boolean): KubernetesObject[] {
  const objects = [...shapeObjects(loadShape('field-replica'))];
  return small ? objects.filter(({ kind }, i) => kind === 'Namespace' || kind === 'Node' || i % 10 === 0) : objects;
}

/** How many questions the reference is asked, which reads every object for each: before anything is timed, and when it is timed itself. */
export function referenceWork(name: WorkloadName, small: boolean): { readonly checked: number; readonly timed: number } {
  if (name === 'web-shop' || name === 'platform') return { checked: 1000, timed: 200 };
  // Seconds a question, some of them: the naive loop's subject compares a thousand verdicts with the engine's.
  if (name in SHAPES) return small ? { checked: 20, timed: 5 } : { checked: 5, timed: 2 };
  return small ? { checked: 20, timed: 5 } : { checked: 200, timed: 20 };
}
