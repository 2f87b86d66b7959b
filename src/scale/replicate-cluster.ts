/**
 * A cluster k times: namespaces with their pods, nodes, Services and policies, relabelled so that the copies are independent, and addresses moved to ranges of their own.
 *
 * Inside a copy every pod and node is to every other what the originals were: names and label values end in the copy's suffix (`relabel.ts`), addresses have the copy's bits turned
 * over (`move-addresses.ts`), in the objects and in the policies alike. Selectors without values ({}, Exists) match in all copies, as blocks do that hold them all. What is
 * cluster-scoped is there once and speaks of all copies: each label value in it stands for that of every copy, each network for its moved ones. Domain names keep their addresses. Where a profile lets a port name
 * stand for what all selected pods make of it (`open-when-unresolved`), `NotIn` sees the pods of other copies, too.
 */
import { type IpAddress, type IpPrefix, parseAddress, parsePrefix } from '../lib/ip-address.ts';
import type {
  AdminEgressPeer,
  AdminPolicyObject,
  Manifests,
  Maybe,
  NetworkPolicyObject,
  NetworkPolicyPeer,
  NodeObject,
  ObjectMeta,
  PodObject,
  Resource,
  ServiceObject,
  UnreadablePolicy,
} from '../model/resource.ts';
import { chooseMoves, type Move, movedCidr, movedText } from './move-addresses.ts';
import { relabel, selectorOfAll, selectorOfCopy, subjectOfAll, suffixesFor } from './relabel.ts';
import { withObject } from './with-object.ts';

/** Copy `number` of the cluster: how a name or address of the original reads in it. */
export interface Copy {
  readonly number: number;
  readonly suffix: string;
  readonly move: Move;
}

export interface ReplicatedCluster {
  readonly manifests: Manifests;
  /** The first is the original. */
  readonly copies: readonly Copy[];
}

/** @throws {RangeError} when the addresses leave no room for so many copies, or `count` is no whole number from 1 */
export function replicateCluster(manifests: Manifests, count: number, seed: number): ReplicatedCluster {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`copies must be a whole number from 1, got \`${count}\``);
  const suffixes = suffixesFor(manifests, count);
  const moves = chooseMoves({ addresses: addressesOf(manifests), sharedBlocks: sharedBlocksOf(manifests) }, count, seed);
  const copies = suffixes.map((suffix, number): Copy => ({ number, suffix, move: moves[number]! }));
  if (count === 1) return { manifests, copies };
  const each = <T>(list: readonly Resource<T>[], copyOf: (object: T, copy: Copy) => T): Resource<T>[] =>
    copies.flatMap((copy) => (copy.number === 0 ? list : list.map((one) => withObject(one, copyOf(one.object, copy)))));
  const replicated: Manifests = {
    ...manifests,
    namespaces: each(manifests.namespaces, (object, { suffix }) => ({
      ...object,
      metadata: { ...object.metadata, name: `${object.metadata.name}${suffix}`, labels: relabel(object.metadata.labels, suffix) },
    })),
    pods: each(manifests.pods, podOfCopy),
    nodes: each(manifests.nodes, nodeOfCopy),
    services: each(manifests.services, serviceOfCopy),
    networkPolicies: each(manifests.networkPolicies, policyOfCopy),
    adminPolicies: manifests.adminPolicies.map((one) => withObject(one, adminPolicyOfAll(one.object, copies))),
    unreadable: manifests.unreadable.flatMap((policy) => unreadableOf(policy, copies)),
    unreadableEnds: copies.flatMap(({ suffix, move }) =>
      manifests.unreadableEnds.map((end) => ({
        ...end,
        object: { ...end.object, ...(end.object.namespace === undefined ? {} : { namespace: `${end.object.namespace}${suffix}` }) },
        addresses: end.addresses.map((address) => movedText(address, move)),
      })),
    ),
  };
  return { manifests: replicated, copies };
}

function metadataOfCopy(metadata: ObjectMeta, { suffix }: Copy): ObjectMeta {
  return { ...metadata, namespace: `${metadata.namespace || 'default'}${suffix}` };
}

function podOfCopy(object: PodObject, copy: Copy): PodObject {
  const { spec, status } = object;
  const { suffix, move } = copy;
  const ips = (list: Maybe<readonly { readonly ip: string }[]>): Maybe<readonly { readonly ip: string }[]> =>
    list?.map((each) => ({ ...each, ip: movedText(each.ip, move) }));
  return {
    ...object,
    metadata: { ...metadataOfCopy(object.metadata, copy), labels: relabel(object.metadata.labels, suffix) },
    // An empty name is that of no node.
    spec: spec?.nodeName ? { ...spec, nodeName: `${spec.nodeName}${suffix}` } : spec,
    status: status && {
      ...status,
      podIP: movedText(status.podIP, move),
      podIPs: ips(status.podIPs),
      hostIP: movedText(status.hostIP, move),
      hostIPs: ips(status.hostIPs),
    },
  };
}

function nodeOfCopy(object: NodeObject, { suffix, move }: Copy): NodeObject {
  const { metadata, status } = object;
  return {
    ...object,
    metadata: { ...metadata, name: `${metadata.name}${suffix}`, labels: relabel(metadata.labels, suffix) },
    status: status && {
      ...status,
      addresses: status.addresses?.map((each) => ({ ...each, address: movedText(each.address, move) })),
    },
  };
}

