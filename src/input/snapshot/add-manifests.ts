/**
 * Manifests that were read before -> the findings of a reading that goes on, as if their files were read again. What follows from all objects together, the pods that workloads
 * stand for, warnings that need every object, and distrust of policies, is left out: it is made anew.
 */

import { objectKey, refOf } from '../../model/object-names.ts';
import type { Manifests, PodObject, Resource } from '../../model/resource.ts';
import { CROSS_CHECK_CODES } from '../cross-check.ts';
import type { Findings, Kept } from '../findings.ts';

export function addManifests(manifests: Manifests, all: Findings): void {
  const { context } = manifests;
  const workloads = (context?.workloads ?? []) as readonly Resource<Kept>[];
  const standIns = new Map(workloads.map(({ object }) => [objectKey(refOf(object.kind, object.metadata)), 0]));
  const isGiven = ({ object }: Resource<PodObject>): boolean => {
    if (object.workload === undefined || object.metadata.ownerReferences?.length) return true;
    const key = objectKey(refOf(object.workload.kind, { ...object.metadata, name: object.workload.name }));
    const count = standIns.get(key);
    if (count !== undefined) standIns.set(key, count + 1);
    return count === undefined;
  };
  const pods = manifests.pods.filter(isGiven);
  const { namespaces, nodes, services, networkPolicies, adminPolicies } = manifests;
  for (const resources of [namespaces, pods, nodes, services, networkPolicies, adminPolicies, workloads]) {
    for (const resource of resources) all.kept.push(resource);
  }
  for (const workload of workloads) {
    const { kind, metadata } = workload.object;
    all.podCounts.set(workload, standIns.get(objectKey(refOf(kind, metadata))) ?? 0);
  }
  for (const policy of manifests.unreadable) {
    // Whether it can be trusted is found out anew.
    const sound = context?.distrusted?.get(policy);
    if (sound === undefined) all.unreadable.push(policy);
    else all.kept.push(sound);
  }
  for (const end of manifests.unreadableEnds) all.unreadableEnds.push(end);
  for (const diagnostic of manifests.diagnostics) if (!CROSS_CHECK_CODES.has(diagnostic.code)) all.diagnostics.push(diagnostic);
  for (const [kind, count] of manifests.skipped) all.skipped.set(kind, (all.skipped.get(kind) ?? 0) + count);
  for (const [kind, { origin, count }] of context?.otherPolicies ?? []) {
    const known = all.otherPolicies.get(kind);
    if (known === undefined) all.otherPolicies.set(kind, { origin, count });
    else known.count += count;
  }
  for (const doubt of context?.doubtfulNamespaces ?? []) all.doubtfulNamespaces.push(doubt);
}
