/**
 * A policy that selects no pod: it protects nobody, mostly because of a label that is mistyped. Not told where pods may come that it is for: in a namespace of which the input shows no pod, for jobs that
 * have completed, and for a whole namespace.
 */
import { quote } from '../../lib/quote.ts';
import type { Policy } from '../../model/policy.ts';
import { selectorText } from '../../model/selector-text.ts';
import type { LintContext } from '../context.ts';
import { isNetworkPolicy } from '../context.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';
import { type Chosen, chooseNamespaces, hintText, whatPodsCome } from '../matching.ts';

export const selectsNothing: LintRule = {
  id: 'selects-nothing',
  severity: 'warning',
  summary: 'the policy selects no pod, so that it has no effect',
  check,
};

const UNSEEN = 'policies that select no pod of a namespace, or no namespace, of which the input shows too little';

function check(context: LintContext): RuleResult {
  if (context.knowledge.nothing !== undefined) return { findings: [], unchecked: everything(context, context.knowledge.nothing) };
  const findings: Draft[] = [];
  let unseen = 0;
  for (const { policy } of context.read) {
    if (context.podsSelected(policy.subject).length > 0) continue;
    const chosen = chooseNamespaces(context, policy.subject);
    const seen = whatPodsCome(context, policy.subject.pods, chosen);
    if (seen === 'unseen') unseen++;
    else if (seen === 'nothing') findings.push(found(context, policy, chosen));
  }
  return { findings, unchecked: unseen === 0 ? [] : [{ reason: UNSEEN, count: unseen }] };
}

function everything(context: LintContext, reason: string) {
  const count = context.read.length;
  return count === 0 ? [] : [{ reason, count }];
}

function found(context: LintContext, policy: Policy, chosen: Chosen): Draft {
  const { pods, namespaces } = policy.subject;
  const nobody = chosen.names.length === 0;
  const of = isNetworkPolicy(policy) ? 'spec.podSelector' : 'spec.subject';
  const place = 'name' in namespaces ? `of the namespace ${quote(namespaces.name)} ` : '';
  const message = nobody
    ? `no namespace has ${quote('selector' in namespaces ? selectorText(namespaces.selector) : '')}: the policy selects no pod`
    : `no pod ${place}has ${quote(selectorText(pods))}: the policy selects none`;
  return {
    object: policy.ref,
    field: of,
    origin: context.placeOf(policy, of),
    message,
    hint: hintText(context, policy.subject, chosen) ?? 'mend the selector, or remove the policy',
  };
}
