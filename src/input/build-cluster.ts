/**
 * Manifests -> the cluster that policies are compiled against: namespaces that are only referred to, pods that can send and receive, nodes that are
 * only referred to, addresses of Services. API defaulting of these kinds happens here; nothing is matched.
 * Specification: networkpolicy-semantics 13, 25, 45, 46, 51, 52; the API types' comments (core/v1).
 */

import { sortTexts } from '../lib/compare-text.ts';
import { sortByName } from '../lib/sort-by-name.ts';
import type { Cluster, Namespace, Pod, ServiceAddress } from '../model/cluster.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests, PodObject, Resource, ServiceObject } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';
import { AddressSet } from './address-set.ts';
import { buildNodes, type KnownNodes } from './build-nodes.ts';
import { LabelInterner } from './label-interner.ts';
import { PortReader } from './named-ports.ts';
import { isNodeLike, Placements } from './placements.ts';
import { podAddresses, readAddresses } from './pod-addresses.ts';

/** `known`: the nodes, where `manifests` holds only a part of what says which there are. */
export function buildCluster(
  manifests: Manifests,
  profile: CniProfile,
  known?: Pick<KnownNodes, 'place'>,
): { cluster: Cluster; diagnostics: Diagnostic[] } {
  const interner = new LabelInterner();
  const { pods, unplaced, placements, diagnostics } = readPods(manifests.pods, profile, interner);
  const { nodes, nodeOf } = known === undefined ? buildNodes(manifests.nodes, placements, interner) : known.place(placements);
  for (const { pod, placement } of unplaced) pod.node = nodeOf[placement];
  const namespaces = buildNamespaces(manifests, pods, interner);
  const cluster: Cluster = {
    namespaces,
    pods: sortByName<Pod>(
      pods,
      ({ namespace }) => namespace,
      ({ name }) => name,
      namespaces.map(({ name }) => name),
    ),
    nodes,
    serviceAddresses: manifests.services.flatMap(({ object }) => addressesOfService(object)),
    unreadableAddresses: manifests.unreadableEnds.flatMap(({ object, addresses }) =>
      readAddresses(addresses).map((ip) => ({ object, ip })),
    ),
  };
  return { cluster, diagnostics };
}

/** A pod that has run to completion: its address may already belong to another pod [51]. */
export function isCompleted({ status }: PodObject): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** A pod of which the node is found out when all are read. */
type ReadPod = { -readonly [K in keyof Pod]: Pod[K] };

interface ReadPods {
  readonly pods: ReadPod[];
  readonly placements: Placements['list'];
  /** Those that do not name their node. */
  readonly unplaced: readonly { readonly pod: ReadPod; readonly placement: number }[];
  readonly diagnostics: Diagnostic[];
}

/** Everything that pods say, in one pass: fetching them from memory is what it costs. */
function readPods(resources: readonly Resource<PodObject>[], profile: CniProfile, interner: LabelInterner): ReadPods {
  const placements = new Placements(profile);
  const ports = new PortReader(profile);
  const pods: ReadPod[] = [];
  const unplaced: { pod: ReadPod; placement: number }[] = [];
  const diagnostics: Diagnostic[] = [];
  for (let i = 0; i < resources.length; i++) {
    const { object, origin } = resources[i]!;
    if (isCompleted(object)) continue;
    const { metadata, spec, status, workload } = object;
    const placement = placements.of(object);
    const { nodeName, hosts } = placements.list[placement]!;
    const { namedPorts, warnings } = ports.of(spec);
    const ips = podAddresses(status);
    const pod = {
      namespace: namespaceOf(metadata),
      name: metadata.name,
      labels: interner.intern(metadata.labels),
      // A host-network pod that stands for its node has its node's address, even where the status does not repeat it.
      ips: ips.length === 0 && isNodeLike(spec, profile) ? hosts : ips,
      namedPorts,
      hostNetwork: spec?.hostNetwork === true,
      node: nodeName,
      workload,
      origin,
    };
    pods.push(pod);
    if (nodeName === undefined) unplaced.push({ pod, placement });
    for (const message of warnings) {
      const ref = { kind: 'Pod', namespace: pod.namespace, name: pod.name };
      diagnostics.push({ code: 'duplicate-port-name', severity: 'warning', message, origin, object: ref });
    }
  }
  return { pods, placements: placements.list, unplaced, diagnostics };
}

function buildNamespaces(manifests: Manifests, pods: readonly Pod[], interner: LabelInterner): Namespace[] {
  const labelsOf = new Map<string, Labels>();
  for (const { object } of manifests.namespaces) {
    const { name, labels } = object.metadata;
    labelsOf.set(name, interner.ofNamespace(labels, name));
  }
  let last: string | undefined;
  const refer = (name: string): void => {
    // What follows each other is often in one namespace.
    if (name === last) return;
    last = name;
    if (!labelsOf.has(name)) labelsOf.set(name, interner.ofNamespace(undefined, name));
  };
  for (const { namespace } of pods) refer(namespace);
  for (const { object } of manifests.networkPolicies) refer(namespaceOf(object.metadata));
  for (const { namespace } of manifests.unreadable) if (namespace !== undefined) refer(namespace);
  for (const { object } of manifests.services) refer(namespaceOf(object.metadata));
  return sortTexts(labelsOf.keys()).map((name) => ({ name, labels: labelsOf.get(name)! }));
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
