/**
 * The administrator's policies, read literally: ClusterNetworkPolicy v1alpha2, AdminNetworkPolicy and BaselineAdminNetworkPolicy v1alpha1. In come the objects, a pod and a flow, out
 * come the policies of a tier in order, with what matches in each rule. Specification: the comments of the API types (policy.networking.k8s.io), collected in the notes on
 * the network policy API; `npa` and a number is a section of them, a number in brackets a point of networkpolicy-semantics.
 */
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Action } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Direction } from '../model/protocol.ts';
import type {
  AdminEgressPeer,
  AdminNetworkPolicyPort,
  AdminPolicyObject,
  AdminSubject,
  AdminTier,
  ClusterNetworkPolicyProtocol,
  NamespacedPods,
  PodObject,
  Resource,
  UnreadablePolicy,
} from '../model/resource.ts';
import { inBlock } from './addresses.ts';
import { addressesOfName, isAnswered } from './domain-names.ts';
import { compare, type Face, namespaceOf } from './ends.ts';
import type { Group, Match } from './ways.ts';
import { type Flow, isAdminKind, labelsOf, namespaceLabels, portsNamed, selects, type World } from './world.ts';

/** A policy in its tier, or one rule of it. */
interface Placed {
  readonly ref: ObjectRef;
  readonly priority: number;
  /** Hundredths of a priority that it stands behind. */
  readonly behind: number;
  readonly rules: readonly RuleMatches[];
}

/** A rule in the end: what it does, and every way in which it matches the flow. */
interface RuleMatches {
  readonly index: number;
  readonly action: Action;
  readonly matches: readonly Match[];
}

/** The policies of a tier that select the pod, in order of priority, the lowest first (npa 1.2, 1.5). */
export function adminPolicies(world: World, tier: AdminTier, direction: Direction, pod: PodObject, flow: Flow): Group[] {
  const { profile, manifests } = world;
  const readable = manifests.adminPolicies.filter(
    ({ object: { kind, spec } }) => isEnforced(profile, kind) && isSubject(world, spec.subject, pod),
  );
  const unreadable = manifests.unreadable.filter(
    (each) => (isEnforced(profile, each.kind) || mayBeAnyPolicy(each, profile)) && isSubject(world, each.subject, pod),
  );
  const placed = [
    ...readable.filter(({ object }) => tierOf(object) === tier).map((policy) => readPolicy(world, policy, tier, direction, flow)),
    ...unreadable.filter((policy) => tierOf(policy) === tier).map((policy) => doubtAbout(policy, tier, direction)),
  ];
  const { equalPriority } = profile;
  // In some data planes rule i of a policy has the priority p + i/100 (npa 1.6).
  const items = equalPriority === 'cilium' ? placed.flatMap(ruleByRule) : placed;
  const inOrder = items.sort((a, b) => {
    if (a.priority !== b.priority) return a.priority - b.priority;
    return a.behind - b.behind || compareEqual(equalPriority, a, b);
  });
  const beside = (a: Placed, b: Placed) => equalPriority === 'undefined' && a.priority === b.priority;
  const groups: Placed[][] = [];
  for (const each of inOrder) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && beside(last[0], each)) last.push(each);
    else groups.push([each]);
  }
  return groups.map((group) => group.map(({ rules }) => rules.map(({ matches }) => matches)));
}

/** Does any administrator's policy count, or may one that could not be read? */
export function administratorsSpeak({ profile, manifests }: World): boolean {
  return (
    manifests.adminPolicies.some(({ object }) => isEnforced(profile, object.kind)) ||
    manifests.unreadable.some((each) => isEnforced(profile, each.kind) || mayBeAnyPolicy(each, profile))
  );
}

/** Does the data plane know this kind? */
function isEnforced({ enforced, adminApi }: CniProfile, kind: string): boolean {
  const version = kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1';
  return enforced && isAdminKind(kind) && (adminApi === 'both' || adminApi === version);
}

