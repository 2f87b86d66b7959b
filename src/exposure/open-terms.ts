/**
 * Which pods that do not exist yet are let through by the policies of one pod at one port: all tiers, in order, with sets of pods in place of a pod. In come the rules that may match at the
 * port, out come two unions of terms: who is let through for certain, and who may be. The difference is unknown; who is in neither is denied.
 *
 * Where something is open (whether a rule matches, which of two policies of one rank comes first) `certain` takes the worst and `possible` the best of what can be: so nobody is called open who is
 * not, and nobody closed who is not. Specification: model/policy.ts.
 */
import type { Action } from '../model/policy.ts';
import type { RuleConditions } from './conditions.ts';
import { both, EVERYONE, type Term, termOf } from './terms.ts';

/** A rule that may match at the port. */
export interface RuleAtPort extends RuleConditions {
  readonly action: Action;
  /** False: whether it is about this port depends on the names that the peer gives its ports. What it then allows is told under the name. */
  readonly certainPort: boolean;
}

export interface PolicyAtPort {
  readonly rank: number | undefined;
  readonly rules: readonly RuleAtPort[];
}

export interface TierAtPort {
  readonly match: 'first' | 'all';
  /** Does a policy of the tier isolate the pod? */
  readonly isolates: boolean;
  readonly policies: readonly PolicyAtPort[];
}

export interface OpenTerms {
  readonly certain: readonly Term[];
  readonly possible: readonly Term[];
}

/** Terms of one port, at most: more are not listed. */
const MOST_TERMS = 20_000;

/** Undefined: there are more terms than are listed. */
export function openTerms(tiers: readonly TierAtPort[], onUnmatched: 'allow' | 'deny'): OpenTerms | undefined {
  const certain = walk(tiers, onUnmatched, 'certain');
  const possible = hasDoubt(tiers) ? walk(tiers, onUnmatched, 'possible') : certain;
  return certain === undefined || possible === undefined ? undefined : { certain, possible };
}

type Mode = keyof OpenTerms;

function hasDoubt(tiers: readonly TierAtPort[]): boolean {
  return tiers.some(({ match, policies }) =>
    policies.some(({ rank, rules }, i) => {
      const isBeside = match === 'first' && rank !== undefined && policies[i - 1]?.rank === rank;
      return isBeside || rules.some(({ action, certainPort, open }) => action === 'unknown' || !certainPort || open.length > 0);
    }),
  );
}

function walk(tiers: readonly TierAtPort[], onUnmatched: 'allow' | 'deny', mode: Mode): Term[] | undefined {
  const open: Term[] = [];
  let here: readonly Term[] = [EVERYONE];
  for (const tier of tiers) {
    const { let: through, next } = tier.match === 'all' ? allOf(tier, mode) : firstOf(tier, mode);
    if (here.length * (through.length + next.length) + open.length > MOST_TERMS) return undefined;
    open.push(...product(here, through));
    here = product(here, next);
  }
  return onUnmatched === 'allow' ? [...open, ...here] : open;
}

function product(a: readonly Term[], b: readonly Term[]): Term[] {
  return a.flatMap((x) => b.flatMap((y) => both(x, y) ?? []));
}

/** Of those who come into a tier: who is let through by it, and who goes on. */
interface AfterTier {
  readonly let: readonly Term[];
  readonly next: readonly Term[];
}

function allOf({ isolates, policies }: TierAtPort, mode: Mode): AfterTier {
  const rules = policies.flatMap((policy) => policy.rules);
  const allowed = rules.filter(({ action, certainPort }) => action === 'allow' && certainPort).flatMap((rule) => conditionsOf(rule, mode));
  const doubtful = rules.filter(({ action }) => action === 'unknown').flatMap(({ certain, open }) => [...certain, ...open]);
  const terms = (conditions: readonly number[]): Term[] => conditions.flatMap((each) => termOf(each, []) ?? []);
  if (mode === 'possible') return { let: terms([...allowed, ...doubtful]), next: isolates ? [] : [EVERYONE] };
  const rest = both(EVERYONE, { with: [], without: [...new Set(doubtful)].sort((a, b) => a - b) });
  return { let: terms(allowed), next: isolates || rest === undefined ? [] : [rest] };
}

