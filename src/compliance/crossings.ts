/**
 * Every connection that is not denied, over the boundary of a zone or inside of it: all pairs of ends at all ports, none sampled. Ends that neither policies nor listed paths tell apart are judged once for all of
 * them. Ports are cut where a listed path begins or ends.
 */
import { VERDICTS } from '../evaluate/explain.ts';
import type { FlowDecision } from '../evaluate/reader.ts';
import { type Deciding, decidingOf } from '../expectations/deciding.ts';
import type { PortSpan } from '../expectations/wanted-ports.ts';
import { append } from '../lib/append.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import { joinPorts } from '../reach/joint-ports.ts';
import { DENY, UNKNOWN } from '../tables/layout.ts';
import { livePairs } from './live-pairs.ts';
import { isOpenBlock, ruleKey } from './unknown-addresses.ts';
import type { Way } from './zone.ts';
import { type Atom, covers, type ZoneWorld } from './zone-world.ts';

/** Pairs of ends that say the same at these ports. Not meant are pairs that are none: see `live-pairs.ts`. */
export interface Crossing {
  readonly from: readonly Atom[];
  readonly to: readonly Atom[];
  readonly ports: readonly PortSpan[];
  readonly verdict: 'allow' | 'unknown';
  readonly deciding: readonly Deciding[];
  /** Numbers of the units of the zone that cover it; none: it is not listed. */
  readonly units: readonly number[];
}

/** Atoms in one role that nothing tells apart. */
interface Group {
  readonly atoms: readonly Atom[];
  readonly family: number;
  /** Numbers of the units whose end of this role covers it. */
  readonly units: readonly number[];
  /** Of destinations: the ports that each of `units` asks for there. */
  readonly wanted: readonly (readonly PortSpan[])[];
}

export function crossings(world: ZoneWorld, way: Way): Crossing[] {
  const from = groupAtoms(world, way, 'from', way === 'in' ? world.outside : world.inside);
  const to = groupAtoms(world, way, 'to', way === 'out' ? world.outside : world.inside);
  return new PairWalk(world, way).run(from, to);
}

function groupAtoms(world: ZoneWorld, way: Way, role: 'from' | 'to', atoms: readonly Atom[]): Group[] {
  const { endpointFamily, endpointEgressSubject, endpointIngressSubject, endpointEgressPeer, endpointIngressPeer } =
    world.cluster.tables.columns;
  const [subject, peer] = role === 'from' ? [endpointEgressSubject, endpointIngressPeer] : [endpointIngressSubject, endpointEgressPeer];
  const own = world.units.map((unit, number) => ({ unit, number })).filter(({ unit }) => unit.way === way);
  const groups = new Map<string, Atom[]>();
  const heads = new Map<string, Omit<Group, 'atoms'>>();
  for (const atom of atoms) {
    const { endpoint, range } = atom;
    const covering = own.filter(({ unit }) => covers(unit[role], atom));
    const family = endpointFamily[endpoint]!;
    const wanted = covering.map(({ unit }) => (role === 'from' ? undefined : unit.chooser.of({ endpoints: [endpoint], family, name: '' })));
    const key = JSON.stringify([
      subject[endpoint],
      peer[endpoint],
      family,
      range !== undefined,
      covering.map(({ number }, i) => [number, wanted[i]?.key]),
    ]);
    append(groups, key, atom);
    if (heads.has(key)) continue;
    heads.set(key, { family, units: covering.map(({ number }) => number), wanted: wanted.map((each) => each?.spans ?? []) });
  }
  return [...groups].map(([key, members]) => ({ ...heads.get(key)!, atoms: members }));
}

/** What one port of a pair says; ports of equal keys are told together. */
interface Run {
  readonly span: PortSpan;
  readonly verdict: 'allow' | 'unknown';
  readonly decided: Decided;
  readonly units: readonly number[];
}

/** What decided, and a text that is equal for equal ones. */
interface Decided {
  readonly deciding: readonly Deciding[];
  readonly key: string;
}

class PairWalk {
  private readonly world: ZoneWorld;
  private readonly way: Way;
  private readonly axis: readonly PortSpan[];
  /** By who is judged and decision number: what decided, and its text. */
  private readonly told = new Map<string, Decided>();
  /** Crossings in the order in which they were found, by what they say. */
  private readonly found = new Map<
    string,
    { head: Omit<Crossing, 'from' | 'to'>; pairs: { from: readonly Atom[]; to: readonly Atom[] }[] }
  >();

  constructor(world: ZoneWorld, way: Way) {
    this.world = world;
    this.way = way;
    this.axis = joinPorts([world.cluster.tables]).map(({ protocol, from, to }) => ({
      protocol: PROTOCOLS[protocol]!,
      first: from,
      last: to,
    }));
  }

  run(from: readonly Group[], to: readonly Group[]): Crossing[] {
    for (const destination of to) {
      for (const source of from) {
        if (source.family !== destination.family && source.family !== 0 && destination.family !== 0) continue;
        this.addPair(source, destination);
      }
    }
    return [...this.found.values()].flatMap(({ head, pairs }) => products(pairs).map((each) => ({ ...head, ...each })));
  }

  private addPair(source: Group, destination: Group): void {
    const { reader } = this.world.cluster;
    const live = livePairs(reader, source.atoms, destination.atoms);
    if (live === undefined) return;
    const byKey = new Map<string, Run[]>();
    for (const run of this.runs(live.pair, source, destination)) {
      append(byKey, JSON.stringify([run.verdict, run.units, run.decided.key]), run);
    }
    for (const [key, runs] of byKey) {
      const ports = merged(runs.map(({ span }) => span));
      const [{ verdict, units, decided }] = runs as [Run];
      const whole = JSON.stringify([key, ports]);
      const known = this.found.get(whole) ?? { head: { ports, verdict, deciding: decided.deciding, units }, pairs: [] };
      this.found.set(whole, known);
      known.pairs.push({ from: live.from, to: live.to });
    }
  }

