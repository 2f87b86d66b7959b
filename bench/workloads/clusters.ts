/**
 * The named workloads: the bundled clusters and the field replica, as manifests.
 */
import { join } from 'node:path';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { CLUSTERS } from '../support/paths.ts';
import { everyTenth, fieldReplica } from './field-replica.ts';
import { readFieldReplicaShape } from './shape.ts';

export type WorkloadName = 'web-shop' | 'platform' | 'field-replica';

/** @param small every tenth object of the field replica, for runs that only prove that everything works */
export async function loadWorkload(name: WorkloadName, small: boolean): Promise<Manifests> {
  if (name !== 'field-replica') return loadManifests([join(CLUSTERS, name)]);
  const objects = fieldReplica(readFieldReplicaShape());
  return manifestsFromObjects(small ? everyTenth(objects) : objects);
}
