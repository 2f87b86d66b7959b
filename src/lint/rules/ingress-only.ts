/**
 * Namespaces that isolate ingress and leave egress open: whoever takes over a pod may connect to anything.
 */
import { quote } from '../../lib/quote.ts';
import type { LintContext } from '../context.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';
import { isolationUnchecked, namespacesWithPods } from '../namespaces.ts';
import { isolatingPolicies } from '../subjects.ts';
import { listed } from '../words.ts';

export const ingressOnly: LintRule = {
  id: 'ingress-only',
  severity: 'note',
  summary: 'pods of a namespace are isolated for ingress only, so that they may connect to anything',
  check,
};

function check(context: LintContext): RuleResult {
  const unchecked = isolationUnchecked(context);
  if (unchecked.length > 0) return { findings: [], unchecked };
  const denied = deniedByAdministrators(context);
  const findings = namespacesWithPods(context).flatMap(({ name, object, origin, pods }): Draft[] => {
    const isolated = pods.filter((pod) => isolatingPolicies(context, pod, 'ingress').length > 0);
    const open = isolated.filter((pod) => !denied.has(pod) && isolatingPolicies(context, pod, 'egress').length === 0);
    if (open.length === 0) return [];
    const workloads = [...new Set(open.map(context.podText))].sort();
    return [
      {
        object,
        pods: open.map(context.ownersOf),
        field: null,
        origin,
        message: `in the namespace ${quote(name)} ${listed(workloads)} ${workloads.length === 1 ? 'is' : 'are'} isolated for ingress and may connect to anything`,
        hint: 'isolate egress, too (`policyTypes: [Ingress, Egress]`), and allow what is needed, DNS first',
      },
    ];
  });
  return { findings };
}

/** Pods that some administrator's rule denies egress. */
function deniedByAdministrators(context: LintContext): Set<number> {
  const denied = new Set<number>();
  for (const { policy } of context.read) {
    if (!policy.rules.some(({ direction, action }) => direction === 'egress' && action === 'deny')) continue;
    for (const pod of context.podsSelected(policy.subject)) denied.add(pod);
  }
  return denied;
}
