/**
 * One direction of the tables: subject classes, peer classes, rows, and the map (subject class, port class) -> row.
 */
import { ascending } from '../lib/ascending.ts';
import { type Grouping, membersOf } from '../lib/grouping.ts';
import { GrowableLists } from '../lib/growable-lists.ts';
import { Partition } from '../lib/partition.ts';
import type { PolicySet } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Direction } from '../model/protocol.ts';
import { NOT_A_POLICED_POD, NOT_ISOLATED, OWN_NODE, UNMATCHED } from '../tables/decisions.ts';
import { NONE_32 } from '../tables/layout.ts';
import { Aims } from './aims.ts';
import type { Catalogue } from './catalogue.ts';
import type { DecisionTable } from './decisions.ts';
import type { Endpoints } from './endpoints.ts';
import { Entries } from './entries.ts';
import type { ActiveEntry, Fold } from './fold.ts';
import { nodeJudges } from './own-node.ts';
import { EVERY_PEER, type PeerSets } from './peer-sets.ts';
import type { PortClasses } from './ports.ts';
import { RowMap, type Run } from './row-map.ts';
import { RowStore } from './row-store.ts';
import { cutIntoSegments } from './segments.ts';
import { classifySubjects, selectSubjects, UNSELECTED } from './subject-classes.ts';
import { TierFold } from './tier-fold.ts';
import { UnionFold } from './union-fold.ts';

/** What the stages before found, shared by both directions. */
export interface DirectionInput {
  readonly direction: Direction;
  readonly policySet: PolicySet;
  readonly catalogue: Catalogue;
  /** For each policy, the set of units that it selects. */
  readonly subjects: Uint32Array;
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
  readonly isolating: Grouping;
  readonly aims: Aims;
  /** For each subject class, the one that judges the way to the own node (itself where that way is like any other), or NONE_32; empty when there is none. */
  readonly ownNode: Uint32Array;
}

export function compileDirection(input: DirectionInput): CompiledDirection {
  const { direction, policySet, catalogue, endpoints, peerSets, ports, decisions } = input;
  const entries = new Entries(ports);
  const { subjects, entriesOfSubject, isolating } = findSubjects(input, entries);
  const peers = classifyPeers(endpoints, peerSets, entries);
  const activeEntries = Array.from({ length: entries.atom.length }, (_, entry) => activeEntry(entry, entries, catalogue, peers.classes));
  const rows = new RowStore(peers.count, decisions);
  const rowMap = new RowMap(ports.count);
  const verdictRowMap = new RowMap(ports.count);
  const addSubject = (runs: readonly Run[]): void => {
    rowMap.add(runs);
    verdictRowMap.add(runs.map(({ row, end }) => ({ row: rows.verdictRow(row), end })));
  };
  const foldSubject = (subject: number, fold: Fold): void => {
    const { everywhere, segments } = cutIntoSegments(entriesOfSubject.copy(subject), entries, ports.count);
    const activeOf = (numbers: readonly number[]): ActiveEntry[] => numbers.map((entry) => activeEntries[entry]!);
    const isolated = policySet.tiers.map(() => false);
    for (const policy of isolating.copy(subject)) isolated[catalogue.policies[policy]!.tier] = true;
    const rowsOfSegments = fold.rowsOf({
      everywhere: activeOf(everywhere),
      segments: segments.map(({ active }) => ({ entries: activeOf(active), key: active.join(' ') })),
      isolated,
    });
    addSubject(segments.map(({ end }, i) => ({ row: rowsOfSegments[i]!, end })));
  };

  addSubject([{ row: rows.uniform(NOT_A_POLICED_POD), end: ports.count }]);
  const aims = new Aims(peers.classes, peers.ofUnit);
  const fold = foldFor(policySet, rows, decisions, peers.count);
  for (let subject = UNSELECTED; subject < subjects.units.length; subject++) {
    for (const entry of entriesOfSubject.copy(subject)) aims.add(entry, subject, entries, catalogue, ports);
    foldSubject(subject, fold);
  }
  // The way to the own node has rows of its own where an administrator's rules can speak of it, after those of all pods.
  const judges = input.ownNode === 'admin' && direction === 'egress' ? nodeJudges(policySet, endpoints, peers.ofUnit) : () => false;
  const judged = [...subjects.units.keys()].filter((subject) =>
    entriesOfSubject.copy(subject).some((entry) => judges(activeEntries[entry]!)),
  );
  if (judged.length > 0) {
    const ownNodeFold = new TierFold(rows, decisions, peers.count, policySet.tiers, OWN_NODE);
    for (const subject of judged) foldSubject(subject, ownNodeFold);
    for (const subject of judged) {
      isolating.items.pushAll(isolating.copy(subject));
      isolating.close();
    }
  }
  return {
    subjectOfUnit: subjects.ofUnit,
    subjectCount: subjects.units.length + judged.length,
    peerOfUnit: peers.ofUnit,
    peerCount: peers.count,
    rows,
    rowMap,
    verdictRowMap,
    isolating: isolating.columns(),
    aims,
    ownNode:
      input.ownNode === 'from-node' && direction === 'egress'
        ? Uint32Array.from(subjects.units.keys())
        : ownNodeJudges(subjects.units.length, judged),
  };
}

