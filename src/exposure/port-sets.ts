/**
 * Sets of ports, numbered, so that equal ones are joined, taken from each other and told once. A set is a sorted list of half-open spans over one axis: the ports of each protocol, then a place for
 * "any other name" of each protocol, then one for each name of a port that rules have.
 */
import type { NamedSpan, PortSpan } from '../matrix/port-verdicts.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';

/** Number of a set. Equal sets have one number. */
export type PortSet = number;

export const NO_PORTS: PortSet = 0;
/** Every port of every protocol, under whichever name. */
export const EVERY_PORT: PortSet = 1;

const STRIDE = 65_536;
/** One place apart from the ports, as names are from each other, so that spans never grow together. */
const OTHER_NAMES = STRIDE * PROTOCOLS.length + 1;
const NAMES = OTHER_NAMES + 2 * PROTOCOLS.length;

type Spans = readonly number[];

/** A name that a destination may give to a port of a protocol. */
export type PortName = number;

export class PortSets {
  private readonly sets: Spans[] = [];
  private readonly numbers = new Map<string, PortSet>();
  private readonly names: { readonly protocol: Protocol; readonly name: string }[] = [];
  private readonly nameNumbers = new Map<string, PortName>();
  private readonly unions = new Map<number, PortSet>();
  private readonly differences = new Map<number, PortSet>();

  constructor() {
    this.of([]);
    this.of(PROTOCOLS.flatMap((protocol) => [...this.places(protocol, 1, STRIDE - 1), ...this.otherNames(protocol)]));
  }

  /** Where ports `from..to` stand: nowhere, when there are none. Port 0 is none. */
  places(protocol: Protocol, from: number, to: number): Spans {
    const base = PROTOCOLS.indexOf(protocol) * STRIDE;
    const [first, last] = [Math.max(from, 1), Math.min(to, STRIDE - 1)];
    return first > last ? [] : [base + first, base + last + 1];
  }

  /** Where every name stands that is not a place of its own. */
  otherNames(protocol: Protocol): [number, number] {
    const place = OTHER_NAMES + 2 * PROTOCOLS.indexOf(protocol);
    return [place, place + 1];
  }

  namePlace(name: PortName): [number, number] {
    return [NAMES + 2 * name, NAMES + 2 * name + 1];
  }

  name(protocol: Protocol, name: string): PortName {
    const key = `${protocol} ${name}`;
    let number = this.nameNumbers.get(key);
    if (number === undefined) {
      number = this.names.length;
      this.nameNumbers.set(key, number);
      this.names.push({ protocol, name });
    }
    return number;
  }

  /** @param spans starts and ends in twos, in any order */
  of(spans: Spans): PortSet {
    const pairs = Array.from({ length: spans.length / 2 }, (_, i) => [spans[2 * i]!, spans[2 * i + 1]!] as const);
    const list: number[] = [];
    for (const [from, end] of pairs.sort(([a], [b]) => a - b)) {
      const last = list.at(-1);
      if (last !== undefined && from <= last) list[list.length - 1] = Math.max(last, end);
      else list.push(from, end);
    }
    return this.intern(list);
  }

  union(a: PortSet, b: PortSet): PortSet {
    if (a === b || b === NO_PORTS) return a;
    if (a === NO_PORTS) return b;
    return this.remember(this.unions, Math.min(a, b) * PAIR + Math.max(a, b), () => this.of([...this.sets[a]!, ...this.sets[b]!]));
  }

  /** What is in `a` and not in `b`. */
  minus(a: PortSet, b: PortSet): PortSet {
    if (a === NO_PORTS || a === b) return NO_PORTS;
    if (b === NO_PORTS) return a;
    return this.remember(this.differences, a * PAIR + b, () => this.intern(difference(this.sets[a]!, this.sets[b]!)));
  }

  both(a: PortSet, b: PortSet): PortSet {
    return this.minus(a, this.minus(a, b));
  }

  /** The same set where these names have places of their own: what holds for every name holds for them. */
  withNames(set: PortSet, names: readonly PortName[]): PortSet {
    if (names.length === 0) return set;
    const meant = names.filter((name) => this.has(set, this.otherNames(this.names[name]!.protocol)[0]));
    return this.union(set, this.of(meant.flatMap((name) => this.namePlace(name))));
  }

  /** Ports by number, in order. */
  spans(set: PortSet): PortSpan[] {
    const spans = this.sets[set]!;
    const told: PortSpan[] = [];
    for (let i = 0; i < spans.length && spans[i]! < OTHER_NAMES; i += 2) {
      const base = Math.floor(spans[i]! / STRIDE) * STRIDE;
      told.push({ protocol: PROTOCOLS[base / STRIDE]!, from: spans[i]! - base, to: spans[i + 1]! - 1 - base });
    }
    return told;
  }

  /** Ports by name, in no order. `names`: those with places of their own. */
  named(set: PortSet, names: readonly PortName[]): Omit<NamedSpan, 'verdicts'>[] {
    return names.flatMap((name) => (this.has(set, this.namePlace(name)[0]) ? [this.names[name]!] : []));
  }

  private has(set: PortSet, place: number): boolean {
    const spans = this.sets[set]!;
    for (let i = spans.length - 2; i >= 0; i -= 2) if (spans[i]! <= place) return place < spans[i + 1]!;
    return false;
  }

  private intern(spans: Spans): PortSet {
    const key = spans.join();
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.sets.length;
      this.numbers.set(key, number);
      this.sets.push(spans);
    }
    return number;
  }

  private remember(known: Map<number, PortSet>, key: number, make: () => PortSet): PortSet {
    let found = known.get(key);
    if (found === undefined) {
      if (known.size > MOST_KNOWN) known.clear();
      found = make();
      known.set(key, found);
    }
    return found;
  }
}

const PAIR = 2 ** 26;
const MOST_KNOWN = 200_000;

function difference(a: Spans, b: Spans): number[] {
  const left: number[] = [];
  let k = 0;
  for (let i = 0; i < a.length; i += 2) {
    let from = a[i]!;
    const end = a[i + 1]!;
    while (k < b.length && b[k + 1]! <= from) k += 2;
    for (let j = k; j < b.length && b[j]! < end; j += 2) {
      if (b[j]! > from) left.push(from, b[j]!);
      from = Math.max(from, b[j + 1]!);
    }
    if (from < end) left.push(from, end);
  }
  return left;
}
