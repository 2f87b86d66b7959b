/**
 * An end of a listed path -> the ends of the cluster that it covers: endpoints of pods and nodes, and ranges of addresses, of which those of the outside count.
 */
import { addressesOf, type ResolvedNames } from '../dialects/domain-names.ts';
import { type AddressRange, rangesOfBlock, targetsIn } from '../expectations/address-ranges.ts';
import { describeEnd } from '../expectations/describe.ts';
import { labelText, planEnd } from '../expectations/plan-end.ts';
import { resolvePlan } from '../expectations/resolve-end.ts';
import type { TestEnd } from '../expectations/test-case.ts';
import type { TestedCluster } from '../expectations/tested-cluster.ts';
import { formatPrefix } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import { ENDPOINT_PREFIX } from '../tables/layout.ts';

export interface CoveredEnds {
  /** Of pods and nodes. */
  readonly endpoints: ReadonlySet<number>;
  readonly ranges: readonly AddressRange[];
  /** Those of `ranges` in which pods and nodes are meant, too. */
  readonly owned: readonly AddressRange[];
  /** Why it covers nothing. */
  readonly problem?: string;
  /** What could not be read, and may be meant as well. */
  readonly uncertain: readonly string[];
}

export function coverEnd(end: TestEnd, cluster: TestedCluster, names: ResolvedNames): CoveredEnds {
  switch (end.kind) {
    case 'pods':
    case 'workload':
      return coverPods(end, cluster, names);
    case 'ip':
      return coverRanges(rangesOfBlock(`${end.ip}/${end.ip.includes(':') ? 128 : 32}`, []), cluster, true);
    case 'cidr': {
      const covered = coverRanges(rangesOfBlock(end.cidr, end.except), cluster, !end.outside);
      return covered.ranges.length > 0 ? covered : nothing(`no address is left of ${quote(end.cidr)} without its exceptions`);
    }
    case 'host': {
      const { known, isComplete } = addressesOf(end.host, names);
      // What is known is covered; what is not known stays unlisted.
      const covered = coverRanges(
        known.flatMap((prefix) => rangesOfBlock(formatPrefix(prefix), [])),
        cluster,
        true,
      );
      if (isComplete && known.length > 0) return covered;
      const why = isComplete ? 'the table of domain names has no address for it' : 'its addresses are not known (`--domain-names`)';
      return { ...covered, problem: `${quote(end.host)}: ${why}` };
    }
  }
}

function nothing(problem: string): CoveredEnds {
  return { endpoints: new Set(), ranges: [], owned: [], problem, uncertain: [] };
}

function coverPods(end: Extract<TestEnd, { kind: 'pods' | 'workload' }>, cluster: TestedCluster, names: ResolvedNames): CoveredEnds {
  const plan = planEnd(end, cluster);
  if (plan.means === 'assumed')
    return nothing(`no pod of the namespace ${quote(plan.pod.namespace)} has the labels ${labelText(plan.pod.end.labels)}`);
  const { ends, problem } = resolvePlan(plan, cluster, new Map(), names);
  if (problem !== undefined) return nothing(problem);
  const certain = ends.filter(({ unknown }) => unknown === undefined);
  const endpoints = new Set(certain.flatMap((each) => each.endpoints));
  const uncertain = ends.filter(({ unknown }) => unknown !== undefined).map(({ name }) => name);
  return {
    endpoints,
    ranges: [],
    owned: [],
    uncertain,
    ...(endpoints.size > 0 ? {} : { problem: `${quote(describeEnd(end))} is no pod that was read` }),
  };
}

/** An address with several owners says of none that it is meant: their pods stay unlisted. */
function coverRanges(ranges: readonly AddressRange[], { tables }: TestedCluster, withOwners: boolean): CoveredEnds {
  const { columns } = tables;
  const endpoints = new Set<number>();
  for (const range of withOwners ? ranges : []) {
    for (const { target } of targetsIn(addressIntervals(columns, range.family), range)) {
      if (target < columns.endpointKind.length && columns.endpointKind[target] !== ENDPOINT_PREFIX) endpoints.add(target);
    }
  }
  return { endpoints, ranges, owned: withOwners ? ranges : [], uncertain: [] };
}
