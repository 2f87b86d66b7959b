/**
 * A change of one object that may help: what it is in words, where it is, and the objects that it makes.
 */
import type { ManifestChanges } from '../input/changes.ts';
import { definitionOf } from '../input/kinds.ts';
import { type FieldPath, formatPath } from '../input/problem.ts';
import { refOf } from '../model/object-names.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { ObjectMeta, Resource } from '../model/resource.ts';
import type { EditCode } from './troubleshooting.ts';

export interface Edit {
  readonly code: EditCode;
  readonly words: string;
  readonly object: ObjectRef;
  readonly field: string;
  readonly place: Origin;
  readonly changes: ManifestChanges;
}

export type EditedObject = { readonly kind: string; readonly metadata: ObjectMeta };

/** The change of one field of an object. */
export function editOf<T extends EditedObject>(
  code: EditCode,
  words: string,
  resource: Resource<T>,
  path: FieldPath,
  change: (old: unknown) => unknown,
): Edit {
  const { object } = resource;
  const field = formatPath(path);
  return {
    code,
    words,
    object: refOf(object.kind, object.metadata),
    field,
    place: resource.locate(field),
    changes: { apply: [apiObject(withField(object, path, change))] },
  };
}

/** As kubectl would apply it. */
export function apiObject(object: unknown): object {
  const { kind } = object as EditedObject;
  return { apiVersion: definitionOf(kind)?.apiVersion ?? 'v1', ...(object as object) };
}

/** A copy with another value at the path; undefined takes the field or list item out. What is missing on the way is made. */
export function withField(value: unknown, path: FieldPath, change: (old: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return change(value);
  if (typeof first === 'number') {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    const next = withField(list[first], rest, change);
    return next === undefined ? list.filter((_, i) => i !== first) : list.map((each, i) => (i === first ? next : each));
  }
  const entries = Object.entries((value ?? {}) as object);
  const old = entries.find(([key]) => key === first)?.[1];
  const next = withField(old, rest, change);
  const others = entries.map(([key, each]): [string, unknown] => [key, key === first ? next : each]);
  // Own properties, whatever their names.
  return Object.fromEntries(
    [...others, ...(entries.some(([key]) => key === first) ? [] : [[first, next] as [string, unknown]])].filter(
      ([, each]) => each !== undefined,
    ),
  );
}

/** A list with one more item. */
export function appended(item: unknown): (old: unknown) => unknown {
  return (old) => [...(Array.isArray(old) ? old : []), item];
}
