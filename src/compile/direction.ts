/**
 * One direction of the tables: subject classes, peer classes, rows, and the map (subject class, port class) -> row.
 */

import type { Grouping } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
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
import { Fold, type Judge } from './fold.ts';
import { Hiding } from './hiding.ts';
import type { NamedSets } from './named-sets.ts';
import { nodeJudges } from './own-node.ts';
import { EVERY_PEER, type PeerSets } from './peer-sets.ts';
import type { PortClasses } from './ports.ts';
import { createRowMap, type RowMap } from './row-map.ts';
import { RowStore } from './row-store.ts';
import { Segments } from './segments.ts';
import { classifySubjects, selectSubjects, UNSELECTED } from './subject-classes.ts';
import { TierJudge } from './tier-judge.ts';
import { UnionJudge } from './union-judge.ts';

/** What the stages before found, shared by both directions. */
export interface DirectionInput {
  readonly direction: Direction;
  readonly policySet: PolicySet;
  readonly catalogue: Catalogue;
  readonly named: NamedSets;
  readonly endpoints: Endpoints;
  readonly peerSets: PeerSets;
  readonly ports: PortClasses;
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
  const rows = new RowStore(peers.count, decisions);
  const rowMap = createRowMap(ports.count, subjects.units.length);
  const verdictRowMap = createRowMap(ports.count, subjects.units.length);
  const segments = new Segments(ports.count);
  const rowOfSegment = new GrowableUint32();
  const verdictRowOfSegment = new GrowableUint32();
  const isolated = new Uint8Array(policySet.tiers.length);
  const hiding = new Hiding(catalogue);
  const foldWith = (judge: Judge): Fold => new Fold(rows, entries, peers.ofSet, peers.count, judge, hiding);
  const addSubject = (subject: number, fold: Fold): void => {
    segments.cut(entries, entriesOfSubject.items, entriesOfSubject.start(subject), entriesOfSubject.start(subject + 1));
    isolated.fill(0);
    for (let i = isolating.start(subject); i < isolating.start(subject + 1); i++) {
      isolated[catalogue.tierOfPolicy.get(isolating.items.get(i))] = 1;
    }
    rowOfSegment.length = verdictRowOfSegment.length = 0;
    fold.rowsOf(segments, isolated, rowOfSegment);
    for (let i = 0; i < rowOfSegment.length; i++) verdictRowOfSegment.push(rows.verdictRow(rowOfSegment.get(i)));
    rowMap.add(rowOfSegment, segments.end);
    verdictRowMap.add(verdictRowOfSegment, segments.end);
  };

