/**
 * All pairs of ends at all ports of a case, none left out. Ends that no rule tells apart are judged once for all of them.
 */

import { VERDICTS } from '../evaluate/explain.ts';
import type { FlowDecision, TableReader } from '../evaluate/reader.ts';
import { append } from '../lib/append.ts';
import type { Verdict } from '../model/decision.ts';
import type { FlowQuery } from '../model/flow.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import { UNKNOWN } from '../tables/layout.ts';
import { type Deciding, decidedBy, decidingOf } from './deciding.ts';
import type { TestedEnd } from './resolve-end.ts';
import type { TestCase } from './test-case.ts';
import type { TestedCluster } from './tested-cluster.ts';
import { missingText, PortChooser, type PortSpan, type WantedPorts } from './wanted-ports.ts';

/** A pair for which the expectation does not hold. */
export interface Counterexample {
  readonly from: string;
  readonly to: string;
  /** How many pairs are like this one, with it. */
  readonly pairs: number;
  /** Null where there is no port to ask for. */
  readonly port: PortSpan | null;
  /** Null where there is no port to ask for. */
  readonly verdict: Verdict | null;
  readonly deciding: readonly Deciding[];
  /** What else is to be said, such as why the verdict is unknown. */
  readonly why: string | null;
  /** One flow that shows it: at the first of the ports, from the first address of a range. Null where there is no port to ask for, or no end that a flow could have. */
  readonly flow: FlowQuery | null;
}

/** What is judged. */
export interface JudgedCase extends Pick<TestCase, 'expect' | 'because' | 'ports'> {
  /**
   * Is something to be refuted, rather than shown? Then only a certain verdict is a counterexample: an unknown one is counted and no more, a port name that a destination does not declare is no flow of it, and
   * a pod with itself is no pair.
   */
  readonly refuting?: boolean;
}

export interface JudgedPairs {
  /** Pairs of ends of one address family. A pod with itself is none where there are others. */
  readonly pairs: number;
  readonly holding: number;
  /** Pairs with an unknown verdict at some port. */
  readonly unknown: number;
  /** The first ones. */
  readonly counterexamples: readonly Counterexample[];
}

const MOST_COUNTEREXAMPLES = 20;

/** What a pair comes to at the ports that are wanted of it. */
interface PairOutcome {
  readonly holds: boolean;
  readonly unknown: boolean;
  readonly failures: readonly Omit<Counterexample, 'from' | 'to' | 'pairs'>[];
}

/** Ends that go together: those of one class, or one that cannot be judged with others. */
interface Group {
  readonly members: readonly TestedEnd[];
  readonly kind: 'class' | 'shared' | 'unknown';
  readonly family: number;
  readonly wanted: WantedPorts;
}

export function judgePairs(
  cluster: TestedCluster,
  test: JudgedCase,
  sources: readonly TestedEnd[],
  destinations: readonly TestedEnd[],
): JudgedPairs {
  const judge = new PairJudge(cluster, test);
  const ports = new PortChooser(test.ports, cluster);
  const { columns } = cluster.tables;
  const from = groupEnds(
    sources,
    () => NO_PORTS,
    ([endpoint]) => [columns.endpointEgressSubject[endpoint!]!, columns.endpointIngressPeer[endpoint!]!],
  );
  const to = groupEnds(
    destinations,
    (end) => ports.of(end),
    ([endpoint]) => [columns.endpointIngressSubject[endpoint!]!, columns.endpointEgressPeer[endpoint!]!],
  );
  return new PairCount(judge, from, to, test.refuting === true).run();
}

const NO_PORTS: WantedPorts = { spans: [], missing: [], key: '' };

function groupEnds(
  ends: readonly TestedEnd[],
  wantedOf: (end: TestedEnd) => WantedPorts,
  classOf: (endpoints: readonly number[]) => readonly [number, number],
): Group[] {
  const groups = new Map<string, TestedEnd[]>();
  const heads = new Map<string, Omit<Group, 'members'>>();
  for (const end of ends) {
    const wanted = wantedOf(end);
    const { endpoints, family, unknown } = end;
    const kind = unknown !== undefined ? 'unknown' : endpoints.length === 1 ? 'class' : 'shared';
    const told = kind === 'class' ? classOf(endpoints) : kind === 'shared' ? endpoints : [unknown!];
    const key = JSON.stringify([kind, family, told, wanted.key]);
    append(groups, key, end);
    if (!heads.has(key)) heads.set(key, { kind, family, wanted });
  }
  return [...groups].map(([key, members]) => ({ ...heads.get(key)!, members }));
}

/** Goes over all pairs of groups, and counts. */
class PairCount {
  private readonly judge: PairJudge;
  private readonly from: readonly Group[];
  private readonly to: readonly Group[];
  private readonly refuting: boolean;
  private readonly found: Counterexample[] = [];
  private readonly counts = { pairs: 0, holding: 0, unknown: 0 };

  constructor(judge: PairJudge, from: readonly Group[], to: readonly Group[], refuting: boolean) {
    this.judge = judge;
    this.from = from;
    this.to = to;
    this.refuting = refuting;
  }

