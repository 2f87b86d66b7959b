/**
 * Aims: for every entry, a subject class and some peer classes to which it applies, so that generated traffic can be sent at rules and at their edges.
 */
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
  private readonly seen = new Set<number>();
  private readonly classesOf: (peerSet: number) => Uint32Array | typeof EVERY_PEER;
  private readonly someClasses: readonly number[];

  /** `peerOfUnit` gives the peer class of every unit; a rule for every peer is aimed at a few of them. */
  constructor(classesOf: (peerSet: number) => Uint32Array | typeof EVERY_PEER, peerOfUnit: Uint32Array) {
    this.classesOf = classesOf;
    this.someClasses = sample(peerOfUnit);
  }

  /** Notes the entry with the first subject class it is met in. An entry that no peer can match has no aim. */
  add(entry: number, subject: number, entries: Entries, catalogue: Catalogue, ports: PortClasses): void {
    if (this.seen.has(entry)) return;
    this.seen.add(entry);
    const first = entries.first.get(entry);
    const last = entries.last.get(entry);
    const classes = this.classesOf(entries.peerSet.get(entry));
    for (const peer of classes === EVERY_PEER ? this.someClasses : sample(classes)) {
      this.rule.push(catalogue.atomRule.get(entries.atom.get(entry)));
      this.subject.push(subject);
      this.peer.push(peer);
      // An entry for every port of every protocol ends with the last port of the last protocol; its aims are at all ports of the first.
      this.protocol.push(ports.protocol[first]!);
      this.fromPort.push(ports.first[first]!);
      this.toPort.push(ports.last[last]!);
    }
  }
}

/** First, middle and last, as far as there are so many. */
function sample(classes: Uint32Array): readonly number[] {
  const last = classes.length - 1;
  if (last < 0) return NO_CLASSES;
  const [low, middle, high] = [classes[0]!, classes[last >>> 1]!, classes[last]!];
  const found = [low];
  if (middle !== low) found.push(middle);
  if (high !== low && high !== middle) found.push(high);
  return found;
}

const NO_CLASSES: readonly number[] = [];
