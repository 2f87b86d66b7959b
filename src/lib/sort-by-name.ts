/**
 * Things with a namespace and a name, in order. Most clusters hold many things in each of many namespaces, often in order already: sorting namespaces first compares far less text.
 */
import { append } from './append.ts';
import { compareText } from './compare-text.ts';

/** By namespace, then by name; what has both in common stays in the given order. The list itself is left as it is. */
export function sortByName<T>(items: readonly T[], namespaceOf: (item: T) => string, nameOf: (item: T) => string): T[] {
  const byNamespace = new Map<string, T[]>();
  for (const item of items) append(byNamespace, namespaceOf(item), item);
  const sorted: T[] = [];
  for (const namespace of [...byNamespace.keys()].sort(compareText)) {
    const list = byNamespace.get(namespace)!;
    if (!isSorted(list, nameOf)) list.sort((a, b) => compareText(nameOf(a), nameOf(b)));
    for (const item of list) sorted.push(item);
  }
  return sorted;
}

function isSorted<T>(list: readonly T[], nameOf: (item: T) => string): boolean {
  for (let i = 1; i < list.length; i++) if (nameOf(list[i]!) < nameOf(list[i - 1]!)) return false;
  return true;
}
