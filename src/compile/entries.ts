/**
 * Entries: atoms with their peer set and the interval of port classes in which they are active. One direction at a time.
 * A named port has no number of its own: on egress it becomes an entry per number that destinations give it, on ingress it is resolved per subject.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import type { NamedPort } from '../model/cluster.ts';
import type { Peer, PortMatch, Rule } from '../model/policy.ts';
import { type Direction, PROTOCOLS } from '../model/protocol.ts';
import type { Catalogue } from './catalogue.ts';
import type { Endpoints } from './endpoints.ts';
import type { PeerSets, ResolvedPort } from './peer-sets.ts';
import { PortBoundaries, type PortClasses } from './ports.ts';

/** An ingress atom whose port is a name: which number it has depends on the subject. */
interface NamedEntry {
  readonly atom: number;
  readonly peerSet: number;
  readonly port: PortMatch & { readonly kind: 'named' };
}

/** What a policy contributes in one direction, in atom order: entry numbers, and named entries still to be resolved. */
export type PolicyEntries = readonly (number | NamedEntry)[];

const NO_ENTRIES: PolicyEntries = [];

export class Entries {
  readonly atom = new GrowableUint32();
  readonly peerSet = new GrowableUint32();
  /** Active in port classes `first..last`. */
  readonly first = new GrowableUint32();
  readonly last = new GrowableUint32();
  private readonly resolved = new Map<string, number>();
  private readonly ports: PortClasses;

  constructor(ports: PortClasses) {
    this.ports = ports;
  }

  /** The entries of one policy. `numbers` gives the numbers that destinations know a port name by. */
  ofPolicy(
    catalogue: Catalogue,
    policy: number,
    direction: Direction,
    peerSets: PeerSets,
    numbers: ReadonlyMap<string, readonly number[]>,
  ): PolicyEntries {
    const rules = catalogue.policies[policy]!.rules[direction];
    if (rules.length === 0) return NO_ENTRIES;
    const entries: (number | NamedEntry)[] = [];
    for (let r = 0; r < rules.length; r++) {
      const rule = rules[r]!;
      const { peers, ports, action } = catalogue.rules[rule]!.rule;
      if (action === 'log') continue;
      const peerCount = peers === 'any' ? 1 : peers.length;
      const portCount = ports === 'any' ? 1 : ports.length;
      for (let p = 0; p < peerCount; p++) {
        const peer = peers === 'any' ? 'any' : peers[p]!;
        const open = peerSets.internOpen(peer) !== undefined;
        for (let q = 0; q < portCount; q++) {
          const port = ports === 'any' ? 'any' : ports[q]!;
          for (let certain = 1; certain >= (open ? 0 : 1); certain--) {
            const atom = catalogue.addAtom(rule, peer === 'any' ? undefined : p, port === 'any' ? undefined : q, certain === 0);
            if (certain === 1 && (port === 'any' || port.kind === 'range')) entries.push(this.ofRange(atom, peerSets.intern(peer), port));
            else this.ofPair({ atom, peer, open: certain === 0, peerSets }, port, direction, numbers, entries);
          }
        }
      }
    }
    // A list for each policy, most with one entry or none: the copy has no room to grow.
    return entries.length === 0 ? NO_ENTRIES : entries.slice();
  }

  /** The entry of one peer with certain numbers: nearly all entries. */
  private ofRange(atom: number, peerSet: number, port: (PortMatch & { readonly kind: 'range' }) | 'any'): number {
    if (port === 'any') return this.add(atom, peerSet, 0, this.ports.count - 1);
    return this.addPorts(atom, peerSet, PROTOCOLS.indexOf(port.protocol), port.from, port.to);
  }

