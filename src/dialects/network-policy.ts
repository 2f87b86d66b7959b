/**
 * networking/v1 NetworkPolicy -> one tier of the internal form: allow rules that isolate, order without meaning. API defaulting happens here.
 * Specification: the API types' comments and pkg/apis/networking/v1/defaults.go.
 */

import { compareText } from '../lib/compare-text.ts';
import { type IpPrefix, parsePrefix, prefixContains } from '../lib/ip-address.ts';
import { sortByName } from '../lib/sort-by-name.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf, refOf } from '../model/object-names.ts';
import { type ObjectRef, type Origin, UNREADABLE } from '../model/origin.ts';
import type { IpBlock, Peer, PodMatch, Policy, PortMatch, Rule, Tier } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type {
  Manifests,
  NetworkPolicyIngressRule,
  NetworkPolicyObject,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  Resource,
  UnreadablePolicy,
} from '../model/resource.ts';
import { DeclaredPorts } from './declared-ports.ts';
import { type KnownSelectors, lowerSelector } from './label-selector.ts';
import { type NotEnforced, notEnforced } from './not-enforced.ts';
import { readDifferently } from './read-differently.ts';
import { resolveNames } from './resolved-names.ts';

const NETWORK_POLICY_TIER = 'NetworkPolicy';

const LAST_PORT = 65535;

interface LoweredTier {
  readonly tier: Tier;
  readonly diagnostics: readonly Diagnostic[];
  readonly notEnforced: readonly NotEnforced[];
}

/** All NetworkPolicies of the input, and those that could not be read, sorted by namespace and name. */
export function lowerNetworkPolicies(given: Manifests, profile: CniProfile): LoweredTier {
  const isEnforced = ({ object }: Resource<NetworkPolicyObject>) => profile.enforced && !isRejectedForNames(object, profile);
  const manifests = {
    ...given,
    networkPolicies: given.networkPolicies.filter(isEnforced),
    // Nameless ones differ in what is wrong with them.
    unreadable: profile.enforced ? given.unreadable.toSorted((a, b) => compareText(a.reason, b.reason)) : [],
  };
  const declared = new DeclaredPorts(given, profile);
  const context: Context = { profile, declared, known: new Map() };
  const policies = [
    ...manifests.networkPolicies.map((resource) => lowerPolicy(resource, context)),
    ...manifests.unreadable.map(lowerUnreadable),
  ];
  const readable = manifests.networkPolicies.map((resource, i) => ({ resource, policy: policies[i]! }));
  const sorted = sortByName(
    policies,
    ({ ref }) => ref.namespace ?? '',
    ({ ref }) => ref.name,
  );
  const because = profile.enforced ? 'it gives up a policy that names a port by its name' : 'it enforces no policy at all';
  const ignored = [
    ...given.networkPolicies
      .filter((resource) => !isEnforced(resource))
      .map(({ object, origin }) => ({ ref: refOf('NetworkPolicy', object.metadata), origin })),
    ...(profile.enforced ? [] : given.unreadable.map(lowerUnreadable)),
  ].map(({ ref, origin }) => ({ ref, origin, because, forbids: true }));
  const diagnostics = [...notEnforced(ignored, profile.name), ...readDifferently(readable, given, profile)];
  return { tier: { name: NETWORK_POLICY_TIER, match: 'all', policies: sorted }, diagnostics, notEnforced: ignored };
}

/** Does the data plane drop the whole policy because of a port that has a name? */
function isRejectedForNames({ spec }: NetworkPolicyObject, { namedPorts }: CniProfile): boolean {
  if (namedPorts !== 'policy-rejected') return false;
  const rules: readonly { readonly ports?: NetworkPolicyIngressRule['ports'] }[] = [...(spec?.ingress ?? []), ...(spec?.egress ?? [])];
  return rules.some(({ ports }) => hasNamedPort(ports));
}

function hasNamedPort(ports: NetworkPolicyIngressRule['ports']): boolean {
  return (ports ?? []).some(({ port }) => typeof port === 'string');
}

/** What lowering needs besides the object. */
interface Context {
  readonly profile: CniProfile;
  readonly declared: DeclaredPorts;
  readonly known: KnownSelectors;
}

function lowerPolicy(resource: Resource<NetworkPolicyObject>, context: Context): Policy {
  const { profile, declared, known } = context;
  const { metadata, spec } = resource.object;
  const namespace = namespaceOf(metadata);
  const types = policyTypes(resource.object);
  const rejected = profile.hostBits === 'reject' ? firstCidrWithHostBits(resource.object) : undefined;
  if (rejected !== undefined) {
    return lowerUnreadable({
      kind: 'NetworkPolicy',
      name: metadata.name,
      namespace,
      podSelector: spec?.podSelector ?? {},
      directions: types,
      origin: resource.origin,
      reason: `the profile \`${profile.name}\` rejects the CIDR \`${rejected}\`: it has bits beyond the prefix length`,
    });
  }
  const policy: Policy = {
    ref: refOf('NetworkPolicy', metadata),
    origin: resource.origin,
    subject: { kind: 'pods', namespaces: { name: namespace }, pods: lowerSelector(spec?.podSelector, known) },
    isolates: { ingress: types.includes('ingress'), egress: types.includes('egress') },
    rules: types.flatMap((direction) => lowerRules(resource, namespace, direction, context)),
  };
  if (profile.namedPorts !== 'open-when-unresolved') return policy;
  return { ...policy, rules: policy.rules.flatMap((rule) => resolveNames(rule, { subject: policy.subject, namespace, declared })) };
}

