/**
 * Manifests from API objects without the input stage: every place of every object has an origin of its own, so that a wrong origin shows.
 */
import type { Origin } from '../model/origin.ts';
import type { CniProfile } from '../model/profile.ts';
import {
  type AdminPolicyObject,
  type Manifests,
  type NamespaceObject,
  type NetworkPolicyObject,
  NO_MANIFESTS,
  type NodeObject,
  type PodObject,
  type Resource,
  type ServiceObject,
  type UnreadableEnd,
  type UnreadablePolicy,
} from '../model/resource.ts';

/** API objects by kind; what is left out is empty. */
export interface ManifestObjects {
  readonly namespaces?: readonly NamespaceObject[];
  readonly pods?: readonly PodObject[];
  readonly nodes?: readonly NodeObject[];
  readonly services?: readonly ServiceObject[];
  readonly networkPolicies?: readonly NetworkPolicyObject[];
  readonly adminPolicies?: readonly AdminPolicyObject[];
  readonly unreadable?: readonly UnreadablePolicy[];
  readonly unreadableEnds?: readonly UnreadableEnd[];
}

/** The objects as `compile` and `reference` take them, in their order, not validated: broken objects are for `manifestsFromObjects`, which checks. */
export function toManifests(objects: ManifestObjects): Manifests {
  let line = 0;
  const resource = <T>(object: T): Resource<T> => {
    line += 1000;
    const first = line;
    const at = (field: string): Origin => ({ file: 'generated.yaml', line: first + placeOf(field), column: 1 });
    return { object, origin: at(''), locate: at };
  };
  return {
    ...NO_MANIFESTS,
    namespaces: (objects.namespaces ?? []).map(resource),
    pods: (objects.pods ?? []).map(resource),
    nodes: (objects.nodes ?? []).map(resource),
    services: (objects.services ?? []).map(resource),
    networkPolicies: (objects.networkPolicies ?? []).map(resource),
    adminPolicies: (objects.adminPolicies ?? []).map(resource),
    unreadable: objects.unreadable ?? [],
    unreadableEnds: objects.unreadableEnds ?? [],
  };
}

/** A line below 1000 that tells `spec.ingress[0]` from `spec.egress[0]` and from `spec.ingress[1]`. */
function placeOf(field: string): number {
  const found = /^spec\.(ingress|egress)\[(\d+)\]/.exec(field);
  return found === null ? 1 : (found[1] === 'ingress' ? 100 : 500) + Number(found[2]);
}

/** A world prints its profile and the seed of its flows as well. */
interface PrintedObjects extends ManifestObjects {
  readonly profile?: CniProfile;
  readonly flowSeed?: number;
}

/** What a failure prints: everything needed to build the same manifests again, as JSON that kubectl would read where the API has a place for it. */
export function printObjects(objects: PrintedObjects): string {
  const items = [
    ...(objects.namespaces ?? []).map((each) => ({ apiVersion: 'v1', ...each })),
    ...(objects.nodes ?? []).map((each) => ({ apiVersion: 'v1', ...each })),
    ...(objects.pods ?? []).map((each) => ({ apiVersion: 'v1', ...each })),
    ...(objects.services ?? []).map((each) => ({ apiVersion: 'v1', ...each })),
    ...(objects.networkPolicies ?? []).map((each) => ({ apiVersion: 'networking.k8s.io/v1', ...each })),
    ...(objects.adminPolicies ?? []).map((each) => {
      return { apiVersion: `policy.networking.k8s.io/${each.kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}`, ...each };
    }),
  ];
  const { unreadable, unreadableEnds, profile, flowSeed } = objects;
  const rest = Object.entries({
    unreadable: unreadable?.length ? unreadable : undefined,
    unreadableEnds: unreadableEnds?.length ? unreadableEnds : undefined,
    profile,
    flowSeed,
  });
  const lines = rest.filter(([, value]) => value !== undefined).map(([name, value]) => `\n${name}: ${JSON.stringify(value)}`);
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}${lines.join('')}`;
}
