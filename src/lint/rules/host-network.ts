/**
 * Policies that select pods of the host network: data planes treat those as their nodes, and no NetworkPolicy binds them. Not told under profiles that treat them as pods.
 */
import { matchesSelector } from '../../dialects/label-selector.ts';
import { isNetworkPolicy, type LintContext } from '../context.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';
import { listed } from '../words.ts';

export const hostNetwork: LintRule = {
  id: 'host-network',
  severity: 'warning',
  summary: 'a policy selects pods of the host network, which no NetworkPolicy binds',
  check,
};

function check(context: LintContext): RuleResult {
  const findings: Draft[] = [];
  for (const { policy } of context.read) {
    const { ref, subject } = policy;
    if (!isNetworkPolicy(policy) || ref.namespace === undefined) continue;
    const bound = (context.hostPods.get(ref.namespace) ?? []).filter((pod) =>
      matchesSelector(context.cluster.pods[pod]!.labels, subject.pods),
    );
    if (bound.length === 0) continue;
    const others = context.podsSelected(subject).length;
    const names = [...new Set(bound.map(context.podText))].sort();
    const isBlanket = subject.pods.length === 0;
    findings.push({
      // Who selects a whole namespace does not mean these pods above all.
      severity: isBlanket ? 'note' : 'warning',
      object: ref,
      pods: bound.map(context.ownersOf),
      field: 'spec.podSelector',
      origin: context.placeOf(policy, 'spec.podSelector'),
      message: `the policy selects ${listed(names)}, on the network of the host, which it does not bind${others === 0 ? ': it has no effect' : ''}`,
      hint: 'give the pods a network of their own, or guard their nodes',
    });
  }
  return { findings };
}
