/**
 * Manifests and mutations -> the manifests of the neighbour, and what has happened as sentences. A mutation that changes nothing, because another came before it, is left out.
 */
import { FixedResource } from '../input/located-resource.ts';
import { NAME_LABEL, namespaceOf, objectKey, objectName, refOf } from '../model/object-names.ts';
import { type ObjectRef, UNKNOWN_ORIGIN } from '../model/origin.ts';
import type { AdminPolicyObject, Manifests, NamespaceObject, NetworkPolicyObject, Resource } from '../model/resource.ts';
import { changeLabel } from './change-label.ts';
import { ChangingPods } from './changing-pods.ts';
import type { Mutation, Neighbour } from './mutation.ts';
import { labelsOf, priorityOf } from './vocabulary.ts';

/** @throws {RangeError} for a pod that is not there */
export function applyMutations(manifests: Manifests, mutations: readonly Mutation[]): Neighbour {
  const state = new NeighbourState(manifests);
  const applied: Mutation[] = [];
  const changes: string[] = [];
  for (const mutation of mutations) {
    const change = state.apply(mutation);
    if (change === undefined) continue;
    applied.push(mutation);
    changes.push(change);
  }
  return { mutations: applied, changes, manifests: applied.length === 0 ? manifests : state.manifests(), original: manifests };
}

class NeighbourState {
  private readonly given: Manifests;
  private readonly pods: ChangingPods;
  private readonly namespaces: Map<string, Resource<NamespaceObject>>;
  private readonly known: Set<string>;
  private networkPolicies: readonly Resource<NetworkPolicyObject>[];
  private adminPolicies: readonly Resource<AdminPolicyObject>[];

  constructor(manifests: Manifests) {
    this.given = manifests;
    this.pods = new ChangingPods(manifests);
    this.namespaces = new Map(manifests.namespaces.map((each) => [each.object.metadata.name, each]));
    this.known = new Set([
      ...this.namespaces.keys(),
      ...[...manifests.pods, ...manifests.networkPolicies, ...manifests.services].map(({ object }) => namespaceOf(object.metadata)),
      ...manifests.unreadable.flatMap(({ namespace }) => namespace ?? []),
    ]);
    this.networkPolicies = manifests.networkPolicies;
    this.adminPolicies = manifests.adminPolicies;
  }

  manifests(): Manifests {
    const { networkPolicies, adminPolicies } = this;
    return { ...this.given, namespaces: [...this.namespaces.values()], pods: this.pods.resources(), networkPolicies, adminPolicies };
  }

  /** What happened; undefined where nothing did. */
  apply(mutation: Mutation): string | undefined {
    switch (mutation.kind) {
      case 'relabel':
        return this.pods.relabel(mutation.pod, mutation.key, mutation.value);
      case 'move':
        return this.pods.move(mutation.pod, mutation.namespace);
      case 'scale':
        return this.pods.scale(mutation.pod, mutation.more);
      case 'address':
        return this.pods.readdress(mutation.pod, mutation.near);
      case 'dual-stack':
        return this.pods.addFamily(mutation.pod);
      case 'ports':
        return this.pods.changePort(mutation.pod, mutation.name, mutation.port);
      case 'namespace':
        return this.addNamespace(mutation.like, mutation.pod);
      case 'relabel-namespace':
        return this.relabelNamespace(mutation.namespace, mutation.key, mutation.value);
      case 'drop':
        return this.drop(mutation.policy);
      case 'reorder':
        return this.reorder(mutation);
    }
  }

  private addNamespace(like: string | null, pod: string): string | undefined {
    const name = this.freeNamespace(like ?? 'new');
    const labels = like === null ? new Map<string, string>() : labelsOf(this.namespaces.get(like)?.object.metadata ?? { name: like });
    labels.delete(NAME_LABEL);
    const copied = this.pods.copyTo(pod, name);
    if (copied === undefined) return undefined;
    this.known.add(name);
    this.setNamespace(name, labels);
    const what = like === null ? 'without labels' : `with the labels of ${like}`;
    return `new namespace ${name} ${what}, without policies of its own, and in it the pod ${copied}, like ${pod}`;
  }

