/**
 * Which kinds of objects are where in a snapshot, and how large one may be.
 */

import { ADMIN_KINDS } from '../../model/object-names.ts';
import type { Section } from '../../wire/snapshot.ts';
import { isMapping } from '../narrow.ts';

export const KINDS: Readonly<Record<Section, readonly string[]>> = {
  namespaces: ['Namespace'],
  pods: ['Pod'],
  nodes: ['Node'],
  services: ['Service'],
  networkPolicies: ['NetworkPolicy'],
  adminPolicies: ADMIN_KINDS,
  workloads: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Job', 'CronJob'],
};

/** A pod that was made from a workload says whose it is, and has no owner that does. */
export function standsForWorkload(object: unknown, workload: unknown): boolean {
  if (workload === undefined || workload === null) return false;
  const metadata = isMapping(object) && isMapping(object.metadata) ? object.metadata : {};
  return !Array.isArray(metadata.ownerReferences) || metadata.ownerReferences.length === 0;
}
