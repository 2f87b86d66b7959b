/**
 * Who can be an end of a flow, grouped by what rules can see of it.
 *
 * An endpoint is a pod at one of its addresses, a node at one of its addresses, or a prefix of the outside. Endpoints that agree in everything that a rule could
 * ask (label group, longest named prefix, named ports) form one unit; peer and subject classes are made of units. In come the cluster and the prefixes and
 * port names that policies mention; out come columns.
 */
import { compareText } from '../lib/compare-text.ts';
import { type Grouping, groupBy } from '../lib/grouping.ts';
import type { IpAddress } from '../lib/ip-address.ts';
import { newWords } from '../lib/words.ts';
import type { Cluster, NamedPort, Pod } from '../model/cluster.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Labels } from '../model/selector.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_NODE, ENDPOINT_POD, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import type { AddressMap } from './address-lookup.ts';
import type { PrefixIndex } from './prefixes.ts';
import { type Units, UnitTable } from './units.ts';

/** Label-equal pods of one namespace. Groups of a namespace are consecutive. */
export interface PodGroups {
  readonly labels: readonly Labels[];
  /** The groups of namespace n are `namespaceStart[n]..namespaceStart[n + 1] - 1`. */
  readonly namespaceStart: Uint32Array;
  /** Group of each pod; NONE_32 for pods that selectors cannot see. */
  readonly ofPod: Uint32Array;
}

/** Nodes with equal labels. `undefined`: those of which the labels are not known; `null`: addresses outside that may be nodes, as no Node object says which are. */
export type NodeGroups = readonly (Labels | undefined | null)[];

export interface Endpoints {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly family: Uint8Array;
  /** Pod, node or prefix number, by kind. */
  readonly object: Uint32Array;
  readonly unit: Uint32Array;
  /** The host (see `AddressMap`) at which a pod that policies can select, or a node, is; NONE_32 for others, and where there is none. */
  readonly host: Uint32Array;
  /** First endpoint of each pod, and one past the last at the end. */
  readonly podStart: Uint32Array;
  readonly groups: PodGroups;
  readonly nodeGroups: NodeGroups;
  readonly units: Units;
  readonly unitsOfGroup: Grouping;
  readonly unitsOfPrefix: Grouping;
}

/** What the policies can tell apart. */
export interface Distinctions {
  /** `protocol/name` of the named ports that they mention. */
  readonly portNames: ReadonlySet<string>;
  /** Do they select nodes by label? */
  readonly nodes: boolean;
}

export function layOutEndpoints(
  cluster: Cluster,
  prefixes: PrefixIndex,
  addresses: AddressMap,
  { portNames, nodes }: Distinctions,
  profile: CniProfile,
): Endpoints {
  const groups = groupPods(cluster, profile);
  const { nodeGroups, groupOfNode, groupOutside } = groupNodes(cluster, nodes);
  const units = new UnitTable(groups.labels.length, prefixes.count, portNames);
  const draft = new Draft(2 * cluster.pods.length + addresses.hostOf.length + prefixes.count);
  const context = { cluster, prefixes, addresses, profile, units, draft, groups, groupOfNode };
  const podStart = addPods(context);
  addNodes(context);
  for (let prefix = 0; prefix < prefixes.count; prefix++) {
    if (addresses.hasOutside[prefix] === 0) continue;
    const family = prefix < prefixes.count4 ? 4 : 6;
    draft.add(ENDPOINT_PREFIX, prefix, family, NONE_32, units.of(NONE_32, prefix, groupOutside, NO_PORTS));
  }
  return {
    ...draft.columns(),
    podStart,
    groups,
    nodeGroups,
    units: units.columns(),
    unitsOfGroup: groupBy(units.group.view(), groups.labels.length),
    unitsOfPrefix: groupBy(units.prefix.view(), prefixes.count),
  };
}

