/**
 * Who reaches whom, on which ports: every pair of ends of compiled tables, none sampled. In come tables, out come rows, one after the other, so that memory does not grow with their number.
 */
import { TableNames } from '../evaluate/names.ts';
import { TableReader } from '../evaluate/reader.ts';
import { compareText } from '../lib/compare-text.ts';
import { membersOf } from '../lib/grouping.ts';
import { quote } from '../lib/quote.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import { type JointPort, joinPorts } from '../reach/joint-ports.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { type EndGroups, endKey, groupEnds, type MatrixEnd, MergedEnds, type PodGranularity } from './ends.ts';
import { endsOfPods, focusOn, type NearEnd } from './focus.ts';
import { HalfVerdicts } from './half-verdicts.ts';
import { ALL_DENIED, PortColumns, type PortVerdicts } from './port-verdicts.ts';
import { Walk } from './walk.ts';

export type { MatrixEnd, PodGranularity } from './ends.ts';
export type { FuturePods, LabelRequirement, PodCondition } from './future-pods.ts';
export type { AddressRange } from './outside-ranges.ts';
export type { MixedSpan, NamedSpan, PortSpan, PortVerdicts } from './port-verdicts.ts';

export interface ChosenPods {
  /** By what they were chosen, for reports: `app=web`. */
  readonly by: string;
  /** As `namespace/name`; `choosePods` gives them. */
  readonly pods: readonly string[];
}

export interface MatrixOptions {
  /** What pods are told as. Default `workload`; pods without one, and all for `pod`, by their own name. */
  readonly by?: PodGranularity;
  /**
   * Only rows with this at an end: a pod or workload as in questions (`namespace/name`, `namespace/kind/name`), or a namespace by its name. What is narrower than `by` is told as it is asked for, what is
   * wider as what is in it.
   */
  readonly focus?: string;
  /** Only rows with one of these pods at an end; not together with `focus`. What is narrower than `by` is told as pods or workloads. */
  readonly chosen?: ChosenPods;
  /** Of the focus, or the pods that are chosen: only rows to it (`ingress`) or from it (`egress`). */
  readonly direction?: 'ingress' | 'egress';
  readonly protocol?: Protocol;
  readonly port?: number;
  /** Nodes as ends, too; not together with `peers`. Default false. */
  readonly nodes?: boolean;
  /** Only pods at the other end of pods, or only addresses outside. Default both. */
  readonly peers?: 'pods' | 'outside';
  /** Rows that are denied altogether, too. Default false. */
  readonly denied?: boolean;
}

/**
 * What the pairs between two ends say. A pair is one endpoint of each: a pod or node at an address family, an address outside. No pairs are a pod and itself, and endpoints without a common family.
 */
export interface MatrixRow {
  readonly from: MatrixEnd;
  readonly to: MatrixEnd;
  /** The same object for rows that say the same. */
  readonly ports: PortVerdicts;
  /** Pairs of endpoints; outside, each block that a policy names counts as one, and so does a future pod. */
  readonly pairs: number;
  /** Of rows about future pods: no policy has a say about the other end in this direction, because none selects it, or because it is on the host network. */
  readonly unprotected?: 'no-policy' | 'host-network';
}

export interface ReachabilityMatrix {
  /** Name of the CNI profile. */
  readonly profile: string;
  readonly by: PodGranularity;
  /** Are the rows those of an exposure: addresses outside, and pods that do not exist yet? */
  readonly exposure: boolean;
  /** Pods, nodes and Services that could not be read and whose addresses are known: verdicts about these addresses are unknown, and no row speaks of them. */
  readonly unreadable: readonly string[];
  /**
   * The rows, in order: from each end of pods by name, to pods by name, nodes, addresses outside; then from nodes and addresses outside (with a focus: from all others) to each end of pods. Nodes of which
   * the same is to be said are one end, and so are addresses outside. Without `denied`, a pair of ends that has no row is denied at every port that is asked for. Each call begins anew.
   */
  rows(): Generator<MatrixRow, void, undefined>;
}

/**
 * The matrix of an engine, or of anything with tables.
 * @throws {RangeError} for an option that is not as above, and for a focus that does not exist or is not clear
 */
export function reachabilityMatrix({ tables }: { readonly tables: RuleTables }, options: MatrixOptions = {}): ReachabilityMatrix {
  const { by = 'workload' } = options;
  checkOptions(options);
  const names = new TableNames(tables);
  const focus = nearEnds(tables, names, options, by);
  return {
    profile: names.property('profile') ?? 'spec',
    by,
    exposure: false,
    unreadable: unreadableOwners(tables, names),
    rows: () => rowsOf(tables, names, by, focus, options),
  };
}

/** The ends of pods that are wanted; undefined where all are. @throws {RangeError} for a focus that does not exist or is not clear */
export function nearEnds(
  tables: RuleTables,
  names: TableNames,
  { focus, chosen }: MatrixOptions,
  by: PodGranularity,
): NearEnd[] | undefined {
  if (chosen !== undefined) return endsOfPods(tables, names, new Set(chosen.pods), by);
  return focus === undefined ? undefined : focusOn(tables, names, focus, by);
}