  private freeNamespace(like: string): string {
    const base = like.slice(0, 56).replace(/-+$/, '');
    for (let number = 2; ; number++) if (!this.known.has(`${base}-${number}`)) return `${base}-${number}`;
  }

  private setNamespace(name: string, labels: ReadonlyMap<string, string>): void {
    const before = this.namespaces.get(name);
    const object: NamespaceObject = {
      kind: 'Namespace',
      metadata: { ...before?.object.metadata, name, labels: Object.fromEntries(labels) },
    };
    this.namespaces.set(name, new FixedResource(object, before?.origin ?? UNKNOWN_ORIGIN));
  }

  private relabelNamespace(name: string, key: string, value: string | null): string | undefined {
    const labels = labelsOf(this.namespaces.get(name)?.object.metadata ?? { name });
    const change = changeLabel(labels, key, value);
    if (change === undefined) return undefined;
    this.setNamespace(name, labels);
    return `namespace ${name} ${change}`;
  }

  private drop(policy: ObjectRef): string | undefined {
    const key = objectKey(policy);
    const stays = ({ object }: Resource<NetworkPolicyObject | AdminPolicyObject>): boolean =>
      objectKey(refOf(object.kind, object.metadata)) !== key;
    const [networkPolicies, adminPolicies] = [this.networkPolicies.filter(stays), this.adminPolicies.filter(stays)];
    if (networkPolicies.length + adminPolicies.length === this.networkPolicies.length + this.adminPolicies.length) return undefined;
    this.networkPolicies = networkPolicies;
    this.adminPolicies = adminPolicies;
    return `${objectName(policy)} is removed`;
  }

  private reorder(mutation: Extract<Mutation, { kind: 'reorder' }>): string | undefined {
    if (mutation.what === 'documents') {
      this.networkPolicies = this.networkPolicies.toReversed();
      this.adminPolicies = this.adminPolicies.toReversed();
      return 'the policies are read in the reverse order';
    }
    if (mutation.what === 'rules') return this.exchangeRules(mutation);
    const [a, b] = mutation.policies;
    const [first, second] = [this.adminPolicy(a), this.adminPolicy(b)];
    const priorities = [first, second].map((each) => each && priorityOf(each.object));
    if (first === undefined || second === undefined || priorities[0] === priorities[1]) return undefined;
    this.replace(first, withSpec(first.object, { priority: priorities[1] }));
    this.replace(second, withSpec(second.object, { priority: priorities[0] }));
    return `${objectName(a)} and ${objectName(b)} exchange their priorities, ${priorities.join(' and ')}`;
  }

  private exchangeRules({ policy, direction, rule }: Extract<Mutation, { what: 'rules' }>): string | undefined {
    const found = this.adminPolicy(policy);
    const rules: unknown[] = [...(found?.object.spec[direction] ?? [])];
    if (found === undefined || rule + 1 >= rules.length) return undefined;
    [rules[rule], rules[rule + 1]] = [rules[rule + 1], rules[rule]];
    this.replace(found, withSpec(found.object, { [direction]: rules }));
    return `the rules ${rule} and ${rule + 1} of spec.${direction} of ${objectName(policy)} change places`;
  }

  private adminPolicy(ref: ObjectRef): Resource<AdminPolicyObject> | undefined {
    return this.adminPolicies.find(({ object }) => objectKey(refOf(object.kind, object.metadata)) === objectKey(ref));
  }

  private replace(policy: Resource<AdminPolicyObject>, object: AdminPolicyObject): void {
    this.adminPolicies = this.adminPolicies.map((each) => (each === policy ? new FixedResource(object, policy.origin) : each));
  }
}

function withSpec(policy: AdminPolicyObject, fields: object): AdminPolicyObject {
  return { ...policy, spec: { ...policy.spec, ...fields } } as AdminPolicyObject;
}
