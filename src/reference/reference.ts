/**
 * The definition of a verdict, for tests and for users who want to check the engine. In come the API objects and a flow, out comes a decision.
 * Every question reads the objects literally, from the first to the last; nothing is prepared, and no matching code is shared with the engine.
 * Specification: the API types' comments and defaults (networking.k8s.io/v1), collected in networkpolicy-semantics; the numbers in brackets are its points. The administrator's
 * policies, which stand before and after NetworkPolicies, are in `admin.ts`; `npa` and a number is a section of the notes on their API.
 */
import { profileOf } from '../cni/check-profile.ts';
import type { Decision, DefaultReason, DirectionDecision, RuleReason, UnknownCause, Verdict } from '../model/decision.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import type { FlowQuery } from '../model/flow.ts';
import type { ObjectRef } from '../model/origin.ts';
import type { CniProfile } from '../model/profile.ts';
import { type Direction, PROTOCOLS } from '../model/protocol.ts';
import type {
  Manifests,
  NetworkPolicyObject,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  PodObject,
  Resource,
  UnreadablePolicy,
} from '../model/resource.ts';
import { familyOf, hasHostBits, inBlock } from './addresses.ts';
import { administratorsSpeak, adminPolicies, mayBeAnyPolicy } from './admin.ts';
import { readNames } from './domain-names.ts';
import { compare, type End, type Face, namespaceOf, nodeOf, resolveEnd } from './ends.ts';
import { noneIsFound, numbersGiven, selectablePods } from './port-names.ts';
import { type Ending, endByDefault, follow, type Stage } from './ways.ts';
import { type Flow, isAdminKind, labelsOf, namespaceLabels, portsNamed, selects, type World } from './world.ts';

export interface ReferenceOptions {
  /** What the specification leaves open; `spec` when left out. */
  readonly cni?: string | CniProfile;
  /** Addresses of names that policies speak of; none when left out. */
  readonly domainNames?: DomainNameTable;
}

export interface Reference {
  /** @throws {RangeError} for an end that is not there, a protocol that NetworkPolicy does not define, or a port outside 1..65535 */
  canReach(query: FlowQuery): Decision;
}

/**
 * The same questions as the engine's, answered by reading the manifests.
 * @throws {RangeError} for a profile that is none, and for a table of domain names that is none
 */
export function reference(manifests: Manifests, options: ReferenceOptions = {}): Reference {
  const profile = profileOf(options.cni ?? 'spec');
  const world: World = { manifests, profile, names: readNames(options.domainNames), ...readPolicies(manifests, profile) };
  return { canReach: (query) => canReach(world, query) };
}

function canReach(world: World, query: FlowQuery): Decision {
  const from = resolveEnd(world.manifests, world.profile, query.from);
  const to = resolveEnd(world.manifests, world.profile, query.to);
  if (query.family !== undefined && query.family !== 4 && query.family !== 6)
    throw new RangeError(`family is 4 or 6, got \`${query.family}\``);
  // Only three protocols are defined; what others do is for the data plane to say [7]. A misspelt one is not another protocol.
  const written: unknown = query.protocol;
  if (!PROTOCOLS.some((protocol) => protocol === written)) {
    const misspelt =
      typeof written !== 'string' || written === '' || PROTOCOLS.some((protocol) => protocol === written.trim().toUpperCase());
    if (misspelt || world.profile.otherProtocols === 'error') {
      throw new RangeError(`NetworkPolicy defines TCP, UDP and SCTP only, what \`${written}\` does is undefined`);
    }
    // Rules of administrators that name no protocol match every one (npa 1.5), and are not read for others than three.
    if (administratorsSpeak(world)) return undecided('protocol-not-judged', 'an administrator may have a say about this protocol');
    const half = byDefault('protocol-not-policed', []);
    return { verdict: 'allow', egress: half, ingress: half };
  }
  if (!Number.isInteger(query.port) || query.port < 1 || query.port > 65535) {
    throw new RangeError(`the port must be a whole number from 1 to 65535, got \`${query.port}\``);
  }

  const doubt = from.unreadable ?? to.unreadable;
  if (doubt !== undefined) return undecided('unreadable-end', `the address is of \`${doubt}\`, which could not be read`);
  const service = from.service ?? to.service;
  if (service !== undefined) return undecided('service-address', `the address is of Service \`${service}\`: ask for one of its pods`);
  const flows = pairs(from, to, query);
  const decisions = flows.map((flow) => decide(world, flow));
  const [first] = decisions;
  if (first === undefined) return undecided('no-common-family', 'the ends have no address family in common');
  if (decisions.every(({ verdict }) => verdict === first.verdict)) return first;
  const cause = from.ambiguous || to.ambiguous ? 'address-ambiguous' : 'ends-differ';
  return { ...first, verdict: 'unknown', unknown: { cause, message: 'the ends stand for several participants whose verdicts differ' } };
}

