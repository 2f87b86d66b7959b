/**
 * Differences cut into parts with one cause each. In come the differences of two tables and tables between them (some switches changed, others not); out comes for each part
 * which of those already make the difference, and who decides.
 */
import { VERDICTS } from '../evaluate/explain.ts';
import { StringInterner } from '../lib/interner.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { PortChange, ReachComparison } from '../reach/compare-reach.ts';
import { type JointEndpoints, joinEndpoints, pairs } from '../reach/joint-endpoints.ts';
import { type JointPort, joinPorts } from '../reach/joint-ports.ts';
import type { Suspect } from './fields.ts';
import { type Connection, type Judge, suspectsOf } from './suspects.ts';

/** Pairs of ends that change in one way at ports of one interval. Ends are joint endpoints of the comparison. */
export interface Cell {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly own: boolean;
  readonly change: PortChange;
}

/** A cell of which every pair and port has one cause. `explainer`: index of the first table that has the verdict of `after`, or -1. */
export interface ExplainedCell extends Cell {
  readonly explainer: number;
  readonly suspects: readonly Suspect[];
  readonly pairs: number;
}

/** Ends that no table tells apart: one stands for all. */
interface EndGroup {
  /** Joint endpoints of the comparison. */
  readonly members: number[];
  /** Joint endpoints of all tables. */
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
  private readonly sourceKey: Uint32Array;
  private readonly destinationKey: Uint32Array;
  private readonly suspects = new Map<string, readonly Suspect[]>();

  /** `between`: tables that may explain. */
  constructor({ endpoints }: ReachComparison, before: Judge, after: Judge, between: readonly Judge[]) {
    this.judges = [before, after, ...between];
    this.outer = endpoints;
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

  cut(cell: Cell): ExplainedCell[] {
    const sources = this.groups(cell.from, this.sourceKey, cell.own);
    const destinations = this.groups(cell.to, this.destinationKey, cell.own);
    return sources.flatMap((source) => destinations.flatMap((destination) => this.cutPorts(cell, source, destination)));
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

  /** Pairs that are decided by comparison are told one by one. */
  private groups(ends: ArrayLike<number>, keys: Uint32Array, single: boolean): EndGroup[] {
    const { numbers } = this.outer;
    const groups = new Map<number, EndGroup>();
    for (const end of Array.from(ends)) {
      for (const inner of this.innerOf.get(`${numbers[0]?.[end]} ${numbers[1]?.[end]}`) ?? []) {
        const key = single ? inner : (keys[inner] ?? 0);
        const group = groups.get(key) ?? { members: [], inner: [] };
        group.members.push(end);
        group.inner.push(inner);
        groups.set(key, group);
      }
    }
    return [...groups.values()];
  }

  private cutPorts({ own, change }: Cell, source: EndGroup, destination: EndGroup): ExplainedCell[] {
    const { family } = this.joint;
    const [anySource, anyDestination] = [source.inner[0] ?? 0, destination.inner[0] ?? 0];
    if (!pairs(family[anySource] ?? 0, family[anyDestination] ?? 0)) return [];
    const count = this.countPairs(source, destination, own);
    const pair = count === 0 ? undefined : this.onePair(source, destination, own);
    if (pair === undefined) return [];
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
        found.push({ from: source.members, to: destination.members, own, change: part, pairs: count, ...cause });
      }
    }
    return found;
  }

  private causeOf([source, destination]: readonly [number, number], { protocol, from }: JointPort, { after }: PortChange) {
    const connections = this.judges.map((_, t): Connection => {
      const numbers = this.joint.numbers[t];
      return { source: numbers?.[source] ?? 0, destination: numbers?.[destination] ?? 0, protocol, port: from };
    });
    const found = this.judges.findIndex((judge, t) => t >= 2 && verdictOf(judge, connections[t]) === after);
    if (found < 0) return { explainer: -1, suspects: NOBODY };
    const at = [0, found] as const;
    const key = [found, ...at.map((t) => this.decisionKey(t, connections[t]))].join('|');
    let suspects = this.suspects.get(key);
    if (suspects === undefined) {
      const [before, explaining] = at.map((t) => this.judges[t]);
      const [inBefore, inExplaining] = at.map((t) => connections[t]);
      suspects = before && explaining && inBefore && inExplaining ? suspectsOf(before, inBefore, explaining, inExplaining) : NOBODY;
      this.suspects.set(key, suspects);
    }
    return { explainer: found - 2, suspects };
  }

  /** Connections with one key have the same decisions, and are isolated by the same policies. */
  private decisionKey(t: number, connection: Connection | undefined): string {
    const judge = this.judges[t];
    if (judge === undefined || connection === undefined) return '';
    const { source, destination, protocol, port } = connection;
    const { egress, ingress } = judge.reader.decide(source, destination, protocol, port, { egress: 0, ingress: 0, verdict: 0 });
    const { endpointEgressSubject, endpointIngressSubject } = judge.tables.columns;
    return `${egress} ${ingress} ${endpointEgressSubject[source]} ${endpointIngressSubject[destination]}`;
  }

  private isOwn(source: number, destination: number): boolean {
    return this.judges.slice(0, 2).some(({ reader }, t) => {
      const numbers = this.joint.numbers[t];
      return reader.decidedByComparison(numbers?.[source] ?? 0, numbers?.[destination] ?? 0);
    });
  }

  private onePair(source: EndGroup, destination: EndGroup, own: boolean): readonly [number, number] | undefined {
    for (const from of source.inner) for (const to of destination.inner) if (this.isOwn(from, to) === own) return [from, to];
    return undefined;
  }

  /** Only ends of one place can be each other's own. */
  private countPairs(source: EndGroup, destination: EndGroup, own: boolean): number {
    const places = [0, 1].map((t) => (inner: number) => this.judges[t]?.tables.columns.endpointPlace[this.joint.numbers[t]?.[inner] ?? 0]);
    const ownPairs = new Set<string>();
    for (const place of places) {
      const at = new Map<number | undefined, number[]>();
      for (const to of destination.inner) at.set(place(to), [...(at.get(place(to)) ?? []), to]);
      for (const from of source.inner) {
        for (const to of at.get(place(from)) ?? []) if (this.isOwn(from, to)) ownPairs.add(`${from} ${to}`);
      }
    }
    return own ? ownPairs.size : source.inner.length * destination.inner.length - ownPairs.size;
  }
}

const NOBODY: readonly Suspect[] = [];

function verdictOf(judge: Judge, connection: Connection | undefined): string | undefined {
  if (connection === undefined) return undefined;
  const { source, destination, protocol, port } = connection;
  return VERDICTS[judge.reader.verdict(source, destination, protocol, port)];
}
