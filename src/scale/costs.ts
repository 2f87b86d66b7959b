/**
 * What policies, rules and selectors cost, counted and not timed: the same on every machine. In come a cluster, a policy set and their tables; out come the dearest ten of each, and
 * what is written and decides nothing. The order goes by cells: for each entry (a peer with a port), the peer classes that it matches times the subject classes that it is folded into.
 */

import { Catalogue } from '../compile/catalogue.ts';
import { compileTables } from '../compile/compile.ts';
import { classifyPorts, Entries, numbersOfNames } from '../compile/entries.ts';
import { layOutEnds } from '../compile/lay-out-ends.ts';
import { portNames } from '../compile/mentions.ts';
import { findNamedSets } from '../compile/named-sets.ts';
import { EVERY_PEER, PeerSets } from '../compile/peer-sets.ts';
import type { Cluster } from '../model/cluster.ts';
import type { PolicySet, PortMatch } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import { DIRECTIONS, type Direction, PROTOCOLS } from '../model/protocol.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import type { CostCounts, Costs, PolicyCost, RuleCost, Saving, WithoutEffect } from './report.ts';
import { rowsOfSubjects } from './rows-of-subjects.ts';
import { selectorCosts } from './selector-costs.ts';
import { type Size, sizeOf } from './table-facts.ts';

/** What is counted. */
export interface CostInput {
  readonly cluster: Cluster;
  readonly policySet: PolicySet;
  readonly profile: CniProfile;
  /** Compiled from the other three. */
  readonly tables: RuleTables;
}

const LISTED = 10;
/** Pods and policies up to which savings are found out, by compiling again without each of the listed policies and rules. */
const MOST_FOR_SAVINGS = 30_000;

export function costsOf(input: CostInput): { costs: Costs; withoutEffect: Omit<WithoutEffect, 'notEnforced'> } {
  const view = viewOf(input);
  const counted = countRules(view);
  const policies = countPolicies(view, counted);
  const { catalogue } = view;
  const named = (number: number) => {
    const { ref, origin } = catalogue.policies[number]!.policy;
    return { policy: ref, origin };
  };
  const idle = catalogue.policies.flatMap(({ policy }, number) => (view.peerSets.unitsOfPods(policy.subject).length === 0 ? [number] : []));
  const vain = counted.flatMap(({ peerUnits }, rule) => (peerUnits === 0 ? [rule] : []));
  const savings = input.cluster.pods.length + catalogue.policies.length <= MOST_FOR_SAVINGS;
  return {
    costs: {
      policies: dearest(policies).map((number) => policyCost(view, number, policies[number]!, savings)),
      selectors: selectorCosts(view, LISTED),
      rules: dearest(counted).map((rule) => ruleCost(view, rule, counted[rule]!, savings)),
    },
    withoutEffect: {
      selectNoPod: idle.length,
      policies: idle.slice(0, LISTED).map(named),
      rulesWithoutPeers: vain.length,
      rules: vain.slice(0, LISTED).map((rule) => {
        const { rule: text, policy } = catalogue.rules[rule]!;
        return { ...named(policy), origin: text.origin };
      }),
    },
  };
}

/** The stages of the compiler that the counts need, run once more. */
function viewOf({ cluster, policySet, profile, tables }: CostInput) {
  const { prefixes, endpoints } = layOutEnds(cluster, policySet, profile);
  const podsOfUnit = new Uint32Array(endpoints.units.count);
  // All faces of a pod are in one group, so the first tells.
  for (let pod = 0; pod < cluster.pods.length; pod++) podsOfUnit[endpoints.unit[endpoints.podStart[pod]!]!]!++;
  const peerSets = new PeerSets(cluster, endpoints, prefixes, profile);
  const catalogue = new Catalogue(policySet);
  const { columns } = tables;
  const ofUnits = (column: Uint32Array): Uint32Array => classesOfUnits(endpoints.unit, endpoints.units.count, column);
  return {
    input: { cluster, policySet, profile, tables },
    endpoints,
    subjectOfUnit: { ingress: ofUnits(columns.endpointIngressSubject), egress: ofUnits(columns.endpointEgressSubject) },
    peerOfUnit: { ingress: ofUnits(columns.endpointIngressPeer), egress: ofUnits(columns.endpointEgressPeer) },
    podsOfUnit,
    peerSets,
    catalogue,
    named: findNamedSets(catalogue, peerSets),
    portNumbers: numbersOfNames(endpoints),
    rowsOf: { ingress: rowsOfSubjects(tables, 'ingress'), egress: rowsOfSubjects(tables, 'egress') },
    size: sizeOf(tables),
  };
}

