/**
 * Objects of one name: each is kept once, or not at all.
 */
import { append } from '../lib/append.ts';
import { compareText } from '../lib/compare-text.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isPolicyKind, objectKey, refOf } from '../model/object-names.ts';
import { type ObjectRef, type Origin, placeText, UNREADABLE } from '../model/origin.ts';
import type { Resource, UnreadablePolicy } from '../model/resource.ts';
import type { Findings, Kept } from './findings.ts';
import { NameInterner } from './name-interner.ts';

/**
 * The objects by kind, each kept once. The same object twice is a warning. Two different objects of one name are an error, and neither is kept, as which of them is meant cannot be known; so
 * is one that shares its name with an object that could not be read.
 */
export function withoutDuplicates(
  found: Pick<Findings, 'kept' | 'unreadable' | 'diagnostics'>,
  diagnostics: Diagnostic[],
  onConflict: (resource: Resource<Kept>, reason: string) => void,
): Map<string, Resource<Kept>[]> {
  const twinOf = unreadableTwins(found);
  const names = new NameInterner();
  const firsts: Resource<Kept>[] = [];
  const byKind = new Map<string, Resource<Kept>[]>();
  const conflicts = new Set<Resource<Kept>>();
  for (const resource of found.kept) {
    const { kind, metadata } = resource.object;
    const twin = twinOf?.(refOf(kind, metadata));
    if (twin !== undefined) {
      diagnostics.push(
        duplicate(resource, `another object of this name, at ${placeText(twin)}, cannot be used; this one is not used either`),
      );
      onConflict(resource, `another object of its name, at ${placeText(twin)}, cannot be used`);
      continue;
    }
    const first = firsts[names.intern(resource.object)];
    if (first === undefined) {
      firsts.push(resource);
      append(byKind, kind, resource);
      continue;
    }
    const same = canonical(first.object) === canonical(resource.object);
    const place = placeText(first.origin);
    if (same) {
      diagnostics.push(duplicate(resource, `the object is also at ${place}, with the same content`, 'warning'));
      continue;
    }
    diagnostics.push(duplicate(resource, `another object of this name with other content is at ${place}; neither is used`));
    const reason = `two different objects have its name, at ${place} and ${placeText(resource.origin)}`;
    if (!conflicts.has(first)) onConflict(first, reason);
    conflicts.add(first);
    onConflict(resource, reason);
  }
  if (conflicts.size > 0) {
    for (const [kind, resources] of byKind)
      byKind.set(
        kind,
        resources.filter((resource) => !conflicts.has(resource)),
      );
  }
  return byKind;
}

function duplicate(
  { object: { kind, metadata }, origin }: Resource<Kept>,
  message: string,
  severity: 'error' | 'warning' = 'error',
): Diagnostic {
  return { code: 'duplicate-object', severity, message, origin, object: refOf(kind, metadata), field: 'metadata.name' };
}

/**
 * Where an object of the same name is that could not be read, and may be what the cluster holds. Of policies, also one of which the kind or the namespace is not known. One without a name
 * might be any: what it leaves open is told otherwise. Undefined when everything could be read.
 */
function unreadableTwins({
  unreadable,
  diagnostics,
}: Pick<Findings, 'unreadable' | 'diagnostics'>): ((ref: ObjectRef) => Origin | undefined) | undefined {
  const places = new Map<string, Origin>();
  for (const { severity, object, origin } of diagnostics)
    if (severity === 'error' && object !== undefined) places.set(objectKey(object), origin);
  const policies = new Map<string, UnreadablePolicy[]>();
  for (const policy of unreadable) if (policy.name !== undefined) append(policies, policy.name, policy);
  if (places.size === 0 && policies.size === 0) return undefined;
  return (ref) => {
    const { kind, namespace, name } = ref;
    const mayBe = (policy: UnreadablePolicy): boolean =>
      (policy.kind === kind || (policy.kind === UNREADABLE && isPolicyKind(kind))) &&
      (policy.namespace === undefined || policy.namespace === namespace);
    return places.get(objectKey(ref)) ?? policies.get(name)?.find(mayBe)?.origin;
  };
}

const LABELS = new Set(['labels', 'matchLabels']);

/** The same text for the same content: keys in order, null and absent alike, as are `default` and no namespace. */
function canonical(object: Kept): string {
  // The workload follows from the objects of other files too; no verdict depends on annotations.
  const content = { ...object, workload: null, metadata: { ...object.metadata, namespace: null, annotations: null } };
  return JSON.stringify(content, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.entries(part)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, LABELS.has(name) ? withEmptyValues(field) : field])
      .sort(([a], [b]) => compareText(a, b));
  });
}

/** A label without value has the empty value: it is there, unlike other fields that are null. */
function withEmptyValues(labels: unknown): unknown {
  if (typeof labels !== 'object' || labels === null) return labels;
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, value ?? '']));
}
