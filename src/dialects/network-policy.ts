/**
 * networking/v1 NetworkPolicy -> one tier of the internal form: allow rules that isolate, order without meaning. API defaulting happens here.
 * Specification: the API types' comments and pkg/apis/networking/v1/defaults.go.
 */

import { compareText } from '../lib/compare-text.ts';
import { type IpPrefix, parsePrefix, prefixContains } from '../lib/ip-address.ts';
import { sortByName } from '../lib/sort-by-name.ts';
import { TextNumbers } from '../lib/text-numbers.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf, refOf } from '../model/object-names.ts';
import { type ObjectRef, UNREADABLE } from '../model/origin.ts';
import type { IpBlock, Peer, PodMatch, Policy, PortMatch, Rule, Tier } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type {
  Manifests,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyObject,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  Resource,
  UnreadablePolicy,
} from '../model/resource.ts';
import { DeclaredPorts } from './declared-ports.ts';
import { lowerSelector } from './label-selector.ts';
import { type NotEnforced, notEnforced } from './not-enforced.ts';
import { readDifferently } from './read-differently.ts';
import { resolveNames } from './resolved-names.ts';
import { readPrefix, SharedParts } from './shared-parts.ts';

const NETWORK_POLICY_TIER = 'NetworkPolicy';

const LAST_PORT = 65535;

interface LoweredTier {
  readonly tier: Tier;
  readonly diagnostics: readonly Diagnostic[];
  readonly notEnforced: readonly NotEnforced[];
}

/** All NetworkPolicies of the input, and those that could not be read, sorted by namespace and name. */
export function lowerNetworkPolicies(given: Manifests, profile: CniProfile): LoweredTier {
  const { enforced, dropped } = byEnforcement(given.networkPolicies, profile);
  const context: Context = { profile, declared: new DeclaredPorts(given, profile), parts: new SharedParts() };
  const policies: Policy[] = [];
  for (const resource of enforced) policies.push(lowerPolicy(resource, context));
  const differences = readDifferently(enforced, policies, given, profile);
  // Nameless ones differ in what is wrong with them.
  const unreadable = given.unreadable.toSorted((a, b) => compareText(a.reason, b.reason));
  if (profile.enforced) for (const policy of unreadable) policies.push(lowerUnreadable(policy));
  const because = profile.enforced ? 'it gives up a policy that names a port by its name' : 'it enforces no policy at all';
  const ignored = [
    ...dropped.map(({ object, origin }) => ({ ref: refOf('NetworkPolicy', object.metadata), origin })),
    ...(profile.enforced ? [] : given.unreadable.map(lowerUnreadable)),
  ].map(({ ref, origin }) => ({ ref, origin, because, forbids: true }));
  const sorted = sortByName(
    policies,
    ({ ref }) => ref.namespace ?? '',
    ({ ref }) => ref.name,
    new TextNumbers(given.namespaces.map(({ object }) => object.metadata.name)),
  );
  const diagnostics = [...notEnforced(ignored, profile.name), ...differences];
  return { tier: { name: NETWORK_POLICY_TIER, match: 'all', policies: sorted }, diagnostics, notEnforced: ignored };
}

type Resources = readonly Resource<NetworkPolicyObject>[];

/** Policies that the data plane enforces, and those that it drops. */
function byEnforcement(policies: Resources, profile: CniProfile): { readonly enforced: Resources; readonly dropped: Resources } {
  if (!profile.enforced) return { enforced: [], dropped: policies };
  if (profile.namedPorts !== 'policy-rejected') return { enforced: policies, dropped: [] };
  return {
    enforced: policies.filter(({ object }) => !namesPorts(object)),
    dropped: policies.filter(({ object }) => namesPorts(object)),
  };
}

function namesPorts({ spec }: NetworkPolicyObject): boolean {
  const rules: readonly { readonly ports?: NetworkPolicyIngressRule['ports'] }[] = [...(spec?.ingress ?? []), ...(spec?.egress ?? [])];
  return rules.some(({ ports }) => ports?.some(({ port }) => typeof port === 'string'));
}

/** What lowering needs besides the object. */
interface Context {
  readonly profile: CniProfile;
  readonly declared: DeclaredPorts;
  readonly parts: SharedParts;
}

