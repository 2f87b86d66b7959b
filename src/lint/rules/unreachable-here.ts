/**
 * Rules that decide nothing in this cluster although they match: others come before them in the order of tiers and policies.
 */

import type { Policy, Rule } from '../../model/policy.ts';
import { type LintContext, ruleField } from '../context.ts';
import { coversOf, isNeededToIsolate } from '../covers.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';
import { decisionsAreWhole, neededOf, OPEN_VERDICTS } from '../needed.ts';
import { unreachableRules } from './unreachable-rule.ts';

export const unreachableHere: LintRule = {
  id: 'unreachable-here',
  severity: 'note',
  summary: 'a rule decides nothing in this cluster: others that come before it decide wherever it matches',
  check,
};

function check(context: LintContext): RuleResult {
  const { policySet, knowledge } = context;
  if (policySet.tiers.every(({ match }) => match === 'all')) return { findings: [] };
  const reason = knowledge.nothing ?? (decisionsAreWhole(context) ? undefined : OPEN_VERDICTS);
  if (reason !== undefined) return { findings: [], unchecked: [{ reason, count: context.catalogue.rules.length }] };
  const told = new Set(unreachableRules(context).map(({ late }) => late.rule));
  const { rules: covered } = coversOf(context);
  const { isIdle } = neededOf(context);
  const findings: Draft[] = [];
  for (const { number, policy } of context.read) {
    const { ingress, egress } = context.catalogue.policies[number]!.rules;
    const numbers = [...ingress, ...egress];
    // A rule as it is written may be several here: a part that is certain, and one that is not.
    const alike = ({ direction, index }: Rule): number[] =>
      numbers.filter((each) => {
        const { rule } = context.catalogue.rules[each]!;
        return rule.direction === direction && rule.index === index;
      });
    for (const ruleNumber of numbers) {
      const { rule } = context.catalogue.rules[ruleNumber]!;
      const parts = alike(rule);
      if (parts[0] !== ruleNumber || !parts.every(isIdle)) continue;
      if (told.has(rule) || covered.has(ruleNumber) || !matchesSomething(context, policy, rule)) continue;
      if (isNeededToIsolate(context, ruleNumber)) continue;
      findings.push({
        object: policy.ref,
        field: ruleField(rule),
        origin: context.placeOf(policy, ruleField(rule)),
        message: 'the rule matches connections of this cluster and decides none of them: rules that come before it always do',
        hint: 'look at the tiers and priorities before it',
      });
    }
  }
  return { findings };
}

/** Somebody at both ends, and a port that has a number. */
function matchesSomething({ podsSelected, peerSets }: LintContext, { subject }: Policy, { peers, ports }: Rule): boolean {
  if (podsSelected(subject).length === 0) return false;
  if (ports !== 'any' && ports.every(({ kind }) => kind === 'named')) return false;
  return peers === 'any' || peers.some((peer) => peerSets.sets.get(peerSets.intern(peer)).length > 0);
}