  run(): JudgedPairs {
    const own = this.ownPairs();
    const selves = own.filter(({ isSelf }) => isSelf).length;
    const skipSelves = this.refuting || this.sizeOfAll() > selves;
    const ownOf = new Map<Group, Map<Group, OwnPair[]>>();
    for (const pair of own) {
      if (!ownOf.has(pair.source)) ownOf.set(pair.source, new Map());
      append(ownOf.get(pair.source)!, pair.destination, pair);
    }
    for (const source of this.from) {
      for (const destination of this.to) {
        if (areTogether(source, destination)) this.addGroups(source, destination, ownOf.get(source)?.get(destination) ?? [], skipSelves);
      }
    }
    return { ...this.counts, counterexamples: this.found };
  }

  private sizeOfAll(): number {
    let size = 0;
    for (const source of this.from)
      for (const destination of this.to) if (areTogether(source, destination)) size += source.members.length * destination.members.length;
    return size;
  }

  private addGroups(source: Group, destination: Group, own: readonly OwnPair[], skipSelves: boolean): void {
    const { wanted } = destination;
    for (const { from, to, isSelf } of own) if (!(isSelf && skipSelves)) this.add(from, to, 1, wanted);
    const count = source.members.length * destination.members.length - own.length;
    if (count === 0) return;
    const [from, to] = own.length === 0 ? [source.members[0]!, destination.members[0]!] : this.pairOfNone(source, destination);
    this.add(from, to, count, wanted);
  }

  private add(from: TestedEnd, to: TestedEnd, pairs: number, wanted: WantedPorts): void {
    if (this.refuting && wanted.spans.length === 0) return;
    const isTold = this.found.length < MOST_COUNTEREXAMPLES;
    const { holds, unknown, failures } =
      (isTold ? undefined : this.judge.judgeQuickly(from, to, wanted)) ?? this.judge.judge(from, to, wanted);
    this.counts.pairs += pairs;
    if (holds) this.counts.holding += pairs;
    if (unknown) this.counts.unknown += pairs;
    for (const failure of failures) {
      if (this.found.length < MOST_COUNTEREXAMPLES) this.found.push({ from: from.name, to: to.name, pairs, ...failure });
    }
  }

  /** Pairs that do not have the verdict of their classes: a pod with itself, a pod with its own node. Of an address with several owners, if it is so for one of them. */
  private ownPairs(): OwnPair[] {
    const { judge } = this;
    const byPlace = new Map<number, { readonly destination: Group; readonly to: TestedEnd }[]>();
    for (const destination of this.to) {
      for (const to of destination.members) for (const place of judge.placesOf(to)) append(byPlace, place, { destination, to });
    }
    const found: OwnPair[] = [];
    for (const source of this.from) {
      for (const from of source.members) {
        const near = new Map(
          judge.placesOf(from).flatMap((place) => (byPlace.get(place) ?? []).map(({ destination, to }) => [to, destination] as const)),
        );
        for (const [to, destination] of near) {
          if (!areTogether(source, destination) || !judge.areOwn(from, to)) continue;
          found.push({ source, destination, from, to, isSelf: judge.areSelf(from, to) });
        }
      }
    }
    return found;
  }

  /** Some pair of the groups that is not one another's own. INVARIANT: there is one. */
  private pairOfNone({ members: sources }: Group, { members: destinations }: Group): [TestedEnd, TestedEnd] {
    for (const from of sources) {
      const to = destinations.find((each) => !this.judge.areOwn(from, each));
      if (to !== undefined) return [from, to];
    }
    throw new Error('no pair of the classes is left');
  }
}

interface OwnPair {
  readonly source: Group;
  readonly destination: Group;
  readonly from: TestedEnd;
  readonly to: TestedEnd;
  readonly isSelf: boolean;
}

function areTogether(source: Group, destination: Group): boolean {
  return familiesPair(source.family, destination.family);
}

/** 0 goes with either. */
function familiesPair(a: number, b: number): boolean {
  return a === b || a === 0 || b === 0;
}

/** One pair at a time. */
class PairJudge {
  private readonly cluster: TestedCluster;
  private readonly reader: TableReader;
  private readonly test: JudgedCase;

  constructor(cluster: TestedCluster, test: JudgedCase) {
    this.cluster = cluster;
    this.reader = cluster.reader;
    this.test = test;
  }

  /** Only ends with a place in common can be each other's own. */
  placesOf({ endpoints }: TestedEnd): number[] {
    return [...new Set(endpoints.map((endpoint) => this.reader.tables.columns.endpointPlace[endpoint]!))];
  }

  areOwn({ endpoints: sources }: TestedEnd, { endpoints: destinations }: TestedEnd): boolean {
    return sources.some((a) => destinations.some((b) => this.reader.decidedByComparison(a, b) || this.reader.isSamePod(a, b)));
  }

  /** An address with several owners is nobody for certain: each may be the one that is meant. */
  areSelf({ endpoints: sources }: TestedEnd, { endpoints: destinations }: TestedEnd): boolean {
    return sources.length === 1 && destinations.length === 1 && this.reader.isSamePod(sources[0]!, destinations[0]!);
  }

