/**
 * Manifests -> the cluster that policies are compiled against: namespaces that are only referred to, pods that can send and receive, nodes that are
 * only referred to, addresses of Services. API defaulting of these kinds happens here; nothing is matched.
 * Specification: networkpolicy-semantics 13, 25, 45, 46, 51, 52; the API types' comments (core/v1).
 */

import { orderOfTexts } from '../lib/order-of-texts.ts';
import { quote } from '../lib/quote.ts';
import { orderByName, ranksOf } from '../lib/sort-by-name.ts';
import { TextNumbers } from '../lib/text-numbers.ts';
import { newWords } from '../lib/words.ts';
import type { Cluster, Namespace, Pod, ServiceAddress } from '../model/cluster.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests, ObjectMeta, PodObject, Resource, ServiceObject } from '../model/resource.ts';
import { AddressSet } from './address-set.ts';
import { buildNodes, type KnownNodes } from './build-nodes.ts';
import { LabelInterner, labelsOf, labelsOfNamespace } from './label-sets.ts';
import { PortReader } from './named-ports.ts';
import { isNodeLike, Placements } from './placements.ts';
import { podAddresses, readAddresses } from './pod-addresses.ts';

/** `known`: the nodes, where `manifests` holds only a part of what says which there are. */
export function buildCluster(
  manifests: Manifests,
  profile: CniProfile,
  known?: Pick<KnownNodes, 'place'>,
): { cluster: Cluster; diagnostics: Diagnostic[] } {
  const names = new TextNumbers(manifests.namespaces.map(({ object }) => object.metadata.name));
  const { pods, namespaces, podNames, labels, unplaced, placements, diagnostics } = readPods(manifests.pods, profile, names);
  const { nodes, nodeOf } = known === undefined ? buildNodes(manifests.nodes, placements) : known.place(placements);
  for (const { pod, placement } of unplaced) pod.node = nodeOf[placement];
  addOtherNamespaces(manifests, names);
  const order = orderOfTexts(names.texts);
  const podOrder = orderByName(namespaces, ranksOf(order), podNames);
  const cluster: Cluster = {
    namespaces: buildNamespaces(manifests.namespaces, names.texts, order),
    pods: withLabels(podOrder, pods, labels),
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

/** A pod of which node and labels are found out when all are read. */
type ReadPod = { -readonly [K in keyof Pod]: Pod[K] };

interface ReadPods {
  readonly pods: ReadPod[];
  /** The number of the namespace of each. */
  readonly namespaces: Uint32Array;
  readonly podNames: readonly string[];
  /** The labels of each, as they are written. */
  readonly labels: readonly ObjectMeta['labels'][];
  readonly placements: Placements['list'];
  /** Those that do not name their node. */
  readonly unplaced: readonly { readonly pod: ReadPod; readonly placement: number }[];
  readonly diagnostics: Diagnostic[];
}

/** Everything that pods say, in one pass: fetching them from memory is what it costs. */
function readPods(resources: readonly Resource<PodObject>[], profile: CniProfile, names: TextNumbers): ReadPods {
  const placements = new Placements(profile);
  const ports = new PortReader(profile);
  const pods: ReadPod[] = [];
  const namespaces = newWords(resources.length);
  const podNames: string[] = [];
  const labels: ObjectMeta['labels'][] = [];
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
    const namespace = names.of(namespaceOf(metadata));
    const pod = {
      namespace: names.texts[namespace]!,
      name: metadata.name,
      labels: NO_LABELS,
      // A host-network pod that stands for its node has its node's address, even where the status does not repeat it.
      ips: ips.length === 0 && isNodeLike(spec, profile) ? hosts : ips,
      namedPorts,
      hostNetwork: spec?.hostNetwork === true,
      node: nodeName,
      workload,
      origin,
    };
    namespaces[pods.length] = namespace;
    pods.push(pod);
    podNames.push(metadata.name);
    labels.push(metadata.labels);
    if (nodeName === undefined) unplaced.push({ pod, placement });
    for (const message of warnings) {
      const ref = { kind: 'Pod', namespace: pod.namespace, name: pod.name };
      diagnostics.push({ code: 'duplicate-port-name', severity: 'warning', message, origin, object: ref });
    }
  }
  return { pods, namespaces: namespaces.subarray(0, pods.length), podNames, labels, placements: placements.list, unplaced, diagnostics };
}

const NO_LABELS = labelsOf(undefined);

/** The pods in an order by namespace, with labels. */
function withLabels(order: Uint32Array, pods: readonly ReadPod[], labels: readonly ObjectMeta['labels'][]): Pod[] {
  const interner = new LabelInterner();
  const sorted: Pod[] = [];
  let namespace: string | undefined;
  for (let i = 0; i < order.length; i++) {
    const pod = pods[order[i]!]!;
    if (pod.namespace !== namespace) interner.forget();
    namespace = pod.namespace;
    pod.labels = interner.intern(labels[order[i]!]);
    sorted.push(pod);
  }
  return sorted;
}

/** Those that only policies and Services are in. */
function addOtherNamespaces({ networkPolicies, unreadable, services }: Manifests, names: TextNumbers): void {
  names.restart();
  for (let i = 0; i < networkPolicies.length; i++) names.of(namespaceOf(networkPolicies[i]!.object.metadata));
  for (const { namespace } of unreadable) if (namespace !== undefined) names.of(namespace);
  for (const { object } of services) names.of(namespaceOf(object.metadata));
}

/** In an order of the names, of which the first are those of the objects. */
function buildNamespaces(objects: Manifests['namespaces'], names: readonly string[], order: Uint32Array): Namespace[] {
  const namespaces: Namespace[] = [];
  for (let i = 0; i < order.length; i++) {
    const number = order[i]!;
    const name = names[number]!;
    if (name === namespaces[i - 1]?.name) throw new TypeError(`two namespaces of the name ${quote(name)}`);
    namespaces.push({ name, labels: labelsOfNamespace(objects[number]?.object.metadata.labels, name) });
  }
  return namespaces;
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
