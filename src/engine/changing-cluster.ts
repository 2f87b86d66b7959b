/**
 * A cluster that changes: what it was when its tables were compiled, and what has changed since. Changes of pods, namespaces and NetworkPolicies are kept beside the tables, which go on
 * answering what they do not concern; a question that they do concern is asked of the few objects that its answer depends on. Never changed: a change gives a new one.
 */
import { isCompleted } from '../input/build-cluster.ts';
import type { KnownNodes } from '../input/build-nodes.ts';
import { notThere, type ReadChanges, withChanges } from '../input/changes.ts';
import { type Placement, placementsOf } from '../input/placements.ts';
import { append } from '../lib/append.ts';
import { LayeredMap } from '../lib/layered-map.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type FlowEnd, type FlowQuery, textOfEnd } from '../model/flow.ts';
import { isClusterScoped, namespaceOf, objectKey, refOf } from '../model/object-names.ts';
import { type ObjectRef, UNREADABLE } from '../model/origin.ts';
import type { CniProfile } from '../model/profile.ts';
import {
  type Manifests,
  type NamespaceObject,
  type NetworkPolicyObject,
  NO_MANIFESTS,
  type NodeObject,
  type PodObject,
  type Resource,
} from '../model/resource.ts';
import { type Focus, focusOn, podsOfEnd, type Surroundings, surroundingsOf } from './focus.ts';
import { type Change, canonicalAddress, ObjectsByPlace } from './objects-by-place.ts';

type LocalKind = 'Pod' | 'Namespace' | 'NetworkPolicy';

/** More changes than this at once are compiled. */
const MOST_AT_ONCE = 1000;

/** What was compiled, as changes need it. */
interface Compiled {
  readonly manifests: Manifests;
  readonly profile: CniProfile;
  readonly nodeObjects: ReadonlyMap<string, Resource<NodeObject>>;
  readonly surroundings: Surroundings;
  /** Names of what could not be read: a change of it changes more than itself. */
  readonly unread: ReadonlySet<string>;
  /** Can changes be kept beside the tables at all? */
  readonly isLocal: boolean;
}

export class ChangingCluster {
  private readonly compiled: Compiled;
  private readonly objects: ObjectsByPlace;
  /** How many objects have changed of each namespace: of what is in it, or itself. */
  private readonly changesIn: LayeredMap<number>;

  private constructor(compiled: Compiled, objects: ObjectsByPlace, changesIn: LayeredMap<number>) {
    this.compiled = compiled;
    this.objects = objects;
    this.changesIn = changesIn;
  }

  /** Takes time in proportion to the cluster, once for all changes that follow. */
  static of(manifests: Manifests, profile: CniProfile, nodes: KnownNodes): ChangingCluster {
    const { context, unreadable, unreadableEnds, diagnostics } = manifests;
    const refs = [
      ...unreadable.map(({ name = UNREADABLE, ...ref }) => ({ ...ref, name })),
      ...unreadableEnds.map(({ object }) => object),
      ...diagnostics.flatMap(({ severity, object }) => (severity === 'error' ? (object ?? []) : [])),
    ];
    const compiled: Compiled = {
      manifests,
      profile,
      nodeObjects: new Map(manifests.nodes.map((node) => [node.object.metadata.name, node])),
      surroundings: surroundingsOf(manifests, nodes),
      unread: new Set(refs.map(objectKey)),
      isLocal:
        profile.namedPorts !== 'open-when-unresolved' &&
        // They may share a name with what changes, in whichever namespace.
        !unreadable.some(({ kind, namespace }) => kind === UNREADABLE || (namespace === undefined && !isClusterScoped(kind))) &&
        !context?.doubtfulNamespaces.length,
    };
    return new ChangingCluster(compiled, ObjectsByPlace.of(manifests), new LayeredMap(new Map()));
  }

