/**
 * Counters -> the parts of a report that they hold: verdicts, hits of rules and policies, defaults, denied pairs.
 *
 * Workers count decisions, not rules: a decision names the rules that made it, so hits follow once, at the end, whatever the number of flows.
 */
import { endpointName, TableNames } from '../evaluate/names.ts';
import { compareText } from '../lib/compare-text.ts';
import { DIRECTIONS, type Direction, PROTOCOLS, type Protocol } from '../model/protocol.ts';
import { DECIDED_BY_RULES, DEFAULT_REASONS } from '../tables/decisions.ts';
import { ALLOW, DENY, ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32, UNKNOWN } from '../tables/layout.ts';
import { firstOfSame } from '../tables/policies.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import type { Counters } from './counters.ts';
import type { DeniedGroups, DeniedLevel } from './denied-groups.ts';
import type { DefaultCounts, DeniedPair, PolicyHits, RuleHits, RuleRef, SimulationReport, VerdictCounts } from './report.ts';

export function verdictCounts({ verdicts }: Counters): Pick<SimulationReport, 'verdicts' | 'verdictsByProtocol'> {
  const counts = (protocols: readonly number[]): VerdictCounts => {
    const of = (verdict: number): number => protocols.reduce((sum, protocol) => sum + verdicts[protocol * 4 + verdict]!, 0);
    return { allow: of(ALLOW), deny: of(DENY), unknown: of(UNKNOWN) };
  };
  return {
    verdicts: counts([...PROTOCOLS.keys()]),
    verdictsByProtocol: Object.fromEntries(PROTOCOLS.map((name, number) => [name, counts([number])])) as Record<Protocol, VerdictCounts>,
  };
}

/** Hits of every rule and policy, and those that had none. */
export function ruleCounts(tables: RuleTables, counters: Counters): Pick<SimulationReport, 'rules' | 'policies' | 'neverHit' | 'defaults'> {
  const names = new TableNames(tables);
  const { rulePolicy, ruleDirection, ruleIndex, policyName } = tables.columns;
  const hits = countHits(tables, counters);
  const refs = Array.from(rulePolicy, (policy, rule): RuleRef => {
    const index = ruleIndex[rule]!;
    return {
      policy: names.policy(policy),
      direction: ruleDirection[rule] === 0 ? 'ingress' : 'egress',
      rule: index === NONE_32 ? -1 : index,
      origin: names.ruleOrigin(rule),
    };
  });
  const first = firstOfSame(tables.columns);
  const policies = [...policyName.keys()]
    .filter((policy) => first[policy] === policy)
    .map((policy): PolicyHits => {
      return { policy: names.policy(policy), hits: hits.policies[policy]!, defaultDenials: hits.defaultDenials[policy]! };
    });
  return {
    rules: refs.map((ref, rule): RuleHits => ({ ...ref, hits: hits.rules[rule]! })),
    policies,
    neverHit: {
      rules: refs.filter((_, rule) => hits.rules[rule] === 0),
      policies: policies.filter((each) => each.hits === 0 && each.defaultDenials === 0).map(({ policy }) => policy),
    },
    defaults: { ingress: defaultCounts(tables, counters.ingress), egress: defaultCounts(tables, counters.egress) },
  };
}

function countHits(tables: RuleTables, counters: Counters): { rules: Float64Array; policies: Float64Array; defaultDenials: Float64Array } {
  const { columns } = tables;
  const { decisionAtomStart, decisionAtom, atomRule, rulePolicy } = columns;
  const rules = new Float64Array(rulePolicy.length);
  const first = firstOfSame(columns);
  const policies = new Float64Array(columns.policyName.length);
  const defaultDenials = new Float64Array(policies.length);
  for (let decision = 0; decision < counters.egress.length; decision++) {
    // INVARIANT: the rules of a decision have one direction, so at most one of the two counts is of this decision's rules.
    const flows = counters.egress[decision]! + counters.ingress[decision]!;
    if (flows === 0) continue;
    const atoms = decisionAtom.subarray(decisionAtomStart[decision]!, decisionAtomStart[decision + 1]!);
    const decidedBy = new Set(Array.from(atoms, (atom) => atomRule[atom]!));
    for (const rule of decidedBy) rules[rule]! += flows;
    for (const policy of new Set([...decidedBy].map((rule) => first[rulePolicy[rule]!]!))) policies[policy]! += flows;
  }
  for (const direction of DIRECTIONS) addDefaultDenials(tables, direction, counters[`${direction}Default`], defaultDenials);
  return { rules, policies, defaultDenials };
}

