/**
 * Differences cut into parts with one cause each. In come the differences of two tables and tables between them (some switches changed, others not); out comes for each part
 * which of those already make the difference, and who decides.
 */

import { VERDICTS } from '../evaluate/explain.ts';
import type { TableReader } from '../evaluate/reader.ts';
import { append } from '../lib/append.ts';
import { StringInterner } from '../lib/interner.ts';
import type { Verdict } from '../model/decision.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { PortChange, ReachComparison, ReachDifference } from '../reach/compare-reach.ts';
import { type JointEndpoints, joinEndpoints, pairs } from '../reach/joint-endpoints.ts';
import { type JointPort, joinPorts } from '../reach/joint-ports.ts';
import { isOwnPair } from '../reach/own-pairs.ts';
import type { Suspect } from './fields.ts';
import { type Connection, type Judge, suspectsOf } from './suspects.ts';

/** Pairs of ends that change alike. Ends are joint endpoints of the comparison. */
export interface ChangedEnds {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly own: boolean;
  readonly pairs: number;
}

/** Ends and ports of which every pair and port has one cause. `explainer`: index of the first table between that has the verdict of `after`, or -1. */
export interface ExplainedCell {
  /** One object for all cells of the same pairs. */
  readonly ends: ChangedEnds;
  readonly change: PortChange;
  readonly explainer: number;
  readonly suspects: readonly Suspect[];
}

/** Ends that no table tells apart: one stands for all. */
interface EqualEnds {
  /** Joint endpoints of the comparison; those of all tables, in step with them. */
  readonly outer: number[];
  readonly inner: number[];
}

export class CellCutter {
  /** Pairs and ports that were judged. */
  steps = 0;
  private readonly judges: readonly Judge[];
  private readonly joint: JointEndpoints;
  private readonly ports: readonly JointPort[];
  private readonly innerOf = new Map<string, number[]>();
  private readonly outer: JointEndpoints;
  private readonly readers: readonly [TableReader, TableReader];
  private readonly sourceKey: Uint32Array;
  private readonly destinationKey: Uint32Array;
  private readonly suspects = new Map<string, readonly Suspect[]>();

  /** `between`: tables that may explain. */
  constructor({ endpoints }: ReachComparison, before: Judge, after: Judge, between: readonly Judge[]) {
    this.judges = [before, after, ...between];
    this.outer = endpoints;
    this.readers = [before.reader, after.reader];
    const tables = this.judges.map((judge) => judge.tables);
    this.joint = joinEndpoints(tables);
    this.ports = joinPorts(tables);
    const [b, a] = this.joint.numbers;
    for (let inner = 0; inner < this.joint.count; inner++) {
      const key = `${b?.[inner]} ${a?.[inner]}`;
      this.innerOf.set(key, [...(this.innerOf.get(key) ?? []), inner]);
    }
    this.sourceKey = this.keys('endpointEgressSubject', 'endpointIngressPeer');
    this.destinationKey = this.keys('endpointIngressSubject', 'endpointEgressPeer');
  }

  /** Nothing when some table between does not have all ends of it. */
  cut({ from, to, own, changes }: ReachDifference): ExplainedCell[] {
    const sources = this.groups(from, this.sourceKey, own);
    const destinations = this.groups(to, this.destinationKey, own);
    if (sources === undefined || destinations === undefined) return [];
    return sources.flatMap((source) =>
      destinations.flatMap((destination) => {
        const pair = this.onePair(source, destination, own);
        if (pair === undefined) return [];
        const ends = { from: distinct(source.outer), to: distinct(destination.outer), own };
        const counted: ChangedEnds = { ...ends, pairs: this.countPairs(ends) };
        return changes.flatMap((change) => this.cutPorts(counted, pair, change));
      }),
    );
  }

  private keys(
    subject: 'endpointEgressSubject' | 'endpointIngressSubject',
    peer: 'endpointEgressPeer' | 'endpointIngressPeer',
  ): Uint32Array {
    const texts = new StringInterner();
    const { numbers, family, count } = this.joint;
    return Uint32Array.from({ length: count }, (_, inner) => {
      const classes = this.judges.map(({ tables: { columns } }, t) => {
        const number = numbers[t]?.[inner] ?? 0;
        return `${columns[subject][number]} ${columns[peer][number]}`;
      });
      return texts.intern(`${family[inner]} ${classes.join(' ')}`);
    });
  }

