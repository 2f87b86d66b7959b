/**
 * Shapes of meta/v1: what every object has, and label selectors.
 */
import { IGNORE_ANNOTATION, IGNORE_REASON_ANNOTATION } from '../../model/resource.ts';
import { flag, labels, labelText, listOf, objectOf, oneOf, type Shape, skipped, text } from '../shape.ts';

const ownerReference = objectOf('ignored', { kind: text, name: text, controller: flag }, ['kind', 'name']);

/** All fields of ObjectMeta are named, so that a mistyped one is seen. */
const metadataFields: Readonly<Record<string, Shape>> = {
  name: text,
  namespace: text,
  labels,
  deletionTimestamp: text,
  ownerReferences: listOf(ownerReference),
  generateName: skipped,
  annotations: skipped,
  uid: skipped,
  resourceVersion: skipped,
  generation: skipped,
  creationTimestamp: skipped,
  deletionGracePeriodSeconds: skipped,
  finalizers: skipped,
  managedFields: skipped,
  selfLink: skipped,
  clusterName: skipped,
};

/** Most annotations are nobody's business here, and most objects have none of these. */
const annotations = { ...objectOf('ignored', { [IGNORE_ANNOTATION]: text, [IGNORE_REASON_ANNOTATION]: text }), sparse: true } as const;
const objectMetaFields = { ...metadataFields, annotations };
const objectMeta = {
  error: objectOf('error', objectMetaFields, ['name']),
  warning: objectOf('warning', objectMetaFields, ['name']),
} as const;

/** The metadata of a pod template: it has no name of its own. */
export const templateMeta = objectOf('warning', metadataFields);

export const requirementFields = {
  key: labelText,
  operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: listOf(labelText),
} as const;

const requirement = objectOf('error', requirementFields, ['key', 'operator']);

export const labelSelector = objectOf('error', { matchLabels: labels, matchExpressions: listOf(requirement) });

/** The first level of an object: `spec` and `status` as given, everything else that the API has there. */
export function topLevel(
  unknown: 'error' | 'warning',
  parts: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): ReturnType<typeof objectOf> {
  return objectOf(unknown, { apiVersion: skipped, kind: text, metadata: objectMeta[unknown], spec: skipped, status: skipped, ...parts }, [
    'metadata',
    ...required,
  ]);
}