function lowerPolicy(resource: Resource<NetworkPolicyObject>, context: Context): Policy {
  const { profile, declared, parts } = context;
  const { metadata, spec } = resource.object;
  const isolates = isolatedBy(spec);
  const rejected = profile.hostBits === 'reject' ? firstCidrWithHostBits(resource.object) : undefined;
  if (rejected !== undefined) {
    return lowerUnreadable({
      kind: 'NetworkPolicy',
      name: metadata.name,
      namespace: namespaceOf(metadata),
      podSelector: spec?.podSelector ?? {},
      directions: DIRECTIONS.filter((direction) => isolates[direction]),
      origin: resource.origin,
      reason: `the profile \`${profile.name}\` rejects the CIDR \`${rejected}\`: it has bits beyond the prefix length`,
    });
  }
  const namespace = parts.namespace(namespaceOf(metadata));
  const [subject] = parts.pods(namespace, parts.selectors.lower(spec?.podSelector));
  let rules = lowerRules(resource, subject, isolates, context);
  if (profile.namedPorts === 'open-when-unresolved') {
    rules = rules.flatMap((rule) => resolveNames(rule, { subject, namespace: namespace.name, declared }));
  } else if (profile.namedPorts === 'uncertain') {
    rules = rules.flatMap((rule) => withDoubt(rule, profile));
  }
  return {
    ref: { kind: 'NetworkPolicy', namespace: namespace.name, name: metadata.name },
    origin: resource.origin,
    subject,
    isolates,
    rules,
  };
}

function lowerRules(
  resource: Resource<NetworkPolicyObject>,
  subject: PodMatch,
  isolates: Policy['isolates'],
  context: Context,
): readonly Rule[] {
  const { spec } = resource.object;
  const ingress = (isolates.ingress && spec?.ingress) || NO_RULES;
  const egress = (isolates.egress && spec?.egress) || NO_RULES;
  // Most have one rule, and a list of its own without room to grow.
  if (ingress.length === 1 && egress.length === 0) return [lowerRule(ingress[0]!, 'ingress', 0, resource, subject, context)];
  const rules: Rule[] = [];
  for (let i = 0; i < ingress.length; i++) rules.push(lowerRule(ingress[i]!, 'ingress', i, resource, subject, context));
  for (let i = 0; i < egress.length; i++) rules.push(lowerRule(egress[i]!, 'egress', i, resource, subject, context));
  return rules.length === 0 ? NO_RULES : rules.slice();
}

const NO_RULES: readonly never[] = [];

/** Missing and empty policyTypes mean Ingress, and Egress when there is an egress rule. What is written is taken literally. */
function isolatedBy(spec: NetworkPolicyObject['spec']): Policy['isolates'] {
  const written = spec?.policyTypes;
  if (!written?.length) return spec?.egress?.length ? BOTH : INGRESS;
  const ingress = written.includes('Ingress');
  const egress = written.includes('Egress');
  return ingress && egress ? BOTH : ingress ? INGRESS : EGRESS;
}

const BOTH: Policy['isolates'] = { ingress: true, egress: true };
const INGRESS: Policy['isolates'] = { ingress: true, egress: false };
const EGRESS: Policy['isolates'] = { ingress: false, egress: true };

/** A rule of either direction. */
type RuleObject = NetworkPolicyIngressRule & NetworkPolicyEgressRule;

function lowerRule(
  { from, to, ports }: RuleObject,
  direction: Direction,
  index: number,
  resource: Resource<NetworkPolicyObject>,
  subject: PodMatch,
  { profile, parts }: Context,
): Rule {
  const peers = direction === 'ingress' ? from : to;
  return {
    direction,
    action: 'allow',
    // A list without entries is no restriction; past this point "any" is its own value and an empty list matches nothing.
    peers: peers?.length ? lowerPeers(peers, subject.namespaces, profile, parts) : 'any',
    ports: ports?.length ? lowerPorts(ports, profile, parts) : 'any',
    index,
    origin: resource.locate(parts.rulePath(direction, index)),
  };
}

/** What a name of a port may allow besides is said beside the rule. */
function withDoubt(rule: Rule, { name }: CniProfile): readonly Rule[] {
  if (rule.ports === 'any' || rule.ports.every(({ kind }) => kind !== 'named')) return [rule];
  const reason = `\`${name}\` reads names of ports in a way of its own, which may open more`;
  return [rule, { ...rule, action: 'unknown', ports: 'any', reason }];
}

type Namespaces = PodMatch['namespaces'];

function lowerPeers(written: readonly NetworkPolicyPeer[], own: Namespaces, profile: CniProfile, parts: SharedParts): readonly Peer[] {
  // Most lists have one peer.
  if (written.length === 1) return lowerPeer(written[0]!, written, own, profile, parts);
  return written.map((peer) => lowerPeer(peer, written, own, profile, parts)[0]);
}

