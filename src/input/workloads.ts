/**
 * Workloads -> the pods that they stand for, unless pods of theirs are in the input; and which workload a pod belongs to. A ReplicaSet of a Deployment
 * and a Job of a CronJob are the same pods as their owner, and are not counted twice.
 */

import { nameOfObject, namespaceOf, objectKey, refOf } from '../model/object-names.ts';
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
  const ownership = new Ownership(workloads);
  const given = pods.map((pod) => withWorkload(pod, ownership.ownerOf(pod)));
  const alone = ownership.alone();
  if (alone.length === 0) return given;
  const taken = new Set(given.map(({ object }) => nameOfObject(object)));
  for (const workload of alone) for (const pod of podsOf(workload, podsPerWorkload(workload), taken)) given.push(pod);
  return given;
}

/** The workloads for which pods stand: to which no pod and no other workload belongs. */
export function workloadsAlone(
  pods: readonly Resource<PodObject>[],
  workloads: readonly Resource<WorkloadObject>[],
): Resource<WorkloadObject>[] {
  const ownership = new Ownership(workloads);
  for (const pod of pods) ownership.ownerOf(pod);
  return ownership.alone();
}

/** Which workloads are there, and which of them the pods belong to that were asked about. */
class Ownership {
  private readonly workloads: readonly Resource<WorkloadObject>[];
  private readonly byKey: ReadonlyMap<string, WorkloadObject>;
  private readonly withPods = new Set<string>();

  constructor(workloads: readonly Resource<WorkloadObject>[]) {
    this.workloads = workloads;
    this.byKey = new Map(workloads.map(({ object }) => [keyOf(object.kind, object.metadata), object]));
  }

  ownerOf({ object: { metadata } }: Resource<PodObject>): Owner | undefined {
    if (!metadata.ownerReferences?.length) return undefined;
    if (this.byKey.size === 0) {
      const owner = controllerOf(metadata);
      return owner === undefined ? undefined : { kind: owner.kind, name: owner.name };
    }
    const chain = ownersOf(metadata, this.byKey);
    for (const { kind, name } of chain) this.withPods.add(keyOf(kind, { ...metadata, name }));
    return chain.at(-1);
  }

  alone(): Resource<WorkloadObject>[] {
    return this.workloads.filter(
      ({ object: { kind, metadata } }) => !this.withPods.has(keyOf(kind, metadata)) && !hasOwnerIn(metadata, this.byKey),
    );
  }
}

function withWorkload(pod: Resource<PodObject>, workload: Owner | undefined): Resource<PodObject> {
  const { object, origin } = pod;
  if (workload === undefined) return pod;
  if (object.workload === undefined) {
    // INVARIANT: a pod that has an owner and no workload was made by this reading, and nobody else has seen it.
    (object as { workload?: Owner }).workload = workload;
    return pod;
  }
  // Others, of a reading before, may still hold it.
  const isSame = object.workload.kind === workload.kind && object.workload.name === workload.name;
  return isSame ? pod : new FixedResource({ ...object, workload }, origin);
}

function keyOf(kind: string, metadata: ObjectMeta): string {
  return objectKey(refOf(kind, metadata));
}

/** The controllers of an object, from its own to the outermost that is known. */
function ownersOf(metadata: ObjectMeta, byKey: ReadonlyMap<string, WorkloadObject>): Owner[] {
  const chain: Owner[] = [];
  let current: ObjectMeta | undefined = metadata;
  while (current !== undefined && chain.length < LONGEST_CHAIN) {
    const owner = controllerOf(current);
    if (owner === undefined) break;
    chain.push({ kind: owner.kind, name: owner.name });
    current = byKey.get(keyOf(owner.kind, { ...metadata, name: owner.name }))?.metadata;
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