/** Columns of endpoints, of which there are at most as many as it is made for. */
class Draft {
  count = 0;
  private readonly kind: Uint8Array;
  private readonly family: Uint8Array;
  private readonly object: Uint32Array;
  private readonly unit: Uint32Array;
  private readonly host: Uint32Array;

  constructor(most: number) {
    this.kind = new Uint8Array(most);
    this.family = new Uint8Array(most);
    this.object = newWords(most);
    this.unit = newWords(most);
    this.host = newWords(most);
  }

  add(kind: number, object: number, family: 0 | 4 | 6, host: number, unit: number): void {
    const endpoint = this.count++;
    this.kind[endpoint] = kind;
    this.object[endpoint] = object;
    this.family[endpoint] = family;
    this.host[endpoint] = host;
    this.unit[endpoint] = unit;
  }

  columns(): Pick<Endpoints, 'count' | 'kind' | 'family' | 'object' | 'unit' | 'host'> {
    const { count } = this;
    return {
      count,
      kind: this.kind.subarray(0, count),
      family: this.family.subarray(0, count),
      object: this.object.subarray(0, count),
      unit: this.unit.subarray(0, count),
      host: this.host.subarray(0, count),
    };
  }
}

/** What endpoints are made of, and where they go. */
interface Context {
  readonly cluster: Cluster;
  readonly prefixes: PrefixIndex;
  readonly addresses: AddressMap;
  readonly profile: CniProfile;
  readonly units: UnitTable;
  readonly draft: Draft;
  readonly groups: PodGroups;
  readonly groupOfNode: GroupOfNode;
}

const NO_PORTS: readonly NamedPort[] = [];
const NO_ADDRESSES: readonly IpAddress[] = [];
const FAMILIES = [4, 6] as const;

/** Pods come first, and each has at least one endpoint. Tells the first endpoint of each pod, and one past the last at the end. */
function addPods({ cluster, prefixes, addresses, profile, units, draft, groups, groupOfNode }: Context): Uint32Array {
  const { pods, nodes } = cluster;
  const nodeIps = new Map(nodes.map(({ name, ips }) => [name, ips]));
  const podStart = newWords(pods.length + 1);
  /** Of the first address of a pod among those that have hosts. */
  let place = 0;
  for (let object = 0; object < pods.length; object++) {
    const pod = pods[object]!;
    const selectable = isSelectable(pod, profile);
    const kind = selectable ? ENDPOINT_POD : ENDPOINT_HOST_POD;
    const ips = pod.ips.length === 0 && !selectable ? (nodeIps.get(pod.node ?? '') ?? NO_ADDRESSES) : pod.ips;
    const matchable = selectable ? profile.ipBlockMatchesPods : profile.ipBlockMatchesNodes;
    const group = groups.ofPod[object]!;
    const nodeGroup = selectable ? NONE_32 : groupOfNode(pod.node);
    const namedPorts = selectable ? pod.namedPorts : NO_PORTS;
    if (ips.length === 0) draft.add(kind, object, 0, NONE_32, units.of(group, NONE_32, nodeGroup, namedPorts));
    for (const family of FAMILIES) {
      const first = firstOf(family, ips);
      if (first < 0) continue;
      const host = selectable ? addresses.hostOf[place + first]! : NONE_32;
      const leaf = !matchable ? NONE_32 : selectable ? addresses.leaf[host]! : prefixes.leafOf(ips[first]!);
      draft.add(kind, object, family, host, units.of(group, leaf, nodeGroup, namedPorts));
    }
    if (selectable) place += ips.length;
    podStart[object + 1] = draft.count;
  }
  return podStart;
}

/** The place of the first address of a family; -1 where there is none. */
function firstOf(family: 4 | 6, ips: readonly IpAddress[]): number {
  for (let i = 0; i < ips.length; i++) if (ips[i]!.family === family) return i;
  return -1;
}

