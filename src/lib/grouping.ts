/**
 * Items by group, as CSR columns.
 */

import { newWords } from './words.ts';

/** The items of group g are `items[start[g]..start[g + 1]]`, ascending. */
export interface Grouping {
  readonly start: Uint32Array;
  readonly items: Uint32Array;
}

/** Groups 0..groupOf.length-1 by their group number (counting sort). Items whose group is not in 0..groupCount-1 are left out. */
export function groupBy(groupOf: ArrayLike<number>, groupCount: number): Grouping {
  const start = newWords(groupCount + 1);
  for (let item = 0; item < groupOf.length; item++) {
    if (groupOf[item]! < groupCount) start[groupOf[item]! + 1]!++;
  }
  for (let group = 0; group < groupCount; group++) start[group + 1]! += start[group]!;
  const next = start.slice(0, groupCount);
  const items = newWords(start[groupCount]!);
  for (let item = 0; item < groupOf.length; item++) {
    const group = groupOf[item]!;
    if (group < groupCount) items[next[group]!++] = item;
  }
  return { start, items };
}

export function membersOf({ start, items }: Grouping, group: number): Uint32Array {
  return items.subarray(start[group]!, start[group + 1]!);
}
