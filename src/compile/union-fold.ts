/**
 * The fold of a single tier in which every match counts (NetworkPolicy alone). Order means nothing there, so the entries that are active on every port are folded once per
 * subject class and each segment of port classes adds its own on top: the cost is what differs between segments, not what they share.
 *
 * A node is a set of matched entries: the node before, and one atom more. Peer classes that nothing names stay at node 0.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { ISOLATED_NO_RULE, NOT_ISOLATED, UNMATCHED } from '../tables/decisions.ts';
import { ALLOW, NONE_32, PAGE_CELLS_32, pagesFor, UNKNOWN } from '../tables/layout.ts';
import type { DecisionTable } from './decisions.ts';
import { type ActiveEntry, type Fold, pagesOf, type SubjectEntries } from './fold.ts';
import { EVERY_PEER } from './peer-sets.ts';
import type { RowStore } from './row-store.ts';

export class UnionFold implements Fold {
  private readonly rows: RowStore;
  private readonly decisions: DecisionTable;
  private readonly onUnmatched: 'allow' | 'deny';
  /** Node of each peer class. */
  private readonly node: Uint32Array;
  private readonly seenPages: Uint8Array;

  // Nodes of the current subject class.
  private readonly parent = new GrowableUint32();
  private readonly entryOf: (ActiveEntry | undefined)[] = [];
  private readonly movedIn = new GrowableUint32();
  private readonly movedTo = new GrowableUint32();
  private readonly decision = new GrowableUint32();
  private moves = 0;
  /** Entries for every peer that are active: part of every node. */
  private forAll: readonly ActiveEntry[] = [];
  private isolated = false;

  constructor(rows: RowStore, decisions: DecisionTable, peerClasses: number, onUnmatched: 'allow' | 'deny') {
    this.rows = rows;
    this.decisions = decisions;
    this.onUnmatched = onUnmatched;
    this.node = new Uint32Array(peerClasses);
    this.seenPages = new Uint8Array(pagesFor(peerClasses, PAGE_CELLS_32));
  }

  rowsOf({ everywhere, segments, isolated }: SubjectEntries): number[] {
    this.isolated = isolated[0]!;
    this.reset();
    this.forAll = everywhere.filter(({ peers }) => peers === EVERY_PEER);
    const touched: number[] = [];
    for (const entry of everywhere) this.apply(entry, touched, undefined);
    const base = this.write(this.rows.uniform(this.decisionOf(0)), touched);
    const rowOfKey = new Map<string, number>();
    const rows = segments.map(({ entries, key }) => {
      let row = rowOfKey.get(key);
      if (row === undefined) {
        row = this.segmentRow(entries, base, touched);
        rowOfKey.set(key, row);
      }
      return row;
    });
    for (const peer of touched) this.node[peer] = 0;
    return rows;
  }

  /** The row of a segment: the base row and what these entries change. Leaves the nodes as they were. */
  private segmentRow(entries: readonly ActiveEntry[], base: number, baseTouched: readonly number[]): number {
    const touched: number[] = [];
    const before: number[] = [];
    for (const entry of entries) this.apply(entry, touched, before);
    const more = entries.filter(({ peers }) => peers === EVERY_PEER);
    const forAll = this.forAll;
    let row: number;
    if (more.length === 0) {
      row = this.write(base, touched);
    } else {
      // Every node stands for more than before, so nothing that was decided holds for this segment.
      this.forAll = [...forAll, ...more];
      this.decision.fill(NONE_32);
      row = this.write(this.rows.uniform(this.decisionOf(0)), [...baseTouched, ...touched]);
      this.forAll = forAll;
      this.decision.fill(NONE_32);
    }
    for (let i = touched.length - 1; i >= 0; i--) this.node[touched[i]!] = before[i]!;
    return row;
  }

  /** Moves the peer classes of an entry. Notes those that move, with the nodes they come from when `before` is given, and otherwise only those that leave node 0. */
  private apply(entry: ActiveEntry, touched: number[], before: number[] | undefined): void {
    if (entry.peers === EVERY_PEER) return;
    const { node, movedIn, movedTo } = this;
    const move = ++this.moves;
    for (let i = 0; i < entry.peers.length; i++) {
      const peer: number = entry.peers[i]!;
      const from = node[peer]!;
      if (before !== undefined) {
        touched.push(peer);
        before.push(from);
      } else if (from === 0) {
        touched.push(peer);
      }
      if (movedIn.get(from) !== move) {
        movedIn.set(from, move);
        movedTo.set(from, this.addNode(from, entry));
      }
      node[peer] = movedTo.get(from);
    }
  }

  private write(template: number, touched: readonly number[]): number {
    if (touched.length === 0) return template;
    const { node } = this;
    return this.rows.derive(template, pagesOf(touched, this.seenPages), (page, into) => {
      for (let cell = 0; cell < PAGE_CELLS_32; cell++) {
        const peer = page * PAGE_CELLS_32 + cell;
        into[cell] = this.decisionOf(peer < node.length ? node[peer]! : 0);
      }
    });
  }

  private decisionOf(node: number): number {
    let decision = this.decision.get(node);
    if (decision === NONE_32) {
      decision = this.decide(node);
      this.decision.set(node, decision);
    }
    return decision;
  }

  /** What the entries of a node say together: allow wins over unknown, and both over what isolation says. */
  private decide(node: number): number {
    const allowing: number[] = [];
    const doubtful: number[] = [];
    const add = ({ atom, action }: ActiveEntry): void => {
      (action === 'allow' ? allowing : doubtful).push(atom);
    };
    this.forAll.forEach(add);
    for (let at = node; at !== 0; at = this.parent.get(at)) add(this.entryOf[at]!);
    if (allowing.length > 0) return this.decisions.ofRules(ALLOW, allowing);
    if (doubtful.length > 0) return this.decisions.ofRules(UNKNOWN, doubtful);
    if (this.isolated) return ISOLATED_NO_RULE;
    return this.onUnmatched === 'allow' ? NOT_ISOLATED : UNMATCHED;
  }

  private addNode(parent: number, entry: ActiveEntry | undefined): number {
    this.parent.push(parent);
    this.entryOf.push(entry);
    this.movedIn.push(0);
    this.movedTo.push(0);
    this.decision.push(NONE_32);
    return this.parent.length - 1;
  }

  private reset(): void {
    for (const column of [this.parent, this.movedIn, this.movedTo, this.decision]) column.length = 0;
    this.entryOf.length = 0;
    this.addNode(0, undefined);
  }
}
