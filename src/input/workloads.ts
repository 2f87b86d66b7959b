/**
 * Workloads -> the pods that they stand for, unless pods of theirs are in the input; and which workload a pod belongs to. A ReplicaSet of a Deployment
 * and a Job of a CronJob are the same pods as their owner, and are not counted twice.
 */

import { namespaceOf } from '../model/object-names.ts';
import type { ObjectMeta, PodObject, Resource } from '../model/resource.ts';
import { type WorkloadObject, workloadSpec } from './checks/check-workload.ts';
import { FixedResource } from './located-resource.ts';

interface Owner {
  readonly kind: string;
  readonly name: string;
}

/** Ownership goes Deployment, ReplicaSet, Pod or CronJob, Job, Pod: a bound against owners that own each other. */
const LONGEST_CHAIN = 8;

/** All pods: those given, with the workload that each belongs to, then those that stand for workloads without pods. */
export function addWorkloadPods(
  pods: readonly Resource<PodObject>[],
  workloads: readonly Resource<WorkloadObject>[],
  podsPerWorkload: (workload: Resource<WorkloadObject>) => number | 'declared',
): Resource<PodObject>[] {
  const byKey = new Map(workloads.map(({ object }) => [keyOf(object.kind, object.metadata), object]));
  const withPods = new Set<string>();
  const given = [...pods];
  for (const { object } of pods) {
    if (!object.metadata.ownerReferences?.length) continue;
    const chain = ownersOf(object.metadata, byKey);
    const workload = chain.at(-1);
    if (workload === undefined) continue;
    if (byKey.size > 0) for (const { kind, name } of chain) withPods.add(keyOf(kind, { ...object.metadata, name }));
    // INVARIANT: the object was made by this reading, and nobody else has seen it.
    (object as { workload?: Owner }).workload = workload;
  }
  const alone = workloads.filter(({ object }) => !withPods.has(keyOf(object.kind, object.metadata)) && !hasOwnerIn(object.metadata, byKey));
  if (alone.length === 0) return given;
  const taken = new Set(given.map(({ object }) => `${namespaceOf(object.metadata)}/${object.metadata.name}`));
  for (const workload of alone) for (const pod of podsOf(workload, podsPerWorkload(workload), taken)) given.push(pod);
  return given;
}

function keyOf(kind: string, metadata: ObjectMeta): string {
  return `${kind}/${namespaceOf(metadata)}/${metadata.name}`;
}

/** The controllers of an object, from its own to the outermost that is known. */
function ownersOf(metadata: ObjectMeta, byKey: ReadonlyMap<string, WorkloadObject>): Owner[] {
  const chain: Owner[] = [];
  let current: ObjectMeta | undefined = metadata;
  while (current !== undefined && chain.length < LONGEST_CHAIN) {
    const owner = controllerOf(current);
    if (owner === undefined) break;
    chain.push({ kind: owner.kind, name: owner.name });
    current = byKey.size === 0 ? undefined : byKey.get(keyOf(owner.kind, { ...metadata, name: owner.name }))?.metadata;
  }
  return chain;
}

function controllerOf({ ownerReferences }: ObjectMeta): Owner | undefined {
  // A node owns the mirrors of its static pods, and is no workload.
  return ownerReferences?.find(({ controller, kind }) => controller === true && kind !== 'Node');
}

function hasOwnerIn(metadata: ObjectMeta, byKey: ReadonlyMap<string, WorkloadObject>): boolean {
  const owner = controllerOf(metadata);
  return owner !== undefined && byKey.has(keyOf(owner.kind, { ...metadata, name: owner.name }));
}

function podsOf({ object, origin }: Resource<WorkloadObject>, wanted: number | 'declared', taken: Set<string>): Resource<PodObject>[] {
  const spec = workloadSpec(object);
  const count = wanted === 'declared' ? (spec.replicas ?? spec.parallelism ?? 1) : wanted;
  const { name, namespace } = object.metadata;
  const pods: Resource<PodObject>[] = [];
  for (let number = 0; pods.length < count; number++) {
    const metadata: ObjectMeta = {
      name: `${name}-${number}`,
      ...(namespace ? { namespace } : {}),
      labels: spec.template.metadata?.labels ?? null,
    };
    const key = `${namespaceOf(metadata)}/${metadata.name}`;
    if (taken.has(key)) continue;
    taken.add(key);
    pods.push(
      new FixedResource({ kind: 'Pod', metadata, spec: spec.template.spec ?? null, workload: { kind: object.kind, name } }, origin),
    );
  }
  return pods;
}