  /** The entries of one peer with one port. */
  private ofPair(
    pair: Pair,
    port: PortMatch | 'any',
    direction: Direction,
    numbers: ReadonlyMap<string, readonly number[]>,
    entries: (number | NamedEntry)[],
  ): void {
    const { atom } = pair;
    if (port === 'any' || port.kind === 'range') {
      entries.push(this.ofRange(atom, setOf(pair)!, port));
    } else if (direction === 'ingress') {
      entries.push({ atom, peerSet: setOf(pair)!, port });
    } else {
      for (const protocol of port.protocol === 'any' ? PROTOCOLS : [port.protocol]) {
        for (const number of numbers.get(portName({ protocol, name: port.name })) ?? []) {
          const set = setOf(pair, { protocol, name: port.name, port: number });
          if (set !== undefined) entries.push(this.addPorts(atom, set, PROTOCOLS.indexOf(protocol), number, number));
        }
      }
    }
  }

  /** The entries of a policy for a subject with these named ports. */
  resolve(policyEntries: PolicyEntries, subjectPorts: readonly NamedPort[], into: number[]): void {
    for (const entry of policyEntries) {
      if (typeof entry === 'number') {
        into.push(entry);
        continue;
      }
      const { atom, peerSet, port } = entry;
      for (const declared of subjectPorts) {
        if (declared.name !== port.name || (port.protocol !== 'any' && declared.protocol !== port.protocol)) continue;
        const key = `${atom} ${declared.protocol} ${declared.port}`;
        let number = this.resolved.get(key);
        if (number === undefined) {
          number = this.addPorts(atom, peerSet, PROTOCOLS.indexOf(declared.protocol), declared.port, declared.port);
          this.resolved.set(key, number);
        }
        if (!into.includes(number)) into.push(number);
      }
    }
  }

  private addPorts(atom: number, peerSet: number, protocol: number, from: number, to: number): number {
    return this.add(atom, peerSet, this.ports.classOf(protocol, from), this.ports.classOf(protocol, to));
  }

  private add(atom: number, peerSet: number, first: number, last: number): number {
    this.atom.push(atom);
    this.peerSet.push(peerSet);
    this.first.push(first);
    this.last.push(last);
    return this.atom.length - 1;
  }
}

/** An atom, and the peers that it is about: those that match for certain, or those that may. */
interface Pair {
  readonly atom: number;
  readonly peer: Peer | 'any';
  readonly open: boolean;
  readonly peerSets: PeerSets;
}

/** All of the peers, or those that give a port name a number. */
function setOf({ peer, open, peerSets }: Pair, named?: ResolvedPort): number | undefined {
  return open ? peerSets.internOpen(peer, named) : peerSets.intern(peer, named);
}

/** The numbers that pods give each port name that rules mention, by `protocol/name`. */
export function numbersOfNames({ units }: Endpoints): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, number[]>();
  for (const ports of units.namedPorts) {
    for (const declared of ports) {
      const list = numbers.get(portName(declared)) ?? [];
      if (!list.includes(declared.port)) list.push(declared.port);
      numbers.set(portName(declared), list);
    }
  }
  return numbers;
}

/** Port classes from every number and range in the rules and every number that a named port stands for. */
export function classifyPorts({ rules }: Catalogue, numbers: ReadonlyMap<string, readonly number[]>): PortClasses {
  const boundaries = new PortBoundaries();
  let last: Rule['ports'] = 'any';
  for (let i = 0; i < rules.length; i++) {
    const { ports } = rules[i]!.rule;
    // Neighbours often have one list.
    if (ports === 'any' || ports === last) continue;
    last = ports;
    for (const port of ports) {
      if (port.kind === 'range') {
        boundaries.add(PROTOCOLS.indexOf(port.protocol), port.from, port.to);
        continue;
      }
      for (const [index, protocol] of PROTOCOLS.entries()) {
        if (port.protocol !== 'any' && port.protocol !== protocol) continue;
        for (const number of numbers.get(portName({ protocol, name: port.name })) ?? []) boundaries.add(index, number, number);
      }
    }
  }
  return boundaries.classes();
}

function portName({ protocol, name }: { readonly protocol: string; readonly name: string }): string {
  return `${protocol}/${name}`;
}
