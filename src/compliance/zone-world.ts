/**
 * The cluster seen from a zone: its endpoints, and everything else as ends that policies and listed paths do not tell apart within. A part of the outside is a range of addresses that one prefix of the tables has, cut
 * where a listed path begins or ends.
 */
import type { ResolvedNames } from '../dialects/domain-names.ts';
import { type AddressRange, formatRange, rangesOfBlock, targetsIn } from '../expectations/address-ranges.ts';
import { describeEnd } from '../expectations/describe.ts';
import { planEnd } from '../expectations/plan-end.ts';
import type { PodsEnd, TestPort } from '../expectations/test-case.ts';
import type { TestedCluster } from '../expectations/tested-cluster.ts';
import { PortChooser } from '../expectations/wanted-ports.ts';
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import type { Pod } from '../model/cluster.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_NODE, ENDPOINT_POD, ENDPOINT_PREFIX } from '../tables/layout.ts';
import { type CoveredEnds, coverEnd } from './covered-ends.ts';
import type { ComplianceZone, ListedPath, Way } from './zone.ts';

/** An endpoint, or the part of one that is addresses outside. */
export interface Atom {
  readonly endpoint: number;
  /** Undefined for pods and nodes. */
  readonly range: AddressRange | undefined;
  /** Of a range: its place among all that are outside, in order. */
  readonly place?: number;
}

/** One port of a listed path, or of DNS, with the ends that it covers. */
export interface Unit {
  readonly way: Way;
  /** Undefined for DNS. */
  readonly path: ListedPath | undefined;
  readonly port: TestPort;
  readonly chooser: PortChooser;
  readonly from: CoveredEnds;
  readonly to: CoveredEnds;
}

export interface ZoneWorld {
  readonly cluster: TestedCluster;
  readonly zone: ComplianceZone;
  /** Pods of the zone by `namespace/name`, in order. */
  readonly pods: ReadonlyMap<string, Pod>;
  /** What could not be read and may be a pod of the zone. */
  readonly uncertain: readonly string[];
  /** Why selectors select nothing. */
  readonly problems: readonly string[];
  readonly endpoints: ReadonlySet<number>;
  readonly inside: readonly Atom[];
  readonly outside: readonly Atom[];
  readonly units: readonly Unit[];
  readonly dns: CoveredEnds;
  /** Of endpoints of nodes that have several: the address. */
  readonly nodeAddresses: ReadonlyMap<number, string>;
  /** Of rules that may match pods without an address: the addresses of their blocks, by `ruleKey`. */
  readonly blocks: ReadonlyMap<string, readonly AddressRange[]>;
}

export function zoneWorld(
  zone: ComplianceZone,
  cluster: TestedCluster,
  names: ResolvedNames,
  blocks: ZoneWorld['blocks'] = new Map(),
): ZoneWorld {
  const plans = zone.selectors.map((selector) => planEnd(selector, cluster));
  const chosen = new Set(plans.flatMap((plan) => (plan.means === 'pods' ? plan.pods : [])));
  const pods = new Map([...cluster.pods].filter(([name]) => chosen.has(name)));
  const endpoints = new Set<number>();
  const { endpointKind, endpointObject } = cluster.tables.columns;
  const others: Atom[] = [];
  for (const [endpoint, kind] of endpointKind.entries()) {
    if (kind === ENDPOINT_PREFIX) continue;
    const isPod = kind === ENDPOINT_POD || kind === ENDPOINT_HOST_POD;
    const pod = isPod ? cluster.names.pod(endpointObject[endpoint]!) : undefined;
    if (pod !== undefined && pods.has(`${pod.namespace}/${pod.name}`)) endpoints.add(endpoint);
    else others.push({ endpoint, range: undefined });
  }
  const everyPod: CoveredEnds = { endpoints, ranges: [], owned: [], uncertain: [] };
  const dns = coverEnd(zone.dns.to, cluster, names);
  const unitsOf = (head: Pick<Unit, 'way' | 'path' | 'from' | 'to'>, ports: readonly TestPort[]): Unit[] =>
    ports.map((port) => ({ ...head, port, chooser: new PortChooser([port], cluster) }));
  const units = [
    ...unitsOf({ way: 'out', path: undefined, from: everyPod, to: dns }, zone.dns.ports),
    ...zone.paths.flatMap((path) => {
      const from = path.from === undefined ? everyPod : coverEnd(path.from, cluster, names);
      const to = path.to === undefined ? everyPod : coverEnd(path.to, cluster, names);
      return unitsOf({ way: path.way, path, from, to }, path.ports);
    }),
  ];
  return {
    cluster,
    zone,
    pods,
    uncertain: plans.flatMap((plan) => (plan.means === 'pods' ? plan.uncertain : [])),
    problems: plans.flatMap((plan, i) => problemOf(plan, zone.selectors[i]!, cluster)),
    endpoints,
    inside: [...endpoints].map((endpoint) => ({ endpoint, range: undefined })),
    outside: [...others, ...partsOutside(cluster, units)],
    units,
    dns,
    nodeAddresses: nodeAddresses(cluster),
    blocks,
  };
}

