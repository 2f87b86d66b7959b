/**
 * What the definition reads for every kind of policy: the objects, one flow between two faces, labels and selectors, names of ports.
 * Specification: networkpolicy-semantics; the numbers in brackets are its points.
 */
import type { CniProfile } from '../model/profile.ts';
import type { LabelSelector, Manifests, NetworkPolicyObject, PodObject, Resource, UnreadablePolicy } from '../model/resource.ts';
import type { NameTable } from './domain-names.ts';
import type { Face } from './ends.ts';

/** What is asked about: the objects, and the NetworkPolicies in order, apart from those that cannot be read. */
export interface World {
  readonly manifests: Manifests;
  readonly profile: CniProfile;
  readonly names: NameTable;
  readonly policies: readonly Resource<NetworkPolicyObject>[];
  readonly unreadable: readonly UnreadablePolicy[];
}

/** One combination of faces of the two ends, on its way. */
export interface Flow {
  readonly source: Face;
  readonly destination: Face;
  readonly protocol: string;
  readonly port: number;
}

/** The kinds of the administrator's policies: they have tiers of their own. */
export function isAdminKind(kind: string): boolean {
  return ['ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'].includes(kind);
}

/** All requirements hold [27]. A selector that is missing or empty selects everything [12]; where its absence says more, the caller has asked before [23]. */
export function selects(selector: LabelSelector | null | undefined, labels: ReadonlyMap<string, string>): boolean {
  const equal = Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels.get(key) === (value ?? ''));
  return (
    equal &&
    (selector?.matchExpressions ?? []).every(({ key, operator, values }) => {
      const value = labels.get(key);
      const listed = value !== undefined && (values ?? []).includes(value);
      if (operator === 'In') return listed;
      // Also true where the key is missing [28].
      if (operator === 'NotIn') return !listed;
      return operator === 'Exists' ? value !== undefined : value === undefined;
    })
  );
}

/** A label without value has the empty value [29]. */
export function labelsOf({ metadata }: { metadata: PodObject['metadata'] }): ReadonlyMap<string, string> {
  return new Map(Object.entries(metadata.labels ?? {}).map(([key, value]) => [key, value ?? '']));
}

/** The control plane labels every namespace with its name; one that is only referred to has no other label [25]. */
export function namespaceLabels({ manifests }: World, name: string): ReadonlyMap<string, string> {
  const found = manifests.namespaces.find(({ object }) => object.metadata.name === name);
  return new Map(found ? labelsOf(found.object) : []).set('kubernetes.io/metadata.name', name);
}

/** Names are resolved at the destination [42], by name and protocol [43]; where there is no such port, or no pod, nothing matches [44]. */
export function portsNamed(profile: CniProfile, name: string, pod: PodObject | undefined, protocol: string): number[] {
  const sidecars = (pod?.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const containers = [...(pod?.spec?.containers ?? []), ...(profile.sidecarPorts ? sidecars : [])];
  const ports = containers.flatMap((container) => container.ports ?? []);
  const found = ports
    .filter((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)
    .map(({ containerPort }) => containerPort);
  return profile.namedPortDuplicates === 'first' ? found.slice(0, 1) : found;
}
