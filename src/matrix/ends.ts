/**
 * The ends of a matrix: endpoints under the names that rows give them. Pods come first, then nodes, then addresses outside that no rule tells apart.
 */
import type { TableNames } from '../evaluate/names.ts';
import { compareText } from '../lib/compare-text.ts';
import { type Grouping, groupBy, membersOf } from '../lib/grouping.ts';
import { ListInterner } from '../lib/interner.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import type { FuturePods } from './future-pods.ts';
import { type AddressRange, OutsideRanges } from './outside-ranges.ts';

/** What one end of a row stands for. */
export type MatrixEnd =
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'workload'; readonly namespace: string; readonly workloadKind: string; readonly name: string }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'nodes'; readonly names: readonly string[] }
  /** Addresses outside: of no pod, node or Service. */
  | { readonly kind: 'addresses'; readonly ranges: readonly AddressRange[] }
  | FuturePods;

export type PodGranularity = 'workload' | 'namespace' | 'pod';

/** Groups of endpoints, numbered: pods, then nodes, then addresses outside. */
export interface EndGroups {
  /** Of each endpoint. */
  readonly of: Uint32Array;
  readonly count: number;
  /** Groups before this one are of pods. */
  readonly nodesFrom: number;
  /** Groups from this one on are of addresses outside. */
  readonly outsideFrom: number;
  /** Endpoints of each group. */
  readonly members: Grouping;
  /** Of groups of pods. */
  readonly pods: readonly MatrixEnd[];
}

export function groupEnds(tables: RuleTables, names: TableNames, by: PodGranularity): EndGroups {
  const { endpointKind, endpointObject, podName } = tables.columns;
  const pods = new Map<string, { readonly end: MatrixEnd; readonly members: number[] }>();
  for (let pod = 0; pod < podName.length; pod++) {
    const end = podEnd(tables, names, pod, by);
    const key = endKey(end);
    const known = pods.get(key);
    if (known === undefined) pods.set(key, { end, members: [pod] });
    else known.members.push(pod);
  }
  const sorted = [...pods.values()].sort((a, b) => compareEnds(a.end, b.end));
  const groupOfPod = new Uint32Array(podName.length);
  for (const [group, { members }] of sorted.entries()) for (const pod of members) groupOfPod[pod] = group;

  const nodesFrom = sorted.length;
  const nodeOrder = [...new Set(nodeObjects(tables))].sort((a, b) => compareText(nodeName(tables, names, a), nodeName(tables, names, b)));
  const groupOfNode = new Map(nodeOrder.map((object, i) => [object, nodesFrom + i]));
  const outsideFrom = nodesFrom + nodeOrder.length;
  const outside = new Map<string, number>();
  const of = new Uint32Array(endpointKind.length);
  for (const [endpoint, kind] of endpointKind.entries()) {
    if (kind === ENDPOINT_PREFIX) of[endpoint] = outsideFrom + numberIn(outside, seenAs(tables, endpoint));
    else of[endpoint] = kind === ENDPOINT_NODE ? groupOfNode.get(endpointObject[endpoint]!)! : groupOfPod[endpointObject[endpoint]!]!;
  }
  const count = outsideFrom + outside.size;
  return { of, count, nodesFrom, outsideFrom, members: groupBy(of, count), pods: sorted.map(({ end }) => end) };
}

function nodeObjects({ columns: { endpointKind, endpointObject } }: RuleTables): Uint32Array {
  return endpointObject.filter((_, endpoint) => endpointKind[endpoint] === ENDPOINT_NODE);
}

function nodeName({ columns }: RuleTables, names: TableNames, node: number): string {
  return names.text(columns.nodeName[node]!);
}

/** Equal for addresses outside that no rule tells apart. */
function seenAs({ columns }: RuleTables, endpoint: number): string {
  const { endpointFamily, endpointEgressSubject, endpointIngressSubject, endpointEgressPeer, endpointIngressPeer } = columns;
  const seen = [endpointFamily, endpointEgressSubject, endpointIngressSubject, endpointEgressPeer, endpointIngressPeer];
  return seen.map((column) => column[endpoint]).join(' ');
}

function numberIn(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

/** The end that a pod is part of. */
export function podEnd({ columns }: RuleTables, names: TableNames, pod: number, by: PodGranularity): MatrixEnd {
  const namespace = names.text(columns.podNamespace[pod]!);
  if (by === 'namespace') return { kind: 'namespace', namespace };
  const workload = columns.podWorkload[pod]!;
  if (by === 'pod' || workload === NONE_32) return { kind: 'pod', namespace, name: names.text(columns.podName[pod]!) };
  const { kind, name } = names.workload(workload);
  return { kind: 'workload', namespace, workloadKind: kind, name };
}

/** Equal for equal ends of pods. */
export function endKey(end: MatrixEnd): string {
  return JSON.stringify(end);
}

function compareEnds(a: MatrixEnd, b: MatrixEnd): number {
  const [left, right] = [sortTexts(a), sortTexts(b)];
  for (const [i, text] of left.entries()) if (text !== right[i]) return compareText(text, right[i]!);
  return 0;
}

function sortTexts(end: MatrixEnd): readonly string[] {
  if (end.kind === 'nodes' || end.kind === 'addresses' || end.kind === 'futurePods') return ['', '', ''];
  if (end.kind === 'namespace') return [end.namespace, '', ''];
  return [end.namespace, end.name, end.kind === 'pod' ? '' : end.workloadKind];
}

/** Nodes and addresses outside of which rows say the same are one end. */
export class MergedEnds {
  private readonly tables: RuleTables;
  private readonly names: TableNames;
  private readonly groups: EndGroups;
  private readonly lists = new ListInterner();
  private readonly ends: MatrixEnd[] = [];
  private ranges: OutsideRanges | undefined;

  constructor(tables: RuleTables, names: TableNames, groups: EndGroups) {
    this.tables = tables;
    this.names = names;
    this.groups = groups;
  }

  /** `groups`: of nodes, or of addresses outside; ascending. The same object for the same groups. */
  of(groups: readonly number[]): MatrixEnd {
    const list = this.lists.intern(Uint32Array.from(groups));
    this.ends[list] ??= groups[0]! < this.groups.outsideFrom ? this.nodes(groups) : this.addresses(groups);
    return this.ends[list];
  }

  private nodes(groups: readonly number[]): MatrixEnd {
    const { endpointObject } = this.tables.columns;
    const first = (group: number): number => endpointObject[membersOf(this.groups.members, group)[0]!]!;
    return { kind: 'nodes', names: groups.map((group) => nodeName(this.tables, this.names, first(group))) };
  }

  private addresses(groups: readonly number[]): MatrixEnd {
    this.ranges ??= new OutsideRanges(this.tables.columns);
    return { kind: 'addresses', ranges: this.ranges.of(groups.flatMap((group) => [...membersOf(this.groups.members, group)])) };
  }
}