function checkOptions({ by, direction, focus, chosen, port, protocol, peers, nodes }: MatrixOptions): void {
  oneOf('by', by, ['workload', 'namespace', 'pod']);
  oneOf('direction', direction, ['ingress', 'egress']);
  oneOf('protocol', protocol, PROTOCOLS);
  oneOf('peers', peers, ['pods', 'outside']);
  if (focus !== undefined && chosen !== undefined) throw new RangeError('a focus and chosen pods do not go together');
  if (direction !== undefined && focus === undefined && chosen === undefined)
    throw new RangeError('a direction is that of a focus, and there is none');
  if (nodes === true && peers !== undefined) throw new RangeError(`nodes are not among the ends when only ${quote(peers)} are asked for`);
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65535))
    throw new RangeError(`port must be a whole number in 1..65535, got ${quote(String(port))}`);
}

function oneOf(name: string, value: unknown, allowed: readonly string[]): void {
  if (value !== undefined && !allowed.includes(value as string))
    throw new RangeError(`${name} must be one of ${allowed.map(quote).join(', ')}, got ${quote(String(value))}`);
}

function* rowsOf(
  tables: RuleTables,
  names: TableNames,
  by: PodGranularity,
  focus: readonly NearEnd[] | undefined,
  options: MatrixOptions,
): Generator<MatrixRow, void, undefined> {
  const { direction, nodes = false, peers, denied = false } = options;
  const ports = portAxis(tables, options);
  const groups = groupEnds(tables, names, by);
  const near = focus ?? groups.pods.map((end, group) => ({ end, endpoints: membersOf(groups.members, group) }));
  const told = new Set((focus ?? []).map(({ end }) => endKey(end)));
  const isPeer = (group: number): boolean => {
    if (group < groups.nodesFrom) return peers !== 'outside';
    return group < groups.outsideFrom ? nodes : peers !== 'pods';
  };
  const reader = new TableReader(tables);
  const halves = { egress: new HalfVerdicts(reader, 'egress', ports), ingress: new HalfVerdicts(reader, 'ingress', ports) };
  const common = { reader, halves, ports, columns: new PortColumns(ports), groups, denied };
  const merged = new MergedEnds(tables, names, groups);
  if (direction !== 'ingress') {
    const walk = new Walk('source', { ...common, isWanted: isPeer });
    for (const { end, endpoints } of near) {
      for (const { other, column, pairs } of reachedFrom(walk, endpoints, groups, merged)) {
        if (denied || column !== ALL_DENIED) yield { from: end, to: other, ports: common.columns.verdicts(column), pairs };
      }
    }
  }
  if (direction === 'egress') return;
  // From pods to pods has been told, except from those that are not in the focus.
  const isLeft = (group: number): boolean => {
    if (group >= groups.nodesFrom) return isPeer(group);
    return focus !== undefined && isPeer(group) && (direction !== undefined || !told.has(endKey(groups.pods[group]!)));
  };
  const walk = new Walk('destination', { ...common, isWanted: isLeft });
  for (const { end, endpoints } of near) {
    for (const { other, column, pairs } of reachedFrom(walk, endpoints, groups, merged)) {
      if (denied || column !== ALL_DENIED) yield { from: other, to: end, ports: common.columns.verdicts(column), pairs };
    }
  }
}

/** The port axis, or what is asked for of it. */
function portAxis(tables: RuleTables, { protocol, port }: MatrixOptions): JointPort[] {
  const axis = joinPorts([tables]).filter((each) => protocol === undefined || PROTOCOLS[each.protocol] === protocol);
  if (port === undefined) return axis;
  return axis.filter(({ from, to }) => from <= port && port <= to).map((each) => ({ ...each, from: port, to: port }));
}

interface OtherEnd {
  readonly other: MatrixEnd;
  readonly column: number;
  readonly pairs: number;
}

/** Pods one by one; nodes, and addresses outside, of which the same is to be said, as one. */
function* reachedFrom(walk: Walk, endpoints: ArrayLike<number>, groups: EndGroups, merged: MergedEnds): Generator<OtherEnd> {
  const reached = walk.from(endpoints);
  const alike = new Map<string, { readonly column: number; readonly members: number[]; pairs: number }>();
  for (let i = 0; i < reached.groups.length; i++) {
    const group = reached.groups[i]!;
    const [column, pairs] = [reached.column[group]!, reached.pairs[group]!];
    if (group < groups.nodesFrom) {
      yield { other: groups.pods[group]!, column, pairs };
      continue;
    }
    const key = `${group < groups.outsideFrom} ${column}`;
    const known = alike.get(key) ?? { column, members: [], pairs: 0 };
    alike.set(key, known);
    known.members.push(group);
    known.pairs += pairs;
  }
  walk.forget(reached);
  for (const { column, members, pairs } of alike.values()) yield { other: merged.of(members), column, pairs };
}

/** Owners of addresses that could not be read. */
export function unreadableOwners({ columns: { sharedOwner, sharedUnreadable } }: RuleTables, names: TableNames): string[] {
  const owners = [...sharedOwner].filter((owner, shared) => sharedUnreadable[shared] === 1 && owner !== NONE_32);
  return [...new Set(owners.map((owner) => names.text(owner)))].sort(compareText);
}
