/**
 * Do two sets of policies give every connection of a cluster the same verdict? Both are compiled and compared whole; where they differ for certain, one connection shows it.
 */
import { type CompileOptions, compile } from '../engine/engine.ts';
import { endpointName, TableNames } from '../evaluate/names.ts';
import { TableReader } from '../evaluate/reader.ts';
import { decidingOf } from '../expectations/deciding.ts';
import { formatAddress } from '../lib/ip-address.ts';
import { lookupAddress } from '../lib/prefix-table.ts';
import type { FlowEnd, FlowQuery } from '../model/flow.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { Manifests } from '../model/resource.ts';
import { compareReach, type PortChange, type ReachDifference } from '../reach/compare-reach.ts';
import { type JointEndpoints, pairs } from '../reach/joint-endpoints.ts';
import { isOwnPair } from '../reach/own-pairs.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import { ENDPOINT_NODE, ENDPOINT_POD, ENDPOINT_PREFIX, UNKNOWN } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import type { BrokenFlow, InvariantJudgement, UnchangedInvariant } from './invariant.ts';
import { withPolicies } from './with-policies.ts';

const MOST_BROKEN = 20;

/** `own`: the cluster with the policies that are compared with the other ones. */
export function judgeUnchanged({ name, policies }: UnchangedInvariant, own: Manifests, options: CompileOptions): InvariantJudgement {
  const tables = [compile(own, options).tables, compile(withPolicies(own, policies), options).tables] as const;
  if (!tables[0].columns.endpointKind.includes(ENDPOINT_POD)) {
    const problem = 'there is no pod that policies apply to';
    return { name, kind: 'unchanged', status: 'vacuous', pairs: null, unknownPairs: 0, problem, broken: [] };
  }
  const comparison = compareReach(...tables);
  const sides = new Sides(tables, comparison.endpoints);
  const broken: BrokenFlow[] = [];
  let unknownPairs = 0;
  for (const difference of comparison.differences) {
    const isCertain = ({ before, after }: PortChange): boolean => before !== 'unknown' && after !== 'unknown';
    if (difference.changes.some((change) => !isCertain(change))) unknownPairs += difference.pairs;
    for (const change of difference.changes) {
      if (isCertain(change) && broken.length < MOST_BROKEN) broken.push(sides.show(difference, change));
    }
  }
  const head = { name, kind: 'unchanged' as const, pairs: null, unknownPairs, broken };
  if (broken.length > 0) return { ...head, status: 'broken', problem: null };
  if (!comparison.complete) return { ...head, status: 'unknown', problem: 'there is too much to compare: not everything was' };
  return { ...head, status: unknownPairs > 0 ? 'unknown' : 'holds', problem: null };
}

/** Both tables, and what their endpoints are called. */
class Sides {
  private readonly tables: readonly [RuleTables, RuleTables];
  private readonly joint: JointEndpoints;
  private readonly readers: readonly [TableReader, TableReader];
  private readonly names: readonly [TableNames, TableNames];

  constructor(tables: readonly [RuleTables, RuleTables], joint: JointEndpoints) {
    this.tables = tables;
    this.joint = joint;
    this.readers = [new TableReader(tables[0]), new TableReader(tables[1])];
    this.names = [new TableNames(tables[0]), new TableNames(tables[1])];
  }

  show(difference: ReachDifference, { protocol, from: first, to: last, before, after }: PortChange): BrokenFlow {
    const [from, to] = this.pairOf(difference);
    const family = this.joint.family[from]! || this.joint.family[to]!;
    const [source, destination] = [this.endOf(from), this.endOf(to)];
    const flow: FlowQuery | null =
      source === undefined || destination === undefined
        ? null
        : { from: source, to: destination, protocol, port: first, ...(family === 4 || family === 6 ? { family } : {}) };
    const decidingIn = (side: 0 | 1): BrokenFlow['deciding'] => {
      const ends = [this.joint.numbers[side]![from]!, this.joint.numbers[side]![to]!] as const;
      const reader = this.readers[side];
      const decision = reader.decide(...ends, PROTOCOLS.indexOf(protocol), first, { egress: 0, ingress: 0, verdict: UNKNOWN });
      return decidingOf({ reader, names: this.names[side] }, ends, decision, side === 0 ? before : after);
    };
    return {
      from: this.nameOf(from),
      to: this.nameOf(to),
      pairs: difference.pairs,
      ports: { protocol, first, last },
      verdict: before,
      expected: after,
      flow,
      deciding: decidingIn(0),
      otherDeciding: decidingIn(1),
    };
  }

  /** One pair of those that are meant. INVARIANT: there is one. */
  private pairOf({ from, to, own }: ReachDifference): [number, number] {
    const { joint } = this;
    for (const a of from) {
      for (const b of to) {
        if (pairs(joint.family[a]!, joint.family[b]!) && (own || !isOwnPair(this.readers, joint, a, b))) return [a, b];
      }
    }
    throw new Error('no pair of a difference is meant');
  }

  private nameOf(endpoint: number): string {
    const number = this.joint.numbers[0]![endpoint]!;
    const { columns } = this.tables[0];
    const isOutside = columns.endpointKind[number] === ENDPOINT_PREFIX;
    return (isOutside ? this.addressOf(endpoint) : undefined) ?? endpointName(columns, this.names[0], number);
  }

  /** Undefined for a node whose addresses others have as well. */
  private endOf(endpoint: number): FlowEnd | undefined {
    const number = this.joint.numbers[0]![endpoint]!;
    const { endpointKind, endpointObject } = this.tables[0].columns;
    if (endpointKind[number] === ENDPOINT_PREFIX || endpointKind[number] === ENDPOINT_NODE) {
      const ip = this.addressOf(endpoint);
      return ip === undefined ? undefined : { ip };
    }
    const { namespace, name } = this.names[0].pod(endpointObject[number]!);
    return { pod: `${namespace}/${name}` };
  }

  /** The first address that stands for the endpoint in both tables. */
  private addressOf(endpoint: number): string | undefined {
    const family = this.joint.family[endpoint] === 6 ? 6 : 4;
    const maps = this.tables.map(({ columns }) => addressIntervals(columns, family));
    for (const { start, wordsPerAddress: size } of maps) {
      for (let i = 0; i < start.length; i += size) {
        const words = Array.from(start.subarray(i, i + size));
        if (maps.every((map, side) => lookupAddress(map, words) === this.joint.numbers[side]![endpoint]))
          return formatAddress({ family, words });
      }
    }
    return undefined;
  }
}
