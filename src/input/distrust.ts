/**
 * Where the labels of a namespace are not known, a selector of namespaces may or may not match it. A policy with such a selector is not read: what it
 * would allow is then unknown, and never allowed or denied on a guess. When a whole file is missing, an unreadable policy already makes every denial unknown;
 * only selectors that match where labels are absent could allow too much. Of an administrator's policy, whose rules also deny and whose order counts, every
 * selector by label is in doubt.
 */

import { namespaceOf } from '../model/object-names.ts';
import type { AdminPolicyObject, LabelSelector, Maybe, NetworkPolicyObject, Resource, UnreadablePolicy } from '../model/resource.ts';
import { dependsOnLabels, matchesAbsentLabels, namespaceSelectorsOf, peerNamespacesOf, subjectNamespaces } from './namespace-selectors.ts';
import { distrustedPolicy } from './unreadable.ts';
import { distrustedAdminPolicy } from './unreadable-admin.ts';

export interface Distrust {
  readonly reason: string;
  /** In a NetworkPolicy, is what this selector matches not known? */
  readonly doubts: (selector: Maybe<LabelSelector>) => boolean;
}

/** `doubtful`: the namespaces whose labels could not be read. Undefined when all are known. */
export function distrustOf(doubtful: readonly (string | undefined)[], refusedFile: boolean): Distrust | undefined {
  if (doubtful.length > 0) {
    const which = doubtful[0] === undefined ? 'a namespace' : `the namespace \`${doubtful[0]}\``;
    return { reason: `it selects namespaces by label, and the labels of ${which} could not be read`, doubts: dependsOnLabels };
  }
  if (!refusedFile) return undefined;
  const reason = 'it selects namespaces by labels, and a file that could not be read may set them';
  return { reason, doubts: matchesAbsentLabels };
}

/** Policies that are not trusted, with what can still be said about them. */
export type DistrustedPolicies = Map<UnreadablePolicy, Resource<NetworkPolicyObject | AdminPolicyObject>>;

/** The policies that can be trusted; the others go to `distrusted`. */
export function distrustSelectors(
  policies: readonly Resource<NetworkPolicyObject>[],
  { reason, doubts }: Distrust,
  distrusted: DistrustedPolicies,
): readonly Resource<NetworkPolicyObject>[] {
  return policies.filter((policy) => {
    const { object, origin } = policy;
    const trusted = !namespaceSelectorsOf(object).some(doubts);
    if (!trusted) distrusted.set(distrustedPolicy(object, namespaceOf(object.metadata), origin, reason), policy);
    return trusted;
  });
}

/** As `distrustSelectors`. A selector in the subject leaves open which pods the policy applies to. */
export function distrustAdminSelectors(
  policies: readonly Resource<AdminPolicyObject>[],
  { reason }: Distrust,
  distrusted: DistrustedPolicies,
): readonly Resource<AdminPolicyObject>[] {
  return policies.filter((policy) => {
    const { object, origin } = policy;
    const subjectTrusted = !dependsOnLabels(subjectNamespaces(object));
    const trusted = subjectTrusted && !peerNamespacesOf(object).some(dependsOnLabels);
    if (!trusted) distrusted.set(distrustedAdminPolicy(object, origin, reason, subjectTrusted), policy);
    return trusted;
  });
}
