/**
 * Changes of policies as a whole: one that has the rule and does not hold for the pod, or for the direction.
 */
import { quote } from '../lib/quote.ts';
import { namespaceOf, refOf } from '../model/object-names.ts';
import type { Direction } from '../model/protocol.ts';
import type { Manifests, NetworkPolicyObject, Resource } from '../model/resource.ts';
import { apiObject, type Edit, editOf, withField } from './edit.ts';
import { namespaceOfSide, type Pair, type Side } from './pairs.ts';
import { hasDirection, ruleMisses } from './rule-misses.ts';
import { slipEdits, usedByPods } from './selector-edits.ts';
import { labelsOf, missesOf } from './selector-misses.ts';

/** Policies that would allow it if they were about this pod in this direction. */
export function policyEdits(manifests: Manifests, direction: Direction, pair: Pair): Edit[] {
  const judged = direction === 'ingress' ? pair.to : pair.from;
  const namespace = namespaceOfSide(judged);
  if (namespace === undefined) return [];
  return manifests.networkPolicies.flatMap((policy) => {
    const isHere = namespaceOf(policy.object.metadata) === namespace;
    if (!isHere) return namespaceEdits(manifests, policy, direction, pair, judged, namespace);
    if (!allows(manifests, policy, direction, pair)) return [];
    return [...typeEdits(policy, direction, judged), ...selectorEdits(manifests, policy, direction, judged)];
  });
}

function allows(manifests: Manifests, policy: Resource<NetworkPolicyObject>, direction: Direction, pair: Pair): boolean {
  return ruleMisses(manifests, policy, direction, pair).some(({ peersMatch, portsMatch }) => peersMatch && portsMatch);
}

function missesOfSubject({ object }: Resource<NetworkPolicyObject>, { pod }: Side) {
  return missesOf(object.spec?.podSelector, labelsOf(pod?.object.metadata.labels));
}

function typeEdits(policy: Resource<NetworkPolicyObject>, direction: Direction, judged: Side): Edit[] {
  const { spec } = policy.object;
  if (hasDirection(policy.object, direction) || missesOfSubject(policy, judged).length > 0) return [];
  const word = direction === 'ingress' ? 'Ingress' : 'Egress';
  const words = `add ${quote(word)} to \`policyTypes\`: without it the rules of \`${direction}\` that are there mean nothing, and with it nothing else is allowed at the pods that it selects, unless another policy does`;
  return [editOf('policy-types', words, policy, ['spec', 'policyTypes'], () => [...(spec?.policyTypes ?? []), word])];
}

function selectorEdits(manifests: Manifests, policy: Resource<NetworkPolicyObject>, direction: Direction, judged: Side): Edit[] {
  if (!hasDirection(policy.object, direction)) return [];
  const [miss, second] = missesOfSubject(policy, judged);
  if (miss === undefined || second !== undefined) return [];
  const place = {
    resource: policy,
    path: ['spec', 'podSelector'],
    name: 'podSelector of a policy that has the rule',
    labels: labelsOf(judged.pod?.object.metadata.labels),
    whose: quote(judged.name),
    isUsed: usedByPods(manifests),
  };
  const more = isolatingToo(policy.object, direction);
  return slipEdits(place, miss).map((edit): Edit => ({ ...edit, words: `${edit.words}${more}`, code: 'policy-selector' }));
}

/** What else a policy does that comes to hold for a pod. */
function isolatingToo(policy: NetworkPolicyObject, direction: Direction): string {
  const other = direction === 'ingress' ? 'egress' : 'ingress';
  return hasDirection(policy, other) ? `; it then isolates the pod for ${other}, too` : '';
}

/** A policy with the rule in a namespace where it selects nobody. */
function namespaceEdits(
  manifests: Manifests,
  policy: Resource<NetworkPolicyObject>,
  direction: Direction,
  pair: Pair,
  judged: Side,
  namespace: string,
): Edit[] {
  const { object } = policy;
  const own = namespaceOf(object.metadata);
  if (!hasDirection(object, direction) || missesOfSubject(policy, judged).length > 0) return [];
  const selectsNobody = !manifests.pods.some(
    (pod) =>
      namespaceOf(pod.object.metadata) === own && missesOf(object.spec?.podSelector, labelsOf(pod.object.metadata.labels)).length === 0,
  );
  const isFree = !manifests.networkPolicies.some(
    (other) => namespaceOf(other.object.metadata) === namespace && other.object.metadata.name === object.metadata.name,
  );
  if (!selectsNobody || !isFree) return [];
  const moved = withField(object, ['metadata', 'namespace'], () => namespace) as NetworkPolicyObject;
  if (!allows(manifests, { ...policy, object: moved, locate: (field) => policy.locate(field) }, direction, pair)) return [];
  const why = object.metadata.namespace
    ? 'it selects no pod there'
    : 'none is written, so that it is in `default`, where it selects no pod';
  const words = `move it from the namespace ${quote(own)} to ${quote(namespace)}: it has the rule, and ${why}${isolatingToo(object, direction)}`;
  const { apply } = editOf('policy-namespace', words, policy, ['metadata', 'namespace'], () => namespace).changes;
  const field = 'metadata.namespace';
  return [
    {
      code: 'policy-namespace',
      words,
      object: refOf(object.kind, object.metadata),
      field,
      place: policy.locate(field),
      changes: { apply: apply ?? [], remove: [apiObject(object)] },
    },
  ];
}
