/**
 * Lines about pods and their own nodes, which comparison decides: gathered over many nodes, and counted where lines about others name them.
 */
import { append } from '../lib/append.ts';
import type { ClassComparison } from '../reach/compare-reach.ts';
import { type Line, sortedEnds } from '../reach/lines.ts';
import type { RollUp } from '../reach/roll-up.ts';

interface OwnLine extends Line {
  readonly own: boolean;
}

/** Pods of many nodes with their own nodes in one line, where those are all such pairs between the ends. */
export function joinOwn<L extends OwnLine>(
  lines: readonly L[],
  kindOf: (line: L) => string,
  { own }: ClassComparison,
  joinRest: (a: L, b: L) => L,
): L[] {
  const alike = new Map<string, L[]>();
  for (const line of lines) if (line.own) append(alike, `${kindOf(line)} ${JSON.stringify(line.ports)}`, line);
  const joined = [...alike.values()].flatMap((group) => {
    const from = sortedEnds(group.flatMap((line) => line.from));
    const to = sortedEnds(group.flatMap((line) => line.to));
    const pairs = group.reduce((sum, line) => sum + line.pairs, 0);
    const destinations = new Set(to);
    let between = 0;
    for (const source of from) for (const each of own.get(source) ?? []) if (destinations.has(each)) between++;
    return between === pairs ? [{ ...group.reduce(joinRest), from, to, pairs }] : group;
  });
  return [...lines.filter((line) => !line.own), ...joined];
}

/** Pairs of a pod and its own node between the ends. Of a pod and itself nothing is expected. */
export function countOwnNodes({ own }: ClassComparison, rollUp: RollUp, from: readonly number[], to: readonly number[]): number {
  const destinations = new Set(to);
  let count = 0;
  for (const source of from) {
    for (const each of own.get(source) ?? []) if (destinations.has(each) && rollUp.ownerKey(source) !== rollUp.ownerKey(each)) count++;
  }
  return count;
}
