/**
 * One direction of the tables: subject classes, peer classes, rows, and the map (subject class, port class) -> row.
 */
import { groupBy, membersOf } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { ListInterner } from '../lib/interner.ts';
import { PageStore } from '../lib/page-store.ts';
import { Partition } from '../lib/partition.ts';
import type { NamedPort } from '../model/cluster.ts';
import type { PolicySet } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Direction } from '../model/protocol.ts';
import { NOT_A_POLICED_POD, NOT_ISOLATED, OWN_NODE, UNMATCHED } from '../tables/decisions.ts';
import { NONE_32, PAGE_BYTES, PAGE_CELLS_32 } from '../tables/layout.ts';
import { Aims } from './aims.ts';
import { type Catalogue, portNames } from './catalogue.ts';
import type { DecisionTable } from './decisions.ts';
import type { Endpoints } from './endpoints.ts';
import { Entries } from './entries.ts';
import type { ActiveEntry, Fold } from './fold.ts';
import { nodeJudges } from './own-node.ts';
import { ascending, EVERY_PEER, type PeerSets } from './peer-sets.ts';
import type { PortClasses } from './ports.ts';
import { pagesFor, RowStore } from './row-store.ts';
import { TierFold } from './tier-fold.ts';
import { UnionFold } from './union-fold.ts';

/** What the stages before found, shared by both directions. */
export interface DirectionInput {
  readonly direction: Direction;
  readonly policySet: PolicySet;
  readonly catalogue: Catalogue;
  readonly endpoints: Endpoints;
  readonly peerSets: PeerSets;
  readonly ports: PortClasses;
  /** Numbers that pods give port names, by `protocol/name`. */
  readonly portNumbers: ReadonlyMap<string, readonly number[]>;
  readonly decisions: DecisionTable;
  readonly ownNode: CniProfile['ownNode'];
}

export interface CompiledDirection {
  readonly subjectOfUnit: Uint32Array;
  readonly subjectCount: number;
  readonly peerOfUnit: Uint32Array;
  readonly peerCount: number;
  readonly rows: RowStore;
  /** (subject class, port class) -> row, and -> verdict row. */
  readonly rowMap: RowMap;
  readonly verdictRowMap: RowMap;
  /** Policies that isolate each subject class. */
  readonly isolating: { readonly start: Uint32Array; readonly items: Uint32Array };
  readonly aims: Aims;
  /** For each subject class, the one that judges the way to the own node, or NONE_32; empty when there is none. */
  readonly ownNode: Uint32Array;
}

/** Ends of flows that no policy applies to. */
const NO_SUBJECT = 0;
/** Pods that no policy selects in this direction. */
const UNSELECTED = 1;

