/**
 * Policies, rules, peers and ports of NetworkPolicies that others hold, whatever pods there are.
 */

import type { Policy, Rule } from '../../model/policy.ts';
import { DIRECTIONS } from '../../model/protocol.ts';
import { type LintContext, peerField, portField, ruleField } from '../context.ts';
import { type Covers, coversOf, type Part } from '../covers.ts';
import type { Draft, LintRule, RelatedPlace, RuleResult } from '../finding.ts';
import { objectName } from '../words.ts';

export const redundantRule: LintRule = {
  id: 'redundant-rule',
  severity: 'warning',
  summary: 'a policy, rule, peer or port allows only what another one allows, whatever pods there are',
  check,
};

function check(context: LintContext): RuleResult {
  const covers = coversOf(context);
  const findings: Draft[] = [];
  for (const { number, policy } of context.read) {
    const by = covers.policies.get(number);
    if (by !== undefined) {
      findings.push(wholePolicy(context, policy, by));
      continue;
    }
    for (const direction of DIRECTIONS) {
      for (const ruleNumber of context.catalogue.policies[number]!.rules[direction]) {
        findings.push(...ofRule(context, covers, policy, context.catalogue.rules[ruleNumber]!.rule, ruleNumber));
      }
    }
  }
  return { findings };
}

function wholePolicy(context: LintContext, policy: Policy, by: Policy): Draft {
  const rules = policy.rules.length > 0 ? ', and other rules allow all that it allows' : ' and it allows nothing';
  return {
    object: policy.ref,
    field: null,
    origin: context.placeOf(policy, 'metadata.name'),
    message: `the policy can go: ${objectName(by.ref)} isolates every pod that it isolates${rules}`,
    hint: 'remove it',
    related: [{ object: by.ref, field: null, origin: by.origin, message: 'isolates the same pods' }],
  };
}

function ofRule(context: LintContext, { rules, peers, ports }: Covers, policy: Policy, rule: Rule, number: number): Draft[] {
  const draft = (field: string, message: string, related: readonly RelatedPlace[]): Draft => ({
    object: policy.ref,
    field,
    origin: context.placeOf(policy, field),
    message,
    hint: 'remove it',
    related,
  });
  const whole = rules.get(number);
  if (whole !== undefined) {
    const related = distinct(whole.map((part) => placeOfPart(context, part)));
    const who = related.length === 1 ? `${related[0]!.field} of ${objectName(related[0]!.object)} allows` : 'other rules allow';
    return [draft(ruleField(rule), `the rule can go: ${who} all that it allows`, related)];
  }
  return [
    ...[...(peers.get(number) ?? [])].map(([index, part]) => {
      const place = placeOfPart(context, part);
      return draft(peerField(rule, index), `the peer can go: ${place.field} of ${objectName(part.policy.ref)} allows all that it allows`, [
        place,
      ]);
    }),
    ...[...(ports.get(number) ?? [])].map(([index, by]) => {
      const field = portField(policy, rule, by);
      const place = { object: policy.ref, field, origin: context.placeOf(policy, field), message: 'allows the same ports' };
      return draft(portField(policy, rule, index), `the port can go: ${field} holds it`, [place]);
    }),
  ];
}

function placeOfPart(context: LintContext, { policy, rule, peerIndex }: Part): RelatedPlace {
  const field = peerIndex === undefined ? ruleField(rule) : peerField(rule, peerIndex);
  return { object: policy.ref, field, origin: context.placeOf(policy, field), message: 'allows the same' };
}

function distinct(places: readonly RelatedPlace[]): RelatedPlace[] {
  return [...new Map(places.map((place) => [JSON.stringify([place.object, place.field]), place])).values()];
}