/** Something of which not even the kind is known, nor that it is in a namespace: it may be a policy that comes before all others. */
export function mayBeAnyPolicy({ kind, namespace }: UnreadablePolicy, { enforced, adminApi }: CniProfile): boolean {
  return kind === '(unreadable)' && namespace === undefined && enforced && adminApi !== 'none';
}

/** Where it stands. An unreadable one of which not even the tier is known stands before everything. */
function tierOf(policy: AdminPolicyObject | UnreadablePolicy): AdminTier {
  if (policy.kind === 'BaselineAdminNetworkPolicy') return 'Baseline';
  if ('spec' in policy) return policy.kind === 'ClusterNetworkPolicy' ? policy.spec.tier : 'Admin';
  return policy.tier ?? 'Admin';
}

/** Equal priorities: the API leaves the order open (npa 1.6). Where it is open, it is also the order of telling. */
function compareEqual(equalPriority: CniProfile['equalPriority'], a: Placed, b: Placed): number {
  if (equalPriority === 'calico' && a.ref.name !== b.ref.name)
    return compare(`${a.ref.name}//${a.ref.kind}`, `${b.ref.name}//${b.ref.kind}`);
  const strictest: readonly (Action | undefined)[] = ['unknown', 'deny', 'pass', 'allow'];
  const strictness = ({ rules }: Placed) => (equalPriority === 'cilium' ? strictest.indexOf(rules[0]?.action) : 0);
  const isUnreadable = ({ rules }: Placed) => rules[0]?.index === -1;
  const fault = ({ rules }: Placed) => rules[0]?.matches[0]?.reason.because ?? '';
  return (
    strictness(a) - strictness(b) ||
    compare(a.ref.name, b.ref.name) ||
    compare(a.ref.kind, b.ref.kind) ||
    // What could not be read comes first: it could do anything. Nameless ones differ in what is wrong with them.
    Number(isUnreadable(b)) - Number(isUnreadable(a)) ||
    compare(fault(a), fault(b))
  );
}

function ruleByRule({ ref, priority, rules }: Placed): Placed[] {
  return rules.map((rule) => ({ ref, priority, behind: Math.max(0, rule.index), rules: [rule] }));
}

/** All pods of the namespaces, or those of them that a second selector selects (npa 1.2). Absent: could not be read, so it could be any. */
function isSubject(world: World, subject: AdminSubject | undefined, pod: PodObject): boolean {
  return subject === undefined || selectsPod(world, subject, pod);
}

function selectsPod(
  world: World,
  { namespaces, pods }: { namespaces?: AdminSubject['namespaces']; pods?: NamespacedPods | null | undefined },
  pod: PodObject,
): boolean {
  const labels = namespaceLabels(world, namespaceOf(pod));
  if (namespaces) return selects(namespaces, labels);
  return selects(pods?.namespaceSelector, labels) && selects(pods?.podSelector, labelsOf(pod));
}

/** What could not be read could do anything, at the place where it stands. */
function doubtAbout(policy: UnreadablePolicy, tier: AdminTier, direction: Direction): Placed {
  const { kind, name, directions, origin, reason: because } = policy;
  const ref = { kind, name: name ?? '(unreadable)' };
  const tierIsKnown = kind !== 'ClusterNetworkPolicy' || policy.tier !== undefined;
  const known = kind === 'BaselineAdminNetworkPolicy' ? Number.POSITIVE_INFINITY : tierIsKnown ? policy.priority : undefined;
  const reason = { policy: ref, tier, direction, action: 'unknown', rule: -1, peer: null, port: null, origin, because } as const;
  const rule: RuleMatches = { index: -1, action: 'unknown', matches: [{ reason, open: false }] };
  const speaks = (directions ?? ['ingress', 'egress']).includes(direction);
  return { ref, priority: known ?? Number.NEGATIVE_INFINITY, behind: 0, rules: speaks ? [rule] : [] };
}