export function compileDirection(input: DirectionInput): CompiledDirection {
  const { direction, policySet, catalogue, endpoints, peerSets, ports, portNumbers, decisions } = input;
  const entries = new Entries(ports);
  const policies = catalogue.policies.map((_, policy) => entries.ofPolicy(catalogue, policy, direction, peerSets, portNumbers));
  const selection = selectSubjects(input);
  const subjects = classifySubjects(input, selection);

  const entriesOfSubject = subjects.units.map((unit, subject): number[] => {
    const resolved: number[] = [];
    if (subject > UNSELECTED) {
      for (const policy of membersOf(selection, unit)) entries.resolve(policies[policy]!, endpoints.units.namedPorts[unit]!, resolved);
    }
    return resolved;
  });
  const usedSets = new Set(entries.peerSet.view());
  const peers = classifyPeers(endpoints, peerSets, usedSets);

  const activeEntries: ActiveEntry[] = [];
  for (let entry = 0; entry < entries.atom.length; entry++) activeEntries.push(activeEntry(entry, entries, catalogue, peers.classes));
  const rows = new RowStore(peers.count, decisions);
  const fold = foldFor(policySet, rows, decisions, peers.count);
  const rowMap = new RowMap(ports.count);
  const verdictRowMap = new RowMap(ports.count);
  const addSubject = (runs: readonly Run[]): void => {
    rowMap.add(runs);
    verdictRowMap.add(runs.map(({ row, end }) => ({ row: rows.verdictRow(row), end })));
  };
  const aims = new Aims(peers.classes, peers.ofUnit);
  addSubject([{ row: rows.uniform(NOT_A_POLICED_POD), end: ports.count }]);
  const isolatedOf: boolean[][] = [[]];
  const runsOf = (subject: number, by: Fold): Run[] => {
    const { everywhere, segments } = cutIntoSegments(entriesOfSubject[subject]!, entries, ports.count);
    const activeOf = (numbers: readonly number[]): ActiveEntry[] => numbers.map((entry) => activeEntries[entry]!);
    const rowsOfSegments = by.rowsOf({
      everywhere: activeOf(everywhere),
      segments: segments.map(({ active }) => ({ entries: activeOf(active), key: active.join(' ') })),
      isolated: isolatedOf[subject]!,
    });
    return segments.map(({ end }, i) => ({ row: rowsOfSegments[i]!, end }));
  };
  const isolating = new ListInterner();
  const isolatingOf: number[] = [isolating.intern(new Uint32Array(0))];
  for (let subject = UNSELECTED; subject < subjects.units.length; subject++) {
    const selecting = subject === UNSELECTED ? new Uint32Array(0) : membersOf(selection, subjects.units[subject]!);
    const isolators = isolatorsOf(selecting, catalogue, direction);
    isolatingOf.push(isolating.intern(isolators));
    const isolated = policySet.tiers.map(() => false);
    for (const policy of isolators) isolated[catalogue.policies[policy]!.tier] = true;
    isolatedOf.push(isolated);
    for (const entry of entriesOfSubject[subject]!) aims.add(entry, subject, entries, catalogue, ports);
    addSubject(runsOf(subject, fold));
  }
  // The way to the own node has rows of its own where an administrator's rules can speak of it, after those of all pods.
  const judges = input.ownNode === 'admin' && direction === 'egress' ? nodeJudges(policySet, endpoints, peers.ofUnit) : () => false;
  const ownNodeFold = new TierFold(rows, decisions, peers.count, policySet.tiers, OWN_NODE);
  const ownNode = subjects.units.map((_, subject) => {
    if (!entriesOfSubject[subject]!.some((entry) => judges(activeEntries[entry]!))) return NONE_32;
    addSubject(runsOf(subject, ownNodeFold));
    return isolatingOf.push(isolatingOf[subject]!) - 1;
  });
  const isOwnNodeJudged = ownNode.some((judge) => judge !== NONE_32);
  return {
    subjectOfUnit: subjects.ofUnit,
    subjectCount: isolatingOf.length,
    peerOfUnit: peers.ofUnit,
    peerCount: peers.count,
    rows,
    rowMap,
    verdictRowMap,
    isolating: listsOf(isolating, isolatingOf),
    aims,
    ownNode: isOwnNodeJudged ? Uint32Array.from([...ownNode, ...ownNode.filter((judge) => judge !== NONE_32)]) : new Uint32Array(0),
  };
}

/** Those of the policies that isolate whom they select. */
function isolatorsOf(policies: Uint32Array, catalogue: Catalogue, direction: Direction): Uint32Array {
  const isIsolating = (policy: number): boolean => catalogue.policies[policy]!.policy.isolates[direction];
  return policies.every(isIsolating) ? policies : policies.filter(isIsolating);
}

/** For each unit, the policies that select it and say something in this direction, ascending. */
function selectSubjects({ direction, catalogue, endpoints, peerSets }: DirectionInput): ReturnType<typeof groupBy> {
  const unitOf = new GrowableUint32();
  const policyOf = new GrowableUint32();
  for (const [number, { policy, rules }] of catalogue.policies.entries()) {
    if (!policy.isolates[direction] && rules[direction].length === 0) continue;
    const units = peerSets.unitsOfPods(policy.subject);
    unitOf.pushAll(units);
    policyOf.pushRepeated(number, units.length);
  }
  const pairs = groupBy(unitOf.view(), endpoints.units.count);
  return { start: pairs.start, items: pairs.items.map((pair) => policyOf.get(pair)) };
}

