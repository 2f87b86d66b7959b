/**
 * What a question is about: the part of a cluster that its answer depends on. A verdict depends on the pods at both ends, their namespaces and nodes, whoever has an address that is asked
 * for, the NetworkPolicies that may select those pods, and all that is cluster-scoped or could not be read. Nothing else: no rule about other pods can change it.
 */
import { lowerSelector, matchesSelector } from '../dialects/label-selector.ts';
import { addressesOfService } from '../input/build-cluster.ts';
import type { KnownNodes } from '../input/build-nodes.ts';
import { labelsOf } from '../input/label-sets.ts';
import { append } from '../lib/append.ts';
import { formatAddress, type IpAddress, parseAddress } from '../lib/ip-address.ts';
import { type FlowQuery, textOfEnd } from '../model/flow.ts';
import { namespaceOf } from '../model/object-names.ts';
import {
  type Manifests,
  type NetworkPolicyObject,
  NO_MANIFESTS,
  type PodObject,
  type Resource,
  type ServiceObject,
  type UnreadableEnd,
} from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';
import { canonicalAddress, type ObjectsByPlace } from './objects-by-place.ts';

/** The objects of a question, and the addresses that it asks for. */
export interface Focus {
  readonly manifests: Manifests;
  readonly addresses: readonly IpAddress[];
  /** Of the whole cluster. */
  readonly nodes: KnownNodes;
}

/** What no change of pods, namespaces and NetworkPolicies concerns. */
export interface Surroundings {
  readonly nodes: KnownNodes;
  readonly servicesAt: ReadonlyMap<string, readonly Resource<ServiceObject>[]>;
  readonly unreadableAt: ReadonlyMap<string, readonly UnreadableEnd[]>;
  readonly manifests: Pick<Manifests, 'adminPolicies' | 'unreadable'>;
}

export function surroundingsOf(manifests: Manifests, nodes: KnownNodes): Surroundings {
  const servicesAt = new Map<string, Resource<ServiceObject>[]>();
  for (const service of manifests.services)
    for (const { ip } of addressesOfService(service.object)) append(servicesAt, formatAddress(ip), service);
  const unreadableAt = new Map<string, UnreadableEnd[]>();
  for (const end of manifests.unreadableEnds) {
    for (const text of end.addresses) append(unreadableAt, canonicalAddress(text) ?? text, end);
  }
  return { nodes, servicesAt, unreadableAt, manifests };
}

/** Every pod that an end can stand for, be it as a name or as an address: more than it does stand for, where a workload and a pod have one name. */
export function podsOfEnd(text: string, objects: ObjectsByPlace): readonly Resource<PodObject>[] {
  const parts = text.split('/');
  if (parts.length < 2) {
    const address = canonicalAddress(text);
    return address === undefined ? [] : objects.podsAt(address);
  }
  const [namespace, name] = [parts[0]!, parts[parts.length - 1]!];
  const pod = objects.pod(namespace, name);
  return [...(pod === undefined ? [] : [pod]), ...objects.podsOfWorkload(namespace, name)];
}

export function focusOn(query: FlowQuery, objects: ObjectsByPlace, surroundings: Surroundings): Focus {
  const texts = [textOfEnd(query.from), textOfEnd(query.to)].filter((text) => text !== undefined);
  const pods = [...new Set(texts.flatMap((text) => podsOfEnd(text, objects)))];
  const addresses = texts.map(parseAddress).filter((address) => address !== undefined);
  const canonical = texts.map(canonicalAddress).filter((text) => text !== undefined);
  const podsIn = new Map<string, Labels[]>();
  for (const { object } of pods) append(podsIn, namespaceOf(object.metadata), labelsOf(object.metadata.labels));
  const { servicesAt, unreadableAt } = surroundings;
  const { adminPolicies, unreadable } = surroundings.manifests;
  const at = <T>(lists: ReadonlyMap<string, readonly T[]>): T[] => [...new Set(canonical.flatMap((address) => lists.get(address) ?? []))];
  return {
    addresses,
    nodes: surroundings.nodes,
    manifests: {
      ...NO_MANIFESTS,
      namespaces: [...podsIn.keys()].flatMap((name) => objects.namespace(name) ?? []),
      pods,
      services: at(servicesAt),
      networkPolicies: [...podsIn].flatMap(([namespace, labels]) =>
        objects.policiesIn(namespace).filter(({ object }) => selectsSome(object, labels)),
      ),
      adminPolicies,
      unreadable: unreadable.filter(({ namespace }) => namespace === undefined || podsIn.has(namespace)),
      unreadableEnds: at(unreadableAt),
    },
  };
}

function selectsSome({ spec }: NetworkPolicyObject, pods: readonly Labels[]): boolean {
  const selector = lowerSelector(spec?.podSelector);
  return pods.some((labels) => matchesSelector(labels, selector));
}
