/**
 * What is denied by default: the same cluster under the same policies without anything that allows. A pod is closed in a direction when that half of every flow with it is denied then, at every port. So it is told for the
 * pods that are there, and for pods to come, which are put into the cluster for this alone.
 */
import { compileTables } from '../compile/compile.ts';
import { VERDICTS } from '../evaluate/explain.ts';
import { TableNames } from '../evaluate/names.ts';
import { type FlowDecision, TableReader } from '../evaluate/reader.ts';
import { type Deciding, decidingOf } from '../expectations/deciding.ts';
import { append } from '../lib/append.ts';
import { sortByName } from '../lib/sort-by-name.ts';
import type { Cluster, Pod } from '../model/cluster.ts';
import type { Verdict } from '../model/decision.ts';
import { UNKNOWN_ORIGIN } from '../model/origin.ts';
import type { PolicySet } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Direction } from '../model/protocol.ts';
import { joinPorts } from '../reach/joint-ports.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_NODE, ENDPOINT_POD, ENDPOINT_PREFIX } from '../tables/layout.ts';
import { livePairs } from './live-pairs.ts';
import type { PodToCome } from './pods-to-come.ts';
import type { Atom } from './zone-world.ts';

/** What a half says of some pods, with what decided. */
export interface ClosedHalf {
  /** `namespace/name` of pods that are there. */
  readonly pods: readonly string[];
  readonly toCome: readonly PodToCome[];
  /** What is at the other end. */
  readonly others: readonly OtherKind[];
  readonly verdict: Verdict;
  readonly deciding: readonly Deciding[];
}

export type OtherKind = 'pods' | 'nodes' | 'addresses outside';

export class DefaultDeny {
  private readonly reader: TableReader;
  private readonly names: TableNames;
  private readonly namesOfCome: ReadonlyMap<string, PodToCome>;
  /** Endpoints of each pod. */
  private readonly endpointsOf = new Map<string, Atom[]>();
  private readonly others: readonly Atom[];

  /**
   * `stripped`: the policies without what allows. `judgesWithin`: pods of the zone are ends that a pod of the zone is to be closed to, too.
   */
  constructor(
    cluster: Cluster,
    stripped: PolicySet,
    profile: CniProfile,
    zone: { readonly pods: ReadonlyMap<string, Pod>; readonly toCome: readonly PodToCome[]; readonly judgesWithin: boolean },
  ) {
    const added = newPods(zone.toCome, cluster);
    this.namesOfCome = new Map(added.map(({ namespace, name }, i) => [`${namespace}/${name}`, zone.toCome[i]!]));
    const pods = sortByName(
      [...cluster.pods, ...added],
      ({ namespace }) => namespace,
      ({ name }) => name,
    );
    const tables = compileTables({ ...cluster, pods }, stripped, profile);
    this.reader = new TableReader(tables);
    this.names = new TableNames(tables);
    const others: Atom[] = [];
    for (const [endpoint, kind] of tables.columns.endpointKind.entries()) {
      const atom = { endpoint, range: undefined };
      const name = kind === ENDPOINT_POD || kind === ENDPOINT_HOST_POD ? this.podName(endpoint) : undefined;
      if (name !== undefined && (zone.pods.has(name) || this.namesOfCome.has(name))) append(this.endpointsOf, name, atom);
      if (name === undefined || (!this.namesOfCome.has(name) && (zone.judgesWithin || !zone.pods.has(name)))) others.push(atom);
    }
    this.others = others;
  }

