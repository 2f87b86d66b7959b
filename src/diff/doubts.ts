/**
 * What two sides hold that no verdict knows of, so that reachability may differ where no verdict does: policies of other kinds, labels that are not in the input, Services, what a profile does
 * not model.
 */
import { caveats } from '../dialects/caveats.ts';
import type { Engine } from '../engine/engine.ts';
import { TableNames } from '../evaluate/names.ts';
import { compareText } from '../lib/compare-text.ts';
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { Maybe, NetworkPolicyEgressRule, NetworkPolicyPeer, Resource, ServiceObject } from '../model/resource.ts';
import type { ClassComparison } from '../reach/compare-reach.ts';
import { type JointEndpoints, nodesWithHiddenAddresses } from '../reach/joint-endpoints.ts';
import { ENDPOINT_POD, NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import type { DiffNotice, ServiceChanges } from './report.ts';

/** An engine, or anything with tables. Errors among the diagnostics mean that it was not read whole; without `source` nothing is certain, as tables alone do not say what is beside them. */
export type DiffSide = Pick<Engine, 'tables'> & Partial<Pick<Engine, 'diagnostics' | 'source'>>;

type Sides = readonly [DiffSide, DiffSide];

/** Codes of warnings about what is in the input and in no verdict, or in no input and assumed. */
const DOUBTS: ReadonlySet<string> = new Set(['policy-not-considered', 'namespace-not-given', 'namespaces-not-written']);

/** Each makes the result uncertain. */
export function doubtsOf(sides: Sides): DiffNotice[] {
  return bySide(sides, ({ tables, diagnostics = [], source }) => [
    ...(tables.columns.endpointKind.includes(ENDPOINT_POD) ? [] : [{ code: 'no-pod', message: 'there is no pod that policies apply to' }]),
    ...diagnostics.filter(({ code }) => DOUBTS.has(code)),
    ...(source === undefined
      ? [{ code: 'tables-alone', message: 'compiled tables do not say which Services and which policies of other kinds there are' }]
      : []),
    ...nodesWithHiddenAddresses(tables).map((node) => ({
      code: 'node-addresses',
      message: `addresses of the node ${quote(node)} belong to pods, too: which is which is not known`,
    })),
  ]);
}

/** What verdicts leave out by convention, and what no profile models: equivalence is that of the model, and not proven for a data plane. */
export function caveatsOf(sides: Sides, { equalHalves, endpoints }: Pick<ClassComparison, 'equalHalves' | 'endpoints'>): DiffNotice[] {
  const needsAddresses = sides.some(({ source }) => source !== undefined && dependsOnAddresses(source, equalHalves));
  return bySide(sides, (side) => [
    ...(side.diagnostics ?? []).filter(({ code }) => code === 'mixed-admin-apis'),
    ...(needsAddresses ? podsWithoutAddress(side.tables) : []),
    ...addressedOnOtherSide(sides, side, endpoints),
    ...(side.source === undefined ? [] : caveats(side.source.manifests, side.source.profile)),
  ]);
}

/** Pods without address here that have one on the other side. Without, they are ends of flows of every family; they are compared in those alone that they have with it. */
function addressedOnOtherSide(sides: Sides, side: DiffSide, { numbers }: JointEndpoints): Found[] {
  const { endpointFamily, endpointObject } = side.tables.columns;
  const [here, there] = side === sides[0] ? [0, 1] : [1, 0];
  const other = sides[there]!.tables.columns.endpointFamily;
  const names = new TableNames(side.tables);
  const pods = new Set<string>();
  for (const [end, number] of numbers[here]!.entries()) {
    const counterpart = numbers[there]![end]!;
    if (number === NONE_32 || counterpart === NONE_32 || endpointFamily[number] !== 0 || other[counterpart] === 0) continue;
    const { namespace, name } = names.pod(endpointObject[number]!);
    pods.add(`${namespace}/${name}`);
  }
  const [first] = pods;
  if (first === undefined) return [];
  const compared = 'the address family that it has on the other side';
  const message =
    pods.size === 1
      ? `the pod ${quote(first)} has no address here: it is compared in ${compared}`
      : `${pods.size} pods have no address here, such as ${quote(first)}: each is compared in ${compared}`;
  return [{ code: 'pods-addressed-on-one-side', message }];
}

type Source = NonNullable<DiffSide['source']>;

/**
 * Could sets of which no verdict differs differ for pods that have addresses in blocks, when they have none here? A half of a connection is what labels allow and what blocks allow; the first is compared at
 * such a pod, the second at addresses outside. So they are the same where no half differs: where one does, the other half hides it, which a block may open. Blocks with port names mean nothing outside,
 * and administrators' rules may hide there what they do not hide from pods.
 */
function dependsOnAddresses({ manifests, profile }: Source, equalHalves: boolean): boolean {
  if (!profile.enforced || !profile.ipBlockMatchesPods) return false;
  const specs = manifests.networkPolicies.map(({ object: { spec } }) => spec);
  const hasBlock = (peers: Maybe<readonly NetworkPolicyPeer[]>): boolean => (peers ?? []).some(({ ipBlock }) => ipBlock);
  const hasName = ({ to, ports }: NetworkPolicyEgressRule): boolean =>
    hasBlock(to) && (ports ?? []).some(({ port }) => typeof port === 'string');
  if (specs.some((spec) => (spec?.egress ?? []).some(hasName))) return true;
  if (equalHalves && manifests.adminPolicies.length === 0) return false;
  return specs.some(
    (spec) => (spec?.ingress ?? []).some(({ from }) => hasBlock(from)) || (spec?.egress ?? []).some(({ to }) => hasBlock(to)),
  );
}

function podsWithoutAddress(tables: RuleTables): Found[] {
  const { endpointKind, endpointFamily, endpointObject } = tables.columns;
  const without = Array.from(endpointKind.keys()).filter((end) => endpointKind[end] === ENDPOINT_POD && endpointFamily[end] === 0);
  const [first] = without;
  if (first === undefined) return [];
  const { namespace, name } = new TableNames(tables).pod(endpointObject[first]!);
  const example = quote(`${namespace}/${name}`);
  const message =
    without.length === 1
      ? `the pod ${example} has no address: no ipBlock matches it here`
      : `${without.length} pods have no address, such as ${example}: no ipBlock matches them here`;
  return [{ code: 'pods-without-address', message }];
}

type Found = Pick<Diagnostic, 'code' | 'message'> & Partial<Pick<Diagnostic, 'origin'>>;

/** What both sides say is said once. */
function bySide(sides: Sides, find: (side: DiffSide) => readonly Found[]): DiffNotice[] {
  const notices = new Map<string, DiffNotice>();
  for (const [t, side] of sides.entries()) {
    for (const { code, message, origin = null } of find(side)) {
      const key = JSON.stringify([code, message]);
      const known = notices.get(key);
      if (known === undefined) notices.set(key, { side: t === 0 ? 'before' : 'after', code, message, origin });
      else if (t === 1 && known.side === 'before') notices.set(key, { ...known, side: 'both' });
    }
  }
  return [...notices.values()];
}

/** Services that only one side has, and those that differ in what leads to pods: type, addresses, selector, ports. */
export function serviceChanges([before, after]: Sides): ServiceChanges {
  const [one, two] = [before, after].map(({ source }) => meanings(source?.manifests.services ?? [])) as [
    Map<string, string>,
    Map<string, string>,
  ];
  const names = (of: Map<string, string>, isWanted: (name: string) => boolean) => [...of.keys()].filter(isWanted).sort(compareText);
  return {
    added: names(two, (name) => !one.has(name)),
    removed: names(one, (name) => !two.has(name)),
    changed: names(one, (name) => two.has(name) && two.get(name) !== one.get(name)),
  };
}

/** `namespace/name` -> equal for Services that mean the same. */
function meanings(services: readonly Resource<ServiceObject>[]): Map<string, string> {
  return new Map(
    services.map(({ object: { metadata, spec, status } }) => {
      const { type, clusterIP, clusterIPs, externalIPs, selector, ports } = spec ?? {};
      const meaning = [
        type ?? 'ClusterIP',
        clusterIPs?.length ? clusterIPs : [clusterIP || null],
        [...(externalIPs ?? [])].sort(compareText),
        Object.entries(selector ?? {}).sort(([a], [b]) => compareText(a, b)),
        (ports ?? [])
          .map((each) => JSON.stringify([each.name, each.port, each.targetPort ?? each.port, each.protocol ?? 'TCP']))
          .sort(compareText),
        (status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip || null),
      ];
      return [`${namespaceOf(metadata)}/${metadata.name}`, JSON.stringify(meaning)];
    }),
  );
}