  const outside = rows.uniform(NOT_A_POLICED_POD);
  rowMap.addUniform(outside);
  verdictRowMap.addUniform(rows.verdictRow(outside));
  const aims = new Aims(entries.atom.length, peers.ofSet, peers.ofUnit);
  const fold = foldWith(judgeOf(input));
  for (let subject = UNSELECTED; subject < subjects.units.length; subject++) {
    for (let i = entriesOfSubject.start(subject); i < entriesOfSubject.start(subject + 1); i++) {
      aims.add(entriesOfSubject.items.get(i), subject, entries, catalogue, ports);
    }
    addSubject(subject, fold);
  }
  // The way to the own node has rows of its own where an administrator's rules can speak of it, after those of all pods.
  const judged = input.ownNode === 'admin' && direction === 'egress' ? judgedOwnNodes(input, entries, entriesOfSubject, peers) : [];
  if (judged.length > 0) {
    const ownNodeFold = foldWith(new TierJudge(decisions, catalogue, OWN_NODE));
    for (const subject of judged) addSubject(subject, ownNodeFold);
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

/** The subject classes whose way to the own node an administrator's rule may judge. */
function judgedOwnNodes(
  { policySet, catalogue, endpoints }: DirectionInput,
  entries: Entries,
  entriesOfSubject: GrowableLists,
  peers: PeerClasses,
): number[] {
  if (!policySet.tiers.some(({ match }) => match === 'first')) return [];
  const judges = nodeJudges(policySet, endpoints, peers.ofUnit, peers.ofSet);
  const judged: number[] = [];
  for (let subject = 0; subject < entriesOfSubject.count; subject++) {
    for (let i = entriesOfSubject.start(subject); i < entriesOfSubject.start(subject + 1); i++) {
      const entry = entriesOfSubject.items.get(i);
      const tier = catalogue.tierOfPolicy.get(catalogue.policyOfRule.get(catalogue.atomRule.get(entries.atom.get(entry))));
      if (!judges(tier, entries.peerSet.get(entry))) continue;
      judged.push(subject);
      break;
    }
  }
  return judged;
}

interface Subjects {
  readonly subjects: ReturnType<typeof classifySubjects>;
  readonly entriesOfSubject: GrowableLists;
  /** Those of the policies of each subject class that isolate whom they select. */
  readonly isolating: GrowableLists;
}

/** The subject classes, and what their policies say to them. Makes the entries. */
function findSubjects(input: DirectionInput, entries: Entries): Subjects {
  const { direction, catalogue, endpoints } = input;
  for (let policy = 0; policy < catalogue.policyList.length; policy++) entries.addPolicy(policy, input);
  const isolates = catalogue.isolates[direction];
  const selection = selectSubjects(input);
  const subjects = classifySubjects(input, selection);
  const entriesOfSubject = new GrowableLists();
  const isolating = new GrowableLists();
  const resolved: number[] = [];
  for (let subject = 0; subject < subjects.units.length; subject++) {
    const unit = subjects.units[subject]!;
    // The first two classes are those that no policy selects.
    const from = subject > UNSELECTED ? selection.start[unit]! : 0;
    const to = subject > UNSELECTED ? selection.start[unit + 1]! : 0;
    resolved.length = 0;
    for (let i = from; i < to; i++) {
      const policy = selection.items[i]!;
      entries.resolve(policy, endpoints.units.namedPorts[unit]!, resolved);
      if (isolates.get(policy) === 1) isolating.items.push(policy);
    }
    for (let i = 0; i < resolved.length; i++) entriesOfSubject.items.push(resolved[i]!);
    entriesOfSubject.close();
    isolating.close();
  }
  return { subjects, entriesOfSubject, isolating };
}

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
  readonly ofSet: Grouping;
}

/** Peer classes: units that no peer set of this direction tells apart. */
function classifyPeers(endpoints: Endpoints, { sets }: PeerSets, entries: Entries): PeerClasses {
  const isUsed = new Uint8Array(sets.count);
  const used = entries.peerSet.view();
  for (let entry = 0; entry < used.length; entry++) if (used[entry] !== EVERY_PEER) isUsed[used[entry]!] = 1;
  const partition = new Partition(endpoints.units.count);
  const units = sets.items.view();
  for (let set = 0; set < sets.count; set++) if (isUsed[set] === 1) partition.split(units, sets.start(set), sets.start(set + 1));
  const { classOf, count } = partition.classes();
  const seenIn = new Uint32Array(count);
  const ofSet = new GrowableLists();
  for (let set = 0; set < sets.count; set++) {
    if (isUsed[set] === 1) pushDistinctClasses(units, sets.start(set), sets.start(set + 1), classOf, seenIn, set + 1, ofSet.items);
    ofSet.close();
  }
  return { ofUnit: classOf, count, ofSet: ofSet.columns() };
}

/** The classes of `units[from..to]`, each once, ascending. `seenIn[c]` is `stamp` for those that were met. */
function pushDistinctClasses(
  units: Uint32Array,
  from: number,
  to: number,
  classOf: Uint32Array,
  seenIn: Uint32Array,
  stamp: number,
  into: GrowableUint32,
): void {
  const start = into.length;
  for (let i = from; i < to; i++) {
    const each = classOf[units[i]!]!;
    if (seenIn[each] === stamp) continue;
    seenIn[each] = stamp;
    into.push(each);
  }
  into.sortFrom(start);
}

function judgeOf({ catalogue, policySet: { tiers, onUnmatched }, decisions }: DirectionInput): Judge {
  const lastWord = onUnmatched === 'allow' ? NOT_ISOLATED : UNMATCHED;
  const union = tiers.length === 1 && tiers[0]!.match === 'all';
  return union ? new UnionJudge(decisions, catalogue, lastWord) : new TierJudge(decisions, catalogue, lastWord);
}