  /** As `judge`, without saying why: when enough has been told. Undefined where it takes more than verdicts of one pair of endpoints. */
  judgeQuickly(
    { endpoints: sources }: TestedEnd,
    { endpoints: destinations }: TestedEnd,
    { spans, missing }: WantedPorts,
  ): PairOutcome | undefined {
    const { because, expect, refuting } = this.test;
    if (because !== undefined || sources.length !== 1 || destinations.length !== 1) return undefined;
    const wanted = VERDICTS.indexOf(expect);
    let holds = refuting === true || missing.length === 0;
    let unknown = false;
    for (const { protocol, first } of spans) {
      const verdict = this.reader.verdict(sources[0]!, destinations[0]!, PROTOCOLS.indexOf(protocol), first);
      holds &&= verdict === wanted || (refuting === true && verdict === UNKNOWN);
      unknown ||= verdict === UNKNOWN;
    }
    return { holds, unknown, failures: [] };
  }

  judge(from: TestedEnd, to: TestedEnd, { spans, missing }: WantedPorts): PairOutcome {
    const failures: Omit<Counterexample, 'from' | 'to' | 'pairs'>[] = [];
    const { expect, refuting } = this.test;
    if (missing.length > 0 && refuting !== true)
      failures.push({ port: null, verdict: null, deciding: [], why: `${to.name} ${missingText(missing)}`, flow: null });
    let unknown = false;
    for (const port of spans) {
      const { verdict, why, deciding } = this.verdictAt(from, to, port);
      unknown ||= verdict === 'unknown';
      if (refuting === true && verdict === 'unknown') continue;
      const decided = verdict === expect;
      if (decided && this.isDecidedAsExpected(deciding)) continue;
      const told = { verdict, deciding: deciding().flat(), why: decided ? 'another policy decided' : why, flow: flowOf(from, to, port) };
      const last = failures.at(-1);
      if (last?.port != null && isNext(last.port, port) && sameReasons(last, told)) {
        failures[failures.length - 1] = { ...last, port: { ...last.port, last: port.last } };
      } else failures.push({ port, ...told });
    }
    return { holds: failures.length === 0, unknown, failures };
  }

  /** Every pair of owners must have been decided by the policy. */
  private isDecidedAsExpected(deciding: () => readonly (readonly Deciding[])[]): boolean {
    const { because } = this.test;
    return because === undefined || deciding().every((each) => decidedBy(each, because));
  }

  private verdictAt(
    from: TestedEnd,
    to: TestedEnd,
    port: PortSpan,
  ): { verdict: Verdict; why: string | null; deciding: () => readonly (readonly Deciding[])[] } {
    const unknown = from.unknown ?? to.unknown;
    if (unknown !== undefined) return { verdict: 'unknown', why: unknown, deciding: () => [[]] };
    const pairs = this.pairsOf(from, to);
    const decisions = pairs.map((pair) => this.decide(pair, port));
    const verdicts = new Set(decisions.map(({ verdict }) => verdict));
    const [first = UNKNOWN] = verdicts;
    const deciding = (): Deciding[][] =>
      decisions.map((decision, i) => decidingOf(this.cluster, pairs[i]!, decision, VERDICTS[decision.verdict]!));
    if (verdicts.size === 1) return { verdict: VERDICTS[first]!, why: null, deciding };
    const why = verdicts.size === 0 ? NO_FAMILY : 'several pods or nodes have the address, and their verdicts differ';
    return { verdict: 'unknown', why, deciding };
  }

  /** Pairs of owners whose families go together. */
  private pairsOf(from: TestedEnd, to: TestedEnd): [number, number][] {
    const { endpointFamily } = this.reader.tables.columns;
    return from.endpoints.flatMap((a) =>
      to.endpoints.filter((b) => familiesPair(endpointFamily[a]!, endpointFamily[b]!)).map((b) => [a, b] as [number, number]),
    );
  }

  private decide([source, destination]: readonly [number, number], { protocol, first }: PortSpan): FlowDecision {
    return this.reader.decide(source, destination, PROTOCOLS.indexOf(protocol), first, { egress: 0, ingress: 0, verdict: UNKNOWN });
  }
}

const NO_FAMILY = 'the ends have no address family in common';

function flowOf(from: TestedEnd, to: TestedEnd, { protocol, first }: PortSpan): FlowQuery | null {
  if (from.query === undefined || to.query === undefined) return null;
  const family = from.family || to.family;
  return { from: from.query, to: to.query, protocol, port: first, ...(family === 4 || family === 6 ? { family } : {}) };
}

function isNext(a: PortSpan, b: PortSpan): boolean {
  return a.protocol === b.protocol && a.last + 1 === b.first;
}

function sameReasons(a: Omit<Counterexample, 'from' | 'to' | 'pairs'>, b: Pick<Counterexample, 'verdict' | 'deciding' | 'why'>): boolean {
  return a.verdict === b.verdict && a.why === b.why && JSON.stringify(a.deciding) === JSON.stringify(b.deciding);
}