  /** Of all pods of the zone, those that are there and those to come: what a half comes to, for each verdict and each way to decide it. */
  halves(direction: Direction): ClosedHalf[] {
    const { columns } = this.reader.tables;
    const [subject, peer] =
      direction === 'ingress'
        ? [columns.endpointIngressSubject, columns.endpointIngressPeer]
        : [columns.endpointEgressSubject, columns.endpointEgressPeer];
    const judged = groupBy(
      [...this.endpointsOf.values()].flat(),
      ({ endpoint }) => `${subject[endpoint]} ${columns.endpointFamily[endpoint]}`,
    );
    const others = groupBy(this.others, ({ endpoint }) => `${peer[endpoint]} ${columns.endpointFamily[endpoint]}`);
    const found = new Map<string, { others: Map<string, Set<OtherKind>>; half: Pick<ClosedHalf, 'verdict' | 'deciding'> }>();
    for (const zone of judged) {
      for (const other of others) {
        const [a, b] = [columns.endpointFamily[zone[0]!.endpoint]!, columns.endpointFamily[other[0]!.endpoint]!];
        if (a !== b && a !== 0 && b !== 0) continue;
        const live = direction === 'ingress' ? livePairs(this.reader, other, zone) : livePairs(this.reader, zone, other);
        if (live === undefined) continue;
        const names = (direction === 'ingress' ? live.to : live.from).map(({ endpoint }) => this.podName(endpoint));
        const kinds = (direction === 'ingress' ? live.from : live.to).map(({ endpoint }) => kindOf(columns.endpointKind[endpoint]!));
        for (const [key, half] of this.told(direction, live.pair)) {
          const known = found.get(key) ?? { others: new Map(), half };
          found.set(key, known);
          for (const name of names) known.others.set(name, new Set([...(known.others.get(name) ?? []), ...kinds]));
        }
      }
    }
    return [...found.values()].flatMap(({ others: kindsOf, half }) => {
      const kindsTold = (name: string): OtherKind[] => OTHER_KINDS.filter((kind) => kindsOf.get(name)?.has(kind));
      return groupBy([...kindsOf.keys()], (name) => kindsTold(name).join()).map((names) => ({
        ...half,
        others: kindsTold(names[0] ?? ''),
        pods: names.filter((name) => !this.namesOfCome.has(name)),
        toCome: names.flatMap((name) => this.namesOfCome.get(name) ?? []),
      }));
    });
  }

  /** What a half says over all ports. */
  private told(direction: Direction, pair: readonly [number, number]): Map<string, Pick<ClosedHalf, 'verdict' | 'deciding'>> {
    const found = new Map<string, Pick<ClosedHalf, 'verdict' | 'deciding'>>();
    const seen = new Set<number>();
    const decision: FlowDecision = { egress: 0, ingress: 0, verdict: 0 };
    for (const { protocol, from } of joinPorts([this.reader.tables])) {
      const half = this.reader.decide(pair[0], pair[1], protocol, from, decision)[direction];
      if (seen.has(half)) continue;
      seen.add(half);
      const verdict = VERDICTS[this.reader.tables.columns.decisionVerdict[half]!]!;
      const both = decidingOf({ reader: this.reader, names: this.names }, pair, { egress: half, ingress: half, verdict: 0 }, verdict);
      const deciding = both.filter((each) => each.direction === direction);
      const told = { verdict, deciding };
      found.set(JSON.stringify(told), told);
    }
    return found;
  }

  private podName(endpoint: number): string {
    const { namespace, name } = this.names.pod(this.reader.tables.columns.endpointObject[endpoint]!);
    return `${namespace}/${name}`;
  }
}

const OTHER_KINDS: readonly OtherKind[] = ['pods', 'nodes', 'addresses outside'];

function kindOf(kind: number): OtherKind {
  if (kind === ENDPOINT_PREFIX) return 'addresses outside';
  return kind === ENDPOINT_NODE ? 'nodes' : 'pods';
}

/** Pods without address, node or port names. Their names are nobody's. */
function newPods(toCome: readonly PodToCome[], { pods }: Cluster): Pod[] {
  const taken = new Set(pods.map(({ namespace, name }) => `${namespace}/${name}`));
  let number = 0;
  return toCome.map(({ namespace, labels }) => {
    let name: string;
    do name = `to-come-${++number}`;
    while (taken.has(`${namespace}/${name}`));
    return {
      namespace,
      name,
      labels: new Map(Object.entries(labels)),
      ips: [],
      namedPorts: [],
      hostNetwork: false,
      node: undefined,
      workload: undefined,
      origin: UNKNOWN_ORIGIN,
    };
  });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) append(groups, keyOf(item), item);
  return [...groups.values()];
}
