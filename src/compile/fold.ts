/**
 * Folding tiers into rows. For one subject class come in its entries and the segments of port classes in which they are active, out goes a row for each segment: for every peer class,
 * which decision. What applies to a peer class is decided by the atoms that match it alone, so the entries that are active on every port are folded once per subject class and each segment adds
 * its own on top: the cost is what differs between segments, not what they share.
 *
 * What a peer class has met is a node (fold-nodes.ts). Peer classes that nothing names stay at node 0.
 */
import { sortStart } from '../lib/ascending.ts';
import type { Grouping } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { NumberSet } from '../lib/number-set.ts';
import { newWords } from '../lib/words.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { Entries } from './entries.ts';
import { FoldNodes } from './fold-nodes.ts';
import type { Hiding } from './hiding.ts';
import { EVERY_PEER } from './peer-sets.ts';
import type { RowStore } from './row-store.ts';
import type { Segments } from './segments.ts';

/** What the tiers say of a flow. */
export interface Judge {
  /** The decision where the first `count` of `atoms` match, which are ascending. `isolated`, 0 or 1 for each tier: does it hold a policy that isolates the subject? The atoms may be overwritten. */
  decide(atoms: Uint32Array, count: number, isolated: Uint8Array): number;
}

export class Fold {
  private readonly rows: RowStore;
  private readonly entries: Entries;
  /** The peer classes of each peer set. */
  private readonly peers: Grouping;
  private readonly judge: Judge;
  private readonly hiding: Hiding;
  /** Node of each peer class; 0 between subject classes. */
  private readonly node: Uint32Array;
  /** The rows of the lists of entries that segments of the current subject class have, or NONE_32. */
  private readonly rowOfList = new GrowableUint32();

  private readonly nodes: FoldNodes;
  private isolated: Uint8Array = new Uint8Array(0);
  /** Atoms for every peer that are active: part of every node. */
  private readonly forAll = new GrowableUint32();

  /** Peer classes that have left node 0 for entries that are active everywhere. */
  private readonly touched = new GrowableUint32();
  /** Peer classes that a segment moves, once for each move, and the nodes that they leave. */
  private readonly moved = new GrowableUint32();
  private readonly left = new GrowableUint32();

  /** Of each peer set, the first atom that it was met by and that hides others, if `hiderIn` is the number of this run over entries. */
  private readonly hiderOf: Uint32Array;
  private readonly hiderIn: Uint32Array;
  private runs = 0;

  // What is being written or decided.
  private readonly changed: NumberSet;
  private readonly changedPeers = new GrowableUint32();
  private readonly newDecisions = new GrowableUint32();
  private readonly matched: Uint32Array;

  constructor(rows: RowStore, entries: Entries, peers: Grouping, peerClasses: number, judge: Judge, hiding: Hiding) {
    this.rows = rows;
    this.entries = entries;
    this.peers = peers;
    this.judge = judge;
    this.hiding = hiding;
    this.nodes = new FoldNodes(hiding);
    this.node = new Uint32Array(peerClasses);
    this.hiderOf = new Uint32Array(peers.start.length);
    this.hiderIn = new Uint32Array(peers.start.length);
    this.changed = new NumberSet(peerClasses);
    this.matched = newWords(entries.atom.length);
  }

  /** Pushes the row of each segment. `isolated`: as for the judge. */
  rowsOf(segments: Segments, isolated: Uint8Array, into: GrowableUint32): void {
    const { touched, node, rowOfList } = this;
    const { everywhere, list } = segments;
    rowOfList.clear(segments.listCount);
    rowOfList.fill(NONE_32);
    this.isolated = isolated;
    this.nodes.clear();
    touched.length = this.forAll.length = 0;
    this.runs++;
    for (let i = 0; i < everywhere.length; i++) this.apply(everywhere.get(i), false);
    // Where every segment has entries of its own nobody sees what the others say alone: it must not be among the decisions.
    const base = segments.isEverySegmentOwn() ? NONE_32 : this.write(NONE_32, touched, NO_PEERS);
    for (let i = 0; i < list.length; i++) {
      const each = list.get(i);
      if (rowOfList.get(each) === NONE_32) rowOfList.set(each, this.segmentRow(segments, i, base));
      into.push(rowOfList.get(each));
    }
    for (let i = 0; i < touched.length; i++) node[touched.get(i)] = 0;
  }