/** A direction without rules is not affected at all (npa 1.2). */
function readPolicy(world: World, resource: Resource<AdminPolicyObject>, tier: AdminTier, direction: Direction, flow: Flow): Placed {
  const { object } = resource;
  const ref: ObjectRef = { kind: object.kind, name: object.metadata.name };
  // A BaselineAdminNetworkPolicy has no priority: it comes after all of its tier.
  const priority = object.kind === 'BaselineAdminNetworkPolicy' ? Number.POSITIVE_INFINITY : object.spec.priority;
  const rules = rulesOf(object, direction).map(({ action: written, peers, testPorts }, index) => {
    const at = { policy: ref, tier, direction, rule: index, origin: resource.locate(`spec.${direction}[${index}]`) };
    return readRule(world, at, ACTIONS[written], peers, testPorts(world, flow), direction === 'egress' ? flow.destination : flow.source);
  });
  return { ref, priority, behind: 0, rules };
}

const ACTIONS = { Accept: 'allow', Allow: 'allow', Deny: 'deny', Pass: 'pass' } as const;

interface WrittenRule {
  readonly action: keyof typeof ACTIONS;
  readonly peers: readonly AdminEgressPeer[];
  /** Positions of the ports that match, `null` where none is written. */
  readonly testPorts: (world: World, flow: Flow) => readonly (number | null)[];
}

function rulesOf(object: AdminPolicyObject, direction: Direction): WrittenRule[] {
  if (object.kind === 'ClusterNetworkPolicy') {
    const rules = direction === 'egress' ? object.spec.egress : object.spec.ingress;
    return (rules ?? []).map((rule) => ({
      action: rule.action,
      peers: 'to' in rule ? rule.to : rule.from,
      testPorts: (world, flow) => positions(rule.protocols, (each) => matchesProtocol(world, each, flow)),
    }));
  }
  const rules = direction === 'egress' ? object.spec.egress : object.spec.ingress;
  return (rules ?? []).map((rule) => ({
    action: rule.action,
    peers: 'to' in rule ? rule.to : rule.from,
    testPorts: (world, flow) => positions(rule.ports, (each) => matchesPort(world, each, flow)),
  }));
}

/** No list: every protocol and every port (npa 1.2). */
function positions<T>(items: readonly T[] | null | undefined, test: (item: T) => boolean): (number | null)[] {
  if (!items || items.length === 0) return [null];
  return items.flatMap((item, index) => (test(item) ? [index] : []));
}

type Place = { policy: ObjectRef; tier: string; direction: Direction; rule: number; origin: Origin };

/** Some peer AND some port. Every pair is told. */
function readRule(
  world: World,
  { rule: index, ...place }: Place,
  action: 'allow' | 'deny' | 'pass',
  peers: readonly AdminEgressPeer[],
  ports: readonly (number | null)[],
  face: Face,
): RuleMatches {
  const { profile } = world;
  // A peer that is not known must not be passed over: an Accept with one matches nothing, a Deny or a Pass denies everything (npa 1.3).
  if (profile.unknownPeers === 'fail-closed' && peers.some((peer) => isUnknownPeer(profile, peer))) {
    if (action === 'allow') return { index, action, matches: [] };
    const reason = { ...place, action: 'deny', rule: index, peer: null, port: null } as const;
    return { index, action: 'deny', matches: [{ reason, open: false }] };
  }
  // Names are for rules that accept (npa 1.2): what others do with them is not defined.
  if (action !== 'allow' && profile.adminPeers === 'experimental' && peers.some(({ domainNames }) => domainNames)) {
    const told = `\`domainNames\` in a rule with \`${action === 'deny' ? 'Deny' : 'Pass'}\` have no defined meaning`;
    const reason = { ...place, action: 'unknown', rule: index, peer: null, port: null, because: told } as const;
    return { index, action: 'unknown', matches: [{ reason, open: false }] };
  }
  const because = whatIsOpen(world, peers);
  const matches = peers.flatMap((each, peer) => {
    const matched = matchesPeer(world, each, face);
    if (matched === 'no') return [];
    return ports.map((port): Match => {
      return { reason: { ...place, action, rule: index, peer, port }, open: matched === 'perhaps', because };
    });
  });
  return { index, action, matches };
}