/**
 * The flows that the ends can stand for: faces of one family, and a pod's talk to itself only when there is no other. An address with several owners may be
 * either of them, so nothing is left out there.
 */
function pairs(from: End, to: End, { protocol, port, family }: FlowQuery): Flow[] {
  const all = from.faces.flatMap((source) => to.faces.map((destination) => ({ source, destination, protocol, port })));
  const possible = all.filter(({ source, destination }) => {
    const families = [source, destination].flatMap(({ address }) => (address === undefined ? [] : [familyOf(address)]));
    return new Set(family === undefined ? families : [...families, family]).size <= 1;
  });
  if (from.ambiguous || to.ambiguous) return possible;
  const toOthers = possible.filter((flow) => !isSamePod(flow));
  return toOthers.length > 0 ? toOthers : possible;
}

/** A connection needs the egress of its source and the ingress of its destination [3]; the two are judged independently [4]. */
function decide(world: World, flow: Flow): Decision {
  const always = alwaysAllowed(world, flow);
  const egress = decideHalf(world, 'egress', flow, always);
  const ingress = decideHalf(world, 'ingress', flow, always);
  const verdicts: Verdict[] = [egress.verdict, ingress.verdict];
  const verdict = verdicts.includes('deny') ? 'deny' : verdicts.includes('unknown') ? 'unknown' : 'allow';
  return { verdict, egress, ingress };
}

/** What NetworkPolicies cannot block: a pod's talk to itself [48], and a pod's talk with the node it runs on [49]. */
function alwaysAllowed({ manifests, profile }: World, flow: Flow): DefaultReason | null {
  if (isSamePod(flow)) return profile.hairpin === 'allow' ? 'pod-to-itself' : null;
  const ownNode = [
    [flow.source, flow.destination],
    [flow.destination, flow.source],
  ].some(([a, b]) => a?.pod !== undefined && b?.node !== undefined && nodeOf(manifests, profile, a.pod) === b.node);
  return ownNode && profile.ownNode !== 'policy' ? 'own-node' : null;
}

/** The same namespace and name, not the same workload [48]. */
function isSamePod({ source, destination }: Flow): boolean {
  const [a, b] = [source.pod ?? source.hostPod, destination.pod ?? destination.hostPod];
  return a !== undefined && b !== undefined && namespaceOf(a) === namespaceOf(b) && a.metadata.name === b.metadata.name;
}

