/**
 * Rules of NetworkPolicies against one connection: which peers and ports match, and what is in the way of the others. For telling and for finding what to change; verdicts come from the engine.
 * Specification: networkpolicy-semantics b.4 to b.8.
 */
import { formatPrefix, hostPrefix, type IpPrefix, parseAddress, parsePrefix, prefixContains } from '../lib/ip-address.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { Direction } from '../model/protocol.ts';
import type { Manifests, NetworkPolicyObject, NetworkPolicyPeer, NetworkPolicyPort, PodObject, Resource } from '../model/resource.ts';
import { namespaceOfSide, type Pair, type Side } from './pairs.ts';
import { labelsOf, labelsOfNamespace, type Miss, missesOf } from './selector-misses.ts';

/** Why a peer does not match; no reason: it does. */
export interface PeerMisses {
  readonly peer: NetworkPolicyPeer;
  readonly index: number;
  /** Of the namespaceSelector. */
  readonly namespace: readonly Miss[];
  /** Of the podSelector. */
  readonly pod: readonly Miss[];
  readonly matches: boolean;
  readonly why: 'labels' | 'other-namespace' | 'no-pod' | 'outside-block' | 'exception' | 'no-address' | null;
  /** The exceptions that take the address out. */
  readonly except: readonly number[];
}

export interface PortMisses {
  readonly item: NetworkPolicyPort;
  readonly index: number;
  readonly matches: boolean;
}

export interface RuleMisses {
  readonly policy: Resource<NetworkPolicyObject>;
  readonly index: number;
  /** Empty: everybody. */
  readonly peers: readonly PeerMisses[];
  /** Empty: every port. */
  readonly ports: readonly PortMisses[];
  readonly peersMatch: boolean;
  readonly portsMatch: boolean;
}

export function ruleMisses(manifests: Manifests, policy: Resource<NetworkPolicyObject>, direction: Direction, pair: Pair): RuleMisses[] {
  const { spec } = policy.object;
  const rules =
    direction === 'ingress'
      ? (spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
      : (spec?.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
  const other = direction === 'ingress' ? pair.from : pair.to;
  return rules.map(({ peers: written, ports: items }, index) => {
    const peers = (written ?? []).map((peer, i) => peerMisses(manifests, peer, i, policy.object, other, pair.query.family));
    const ports = (items ?? []).map((item, i) => ({ item, index: i, matches: portMatches(item, pair) }));
    return {
      policy,
      index,
      peers,
      ports,
      peersMatch: peers.length === 0 || peers.some(({ matches }) => matches),
      portsMatch: ports.length === 0 || ports.some(({ matches }) => matches),
    };
  });
}

function peerMisses(
  manifests: Manifests,
  peer: NetworkPolicyPeer,
  index: number,
  policy: NetworkPolicyObject,
  other: Side,
  family: 4 | 6 | undefined,
): PeerMisses {
  const none = { peer, index, namespace: [], pod: [], except: [], matches: false } as const;
  if (peer.ipBlock) return { ...none, ...blockMisses(peer.ipBlock, other, family) };
  const at = namespaceOfSide(other);
  if (other.pod === undefined || at === undefined) return { ...none, why: 'no-pod' };
  const pod = peer.podSelector ? missesOf(peer.podSelector, labelsOf(other.pod.object.metadata.labels)) : [];
  if (!peer.namespaceSelector) {
    const isHere = at === namespaceOf(policy.metadata);
    return { ...none, pod, matches: isHere && pod.length === 0, why: !isHere ? 'other-namespace' : pod.length === 0 ? null : 'labels' };
  }
  const namespace = missesOf(peer.namespaceSelector, labelsOfNamespace(manifests, at));
  const matches = namespace.length + pod.length === 0;
  return { ...none, namespace, pod, matches, why: matches ? null : 'labels' };
}

function blockMisses(
  { cidr, except }: NonNullable<NetworkPolicyPeer['ipBlock']>,
  other: Side,
  family: 4 | 6 | undefined,
): Pick<PeerMisses, 'matches' | 'why' | 'except'> {
  const addresses = hostsOf(other, family);
  if (addresses.length === 0) return { matches: false, why: 'no-address', except: [] };
  const inside = addresses.filter((address) => isIn(cidr, address));
  if (inside.length === 0) return { matches: false, why: 'outside-block', except: [] };
  const taken = (except ?? []).flatMap((each, i) => (inside.some((address) => isIn(each, address)) ? [i] : []));
  return { matches: taken.length === 0, why: taken.length === 0 ? null : 'exception', except: taken };
}

/** Addresses of an end, of the family that is asked for. */
function hostsOf({ addresses }: Side, family: 4 | 6 | undefined): IpPrefix[] {
  return addresses
    .flatMap((text) => parseAddress(text) ?? [])
    .filter((address) => family === undefined || address.family === family)
    .map(hostPrefix);
}

export function isIn(cidr: string, host: IpPrefix): boolean {
  const parsed = parsePrefix(cidr);
  return parsed !== undefined && prefixContains(parsed.prefix, host);
}

/** The prefix of one address, as a block is written. */
export function blockOf(text: string): string | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : formatPrefix(hostPrefix(address));
}

function portMatches({ protocol, port, endPort }: NetworkPolicyPort, { query, to }: Pair): boolean {
  if ((protocol ?? 'TCP') !== query.protocol) return false;
  return isAtPort({ port, endPort: endPort ?? null }, query.port, query.protocol, to.pod?.object);
}

/** Is it this number, whatever the protocol of the item? A name is that of a container port of the protocol. */
export function isAtPort(
  { port, endPort }: Pick<NetworkPolicyPort, 'port' | 'endPort'>,
  number: number,
  protocol: string,
  pod: PodObject | undefined,
): boolean {
  if (port === null || port === undefined) return true;
  if (typeof port === 'number') return port <= number && number <= (endPort ?? port);
  return declaredPorts(pod).some((each) => each.name === port && each.protocol === protocol && each.port === number);
}

/** Ports that containers declare, those of sidecars last. */
export function declaredPorts(
  pod: PodObject | undefined,
): { readonly name: string | undefined; readonly port: number; readonly protocol: string }[] {
  const sidecars = (pod?.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...(pod?.spec?.containers ?? []), ...sidecars]
    .flatMap(({ ports }) => ports ?? [])
    .map(({ name, containerPort, protocol }) => ({ name: name || undefined, port: containerPort, protocol: protocol ?? 'TCP' }));
}

/** Does the policy hold for the direction? What is written is taken literally; otherwise Ingress, and Egress when there is an egress rule. */
export function hasDirection({ spec }: NetworkPolicyObject, direction: Direction): boolean {
  const types = spec?.policyTypes ?? [];
  if (types.length > 0) return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  return direction === 'ingress' || (spec?.egress ?? []).length > 0;
}