/** Written in a way that the data plane does not know, which leaves an empty object (npa 1.3). */
function isUnknownPeer({ adminPeers }: CniProfile, { namespaces, pods, networks, nodes, domainNames }: AdminEgressPeer): boolean {
  return !(namespaces || pods || networks || (adminPeers === 'experimental' && (nodes || domainNames)));
}

function matchesPeer(world: World, peer: AdminEgressPeer, face: Face): 'yes' | 'perhaps' | 'no' {
  const { manifests, profile, names } = world;
  const certainly = (holds: boolean) => (holds ? 'yes' : 'no');
  if (isUnknownPeer(profile, peer)) return 'no';
  // Whether addresses of pods and of nodes count is the data plane's choice, as for blocks [33, 50].
  const counts = face.pod ? profile.ipBlockMatchesPods : face.isNode ? profile.ipBlockMatchesNodes : true;
  const address = counts ? face.address : undefined;
  if (peer.networks) {
    // A pod, or a host-network pod on a node, of which the address is not known can have any.
    if (counts && face.address === undefined) return 'perhaps';
    return certainly(address !== undefined && peer.networks.some((cidr) => inBlock(address, cidr)));
  }
  if (peer.nodes) {
    // Without any Node object nothing tells the addresses of nodes from those of others outside.
    if (!face.isNode) return face.pod === undefined && manifests.nodes.length === 0 ? 'perhaps' : 'no';
    const node = manifests.nodes.find(({ object }) => object.metadata.name === face.node)?.object;
    if (node !== undefined) return certainly(selects(peer.nodes, labelsOf(node)));
    // Only referred to: its labels are not known, but what selects every node selects this one.
    const selectsAll = Object.keys(peer.nodes.matchLabels ?? {}).length + (peer.nodes.matchExpressions ?? []).length === 0;
    return selectsAll ? 'yes' : 'perhaps';
  }
  if (peer.domainNames) {
    if (address !== undefined && peer.domainNames.some((name) => addressesOfName(names, name).includes(address))) return 'yes';
    return peer.domainNames.every((name) => isAnswered(names, name)) ? 'no' : 'perhaps';
  }
  // Never a host-network pod, a node or an address outside (npa 1.7).
  return certainly(face.pod !== undefined && selectsPod(world, peer, face.pod));
}

/** Why a peer of this rule matches perhaps, if it does. */
function whatIsOpen({ names, profile }: World, peers: readonly AdminEgressPeer[]): string {
  const meant = peers.filter((peer) => !isUnknownPeer(profile, peer));
  const open = new Set(meant.flatMap(({ domainNames }) => domainNames ?? []).filter((name) => !isAnswered(names, name)));
  if (open.size === 0) return 'it is open whether it matches: an address or a label of that end is not known';
  const others = meant.some(({ networks, nodes }) => networks || nodes) ? ', or an address or a label of that end is not known' : '';
  return `not all addresses are known for ${[...open].map((name) => `\`${name}\``).join(', ')}${others}`;
}

/** v1alpha2: one protocol with a port, a range or every port of it; or the name of a container port, whose protocol counts (npa 1.2). */
function matchesProtocol({ profile }: World, item: ClusterNetworkPolicyProtocol, { destination, protocol, port }: Flow): boolean {
  if (item.destinationNamedPort) return portsNamed(profile, item.destinationNamedPort, destination.pod, protocol).includes(port);
  const written = { TCP: item.tcp, UDP: item.udp, SCTP: item.sctp }[protocol];
  if (!written) return false;
  const { number, range } = written.destinationPort ?? {};
  if (number) return number === port;
  return range ? range.start <= port && port <= range.end : true;
}

/** v1alpha1: the protocol is TCP unless written (npa 1.4). */
function matchesPort({ profile }: World, item: AdminNetworkPolicyPort, { destination, protocol, port }: Flow): boolean {
  const { portNumber, portRange, namedPort } = item;
  if (namedPort) return portsNamed(profile, namedPort, destination.pod, protocol).includes(port);
  if ((portNumber?.protocol ?? portRange?.protocol ?? 'TCP') !== protocol) return false;
  if (portNumber) return portNumber.port === port;
  return portRange !== undefined && portRange !== null && portRange.start <= port && port <= portRange.end;
}