function decideHalf(world: World, direction: Direction, flow: Flow, exempt: DefaultReason | null): DirectionDecision {
  const { pod } = direction === 'egress' ? flow.source : flow.destination;
  // Only pods are ever isolated [8].
  if (pod === undefined) return byDefault(exempt ?? 'not-a-policed-pod', []);
  // A data plane may let in what comes from the node, and hold what goes to it against every policy.
  const always = exempt === 'own-node' && direction === 'egress' && world.profile.ownNode === 'from-node' ? null : exempt;

  // A pod is isolated by the policies of its own namespace that select it and have this direction [1].
  const applicable = world.policies.filter(({ object }) => {
    return namespaceOf(object) === namespaceOf(pod) && hasDirection(object, direction) && selects(object.spec?.podSelector, labelsOf(pod));
  });
  const isolatedBy = applicable.map(({ object }) => refOf(object));
  // From the node to its pod nothing stands in the way: probes must arrive (npa 1.7). The way from the pod to its node is the administrator's to deny.
  const judged = always === 'own-node' && direction === 'egress' && world.profile.ownNode === 'admin';
  if (always !== null && !judged) return byDefault(always, isolatedBy);

  // The administrator's first word, the pod's own policies, the administrator's last word; when nobody says anything, yes (npa 1.5).
  const stages = [
    { groups: adminPolicies(world, 'Admin', direction, pod, flow) },
    judged ? toOwnNode(world, pod, applicable) : { groups: [], rest: decideNetworkPolicies(world, direction, pod, flow, applicable) },
    { groups: adminPolicies(world, 'Baseline', direction, pod, flow) },
  ];
  const { verdict, passes, reasons, default: told } = follow(stages, endByDefault(always ?? 'not-isolated'));
  return { verdict, isolated: isolatedBy.length > 0, isolatedBy, passes, reasons, default: told };
}

/** A pod that is isolated reaches its own node all the same [49], and there it ends. What cannot be read may isolate it. */
function toOwnNode(world: World, pod: PodObject, applicable: World['policies']): Stage {
  const ending = endByDefault('own-node');
  if (applicable.length > 0) return { groups: [], rest: ending };
  const reasons = doubtsAbout(world, pod, 'egress');
  return { groups: [], perhaps: reasons.length > 0 ? { ending, reasons } : undefined };
}

/** What the pod's NetworkPolicies say; undefined when there are none for it. */
function decideNetworkPolicies(
  world: World,
  direction: Direction,
  pod: PodObject,
  flow: Flow,
  applicable: World['policies'],
): Ending | undefined {
  // Policies add up: one matching rule of one policy is enough, and all that match are reasons [2].
  const reasons = applicable.flatMap((policy) => matchingRules(world, policy, direction, flow));
  if (reasons.length > 0) return { verdict: 'allow', reasons, default: null };

  // A policy that is there and cannot be read may allow, or isolate: neither is assumed. Nor is what a data plane makes of names that it reads in its own way.
  const aboutNames = applicable.flatMap((policy) => doubtsAboutNames(world, policy, direction, flow));
  const doubts = doubtsAbout(world, pod, direction, aboutNames);
  if (doubts.length > 0) return { verdict: 'unknown', reasons: doubts, default: null };
  return applicable.length > 0 ? endByDefault('isolated-no-rule-matches') : undefined;
}

/** The policies that cannot be read and may be about the pod, with what else is doubted, in order of namespace and name. */
function doubtsAbout(world: World, pod: PodObject, direction: Direction, others: readonly RuleReason[] = []): RuleReason[] {
  const unreadable = world.unreadable.filter((policy) => maySelect(policy, pod, direction)).map((policy) => doubtAbout(policy, direction));
  return [...unreadable, ...others].sort(
    ({ policy: a, because: whyA }, { policy: b, because: whyB }) =>
      // Nameless ones differ in what is wrong with them.
      compare(a.namespace ?? '', b.namespace ?? '') || compare(a.name, b.name) || compare(`${whyA}`, `${whyB}`),
  );
}

/** Where a profile's reading of port names is uncertain: the rules that have one, and whatever port they may open for their peers. */
function doubtsAboutNames(world: World, policy: Resource<NetworkPolicyObject>, direction: Direction, flow: Flow): RuleReason[] {
  if (world.profile.namedPorts !== 'uncertain') return [];
  const because = `\`${world.profile.name}\` reads names of ports in a way of its own, which may open more`;
  const named = rulesOf(policy, direction).map(({ ports }) => (ports ?? []).some(({ port }) => typeof port === 'string'));
  const anyPort = rulesOf(policy, direction).map((rule) => ({ ...rule, ports: [] }));
  const reasons = waysToMatch(world, policy, direction, flow, anyPort).filter(({ rule }) => named[rule]);
  return reasons.map((reason) => ({ ...reason, action: 'unknown', because }));
}

