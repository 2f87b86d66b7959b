/**
 * A traffic mix and tables -> weighted targets: names and CIDRs become endpoints, entries become one target for each port range and address family.
 */
import { Directory } from '../evaluate/directory.ts';
import { TableNames } from '../evaluate/names.ts';
import { TARGET_CELLS, type WeightedTargets } from '../flows/flow-plan.ts';
import { type MixEnd, type MixEntry, type TrafficMix, TrafficMixError } from '../flows/mix.ts';
import { buildAliasTable, zipfWeights } from '../lib/alias-table.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { compareWords, formatPrefix, type IpPrefix, lastWords } from '../lib/ip-address.ts';
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import { sharedCopy } from '../lib/words.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import { ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/** Endpoints that share one rank in Zipf's law: a workload, a pod, a range of addresses. */
type Unit = readonly number[];

/** A range of members, with its alias table. */
interface MemberRange {
  readonly start: number;
  readonly count: number;
}

const MOST_PROBLEMS = 20;

/**
 * Resolves every end of the mix.
 * @throws {TrafficMixError} for ends that do not exist, and entries whose ends have no address family in common
 */
export function targetMix(tables: RuleTables, mix: TrafficMix): WeightedTargets {
  const resolver = new MixResolver(tables);
  const problems: string[] = [];
  for (const [i, entry] of mix.entries.entries()) {
    try {
      resolver.add(entry);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push(`\`entries[${i}]\`: ${error.message}`);
    }
  }
  if (problems.length > 0) throw new TrafficMixError(problems.slice(0, MOST_PROBLEMS));
  return resolver.targets();
}

class MixResolver {
  private readonly tables: RuleTables;
  private readonly names: TableNames;
  private readonly directory: Directory;
  private readonly cells = new GrowableUint32();
  private readonly weights: number[] = [];
  private readonly members = new GrowableUint32();
  private readonly threshold = new GrowableUint32();
  private readonly alias = new GrowableUint32();
  /** Ends that were met before: large ones are worth sharing. */
  private readonly unitsOfEnd = new Map<string, readonly Unit[]>();
  private readonly ranges = new Map<string, MemberRange>();

  constructor(tables: RuleTables) {
    this.tables = tables;
    this.names = new TableNames(tables);
    this.directory = new Directory(tables, this.names);
  }

  /** An entry's weight is shared evenly by its port ranges, and by the families that both ends have. */
  add(entry: MixEntry): void {
    const from = this.units(entry.from);
    const to = this.units(entry.to);
    const families = this.commonFamilies(from, to);
    if (families.length === 0) throw new RangeError('`from` and `to` have no address family in common');
    for (const family of families) {
      const source = this.range(entry.from, from, family, entry.zipf);
      const destination = this.range(entry.to, to, family, entry.zipf);
      for (const { first, last } of entry.ports) {
        const protocol = PROTOCOLS.indexOf(entry.protocol);
        this.cells.pushAll([source.start, source.count, destination.start, destination.count, protocol, first, last - first + 1, 0]);
        this.weights.push(entry.weight / families.length / entry.ports.length);
      }
    }
  }

  targets(): WeightedTargets {
    const { threshold, alias } = buildAliasTable(this.weights);
    if (this.cells.length !== this.weights.length * TARGET_CELLS) throw new Error('targets and weights differ in number');
    return {
      cells: sharedCopy(this.cells.view()),
      members: sharedCopy(this.members.view()),
      targetThreshold: sharedCopy(threshold),
      targetAlias: sharedCopy(alias),
      memberThreshold: sharedCopy(this.threshold.view()),
      memberAlias: sharedCopy(this.alias.view()),
    };
  }

  private units(ends: readonly MixEnd[]): readonly Unit[] {
    return ends.flatMap((end) => {
      const key = JSON.stringify(end);
      const known = this.unitsOfEnd.get(key) ?? this.unitsOf(end);
      this.unitsOfEnd.set(key, known);
      return known;
    });
  }

  private unitsOf(end: MixEnd): readonly Unit[] {
    if ('everyPod' in end)
      return this.nonEmpty(
        this.unitsOfPods(() => true),
        'there are no pods',
      );
    if ('namespace' in end) return this.unitsOfNamespace(end.namespace);
    if ('cidr' in end) return this.unitsOfPrefix(end.cidr);
    const { endpoints, owner, isAddress } = this.directory.resolve(end.end);
    if (owner !== undefined) throw new RangeError(`the address belongs to ${quote(owner)}, which has no verdict of its own: name pods`);
    // A workload: each of its pods is a unit. Several owners of one address are one.
    return isAddress ? [Array.from(endpoints)] : this.unitsByObject(Array.from(endpoints));
  }