export type CostView = ReturnType<typeof viewOf>;

/** Counts of each rule, without what is known of listed ones only. */
type RuleCounts = Omit<CostCounts, 'rows' | 'ownPortBoundaries' | 'portBoundaries'>;

function countRules(view: CostView): RuleCounts[] {
  const { catalogue, endpoints, peerSets, portNumbers, named, input } = view;
  const ports = classifyPorts(catalogue, portNumbers);
  const counts: RuleCounts[] = [];
  for (const direction of DIRECTIONS) {
    const entries = new Entries(ports);
    const classOfUnit = view.peerOfUnit[direction];
    const classes = new Map<number, number>([[EVERY_PEER, input.tables.columns[`${direction}PeerMemberStart`].length - 1]]);
    const classesOf = (set: number): number => {
      let count = classes.get(set);
      if (count === undefined) {
        count = new Set(Array.from(peerSets.sets.get(set), (unit) => classOfUnit[unit]!)).size;
        classes.set(set, count);
      }
      return count;
    };
    const unitsOf = (set: number): number => (set === EVERY_PEER ? endpoints.units.count : peerSets.sets.get(set).length);
    for (const [number, { policy, rules }] of catalogue.policies.entries()) {
      entries.addPolicy(number, { direction, catalogue, named, peerSets });
      if (rules[direction].length === 0) continue;
      const subjectClasses = subjectClassesOf(view, number, direction).size;
      const pods = podsOf(view, peerSets.unitsOfPods(policy.subject));
      const setsOfRule = new Map<number, number[]>(rules[direction].map((rule) => [rule, []]));
      for (const [atom, set] of entries.describe(number)) setsOfRule.get(catalogue.atomRule.get(atom))!.push(set);
      for (const [rule, sets] of setsOfRule) {
        // Every peer has all others among them.
        const distinct = sets.includes(EVERY_PEER) ? [EVERY_PEER] : [...new Set(sets)];
        counts[rule] = {
          cells: sum(sets.map(classesOf)) * subjectClasses,
          entries: sets.length,
          pods,
          subjectClasses,
          peerClasses: sum(distinct.map(classesOf)),
          peerUnits: sum(distinct.map(unitsOf)),
        };
      }
    }
  }
  return counts;
}

function countPolicies(view: CostView, counted: readonly RuleCounts[]): RuleCounts[] {
  const { catalogue, peerSets } = view;
  return catalogue.policies.map(({ policy, rules }, number) => {
    const all = DIRECTIONS.flatMap((direction) => rules[direction].map((rule) => counted[rule]!));
    const classes = DIRECTIONS.map((direction) => {
      const applies = policy.isolates[direction] || rules[direction].length > 0;
      return applies ? subjectClassesOf(view, number, direction).size : 0;
    });
    return {
      cells: sum(all.map(({ cells }) => cells)),
      entries: sum(all.map(({ entries }) => entries)),
      pods: podsOf(view, peerSets.unitsOfPods(policy.subject)),
      subjectClasses: sum(classes),
      peerClasses: sum(all.map(({ peerClasses }) => peerClasses)),
      peerUnits: sum(all.map(({ peerUnits }) => peerUnits)),
    };
  });
}

function policyCost(view: CostView, number: number, counts: RuleCounts, savings: boolean): PolicyCost {
  const { catalogue } = view;
  const { policy, tier } = catalogue.policies[number]!;
  const without = (): PolicySet => ({
    ...view.input.policySet,
    tiers: view.input.policySet.tiers.map((each, i) =>
      i === tier ? { ...each, policies: each.policies.filter((other) => other !== policy) } : each,
    ),
  });
  return {
    policy: policy.ref,
    origin: policy.origin,
    rules: policy.rules.length,
    ...counts,
    ...boundariesOf(
      view,
      policy.rules.map(({ ports }) => ports),
      number,
    ),
    rows: rowsOfPolicy(view, number, DIRECTIONS),
    saving: savings ? savingOf(view, without()) : null,
  };
}

