/**
 * Things with a namespace and a name, in order. Most clusters hold many things in each of many namespaces, often in order already: sorting namespaces first compares far less text.
 */
import { compareText, sortTexts } from './compare-text.ts';
import { groupBy } from './grouping.ts';

/**
 * By namespace, then by name; what has both in common stays in the given order. The list itself is left as it is.
 * `namespaces`: those that there are, in order, and perhaps others, where they are known.
 */
export function sortByName<T>(
  items: readonly T[],
  namespaceOf: (item: T) => string,
  nameOf: (item: T) => string,
  namespaces: readonly string[] = sortTexts(new Set(items.map(namespaceOf))),
): T[] {
  const { start, items: places } = groupBy(ranksOf(items, namespaceOf, namespaces), namespaces.length);
  const sorted: T[] = [];
  for (let group = 0; group < namespaces.length; group++) {
    const first = sorted.length;
    let isSorted = true;
    for (let i = start[group]!; i < start[group + 1]!; i++) {
      const item = items[places[i]!]!;
      if (sorted.length > first && nameOf(item) < nameOf(sorted[sorted.length - 1]!)) isSorted = false;
      sorted.push(item);
    }
    if (isSorted) continue;
    const list = sorted.splice(first).sort((a, b) => compareText(nameOf(a), nameOf(b)));
    for (let i = 0; i < list.length; i++) sorted.push(list[i]!);
  }
  return sorted;
}

/** The place of the namespace of each item. */
function ranksOf<T>(items: readonly T[], namespaceOf: (item: T) => string, namespaces: readonly string[]): Uint32Array {
  const places = new Map<string, number>();
  for (let i = 0; i < namespaces.length; i++) places.set(namespaces[i]!, i);
  const ranks = new Uint32Array(items.length);
  // What follows each other is often in one namespace.
  let last: string | undefined;
  let rank = 0;
  for (let i = 0; i < items.length; i++) {
    const namespace = namespaceOf(items[i]!);
    if (namespace !== last) {
      last = namespace;
      rank = places.get(namespace)!;
    }
    ranks[i] = rank;
  }
  return ranks;
}