/** Every way in which a rule matches: the rule's peers AND its ports, each of which is a list of alternatives [5]. */
function matchingRules(world: World, policy: Resource<NetworkPolicyObject>, direction: Direction, flow: Flow): RuleReason[] {
  return waysToMatch(world, policy, direction, flow, rulesOf(policy, direction));
}

type RuleObject = { readonly from?: Peers; readonly to?: Peers; readonly ports?: Ports };

function rulesOf({ object }: Resource<NetworkPolicyObject>, direction: Direction): readonly RuleObject[] {
  return object.spec?.[direction] ?? [];
}

function waysToMatch(
  world: World,
  policy: Resource<NetworkPolicyObject>,
  direction: Direction,
  flow: Flow,
  rules: readonly RuleObject[],
): RuleReason[] {
  const peer = direction === 'egress' ? flow.destination : flow.source;
  const resolves = world.profile.namedPorts === 'open-when-unresolved';
  return rules.flatMap((rule, index) => {
    const written = direction === 'egress' ? rule.to : rule.from;
    // An empty or missing list of peers or ports is no restriction [16, 18].
    const peers = matches(written, (each) => matchesPeer(world, each, written ?? [], namespaceOf(policy.object), peer));
    const ports = matches(rule.ports, (each) => matchesPort(world.profile, each, flow));
    const common = { policy: refOf(policy.object), tier: 'NetworkPolicy', direction, action: 'allow', rule: index } as const;
    const origin = policy.locate(`spec.${direction}[${index}]`);
    return peers.flatMap((peerIndex) => {
      const found = resolves ? portsResolved(world, policy.object, direction, rule, peerIndex, flow) : ports;
      return found.map((portIndex) => ({ ...common, peer: peerIndex, port: portIndex, origin }));
    });
  });
}

/** The ports of a rule that match together with one of its peers (`null`: everyone), where names are looked up before rules are written. What a name stands for depends on the peer. */
function portsResolved(
  world: World,
  policy: NetworkPolicyObject,
  direction: Direction,
  rule: RuleObject,
  peerIndex: number | null,
  flow: Flow,
): (number | null)[] {
  const peers = (direction === 'egress' ? rule.to : rule.from) ?? [];
  const peer = peerIndex === null ? undefined : peers[peerIndex];
  const inNamespace = (pod: PodObject) => namespaceOf(pod) === namespaceOf(policy);
  // Asked are the pods that the policy is about, or those that its egress rule names, or to everywhere those of its namespace.
  const asked = selectablePods(world).filter((pod) => {
    if (direction === 'ingress') return inNamespace(pod) && selects(policy.spec?.podSelector, labelsOf(pod));
    if (peers.length === 0) return inNamespace(pod);
    // Without an address: in no block.
    return peers.some((each) => matchesPeer(world, each, [], namespaceOf(policy), { pod, isNode: false }));
  });
  // Where no port is left, the rule is written without ports, but only for its pods.
  if (peer && !peer.ipBlock && noneIsFound(world, asked, rule.ports ?? [])) return [null];
  return matches(rule.ports, (each) => {
    if (direction === 'ingress' || typeof each.port !== 'string') return matchesPort(world.profile, each, flow);
    if (peer === undefined) return (each.protocol ?? 'TCP') === flow.protocol && numbersGiven(world, asked, each).includes(flow.port);
    return !peer.ipBlock && matchesPort(world.profile, each, flow);
  });
}

type Peers = readonly NetworkPolicyPeer[] | null | undefined;
type Ports = readonly NetworkPolicyPort[] | null | undefined;

