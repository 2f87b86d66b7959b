/**
 * policy.networking.k8s.io ClusterNetworkPolicy (v1alpha2), AdminNetworkPolicy and BaselineAdminNetworkPolicy (v1alpha1) -> the tiers Admin and Baseline: ordered rules that
 * isolate nobody. Specification: the API types' comments (network-policy-api), its evaluation order, and what they ask of an implementation that meets a peer it does not know.
 */
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isAdminKind } from '../model/object-names.ts';
import { type ObjectRef, UNREADABLE } from '../model/origin.ts';
import type { Action, Peer, PodMatch, Policy, PortMatch, Rule, Tier } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type {
  AdminEgressPeer,
  AdminNetworkPolicyPort,
  AdminPolicyObject,
  AdminSubject,
  AdminTier,
  ClusterNetworkPolicyProtocol,
  Manifests,
  Resource,
  UnreadablePolicy,
} from '../model/resource.ts';
import { inOrder, type Placed } from './admin-order.ts';
import { adminReadDifferently } from './admin-read-differently.ts';
import { addressesOf, type ResolvedNames } from './domain-names.ts';
import { lowerSelector } from './label-selector.ts';
import { type NotEnforced, notEnforced } from './not-enforced.ts';
import { readPrefix } from './shared-parts.ts';

const API_OF_KIND: Readonly<Record<AdminPolicyObject['kind'], 'v1alpha1' | 'v1alpha2'>> = {
  ClusterNetworkPolicy: 'v1alpha2',
  AdminNetworkPolicy: 'v1alpha1',
  BaselineAdminNetworkPolicy: 'v1alpha1',
};

const ACTIONS = { Accept: 'allow', Allow: 'allow', Deny: 'deny', Pass: 'pass' } as const satisfies Record<string, Action>;

const LAST_PORT = 65535;

/** Before and after every priority that a policy can have. */
const FIRST_OF_ALL = Number.NEGATIVE_INFINITY;
const LAST_OF_ALL = Number.POSITIVE_INFINITY;

/** Something of which neither kind nor namespace is known: it may as well be a policy before all others, where the data plane has such. */
export function mayBeAnyPolicy({ kind, namespace }: UnreadablePolicy, { enforced, adminApi }: CniProfile): boolean {
  return kind === UNREADABLE && namespace === undefined && enforced && adminApi !== 'none';
}

export interface AdminTiers {
  readonly admin: Tier;
  readonly baseline: Tier;
  readonly diagnostics: readonly Diagnostic[];
  readonly notEnforced: readonly NotEnforced[];
}

export function lowerAdminPolicies(manifests: Manifests, profile: CniProfile, names: ResolvedNames): AdminTiers {
  const all = [
    ...manifests.adminPolicies.map((resource) => lowerPolicy(resource, profile, names)),
    ...manifests.unreadable.filter((policy) => isAdminKind(policy.kind) || mayBeAnyPolicy(policy, profile)).map(lowerUnreadable),
  ];
  const enforced = all.filter(({ policy }) => isEnforced(policy.ref.kind, profile));
  const because = profile.enforced ? 'it does not know this kind of policy' : 'it enforces no policy at all';
  const ignored = all
    .filter(({ policy }) => !isEnforced(policy.ref.kind, profile))
    .map(({ policy: { ref, origin, rules } }) => ({ ref, origin, because, forbids: rules.some(({ action }) => action !== 'allow') }));
  const tier = (name: AdminTier): Tier => {
    const policies = inOrder(
      enforced.filter((each) => each.tier === name),
      profile.equalPriority,
    );
    return { name, match: 'first', policies };
  };
  return {
    admin: tier('Admin'),
    baseline: tier('Baseline'),
    diagnostics: [
      ...notEnforced(ignored, profile.name),
      ...adminReadDifferently(
        manifests.adminPolicies.filter(({ object }) => isEnforced(object.kind, profile)),
        profile,
      ),
    ],
    notEnforced: ignored,
  };
}

function isEnforced(kind: string, { enforced, adminApi }: CniProfile): boolean {
  if (kind === UNREADABLE) return true;
  return enforced && isAdminKind(kind) && (adminApi === 'both' || adminApi === API_OF_KIND[kind]);
}