/**
 * Subject classes: units that the same policies select and that give the same numbers to the port names that those policies' ingress rules use.
 * `units` holds one unit of each class; the first two classes are fixed.
 */
function classifySubjects(
  { direction, catalogue, endpoints }: DirectionInput,
  selection: ReturnType<typeof groupBy>,
): { ofUnit: Uint32Array; units: number[] } {
  const lists = new ListInterner();
  const numbers = new Map<string, number>();
  const units: number[] = [NO_SUBJECT, UNSELECTED];
  const namesOfPolicy = catalogue.policies.map((_, policy) => (direction === 'ingress' ? portNamesOf(catalogue, policy) : NO_NAMES));
  const ofUnit = new Uint32Array(endpoints.units.count);
  for (let unit = 0; unit < ofUnit.length; unit++) {
    if (endpoints.units.group[unit] === NONE_32) continue;
    const policies = membersOf(selection, unit);
    if (policies.length === 0) {
      ofUnit[unit] = UNSELECTED;
      continue;
    }
    const ports = namedPortsAsked(endpoints.units.namedPorts[unit]!, policies, namesOfPolicy);
    const key = `${lists.intern(policies)} ${ports.length === 0 ? '' : JSON.stringify(ports)}`;
    let subject = numbers.get(key);
    if (subject === undefined) {
      subject = units.length;
      numbers.set(key, subject);
      units.push(unit);
    }
    ofUnit[unit] = subject;
  }
  return { ofUnit, units };
}

/** Those of the ports whose names the policies use. */
function namedPortsAsked(
  declared: readonly NamedPort[],
  policies: Uint32Array,
  namesOfPolicy: readonly (readonly string[])[],
): readonly NamedPort[] {
  if (declared.length === 0) return declared;
  const names = new Set<string>();
  for (const policy of policies) for (const name of namesOfPolicy[policy]!) names.add(name);
  return declared.filter(({ protocol, name }) => names.has(`${protocol}/${name}`));
}

const NO_NAMES: readonly string[] = [];

function portNamesOf(catalogue: Catalogue, policy: number): readonly string[] {
  return catalogue.policies[policy]!.rules.ingress.flatMap((rule) => {
    const { ports } = catalogue.rules[rule]!.rule;
    return ports === 'any' ? [] : ports.flatMap((port) => (port.kind === 'named' ? portNames(port) : []));
  });
}

interface PeerClasses {
  readonly ofUnit: Uint32Array;
  readonly count: number;
  /** Distinct classes of each used peer set, ascending. */
  classes(peerSet: number): Uint32Array | typeof EVERY_PEER;
}

/** Peer classes: units that no peer set of this direction tells apart. */
function classifyPeers(endpoints: Endpoints, peerSets: PeerSets, used: ReadonlySet<number>): PeerClasses {
  const partition = new Partition(endpoints.units.count);
  for (const set of used) if (set !== EVERY_PEER) partition.split(peerSets.sets[set]!);
  const { classOf, count } = partition.classes();
  const classesOfSet: (Uint32Array | undefined)[] = [];
  const seenIn = new Uint32Array(count);
  let sets = 0;
  for (const set of used) if (set !== EVERY_PEER) classesOfSet[set] = distinctClasses(peerSets.sets[set]!, classOf, seenIn, ++sets);
  return { ofUnit: classOf, count, classes: (set) => (set === EVERY_PEER ? EVERY_PEER : classesOfSet[set]!) };
}

/** The classes of units, each once, ascending. `seenIn[c]` is `stamp` for those that were met. */
function distinctClasses(units: Uint32Array, classOf: Uint32Array, seenIn: Uint32Array, stamp: number): Uint32Array {
  const classes: number[] = [];
  for (let i = 0; i < units.length; i++) {
    const each = classOf[units[i]!]!;
    if (seenIn[each] === stamp) continue;
    seenIn[each] = stamp;
    classes.push(each);
  }
  return ascending(classes);
}