/** The positions of the items that match; one `null` when there is no item, which matches everything. */
function matches<T>(items: readonly T[] | null | undefined, test: (item: T) => boolean): (number | null)[] {
  if (items === null || items === undefined || items.length === 0) return [null];
  return [...items.keys()].filter((index) => test(items[index] as T));
}

function matchesPeer(world: World, peer: NetworkPolicyPeer, peersOfRule: NonNullable<Peers>, policyNamespace: string, face: Face): boolean {
  const { ipBlock, namespaceSelector, podSelector } = peer;
  if (ipBlock) {
    // In the block and in none of the exceptions [32]. Whether blocks speak of pods and nodes is the data plane's choice [33, 50].
    const { address } = face;
    const spokenOf = face.pod ? world.profile.ipBlockMatchesPods : face.isNode ? world.profile.ipBlockMatchesNodes : true;
    if (address === undefined || !spokenOf) return false;
    return inBlock(address, ipBlock.cidr) && !isExcepted(world.profile, address, ipBlock, peersOfRule);
  }
  // Selectors see pods only [24].
  if (face.pod === undefined) return false;
  const namespace = namespaceOf(face.pod);
  // Without a namespaceSelector: pods of the policy's namespace [20]. Without a podSelector: all pods of the namespaces [21]. Both: AND [22].
  const inNamespace = namespaceSelector ? selects(namespaceSelector, namespaceLabels(world, namespace)) : namespace === policyNamespace;
  return inNamespace && selects(podSelector, labelsOf(face.pod));
}

/** The exceptions are the block's own [32], or those of every block of the rule that are longer than this one; and `::/0` can be less than it says. */
function isExcepted({ exceptScope, ipv6Everything }: CniProfile, address: string, block: Block, peersOfRule: NonNullable<Peers>): boolean {
  const lengthOf = (cidr: string) => Number(cidr.slice(cidr.indexOf('/') + 1));
  const everything = ipv6Everything === 'global-and-local' && block.cidr.includes(':') && lengthOf(block.cidr) === 0;
  const entry = everything ? ['2000::/3', 'fd00::/8'].find((each) => inBlock(address, each)) : block.cidr;
  if (entry === undefined) return true;
  const ofRule = peersOfRule.flatMap(({ ipBlock }) => ipBlock?.except ?? []);
  const excepts = (exceptScope === 'block' ? (block.except ?? []) : ofRule).filter((except) => lengthOf(except) > lengthOf(entry));
  return excepts.some((except) => inBlock(address, except));
}

type Block = NonNullable<NetworkPolicyPeer['ipBlock']>;

function matchesPort(profile: CniProfile, item: NetworkPolicyPort, { destination, protocol, port }: Flow): boolean {
  // The protocol is TCP unless written [37], and it must match whatever the port [38].
  if ((item.protocol ?? 'TCP') !== protocol) return false;
  if (item.port === null || item.port === undefined) return true;
  if (typeof item.port === 'string' && profile.namedPorts === 'uncertain') return false;
  if (typeof item.port === 'string') return portsNamed(profile, item.port, destination.pod, protocol).includes(port);
  const last = profile.endPort === 'range' ? (item.endPort ?? item.port) : item.port;
  return item.port <= port && port <= last;
}

/** Missing or empty: Ingress, and Egress when there is an egress rule [9]. Present: literally [10]. */
function hasDirection({ spec: written }: NetworkPolicyObject, direction: Direction): boolean {
  const types = written?.policyTypes ?? [];
  if (types.length > 0) return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  return direction === 'ingress' || (written?.egress ?? []).length > 0;
}

