/**
 * The namespace selectors of a policy, and which of them depend on what is known of namespaces.
 */

import { NAME_LABEL } from '../model/object-names.ts';
import type { AdminIngressPeer, AdminPolicyObject, AdminSubject, LabelSelector, Maybe, NetworkPolicyObject } from '../model/resource.ts';

export function namespaceSelectorsOf({ spec }: NetworkPolicyObject): Maybe<LabelSelector>[] {
  const peers = [...(spec?.ingress ?? []).flatMap(({ from }) => from ?? []), ...(spec?.egress ?? []).flatMap(({ to }) => to ?? [])];
  return peers.map(({ namespaceSelector }) => namespaceSelector);
}

/** Those of the peers; that of the subject decides about more (`subjectNamespaces`). */
export function peerNamespacesOf({ spec }: AdminPolicyObject): Maybe<LabelSelector>[] {
  const rules: readonly { readonly from?: readonly AdminIngressPeer[]; readonly to?: readonly AdminIngressPeer[] }[] = [
    ...(spec.ingress ?? []),
    ...(spec.egress ?? []),
  ];
  return rules.flatMap(({ from = [], to = [] }) => [...from, ...to].map(namespacesOfEnd));
}

export function subjectNamespaces({ spec }: AdminPolicyObject): Maybe<LabelSelector> {
  return namespacesOfEnd(spec.subject);
}

function namespacesOfEnd({ namespaces, pods }: AdminSubject | AdminIngressPeer): Maybe<LabelSelector> {
  return namespaces ?? pods?.namespaceSelector;
}

/** The label of the name is always known. */
export function dependsOnLabels(selector: Maybe<LabelSelector>): boolean {
  const keys = [...Object.keys(selector?.matchLabels ?? {}), ...(selector?.matchExpressions ?? []).map(({ key }) => key)];
  return keys.some((key) => key !== NAME_LABEL);
}

export function matchesAbsentLabels(selector: Maybe<LabelSelector>): boolean {
  return (selector?.matchExpressions ?? []).some(
    ({ key, operator }) => key !== NAME_LABEL && (operator === 'NotIn' || operator === 'DoesNotExist'),
  );
}
