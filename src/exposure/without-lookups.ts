/**
 * Policies without what a new pod would change about the pods that are there: a data plane that looks names of ports up in the whole cluster reads a rule anew when a pod comes that declares one.
 */
import { objectKey, refOf } from '../model/object-names.ts';
import type { Policy, PolicySet, Rule } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type { Manifests } from '../model/resource.ts';

/** Under such a profile, rules with a port name are unknown: those too of which nothing is left because nobody declares the name. */
export function withoutLookups(policySet: PolicySet, manifests: Manifests, profile: CniProfile): PolicySet {
  if (profile.namedPorts !== 'open-when-unresolved') return policySet;
  const named = new Map<string, NamedRule[]>();
  for (const { object } of manifests.networkPolicies) {
    const rules = DIRECTIONS.flatMap((direction) =>
      (object.spec?.[direction] ?? []).flatMap(({ ports }, index) =>
        (ports ?? []).some(({ port }) => typeof port === 'string') ? [{ direction, index }] : [],
      ),
    );
    named.set(objectKey(refOf('NetworkPolicy', object.metadata)), rules);
  }
  const reason = `\`${profile.name}\` looks names of ports up in the whole cluster, which a new pod changes`;
  const doubt = (policy: Policy): readonly Rule[] => {
    const doubtful = named.get(objectKey(policy.ref)) ?? [];
    const certain = policy.rules.filter(
      ({ direction, index }) => !doubtful.some((each) => each.direction === direction && each.index === index),
    );
    const { origin, isolates } = policy;
    const unknown = doubtful
      .filter(({ direction }) => isolates[direction])
      .map((each): Rule => ({ ...each, origin, action: 'unknown', peers: 'any', ports: 'any', reason }));
    return [...certain, ...unknown];
  };
  return {
    ...policySet,
    tiers: policySet.tiers.map((tier) => ({
      ...tier,
      policies: tier.policies.map((policy) => ({ ...policy, rules: doubt(policy) })),
    })),
  };
}

/** The place of a rule in its NetworkPolicy. */
interface NamedRule {
  readonly direction: Direction;
  readonly index: number;
}
