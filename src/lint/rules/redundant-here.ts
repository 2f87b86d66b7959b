/**
 * Rules, peers and ports of NetworkPolicies that no verdict needs in this cluster: others allow the same to the pods that are there. Pods to come may need them.
 */
import { type LintContext, peerField, portField, ruleField } from '../context.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';
import { type Dispensable, decisionsAreWhole, neededOf, OPEN_VERDICTS } from '../needed.ts';
import { listed } from '../words.ts';

export const redundantHere: LintRule = {
  id: 'redundant-here',
  severity: 'note',
  summary: 'a rule, peer or port allows no pod of this cluster anything that other rules do not',
  check,
};

function check(context: LintContext): RuleResult {
  const reason = context.knowledge.nothing ?? (decisionsAreWhole(context) ? undefined : OPEN_VERDICTS);
  if (reason !== undefined)
    return { findings: [], unchecked: [{ reason, count: context.catalogue.rules.length }].filter(({ count }) => count > 0) };
  return { findings: neededOf(context).dispensable.map((each) => found(context, each)) };
}

function found(context: LintContext, { ruleNumber, peer, port, others }: Dispensable): Draft {
  const { catalogue } = context;
  const { rule, policy: policyNumber } = catalogue.rules[ruleNumber]!;
  const { policy } = catalogue.policies[policyNumber]!;
  const field = peer !== undefined ? peerField(rule, peer) : port !== undefined ? portField(policy, rule, port) : ruleField(rule);
  const related = others.map((other) => {
    const by = catalogue.rules[other]!;
    const of = catalogue.policies[by.policy]!.policy;
    return { object: of.ref, field: ruleField(by.rule), origin: context.placeOf(of, ruleField(by.rule)), message: 'allows the same here' };
  });
  const what = peer !== undefined ? 'peer' : port !== undefined ? 'port' : 'rule';
  const names = related.map(({ object, field: at }) => `${object.namespace}/${object.name} ${at}`);
  return {
    object: policy.ref,
    field,
    origin: context.placeOf(policy, field),
    message: `no verdict about the pods of this cluster needs the ${what}: ${listed(names)} ${names.length === 1 ? 'allows' : 'allow'} the same`,
    hint: 'keep it if pods to come need it',
    related,
  };
}
