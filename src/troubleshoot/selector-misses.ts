/**
 * Which requirements of a label selector some labels do not meet, each with its place in the object.
 * Specification: networkpolicy-semantics 27-31.
 */
import { NAME_LABEL } from '../model/object-names.ts';
import type { LabelSelector, Manifests, Maybe } from '../model/resource.ts';

export type Labels = ReadonlyMap<string, string>;

/** A requirement that is not met. */
export interface Miss {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
  /** What the labels have under this key. */
  readonly actual: string | undefined;
  /** Below the selector: the entry of `matchLabels`, or the item of `matchExpressions`. */
  readonly path: readonly (string | number)[];
}

export function missesOf(selector: Maybe<LabelSelector>, labels: Labels): Miss[] {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value]): Miss => {
    return { key, operator: 'In', values: [value ?? ''], actual: labels.get(key), path: ['matchLabels', key] };
  });
  const others = (selector?.matchExpressions ?? []).map(({ key, operator, values }, i): Miss => {
    return { key, operator, values: values ?? [], actual: labels.get(key), path: ['matchExpressions', i] };
  });
  return [...equal, ...others].filter((each) => !isMet(each));
}

function isMet({ operator, values, actual }: Miss): boolean {
  if (operator === 'In') return actual !== undefined && values.includes(actual);
  if (operator === 'NotIn') return actual === undefined || !values.includes(actual);
  return (actual !== undefined) === (operator === 'Exists');
}

/** A label without value has the empty one. */
export function labelsOf(labels: Maybe<Readonly<Record<string, string | null>>>): Labels {
  return new Map(Object.entries(labels ?? {}).map(([key, value]) => [key, value ?? '']));
}

/** With the label that the control plane sets; of a namespace that is only referred to nothing else is known. */
export function labelsOfNamespace(manifests: Manifests, name: string): Labels {
  const found = manifests.namespaces.find(({ object }) => object.metadata.name === name);
  return new Map(labelsOf(found?.object.metadata.labels)).set(NAME_LABEL, name);
}

/** `app=web`, `app in (a, b)`, as a person would say it. */
export function requirementText({ key, operator, values }: Pick<Miss, 'key' | 'operator' | 'values'>): string {
  if (operator === 'Exists') return key;
  if (operator === 'DoesNotExist') return `!${key}`;
  if (operator === 'In' && values.length === 1) return `${key}=${values[0]}`;
  return `${key} ${operator === 'In' ? 'in' : 'not in'} (${values.join(', ')})`;
}

/** Close enough to be a slip: one or two letters, in words that are long enough, or another case. */
export function isSlip(a: string, b: string): boolean {
  if (a === b) return false;
  if (a.toLowerCase() === b.toLowerCase()) return true;
  // web-1 and web-2 are two things.
  if (a.replace(/\d+/g, '') === b.replace(/\d+/g, '')) return false;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 3 || Math.abs(a.length - b.length) > 2) return false;
  return distance(a, b) <= (shorter < 6 ? 1 : 2);
}

/** Edits between two short texts, where two letters that changed places are one. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const plain = Math.min(at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(rows, i - 1, j - 1) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(rows, i - 2, j - 2) + 1 : plain;
      row.push(Math.min(plain, swapped));
    }
    rows.push(row);
  }
  return at(rows, a.length, b.length);
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}
