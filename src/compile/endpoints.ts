/**
 * Who can be an end of a flow, grouped by what rules can see of it.
 *
 * An endpoint is a pod at one of its addresses, a node at one of its addresses, or a prefix of the outside. Endpoints that agree in everything that a rule could
 * ask (label group, longest named prefix, named ports) form one unit; peer and subject classes are made of units. In come the cluster and the prefixes and
 * port names that policies mention; out come columns.
 */
import { compareText } from '../lib/compare-text.ts';
import { type Grouping, groupBy } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import type { IpAddress } from '../lib/ip-address.ts';
import type { Cluster, NamedPort, Pod } from '../model/cluster.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Labels } from '../model/selector.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_NODE, ENDPOINT_POD, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import type { PrefixIndex } from './prefixes.ts';

/** Label-equal pods of one namespace. Groups of a namespace are consecutive. */
export interface PodGroups {
  readonly labels: readonly Labels[];
  /** The groups of namespace n are `namespaceStart[n]..namespaceStart[n + 1] - 1`. */
  readonly namespaceStart: Uint32Array;
  /** Group of each pod; NONE_32 for pods that selectors cannot see. */
  readonly ofPod: Uint32Array;
}

/** What all endpoints of a unit have in common. NONE_32: no group (not a selectable pod), no prefix (ipBlocks cannot match). */
export interface Units {
  readonly group: Uint32Array;
  readonly prefix: Uint32Array;
  /** Group of nodes with equal labels; NONE_32: certainly no node, or no policy asks. */
  readonly nodeGroup: Uint32Array;
  readonly namedPorts: readonly (readonly NamedPort[])[];
  readonly count: number;
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
  readonly address: readonly (IpAddress | undefined)[];
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

/** `hasOutside` says which prefixes hold addresses of their own: the others are no end of any flow. */
export function layOutEndpoints(
  cluster: Cluster,
  prefixes: PrefixIndex,
  hasOutside: readonly boolean[],
  { portNames, nodes }: Distinctions,
  profile: CniProfile,
): Endpoints {
  const groups = groupPods(cluster, profile);
  const { nodeGroups, groupOfNode, groupOutside } = groupNodes(cluster, nodes);
  const draft = new Draft(prefixes, portNames);
  const podStart = addPods(draft, cluster, groups, groupOfNode, profile);
  for (const [object, { name, ips }] of cluster.nodes.entries()) {
    const common = { kind: ENDPOINT_NODE, object, group: NONE_32, nodeGroup: groupOfNode(name), namedPorts: NO_PORTS };
    for (const address of ips) draft.add(common, address.family, address, profile.ipBlockMatchesNodes);
  }
  for (const [object, { family }] of prefixes.prefixes.entries()) {
    const common = { kind: ENDPOINT_PREFIX, object, group: NONE_32, nodeGroup: groupOutside, namedPorts: NO_PORTS };
    if (hasOutside[object]) draft.add(common, family, undefined, true);
  }
  const units = draft.units();
  return {
    count: draft.kind.length,
    kind: Uint8Array.from(draft.kind.view()),
    family: Uint8Array.from(draft.family.view()),
    object: draft.object.view(),
    unit: draft.unit.view(),
    address: draft.address,
    podStart,
    groups,
    nodeGroups,
    units,
    unitsOfGroup: groupBy(units.group, groups.labels.length),
    unitsOfPrefix: groupBy(units.prefix, prefixes.prefixes.length),
  };
}

/** What the endpoints of one object have in common. */
interface Owner {
  readonly kind: number;
  readonly object: number;
  readonly group: number;
  readonly nodeGroup: number;
  readonly namedPorts: readonly NamedPort[];
}

/** Columns of endpoints, and the units that they form. */
class Draft {
  readonly kind = new GrowableUint32();
  readonly family = new GrowableUint32();
  readonly object = new GrowableUint32();
  readonly unit = new GrowableUint32();
  readonly address: (IpAddress | undefined)[] = [];
  private readonly prefixes: PrefixIndex;
  private readonly portNames: ReadonlySet<string>;
  private readonly group = new GrowableUint32();
  private readonly prefix = new GrowableUint32();
  private readonly nodeGroup = new GrowableUint32();
  private readonly namedPorts: (readonly NamedPort[])[] = [];
  /** Units by group and prefix, of endpoints without named ports and node group: nearly all. The others by text. */
  private readonly plain = new Map<number, number>();
  private readonly others = new Map<string, number>();

  constructor(prefixes: PrefixIndex, portNames: ReadonlySet<string>) {
    this.prefixes = prefixes;
    this.portNames = portNames;
  }

  /** `matchable`: an ipBlock may match the address. A prefix has none of its own. */
  add(owner: Owner, family: 0 | 4 | 6, address: IpAddress | undefined, matchable: boolean): void {
    this.kind.push(owner.kind);
    this.family.push(family);
    this.object.push(owner.object);
    this.address.push(address);
    const isPrefix = owner.kind === ENDPOINT_PREFIX;
    const leaf = isPrefix ? owner.object : matchable && address !== undefined ? this.prefixes.leafOf(address) : NONE_32;
    this.unit.push(this.unitOf(owner, leaf));
  }