function addNodes({
  cluster: { nodes, serviceAddresses, unreadableAddresses },
  addresses,
  profile,
  units,
  draft,
  groupOfNode,
}: Context): void {
  const { hostOf, leaf } = addresses;
  let place = hostOf.length - serviceAddresses.length - unreadableAddresses.length - nodes.reduce((sum, { ips }) => sum + ips.length, 0);
  for (const [object, { name, ips }] of nodes.entries()) {
    for (const { family } of ips) {
      const host = hostOf[place++]!;
      const unit = units.of(NONE_32, profile.ipBlockMatchesNodes ? leaf[host]! : NONE_32, groupOfNode(name), NO_PORTS);
      draft.add(ENDPOINT_NODE, object, family, host, unit);
    }
  }
}

/** Does the profile let policies select this pod? */
export function isSelectable(pod: Pod, profile: CniProfile): boolean {
  return !pod.hostNetwork || profile.hostNetwork === 'pod';
}

function groupPods({ namespaces, pods }: Cluster, profile: CniProfile): PodGroups {
  const labels: Labels[] = [];
  const namespaceStart = newWords(namespaces.length + 1);
  const ofPod = newWords(pods.length).fill(NONE_32);
  const groupOfLabels = new Map<Labels, number>();
  let pod = 0;
  for (let n = 0; n < namespaces.length; n++) {
    const { name } = namespaces[n]!;
    const start = labels.length;
    namespaceStart[n] = start;
    if (groupOfLabels.size > 0) groupOfLabels.clear();
    let group = NONE_32;
    for (; pod < pods.length && pods[pod]!.namespace === name; pod++) {
      const each = pods[pod]!;
      if (!isSelectable(each, profile)) continue;
      if (group === NONE_32 || each.labels !== labels[group]) {
        group = findGroup(labels, start, each.labels, groupOfLabels);
        if (group === labels.length) labels.push(each.labels);
      }
      ofPod[pod] = group;
    }
  }
  if (pod !== pods.length) throw new TypeError('pods are not sorted by namespace, or a namespace is missing');
  namespaceStart[namespaces.length] = labels.length;
  return { labels, namespaceStart, ofPod };
}

/** So many groups of a namespace are compared one by one; more are found in a map. */
const FEW_GROUPS = 8;

/** The group with these labels among those of a namespace, from `start` on; the next one where there is none. `known` is empty, or holds those of the namespace. */
function findGroup(groups: readonly Labels[], start: number, labels: Labels, known: Map<Labels, number>): number {
  // INVARIANT: label sets are shared, so identity tells equal ones.
  if (groups.length - start <= FEW_GROUPS) {
    const found = groups.indexOf(labels, start);
    return found < 0 ? groups.length : found;
  }
  for (let group = start + known.size; group < groups.length; group++) known.set(groups[group]!, group);
  return known.get(labels) ?? groups.length;
}

type GroupOfNode = (node: string | undefined) => number;

/** Nodes by their labels, when policies ask for them. A node that is not among the cluster's has unknown labels. */
function groupNodes({ nodes }: Cluster, asked: boolean): { nodeGroups: NodeGroups; groupOfNode: GroupOfNode; groupOutside: number } {
  if (!asked) return { nodeGroups: [], groupOfNode: () => NONE_32, groupOutside: NONE_32 };
  const nodeGroups: (Labels | undefined | null)[] = [undefined];
  const keys = new Map<string, number>();
  const groupOfName = new Map<string, number>();
  for (const { name, labels } of nodes) {
    if (labels === undefined) continue;
    const key = JSON.stringify([...labels].sort(([a], [b]) => compareText(a, b)));
    const group = keys.get(key) ?? nodeGroups.push(labels) - 1;
    keys.set(key, group);
    groupOfName.set(name, group);
  }
  // Nodes without labels are those that no Node object describes.
  const groupOutside = nodes.every(({ labels }) => labels === undefined) ? nodeGroups.push(null) - 1 : NONE_32;
  return { nodeGroups, groupOfNode: (node) => (node === undefined ? 0 : (groupOfName.get(node) ?? 0)), groupOutside };
}
