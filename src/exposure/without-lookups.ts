/**
 * Policies without what a new pod would change about the pods that are there: a data plane that looks names of ports up in the whole cluster reads a rule anew when a pod comes that declares one.
 */
import { objectKey, refOf } from '../model/object-names.ts';
import type { PolicySet, Rule } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Direction } from '../model/protocol.ts';
import type { Manifests } from '../model/resource.ts';

/** Under such a profile, rules with a port name are unknown. */
export function withoutLookups(policySet: PolicySet, manifests: Manifests, profile: CniProfile): PolicySet {
  if (profile.namedPorts !== 'open-when-unresolved') return policySet;
  const named = new Set<string>();
  for (const { object } of manifests.networkPolicies) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const [index, { ports }] of (object.spec?.[direction] ?? []).entries()) {
        if ((ports ?? []).some(({ port }) => typeof port === 'string'))
          named.add(ruleKey(objectKey(refOf('NetworkPolicy', object.metadata)), direction, index));
      }
    }
  }
  const reason = `\`${profile.name}\` looks names of ports up in the whole cluster, which a new pod changes`;
  const doubt = (policy: string, rule: Rule): Rule =>
    named.has(ruleKey(policy, rule.direction, rule.index)) ? { ...rule, action: 'unknown', peers: 'any', ports: 'any', reason } : rule;
  return {
    ...policySet,
    tiers: policySet.tiers.map((tier) => ({
      ...tier,
      policies: tier.policies.map((policy) => ({ ...policy, rules: policy.rules.map((rule) => doubt(objectKey(policy.ref), rule)) })),
    })),
  };
}

function ruleKey(policy: string, direction: Direction, index: number): string {
  return `${policy} ${direction} ${index}`;
}