function ruleCost(view: CostView, number: number, counts: RuleCounts, savings: boolean): RuleCost {
  const { rule, policy: policyNumber, tier } = view.catalogue.rules[number]!;
  const { policy } = view.catalogue.policies[policyNumber]!;
  const without = (): PolicySet => ({
    ...view.input.policySet,
    tiers: view.input.policySet.tiers.map((each, i) => {
      const cut = { ...policy, rules: policy.rules.filter((other) => other !== rule) };
      return i === tier ? { ...each, policies: each.policies.map((other) => (other === policy ? cut : other)) } : each;
    }),
  });
  return {
    policy: policy.ref,
    origin: rule.origin,
    direction: rule.direction,
    index: rule.index,
    ...counts,
    ...boundariesOf(view, [rule.ports], policyNumber),
    rows: rowsOfPolicy(view, policyNumber, [rule.direction]),
    saving: savings ? savingOf(view, without()) : null,
  };
}

/** Compiles without it. */
function savingOf({ input, size }: CostView, policySet: PolicySet): Saving {
  const less: Size = sizeOf(compileTables(input.cluster, policySet, input.profile));
  return {
    bytes: size.bytes - less.bytes,
    rows: size.rows - less.rows,
    subjectClasses: size.subjectClasses - less.subjectClasses,
    peerClasses: size.peerClasses - less.peerClasses,
  };
}

/** Where these ports cut the port numbers, and where no other policy does. */
function boundariesOf(
  view: CostView,
  ports: readonly ('any' | readonly PortMatch[])[],
  policy: number,
): Pick<CostCounts, 'portBoundaries' | 'ownPortBoundaries'> {
  const cuts = new Set(ports.flatMap((each) => cutsOf(view, each)));
  let own = cuts.size;
  const others = new Set<number>();
  for (const { rule, policy: other } of view.catalogue.rules) {
    if (other !== policy) for (const cut of cutsOf(view, rule.ports)) if (cuts.has(cut)) others.add(cut);
  }
  own -= others.size;
  return { portBoundaries: cuts.size, ownPortBoundaries: own };
}

/** Numbers of (protocol, first port of an interval). */
function cutsOf({ portNumbers }: CostView, ports: 'any' | readonly PortMatch[]): number[] {
  if (ports === 'any') return [];
  const cuts = ports.flatMap((port): [protocol: number, from: number, to: number][] => {
    if (port.kind === 'range') return [[PROTOCOLS.indexOf(port.protocol), port.from, port.to]];
    return portNames(port).flatMap((name) => {
      const protocol = PROTOCOLS.findIndex((each) => name.startsWith(`${each}/`));
      return (portNumbers.get(name) ?? []).map((number): [number, number, number] => [protocol, number, number]);
    });
  });
  return cuts.flatMap(([protocol, from, to]) => [from, to + 1].filter((at) => at > 1 && at <= 65_535).map((at) => protocol * 65_536 + at));
}

function rowsOfPolicy(view: CostView, policy: number, directions: readonly Direction[]): number {
  const { rules, policy: text } = view.catalogue.policies[policy]!;
  const counts = directions.map((direction) => {
    if (!text.isolates[direction] && rules[direction].length === 0) return 0;
    const rows = new Set<number>();
    for (const subject of subjectClassesOf(view, policy, direction)) for (const row of view.rowsOf[direction](subject)) rows.add(row);
    return rows.size;
  });
  return sum(counts);
}

function subjectClassesOf(view: CostView, policy: number, direction: Direction): Set<number> {
  const classOfUnit = view.subjectOfUnit[direction];
  const units = view.peerSets.unitsOfPods(view.catalogue.policies[policy]!.policy.subject);
  return new Set(Array.from(units, (unit) => classOfUnit[unit]!));
}

/** Endpoints of a unit have one class. */
function classesOfUnits(unitOf: Uint32Array, units: number, column: Uint32Array): Uint32Array {
  const classes = new Uint32Array(units);
  for (let endpoint = 0; endpoint < unitOf.length; endpoint++) classes[unitOf[endpoint]!] = column[endpoint]!;
  return classes;
}

function podsOf({ podsOfUnit }: Pick<CostView, 'podsOfUnit'>, units: Uint32Array): number {
  return sum(Array.from(units, (unit) => podsOfUnit[unit]!));
}

/** Numbers of the dearest, the dearest first; equal ones in their order. */
function dearest(counts: readonly RuleCounts[]): number[] {
  return counts
    .map((_, number) => number)
    .sort((a, b) => counts[b]!.cells - counts[a]!.cells || counts[b]!.entries - counts[a]!.entries || a - b)
    .slice(0, LISTED);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}
