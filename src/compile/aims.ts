/**
 * Aims: for every entry, a subject class and some peer classes to which it applies, so that generated traffic can be sent at rules and at their edges.
 */

import type { Grouping } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import type { Catalogue } from './catalogue.ts';
import type { Entries } from './entries.ts';
import { EVERY_PEER } from './peer-sets.ts';
import type { PortClasses } from './ports.ts';

export class Aims {
  readonly rule = new GrowableUint32();
  readonly subject = new GrowableUint32();
  readonly peer = new GrowableUint32();
  readonly protocol = new GrowableUint32();
  readonly fromPort = new GrowableUint32();
  readonly toPort = new GrowableUint32();
  /** 1 for entries that were met. */
  private readonly seen: Uint8Array;
  private readonly peersOfSet: Grouping;
  private readonly peerOfUnit: Uint32Array;

  /** `peerOfUnit` gives the peer class of every unit; a rule for every peer is aimed at a few of them. */
  constructor(entries: number, peersOfSet: Grouping, peerOfUnit: Uint32Array) {
    this.seen = new Uint8Array(entries);
    this.peersOfSet = peersOfSet;
    this.peerOfUnit = peerOfUnit;
  }

  /** Notes the entry with the first subject class it is met in. An entry that no peer can match has no aim. */
  add(entry: number, subject: number, entries: Entries, catalogue: Catalogue, ports: PortClasses): void {
    if (this.seen[entry] === 1) return;
    this.seen[entry] = 1;
    const { peersOfSet, peerOfUnit } = this;
    const rule = catalogue.atomRule.get(entries.atom.get(entry));
    const first = entries.first.get(entry);
    const last = entries.last.get(entry);
    const set = entries.peerSet.get(entry);
    const classes = set === EVERY_PEER ? peerOfUnit : peersOfSet.items;
    const from = set === EVERY_PEER ? 0 : peersOfSet.start[set]!;
    const to = set === EVERY_PEER ? peerOfUnit.length : peersOfSet.start[set + 1]!;
    if (from === to) return;
    // First, middle and last, as far as there are so many.
    const low = classes[from]!;
    const middle = classes[from + ((to - 1 - from) >>> 1)]!;
    const high = classes[to - 1]!;
    this.push(rule, subject, low, first, last, ports);
    if (middle !== low) this.push(rule, subject, middle, first, last, ports);
    if (high !== low && high !== middle) this.push(rule, subject, high, first, last, ports);
  }

  private push(rule: number, subject: number, peer: number, first: number, last: number, ports: PortClasses): void {
    this.rule.push(rule);
    this.subject.push(subject);
    this.peer.push(peer);
    // An entry for every port of every protocol ends with the last port of the last protocol; its aims are at all ports of the first.
    this.protocol.push(ports.protocol[first]!);
    this.fromPort.push(ports.first[first]!);
    this.toPort.push(ports.last[last]!);
  }
}
