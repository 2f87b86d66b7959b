/**
 * Namespaces as rules about isolation see them: the pods in each that policies can apply to, and what is denied there from the first moment on.
 */
import { isSelectable } from '../compile/endpoints.ts';
import { matchesSelector } from '../dialects/label-selector.ts';
import { append } from '../lib/append.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Peer, Policy, Rule } from '../model/policy.ts';
import type { Direction } from '../model/protocol.ts';
import type { LintContext } from './context.ts';
import type { Unchecked } from './finding.ts';

export interface NamespaceView {
  readonly name: string;
  readonly object: ObjectRef;
  /** Of the Namespace, or of the first pod where that is not given. */
  readonly origin: Origin;
  /** Numbers of pods; at least one. */
  readonly pods: readonly number[];
}

/** Those with pods that policies apply to, without those of the system. */
export function namespacesWithPods(context: LintContext): NamespaceView[] {
  const { cluster, profile, manifests, systemNamespaces } = context;
  const pods = new Map<string, number[]>();
  for (const [i, pod] of cluster.pods.entries())
    if (isSelectable(pod, profile) && !systemNamespaces.has(pod.namespace)) append(pods, pod.namespace, i);
  const origins = new Map(manifests.namespaces.map(({ object, origin }) => [object.metadata.name, origin]));
  return [...pods].map(([name, list]) => ({
    name,
    object: { kind: 'Namespace', name },
    origin: origins.get(name) ?? cluster.pods[list[0]!]!.origin,
    pods: list,
  }));
}

/** Why nothing can be said about who is isolated; empty when something can. */
export function isolationUnchecked({ knowledge, cluster }: LintContext): Unchecked[] {
  const reason =
    knowledge.nothing ??
    (knowledge.otherPolicies === undefined ? undefined : `policies that are not judged may isolate pods: ${knowledge.otherPolicies}`);
  return reason === undefined ? [] : [{ reason, count: Math.max(1, cluster.namespaces.length) }];
}

/**
 * Would a pod that comes be denied what no rule for single pods allows: by NetworkPolicies that select all pods, none of which allows everything, or by an administrator's rule that denies everything?
 */
export function deniesByDefault(context: LintContext, namespace: string, direction: Direction): boolean {
  const policies = policiesByNamespace(context);
  const blankets = (policies.get(namespace) ?? []).filter((policy) => isolatesNewPods(policy, direction));
  if (blankets.length > 0 && !blankets.some((policy) => allowsAll(policy, direction))) return true;
  return (policies.get(undefined) ?? []).some((policy) => deniesNewPods(context, policy, namespace, direction));
}

const known = new WeakMap<LintContext, ReadonlyMap<string | undefined, readonly Policy[]>>();

/** NetworkPolicies by namespace; administrators' policies have none. */
function policiesByNamespace(context: LintContext): ReadonlyMap<string | undefined, readonly Policy[]> {
  let policies = known.get(context);
  if (policies === undefined) {
    const found = new Map<string | undefined, Policy[]>();
    for (const { policy } of context.read) append(found, policy.ref.namespace, policy);
    policies = found;
    known.set(context, policies);
  }
  return policies;
}

export function allowsAll({ rules }: Policy, direction: Direction): boolean {
  return rules.some((rule) => rule.direction === direction && rule.action === 'allow' && rule.peers === 'any' && rule.ports === 'any');
}

function isolatesNewPods({ subject, isolates }: Policy, direction: Direction): boolean {
  return isolates[direction] && subject.pods.every(({ operator }) => operator === 'notIn' || operator === 'doesNotExist');
}

function deniesNewPods(context: LintContext, policy: Policy, namespace: string, direction: Direction): boolean {
  if (!policy.rules.some((rule) => rule.direction === direction && isBroadDeny(rule))) return false;
  return policy.subject.pods.length === 0 && selectsNamespace(context, policy, namespace);
}

function selectsNamespace({ cluster }: LintContext, { subject: { namespaces } }: Policy, namespace: string): boolean {
  if ('name' in namespaces) return namespaces.name === namespace;
  const found = cluster.namespaces.find(({ name }) => name === namespace);
  return found !== undefined && matchesSelector(found.labels, namespaces.selector);
}

/** Does it deny all pods, or all addresses of a family, at every port? */
export function isBroadDeny({ action, peers, ports }: Rule): boolean {
  return action === 'deny' && ports === 'any' && (peers === 'any' || peers.some(isBroad));
}

function isBroad(peer: Peer): boolean {
  if (peer.kind === 'pods') return peer.pods.length === 0 && 'selector' in peer.namespaces && peer.namespaces.selector.length === 0;
  return peer.kind === 'networks' && peer.cidrs.some(({ length }) => length === 0);
}
