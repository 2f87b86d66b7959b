/**
 * What may come: who outside, and which pods that do not exist yet, can reach the pods of a cluster or be reached by them. In come manifests, out come rows like those of the matrix. Rows about addresses
 * outside are the matrix's own. Those about future pods are judged from the policies' selectors, which tables do not hold, and tell one half: what the policies of the pods that exist let through. Whether
 * those of the future pod let it through, too, nobody knows. Rows are unions: a pod that several rows are about gets what all of them say, and what no row says is denied.
 */
import { profileOf } from '../cni/check-profile.ts';
import { lower } from '../dialects/lower.ts';
import { type CompileOptions, compile } from '../engine/engine.ts';
import { TableNames } from '../evaluate/names.ts';
import { buildCluster } from '../input/build-cluster.ts';
import { membersOf } from '../lib/grouping.ts';
import { endKey, groupEnds } from '../matrix/ends.ts';
import type { NearEnd } from '../matrix/focus.ts';
import { type MatrixOptions, type MatrixRow, nearEnds, type ReachabilityMatrix, reachabilityMatrix } from '../matrix/matrix.ts';
import type { Cluster, Pod } from '../model/cluster.ts';
import type { PolicySet } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type { Manifests } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { type AdditiveExposure, AdditiveReader, unprotectedFrom } from './additive.ts';
import { AdditiveRows } from './additive-rows.ts';
import { Bindings } from './bindings.ts';
import { Conditions } from './conditions.ts';
import { exposureRows } from './exposure-rows.ts';
import { ExposureReader, type PodExposure, unprotectedPod } from './pod-exposure.ts';
import { PortSets } from './port-sets.ts';
import { TermSpace } from './terms.ts';
import { withoutLookups } from './without-lookups.ts';

export interface ExposureOptions
  extends Pick<MatrixOptions, 'by' | 'focus' | 'chosen' | 'direction' | 'protocol' | 'port'>,
    Pick<CompileOptions, 'cni' | 'domainNames'> {
  /** What `compile` gave for the same manifests, profile and names: they are not compiled again then. */
  readonly engine?: { readonly tables: RuleTables };
}

/**
 * Like `reachabilityMatrix` with `peers: 'outside'`, and with a row for each set of pods that may come. `direction` needs no focus.
 * @throws {RangeError} for an option that is not as there, a focus that does not exist or is not clear, a profile or a table of names that is none
 */
export function exposureMatrix(manifests: Manifests, options: ExposureOptions = {}): ReachabilityMatrix {
  const { cni, domainNames, by = 'workload', focus, chosen, direction, protocol, port } = options;
  const compiledWith = { ...(cni === undefined ? {} : { cni }), ...(domainNames === undefined ? {} : { domainNames }) };
  const { tables } = options.engine ?? compile(manifests, { ...compiledWith, shared: false });
  if (direction !== undefined && !DIRECTIONS.includes(direction))
    throw new RangeError(`direction must be one of \`ingress\`, \`egress\`, got \`${String(direction)}\``);
  const wanted = { ...(focus === undefined ? {} : { focus }), ...(chosen === undefined ? {} : { chosen }) };
  const asked = { ...(protocol === undefined ? {} : { protocol }), ...(port === undefined ? {} : { port }) };
  const outside = reachabilityMatrix({ tables }, { ...asked, ...wanted, by, peers: 'outside' });
  const names = new TableNames(tables);
  const profile = profileOf(cni ?? 'spec');
  return {
    ...outside,
    exposure: true,
    *rows() {
      const near = nearEnds(tables, names, wanted, by) ?? allEnds(tables, names, by);
      const future = new FutureRows(manifests, profile, options, tables);
      const before = outside.rows();
      let next = before.next();
      for (const way of ['egress', 'ingress'] as const) {
        const isTold = direction === undefined || direction === way;
        for (const end of near) {
          for (; !next.done && isOf(next.value, end, way); next = before.next()) if (isTold) yield next.value;
          if (isTold) yield* future.rows(end, way);
        }
      }
    },
  };
}

function allEnds(tables: RuleTables, names: TableNames, by: NonNullable<MatrixOptions['by']>): NearEnd[] {
  const { pods, members } = groupEnds(tables, names, by);
  return pods.map((end, group) => ({ end, endpoints: [...membersOf(members, group)] }));
}