function problemOf({ means }: ReturnType<typeof planEnd>, selector: PodsEnd, { namespaces }: TestedCluster): string[] {
  if (means === 'pods') return [];
  const { namespace } = selector;
  if (namespace === undefined || namespaces.has(namespace)) return [`no pod is ${quote(describeEnd(selector))}`];
  const near = nearest(namespace, namespaces.keys());
  return [`there is no namespace ${quote(namespace)}${near === undefined ? '' : `: did you mean ${quote(near)}?`}`];
}

const EVERYTHING = { 4: '0.0.0.0/0', 6: '::/0' } as const;

/** Every address of no pod, node or Service, as ranges that no rule and no listed path tells apart within. */
function partsOutside({ tables }: TestedCluster, units: readonly Unit[]): Atom[] {
  const { columns } = tables;
  const covered = units.flatMap(({ from, to }) => [...from.ranges, ...to.ranges]);
  let place = 0;
  return ([4, 6] as const).flatMap((family) => {
    const own = covered.filter((range) => range.family === family);
    const cuts = [...new Set(own.flatMap(({ first, last }) => [first, last + 1n]))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const found: Atom[] = [];
    for (const whole of rangesOfBlock(EVERYTHING[family], [])) {
      for (const { target, first, last } of targetsIn(addressIntervals(columns, family), whole)) {
        if (columns.endpointKind[target] !== ENDPOINT_PREFIX) continue;
        const starts = [first, ...cuts.filter((cut) => cut > first && cut <= last)];
        for (const [i, start] of starts.entries()) {
          const end = i + 1 < starts.length ? starts[i + 1]! - 1n : last;
          found.push({ endpoint: target, range: { family, first: start, last: end }, place: place++ });
        }
      }
    }
    return found;
  });
}

function nodeAddresses({ tables: { columns } }: TestedCluster): Map<number, string> {
  const { endpointKind, endpointObject } = columns;
  const faces = new Map<number, number>();
  for (const [endpoint, kind] of endpointKind.entries()) {
    if (kind === ENDPOINT_NODE) faces.set(endpointObject[endpoint]!, (faces.get(endpointObject[endpoint]!) ?? 0) + 1);
  }
  const found = new Map<number, string>();
  for (const family of [4, 6] as const) {
    for (const whole of rangesOfBlock(EVERYTHING[family], [])) {
      for (const { target, first } of targetsIn(addressIntervals(columns, family), whole)) {
        const hasMore = endpointKind[target] === ENDPOINT_NODE && (faces.get(endpointObject[target]!) ?? 0) > 1;
        if (hasMore) found.set(target, formatRange({ family, first, last: first }));
      }
    }
  }
  return found;
}

/** Does a unit's end cover an atom? */
export function covers({ endpoints, ranges }: CoveredEnds, { endpoint, range }: Atom): boolean {
  if (range === undefined) return endpoints.has(endpoint);
  return ranges.some((each) => each.family === range.family && each.first <= range.first && range.last <= each.last);
}
