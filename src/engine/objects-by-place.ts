/**
 * The objects of a cluster that changes: each by its key, and the keys of what is at a node, at an address, in a workload or in a namespace. Most changes leave an object where it is, so that
 * they concern its key alone. Never changed: a change gives a new one.
 */
import { isCompleted } from '../input/build-cluster.ts';
import { podAddresses } from '../input/pod-addresses.ts';
import { append } from '../lib/append.ts';
import { formatAddress, parseAddress } from '../lib/ip-address.ts';
import { LayeredMap } from '../lib/layered-map.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf, objectKey, refOf } from '../model/object-names.ts';
import type { ObjectRef } from '../model/origin.ts';
import type { Manifests, NamespaceObject, NetworkPolicyObject, PodObject, Resource } from '../model/resource.ts';

type LocalObject = PodObject | NamespaceObject | NetworkPolicyObject;

/** What has become of an object: `resource` is undefined when it is gone. */
export interface Change {
  readonly ref: ObjectRef;
  readonly resource: Resource<LocalObject> | undefined;
  /** What was said about it when it was read. */
  readonly warnings: readonly Diagnostic[];
}

interface NumberedChange extends Change {
  /** In the order in which changes were made. */
  readonly number: number;
}

type Place = 'address' | 'workload' | 'node' | 'policies';

/** By the name of a place, the keys of what is there. */
type KeysAt = Readonly<Record<Place, LayeredMap<readonly string[]>>>;

export class ObjectsByPlace {
  /** By `objectKey`: what was compiled. */
  private readonly given: ReadonlyMap<string, Resource<LocalObject>>;
  /** By `objectKey`: what differs from it. */
  readonly changed: LayeredMap<NumberedChange>;
  readonly keysAt: KeysAt;
  private readonly made: number;

  private constructor(
    given: ReadonlyMap<string, Resource<LocalObject>>,
    changed: LayeredMap<NumberedChange>,
    keysAt: KeysAt,
    made: number,
  ) {
    this.given = given;
    this.changed = changed;
    this.keysAt = keysAt;
    this.made = made;
  }

  static of({ namespaces, pods, networkPolicies }: Manifests): ObjectsByPlace {
    const given = new Map<string, Resource<LocalObject>>();
    for (const list of [namespaces, pods, networkPolicies]) {
      for (const resource of list) given.set(objectKey(refOf(resource.object.kind, resource.object.metadata)), resource);
    }
    // One place after the other: maps that grow in turns take up to twice the time.
    const keysAt = (place: Place): LayeredMap<readonly string[]> => {
      const lists = new Map<string, string[]>();
      for (const [key, resource] of given) for (const name of NAMES_OF[place](resource)) append(lists, name, key);
      return new LayeredMap(lists);
    };
    const all = { address: keysAt('address'), workload: keysAt('workload'), node: keysAt('node'), policies: keysAt('policies') };
    return new ObjectsByPlace(given, new LayeredMap(new Map()), all, 0);
  }

  /** By `objectKey`. */
  get(key: string): Resource<LocalObject> | undefined {
    const change = this.changed.get(key);
    return change === undefined ? this.given.get(key) : change.resource;
  }

  namespace(name: string): Resource<NamespaceObject> | undefined {
    return this.get(objectKey({ kind: 'Namespace', name })) as Resource<NamespaceObject> | undefined;
  }

  /** Pods that have completed are no part of this and what follows: nothing is decided by them. */
  pod(namespace: string, name: string): Resource<PodObject> | undefined {
    const pod = this.get(objectKey({ kind: 'Pod', namespace, name })) as Resource<PodObject> | undefined;
    return pod === undefined || isCompleted(pod.object) ? undefined : pod;
  }

  /** The pods of the workloads of a name, whatever their kinds. */
  podsOfWorkload(namespace: string, name: string): Resource<PodObject>[] {
    return this.at('workload', `${namespace}/${name}`);
  }