/** The policies in order of namespace and name, and apart from them those that cannot be read, here or under this profile [36]. */
function readPolicies(given: Manifests, profile: CniProfile): Pick<World, 'policies' | 'unreadable'> {
  if (!profile.enforced) return { policies: [], unreadable: [] };
  // A policy that names a port by its name may be dropped as a whole: it isolates nobody and allows nothing.
  const isDropped = ({ object }: Resource<NetworkPolicyObject>) =>
    profile.namedPorts === 'policy-rejected' &&
    [...(object.spec?.ingress ?? []), ...(object.spec?.egress ?? [])].some(({ ports }) =>
      (ports ?? []).some(({ port }) => typeof port === 'string'),
    );
  const manifests = { ...given, networkPolicies: given.networkPolicies.filter((policy) => !isDropped(policy)) };
  const byName = (a: Resource<NetworkPolicyObject>, b: Resource<NetworkPolicyObject>) =>
    compare(namespaceOf(a.object), namespaceOf(b.object)) || compare(a.object.metadata.name, b.object.metadata.name);
  const rejectedCidr = (policy: Resource<NetworkPolicyObject>) =>
    profile.hostBits === 'reject' ? blocksOf(policy.object).find(hasHostBits) : undefined;
  const rejected = manifests.networkPolicies.flatMap((policy): UnreadablePolicy[] => {
    const cidr = rejectedCidr(policy);
    if (cidr === undefined) return [];
    const reason = `the profile \`${profile.name}\` rejects the CIDR \`${cidr}\`: it has bits beyond the prefix length`;
    const directions = (['ingress', 'egress'] as const).filter((direction) => hasDirection(policy.object, direction));
    const { name, kind } = refOf(policy.object);
    return [
      {
        kind,
        name,
        namespace: namespaceOf(policy.object),
        podSelector: policy.object.spec?.podSelector ?? {},
        directions,
        origin: policy.origin,
        reason,
      },
    ];
  });
  return {
    policies: manifests.networkPolicies.filter((policy) => rejectedCidr(policy) === undefined).sort(byName),
    unreadable: [...rejected, ...manifests.unreadable.filter((each) => !isAdminKind(each.kind) && !mayBeAnyPolicy(each, profile))],
  };
}

/** Every CIDR that a policy names, exceptions among them. */
function blocksOf({ spec: written }: NetworkPolicyObject): string[] {
  const peers = [...(written?.ingress ?? []).flatMap(({ from }) => from ?? []), ...(written?.egress ?? []).flatMap(({ to }) => to ?? [])];
  return peers.flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []));
}

/** What could not be read of a policy could be anything. */
function maySelect(policy: UnreadablePolicy, pod: PodObject, direction: Direction): boolean {
  return (
    (policy.namespace === undefined || policy.namespace === namespaceOf(pod)) &&
    selects(policy.podSelector, labelsOf(pod)) &&
    (policy.directions ?? ['ingress', 'egress']).includes(direction)
  );
}

function doubtAbout(policy: UnreadablePolicy, direction: Direction): RuleReason {
  const { kind, namespace, origin, reason } = policy;
  const ref: ObjectRef = { kind, ...(namespace === undefined ? {} : { namespace }), name: policy.name ?? '(unreadable)' };
  return { policy: ref, tier: 'NetworkPolicy', direction, action: 'unknown', rule: -1, peer: null, port: null, origin, because: reason };
}

function refOf(policy: NetworkPolicyObject): ObjectRef {
  return { kind: 'NetworkPolicy', namespace: namespaceOf(policy), name: policy.metadata.name };
}

function byDefault(reason: DefaultReason, isolatedBy: readonly ObjectRef[]): DirectionDecision {
  const { verdict, reasons, default: told } = endByDefault(reason);
  return { verdict, isolated: isolatedBy.length > 0, isolatedBy, passes: [], reasons, default: told };
}

function undecided(cause: UnknownCause, message: string): Decision {
  const half: DirectionDecision = { verdict: 'unknown', isolated: false, isolatedBy: [], passes: [], reasons: [], default: null };
  return { verdict: 'unknown', egress: half, ingress: half, unknown: { cause, message } };
}
