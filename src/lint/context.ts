/**
 * What lint rules look at, made once: the objects as they were read, the cluster and the policies in the internal form, the compiled tables, and who selects whom.
 */

import { Catalogue } from '../compile/catalogue.ts';
import { type Endpoints, isSelectable } from '../compile/endpoints.ts';
import { layOutEnds } from '../compile/lay-out-ends.ts';
import { PeerSets } from '../compile/peer-sets.ts';
import type { Engine } from '../engine/engine.ts';
import { TableReader } from '../evaluate/reader.ts';
import { type Grouping, groupBy, membersOf } from '../lib/grouping.ts';
import type { Cluster } from '../model/cluster.ts';
import { nameOfObject, objectKey, refOf } from '../model/object-names.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { PodMatch, Policy, PolicySet, Rule } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { AdminPolicyObject, Manifests, NetworkPolicyObject, PodObject, Resource } from '../model/resource.ts';
import { type Knowledge, knowledgeOf } from './knowledge.ts';
import { type LabelSets, labelSetsOf } from './label-sets.ts';

/** A policy that could be read, with its number in the catalogue. */
export interface ReadPolicy {
  readonly number: number;
  readonly policy: Policy;
  readonly tier: number;
}

export interface LintContext {
  readonly manifests: Manifests;
  readonly engine: Engine;
  readonly profile: CniProfile;
  readonly cluster: Cluster;
  readonly policySet: PolicySet;
  readonly catalogue: Catalogue;
  readonly endpoints: Endpoints;
  readonly peerSets: PeerSets;
  readonly reader: TableReader;
  readonly knowledge: Knowledge;
  readonly labelSets: LabelSets;
  /** Namespaces of the system, of which pods are looked at otherwise. */
  readonly systemNamespaces: ReadonlySet<string>;
  /** The pods of a set of units: numbers of pods of the cluster, each once. */
  podsOf(set: number): readonly number[];
  /** The pods that a subject or peer selects. Never one that selectors do not see. */
  podsSelected(match: PodMatch): readonly number[];
  /** Host-network pods that selectors do not see, by namespace: numbers of pods. */
  readonly hostPods: ReadonlyMap<string, readonly number[]>;
  /** A pod of the cluster as it was read. */
  podObject(pod: number): PodObject;
  /** `namespace/kind/name` of its workload, or `namespace/name`. */
  podText(pod: number): string;
  /** The pod, and its workload where it has one. */
  ownersOf(pod: number): readonly ObjectRef[];
  /** The policy as it was read; undefined for one that could not be. */
  policyObject(policy: Policy): Resource<NetworkPolicyObject | AdminPolicyObject> | undefined;
  /** Policies that could be read, in the order of the catalogue. */
  readonly read: readonly ReadPolicy[];
  /** Where a field of a policy stands. */
  placeOf(policy: Policy, field: string): Origin;
}

export interface ContextInput {
  readonly manifests: Manifests;
  readonly engine: Engine;
  readonly profile: CniProfile;
  readonly cluster: Cluster;
  readonly policySet: PolicySet;
  readonly systemNamespaces: ReadonlySet<string>;
}

