/**
 * Which policies of the tables are one policy of the input: where every rule has its own place in the order, a policy stands in them once for each rule.
 */
import type { Columns } from './rule-tables.ts';

/** For each policy, the first that is the same one. */
export function firstOfSame(columns: Columns): Uint32Array {
  const { policyKind, policyNamespace, policyName, policyFile, policyLine, policyColumn } = columns;
  const identity = [policyKind, policyNamespace, policyName, policyFile, policyLine, policyColumn];
  const first = new Map<string, number>();
  return Uint32Array.from(policyName, (_, policy) => {
    const key = identity.map((column) => column[policy]).join(' ');
    const known = first.get(key) ?? policy;
    first.set(key, known);
    return known;
  });
}

export function countPolicies(columns: Columns): number {
  return new Set(firstOfSame(columns)).size;
}
