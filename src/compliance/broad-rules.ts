/**
 * Rules that let traffic over the boundary of a zone on more ports next to each other than the zone permits. A rule counts as it is written, whether or not something else stands in its way today.
 */
import { isSelectable } from '../compile/endpoints.ts';
import type { Namespace, Pod } from '../model/cluster.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Peer, Policy, PolicySet, PortMatch, Rule } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Direction } from '../model/protocol.ts';
import { selectsPod } from './policies-of-zone.ts';

export interface RuleOfZone {
  readonly policy: ObjectRef;
  readonly direction: Direction;
  /** Index into `spec.ingress` or `spec.egress`; null for a policy that could not be read. */
  readonly rule: number | null;
  readonly origin: Origin;
  /** `broad`: wider than permitted. `unknown`: what it opens is not known. */
  readonly kind: 'broad' | 'narrow' | 'unknown';
  /** What is too broad, or why it is not known. */
  readonly what: string;
}

/** What rules are looked at for. */
export interface RuleScope {
  readonly zonePods: ReadonlyMap<string, Pod>;
  readonly pods: Iterable<Pod>;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly profile: CniProfile;
  /** The widest range that is not too broad, in ports. */
  readonly portRange: number;
}

/** The rules that allow, or may allow, and apply to a pod of the zone: all but those whose peers are pods of the zone alone. */
export function rulesOfZone({ tiers }: PolicySet, scope: RuleScope): RuleOfZone[] {
  return tiers.flatMap(({ policies }) =>
    policies
      .filter((policy) => appliesTo(policy, scope))
      .flatMap((policy) => policy.rules.flatMap((rule) => judgeRule(policy, rule, scope) ?? [])),
  );
}

function appliesTo({ subject }: Policy, scope: RuleScope): boolean {
  return [...scope.zonePods.values()].some((pod) => isSelectable(pod, scope.profile) && selectsPod(subject, pod, scope.namespaces));
}

function judgeRule(policy: Policy, rule: Rule, scope: RuleScope): RuleOfZone | undefined {
  const { direction, action, index, origin, ports, peers, reason } = rule;
  const head = { policy: policy.ref, direction, rule: index < 0 ? null : index, origin };
  if (action === 'unknown') return { ...head, kind: 'unknown', what: reason ?? 'it could not be read' };
  // Without a peer that the data plane knows it matches nothing.
  if (action !== 'allow' || peers.length === 0 || isInsideOnly(peers, scope)) return undefined;
  const broad = ports === 'any' ? ['every port'] : ports.filter((port) => widthOf(port) > scope.portRange).map(portText);
  return { ...head, kind: broad.length > 0 ? 'broad' : 'narrow', what: broad.join(', ') };
}

function widthOf(port: PortMatch): number {
  return port.kind === 'range' ? port.to - Math.max(1, port.from) + 1 : 1;
}

function portText(port: PortMatch): string {
  if (port.kind === 'named') return port.name;
  const { protocol, from, to } = port;
  return from <= 1 && to === 65535 ? `every ${protocol} port` : `${protocol}/${from}-${to}`;
}

/** Does it speak of pods of the zone and of nobody else? Peers that match nobody today may match anybody tomorrow. */
function isInsideOnly(peers: Rule['peers'], scope: RuleScope): boolean {
  if (peers === 'any') return false;
  const matched = peers.map((peer) => podsOf(peer, scope));
  return matched.every(
    (pods) => pods !== undefined && pods.length > 0 && pods.every((pod) => scope.zonePods.has(`${pod.namespace}/${pod.name}`)),
  );
}

/** Undefined: other ends than pods. */
function podsOf(peer: Peer, scope: RuleScope): Pod[] | undefined {
  if (peer.kind !== 'pods') return undefined;
  return [...scope.pods].filter((pod) => isSelectable(pod, scope.profile) && selectsPod(peer, pod, scope.namespaces));
}