interface Subjects {
  readonly subjects: ReturnType<typeof classifySubjects>;
  readonly entriesOfSubject: GrowableLists;
  /** Those of the policies of each subject class that isolate whom they select. */
  readonly isolating: GrowableLists;
}

/** The subject classes, and what their policies say to them. Makes the entries. */
function findSubjects(input: DirectionInput, entries: Entries): Subjects {
  const { direction, catalogue, endpoints, peerSets, portNumbers } = input;
  const policies = catalogue.policies.map((_, policy) => entries.ofPolicy(catalogue, policy, direction, peerSets, portNumbers));
  const selection = selectSubjects(input);
  const subjects = classifySubjects(input, selection);
  const entriesOfSubject = new GrowableLists();
  const isolating = new GrowableLists();
  for (const [subject, unit] of subjects.units.entries()) {
    const selecting = subject > UNSELECTED ? membersOf(selection, unit) : NO_POLICIES;
    const resolved: number[] = [];
    for (const policy of selecting) {
      entries.resolve(policies[policy]!, endpoints.units.namedPorts[unit]!, resolved);
      if (catalogue.policies[policy]!.policy.isolates[direction]) isolating.items.push(policy);
    }
    entriesOfSubject.items.pushAll(resolved);
    entriesOfSubject.close();
    isolating.close();
  }
  return { subjects, entriesOfSubject, isolating };
}

const NO_POLICIES = new Uint32Array(0);

/** The judging classes follow those of all pods, in order; they judge themselves. */
function ownNodeJudges(subjects: number, judged: readonly number[]): Uint32Array {
  if (judged.length === 0) return new Uint32Array(0);
  const judges = new Uint32Array(subjects + judged.length).fill(NONE_32);
  for (const [i, subject] of judged.entries()) judges[subject] = judges[subjects + i] = subjects + i;
  return judges;
}

interface PeerClasses {
  readonly ofUnit: Uint32Array;
  readonly count: number;
  /** Distinct classes of each used peer set, ascending. */
  classes(peerSet: number): Uint32Array | typeof EVERY_PEER;
}

/** Peer classes: units that no peer set of this direction tells apart. */
function classifyPeers(endpoints: Endpoints, { sets }: PeerSets, entries: Entries): PeerClasses {
  const isUsed = new Uint8Array(sets.count);
  for (const set of entries.peerSet.view()) if (set !== EVERY_PEER) isUsed[set] = 1;
  const partition = new Partition(endpoints.units.count);
  const units = sets.items.view();
  for (let set = 0; set < sets.count; set++) if (isUsed[set] === 1) partition.split(units, sets.start(set), sets.start(set + 1));
  const { classOf, count } = partition.classes();
  const seenIn = new Uint32Array(count);
  const classesOfSet: (Uint32Array | undefined)[] = [];
  for (let set = 0; set < sets.count; set++) {
    classesOfSet.push(isUsed[set] === 1 ? distinctClasses(sets.get(set), classOf, seenIn, set + 1) : undefined);
  }
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