function activeEntry(entry: number, entries: Entries, catalogue: Catalogue, classes: PeerClasses['classes']): ActiveEntry {
  const atom = entries.atom.get(entry);
  const rule = catalogue.atomRule.get(atom);
  const { rule: text, tier, policy } = catalogue.rules[rule]!;
  const { group } = catalogue.policies[policy]!;
  const open = catalogue.atomOpen.get(atom) === 1;
  return { atom, rule, policy, group, tier, action: text.action, open, peers: classes(entries.peerSet.get(entry)) };
}

function foldFor({ tiers, onUnmatched }: PolicySet, rows: RowStore, decisions: DecisionTable, peerClasses: number): Fold {
  const union = tiers.length === 1 && tiers[0]!.match === 'all';
  if (union) return new UnionFold(rows, decisions, peerClasses, onUnmatched);
  return new TierFold(rows, decisions, peerClasses, tiers, onUnmatched === 'allow' ? NOT_ISOLATED : UNMATCHED);
}

/** A run of port classes up to `end` (one past the last), and the entries that are active in it but not everywhere. */
interface Segment {
  readonly active: number[];
  readonly end: number;
}

/** Cuts the port classes where the set of active entries changes. */
function cutIntoSegments(
  subjectEntries: readonly number[],
  { first, last }: Entries,
  portClasses: number,
): { everywhere: number[]; segments: Segment[] } {
  const isEverywhere = (entry: number): boolean => first.get(entry) === 0 && last.get(entry) === portClasses - 1;
  const everywhere = subjectEntries.filter(isEverywhere);
  if (everywhere.length === subjectEntries.length) return { everywhere, segments: [{ active: [], end: portClasses }] };
  const local = subjectEntries.filter((entry) => !isEverywhere(entry));
  const cuts = new Set<number>([portClasses]);
  for (const entry of local) {
    if (first.get(entry) > 0) cuts.add(first.get(entry));
    cuts.add(last.get(entry) + 1);
  }
  const ends = [...cuts].sort((a, b) => a - b);
  const segments = ends.map((end): Segment => ({ active: [], end }));
  const segmentOfStart = new Map(ends.map((end, i) => [end, i + 1]));
  segmentOfStart.set(0, 0);
  // Subject entries are in atom order, so each segment's are too.
  for (const entry of local) {
    const past = segmentOfStart.get(last.get(entry) + 1)!;
    for (let i = segmentOfStart.get(first.get(entry))!; i < past; i++) segments[i]!.active.push(entry);
  }
  return { everywhere, segments };
}

/** Port classes up to `end` (one past the last) that have one row. */
interface Run {
  readonly row: number;
  readonly end: number;
}

/** (subject class, port class) -> row: a directory of pages per subject class, equal pages stored once. */
class RowMap {
  readonly directory = new GrowableUint32();
  readonly pages = new PageStore(PAGE_BYTES / 4);
  private readonly portClasses: number;
  private readonly page = new Uint32Array(PAGE_BYTES / 4);

  constructor(portClasses: number) {
    this.portClasses = portClasses;
  }

  /** Adds the next subject class. `runs` are in order; each row holds up to its `end`. */
  add(runs: readonly Run[]): void {
    let run = 0;
    for (let first = 0; first < pagesFor(this.portClasses, PAGE_CELLS_32) * PAGE_CELLS_32; first += PAGE_CELLS_32) {
      for (let i = 0; i < PAGE_CELLS_32; i++) {
        while (run < runs.length - 1 && first + i >= runs[run]!.end) run++;
        this.page[i] = runs[run]!.row;
      }
      this.directory.push(this.pages.intern(this.page));
    }
  }
}

function listsOf(lists: ListInterner, numbers: readonly number[]): { start: Uint32Array; items: Uint32Array } {
  const start = new GrowableUint32();
  const items = new GrowableUint32();
  start.push(0);
  for (const number of numbers) {
    items.pushAll(lists.get(number));
    start.push(items.length);
  }
  return { start: start.view(), items: items.view() };
}
