/**
 * Changes of a selector that nearly matches, or of the labels that it asks for. Only where a single requirement is in the way: two differences are no slip.
 */

import { isCompleted } from '../input/build-cluster.ts';
import { type WorkloadObject, workloadSpec } from '../input/checks/check-workload.ts';
import type { FieldPath } from '../input/problem.ts';
import { quote } from '../lib/quote.ts';
import { NAME_LABEL, namespaceOf } from '../model/object-names.ts';
import type { Manifests, PodObject, Resource } from '../model/resource.ts';
import { type Edit, type EditedObject, editOf } from './edit.ts';
import { isSlip, type Labels, labelsOf, type Miss, requirementText } from './selector-misses.ts';

/** A selector in an object, and whose labels it is about. */
export interface SelectorPlace<T extends EditedObject> {
  readonly resource: Resource<T>;
  readonly path: FieldPath;
  /** As in "of the podSelector". */
  readonly name: string;
  readonly labels: Labels;
  /** The pod or Namespace, as a person would call it. */
  readonly whose: string;
  /** Has any pod (any Namespace) this label? Undefined as value: with any. What somebody has is no typing error. */
  readonly isUsed: (key: string, value?: string) => boolean;
}

/** Labels of pods that run. */
export function usedByPods(manifests: Manifests): SelectorPlace<EditedObject>['isUsed'] {
  return (key, value) => manifests.pods.some(({ object }) => !isCompleted(object) && hasLabel(object.metadata.labels, key, value));
}

export function usedByNamespaces(manifests: Manifests): SelectorPlace<EditedObject>['isUsed'] {
  return (key, value) =>
    key === NAME_LABEL
      ? value === undefined || manifests.namespaces.some(({ object }) => object.metadata.name === value)
      : manifests.namespaces.some(({ object }) => hasLabel(object.metadata.labels, key, value));
}

function hasLabel(labels: PodObject['metadata']['labels'], key: string, value: string | undefined): boolean {
  const found = labelsOf(labels).get(key);
  return found !== undefined && (value === undefined || found === value);
}

/** The selector as it was probably meant. */
export function slipEdits<T extends EditedObject>(place: SelectorPlace<T>, miss: Miss): Edit[] {
  return [...valueSlip(place, miss), ...keySlip(place, miss)];
}

function valueSlip<T extends EditedObject>({ resource, path, name, whose, isUsed }: SelectorPlace<T>, miss: Miss): Edit[] {
  const { key, operator, values, actual } = miss;
  const near = actual === undefined || operator !== 'In' ? undefined : values.find((value) => isSlip(value, actual) && !isUsed(key, value));
  if (near === undefined || actual === undefined) return [];
  const words = `${name}: ${quote(`${key}: ${near}`)} → ${quote(actual)}, which is what ${whose} has`;
  const inMap = miss.path[0] === 'matchLabels';
  const field: FieldPath = inMap ? [...path, ...miss.path] : [...path, ...miss.path, 'values', values.indexOf(near)];
  return [editOf('label-value', words, resource, field, () => actual)];
}

function keySlip<T extends EditedObject>({ resource, path, name, labels, whose, isUsed }: SelectorPlace<T>, miss: Miss): Edit[] {
  const { key, operator, values, actual } = miss;
  if (actual !== undefined || operator === 'NotIn' || operator === 'DoesNotExist' || isUsed(key)) return [];
  const fits = (value: string): boolean => operator === 'Exists' || values.includes(value);
  const near = [...labels].find(([other, value]) => fits(value) && isSlip(key, other))?.[0];
  if (near === undefined) return [];
  return [
    renamed('label-key', `${name}: the label ${quote(key)} → ${quote(near)}, which is what ${whose} has`, resource, path, miss, near),
  ];
}

/** `matchLabels: {name: dev}` where the Namespace dev has no such label: every Namespace has its name under a label of its own. */
export function nameLabelEdits<T extends EditedObject>(
  { resource, path, name, labels, whose, isUsed }: SelectorPlace<T>,
  miss: Miss,
): Edit[] {
  const { key, operator, values, actual } = miss;
  const own = labels.get(NAME_LABEL);
  if (actual !== undefined || operator !== 'In' || own === undefined || !values.includes(own) || key === NAME_LABEL || isUsed(key))
    return [];
  const words = `${name}: the label ${quote(key)} → ${quote(NAME_LABEL)}, which every Namespace has; ${whose} has no label ${quote(key)}`;
  return [renamed('name-label', words, resource, path, miss, NAME_LABEL)];
}

function renamed<T extends EditedObject>(
  code: Edit['code'],
  words: string,
  resource: Resource<T>,
  path: FieldPath,
  miss: Miss,
  to: string,
): Edit {
  if (miss.path[0] !== 'matchLabels') return editOf(code, words, resource, [...path, ...miss.path, 'key'], () => to);
  const map: FieldPath = [...path, 'matchLabels'];
  const change = (old: unknown): unknown =>
    Object.fromEntries(
      Object.entries((old ?? {}) as object).map(([key, value]): [string, unknown] => [key === miss.key ? to : key, value]),
    );
  const edit = editOf(code, words, resource, map, change);
  const field = editOf(code, words, resource, [...map, miss.key], (old) => old);
  return { ...edit, field: field.field, place: field.place };
}