/** Is it a row between the end and addresses outside, in that direction of the end? */
function isOf({ from, to }: MatrixRow, { end }: NearEnd, direction: Direction): boolean {
  return endKey(direction === 'egress' ? from : to) === endKey(end);
}

class FutureRows {
  private readonly cluster: Cluster;
  private readonly profile: CniProfile;
  private readonly tables: RuleTables;
  private readonly options: ExposureOptions;
  private readonly bindings: Bindings;
  private readonly conditions: Conditions;
  private readonly space: TermSpace;
  private readonly reader: ExposureReader;
  private readonly additive: AdditiveReader;
  private readonly additiveRows: AdditiveRows;
  private readonly known = new Map<string, Reading>();

  constructor(manifests: Manifests, profile: CniProfile, options: ExposureOptions, tables: RuleTables) {
    const policySet: PolicySet = withoutLookups(lower(manifests, profile, options.domainNames).policySet, manifests, profile);
    this.cluster = buildCluster(manifests, profile).cluster;
    this.profile = profile;
    this.tables = tables;
    this.options = options;
    this.bindings = new Bindings(policySet, this.cluster);
    this.conditions = new Conditions(profile);
    this.space = new TermSpace(this.conditions, certainNamespaces(manifests, this.cluster));
    this.reader = new ExposureReader(this.conditions, this.space, policySet);
    const ports = new PortSets();
    this.additive = new AdditiveReader(this.conditions, this.space, ports);
    this.additiveRows = new AdditiveRows(this.conditions, this.space, ports, options);
  }

  *rows({ end, endpoints }: NearEnd, direction: Direction): Generator<MatrixRow, void, undefined> {
    const { endpointObject } = this.tables.columns;
    const pods = [...new Set(endpoints.map((endpoint) => endpointObject[endpoint]!))].map((pod) => this.cluster.pods[pod]!);
    const readings = [...new Set(pods.map((pod) => this.ofPod(pod, direction)))];
    const ordinary = readings.flatMap(({ additive }) => additive ?? []);
    const rows =
      ordinary.length === readings.length
        ? this.additiveRows.of(ordinary)
        : exposureRows(
            readings.map((reading) => reading.exposure()),
            this.conditions,
            this.space,
            this.options,
          );
    for (const { end: future, ports, unprotected } of rows) {
      const [from, to] = direction === 'egress' ? [end, future] : [future, end];
      yield { from, to, ports, pairs: endpoints.length, ...(unprotected === undefined ? {} : { unprotected }) };
    }
  }

  private ofPod(pod: Pod, direction: Direction): Reading {
    if (pod.hostNetwork && this.profile.hostNetwork === 'node') return HOST_NETWORK;
    const binding = this.bindings.of(pod);
    const families = [...new Set(pod.ips.map(({ family }) => family))];
    const key = `${direction} ${binding.key} ${families.join()} ${JSON.stringify(pod.namedPorts)}`;
    let reading = this.known.get(key);
    if (reading === undefined) {
      const subject = { tiers: binding.tiers, namedPorts: pod.namedPorts, families };
      let exposure: PodExposure | undefined;
      reading = {
        additive: this.additive.read(subject, direction),
        exposure: () => {
          exposure ??= this.reader.read(subject, direction);
          return exposure;
        },
      };
      this.known.set(key, reading);
    }
    return reading;
  }
}

/** What the policies of a pod say, in the form that fits. */
interface Reading {
  /** Where NetworkPolicies alone have a say. */
  readonly additive: AdditiveExposure | undefined;
  /** Port by port. Made when it is asked for. */
  readonly exposure: () => PodExposure;
}

const HOST_NETWORK: Reading = { additive: unprotectedFrom('host-network'), exposure: () => unprotectedPod('host-network') };

/** Namespaces that are there and of which every label could be read. */
function certainNamespaces({ namespaces, context }: Manifests, cluster: Cluster): Map<string, Labels> {
  const there = new Set(namespaces.map(({ object }) => object.metadata.name));
  for (const { name } of context?.doubtfulNamespaces ?? []) {
    if (name === undefined) there.clear();
    else there.delete(name);
  }
  return new Map(cluster.namespaces.filter(({ name }) => there.has(name)).map(({ name, labels }) => [name, labels]));
}