function conditionsOf({ certain, open }: RuleAtPort, mode: Mode): readonly number[] {
  return mode === 'certain' ? certain : [...certain, ...open];
}

/** Who meets a condition and none of those that come before it. */
interface Met {
  readonly condition: number;
  readonly without: readonly number[];
}

/** What a policy does, as if it stood alone. */
interface PolicyWalk {
  readonly allows: readonly Met[];
  readonly passes: readonly Met[];
  /** Who meets these for certain is passed on, unless it ended before. */
  readonly passed: readonly number[];
  /** Who meets these does not go on to what comes behind the policy, and is not let through by it. */
  readonly ends: readonly number[];
}

function firstOf({ isolates, policies }: TierAtPort, mode: Mode): AfterTier {
  const through: Term[] = [];
  const past: Term[] = [];
  const ended: number[] = [];
  const passed: number[] = [];
  const add = (terms: Term[], { condition, without }: Met, more: readonly number[]): void => {
    const term = termOf(condition, [...ended, ...passed, ...without, ...more]);
    if (term !== undefined) terms.push(term);
  };
  for (const group of byRank(policies)) {
    const walks = group.map((policy) => walkPolicy(policy, mode));
    for (const own of walks) {
      // What the others of the rank may do first.
      const others = mode === 'certain' ? walks.filter((each) => each !== own) : [];
      const otherEnds = others.flatMap(({ ends }) => ends);
      const otherPasses = others.flatMap((each) => each.passed);
      for (const met of own.allows) add(through, met, [...otherEnds, ...otherPasses]);
      for (const met of own.passes) add(past, met, otherEnds);
    }
    ended.push(...walks.flatMap(({ ends }) => ends));
    passed.push(...walks.flatMap((each) => each.passed));
  }
  // Who was passed on is among them or in `past`: nobody is lost by not taking them out here.
  const rest = isolates ? undefined : both(EVERYONE, { with: [], without: [...new Set(ended)].sort((a, b) => a - b) });
  return { let: through, next: rest === undefined ? past : [rest, ...past] };
}

function byRank(policies: readonly PolicyAtPort[]): PolicyAtPort[][] {
  const groups: PolicyAtPort[][] = [];
  for (const [i, policy] of policies.entries()) {
    if (policy.rank !== undefined && policies[i - 1]?.rank === policy.rank) groups.at(-1)!.push(policy);
    else groups.push([policy]);
  }
  return groups;
}

function walkPolicy({ rules }: PolicyAtPort, mode: Mode): PolicyWalk {
  const found = { allows: [] as Met[], passes: [] as Met[], passed: [] as number[], ends: [] as number[] };
  const met = (conditions: readonly number[]): Met[] =>
    conditions.map((condition) => ({ condition, without: [...found.ends, ...found.passed] }));
  for (const rule of rules) {
    const { action, certainPort } = rule;
    const certain = certainPort ? rule.certain : [];
    const doubtful = certainPort ? rule.open : [...rule.certain, ...rule.open];
    if (action === 'allow') found.allows.push(...met(mode === 'possible' && certainPort ? [...certain, ...doubtful] : certain));
    else if (action === 'unknown' && mode === 'possible') found.allows.push(...met([...certain, ...doubtful]));
    else if (action === 'pass') {
      found.passes.push(...met(mode === 'possible' ? [...certain, ...doubtful] : certain));
      found.passed.push(...certain);
      if (mode === 'certain') found.ends.push(...doubtful);
    } else if (action !== 'log') found.ends.push(...certain, ...(mode === 'certain' ? doubtful : []));
  }
  return found;
}
