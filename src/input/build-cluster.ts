/**
 * Manifests -> the cluster that policies are compiled against: namespaces that are only referred to, pods that can send and receive, nodes that are
 * only referred to, addresses of Services. API defaulting of these kinds happens here; nothing is matched.
 * Specification: networkpolicy-semantics 13, 25, 45, 46, 51, 52; the API types' comments (core/v1).
 */

import type { IpAddress } from '../lib/ip-address.ts';
import { orderOfTexts } from '../lib/order-of-texts.ts';
import { quote } from '../lib/quote.ts';
import { orderByName, ranksOf } from '../lib/sort-by-name.ts';
import { TextNumbers } from '../lib/text-numbers.ts';
import { newWords } from '../lib/words.ts';
import type { Cluster, NamedPort, Namespace, Pod, ServiceAddress } from '../model/cluster.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { Origin } from '../model/origin.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests, ObjectMeta, PodObject, Resource, ServiceObject } from '../model/resource.ts';
import { AddressSet } from './address-set.ts';
import { buildNodes, type KnownNodes } from './build-nodes.ts';
import { LabelInterner, labelsOfNamespace } from './label-sets.ts';
import { PortReader } from './named-ports.ts';
import { isNodeLike, Placements } from './placements.ts';
import { onlyIPv4, podAddresses, readAddresses } from './pod-addresses.ts';

/** `known`: the nodes, where `manifests` holds only a part of what says which there are. */
export function buildCluster(
  manifests: Manifests,
  profile: CniProfile,
  known?: Pick<KnownNodes, 'place'>,
): { cluster: Cluster; diagnostics: Diagnostic[] } {
  const names = new TextNumbers(manifests.namespaces.map(({ object }) => object.metadata.name));
  const { pods, placements, diagnostics } = readPods(manifests.pods, profile, names);
  const { nodes, nodeOf } = known === undefined ? buildNodes(manifests.nodes, placements) : known.place(placements);
  addOtherNamespaces(manifests, names);
  const order = orderOfTexts(names.texts);
  const podOrder = orderByName(pods.namespace, ranksOf(order), pods.name);
  const cluster: Cluster = {
    namespaces: buildNamespaces(manifests.namespaces, names.texts, order),
    pods: makePods(podOrder, pods, names.texts, nodeOf),
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

/** What pods say, as columns in the order of the input: objects are made of it in the order of names, so that those who walk over them in that order find them beside each other in memory. */
interface PodColumns {
  /** Numbers of namespaces. */
  readonly namespace: Uint32Array;
  readonly name: string[];
  /** As they are written. */
  readonly labels: ObjectMeta['labels'][];
  /** The address of those that have one alone, of IPv4. */
  readonly word: Uint32Array;
  /** The addresses of the others. */
  readonly ips: (readonly IpAddress[] | undefined)[];
  readonly namedPorts: (readonly NamedPort[])[];
  readonly hostNetwork: Uint8Array;
  /** Numbers of placements. */
  readonly placement: Uint32Array;
  readonly workload: Pod['workload'][];
  readonly origin: Origin[];
}

interface ReadPods {
  readonly pods: PodColumns;
  readonly placements: Placements['list'];
  readonly diagnostics: Diagnostic[];
}

/** Everything that pods say, in one pass: fetching them from memory is what it costs. */
function readPods(resources: readonly Resource<PodObject>[], profile: CniProfile, names: TextNumbers): ReadPods {
  const placements = new Placements(profile);
  const ports = new PortReader(profile);
  const most = resources.length;
  const pods: PodColumns = {
    namespace: newWords(most),
    name: [],
    labels: [],
    word: newWords(most),
    ips: [],
    namedPorts: [],
    hostNetwork: new Uint8Array(most),
    placement: newWords(most),
    workload: [],
    origin: [],
  };
  const diagnostics: Diagnostic[] = [];
  let count = 0;
  for (let i = 0; i < most; i++) {
    const { object, origin } = resources[i]!;
    if (isCompleted(object)) continue;
    const { metadata, spec, status, workload } = object;
    const { namedPorts, warnings } = ports.of(spec);
    const placement = placements.of(object);
    const namespace = names.of(namespaceOf(metadata));
    const word = onlyIPv4(status);
    pods.namespace[count] = namespace;
    pods.name.push(metadata.name);
    pods.labels.push(metadata.labels);
    pods.word[count] = word;
    pods.ips.push(word < 0 ? otherAddresses(object, placements.list[placement]!.hosts, profile) : undefined);
    pods.namedPorts.push(namedPorts);
    pods.hostNetwork[count] = Number(spec?.hostNetwork === true);
    pods.placement[count] = placement;
    pods.workload.push(workload);
    pods.origin.push(origin);
    count++;
    for (const message of warnings) {
      const ref = { kind: 'Pod', namespace: names.texts[namespace]!, name: metadata.name };
      diagnostics.push({ code: 'duplicate-port-name', severity: 'warning', message, origin, object: ref });
    }
  }
  return { pods: { ...pods, namespace: pods.namespace.subarray(0, count) }, placements: placements.list, diagnostics };
}

/** A host-network pod that stands for its node has its node's address, even where the status does not repeat it. */
function otherAddresses({ spec, status }: PodObject, hosts: readonly IpAddress[], profile: CniProfile): readonly IpAddress[] {
  const ips = podAddresses(status);
  return ips.length === 0 && isNodeLike(spec, profile) ? hosts : ips;
}

/** The pods in an order by namespace. `nodeOf`: the node of each placement. */
function makePods(order: Uint32Array, columns: PodColumns, namespaces: readonly string[], nodeOf: readonly (string | undefined)[]): Pod[] {
  const interner = new LabelInterner();
  const pods: Pod[] = [];
  let before = -1;
  for (let i = 0; i < order.length; i++) {
    const at = order[i]!;
    const namespace = columns.namespace[at]!;
    if (namespace !== before) interner.forget();
    before = namespace;
    pods.push({
      namespace: namespaces[namespace]!,
      name: columns.name[at]!,
      labels: interner.intern(columns.labels[at]),
      ips: columns.ips[at] ?? [{ family: 4, words: [columns.word[at]!] }],
      namedPorts: columns.namedPorts[at]!,
      hostNetwork: columns.hostNetwork[at] === 1,
      node: nodeOf[columns.placement[at]!],
      workload: columns.workload[at],
      origin: columns.origin[at]!,
    });
  }
  return pods;
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