/** Missing and empty mean Ingress, and Egress when there is an egress rule. What is written is taken literally. */
function policyTypes({ spec }: NetworkPolicyObject): readonly Direction[] {
  const written = spec?.policyTypes ?? [];
  if (written.length === 0) return (spec?.egress ?? []).length > 0 ? ['ingress', 'egress'] : ['ingress'];
  return DIRECTIONS.filter((direction) => written.includes(direction === 'ingress' ? 'Ingress' : 'Egress'));
}

function lowerRules(resource: Resource<NetworkPolicyObject>, namespace: string, direction: Direction, context: Context): Rule[] {
  const { profile } = context;
  const { spec } = resource.object;
  const rules =
    direction === 'ingress'
      ? (spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
      : (spec?.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
  return rules.flatMap(({ peers, ports }, index): Rule[] => {
    const origin = resource.locate(`spec.${direction}[${index}]`);
    const rule: Rule = {
      direction,
      action: 'allow',
      // A list without entries is no restriction; past this point "any" is its own value and an empty list matches nothing.
      peers: peers?.length ? peers.map((peer) => lowerPeer(peer, peers, namespace, context, origin)) : 'any',
      ports: ports?.length ? ports.map((port) => lowerPort(port, profile, origin)) : 'any',
      index,
      origin,
    };
    if (profile.namedPorts !== 'uncertain' || !hasNamedPort(ports)) return [rule];
    return [
      rule,
      {
        ...rule,
        action: 'unknown',
        ports: 'any',
        reason: `\`${profile.name}\` reads names of ports in a way of its own, which may open more`,
      },
    ];
  });
}

function lowerPeer(
  peer: NetworkPolicyPeer,
  peersOfRule: readonly NetworkPolicyPeer[],
  policyNamespace: string,
  { profile, known }: Context,
  origin: Origin,
): Peer {
  if (peer.ipBlock) {
    const { cidr, except } = peer.ipBlock;
    const block = { kind: 'ipBlock', cidr: readPrefix(cidr), except: (except ?? []).map(readPrefix), origin } as const;
    return underProfile(block, peersOfRule, profile);
  }
  return {
    kind: 'pods',
    // Without a namespaceSelector the peer is in the policy's own namespace; without a podSelector it is every pod of the namespaces.
    namespaces: peer.namespaceSelector ? { selector: lowerSelector(peer.namespaceSelector, known) } : { name: policyNamespace },
    pods: lowerSelector(peer.podSelector, known),
    origin,
  };
}

/** The block as the data plane reads it. */
function underProfile(block: IpBlock & { origin: Origin }, peersOfRule: readonly NetworkPolicyPeer[], profile: CniProfile): Peer {
  const { cidr } = block;
  const everything = profile.ipv6Everything === 'global-and-local' && cidr.family === 6 && cidr.length === 0;
  if (profile.exceptScope === 'block' && !everything) return block;
  const entries = everything ? GLOBAL_AND_LOCAL.map(readPrefix) : [cidr];
  const all = profile.exceptScope === 'block' ? block.except : peersOfRule.flatMap(({ ipBlock }) => ipBlock?.except ?? []).map(readPrefix);
  // Only a longer exception takes from an entry. Where a rule has one set, so does one of another block; a longer block in that exception is a peer of its own.
  const except = all.filter((each) => entries.some((entry) => each.length > entry.length && prefixContains(entry, each)));
  return { ...block, except: everything ? [...except, ...NEITHER_GLOBAL_NOR_LOCAL.map(readPrefix)] : except };
}

/** What `::/0` is to a data plane that cannot hold it in one entry. */
const GLOBAL_AND_LOCAL = ['2000::/3', 'fd00::/8'];

/** All of IPv6 without 2000::/3 and fd00::/8. */
const NEITHER_GLOBAL_NOR_LOCAL = ['::/3', '4000::/2', '8000::/2', 'c000::/3', 'e000::/4', 'f000::/5', 'f800::/6', 'fc00::/8', 'fe00::/7'];

function lowerPort({ protocol, port, endPort }: NetworkPolicyPort, profile: CniProfile, origin: Origin): PortMatch {
  const common = { protocol: protocol ?? 'TCP', origin } as const;
  if (port === null || port === undefined) return { kind: 'range', from: 0, to: LAST_PORT, ...common };
  // What a name allows is said beside it where it is uncertain. No container port has the empty name.
  if (typeof port === 'string' && profile.namedPorts === 'uncertain') return { kind: 'named', name: '', ...common };
  if (typeof port === 'string') return { kind: 'named', name: port, ...common };
  const to = profile.endPort === 'range' ? (endPort ?? port) : port;
  return { kind: 'range', from: port, to, ...common };
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

/** Validation has accepted the text, so a failure here is a mistake of the program. */
function readPrefix(text: string): IpPrefix {
  const parsed = parsePrefix(text);
  if (parsed === undefined) throw new TypeError(`unvalidated CIDR \`${text}\``);
  return parsed.prefix;
}
