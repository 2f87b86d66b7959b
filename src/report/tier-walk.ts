/**
 * A half of a decision as a walk through the tiers, as a person would tell it:
 * `Admin: pass (baseline-dns, rule 2) → NetworkPolicy: isolated by shop/default-deny, no rule matches → deny`.
 */
import { escapeControls } from '../lib/quote.ts';
import type { DirectionDecision, RuleReason } from '../model/decision.ts';
import { namespacedName } from '../model/object-names.ts';
import { type ObjectRef, UNREADABLE } from '../model/origin.ts';
import { policyName } from './words.ts';

const NETWORK_POLICY = 'NetworkPolicy';

/** Undefined where only NetworkPolicies had a say: then there is one tier, and nothing to walk. */
export function tierWalk(half: DirectionDecision): string | undefined {
  const { passes, reasons, verdict } = half;
  if (passes.length === 0 && reasons.every(({ tier }) => tier === NETWORK_POLICY)) return undefined;
  return [...rulesOf(passes).map((rule) => `${rule.tier}: pass (${ruleName(rule)})`), ...lastSteps(half), verdict].join(' → ');
}

function lastSteps(half: DirectionDecision): string[] {
  const { reasons, verdict, isolatedBy, default: byDefault } = half;
  const rules = rulesOf(reasons);
  if (byDefault === 'isolated-no-rule-matches') return [`${NETWORK_POLICY}: isolated by ${isolators(isolatedBy)}, no rule matches`];
  if (byDefault === 'own-node') return [`${NETWORK_POLICY}: no policy stands between a pod and its own node`];
  if (rules.length === 0) return half.passes.some(({ tier }) => tier === 'Baseline') ? [] : [`${NETWORK_POLICY}: no policy isolates it`];
  if (verdict === 'unknown') {
    const open = (of: string) => rules.filter(({ tier }) => tier === of).map((rule) => `${rule.action} by ${ruleName(rule)}`);
    return [...new Set(rules.map(({ tier }) => tier))].map((tier) => `${tier}: open (${open(tier).join(', or ')})`);
  }
  return [`${rules[0]!.tier}: ${rules[0]!.action} (${rules.map(ruleName).join('; ')})`];
}

/** Each rule once, whichever of its peers and ports match. */
function rulesOf(reasons: readonly RuleReason[]): RuleReason[] {
  const same = (a: RuleReason, b: RuleReason) => a.tier === b.tier && ruleName(a) === ruleName(b) && a.policy.kind === b.policy.kind;
  return reasons.filter((reason, i) => reasons.findIndex((each) => same(each, reason)) === i);
}

/** Rules are counted from 1, as people do; the paths below the walk have the index of the API object. */
function ruleName({ policy, rule, origin }: RuleReason): string {
  if (policy.name === UNREADABLE) return escapeControls(policyName(policy, origin));
  return rule < 0 ? nameOf(policy) : `${nameOf(policy)}, rule ${rule + 1}`;
}

function isolators(policies: readonly ObjectRef[]): string {
  return policies.length === 1 ? nameOf(policies[0]!) : `${policies.length} policies`;
}

function nameOf(policy: ObjectRef): string {
  return escapeControls(namespacedName(policy));
}