export function lintContext(input: ContextInput): LintContext {
  const { manifests, engine, profile, cluster, policySet, systemNamespaces } = input;
  const { prefixes, endpoints } = layOutEnds(cluster, policySet, profile);
  const peerSets = new PeerSets(cluster, endpoints, prefixes, profile);
  const podsOf = memoOfPods(peerSets, podsOfUnits(cluster, endpoints));
  const policies = new Map<string, Resource<NetworkPolicyObject | AdminPolicyObject>>();
  for (const each of [...manifests.networkPolicies, ...manifests.adminPolicies])
    policies.set(objectKey(refOf(each.object.kind, each.object.metadata)), each);
  const pods = new Map(manifests.pods.map(({ object }) => [nameOfObject(object), object]));
  const catalogue = new Catalogue(policySet);
  // One that is not trusted has the name of a policy that is there, and rules that say nothing.
  const read = catalogue.policies.flatMap(({ policy, tier }, number) =>
    policies.has(objectKey(policy.ref)) && policy.rules.every(({ index }) => index >= 0) ? [{ number, policy, tier }] : [],
  );
  const policyObject = (policy: Policy) => policies.get(objectKey(policy.ref));
  return {
    manifests,
    engine,
    profile,
    cluster,
    policySet,
    systemNamespaces,
    catalogue,
    read,
    endpoints,
    peerSets,
    reader: new TableReader(engine.tables),
    knowledge: knowledgeOf(manifests, cluster),
    labelSets: labelSetsOf(manifests, cluster, profile),
    podsOf,
    podsSelected: (match) => podsOf(peerSets.internPods(match)),
    hostPods: hostPodsOf(cluster, profile),
    podObject: (pod) => pods.get(`${cluster.pods[pod]!.namespace}/${cluster.pods[pod]!.name}`)!,
    podText: (pod) => {
      const { namespace, name, workload } = cluster.pods[pod]!;
      return workload === undefined ? `${namespace}/${name}` : `${namespace}/${workload.kind.toLowerCase()}/${workload.name}`;
    },
    ownersOf: (pod) => {
      const { namespace, name, workload } = cluster.pods[pod]!;
      return [{ kind: 'Pod', namespace, name }, ...(workload === undefined ? [] : [{ ...workload, namespace }])];
    },
    policyObject,
    placeOf: (policy, field) => policyObject(policy)?.locate(field) ?? policy.origin,
  };
}

/** All faces of a pod are in one group, so the first tells. */
function podsOfUnits(cluster: Cluster, { podStart, unit, units }: Endpoints): Grouping {
  return groupBy(
    cluster.pods.map((_, pod) => unit[podStart[pod]!]!),
    units.count,
  );
}

function memoOfPods(peerSets: PeerSets, podsOfUnit: Grouping): (set: number) => readonly number[] {
  const known = new Map<number, readonly number[]>();
  return (set) => {
    let pods = known.get(set);
    if (pods === undefined) {
      const found: number[] = [];
      for (const unit of peerSets.sets.get(set)) for (const pod of membersOf(podsOfUnit, unit)) found.push(pod);
      pods = found.sort((a, b) => a - b);
      known.set(set, pods);
    }
    return pods;
  };
}

function hostPodsOf({ pods }: Cluster, profile: CniProfile): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [i, pod] of pods.entries()) {
    if (isSelectable(pod, profile)) continue;
    const known = found.get(pod.namespace);
    if (known === undefined) found.set(pod.namespace, [i]);
    else known.push(i);
  }
  return found;
}

/** `spec.ingress[2]`. */
export function ruleField({ direction, index }: Pick<Rule, 'direction' | 'index'>): string {
  return `spec.${direction}[${index}]`;
}

/** `spec.ingress[2].from[0]`. */
export function peerField(rule: Rule, peer: number): string {
  return `${ruleField(rule)}.${rule.direction === 'ingress' ? 'from' : 'to'}[${peer}]`;
}

/** `spec.ingress[2].ports[0]`; a ClusterNetworkPolicy has `protocols`. */
export function portField(policy: Policy, rule: Rule, port: number): string {
  return `${ruleField(rule)}.${policy.ref.kind === 'ClusterNetworkPolicy' ? 'protocols' : 'ports'}[${port}]`;
}

/** Does the policy isolate egress for the only reason that it has egress rules? Without its last one it would not. */
export function isolatesByRules({ policyObject }: LintContext, policy: Policy, { direction }: Pick<Rule, 'direction'>): boolean {
  const object = policyObject(policy)?.object;
  return direction === 'egress' && object?.kind === 'NetworkPolicy' && !object.spec?.policyTypes?.length;
}

/** Is it of the tier in which policies only add? */
export function isNetworkPolicy({ ref }: Policy): boolean {
  return ref.kind === 'NetworkPolicy';
}
