/**
 * What two compiled tables say differently: every pair of ends, every port, none left out. In come tables of one cluster under two policy sets or profiles (or of two states
 * of a cluster), out come products of ends with the ports at which verdicts differ.
 *
 * Endpoints that neither table tells apart are one class. A pair of classes can differ only where a half does, and a half is compared once for equal rows (`half-columns.ts`).
 */

import { TableReader } from '../evaluate/reader.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { HalfColumns } from './half-columns.ts';
import { type EndClasses, type JointClasses, joinClasses } from './joint-classes.ts';
import { type JointEndpoints, joinEndpoints, pairs } from './joint-endpoints.ts';
import { type JointPort, joinPorts } from './joint-ports.ts';
import { codesOfPair, type OwnPairs, ownPairs } from './own-pairs.ts';
import { OwnProducts, Products, type ReachDifference } from './products.ts';
import { HalfReasons } from './reasons.ts';
import type { Halves, Signatures } from './signatures.ts';

export type { ReachDifference } from './products.ts';
export type { PortChange } from './signatures.ts';

export interface ReachComparison {
  readonly endpoints: JointEndpoints;
  /** No pair is in two of them. */
  readonly differences: readonly ReachDifference[];
  /** False: a limit was reached, and there may be more differences. */
  readonly complete: boolean;
}

export interface ReachLimits {
  /** Most pairs of classes that differ. Default 200,000. */
  readonly differing?: number;
  /** Most pairs of classes that are looked at, of those in which a half differs. Default 50,000,000. */
  readonly examined?: number;
}

export function compareReach(before: RuleTables, after: RuleTables, limits: ReachLimits = {}): ReachComparison {
  const { endpoints, products, singles, signatures, complete } = compareClassesOf([before, after], { limits });
  return { endpoints, differences: [...products.differences(), ...singles.differences(signatures)], complete };
}

export interface ClassOptions {
  readonly limits?: ReachLimits;
  /** Ends that one table lacks are compared, too: they are `ABSENT` there. */
  readonly oneSided?: boolean;
  /** What is unknown in both tables is told, too. */
  readonly unknown?: boolean;
  /** Equal verdicts with different reasons are told, too. */
  readonly reasons?: boolean;
}

/** A comparison by classes of ends. */
export interface ClassComparison {
  readonly readers: readonly [TableReader, TableReader];
  readonly endpoints: JointEndpoints;
  readonly classes: JointClasses;
  readonly ports: readonly JointPort[];
  readonly signatures: Signatures;
  readonly products: Products;
  /** Pairs that are judged one by one. */
  readonly singles: OwnProducts;
  /** Pairs of endpoints between two classes, without those that comparison decides. */
  readonly pairsBetween: (source: number, destination: number) => number;
  /** Does comparison decide a pair of endpoints, before or after? A pod and itself, a pod and its own node: source -> destinations. */
  readonly own: OwnPairs['of'];
  /** No half of any connection is wanted, at whatever port: nothing differs that the other half hides. */
  readonly equalHalves: boolean;
  readonly complete: boolean;
}

export function compareClassesOf(
  [before, after]: readonly [RuleTables, RuleTables],
  { limits = {}, oneSided = false, unknown = false, reasons = false }: ClassOptions,
): ClassComparison {
  const endpoints = joinEndpoints([before, after], oneSided);
  const classes = joinClasses(before, after, endpoints);
  const ports = joinPorts([before, after]);
  const readers: readonly [TableReader, TableReader] = [new TableReader(before), new TableReader(after)];
  const wanted = { unknown, reasons: reasons ? new HalfReasons(readers) : undefined };
  const own = ownPairs(readers, endpoints, classes);
  const products = new Products(classes, ports, wanted);
  const { signatures } = products;
  const halves = {
    egress: new HalfColumns(readers, 'egress', classes.egress, ports, wanted),
    ingress: new HalfColumns(readers, 'ingress', classes.ingress, ports, wanted),
  };
  const complete = compareClasses(halves, classes, own, products, limits);
  const singles = new OwnProducts();
  for (const pair of own.single) singles.add(pair, signatures.ofCodes(codesOfPair(readers, endpoints, ports, pair, wanted.reasons)));
  const pairsBetween = (source: number, destination: number): number => pairsOf(classes, own, source, destination);
  return {
    readers,
    endpoints,
    classes,
    ports,
    signatures,
    products,
    singles,
    pairsBetween,
    own: own.of,
    equalHalves: areEqual(halves),
    complete,
  };
}

