/**
 * Invariants against one cluster, exactly: every pair of ends at every port, by classes. In come manifests, out comes what becomes of each invariant.
 */

import { profileOf } from '../cni/check-profile.ts';
import { type ResolvedNames, readDomainNames } from '../dialects/domain-names.ts';
import { type CompileOptions, compile } from '../engine/engine.ts';
import { judgePairs } from '../expectations/judge-pairs.ts';
import { type EndPlan, planEnd } from '../expectations/plan-end.ts';
import { podsBehind, type ResolvedEnds, resolvePlan } from '../expectations/resolve-end.ts';
import { TestedCluster } from '../expectations/tested-cluster.ts';
import type { Verdict } from '../model/decision.ts';
import type { Manifests } from '../model/resource.ts';
import type { BrokenFlow, FlowInvariant, Invariant, InvariantJudgement } from './invariant.ts';
import { judgeUnchanged } from './judge-unchanged.ts';
import { withPolicies } from './with-policies.ts';

export type InvariantOptions = Pick<CompileOptions, 'cni' | 'domainNames'>;

/** A cluster, or one beside it with the policies that were there before anything changed: with them `unchanged` is judged, so that a change of policies is not taken for one of the refactoring. */
export type CheckedCluster = Manifests | { readonly manifests: Manifests; readonly original: Manifests };

/**
 * What becomes of invariants in a cluster.
 * @throws {RangeError} for something that is no manifests, a profile that does not exist, a table of domain names that is none
 */
export function checkInvariants(
  cluster: CheckedCluster,
  invariants: readonly Invariant[],
  options: InvariantOptions = {},
): InvariantJudgement[] {
  const { manifests, original } = 'manifests' in cluster ? cluster : { manifests: cluster, original: cluster };
  const profile = profileOf(options.cni ?? 'spec');
  const compileOptions = { ...options, cni: profile, shared: false };
  const names = readDomainNames(options.domainNames);
  let own: TestedCluster | undefined;
  return invariants.map((each) => {
    if (each.kind === 'unchanged') return judgeUnchanged(each, withPolicies(manifests, original), compileOptions);
    own ??= new TestedCluster(manifests, compile(manifests, compileOptions), profile);
    return judgeFlows(each, own, names);
  });
}

/** What invariants speak of: where to look for a change that breaks them. */
export interface InvariantTopics {
  /** `namespace/name` of the pods behind their ends. */
  readonly pods: ReadonlySet<string>;
  readonly labels: readonly (readonly [key: string, value: string])[];
  readonly namespaceLabels: readonly (readonly [key: string, value: string])[];
}

export function topicsOf(manifests: Manifests, invariants: readonly Invariant[], options: InvariantOptions = {}): InvariantTopics {
  const ends = invariants.flatMap((each) => (each.kind === 'unchanged' ? [] : [each.from, each.to]));
  if (ends.length === 0) return { pods: new Set(), labels: [], namespaceLabels: [] };
  const profile = profileOf(options.cni ?? 'spec');
  const cluster = new TestedCluster(manifests, compile(manifests, { ...options, cni: profile, shared: false }), profile);
  const names = readDomainNames(options.domainNames);
  const selecting = ends.filter((end) => end.kind === 'pods');
  return {
    pods: new Set(ends.flatMap((end) => endsOf(planEnd(end, cluster), cluster, names).ends.flatMap((each) => podsBehind(each, cluster)))),
    labels: selecting.flatMap(({ labels }) => Object.entries(labels)),
    namespaceLabels: selecting.flatMap(({ namespaceLabels }) => Object.entries(namespaceLabels ?? {})),
  };
}

const EXPECTED: Readonly<Record<FlowInvariant['kind'], Verdict>> = { never: 'deny', always: 'allow' };

function judgeFlows(invariant: FlowInvariant, cluster: TestedCluster, names: ResolvedNames): InvariantJudgement {
  const { name, kind, ports } = invariant;
  const expected = EXPECTED[kind];
  const head = { name, kind, problem: null, broken: [], pairs: 0, unknownPairs: 0 };
  const [from, to] = [endsOf(planEnd(invariant.from, cluster), cluster, names), endsOf(planEnd(invariant.to, cluster), cluster, names)];
  const problem = from.problem === undefined ? (to.problem === undefined ? undefined : `to: ${to.problem}`) : `from: ${from.problem}`;
  if (problem !== undefined) return { ...head, status: 'vacuous', problem };
  const { pairs, unknown, counterexamples } = judgePairs(cluster, { expect: expected, ports, refuting: true }, from.ends, to.ends);
  if (pairs === 0)
    return {
      ...head,
      status: 'vacuous',
      problem: 'the ends have no flow: no address family in common, no such port, or only a pod and itself',
    };
  const broken = counterexamples.map((each): BrokenFlow => {
    const { from: source, to: destination, pairs: alike, port, verdict, flow, deciding } = each;
    if (port === null || verdict === null) throw new Error('what breaks an invariant has no port');
    return { from: source, to: destination, pairs: alike, ports: port, verdict, expected, flow, deciding, otherDeciding: [] };
  });
  const status = broken.length > 0 ? 'broken' : unknown > 0 ? 'unknown' : 'holds';
  return { ...head, status, pairs, unknownPairs: unknown, broken };
}

/** Nobody is assumed to be there. */
function endsOf(plan: EndPlan, cluster: TestedCluster, names: ResolvedNames): ResolvedEnds {
  if (plan.means !== 'assumed') return resolvePlan(plan, cluster, new Map(), names);
  const { end, namespace } = plan.pod;
  const labels = Object.entries(end.labels).map(([key, value]) => `${key}=${value}`);
  return { ends: [], problem: `no pod of the namespace \`${namespace}\` has the labels \`${labels.join(',')}\``, namesPods: false };
}
