/**
 * Namespaces without default deny of ingress: a pod that no policy selects, such as one that comes tomorrow, is open to everybody.
 */
import { quote } from '../../lib/quote.ts';
import type { LintContext } from '../context.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';
import { deniesByDefault, isolationUnchecked, type NamespaceView, namespacesWithPods } from '../namespaces.ts';
import { isolatingPolicies } from '../subjects.ts';
import { counted, listed } from '../words.ts';

export const noDefaultDeny: LintRule = {
  id: 'no-default-deny',
  severity: 'warning',
  summary: 'a namespace has no default deny of ingress: pods that no policy selects are open to everybody',
  check,
};

function check(context: LintContext): RuleResult {
  const unchecked = isolationUnchecked(context);
  if (unchecked.length > 0) return { findings: [], unchecked };
  return { findings: namespacesWithPods(context).flatMap((namespace) => look(context, namespace)) };
}

function look(context: LintContext, { name, object, origin, pods }: NamespaceView): Draft[] {
  if (deniesByDefault(context, name, 'ingress')) return [];
  const open = pods.filter((pod) => isolatingPolicies(context, pod, 'ingress').length === 0);
  const workloads = [...new Set(open.map(context.podText))].sort();
  const now =
    open.length === 0
      ? 'all of its pods are isolated by policies of their own'
      : `${listed(workloads)} ${workloads.length === 1 ? 'is' : 'are'} open now`;
  const egress = deniesByDefault(context, name, 'egress') ? '' : ' or egress';
  return [
    {
      object,
      field: null,
      origin,
      message: `the namespace ${quote(name)} (${counted(pods.length, 'pod')}) has no default deny of ingress${egress}: a pod that comes is open to everybody; ${now}`,
      hint: 'add a NetworkPolicy with `podSelector: {}` and `policyTypes: [Ingress, Egress]`, and allow what is needed',
    },
  ];
}
