/**
 * The objects of a cluster that changes, found by namespace, name, node and address. Never changed: a change gives a new one.
 */
import { isCompleted } from '../input/build-cluster.ts';
import { podAddresses } from '../input/pod-addresses.ts';
import { append } from '../lib/append.ts';
import { formatAddress, parseAddress } from '../lib/ip-address.ts';
import { LayeredMap } from '../lib/layered-map.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import type { Manifests, NamespaceObject, NetworkPolicyObject, PodObject, Resource } from '../model/resource.ts';

type Lists<T> = LayeredMap<readonly Resource<T>[]>;

/** Pods that have completed are no part of it: nothing is decided by them. */
export interface ObjectsByPlace {
  readonly namespaces: LayeredMap<Resource<NamespaceObject>>;
  /** By `namespace/name`; the pods of workloads by `namespace/name` of the workload, whatever its kind. */
  readonly pods: LayeredMap<Resource<PodObject>>;
  readonly podsOfWorkload: Lists<PodObject>;
  readonly podsOnNode: Lists<PodObject>;
  /** By address, in its canonical form. */
  readonly podsAt: Lists<PodObject>;
  readonly policiesIn: Lists<NetworkPolicyObject>;
}

export function objectsByPlace({ namespaces, pods, networkPolicies }: Manifests): ObjectsByPlace {
  const running = pods.filter(({ object }) => !isCompleted(object));
  return {
    namespaces: new LayeredMap(new Map(namespaces.map((resource) => [resource.object.metadata.name, resource]))),
    pods: new LayeredMap(new Map(running.map((pod) => [nameOf(pod), pod]))),
    podsOfWorkload: listsBy(running, workloadsOf),
    podsOnNode: listsBy(running, nodesOf),
    podsAt: listsBy(running, addressesOf),
    policiesIn: listsBy(networkPolicies, ({ object }) => [namespaceOf(object.metadata)]),
  };
}

export function withPod(
  objects: ObjectsByPlace,
  old: Resource<PodObject> | undefined,
  pod: Resource<PodObject> | undefined,
): ObjectsByPlace {
  const was = old !== undefined && !isCompleted(old.object) ? old : undefined;
  const is = pod !== undefined && !isCompleted(pod.object) ? pod : undefined;
  const name = was ?? is;
  if (name === undefined) return objects;
  return {
    ...objects,
    pods: objects.pods.with(nameOf(name), is),
    podsOfWorkload: exchange(objects.podsOfWorkload, was, is, workloadsOf),
    podsOnNode: exchange(objects.podsOnNode, was, is, nodesOf),
    podsAt: exchange(objects.podsAt, was, is, addressesOf),
  };
}

export function withPolicy(
  objects: ObjectsByPlace,
  old: Resource<NetworkPolicyObject> | undefined,
  policy: Resource<NetworkPolicyObject> | undefined,
): ObjectsByPlace {
  return { ...objects, policiesIn: exchange(objects.policiesIn, old, policy, ({ object }) => [namespaceOf(object.metadata)]) };
}

function nameOf({ object }: Resource<PodObject>): string {
  return nameOfObject(object);
}

/** The addresses that belong to the pod, in their canonical form. */
function addressesOf({ object }: Resource<PodObject>): string[] {
  return podAddresses(object.status).map(formatAddress);
}

function workloadsOf({ object }: Resource<PodObject>): string[] {
  return object.workload === undefined ? [] : [`${namespaceOf(object.metadata)}/${object.workload.name}`];
}

function nodesOf({ object }: Resource<PodObject>): string[] {
  return object.spec?.nodeName ? [object.spec.nodeName] : [];
}

function listsBy<T>(resources: readonly Resource<T>[], keysOf: (resource: Resource<T>) => readonly string[]): Lists<T> {
  const lists = new Map<string, Resource<T>[]>();
  for (const resource of resources) {
    for (const key of keysOf(resource)) append(lists, key, resource);
  }
  return new LayeredMap(lists);
}

/** What is new goes to the end, as it does where everything is read anew. */
function exchange<T>(
  lists: Lists<T>,
  was: Resource<T> | undefined,
  is: Resource<T> | undefined,
  keysOf: (resource: Resource<T>) => readonly string[],
): Lists<T> {
  const [gone, come] = [was, is].map((each) => new Set(each === undefined ? [] : keysOf(each)));
  let changed = lists;
  for (const key of new Set([...gone!, ...come!])) {
    const list = (changed.get(key) ?? []).filter((each) => each !== was);
    if (come!.has(key)) list.push(is!);
    changed = changed.with(key, list.length === 0 ? undefined : list);
  }
  return changed;
}

/** The canonical form of an address; undefined for what is none. */
export function canonicalAddress(text: string): string | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : formatAddress(address);
}
