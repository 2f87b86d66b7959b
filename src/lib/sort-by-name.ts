/**
 * Things with a namespace and a name, in order. Most clusters hold many things in each of many namespaces, often in order already: sorting namespaces first compares far less text.
 */
import { compareText, sortTexts } from './compare-text.ts';
import { groupBy } from './grouping.ts';

/** By namespace, then by name; what has both in common stays in the given order. The list itself is left as it is. */
export function sortByName<T>(items: readonly T[], namespaceOf: (item: T) => string, nameOf: (item: T) => string): T[] {
  const numbers = new Map<string, number>();
  const namespaceNumbers = new Uint32Array(items.length);
  let namespace: string | undefined;
  let number = 0;
  for (let i = 0; i < items.length; i++) {
    const next = namespaceOf(items[i]!);
    if (next !== namespace) {
      namespace = next;
      number = numbers.get(namespace) ?? numbers.size;
      numbers.set(namespace, number);
    }
    namespaceNumbers[i] = number;
  }
  const { start, items: places } = groupBy(namespaceNumbers, numbers.size);
  const sorted: T[] = [];
  for (const each of sortTexts(numbers.keys())) {
    const group = numbers.get(each)!;
    const list: T[] = [];
    for (let i = start[group]!; i < start[group + 1]!; i++) list.push(items[places[i]!]!);
    if (!isSorted(list, nameOf)) list.sort((a, b) => compareText(nameOf(a), nameOf(b)));
    for (let i = 0; i < list.length; i++) sorted.push(list[i]!);
  }
  return sorted;
}

function isSorted<T>(list: readonly T[], nameOf: (item: T) => string): boolean {
  for (let i = 1; i < list.length; i++) if (nameOf(list[i]!) < nameOf(list[i - 1]!)) return false;
  return true;
}