  units(): Units {
    const { group, prefix, nodeGroup, namedPorts } = this;
    return { group: group.view(), prefix: prefix.view(), nodeGroup: nodeGroup.view(), namedPorts, count: group.length };
  }

  private unitOf({ group, nodeGroup, namedPorts }: Owner, leaf: number): number {
    const ports = this.namesAsked(namedPorts);
    if (ports.length === 0 && nodeGroup === NONE_32) {
      // `+ 1` and the cut make NONE_32 the number 0 of each.
      const key = ((group + 1) >>> 0) * (this.prefixes.prefixes.length + 1) + ((leaf + 1) >>> 0);
      return this.plain.get(key) ?? this.addUnit(this.plain, key, group, leaf, nodeGroup, ports);
    }
    const key = `${group} ${leaf} ${nodeGroup} ${ports.map(({ protocol, name, port }) => `${protocol}/${name}=${port}`).join(' ')}`;
    return this.others.get(key) ?? this.addUnit(this.others, key, group, leaf, nodeGroup, ports);
  }

  /** Those of the named ports that policies mention. */
  private namesAsked(namedPorts: readonly NamedPort[]): readonly NamedPort[] {
    if (namedPorts.length === 0 || this.portNames.size === 0) return NO_PORTS;
    return namedPorts.filter(({ protocol, name }) => this.portNames.has(`${protocol}/${name}`));
  }

  private addUnit<K>(numbers: Map<K, number>, key: K, group: number, leaf: number, nodeGroup: number, ports: readonly NamedPort[]): number {
    const number = this.group.length;
    numbers.set(key, number);
    this.group.push(group);
    this.prefix.push(leaf);
    this.nodeGroup.push(nodeGroup);
    this.namedPorts.push(ports);
    return number;
  }
}

const NO_PORTS: readonly NamedPort[] = [];

/** Pods come first, and each has at least one endpoint. Tells the first endpoint of each pod, and one past the last at the end. */
function addPods(draft: Draft, { pods, nodes }: Cluster, groups: PodGroups, groupOfNode: GroupOfNode, profile: CniProfile): Uint32Array {
  const nodeIps = new Map(nodes.map(({ name, ips }) => [name, ips]));
  const podStart = new Uint32Array(pods.length + 1);
  for (const [object, pod] of pods.entries()) {
    const selectable = isSelectable(pod, profile);
    const ips = pod.ips.length === 0 && !selectable ? (pod.node !== undefined && nodeIps.get(pod.node)) || [] : pod.ips;
    const owner = {
      kind: selectable ? ENDPOINT_POD : ENDPOINT_HOST_POD,
      object,
      group: groups.ofPod[object]!,
      nodeGroup: selectable ? NONE_32 : groupOfNode(pod.node),
      namedPorts: selectable ? pod.namedPorts : NO_PORTS,
    };
    const matchable = selectable ? profile.ipBlockMatchesPods : profile.ipBlockMatchesNodes;
    if (ips.length === 0) draft.add(owner, 0, undefined, matchable);
    else for (const address of onePerFamily(ips)) draft.add(owner, address.family, address, matchable);
    podStart[object + 1] = draft.kind.length;
  }
  return podStart;
}

/** Does the profile let policies select this pod? */
export function isSelectable(pod: Pod, profile: CniProfile): boolean {
  return !pod.hostNetwork || profile.hostNetwork === 'pod';
}

function groupPods({ namespaces, pods }: Cluster, profile: CniProfile): PodGroups {
  const labels: Labels[] = [];
  const namespaceStart = new Uint32Array(namespaces.length + 1);
  const ofPod = new Uint32Array(pods.length).fill(NONE_32);
  let pod = 0;
  for (const [n, { name }] of namespaces.entries()) {
    namespaceStart[n] = labels.length;
    // INVARIANT: label sets are shared, so identity tells equal ones.
    const groupOfLabels = new Map<Labels, number>();
    for (; pod < pods.length && pods[pod]!.namespace === name; pod++) {
      if (!isSelectable(pods[pod]!, profile)) continue;
      const podLabels = pods[pod]!.labels;
      let group = groupOfLabels.get(podLabels);
      if (group === undefined) {
        group = labels.length;
        groupOfLabels.set(podLabels, group);
        labels.push(podLabels);
      }
      ofPod[pod] = group;
    }
  }
  if (pod !== pods.length) throw new TypeError('pods are not sorted by namespace, or a namespace is missing');
  namespaceStart[namespaces.length] = labels.length;
  return { labels, namespaceStart, ofPod };
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

/** IPv4 before IPv6; of several addresses of a family, the first. */
function onePerFamily(ips: readonly IpAddress[]): readonly IpAddress[] {
  if (ips.length === 1) return ips;
  return ([4, 6] as const).flatMap((family) => ips.filter((ip) => ip.family === family).slice(0, 1));
}