/** One more value in a list of values. */
export function valueEdits<T extends EditedObject>({ resource, path, name, whose }: SelectorPlace<T>, miss: Miss): Edit[] {
  const { key, operator, values, actual } = miss;
  if (operator !== 'In' || miss.path[0] !== 'matchExpressions' || actual === undefined) return [];
  const words = `${name}: add ${quote(actual)} to the values of ${quote(key)}, which is what ${whose} has`;
  return [editOf('add-value', words, resource, [...path, ...miss.path, 'values'], () => [...values, actual])];
}

/** The label that a requirement asks for; undefined where it asks that there is none. */
function wantedLabel({ key, operator, values, actual }: Miss): { key: string; value: string } | undefined {
  if (actual !== undefined || (operator !== 'In' && operator !== 'Exists')) return undefined;
  return { key, value: values[0] ?? '' };
}

export function namespaceLabelEdits(manifests: Manifests, namespace: string, miss: Miss): Edit[] {
  const wanted = wantedLabel(miss);
  if (wanted === undefined || wanted.key === NAME_LABEL) return [];
  const found = manifests.namespaces.find(({ object }) => object.metadata.name === namespace);
  // A Namespace that nobody wrote has no place.
  if (found === undefined) return [];
  const words = `add the label ${quote(labelText(wanted))} to Namespace ${quote(namespace)}: every policy that asks for it then sees all of its pods so`;
  return [editOf('namespace-label', words, found, ['metadata', 'labels', wanted.key], () => wanted.value)];
}

/** The label for all pods of the workload, or for the pod where it has none. */
export function podLabelEdits(manifests: Manifests, { object, origin }: Resource<PodObject>, miss: Miss): Edit[] {
  const wanted = wantedLabel(miss);
  if (wanted === undefined) return [];
  const namespace = namespaceOf(object.metadata);
  const { workload } = object;
  const field = ['metadata', 'labels', wanted.key];
  const label = `add the label ${quote(labelText(wanted))} to`;
  const more = ': every policy and Service that asks for it then sees them so';
  if (workload === undefined)
    return [
      editOf(
        'pod-label',
        `${label} Pod ${quote(`${namespace}/${object.metadata.name}`)}${more.replace('them', 'it')}`,
        resourceOf(object, origin),
        field,
        () => wanted.value,
      ),
    ];
  const words = `${label} the pods of ${quote(`${namespace}/${workload.kind.toLowerCase()}/${workload.name}`)}${more}`;
  const owner = (manifests.context?.workloads ?? []).find(({ object: each }) => {
    return each.kind === workload.kind && each.metadata.name === workload.name && namespaceOf(each.metadata) === namespace;
  }) as Resource<WorkloadObject> | undefined;
  const pods = manifests.pods.filter(({ object: each }) => {
    return namespaceOf(each.metadata) === namespace && each.workload?.kind === workload.kind && each.workload.name === workload.name;
  });
  const given = pods.filter((pod) => pod.object.metadata.ownerReferences?.length);
  if (owner !== undefined && given.length === 0) return [ofTemplate(owner, words, wanted)];
  const edits = given.map((pod) => editOf('pod-label', words, resourceOf(pod.object, pod.origin), field, () => wanted.value));
  const [first] = edits;
  if (first === undefined) return [];
  return [{ ...first, place: owner?.origin ?? origin, changes: { apply: edits.flatMap(({ changes }) => changes.apply ?? []) } }];
}

function ofTemplate(owner: Resource<WorkloadObject>, words: string, { key, value }: { key: string; value: string }): Edit {
  const above = workloadSpec(owner.object) === owner.object.spec ? ['spec'] : ['spec', 'jobTemplate', 'spec'];
  return editOf('pod-label', words, owner, [...above, 'template', 'metadata', 'labels', key], () => value);
}

/** The pod without what reading has added to it. */
function resourceOf({ workload: _, ...object }: PodObject, origin: Resource<PodObject>['origin']): Resource<PodObject> {
  return { object, origin, locate: () => origin };
}

function labelText({ key, value }: { key: string; value: string }): string {
  return `${key}: ${value === '' ? '""' : value}`;
}

/** Labels by which pods of an application are known, the stable ones first; without them all that do not tell one pod or revision from another. */
export function tellingLabels({ metadata }: PodObject): Record<string, string> {
  const labels = [...labelsOf(metadata.labels)];
  const known = TELLING.flatMap((key) => labels.find(([each]) => each === key) ?? []);
  if (known.length > 0) return { [known[0] as string]: known[1] as string };
  return Object.fromEntries(labels.filter(([key]) => !PASSING.test(key)));
}

const TELLING = ['app.kubernetes.io/name', 'app', 'k8s-app', 'component'];
const PASSING =
  /hash$|revision|generation|^statefulset\.kubernetes\.io\/|^apps\.kubernetes\.io\/pod-index$|^(batch\.kubernetes\.io\/)?(job-name|controller-uid|job-completion-index)$/;

/** A label as it is written in a sentence. */
export function missText(miss: Miss, whose: string): string {
  const has = miss.actual === undefined ? `has no label ${quote(miss.key)}` : `has ${quote(`${miss.key}=${miss.actual}`)}`;
  return `asks for ${quote(requirementText(miss))}, and ${whose} ${has}`;
}
