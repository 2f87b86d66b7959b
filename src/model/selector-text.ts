/**
 * Label selectors as people write them.
 */
import type { Requirement, Selector } from './selector.ts';

/** As kubectl writes selectors; `(all)` for the empty one. Not escaped. */
export function selectorText(selector: Selector): string {
  return selector.length === 0 ? '(all)' : selector.map(requirementText).join(',');
}

export function requirementText({ key, operator, values }: Requirement): string {
  if (operator === 'exists') return key;
  if (operator === 'doesNotExist') return `!${key}`;
  if (operator === 'in' && values.length === 1) return `${key}=${values[0]}`;
  return `${key} ${operator === 'in' ? 'in' : 'notin'} (${values.join(',')})`;
}