  private *runs([from, to]: readonly [number, number], source: Group, destination: Group): Generator<Run> {
    const { reader } = this.world.cluster;
    const decision: FlowDecision = { egress: 0, ingress: 0, verdict: 0 };
    const listed = destination.units.flatMap((unit, i) =>
      source.units.includes(unit) ? destination.wanted[i]!.map((span) => ({ unit, span })) : [],
    );
    for (const { protocol, first, last } of this.axis) {
      const number = PROTOCOLS.indexOf(protocol);
      const verdict = reader.verdict(from, to, number, first);
      if (verdict === DENY) continue;
      const decided = this.decidedBy(from, to, reader.decide(from, to, number, first, decision));
      const listedHere = verdict === UNKNOWN ? [...listed, ...this.listedByAddress(decided, source, destination, to)] : listed;
      const own = listedHere.filter(({ span }) => span.protocol === protocol && span.first <= last && span.last >= first);
      const starts = new Set([first, ...own.flatMap(({ span }) => [span.first, span.last + 1])]);
      const cuts = [...starts].filter((start) => start >= first && start <= last).sort((a, b) => a - b);
      for (const [i, start] of cuts.entries()) {
        const units = new Set(own.filter(({ span }) => span.first <= start && start <= span.last).map(({ unit }) => unit));
        const span = { protocol, first: start, last: (cuts[i + 1] ?? last + 1) - 1 };
        yield { span, verdict: verdict === UNKNOWN ? 'unknown' : 'allow', decided, units: [...units] };
      }
    }
  }

  /**
   * What lists a connection that a rule by block may open to an end of which no address is known: the units that list every address of these blocks.
   * Wherever the end is, it is listed, or the blocks do not match it.
   */
  private listedByAddress({ deciding }: Decided, source: Group, destination: Group, endpoint: number): { unit: number; span: PortSpan }[] {
    const { units, blocks } = this.world;
    const [far, near, direction] = this.way === 'in' ? (['from', destination, 'ingress'] as const) : (['to', source, 'egress'] as const);
    if (!deciding.every((each) => isOpenBlock(each) && each.direction === direction)) return [];
    const asked = deciding.flatMap((each) => blocks.get(ruleKey(each)) ?? []);
    if (asked.length === 0) return [];
    return near.units.flatMap((unit) => {
      const { chooser, [far]: end } = units[unit]!;
      const isListed = asked.every(({ family, first, last }) =>
        end.owned.some((range) => range.family === family && range.first <= first && last <= range.last),
      );
      if (!isListed) return [];
      return chooser.of({ endpoints: [endpoint], family: 0, name: '' }).spans.map((span) => ({ unit, span }));
    });
  }

  private decidedBy(from: number, to: number, decision: Readonly<FlowDecision>): Decided {
    const { cluster } = this.world;
    const { endpointEgressSubject, endpointIngressSubject } = cluster.tables.columns;
    const key = [endpointEgressSubject[from], endpointIngressSubject[to], decision.egress, decision.ingress].join(' ');
    let known = this.told.get(key);
    if (known === undefined) {
      const reasons = decidingOf(cluster, [from, to], decision, VERDICTS[decision.verdict]!);
      // The rule that stands for an open match is the one that allows.
      const deciding = reasons.map((each): Deciding => (isOpenBlock(each) ? { ...each, action: 'allow' } : each));
      known = { deciding, key: JSON.stringify(deciding) };
      this.told.set(key, known);
    }
    return known;
  }
}

/** Products of ends that say the same, as few as are easily found: those with equal destinations become one, and then those with equal sources. */
function products(pairs: readonly { readonly from: readonly Atom[]; readonly to: readonly Atom[] }[]): Pick<Crossing, 'from' | 'to'>[] {
  const textOf = new Map<Atom, string>();
  const keyOf = (atoms: readonly Atom[]): string => {
    for (const atom of atoms) if (!textOf.has(atom)) textOf.set(atom, String(textOf.size));
    return atoms.map((atom) => textOf.get(atom)).join(' ');
  };
  const byTo = new Map<string, { from: Atom[]; to: readonly Atom[] }>();
  for (const { from, to } of pairs) {
    const key = keyOf(to);
    const known = byTo.get(key) ?? { from: [], to };
    byTo.set(key, known);
    known.from.push(...from);
  }
  const byFrom = new Map<string, { from: readonly Atom[]; to: Atom[] }>();
  for (const { from, to } of byTo.values()) {
    const key = keyOf(from);
    const known = byFrom.get(key) ?? { from, to: [] };
    byFrom.set(key, known);
    known.to.push(...to);
  }
  return [...byFrom.values()];
}

/** Ranges next to each other as one. In order of protocol and port. */
function merged(spans: readonly PortSpan[]): PortSpan[] {
  const found: PortSpan[] = [];
  const inOrder = spans.toSorted((a, b) => PROTOCOLS.indexOf(a.protocol) - PROTOCOLS.indexOf(b.protocol) || a.first - b.first);
  for (const span of inOrder) {
    const before = found.at(-1);
    if (before?.protocol === span.protocol && span.first <= before.last + 1)
      found[found.length - 1] = { ...before, last: Math.max(before.last, span.last) };
    else found.push(span);
  }
  return found;
}
