/**
 * Things with a namespace and a name, in order. Most clusters hold many things in each of many namespaces, often in order already: sorting namespaces first compares far less text.
 */
import { groupBy } from './grouping.ts';
import { orderOfTexts, sortPlaces } from './order-of-texts.ts';
import { TextNumbers } from './text-numbers.ts';

/**
 * By namespace, then by name; what has both in common stays in the given order. The list itself is left as it is.
 * `namespaces`: those that are known, in the order in which things mostly name them.
 */
export function sortByName<T>(
  items: readonly T[],
  namespaceOf: (item: T) => string,
  nameOf: (item: T) => string,
  namespaces = new TextNumbers(),
): T[] {
  const numbers = new Uint32Array(items.length);
  const names: string[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    numbers[i] = namespaces.of(namespaceOf(item));
    names.push(nameOf(item));
  }
  const order = orderByName(numbers, ranksOf(orderOfTexts(namespaces.texts)), names);
  const sorted: T[] = [];
  for (let i = 0; i < order.length; i++) sorted.push(items[order[i]!]!);
  return sorted;
}

/** The places of items in that order. The namespace of item i has the number `numbers[i]`, and is `ranks[number]`th among the namespaces in order. */
export function orderByName(numbers: Uint32Array, ranks: Uint32Array, names: readonly string[]): Uint32Array {
  const ofItem = new Uint32Array(numbers.length);
  for (let i = 0; i < ofItem.length; i++) ofItem[i] = ranks[numbers[i]!]!;
  const { start, items } = groupBy(ofItem, ranks.length);
  for (let rank = 0; rank < ranks.length; rank++) sortPlaces(items, start[rank]!, start[rank + 1]!, names);
  return items;
}

/** The place of each number in an order of all. */
export function ranksOf(order: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) ranks[order[i]!] = i;
  return ranks;
}