  private unitsOfNamespace(namespace: string): readonly Unit[] {
    const { podNamespace } = this.tables.columns;
    const units = this.unitsOfPods((pod) => this.names.text(podNamespace[pod]!) === namespace);
    if (units.length > 0) return units;
    const near = nearest(namespace, new Set(Array.from(podNamespace, (text) => this.names.text(text))));
    throw new RangeError(`there are no pods in namespace ${quote(namespace)}${near === undefined ? '' : `: did you mean ${quote(near)}?`}`);
  }

  /** The workloads, and pods without one, in the order of their first pods. */
  private unitsOfPods(isWanted: (pod: number) => boolean): readonly Unit[] {
    const { podWorkload, podEndpoint } = this.tables.columns;
    const units = new Map<number, number[]>();
    for (let pod = 0; pod < podWorkload.length; pod++) {
      if (!isWanted(pod)) continue;
      const workload = podWorkload[pod]!;
      const key = workload === NONE_32 ? -1 - pod : workload;
      const unit = units.get(key) ?? [];
      units.set(key, unit);
      for (let endpoint = podEndpoint[pod]!; endpoint < podEndpoint[pod + 1]!; endpoint++) unit.push(endpoint);
    }
    return [...units.values()];
  }

  private unitsByObject(endpoints: readonly number[]): readonly Unit[] {
    const { endpointObject } = this.tables.columns;
    const units = new Map<number, number[]>();
    for (const endpoint of endpoints) {
      const unit = units.get(endpointObject[endpoint]!) ?? [];
      units.set(endpointObject[endpoint]!, unit);
      unit.push(endpoint);
    }
    return [...units.values()];
  }

  /** The address ranges outside the cluster that overlap the CIDR; if there are none, the pods and nodes inside it. */
  private unitsOfPrefix(cidr: IpPrefix): readonly Unit[] {
    const { columns } = this.tables;
    const wordsPerAddress = cidr.words.length;
    const start = cidr.family === 4 ? columns.lookup4Start : columns.lookup6Start;
    const target = cidr.family === 4 ? columns.lookup4Target : columns.lookup6Target;
    const last = lastWords(cidr.words, cidr.length);
    const found = new Set<number>();
    for (let i = 0; i < target.length; i++) {
      const wordsAt = (interval: number): number[] =>
        Array.from(start.subarray(interval * wordsPerAddress, (interval + 1) * wordsPerAddress));
      if (compareWords(wordsAt(i), last) > 0) break;
      const endsBefore = i + 1 < target.length && compareWords(wordsAt(i + 1), cidr.words) <= 0;
      // Addresses with several owners, and those of Services, are no end of a mix.
      if (!endsBefore && target[i]! < columns.endpointKind.length) found.add(target[i]!);
    }
    const outside = [...found].filter((endpoint) => columns.endpointKind[endpoint] === ENDPOINT_PREFIX);
    const units = (outside.length > 0 ? outside : [...found]).map((endpoint) => [endpoint]);
    return this.nonEmpty(units, `no endpoint has an address in \`${formatPrefix(cidr)}\``);
  }

  private nonEmpty(units: readonly Unit[], otherwise: string): readonly Unit[] {
    if (units.length === 0) throw new RangeError(otherwise);
    return units;
  }

  /** The families in which a source and a destination can be found, and that the other family would not give as well. */
  private commonFamilies(from: readonly Unit[], to: readonly Unit[]): (4 | 6)[] {
    const { endpointFamily } = this.tables.columns;
    const has = (units: readonly Unit[], ...families: number[]): boolean => {
      return units.some((unit) => unit.some((endpoint) => families.includes(endpointFamily[endpoint]!)));
    };
    const pairs = ([4, 6] as const).filter((family) => has(from, 0, family) && has(to, 0, family));
    const named = pairs.filter((family) => has(from, family) || has(to, family));
    return named.length > 0 ? named : pairs.slice(0, 1);
  }

  /** The members of units that go with a family, weighted: unit k has 1/k^zipf, shared evenly by its members. */
  private range(ends: readonly MixEnd[], units: readonly Unit[], family: 4 | 6, zipf: number): MemberRange {
    const key = JSON.stringify([ends, family, zipf]);
    const known = this.ranges.get(key);
    if (known !== undefined) return known;
    const { endpointFamily } = this.tables.columns;
    const fitting = units
      .map((unit) => unit.filter((endpoint) => endpointFamily[endpoint] === 0 || endpointFamily[endpoint] === family))
      .filter((unit) => unit.length > 0);
    const rank = zipfWeights(fitting.length, zipf);
    const { threshold, alias } = buildAliasTable(fitting.flatMap((unit, k) => unit.map(() => rank[k]! / unit.length)));
    const range = { start: this.members.length, count: threshold.length };
    this.members.pushAll(fitting.flat());
    this.threshold.pushAll(threshold);
    this.alias.pushAll(alias);
    this.ranges.set(key, range);
    return range;
  }
}
