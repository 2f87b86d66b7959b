/**
 * What an end means -> ends that tables know: one for each pod and address family, each address, each part of a range that tables tell apart.
 */

import { addressesOf, type ResolvedNames } from '../dialects/domain-names.ts';
import type { ResolvedEnd } from '../evaluate/directory.ts';
import { endpointName } from '../evaluate/names.ts';
import { formatAddress } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';
import type { FlowEnd } from '../model/flow.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX } from '../tables/layout.ts';
import { formatRange, rangesOfBlock, targetsIn } from './address-ranges.ts';
import type { AssumedPod, EndPlan } from './plan-end.ts';
import { labelText } from './plan-end.ts';
import type { TestEnd } from './test-case.ts';
import type { TestedCluster } from './tested-cluster.ts';

/** One end of pairs. */
export interface TestedEnd {
  /** Several for an address with several owners: each may be the one that is meant. None where `unknown` is there. */
  readonly endpoints: readonly number[];
  /** 4, 6, or 0 for what goes with either. */
  readonly family: number;
  readonly name: string;
  /** What a question about it names: of a range its first address. Undefined for what could not be read. */
  readonly query?: FlowEnd;
  /** Why every verdict about it is unknown. */
  readonly unknown?: string;
}

export interface ResolvedEnds {
  readonly ends: readonly TestedEnd[];
  /** Why there are none. */
  readonly problem?: string;
  /** Does it name pods that workloads are tested by? A range names none. */
  readonly namesPods: boolean;
}

export function resolvePlan(
  plan: EndPlan,
  cluster: TestedCluster,
  assumed: ReadonlyMap<AssumedPod, string>,
  names: ResolvedNames,
): ResolvedEnds {
  switch (plan.means) {
    case 'nothing':
      return none(plan.why);
    case 'assumed':
      return { ends: assumedEnds(plan.pod, cluster, assumed.get(plan.pod)!), namesPods: false };
    case 'pods': {
      const uncertain = plan.uncertain.map((name) => ({
        endpoints: [],
        family: 0,
        name,
        unknown: `${quote(name)} could not be read, and may be meant`,
      }));
      return { ends: [...plan.pods.flatMap((pod) => podEnds(cluster, cluster.directory.resolve({ pod }))), ...uncertain], namesPods: true };
    }
    case 'given':
      return resolveGiven(plan.end, cluster, names);
  }
}

function none(problem: string): ResolvedEnds {
  return { ends: [], problem, namesPods: false };
}

function resolveGiven(end: Exclude<TestEnd, { kind: 'pods' }>, cluster: TestedCluster, names: ResolvedNames): ResolvedEnds {
  switch (end.kind) {
    case 'workload':
      return resolveWorkload(end.workload, cluster);
    case 'ip':
      return { ends: [addressEnd(end.ip, end.ip, cluster)], namesPods: true };
    case 'cidr':
      return resolveBlock(end, cluster);
    case 'host':
      return resolveHost(end.host, cluster, names);
  }
}

function resolveWorkload(text: string, cluster: TestedCluster): ResolvedEnds {
  try {
    const ends = podEnds(cluster, cluster.directory.resolve(text));
    return ends.length > 0 ? { ends, namesPods: true } : none(`the workload ${quote(text)} has no pods`);
  } catch (error) {
    // In this way the directory says that nothing of that name is there, or that it is not clear.
    if (error instanceof RangeError) return none(error.message);
    throw error;
  }
}

function podEnds({ tables, names }: TestedCluster, { endpoints }: ResolvedEnd): TestedEnd[] {
  return Array.from(endpoints, (endpoint) => ({
    endpoints: [endpoint],
    family: tables.columns.endpointFamily[endpoint]!,
    name: endpointName(tables.columns, names, endpoint),
    query: { pod: podName(names, tables.columns.endpointObject[endpoint]!) },
  }));
}

function podName(names: TestedCluster['names'], pod: number): string {
  const { namespace, name } = names.pod(pod);
  return `${namespace}/${name}`;
}

function assumedEnds({ end, namespace }: AssumedPod, cluster: TestedCluster, name: string): TestedEnd[] {
  const ends = podEnds(cluster, cluster.directory.resolve({ pod: name }));
  const family = (number: number): string => (ends.length > 1 ? ` (IPv${number})` : '');
  return ends.map((each) => ({ ...each, name: `assumed pod ${labelText(end.labels)} in ${namespace}${family(each.family)}` }));
}

function addressEnd(ip: string, name: string, cluster: TestedCluster): TestedEnd {
  return targetEnd(cluster.directory.resolve({ ip }), ip.includes(':') ? 6 : 4, name, ip, cluster);
}

function targetEnd(
  { endpoints, owner, unreadable }: ResolvedEnd,
  family: 4 | 6,
  name: string,
  ip: string,
  { tables, names }: TestedCluster,
): TestedEnd {
  if (owner !== undefined) {
    const why = unreadable ? 'which could not be read' : 'which policies do not apply to: test its pods and their ports';
    return { endpoints: [], family, name, unknown: `the address belongs to ${quote(owner)}, ${why}` };
  }
  const [only] = Array.from(endpoints);
  const isObject = endpoints.length === 1 && tables.columns.endpointKind[only!] !== ENDPOINT_PREFIX;
  const shown = isObject ? `${name} (${endpointName(tables.columns, names, only!)})` : name;
  return { endpoints: Array.from(endpoints), family, name: shown, query: { ip } };
}

function resolveBlock({ cidr, except, outside }: Extract<TestEnd, { kind: 'cidr' }>, cluster: TestedCluster): ResolvedEnds {
  const { columns } = cluster.tables;
  const seen = new Map<number, TestedEnd>();
  const ranges = rangesOfBlock(cidr, except);
  for (const range of ranges) {
    for (const part of targetsIn(addressIntervals(columns, range.family), range)) {
      if (seen.has(part.target)) continue;
      if (outside && columns.endpointKind[part.target] !== ENDPOINT_PREFIX) continue;
      const first = formatRange({ ...part, last: part.first });
      seen.set(part.target, targetEnd(cluster.directory.resolveTarget(part.target), range.family, formatRange(part), first, cluster));
    }
  }
  if (ranges.length === 0) return none(`no address is left of ${quote(cidr)} without its exceptions`);
  if (seen.size === 0) return none(`every address of ${quote(cidr)} belongs to a pod, node or Service`);
  return { ends: [...seen.values()], namesPods: false };
}

function resolveHost(host: string, cluster: TestedCluster, names: ResolvedNames): ResolvedEnds {
  const { known, isComplete } = addressesOf(host, names);
  if (!isComplete) return none(`the addresses of ${quote(host)} are not known: say them with a table of domain names (\`--domain-names\`)`);
  if (known.length === 0) return none(`the table of domain names has no address for ${quote(host)}`);
  const texts = new Set(known.map(formatAddress));
  return { ends: [...texts].map((ip) => addressEnd(ip, `${host} ${ip}`, cluster)), namesPods: false };
}

/** The pods behind an end, for their names of ports and for what they belong to: `namespace/name`. */
export function podsBehind({ endpoints }: TestedEnd, { tables, names }: TestedCluster): string[] {
  const { endpointKind, endpointObject } = tables.columns;
  return endpoints.flatMap((endpoint) => {
    if (endpointKind[endpoint]! === ENDPOINT_PREFIX || endpointKind[endpoint]! === ENDPOINT_NODE) return [];
    return [podName(names, endpointObject[endpoint]!)];
  });
}