  podsOnNode(name: string): Resource<PodObject>[] {
    return this.at('node', name);
  }

  /** @param address in its canonical form */
  podsAt(address: string): Resource<PodObject>[] {
    return this.at('address', address);
  }

  /** Has a pod come to the address, or left it? */
  isChangedAt(address: string): boolean {
    return this.keysAt.address.isChanged(address);
  }

  policiesIn(namespace: string): Resource<NetworkPolicyObject>[] {
    return this.at('policies', namespace);
  }

  with(key: string, change: Change): ObjectsByPlace {
    const { resource } = change;
    const number = this.made + 1;
    const changed = this.changed.with(key, resource === undefined && !this.given.has(key) ? undefined : { ...change, number });
    return new ObjectsByPlace(this.given, changed, this.movedKeys(key, resource), number);
  }

  /** In the order in which they were made. */
  changes(): Change[] {
    return [...this.changed.changes()].flatMap(([, change]) => change ?? []).sort((a, b) => a.number - b.number);
  }

  private movedKeys(key: string, is: Resource<LocalObject> | undefined): KeysAt {
    const was = this.get(key);
    const { address, workload, node, policies } = this.keysAt;
    return {
      address: moved(address, key, NAMES_OF.address(was), NAMES_OF.address(is)),
      workload: moved(workload, key, NAMES_OF.workload(was), NAMES_OF.workload(is)),
      node: moved(node, key, NAMES_OF.node(was), NAMES_OF.node(is)),
      policies: moved(policies, key, NAMES_OF.policies(was), NAMES_OF.policies(is)),
    };
  }

  /** What has changed stands at the end, as it does where everything is read anew. */
  private at<T>(place: Place, name: string): Resource<T>[] {
    const keys = this.keysAt[place].get(name) ?? [];
    const numbered = keys.map((key) => ({ number: this.changed.get(key)?.number ?? 0, resource: this.get(key) }));
    return numbered.sort((a, b) => a.number - b.number).map(({ resource }) => resource as unknown as Resource<T>);
  }
}

const NOWHERE: readonly string[] = [];

/** Names of the places where an object is. */
const NAMES_OF: Readonly<Record<Place, (resource: Resource<LocalObject> | undefined) => readonly string[]>> = {
  /** In their canonical form. */
  address(resource) {
    const pod = runningPod(resource);
    return pod === undefined ? NOWHERE : podAddresses(pod.status).map(formatAddress);
  },
  /** `namespace/name`, whatever its kind. */
  workload(resource) {
    const pod = runningPod(resource);
    return pod?.workload === undefined ? NOWHERE : [`${namespaceOf(pod.metadata)}/${pod.workload.name}`];
  },
  node(resource) {
    const pod = runningPod(resource);
    return pod?.spec?.nodeName ? [pod.spec.nodeName] : NOWHERE;
  },
  /** The namespaces of policies. */
  policies: (resource) => (resource?.object.kind === 'NetworkPolicy' ? [namespaceOf(resource.object.metadata)] : NOWHERE),
};

function runningPod(resource: Resource<LocalObject> | undefined): PodObject | undefined {
  return resource?.object.kind === 'Pod' && !isCompleted(resource.object) ? resource.object : undefined;
}

/** The lists of keys after an object has gone from some places to others; most changes leave it where it is. */
function moved(
  keysAt: LayeredMap<readonly string[]>,
  key: string,
  from: readonly string[],
  to: readonly string[],
): LayeredMap<readonly string[]> {
  let after = keysAt;
  for (const name of from) {
    if (to.includes(name)) continue;
    const others = (after.get(name) ?? []).filter((each) => each !== key);
    after = after.with(name, others.length === 0 ? undefined : others);
  }
  for (const name of to) if (!from.includes(name)) after = after.with(name, [...(after.get(name) ?? []), key]);
  return after;
}

/** The canonical form of an address; undefined for what is none. */
export function canonicalAddress(text: string): string | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : formatAddress(address);
}
