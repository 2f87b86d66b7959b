/**
 * One direction of the tables: subject classes, peer classes, rows, and the map (subject class, port class) -> row.
 */
import { ascending } from '../lib/ascending.ts';
import { membersOf } from '../lib/grouping.ts';
import { ListInterner } from '../lib/interner.ts';
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
  /** For each subject class, the one that judges the way to the own node (itself where that way is like any other), or NONE_32; empty when there is none. */
  readonly ownNode: Uint32Array;
}

export function compileDirection(input: DirectionInput): CompiledDirection {
  const { direction, policySet, catalogue, endpoints, peerSets, ports, portNumbers, decisions } = input;
  const entries = new Entries(ports);
  const policies = catalogue.policies.map((_, policy) => entries.ofPolicy(catalogue, policy, direction, peerSets, portNumbers));
  const selection = selectSubjects(input);
  const subjects = classifySubjects(input, selection);
  const policiesOfSubject = subjects.units.map((unit, subject) => (subject > UNSELECTED ? membersOf(selection, unit) : NO_POLICIES));
  const entriesOfSubject = subjects.units.map((unit, subject): number[] => {
    const resolved: number[] = [];
    for (const policy of policiesOfSubject[subject]!) entries.resolve(policies[policy]!, endpoints.units.namedPorts[unit]!, resolved);
    return resolved;
  });

  const peers = classifyPeers(endpoints, peerSets, new Set(entries.peerSet.view()));
  const activeEntries = Array.from({ length: entries.atom.length }, (_, entry) => activeEntry(entry, entries, catalogue, peers.classes));
  const rows = new RowStore(peers.count, decisions);
  const rowMap = new RowMap(ports.count);
  const verdictRowMap = new RowMap(ports.count);
  const addSubject = (runs: readonly Run[]): void => {
    rowMap.add(runs);
    verdictRowMap.add(runs.map(({ row, end }) => ({ row: rows.verdictRow(row), end })));
  };
  const isolating = new ListInterner();
  const isolatorsOfSubject = policiesOfSubject.map((selecting) => isolating.intern(isolatorsOf(selecting, catalogue, direction)));
  const foldSubject = (subject: number, fold: Fold): void => {
    const { everywhere, segments } = cutIntoSegments(entriesOfSubject[subject]!, entries, ports.count);
    const activeOf = (numbers: readonly number[]): ActiveEntry[] => numbers.map((entry) => activeEntries[entry]!);
    const isolated = policySet.tiers.map(() => false);
    for (const policy of isolating.get(isolatorsOfSubject[subject]!)) isolated[catalogue.policies[policy]!.tier] = true;
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
    for (const entry of entriesOfSubject[subject]!) aims.add(entry, subject, entries, catalogue, ports);
    foldSubject(subject, fold);
  }
  // The way to the own node has rows of its own where an administrator's rules can speak of it, after those of all pods.
  const judges = input.ownNode === 'admin' && direction === 'egress' ? nodeJudges(policySet, endpoints, peers.ofUnit) : () => false;
  const judged = [...entriesOfSubject.keys()].filter((subject) =>
    entriesOfSubject[subject]!.some((entry) => judges(activeEntries[entry]!)),
  );
  if (judged.length > 0) {
    const ownNodeFold = new TierFold(rows, decisions, peers.count, policySet.tiers, OWN_NODE);
    for (const subject of judged) foldSubject(subject, ownNodeFold);
  }
  const subjectOfRows = [...entriesOfSubject.keys(), ...judged];
  return {
    subjectOfUnit: subjects.ofUnit,
    subjectCount: subjectOfRows.length,
    peerOfUnit: peers.ofUnit,
    peerCount: peers.count,
    rows,
    rowMap,
    verdictRowMap,
    isolating: isolating.gather(subjectOfRows.map((subject) => isolatorsOfSubject[subject]!)),
    aims,
    ownNode:
      input.ownNode === 'from-node' && direction === 'egress'
        ? Uint32Array.from(entriesOfSubject.keys())
        : ownNodeJudges(subjects.units.length, judged),
  };
}

const NO_POLICIES = new Uint32Array(0);

/** The judging classes follow those of all pods, in order; they judge themselves. */
function ownNodeJudges(subjects: number, judged: readonly number[]): Uint32Array {
  if (judged.length === 0) return new Uint32Array(0);
  const judges = new Uint32Array(subjects + judged.length).fill(NONE_32);
  for (const [i, subject] of judged.entries()) judges[subject] = judges[subjects + i] = subjects + i;
  return judges;
}

/** Those of the policies that isolate whom they select. */
function isolatorsOf(policies: Uint32Array, catalogue: Catalogue, direction: Direction): Uint32Array {
  const isIsolating = (policy: number): boolean => catalogue.policies[policy]!.policy.isolates[direction];
  return policies.every(isIsolating) ? policies : policies.filter(isIsolating);
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