  /** Pairs that are decided by comparison are told one by one. Undefined: some end is in no joint endpoint of all tables. */
  private groups(ends: Uint32Array, keys: Uint32Array, single: boolean): EqualEnds[] | undefined {
    const { numbers } = this.outer;
    const groups = new Map<number, EqualEnds>();
    for (const end of ends) {
      const found = this.innerOf.get(`${numbers[0]?.[end]} ${numbers[1]?.[end]}`);
      if (found === undefined) return undefined;
      for (const inner of found) {
        const key = single ? inner : (keys[inner] ?? 0);
        const group = groups.get(key) ?? { outer: [], inner: [] };
        group.outer.push(end);
        group.inner.push(inner);
        groups.set(key, group);
      }
    }
    return [...groups.values()];
  }

  private cutPorts(ends: ChangedEnds, pair: readonly [number, number], change: PortChange): ExplainedCell[] {
    const found: ExplainedCell[] = [];
    for (const port of this.ports) {
      if (PROTOCOLS[port.protocol] !== change.protocol || port.to < change.from || port.from > change.to) continue;
      this.steps++;
      const cause = this.causeOf(pair, port, change);
      const last = found[found.length - 1];
      const part = { ...change, from: Math.max(change.from, port.from), to: Math.min(change.to, port.to) };
      if (last !== undefined && last.explainer === cause.explainer && last.suspects === cause.suspects) {
        found[found.length - 1] = { ...last, change: { ...part, from: last.change.from } };
      } else {
        found.push({ ends, change: part, ...cause });
      }
    }
    return found;
  }

  private causeOf(pair: readonly [number, number], port: JointPort, { after }: PortChange) {
    const found = this.judges.findIndex((_, t) => t >= 2 && this.verdict(t, pair, port) === after);
    const [before, explaining] = [this.judges[0], this.judges[found]];
    if (before === undefined || explaining === undefined) return { explainer: -1, suspects: NOBODY };
    const [inBefore, inExplaining] = [this.connection(0, pair, port), this.connection(found, pair, port)];
    const key = `${found}|${decisionKey(before, inBefore)}|${decisionKey(explaining, inExplaining)}`;
    let suspects = this.suspects.get(key);
    if (suspects === undefined) {
      suspects = suspectsOf(before, inBefore, explaining, inExplaining);
      this.suspects.set(key, suspects);
    }
    return { explainer: found - 2, suspects };
  }

  private connection(t: number, [source, destination]: readonly [number, number], { protocol, from }: JointPort): Connection {
    const numbers = this.joint.numbers[t];
    return { source: numbers?.[source] ?? 0, destination: numbers?.[destination] ?? 0, protocol, port: from };
  }

  private verdict(t: number, [source, destination]: readonly [number, number], { protocol, from }: JointPort): Verdict | undefined {
    const [numbers, judge] = [this.joint.numbers[t], this.judges[t]];
    return judge && VERDICTS[judge.reader.verdict(numbers?.[source] ?? 0, numbers?.[destination] ?? 0, protocol, from)];
  }

  private onePair(source: EqualEnds, destination: EqualEnds, own: boolean): readonly [number, number] | undefined {
    const { family } = this.outer;
    for (const [i, from] of source.outer.entries()) {
      for (const [j, to] of destination.outer.entries()) {
        // Ends of one group have one family.
        if (!pairs(family[from] ?? 0, family[to] ?? 0)) return undefined;
        if (isOwnPair(this.readers, this.outer, from, to) === own) return [source.inner[i] ?? 0, destination.inner[j] ?? 0];
      }
    }
    return undefined;
  }

  /** Only ends of one place can be each other's own. */
  private countPairs({ from, to, own }: Omit<ChangedEnds, 'pairs'>): number {
    const ownPairs = new Set<string>();
    for (const [t, { tables }] of this.judges.slice(0, 2).entries()) {
      const place = (end: number) => tables.columns.endpointPlace[this.outer.numbers[t]?.[end] ?? 0];
      const at = new Map<number | undefined, number[]>();
      for (const end of to) append(at, place(end), end);
      for (const source of from) {
        for (const end of at.get(place(source)) ?? [])
          if (isOwnPair(this.readers, this.outer, source, end)) ownPairs.add(`${source} ${end}`);
      }
    }
    return own ? ownPairs.size : from.length * to.length - ownPairs.size;
  }
}

const NOBODY: readonly Suspect[] = [];

/** Connections with one key have the same decisions, and are isolated by the same policies. */
function decisionKey({ reader, tables }: Judge, { source, destination, protocol, port }: Connection): string {
  const { egress, ingress } = reader.decide(source, destination, protocol, port, { egress: 0, ingress: 0, verdict: 0 });
  const { endpointEgressSubject, endpointIngressSubject } = tables.columns;
  return `${egress} ${ingress} ${endpointEgressSubject[source]} ${endpointIngressSubject[destination]}`;
}

function distinct(ends: readonly number[]): number[] {
  return [...new Set(ends)];
}