function addDefaultDenials({ columns }: RuleTables, direction: Direction, bySubject: Float64Array, into: Float64Array): void {
  const start = columns[`${direction}IsolatingStart`];
  const isolating = columns[`${direction}Isolating`];
  // Class 0 is "no policy applies here", and its cell collects what is not counted.
  for (let subject = 1; subject < bySubject.length; subject++) {
    for (let i = start[subject]!; i < start[subject + 1]!; i++) into[isolating[i]!]! += bySubject[subject]!;
  }
}

function defaultCounts({ columns }: RuleTables, byDecision: Float64Array): DefaultCounts {
  const counts = new Map(DEFAULT_REASONS.map((reason) => [reason, 0]));
  for (let decision = 0; decision < byDecision.length; decision++) {
    const byDefault = columns.decisionDefault[decision]!;
    if (byDefault === DECIDED_BY_RULES) continue;
    const reason = DEFAULT_REASONS[byDefault]!;
    counts.set(reason, counts.get(reason)! + byDecision[decision]!);
  }
  return Object.fromEntries(counts);
}

/** A pair of groups by its cell, and the place of the names in their order: a total order, so that any number of candidates can be forgotten early. */
interface Candidate {
  readonly flows: number;
  readonly from: number;
  readonly to: number;
}

/** The `most` pairs with the most denied flows; of equal ones those whose names come first. */
export function topDeniedPairs(tables: RuleTables, groups: DeniedGroups, { denied }: Counters, most: number): DeniedPair[] {
  const { destinations } = groups;
  const names = groupNames(tables, groups);
  const rank = new Uint32Array(destinations);
  for (const [place, group] of [...names.keys()].sort((a, b) => compareText(names[a]!, names[b]!) || a - b).entries()) rank[group] = place;
  const best: Candidate[] = [];
  const forgetOthers = (): void => {
    best.sort((a, b) => b.flows - a.flows || rank[a.from]! - rank[b.from]! || rank[a.to]! - rank[b.to]!);
    best.length = Math.min(best.length, most);
  };
  for (let cell = 1; cell < denied.length; cell++) {
    if (denied[cell] === 0) continue;
    const to = (cell - 1) % destinations;
    best.push({ flows: denied[cell]!, from: (cell - 1 - to) / destinations, to });
    if (best.length >= 2 * most + CANDIDATES) forgetOthers();
  }
  forgetOthers();
  return best.map(({ flows, from, to }) => ({
    from: groups.sources === 1 && destinations > 1 ? 'any' : names[from]!,
    to: names[to]!,
    flows,
  }));
}

/** Candidates beyond the wanted ones that are kept until the next sorting. */
const CANDIDATES = 4096;

/** The name of each group: that of any endpoint in it, as coarse as the level. */
function groupNames(tables: RuleTables, { level, destinationGroup, destinations }: DeniedGroups): string[] {
  const names = new TableNames(tables);
  const some = new Uint32Array(destinations);
  for (let endpoint = 0; endpoint < destinationGroup.length; endpoint++) some[destinationGroup[endpoint]!] = endpoint;
  return Array.from(some, (endpoint) => groupName(tables, names, level, endpoint));
}

function groupName(tables: RuleTables, names: TableNames, level: DeniedLevel, endpoint: number): string {
  const { endpointKind, endpointObject, podNamespace, podWorkload } = tables.columns;
  const kind = endpointKind[endpoint];
  const object = endpointObject[endpoint]!;
  if (kind === ENDPOINT_NODE) return level === 'workload' ? endpointName(tables.columns, names, endpoint) : 'nodes';
  if (kind === ENDPOINT_PREFIX)
    return level === 'workload' || level === 'namespace' ? endpointName(tables.columns, names, endpoint) : 'outside';
  if (level !== 'workload') return names.text(podNamespace[object]!);
  const workload = podWorkload[object]!;
  if (workload === NONE_32) {
    const pod = names.pod(object);
    return `${pod.namespace}/${pod.name}`;
  }
  const { namespace, kind: workloadKind, name } = names.workload(workload);
  return `${namespace}/${workloadKind.toLowerCase()}/${name}`;
}
