/**
 * Who makes two tables differ about one connection: the rules that decide in one of them only, and the policies that isolate in one of them only.
 */
import { explainHalf, VERDICTS } from '../evaluate/explain.ts';
import { TableNames } from '../evaluate/names.ts';
import { type FlowDecision, TableReader } from '../evaluate/reader.ts';
import type { DirectionDecision, RuleReason, Verdict } from '../model/decision.ts';
import type { ObjectRef } from '../model/origin.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import type { Suspect } from './fields.ts';

/** Tables with what reads them. */
export class Judge {
  readonly tables: RuleTables;
  readonly reader: TableReader;
  readonly names: TableNames;

  constructor(tables: RuleTables) {
    this.tables = tables;
    this.reader = new TableReader(tables);
    this.names = new TableNames(tables);
  }
}

/** A connection, by the endpoint numbers of one table. */
export interface Connection {
  readonly source: number;
  readonly destination: number;
  readonly protocol: number;
  readonly port: number;
}

/** Verdicts from closed to open. A flow is as open as the less open of its halves. */
const OPENNESS: Readonly<Record<Verdict, number>> = { deny: 0, unknown: 1, allow: 2 };

/**
 * The same connection in two tables whose verdicts differ. Only what pushes into the direction of the change is a cause: what closed before and what opens now where it opens, and the
 * other way round.
 */
export function suspectsOf(before: Judge, inBefore: Connection, after: Judge, inAfter: Connection): Suspect[] {
  const [b, a] = [decisionOf(before, inBefore), decisionOf(after, inAfter)];
  const opens = OPENNESS[a.verdict] > OPENNESS[b.verdict];
  const [closed, opened] = opens ? [b, a] : [a, b];
  const changed = DIRECTIONS.filter((direction) => OPENNESS[closed[direction].verdict] < OPENNESS[opened[direction].verdict]);
  const found = changed.flatMap((direction) => [
    ...onlyInOne(rulesOf(closed[direction], 'allow'), rulesOf(opened[direction], 'deny'), ruleKey).map(suspectOf),
    ...noLongerIsolating(closed[direction], opened[direction]).map(isolating),
  ]);
  if (found.length > 0) return found;
  // The same rules mean something else: all that decide are, or those that isolate.
  return changed.flatMap((direction) => {
    const rules = rulesOf(a[direction]).map(suspectOf);
    return rules.length > 0 ? rules : a[direction].isolatedBy.map(isolating);
  });
}

const suspectOf = (reason: RuleReason): Suspect => ({ policy: reason.policy, reason });
const isolating = (policy: ObjectRef): Suspect => ({ policy, reason: undefined });

type Halves = Readonly<Record<Direction, DirectionDecision>> & { readonly verdict: Verdict };

function decisionOf({ reader, names }: Judge, { source, destination, protocol, port }: Connection): Halves {
  const { egress, ingress, verdict }: FlowDecision = reader.decide(source, destination, protocol, port, {
    egress: 0,
    ingress: 0,
    verdict: 0,
  });
  return {
    egress: explainHalf(reader, names, 'egress', source, egress),
    ingress: explainHalf(reader, names, 'ingress', destination, ingress),
    verdict: VERDICTS[verdict] ?? 'unknown',
  };
}

/** Rules that decide, without those of one action, and those that pass a flow on. */
function rulesOf({ passes, reasons }: DirectionDecision, without?: 'allow' | 'deny'): RuleReason[] {
  return [...passes, ...reasons.filter(({ action }) => action !== without)];
}

/** Policies that isolate where no rule matches, and no longer where none matches either. */
function noLongerIsolating(closed: DirectionDecision, opened: DirectionDecision): ObjectRef[] {
  if (closed.default !== 'isolated-no-rule-matches' || opened.default === null) return [];
  return onlyInFirst(closed.isolatedBy, opened.isolatedBy, policyKey);
}

function onlyInOne<T>(first: readonly T[], second: readonly T[], key: (item: T) => string): T[] {
  return [...onlyInFirst(first, second, key), ...onlyInFirst(second, first, key)];
}

function onlyInFirst<T>(first: readonly T[], second: readonly T[], key: (item: T) => string): T[] {
  const known = new Set(second.map(key));
  return first.filter((each) => !known.has(key(each)));
}

/** Policies that cannot be read share a name: their places tell them apart. */
function ruleKey({ policy, direction, action, rule, peer, port, origin }: RuleReason): string {
  return JSON.stringify([policyKey(policy), direction, action, rule, peer, port, origin]);
}

function policyKey({ kind, namespace, name }: ObjectRef): string {
  return JSON.stringify([kind, namespace ?? null, name]);
}
