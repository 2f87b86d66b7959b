/**
 * Manifests -> API objects that say the same when they are read again: pods stand as pods, with the workload that they belong to as their owner, whether or not it was in the input.
 * What could not be read cannot be written either.
 */
import { ADMIN_KINDS } from '../model/object-names.ts';
import type { Manifests, PodObject } from '../model/resource.ts';
import type { KubernetesObject } from '../shapes/objects.ts';

export function writtenObjects({ namespaces, nodes, services, pods, networkPolicies, adminPolicies }: Manifests): KubernetesObject[] {
  return [
    ...namespaces.map(({ object }) => written('v1', object)),
    ...nodes.map(({ object }) => written('v1', object)),
    ...pods.map(({ object }) => written('v1', withOwner(object))),
    ...services.map(({ object }) => written('v1', object)),
    ...networkPolicies.map(({ object }) => written('networking.k8s.io/v1', object)),
    ...adminPolicies.map(({ object }) =>
      written(`policy.networking.k8s.io/${object.kind === ADMIN_KINDS[0] ? 'v1alpha2' : 'v1alpha1'}`, object),
    ),
  ];
}

function withOwner({ workload, ...pod }: PodObject): PodObject {
  const { ownerReferences: _, ...metadata } = pod.metadata;
  if (workload === undefined) return { ...pod, metadata };
  const owner = { apiVersion: API_OF_KIND[workload.kind] ?? 'apps/v1', ...workload, controller: true };
  return { ...pod, metadata: { ...metadata, ownerReferences: [owner] } };
}

const API_OF_KIND: Readonly<Record<string, string>> = { Job: 'batch/v1', CronJob: 'batch/v1', ReplicationController: 'v1' };

function written(apiVersion: string, object: object): KubernetesObject {
  return { apiVersion, ...(withoutNull(object) as object) } as KubernetesObject;
}

/** Labels whose value is null are empty text; any other null is as if the field were not there. */
function withoutNull(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNull(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (TEXTS.has(field)) return Object.fromEntries(entries.map(([key, text]: [string, unknown]) => [key, text ?? '']));
  return Object.fromEntries(entries.flatMap(([key, each]: [string, unknown]) => (each == null ? [] : [[key, withoutNull(each, key)]])));
}

const TEXTS: ReadonlySet<string> = new Set(['labels', 'matchLabels', 'selector']);