/** A list of this peer alone. `own`: the namespace of the policy. */
function lowerPeer(
  { ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer,
  peersOfRule: readonly NetworkPolicyPeer[],
  own: Namespaces,
  profile: CniProfile,
  parts: SharedParts,
): readonly [Peer] {
  if (ipBlock) return underProfile(lowerBlock(ipBlock, parts), peersOfRule, profile, parts);
  // Without a namespaceSelector the peer is in the policy's own namespace; without a podSelector it is every pod of the namespaces.
  const namespaces = namespaceSelector ? { selector: parts.selectors.lower(namespaceSelector) } : own;
  return parts.pods(namespaces, parts.selectors.lower(podSelector));
}

function lowerBlock({ cidr, except }: NonNullable<NetworkPolicyPeer['ipBlock']>, parts: SharedParts): readonly [IpBlock] {
  if (!except?.length) return parts.block(cidr);
  return [{ kind: 'ipBlock', cidr: parts.prefix(cidr), except: except.map((text) => parts.prefix(text)) }];
}

/** The block as the data plane reads it. */
function underProfile(
  alone: readonly [IpBlock],
  peersOfRule: readonly NetworkPolicyPeer[],
  profile: CniProfile,
  parts: SharedParts,
): readonly [IpBlock] {
  const [block] = alone;
  const { cidr } = block;
  const everything = profile.ipv6Everything === 'global-and-local' && cidr.family === 6 && cidr.length === 0;
  if (profile.exceptScope === 'block' && !everything) return alone;
  const entries = everything ? GLOBAL_AND_LOCAL.map(readPrefix) : [cidr];
  const all = profile.exceptScope === 'block' ? block.except : parts.exceptionsOf(peersOfRule);
  // Only a longer exception takes from an entry. Where a rule has one set, so does one of another block; a longer block in that exception is a peer of its own.
  const except: IpPrefix[] = [];
  // Plain loops: a rule of thousands of blocks compares millions.
  for (let i = 0; i < all.length; i++) {
    const each = all[i]!;
    for (let e = 0; e < entries.length; e++) if (each.length > entries[e]!.length && prefixContains(entries[e]!, each)) except.push(each);
  }
  return [{ ...block, except: everything ? [...except, ...NEITHER_GLOBAL_NOR_LOCAL.map(readPrefix)] : except }];
}

/** What `::/0` is to a data plane that cannot hold it in one entry. */
const GLOBAL_AND_LOCAL = ['2000::/3', 'fd00::/8'];

/** All of IPv6 without 2000::/3 and fd00::/8. */
const NEITHER_GLOBAL_NOR_LOCAL = ['::/3', '4000::/2', '8000::/2', 'c000::/3', 'e000::/4', 'f000::/5', 'f800::/6', 'fc00::/8', 'fe00::/7'];

function lowerPorts(written: readonly NetworkPolicyPort[], profile: CniProfile, parts: SharedParts): readonly PortMatch[] {
  const { protocol, port, endPort } = written[0]!;
  if (written.length === 1 && typeof port === 'number' && !endPort) return parts.port(protocol ?? 'TCP', port);
  return written.map((each) => lowerPort(each, profile));
}

function lowerPort({ protocol: written, port, endPort }: NetworkPolicyPort, profile: CniProfile): PortMatch {
  const protocol = written ?? 'TCP';
  if (port === null || port === undefined) return { kind: 'range', protocol, from: 0, to: LAST_PORT };
  // What a name allows is said beside it where it is uncertain. No container port has the empty name.
  if (typeof port === 'string') return { kind: 'named', protocol, name: profile.namedPorts === 'uncertain' ? '' : port };
  const to = profile.endPort === 'range' ? (endPort ?? port) : port;
  return { kind: 'range', protocol, from: port, to };
}

/** A policy that is there and says we know not what: one rule per direction that matches everything and decides nothing. */
function lowerUnreadable(policy: UnreadablePolicy): Policy {
  const { kind, name, namespace, podSelector, directions, origin, reason } = policy;
  const ref: ObjectRef = { kind, ...(namespace === undefined ? {} : { namespace }), name: name ?? UNREADABLE };
  const subject: PodMatch = {
    kind: 'pods',
    namespaces: namespace === undefined ? { selector: [] } : { name: namespace },
    pods: lowerSelector(podSelector),
  };
  const rules = (directions ?? DIRECTIONS).map((direction): Rule => {
    return { direction, action: 'unknown', peers: 'any', ports: 'any', index: -1, origin, reason };
  });
  return { ref, origin, subject, isolates: { ingress: false, egress: false }, rules };
}

function firstCidrWithHostBits({ spec }: NetworkPolicyObject): string | undefined {
  const peers = [...(spec?.ingress ?? []).flatMap(({ from }) => from ?? []), ...(spec?.egress ?? []).flatMap(({ to }) => to ?? [])];
  const texts = peers.flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []));
  return texts.find((text) => parsePrefix(text)?.hostBits);
}
