/**
 * Manifests -> the cluster that policies are compiled against: namespaces that are only referred to, pods that can send and receive, nodes that are
 * only referred to, addresses of Services. API defaulting of these kinds happens here; nothing is matched.
 * Specification: networkpolicy-semantics 13, 25, 45, 46, 51, 52; the API types' comments (core/v1).
 */

import { compareText } from '../lib/compare-text.ts';
import { type IpAddress, parseAddress } from '../lib/ip-address.ts';
import { sortByName } from '../lib/sort-by-name.ts';
import type { Cluster, NamedPort, Namespace, Pod, ServiceAddress } from '../model/cluster.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Container, Manifests, Maybe, PodObject, Resource, ServiceObject } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';
import { AddressSet } from './address-set.ts';
import { buildNodes, type KnownNodes, type Placement, placementOf } from './build-nodes.ts';
import { LabelInterner } from './label-interner.ts';

/** `known`: the nodes, where `manifests` holds only a part of what says which there are. */
export function buildCluster(
  manifests: Manifests,
  profile: CniProfile,
  known?: Pick<KnownNodes, 'place'>,
): { cluster: Cluster; diagnostics: Diagnostic[] } {
  const interner = new LabelInterner();
  const hosts = new HostAddresses();
  const pods = manifests.pods.filter(({ object }) => !isCompleted(object));
  const placements = placementsOf(pods, profile, hosts);
  const { nodes, nodeOf } = known === undefined ? buildNodes(manifests.nodes, placements, interner) : known.place(placements);
  const declared = pods.map(({ object }) => declaredPorts(object, profile));
  const built = pods.map((pod, i) => buildPod(pod, nodeOf[i], declared[i]!, profile, interner, hosts));
  const cluster: Cluster = {
    namespaces: buildNamespaces(manifests, built, interner),
    pods: sortByName(
      built,
      ({ namespace }) => namespace,
      ({ name }) => name,
    ),
    nodes,
    serviceAddresses: manifests.services.flatMap(({ object }) => addressesOfService(object)),
    unreadableAddresses: manifests.unreadableEnds.flatMap(({ object, addresses }) =>
      readAddresses(addresses).map((ip) => ({ object, ip })),
    ),
  };
  return { cluster, diagnostics: pods.flatMap((pod, i) => warnAboutPorts(pod, declared[i]!, profile)) };
}

/** What pods that have not completed say about where they are. */
export function placementsOf(pods: readonly Resource<PodObject>[], profile: CniProfile, hosts = new HostAddresses()): Placement[] {
  return pods.map(({ object }) =>
    placementOf(object, hosts.of(object.status), isNodeLike(object, profile) ? podAddresses(object.status) : NO_ADDRESSES),
  );
}

/** A pod that has run to completion: its address may already belong to another pod [51]. */
export function isCompleted({ status }: PodObject): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

function buildNamespaces(manifests: Manifests, pods: readonly Pod[], interner: LabelInterner): Namespace[] {
  const labelsOf = new Map<string, Labels>();
  for (const { object } of manifests.namespaces) {
    const { name, labels } = object.metadata;
    labelsOf.set(name, interner.ofNamespace(labels, name));
  }
  const referred = function* (): Iterable<string> {
    for (const pod of pods) yield pod.namespace;
    for (const { object } of manifests.networkPolicies) yield namespaceOf(object.metadata);
    for (const { namespace } of manifests.unreadable) if (namespace !== undefined) yield namespace;
    for (const { object } of manifests.services) yield namespaceOf(object.metadata);
  };
  for (const name of referred()) {
    if (!labelsOf.has(name)) labelsOf.set(name, interner.ofNamespace(undefined, name));
  }
  return [...labelsOf].map(([name, labels]) => ({ name, labels })).sort((a, b) => compareText(a.name, b.name));
}

function buildPod(
  { object, origin }: Resource<PodObject>,
  node: string | undefined,
  declared: readonly NamedPort[],
  profile: CniProfile,
  interner: LabelInterner,
  hosts: HostAddresses,
): Pod {
  const { metadata, spec, status, workload } = object;
  const ips = podAddresses(status);
  // A host-network pod that stands for its node has its node's address, even where the status does not repeat it.
  const asNode = isNodeLike(object, profile);
  return {
    namespace: namespaceOf(metadata),
    name: metadata.name,
    labels: interner.intern(metadata.labels),
    ips: ips.length === 0 && asNode ? hosts.of(status) : ips,
    namedPorts: namedPorts(declared, profile),
    hostNetwork: spec?.hostNetwork === true,
    node,
    workload,
    origin,
  };
}