type InTier = Placed & { readonly tier: AdminTier };

function lowerPolicy(resource: Resource<AdminPolicyObject>, profile: CniProfile, names: ResolvedNames): InTier {
  const { object, origin } = resource;
  const policy: Policy = {
    ref: { kind: object.kind, name: object.metadata.name },
    origin,
    subject: lowerSubject(object.spec.subject),
    isolates: { ingress: false, egress: false },
    rules: DIRECTIONS.flatMap((direction) => lowerRules(resource, direction, profile, names)),
  };
  return { policy, ...placeOf(object) };
}

function placeOf(object: AdminPolicyObject): { tier: AdminTier; priority: number } {
  if (object.kind === 'ClusterNetworkPolicy') return { tier: object.spec.tier, priority: object.spec.priority };
  if (object.kind === 'AdminNetworkPolicy') return { tier: 'Admin', priority: object.spec.priority };
  return { tier: 'Baseline', priority: LAST_OF_ALL };
}

function lowerSubject(subject: AdminSubject | undefined): PodMatch {
  const selector = subject?.namespaces ?? subject?.pods?.namespaceSelector;
  return { kind: 'pods', namespaces: { selector: lowerSelector(selector) }, pods: lowerSelector(subject?.pods?.podSelector) };
}

/** A rule of either version and either direction. */
interface RuleObject {
  readonly action: keyof typeof ACTIONS;
  readonly peers: readonly AdminEgressPeer[];
  readonly ports: 'any' | readonly PortMatch[];
}

