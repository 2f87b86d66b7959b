/**
 * The policies that apply to pods of a zone, in the internal form: whom they select, and what their allow rules name.
 */

import { matchesSelector } from '../dialects/label-selector.ts';
import { lower } from '../dialects/lower.ts';
import type { Namespace, Pod } from '../model/cluster.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import type { PodMatch, Policy, PolicySet, Rule, Tier } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';

/** Policies as the compiler gets them. */
export function policySetOf(manifests: Manifests, profile: CniProfile, domainNames: DomainNameTable | undefined): PolicySet {
  return lower(manifests, profile, domainNames).policySet;
}

/**
 * The same without anything that allows: what is left isolates, denies, passes on, or could not be read. A rule that a profile reads in a way of its own, and so may allow more, is one that allows.
 */
export function withoutAllows(policySet: PolicySet): PolicySet {
  const isKept = ({ action, index }: Rule, { match }: Tier): boolean =>
    action !== 'allow' && !(action === 'unknown' && match === 'all' && index >= 0);
  return {
    ...policySet,
    tiers: policySet.tiers.map((tier) => ({
      ...tier,
      policies: tier.policies.map((policy): Policy => ({ ...policy, rules: policy.rules.filter((rule) => isKept(rule, tier)) })),
    })),
  };
}

/** Is a pod of this namespace meant, whatever its labels? */
export function isInNamespaces({ namespaces }: PodMatch, namespace: Namespace): boolean {
  return 'name' in namespaces ? namespaces.name === namespace.name : matchesSelector(namespace.labels, namespaces.selector);
}

/** `pod`: one that the profile does not keep out of selectors. */
export function selectsPod(
  match: PodMatch,
  { namespace, labels }: Pick<Pod, 'namespace' | 'labels'>,
  namespaces: ReadonlyMap<string, Namespace>,
): boolean {
  const given = namespaces.get(namespace);
  return given !== undefined && isInNamespaces(match, given) && matchesSelector(labels, match.pods);
}