  /**
   * The cluster after the changes; undefined when they are none that can be kept beside the tables.
   * @throws {RangeError} when something that is to be removed is not there
   */
  with({ applied, appliedRefs, removed }: ReadChanges): ChangingCluster | undefined {
    const { compiled } = this;
    const all = [...appliedRefs, ...removed];
    const hasWorkloads = (compiled.manifests.context?.workloads ?? []).length > 0;
    const isLocal = ({ kind }: ObjectRef): boolean => kind === 'Namespace' || kind === 'NetworkPolicy' || (kind === 'Pod' && !hasWorkloads);
    if (!compiled.isLocal || all.length > MOST_AT_ONCE || !all.every(isLocal) || applied.context?.otherPolicies.size) return undefined;
    if (all.some((ref) => compiled.unread.has(objectKey(ref)))) return undefined;
    const warnings = new Map<string, Diagnostic[]>();
    for (const diagnostic of applied.diagnostics) {
      if (diagnostic.object === undefined) continue;
      append(warnings, objectKey(diagnostic.object), diagnostic);
    }
    const changes = [
      ...[...applied.namespaces, ...applied.pods, ...applied.networkPolicies].map((resource): Change => {
        const ref = refOf(resource.object.kind, resource.object.metadata);
        return { ref, resource, warnings: warnings.get(objectKey(ref)) ?? [] };
      }),
      ...removed.map((ref): Change => ({ ref, resource: undefined, warnings: [] })),
    ];
    let next: ChangingCluster = this;
    for (const change of changes) next = next.withOne(change);
    return next.hasNodesOf(this, changes) ? next : undefined;
  }

  /** Everything as it is now. */
  manifests(): Manifests {
    const { manifests } = this.compiled;
    const changes = this.objects.changes();
    const of = <T>(kind: LocalKind): Resource<T>[] => {
      return changes.flatMap(({ ref, resource }) =>
        ref.kind === kind && resource !== undefined ? [resource as unknown as Resource<T>] : [],
      );
    };
    const removed = changes.filter(({ resource }) => resource === undefined).map(({ ref }) => ref);
    const applied = {
      ...NO_MANIFESTS,
      namespaces: of<NamespaceObject>('Namespace'),
      pods: of<PodObject>('Pod'),
      networkPolicies: of<NetworkPolicyObject>('NetworkPolicy'),
      diagnostics: changes.flatMap(({ warnings }) => warnings),
    };
    const appliedRefs = changes.flatMap(({ ref, resource }) => (resource === undefined ? [] : ref));
    return changes.length === 0 ? manifests : withChanges(manifests, { applied, appliedRefs, removed });
  }

  /** Could what has changed change the answer? */
  concerns({ from, to }: FlowQuery): boolean {
    return this.concernsEnd(from) || this.concernsEnd(to);
  }

  /** What the answer depends on. */
  focusOn(query: FlowQuery): Focus {
    return focusOn(query, this.objects, this.compiled.surroundings);
  }

  private concernsEnd(end: FlowEnd): boolean {
    const text = textOfEnd(end) ?? '';
    const slash = text.indexOf('/');
    if (slash >= 0) return this.changesIn.has(text.slice(0, slash));
    const address = canonicalAddress(text);
    if (address === undefined) return false;
    if (this.objects.isChangedAt(address)) return true;
    return podsOfEnd(text, this.objects).some(({ object }) => this.changesIn.has(namespaceOf(object.metadata)));
  }

  private withOne(change: Change): ChangingCluster {
    const { ref, resource } = change;
    const key = objectKey(ref);
    if (resource === undefined && this.objects.get(key) === undefined) throw notThere(ref);
    const objects = this.objects.with(key, change);
    const more = Number(objects.changed.has(key)) - Number(this.objects.changed.has(key));
    return new ChangingCluster(this.compiled, objects, more === 0 ? this.changesIn : this.withMoreIn(ref.namespace ?? ref.name, more));
  }

  private withMoreIn(namespace: string, more: number): LayeredMap<number> {
    const count = (this.changesIn.get(namespace) ?? 0) + more;
    return this.changesIn.with(namespace, count === 0 ? undefined : count);
  }

  /** Are the nodes, as pods tell them, those that were compiled? */
  private hasNodesOf(before: ChangingCluster, changes: readonly Change[]): boolean {
    const { profile, surroundings, nodeObjects } = this.compiled;
    const placementIn = (cluster: ChangingCluster, key: string): Placement[] => {
      const pod = cluster.objects.get(key) as Resource<PodObject> | undefined;
      return pod === undefined || isCompleted(pod.object) ? [] : placementsOf([pod], profile);
    };
    const moves = changes
      .filter(({ ref }) => ref.kind === 'Pod')
      .map(({ ref }) => ({ from: placementIn(before, objectKey(ref)), to: placementIn(this, objectKey(ref)) }))
      // Most changes of pods leave them where they are.
      .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
    return surroundings.nodes.staysWith(
      moves.flatMap(({ from }) => from),
      moves.flatMap(({ to }) => to),
      (name) => {
        const object = nodeObjects.get(name);
        return {
          objects: object === undefined ? [] : [object],
          placements: placementsOf(this.objects.podsOnNode(name), profile),
        };
      },
    );
  }
}
