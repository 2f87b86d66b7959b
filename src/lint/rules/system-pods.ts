/**
 * Policies that isolate all pods of a namespace of the system, DNS and metrics among them: by a NetworkPolicy there that selects every pod, or by an administrator's rule that denies everything.
 */
import { quote } from '../../lib/quote.ts';
import type { Policy } from '../../model/policy.ts';
import { DIRECTIONS } from '../../model/protocol.ts';
import { isNetworkPolicy, type LintContext, ruleField } from '../context.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';
import { allowsAll, isBroadDeny } from '../namespaces.ts';
import { listed } from '../words.ts';

export const systemPods: LintRule = {
  id: 'system-pods',
  severity: 'warning',
  summary: 'a policy for every pod denies traffic of system pods, such as DNS',
  check,
};

function check(context: LintContext): RuleResult {
  const findings: Draft[] = [];
  for (const { policy } of context.read) {
    if (policy.subject.pods.length > 0) continue;
    const system = context.podsSelected(policy.subject).filter((pod) => context.systemNamespaces.has(context.cluster.pods[pod]!.namespace));
    if (system.length === 0) continue;
    const names = [...new Set(system.map(context.podText))].sort();
    if (isNetworkPolicy(policy)) {
      const closed = DIRECTIONS.filter((direction) => policy.isolates[direction] && !allowsAll(policy, direction));
      if (closed.length === 0) continue;
      findings.push({
        object: policy.ref,
        field: 'spec.podSelector',
        origin: context.placeOf(policy, 'spec.podSelector'),
        message: `the policy isolates every pod of ${quote(policy.ref.namespace ?? '')} for ${closed.join(' and ')}, among them ${listed(names)}`,
        hint: 'select the pods that are meant, as what comes to the namespace later is isolated, too',
      });
    } else findings.push(...ofAdministrator(context, policy, names));
  }
  return { findings };
}

function ofAdministrator(context: LintContext, policy: Policy, names: readonly string[]): Draft[] {
  return policy.rules
    .filter((rule) => isBroadDeny(rule))
    .map((rule) => ({
      object: policy.ref,
      field: ruleField(rule),
      origin: context.placeOf(policy, ruleField(rule)),
      message: `the rule denies everything that rules before it do not match, for system pods as well: ${listed(names)}`,
      hint: 'leave the namespaces of the system out of `subject`',
    }));
}
