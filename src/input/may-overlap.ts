/**
 * May two subjects apply to one pod? No only where their selectors contradict each other: whatever pods there are, none has labels that match both.
 */
import type { AdminSubject, LabelSelector, Maybe } from '../model/resource.ts';

export function mayOverlap(a: AdminSubject, b: AdminSubject): boolean {
  const namespaces = !contradict([a.namespaces ?? a.pods?.namespaceSelector, b.namespaces ?? b.pods?.namespaceSelector]);
  return namespaces && !contradict([a.pods?.podSelector, b.pods?.podSelector]);
}

/** What selectors together ask of one label. */
interface Demand {
  /** The values it may have; undefined: any. */
  values: ReadonlySet<string> | undefined;
  readonly excluded: Set<string>;
  present: boolean;
  absent: boolean;
}

function contradict(selectors: readonly Maybe<LabelSelector>[]): boolean {
  const demands = new Map<string, Demand>();
  const demandOf = (key: string): Demand => {
    const demand = demands.get(key) ?? { values: undefined, excluded: new Set<string>(), present: false, absent: false };
    demands.set(key, demand);
    return demand;
  };
  const restrict = (key: string, values: readonly string[]): void => {
    const demand = demandOf(key);
    demand.present = true;
    demand.values = new Set(values.filter((value) => demand.values?.has(value) ?? true));
  };
  for (const selector of selectors) {
    for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) restrict(key, [value ?? '']);
    for (const { key, operator, values } of selector?.matchExpressions ?? []) {
      if (operator === 'In') restrict(key, values ?? []);
      else if (operator === 'NotIn') for (const value of values ?? []) demandOf(key).excluded.add(value);
      else if (operator === 'Exists') demandOf(key).present = true;
      else demandOf(key).absent = true;
    }
  }
  return [...demands.values()].some(
    ({ values, excluded, present, absent }) =>
      (present && absent) || (values !== undefined && [...values].every((value) => excluded.has(value))),
  );
}