/** `podIPs` where it is there, else `podIP`; IPv4 before IPv6. */
export function podAddresses(status: PodObject['status']): readonly IpAddress[] {
  const { podIP, podIPs } = status ?? {};
  if (!podIPs?.length) return podIP ? readAddresses([podIP]) : NO_ADDRESSES;
  if (podIPs.length === 1) return readAddresses([podIPs[0]!.ip]);
  return readAddresses(podIPs.map(({ ip }) => ip)).sort((a, b) => a.family - b.family);
}

/** `hostIP` and `hostIPs` of pods. Those on one node say the same, and get the same objects. */
class HostAddresses {
  private readonly known = new Map<string, readonly IpAddress[]>();

  of(status: PodObject['status']): readonly IpAddress[] {
    const { hostIP, hostIPs } = status ?? {};
    if (!hostIP && !hostIPs?.length) return NO_ADDRESSES;
    const texts = hostIPs?.length ? [hostIP, ...hostIPs.map(({ ip }) => ip)] : [hostIP];
    const key = texts.join();
    let addresses = this.known.get(key);
    if (addresses === undefined) {
      addresses = readAddresses(texts);
      this.known.set(key, addresses);
    }
    return addresses;
  }
}

/** Validation has accepted the texts; empty ones stand for "none yet". */
function readAddresses(texts: readonly Maybe<string>[]): IpAddress[] {
  const addresses: IpAddress[] = [];
  for (const text of texts) {
    const address = text ? parseAddress(text) : undefined;
    if (address !== undefined) addresses.push(address);
  }
  return addresses;
}

const NO_ADDRESSES: readonly IpAddress[] = [];
const NO_PORTS: readonly NamedPort[] = [];

/** Named ports in the order of containers, then of sidecars [45, 46]. */
function namedPorts(ports: readonly NamedPort[], profile: CniProfile): readonly NamedPort[] {
  if (ports.length < 2 || profile.namedPortDuplicates === 'every') return ports;
  return ports.filter((port, i) => ports.findIndex(({ name, protocol }) => name === port.name && protocol === port.protocol) === i);
}

function declaredPorts({ spec }: PodObject, profile: CniProfile): readonly NamedPort[] {
  let found: NamedPort[] | undefined;
  const add = (container: Container): void => {
    for (const { name, containerPort, protocol } of container.ports ?? []) {
      if (!name) continue;
      found ??= [];
      found.push({ name, port: containerPort, protocol: protocol ?? 'TCP' });
    }
  };
  for (const container of spec?.containers ?? []) add(container);
  if (profile.sidecarPorts) for (const container of spec?.initContainers ?? []) if (container.restartPolicy === 'Always') add(container);
  return found ?? NO_PORTS;
}

function warnAboutPorts({ object, origin }: Resource<PodObject>, ports: readonly NamedPort[], profile: CniProfile): readonly Diagnostic[] {
  if (ports.length < 2) return NO_DIAGNOSTICS;
  const first = new Map<string, NamedPort>();
  const diagnostics: Diagnostic[] = [];
  for (const port of ports) {
    const key = `${port.name}/${port.protocol}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, port);
    else if (known.port !== port.port) {
      const used = profile.namedPortDuplicates === 'every' ? 'policies that name it mean both' : `policies that name it mean ${known.port}`;
      diagnostics.push({
        code: 'duplicate-port-name',
        severity: 'warning',
        message: `the port name \`${port.name}\` stands for ${known.port} and for ${port.port} (${port.protocol}); ${used}`,
        origin,
        object: { kind: 'Pod', namespace: namespaceOf(object.metadata), name: object.metadata.name },
      });
    }
  }
  return diagnostics;
}

/** Does the profile treat the pod as the node it runs on [50]? */
function isNodeLike({ spec }: PodObject, profile: CniProfile): boolean {
  return spec?.hostNetwork === true && profile.hostNetwork === 'node';
}

export function addressesOfService({ metadata, spec, status }: ServiceObject): ServiceAddress[] {
  const set = new AddressSet();
  const texts = [
    spec?.clusterIP,
    ...(spec?.clusterIPs ?? []),
    ...(spec?.externalIPs ?? []),
    ...(status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip),
  ];
  for (const address of readAddresses(texts.filter((text) => text !== 'None'))) set.add(address);
  return set.addresses.map((ip) => ({ namespace: namespaceOf(metadata), name: metadata.name, ip }));
}

const NO_DIAGNOSTICS: readonly Diagnostic[] = [];
