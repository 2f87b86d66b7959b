/**
 * networking/v1 NetworkPolicy -> one tier of the internal form: allow rules that isolate, order without meaning. API defaulting happens here.
 * Specification: the API types' comments and pkg/apis/networking/v1/defaults.go.
 */
import { compareText } from '../lib/compare-text.ts';
import { type IpPrefix, parsePrefix } from '../lib/ip-address.ts';
import { type ObjectRef, type Origin, UNREADABLE } from '../model/origin.ts';
import type { Peer, PodMatch, Policy, PortMatch, Rule, Tier } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type {
  Manifests,
  NetworkPolicyObject,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  Resource,
  UnreadablePolicy,
} from '../model/resource.ts';
import { lowerSelector } from './label-selector.ts';

const NETWORK_POLICY_TIER = 'NetworkPolicy';

const LAST_PORT = 65535;

/** All NetworkPolicies of the input, and those that could not be read, sorted by namespace and name. */
export function lowerNetworkPolicies(manifests: Manifests, profile: CniProfile): Tier {
  const policies = [
    ...manifests.networkPolicies.map((resource) => lowerPolicy(resource, profile)),
    ...manifests.unreadable.map(lowerUnreadable),
  ];
  policies.sort((a, b) => compareText(a.ref.namespace ?? '', b.ref.namespace ?? '') || compareText(a.ref.name, b.ref.name));
  return { name: NETWORK_POLICY_TIER, match: 'all', policies };
}

function lowerPolicy(resource: Resource<NetworkPolicyObject>, profile: CniProfile): Policy {
  const { metadata, spec } = resource.object;
  const namespace = metadata.namespace || 'default';
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
  return {
    ref: { kind: 'NetworkPolicy', namespace, name: metadata.name },
    origin: resource.origin,
    subject: { kind: 'pods', namespaces: { name: namespace }, pods: lowerSelector(spec?.podSelector) },
    isolates: { ingress: types.includes('ingress'), egress: types.includes('egress') },
    rules: types.flatMap((direction) => lowerRules(resource, namespace, direction, profile)),
  };
}

/** Missing and empty mean Ingress, and Egress when there is an egress rule. What is written is taken literally. */
function policyTypes({ spec }: NetworkPolicyObject): readonly Direction[] {
  const written = spec?.policyTypes ?? [];
  if (written.length === 0) return (spec?.egress ?? []).length > 0 ? ['ingress', 'egress'] : ['ingress'];
  return DIRECTIONS.filter((direction) => written.includes(direction === 'ingress' ? 'Ingress' : 'Egress'));
}

function lowerRules(resource: Resource<NetworkPolicyObject>, namespace: string, direction: Direction, profile: CniProfile): Rule[] {
  const { spec } = resource.object;
  const rules =
    direction === 'ingress'
      ? (spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
      : (spec?.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
  return rules.map(({ peers, ports }, index) => {
    const origin = resource.locate(`spec.${direction}[${index}]`);
    return {
      direction,
      action: 'allow',
      // A list without entries is no restriction; past this point "any" is its own value and an empty list matches nothing.
      peers: peers?.length ? peers.map((peer) => lowerPeer(peer, namespace, origin)) : 'any',
      ports: ports?.length ? ports.map((port) => lowerPort(port, profile, origin)) : 'any',
      index,
      origin,
    };
  });
}

function lowerPeer(peer: NetworkPolicyPeer, policyNamespace: string, origin: Origin): Peer {
  if (peer.ipBlock) {
    const { cidr, except } = peer.ipBlock;
    return { kind: 'ipBlock', cidr: readPrefix(cidr), except: (except ?? []).map(readPrefix), origin };
  }
  return {
    kind: 'pods',
    // Without a namespaceSelector the peer is in the policy's own namespace; without a podSelector it is every pod of the namespaces.
    namespaces: peer.namespaceSelector ? { selector: lowerSelector(peer.namespaceSelector) } : { name: policyNamespace },
    pods: lowerSelector(peer.podSelector),
    origin,
  };
}

function lowerPort({ protocol, port, endPort }: NetworkPolicyPort, profile: CniProfile, origin: Origin): PortMatch {
  const common = { protocol: protocol ?? 'TCP', origin } as const;
  if (port === null || port === undefined) return { kind: 'range', from: 0, to: LAST_PORT, ...common };
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