  /** The row of a segment: the base row, where there is one, and what these entries change. Leaves the nodes as they were. */
  private segmentRow({ start, active }: Segments, segment: number, base: number): number {
    const end = start.get(segment + 1);
    if (start.get(segment) === end) return base;
    const { moved, left, forAll, nodes, node } = this;
    moved.length = left.length = 0;
    this.runs++;
    const forAllBefore = forAll.length;
    const nodesBefore = nodes.count;
    for (let i = start.get(segment); i < end; i++) this.apply(active.get(i), true);
    // Where it has entries for every peer, every node stands for more than before: nothing that was decided holds for this segment.
    const hasMore = forAll.length > forAllBefore;
    if (hasMore) nodes.decision.fill(NONE_32);
    const row = hasMore || base === NONE_32 ? this.write(NONE_32, moved, this.touched) : this.write(base, moved, NO_PEERS);
    if (hasMore) nodes.decision.fill(NONE_32);
    forAll.length = forAllBefore;
    for (let i = moved.length - 1; i >= 0; i--) node[moved.get(i)] = left.get(i);
    nodes.forgetFrom(nodesBefore);
    return row;
  }

  /** Moves the peer classes of an entry on. Notes those that leave node 0 in `touched`, or, in a segment, all that move in `moved`. */
  private apply(entry: number, inSegment: boolean): void {
    const { node, nodes, peers, entries, touched, moved, left } = this;
    const set = entries.peerSet.get(entry);
    const atom = entries.atom.get(entry);
    if (set === EVERY_PEER) {
      this.forAll.push(atom);
      return;
    }
    if (this.isHiddenIn(set, atom)) return;
    for (let i = peers.start[set]!; i < peers.start[set + 1]!; i++) {
      const peer = peers.items[i]!;
      const from = node[peer]!;
      const to = nodes.after(from, atom);
      if (to === from) continue;
      if (inSegment) {
        moved.push(peer);
        left.push(from);
      } else if (from === 0) {
        touched.push(peer);
      }
      node[peer] = to;
    }
  }

  /** Have all peer classes of the set met an atom in this run that hides this one? */
  private isHiddenIn(set: number, atom: number): boolean {
    const { hiding, hiderOf, hiderIn, runs } = this;
    if (hiderIn[set] === runs) return hiding.isHidden(atom, hiderOf[set]!);
    if (!hiding.hides(atom)) return false;
    hiderIn[set] = runs;
    hiderOf[set] = atom;
    return false;
  }

  /** The row in which these peer classes have the decisions of their nodes, and the others those of `template`; without one, they are at node 0. */
  private write(template: number, some: GrowableUint32, others: GrowableUint32): number {
    const { newDecisions, node, rows } = this;
    const peers = others.length === 0 && isAscending(some) ? some : this.inOrder(some, others);
    newDecisions.length = 0;
    // Where every peer class has left node 0 nobody sees what is decided there: it must not be among the decisions.
    let like = template;
    if (like === NONE_32 && peers.length < node.length) like = rows.uniform(this.decisionOf(0));
    for (let i = 0; i < peers.length; i++) newDecisions.push(this.decisionOf(node[peers.get(i)]!));
    if (like === NONE_32) like = rows.uniform(newDecisions.get(0));
    return peers.length === 0 ? like : rows.derive(like, peers, newDecisions);
  }

  private inOrder(some: GrowableUint32, others: GrowableUint32): GrowableUint32 {
    const { changed, changedPeers } = this;
    for (let i = 0; i < some.length; i++) changed.add(some.get(i));
    for (let i = 0; i < others.length; i++) changed.add(others.get(i));
    changed.drain(changedPeers);
    return changedPeers;
  }

  private decisionOf(node: number): number {
    const known = this.nodes.decision.get(node);
    if (known !== NONE_32) return known;
    const { matched, forAll, nodes } = this;
    for (let i = 0; i < forAll.length; i++) matched[i] = forAll.get(i);
    const count = nodes.atomsOf(node, matched, forAll.length);
    sortStart(matched, count);
    const decision = this.judge.decide(matched, count, this.isolated);
    nodes.decision.set(node, decision);
    return decision;
  }
}

/** So it is where one entry is active. */
function isAscending(numbers: GrowableUint32): boolean {
  for (let i = 1; i < numbers.length; i++) if (numbers.get(i) <= numbers.get(i - 1)) return false;
  return true;
}

const NO_PEERS = new GrowableUint32();