function lowerRules(resource: Resource<AdminPolicyObject>, direction: Direction, profile: CniProfile, names: ResolvedNames): Rule[] {
  return rulesOf(resource.object, direction).map(({ action, peers, ports }, index) => {
    const origin = resource.locate(`spec.${direction}[${index}]`);
    const common = { direction, index, origin };
    if (profile.unknownPeers === 'fail-closed' && peers.some((peer) => isUnknown(peer, profile))) {
      // The whole rule, not the one peer: an Accept matches nothing, and what would deny or pass on denies everything.
      return action === 'Deny' || action === 'Pass'
        ? { ...common, action: 'deny', peers: 'any', ports: 'any' }
        : { ...common, action: 'allow', peers: [], ports };
    }
    if (
      action !== 'Accept' &&
      action !== 'Allow' &&
      profile.adminPeers === 'experimental' &&
      peers.some(({ domainNames }) => domainNames)
    ) {
      // The API supports them for rules that accept alone: what becomes of the rule is not defined.
      return {
        ...common,
        action: 'unknown',
        peers: 'any',
        ports: 'any',
        reason: `\`domainNames\` in a rule with \`${action}\` have no defined meaning`,
      };
    }
    const reason = openReason(peers, profile, names);
    return {
      ...common,
      action: ACTIONS[action],
      peers: peers.map((peer) => lowerPeer(peer, profile, names)),
      ports,
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

function rulesOf(object: AdminPolicyObject, direction: Direction): RuleObject[] {
  if (object.kind === 'ClusterNetworkPolicy') {
    const { ingress, egress } = object.spec;
    const rules =
      direction === 'ingress'
        ? (ingress ?? []).map((rule) => ({ ...rule, peers: rule.from }))
        : (egress ?? []).map((rule) => ({ ...rule, peers: rule.to }));
    return rules.map(({ action, peers, protocols }) => ({ action, peers, ports: lowerPorts(protocols, lowerProtocol) }));
  }
  const { ingress, egress } = object.spec;
  const rules =
    direction === 'ingress'
      ? (ingress ?? []).map((rule) => ({ ...rule, peers: rule.from }))
      : (egress ?? []).map((rule) => ({ ...rule, peers: rule.to }));
  return rules.map(({ action, peers, ports }) => ({ action, peers, ports: lowerPorts(ports, lowerPort) }));
}

/** The API knows no empty list. */
function lowerPorts<T>(items: readonly T[] | null | undefined, lower: (item: T) => PortMatch): RuleObject['ports'] {
  return items?.length ? items.map(lower) : 'any';
}

function lowerProtocol({ tcp, udp, sctp, destinationNamedPort }: ClusterNetworkPolicyProtocol): PortMatch {
  if (destinationNamedPort) return { kind: 'named', protocol: 'any', name: destinationNamedPort };
  const protocol = tcp ? 'TCP' : udp ? 'UDP' : 'SCTP';
  const { number, range } = (tcp ?? udp ?? sctp)?.destinationPort ?? {};
  if (typeof number === 'number') return { kind: 'range', protocol, from: number, to: number };
  return { kind: 'range', protocol, from: range?.start ?? 0, to: range?.end ?? LAST_PORT };
}

function lowerPort({ portNumber, portRange, namedPort }: AdminNetworkPolicyPort): PortMatch {
  if (namedPort) return { kind: 'named', protocol: 'any', name: namedPort };
  if (portNumber) return { kind: 'range', protocol: portNumber.protocol ?? 'TCP', from: portNumber.port, to: portNumber.port };
  const { protocol, start, end } = { start: 0, end: LAST_PORT, ...portRange };
  // Nothing forbids a range that is none. No container port has the empty name.
  if (start > end) return { kind: 'named', protocol: 'any', name: '' };
  return { kind: 'range', protocol: protocol ?? 'TCP', from: start, to: end };
}

/** Is it a kind of peer that the data plane does not know? The reader leaves those as empty objects. */
function isUnknown({ namespaces, pods, networks, nodes, domainNames }: AdminEgressPeer, { adminPeers }: CniProfile): boolean {
  return !namespaces && !pods && !networks && (adminPeers === 'standard' || (!nodes && !domainNames));
}

function lowerPeer(peer: AdminEgressPeer, profile: CniProfile, table: ResolvedNames): Peer {
  const { namespaces, pods, networks, nodes, domainNames } = peer;
  // It keeps its place, and matches nothing.
  if (isUnknown(peer, profile)) return { kind: 'domainNames', known: [], names: [] };
  if (networks) return { kind: 'networks', cidrs: networks.map(readPrefix) };
  if (nodes) return { kind: 'nodes', nodes: lowerSelector(nodes) };
  if (domainNames) {
    const known = domainNames.flatMap((name) => addressesOf(name, table).known);
    return { kind: 'domainNames', known, names: domainNames.filter((name) => !addressesOf(name, table).isComplete) };
  }
  const selector = namespaces ?? pods?.namespaceSelector;
  return { kind: 'pods', namespaces: { selector: lowerSelector(selector) }, pods: lowerSelector(pods?.podSelector) };
}

const UNKNOWN_END = 'an address or a label of that end is not known';

/** What may be open about the peers of a rule. */
function openReason(peers: readonly AdminEgressPeer[], profile: CniProfile, table: ResolvedNames): string | undefined {
  const known = peers.filter((peer) => !isUnknown(peer, profile));
  const names = new Set(known.flatMap(({ domainNames }) => domainNames ?? []).filter((name) => !addressesOf(name, table).isComplete));
  const mayBeOpen = known.some(({ networks, nodes }) => networks || nodes);
  if (names.size === 0) return mayBeOpen ? `it is open whether it matches: ${UNKNOWN_END}` : undefined;
  const unresolved = `not all addresses are known for ${[...names].map(quote).join(', ')}`;
  return mayBeOpen ? `${unresolved}, or ${UNKNOWN_END}` : unresolved;
}

/** A policy that is there and says we know not what, at the earliest place where it can stand. */
function lowerUnreadable(unreadable: UnreadablePolicy): InTier {
  const { kind, name, subject, directions, origin, reason } = unreadable;
  const ref: ObjectRef = { kind, name: name ?? UNREADABLE };
  const rules = (directions ?? DIRECTIONS).map((direction): Rule => {
    return { direction, action: 'unknown', peers: 'any', ports: 'any', index: -1, origin, reason };
  });
  const policy: Policy = { ref, origin, subject: lowerSubject(subject), isolates: { ingress: false, egress: false }, rules };
  if (kind === 'BaselineAdminNetworkPolicy') return { policy, tier: 'Baseline', priority: LAST_OF_ALL };
  const tier = kind === 'AdminNetworkPolicy' ? 'Admin' : unreadable.tier;
  if (tier === undefined) return { policy, tier: 'Admin', priority: FIRST_OF_ALL };
  return { policy, tier, priority: unreadable.priority ?? FIRST_OF_ALL };
}