function areEqual(halves: Halves): boolean {
  return [halves.egress, halves.ingress].every((half) => {
    for (let profile = 0; profile < half.profileCount; profile++) if (half.differingPeers(profile).length > 0) return false;
    return true;
  });
}

/** Adds every pair of classes that differs. False when a limit was reached. */
function compareClasses(
  halves: Halves,
  { sources, destinations }: JointClasses,
  own: OwnPairs,
  found: Products,
  { differing = 200_000, examined = 50_000_000 }: ReachLimits,
): boolean {
  const candidates = new Candidates(halves, sources, destinations);
  let looked = 0;
  for (let source = 0; source < sources.count; source++) {
    const outward = halves.egress.profileOf[sources.subject[source]!]!;
    const targets: number[] = [];
    for (const destination of candidates.of(source)) {
      if (!pairs(sources.family[source]!, destinations.family[destination]!)) continue;
      if (++looked > examined) return false;
      const half = halves.egress.column(outward, destinations.peer[destination]!);
      const other = halves.ingress.column(halves.ingress.profileOf[destinations.subject[destination]!]!, sources.peer[source]!);
      const signature = found.signatures.ofHalves(halves, half, other);
      if (signature === 0) continue;
      const count = pairsOf({ sources, destinations }, own, source, destination);
      if (count > 0) targets.push(signature, destination, count);
    }
    found.add(source, targets);
    if (found.classPairs > differing) return false;
  }
  return true;
}

function pairsOf(
  { sources, destinations }: Pick<JointClasses, 'sources' | 'destinations'>,
  { counts }: OwnPairs,
  source: number,
  destination: number,
): number {
  const size = sizeOf(sources, source) * sizeOf(destinations, destination);
  const count = size - (counts.get(source * destinations.count + destination) ?? 0);
  return count;
}

function sizeOf({ members }: EndClasses, of: number): number {
  return members.start[of + 1]! - members.start[of]!;
}

/** Destinations at which some half of a flow from a source differs. */
class Candidates {
  private readonly sources: EndClasses;
  private readonly egressProfileOf: Uint32Array;
  /** Of each egress profile; of each peer class of ingress. Ascending. */
  private readonly outward: readonly (readonly number[])[];
  private readonly inward: readonly (readonly number[])[];

  constructor({ egress, ingress }: Halves, sources: EndClasses, { count, peer, subject }: EndClasses) {
    this.sources = sources;
    this.egressProfileOf = egress.profileOf;
    const byPeer: number[][] = [];
    const byProfile: number[][] = [];
    for (let destination = 0; destination < count; destination++) {
      append(byPeer, peer[destination]!, destination);
      append(byProfile, ingress.profileOf[subject[destination]!]!, destination);
    }
    this.outward = Array.from({ length: egress.profileCount }, (_, profile) =>
      ascending(egress.differingPeers(profile).flatMap((each) => byPeer[each] ?? [])),
    );
    const inward: number[][] = [];
    for (let profile = 0; profile < ingress.profileCount; profile++) {
      for (const each of ingress.differingPeers(profile)) {
        for (const destination of byProfile[profile] ?? []) append(inward, each, destination);
      }
    }
    this.inward = inward;
  }

  /** Ascending. */
  of(source: number): readonly number[] {
    const outward = this.outward[this.egressProfileOf[this.sources.subject[source]!]!]!;
    const inward = this.inward[this.sources.peer[source]!] ?? [];
    if (inward.length === 0) return outward;
    return ascending([...new Set([...outward, ...inward])]);
  }
}

function ascending(numbers: number[]): number[] {
  return numbers.sort((a, b) => a - b);
}

function append(lists: number[][], at: number, item: number): void {
  const list = lists[at];
  if (list === undefined) lists[at] = [item];
  else list.push(item);
}
