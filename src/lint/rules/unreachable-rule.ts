/**
 * Rules of administrators' policies that come too late: a rule before them matches all that they match, whatever pods there are.
 */
import type { Policy, Rule } from '../../model/policy.ts';
import { containsPeer, containsPods, containsPorts } from '../contains.ts';
import { type LintContext, ruleField } from '../context.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';
import { objectName } from '../words.ts';

export const unreachableRule: LintRule = {
  id: 'unreachable-rule',
  severity: 'warning',
  summary: "a rule of an administrator's policy is never reached: a rule before it matches all that it matches",
  check,
};

interface Placed {
  readonly policy: Policy;
  readonly rule: Rule;
  readonly tier: number;
  readonly group: number;
}

function check(context: LintContext): RuleResult {
  return { findings: unreachableRules(context).map(({ late, early }) => found(context, late, early)) };
}

/** Each with the first rule that comes before it and holds it. */
export function unreachableRules(context: LintContext): { readonly late: Placed; readonly early: Placed }[] {
  const { catalogue, policySet } = context;
  const placed = context.read
    .filter(({ tier }) => policySet.tiers[tier]!.match === 'first')
    .flatMap(({ policy, number, tier }) =>
      policy.rules.map((rule): Placed => ({ policy, rule, tier, group: catalogue.policies[number]!.group })),
    );
  return placed.flatMap((late, i) => {
    const early = placed.slice(0, i).find((each) => comesBefore(each, late) && holds(each, late));
    return early === undefined || isInParts(late) ? [] : [{ late, early }];
  });
}

/** A rule as it is written may be several here, some of them unknown: that one of them is held says nothing of the others. */
function isInParts({ policy, rule }: Placed): boolean {
  return (
    rule.action === 'unknown' ||
    policy.rules.some((other) => other !== rule && other.direction === rule.direction && other.index === rule.index)
  );
}

/** Policies of one group have no order. */
function comesBefore(early: Placed, late: Placed): boolean {
  return early.tier === late.tier && early.rule.action !== 'unknown' && (early.policy === late.policy || early.group !== late.group);
}

function holds({ policy, rule }: Placed, inner: Placed): boolean {
  if (rule.direction !== inner.rule.direction || !containsPods(policy.subject, inner.policy.subject)) return false;
  if (!containsPorts(rule.ports, inner.rule.ports)) return false;
  const outer = rule.peers === 'any' ? (['any'] as const) : rule.peers;
  const peers = inner.rule.peers === 'any' ? (['any'] as const) : inner.rule.peers;
  return peers.length > 0 && peers.every((peer) => outer.some((each) => containsPeer(each, peer)));
}

function found(context: LintContext, late: Placed, early: Placed): Draft {
  const field = ruleField(late.rule);
  const at = ruleField(early.rule);
  const who = early.policy === late.policy ? at : `${at} of ${objectName(early.policy.ref)}`;
  return {
    object: late.policy.ref,
    field,
    origin: context.placeOf(late.policy, field),
    message: `the rule is never reached: ${who} comes before it and matches all that it matches (${WORDS[early.rule.action]})`,
    hint: 'remove it, or put it before',
    related: [{ object: early.policy.ref, field: at, origin: context.placeOf(early.policy, at), message: 'comes before' }],
  };
}

const WORDS: Readonly<Record<Rule['action'], string>> = { allow: 'accept', deny: 'deny', pass: 'pass', log: 'log', unknown: 'unknown' };
