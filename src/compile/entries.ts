/**
 * Entries: atoms with their peer set and the interval of port classes in which they are active. One direction at a time.
 * A named port has no number of its own: on egress it becomes an entry per number that destinations give it, on ingress it is resolved per subject.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { GrowableLists } from '../lib/growable-lists.ts';
import type { NamedPort } from '../model/cluster.ts';
import type { PortMatch, Rule } from '../model/policy.ts';
import { type Direction, PROTOCOLS } from '../model/protocol.ts';
import type { Catalogue } from './catalogue.ts';
import type { Endpoints } from './endpoints.ts';
import type { NamedSets } from './named-sets.ts';
import { NOTHING_OPEN, type PeerSets } from './peer-sets.ts';
import { PortBoundaries, type PortClasses } from './ports.ts';

/** An ingress atom whose port is a name: which number it has depends on the subject. */
interface NamedEntry {
  readonly atom: number;
  readonly peerSet: number;
  readonly port: NamedPortMatch;
}

type NamedPortMatch = PortMatch & { readonly kind: 'named' };

/** What entries are made of. */
export interface EntryInput {
  readonly direction: Direction;
  readonly catalogue: Catalogue;
  readonly named: NamedSets;
  readonly peerSets: PeerSets;
}

/** What policies contribute is below for entries, and from here on for named entries still to be resolved. */
const FIRST_NAMED = 2 ** 31;

export class Entries {
  readonly atom = new GrowableUint32();
  readonly peerSet = new GrowableUint32();
  /** Active in port classes `first..last`. */
  readonly first = new GrowableUint32();
  readonly last = new GrowableUint32();
  /** What each policy contributes, in atom order. */
  private readonly ofPolicies = new GrowableLists();
  private readonly named: NamedEntry[] = [];
  private readonly resolved = new Map<string, number>();
  private readonly ports: PortClasses;

  constructor(ports: PortClasses) {
    this.ports = ports;
  }

  /** Makes the entries of the next policy. */
  addPolicy(policy: number, input: EntryInput): void {
    const { catalogue, direction, named } = input;
    const { items } = this.ofPolicies;
    const past = catalogue.rulesTo(policy, direction);
    for (let rule = catalogue.rulesFrom(policy, direction); rule < past; rule++) {
      const { peers, ports, action } = catalogue.ruleList[rule]!;
      if (action === 'log') continue;
      const portCount = ports === 'any' ? 1 : ports.length;
      const peerCount = named.start[rule + 1]! - named.start[rule]!;
      for (let p = 0; p < peerCount; p++) {
        const certainSet = named.certain.get(named.start[rule]! + p);
        const openSet = named.open.get(named.start[rule]! + p);
        const open = openSet !== NOTHING_OPEN;
        for (let q = 0; q < portCount; q++) {
          const port = ports === 'any' ? 'any' : ports[q]!;
          for (let certain = 1; certain >= (open ? 0 : 1); certain--) {
            const atom = catalogue.addAtom(rule, peers === 'any' ? undefined : p, port === 'any' ? undefined : q, certain === 0);
            const set = certain === 1 ? certainSet : openSet;
            if (port === 'any' || port.kind === 'range') items.push(this.ofRange(atom, set, port));
            else if (direction === 'ingress') items.push(FIRST_NAMED + this.named.push({ atom, peerSet: set, port }) - 1);
            else this.ofName(atom, set, port, input.peerSets);
          }
        }
      }
    }
    this.ofPolicies.close();
  }

  /** The atom and the peer set of each entry of a policy, resolved or not. */
  *describe(policy: number): Generator<readonly [atom: number, peerSet: number]> {
    for (let i = this.ofPolicies.start(policy); i < this.ofPolicies.start(policy + 1); i++) {
      const entry = this.ofPolicies.items.get(i);
      const unresolved = this.named[entry - FIRST_NAMED];
      yield unresolved === undefined ? [this.atom.get(entry), this.peerSet.get(entry)] : [unresolved.atom, unresolved.peerSet];
    }
  }

  /** The entries of one peer with certain numbers: nearly all entries. */
  private ofRange(atom: number, peerSet: number, port: (PortMatch & { readonly kind: 'range' }) | 'any'): number {
    if (port === 'any') return this.add(atom, peerSet, 0, this.ports.count - 1);
    return this.addPorts(atom, peerSet, PROTOCOLS.indexOf(port.protocol), port.from, port.to);
  }

  /** The entries of one peer with a port that destinations know by name. */
  private ofName(atom: number, peerSet: number, { protocol: asked, name }: NamedPortMatch, peerSets: PeerSets): void {
    for (const protocol of asked === 'any' ? PROTOCOLS : [asked]) {
      for (const { port, set } of peerSets.byPortNumber(peerSet, protocol, name)) {
        this.ofPolicies.items.push(this.addPorts(atom, set, PROTOCOLS.indexOf(protocol), port, port));
      }
    }
  }

  /** The entries of a policy for a subject with these named ports. */
  resolve(policy: number, subjectPorts: readonly NamedPort[], into: number[]): void {
    const { items } = this.ofPolicies;
    const past = this.ofPolicies.start(policy + 1);
    for (let i = this.ofPolicies.start(policy); i < past; i++) {
      if (items.get(i) < FIRST_NAMED) into.push(items.get(i));
      else this.resolveName(this.named[items.get(i) - FIRST_NAMED]!, subjectPorts, into);
    }
  }

  private resolveName({ atom, peerSet, port }: NamedEntry, subjectPorts: readonly NamedPort[], into: number[]): void {
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
export function classifyPorts({ ruleList }: Catalogue, numbers: ReadonlyMap<string, readonly number[]>): PortClasses {
  const boundaries = new PortBoundaries();
  let last: Rule['ports'] = 'any';
  for (let i = 0; i < ruleList.length; i++) {
    const { ports } = ruleList[i]!;
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
