/**
 * Who makes two tables differ about one connection: the rules that decide in one of them only, and the policies that isolate in one of them only.
 */
import { explainHalf } from '../evaluate/explain.ts';
import { TableNames } from '../evaluate/names.ts';
import { type FlowDecision, TableReader } from '../evaluate/reader.ts';
import type { DirectionDecision, RuleReason } from '../model/decision.ts';
import type { ObjectRef } from '../model/origin.ts';
import { DIRECTIONS } from '../model/protocol.ts';
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

/** The same connection in two tables whose verdicts differ. */
export function suspectsOf(before: Judge, inBefore: Connection, after: Judge, inAfter: Connection): Suspect[] {
  const [b, a] = [halvesOf(before, inBefore), halvesOf(after, inAfter)];
  const changed = DIRECTIONS.filter((direction) => b[direction].verdict !== a[direction].verdict);
  const found = changed.flatMap((direction) => [
    ...onlyInOne(rulesOf(b[direction]), rulesOf(a[direction]), ruleKey).map((reason) => ({ policy: reason.policy, reason })),
    ...onlyInOne(b[direction].isolatedBy, a[direction].isolatedBy, policyKey).map((policy) => ({ policy, reason: undefined })),
  ]);
  if (found.length > 0) return found;
  // The same rules mean something else: all that decide are, or those that isolate.
  return changed.flatMap((direction) => {
    const rules = rulesOf(a[direction]).map((reason): Suspect => ({ policy: reason.policy, reason }));
    return rules.length > 0 ? rules : a[direction].isolatedBy.map((policy): Suspect => ({ policy, reason: undefined }));
  });
}

function halvesOf(
  { reader, names }: Judge,
  { source, destination, protocol, port }: Connection,
): Record<'egress' | 'ingress', DirectionDecision> {
  const { egress, ingress }: FlowDecision = reader.decide(source, destination, protocol, port, { egress: 0, ingress: 0, verdict: 0 });
  return {
    egress: explainHalf(reader, names, 'egress', source, egress),
    ingress: explainHalf(reader, names, 'ingress', destination, ingress),
  };
}

function rulesOf({ passes, reasons }: DirectionDecision): RuleReason[] {
  return [...passes, ...reasons];
}

function onlyInOne<T>(before: readonly T[], after: readonly T[], key: (item: T) => string): T[] {
  const [b, a] = [new Set(before.map(key)), new Set(after.map(key))];
  return [...before.filter((each) => !a.has(key(each))), ...after.filter((each) => !b.has(key(each)))];
}

function ruleKey({ policy, direction, action, rule, peer, port }: RuleReason): string {
  return JSON.stringify([policyKey(policy), direction, action, rule, peer, port]);
}

function policyKey({ kind, namespace, name }: ObjectRef): string {
  return JSON.stringify([kind, namespace ?? null, name]);
}
