/**
 * Pods that do not exist yet as text, with selectors as kubectl takes them. Not escaped.
 */
import type { FuturePods, LabelRequirement, PodCondition } from '../matrix/matrix.ts';
import { NAME_LABEL } from '../model/object-names.ts';

/** `any pod`, `pods with app=web in namespace shop`, `any pod but pods in namespaces with team=x`. */
export function futurePodsText({ matching, except }: FuturePods): string {
  const who = matching.length === 0 ? 'any pod' : matching.map(conditionText).join(' that are ');
  return except.length === 0 ? who : `${who}, but not ${except.map(conditionText).join(', ')}`;
}

function conditionText(condition: PodCondition): string {
  if (condition.kind === 'address') {
    const except = condition.except.length === 0 ? '' : ` outside ${condition.except.join(' and ')}`;
    return `pods with an address in ${condition.cidr}${except}`;
  }
  const { namespace, pod } = condition;
  return `pods${pod.length === 0 ? '' : ` with ${requirementsText(pod)}`}${namespacesText(namespace)}`;
}

function namespacesText(namespace: readonly LabelRequirement[]): string {
  const [first, ...others] = namespace;
  if (first === undefined) return '';
  if (others.length > 0 || first.key !== NAME_LABEL || first.operator !== 'In') return ` in namespaces with ${requirementsText(namespace)}`;
  return ` in ${first.values.length === 1 ? 'namespace' : 'namespaces'} ${first.values.join(', ')}`;
}

function requirementsText(requirements: readonly LabelRequirement[]): string {
  return requirements.map(requirementText).join(',');
}

function requirementText({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values[0]}` : `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}
