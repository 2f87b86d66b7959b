/**
 * Who can be an end of a flow, grouped by what rules can see of it.
 *
 * An endpoint is a pod at one of its addresses, a node at one of its addresses, or a prefix of the outside. Endpoints that agree in everything that a rule could
 * ask (label group, longest named prefix, named ports) form one unit; peer and subject classes are made of units. In come the cluster and the prefixes and
 * port names that policies mention; out come columns.
 */
import { compareText } from '../lib/compare-text.ts';
import { type Grouping, groupBy } from '../lib/grouping.ts';
import { StringInterner } from '../lib/interner.ts';
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
  const drafts = [
    ...podDrafts(cluster, groups, groupOfNode, profile),
    ...nodeDrafts(cluster, groupOfNode, profile),
    ...prefixDrafts(prefixes, hasOutside, groupOutside),
  ];
  const keys = new StringInterner();
  const group: number[] = [];
  const prefix: number[] = [];
  const nodeGroup: number[] = [];
  const namedPorts: (readonly NamedPort[])[] = [];
  const unit = Uint32Array.from(drafts, (draft) => {
    const leaf =
      draft.kind === ENDPOINT_PREFIX ? draft.object : draft.matchable && draft.address ? prefixes.leafOf(draft.address) : NONE_32;
    const ports = draft.namedPorts.filter(({ protocol, name }) => portNames.has(`${protocol}/${name}`));
    const number = keys.intern(
      `${draft.group} ${leaf} ${draft.nodeGroup} ${ports.map(({ protocol, name, port }) => `${protocol}/${name}=${port}`).join(' ')}`,
    );
    if (number === group.length) {
      group.push(draft.group);
      prefix.push(leaf);
      nodeGroup.push(draft.nodeGroup);
      namedPorts.push(ports);
    }
    return number;
  });
  const podStart = startsOfPods(drafts, cluster.pods.length);
  const units = {
    group: Uint32Array.from(group),
    prefix: Uint32Array.from(prefix),
    nodeGroup: Uint32Array.from(nodeGroup),
    namedPorts,
    count: group.length,
  };
  return {
    count: drafts.length,
    kind: Uint8Array.from(drafts, ({ kind }) => kind),
    family: Uint8Array.from(drafts, ({ family }) => family),
    object: Uint32Array.from(drafts, ({ object }) => object),
    unit,
    address: drafts.map(({ address }) => address),
    podStart,
    groups,
    nodeGroups,
    units,
    unitsOfGroup: groupBy(units.group, groups.labels.length),
    unitsOfPrefix: groupBy(units.prefix, prefixes.prefixes.length),
  };
}

/** An endpoint before its unit has a number. `matchable`: an ipBlock may match its address. */
interface Draft {
  readonly kind: number;
  readonly family: 0 | 4 | 6;
  readonly object: number;
  readonly group: number;
  readonly nodeGroup: number;
  readonly namedPorts: readonly NamedPort[];
  readonly address: IpAddress | undefined;
  readonly matchable: boolean;
}

/** Pods come first and each has at least one endpoint. */
function startsOfPods(drafts: readonly Draft[], podCount: number): Uint32Array {
  const start = new Uint32Array(podCount + 1);
  for (const { kind, object } of drafts) {
    if (kind === ENDPOINT_POD || kind === ENDPOINT_HOST_POD) start[object + 1]!++;
  }
  for (let pod = 0; pod < podCount; pod++) start[pod + 1]! += start[pod]!;
  return start;
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

function podDrafts({ pods, nodes }: Cluster, groups: PodGroups, groupOfNode: GroupOfNode, profile: CniProfile): Draft[] {
  const nodeIps = new Map(nodes.map(({ name, ips }) => [name, ips]));
  return pods.flatMap((pod, object): Draft[] => {
    const selectable = isSelectable(pod, profile);
    const ips = pod.ips.length === 0 && !selectable ? (pod.node !== undefined && nodeIps.get(pod.node)) || [] : pod.ips;
    const common = {
      kind: selectable ? ENDPOINT_POD : ENDPOINT_HOST_POD,
      object,
      group: groups.ofPod[object]!,
      nodeGroup: selectable ? NONE_32 : groupOfNode(pod.node),
      namedPorts: selectable ? pod.namedPorts : [],
      matchable: selectable ? profile.ipBlockMatchesPods : profile.ipBlockMatchesNodes,
    };
    if (ips.length === 0) return [{ ...common, family: 0, address: undefined }];
    return onePerFamily(ips).map((address) => ({ ...common, family: address.family, address }));
  });
}

function nodeDrafts({ nodes }: Cluster, groupOfNode: GroupOfNode, profile: CniProfile): Draft[] {
  return nodes.flatMap(({ name, ips }, object) =>
    ips.map((address) => ({
      kind: ENDPOINT_NODE,
      family: address.family,
      object,
      group: NONE_32,
      nodeGroup: groupOfNode(name),
      namedPorts: [],
      address,
      matchable: profile.ipBlockMatchesNodes,
    })),
  );
}

function prefixDrafts({ prefixes }: PrefixIndex, hasOutside: readonly boolean[], nodeGroup: number): Draft[] {
  return prefixes.flatMap(({ family }, object) => {
    if (!hasOutside[object]) return [];
    const nobody = { group: NONE_32, nodeGroup, namedPorts: [] };
    return [{ kind: ENDPOINT_PREFIX, family, object, ...nobody, address: undefined, matchable: true }];
  });
}

/** IPv4 before IPv6; of several addresses of a family, the first. */
function onePerFamily(ips: readonly IpAddress[]): IpAddress[] {
  return ([4, 6] as const).flatMap((family) => ips.filter((ip) => ip.family === family).slice(0, 1));
}