function serviceOfCopy(object: ServiceObject, copy: Copy): ServiceObject {
  const { spec, status } = object;
  const { move } = copy;
  const ingress = status?.loadBalancer?.ingress?.map((each) => ({ ...each, ip: movedText(each.ip, move) }));
  return {
    ...object,
    metadata: metadataOfCopy(object.metadata, copy),
    spec: spec && {
      ...spec,
      clusterIP: movedText(spec.clusterIP, move),
      clusterIPs: spec.clusterIPs?.map((ip) => movedText(ip, move)),
      externalIPs: spec.externalIPs?.map((ip) => movedText(ip, move)),
      selector: relabel(spec.selector, copy.suffix),
    },
    status: status && { ...status, loadBalancer: status.loadBalancer && { ...status.loadBalancer, ingress } },
  };
}

function policyOfCopy(object: NetworkPolicyObject, copy: Copy): NetworkPolicyObject {
  const { spec } = object;
  const { suffix } = copy;
  const peers = (list: Maybe<readonly NetworkPolicyPeer[]>): Maybe<readonly NetworkPolicyPeer[]> =>
    list?.map((peer) => peerOfCopy(peer, copy));
  return {
    ...object,
    metadata: metadataOfCopy(object.metadata, copy),
    spec: spec && {
      ...spec,
      podSelector: selectorOfCopy(spec.podSelector, suffix),
      ingress: spec.ingress?.map((rule) => ({ ...rule, from: peers(rule.from) })),
      egress: spec.egress?.map((rule) => ({ ...rule, to: peers(rule.to) })),
    },
  };
}

function peerOfCopy({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, { suffix, move }: Copy): NetworkPolicyPeer {
  return {
    podSelector: selectorOfCopy(podSelector, suffix),
    namespaceSelector: selectorOfCopy(namespaceSelector, suffix),
    ipBlock: ipBlock && { ...ipBlock, cidr: movedCidr(ipBlock.cidr, move), except: ipBlock.except?.map((cidr) => movedCidr(cidr, move)) },
  };
}

function adminPolicyOfAll<T extends AdminPolicyObject>(object: T, copies: readonly Copy[]): T {
  const suffixes = copies.map(({ suffix }) => suffix);
  const peerOfAll = (peer: AdminEgressPeer): AdminEgressPeer => ({
    ...subjectOfAll(peer, suffixes),
    ...(peer.nodes === undefined ? {} : { nodes: selectorOfAll(peer.nodes, suffixes) }),
    ...(peer.networks === undefined ? {} : { networks: peer.networks && networksOfAll(peer.networks, copies) }),
  });
  const { spec } = object;
  return {
    ...object,
    spec: {
      ...spec,
      subject: subjectOfAll(spec.subject, suffixes),
      ingress: spec.ingress?.map((rule) => ({ ...rule, from: rule.from.map(peerOfAll) })),
      egress: spec.egress?.map((rule) => ({ ...rule, to: rule.to.map(peerOfAll) })),
    },
  };
}

function networksOfAll(networks: readonly string[], copies: readonly Copy[]): string[] {
  return [...new Set(copies.flatMap(({ move }) => networks.map((cidr) => movedCidr(cidr, move))))];
}

/** A policy of a namespace is there in every copy; one that may be of any namespace speaks of all copies already. */
function unreadableOf(policy: UnreadablePolicy, copies: readonly Copy[]): UnreadablePolicy[] {
  const { namespace, podSelector, subject } = policy;
  if (namespace === undefined) {
    const suffixes = copies.map(({ suffix }) => suffix);
    return [
      {
        ...policy,
        ...(podSelector === undefined ? {} : { podSelector: selectorOfAll(podSelector, suffixes) }),
        ...(subject === undefined ? {} : { subject: subjectOfAll(subject, suffixes) }),
      },
    ];
  }
  return copies.map(({ suffix }) => ({
    ...policy,
    namespace: `${namespace || 'default'}${suffix}`,
    ...(podSelector === undefined ? {} : { podSelector: selectorOfCopy(podSelector, suffix) }),
  }));
}

/** Every address that an object says is its own. */
function addressesOf({ pods, nodes, services, unreadableEnds }: Manifests): IpAddress[] {
  const ofPods = pods.flatMap(({ object: { status } }) => [
    ...[status?.podIP, status?.hostIP],
    ...[...(status?.podIPs ?? []), ...(status?.hostIPs ?? [])].map(({ ip }) => ip),
  ]);
  const ofNodes = nodes.flatMap(({ object }) => object.status?.addresses?.map(({ address }) => address) ?? []);
  const ofServices = services.flatMap(({ object: { spec, status } }) => [
    ...[spec?.clusterIP, ...(spec?.clusterIPs ?? []), ...(spec?.externalIPs ?? [])],
    ...(status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip),
  ]);
  const texts = [...ofPods, ...ofNodes, ...ofServices, ...unreadableEnds.flatMap(({ addresses }) => addresses)];
  return texts.flatMap((text) => parseAddress(text ?? '') ?? []);
}

/** The networks of administrators' policies. */
function sharedBlocksOf({ adminPolicies }: Manifests): IpPrefix[] {
  const peers = adminPolicies.flatMap(({ object }) => object.spec.egress?.flatMap(({ to }) => to) ?? []);
  const texts = new Set(peers.flatMap(({ networks }) => networks ?? []));
  return [...texts].flatMap((text) => parsePrefix(text)?.prefix ?? []);
}
