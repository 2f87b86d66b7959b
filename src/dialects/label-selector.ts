/**
 * meta/v1 LabelSelector -> the internal selector. In come validated API objects, out come canonical requirements: two selectors that are written
 * differently but say the same (order, duplicates, matchLabels against a one-value In) lower to equal requirements.
 */
import { compareText } from '../lib/compare-text.ts';
import type { LabelSelector, LabelSelectorRequirement } from '../model/resource.ts';
import type { Labels, Requirement, Selector } from '../model/selector.ts';

const OPERATORS = { In: 'in', NotIn: 'notIn', Exists: 'exists', DoesNotExist: 'doesNotExist' } as const satisfies Record<
  LabelSelectorRequirement['operator'],
  Requirement['operator']
>;

/** Absent and empty selectors select everything: where the API gives absence another meaning, the caller decides that before. */
export function lowerSelector(selector: LabelSelector | null | undefined, known?: KnownSelectors): Selector {
  const { matchLabels, matchExpressions } = selector ?? {};
  const keys = matchLabels ? Object.keys(matchLabels) : [];
  if (!matchExpressions?.length) {
    if (keys.length === 0) return EVERYTHING;
    if (keys.length === 1 && known !== undefined) return ofLabel(keys[0]!, matchLabels![keys[0]!] ?? '', known);
  }
  const requirements: Requirement[] = [];
  for (const key of keys) requirements.push({ key, operator: 'in', values: [matchLabels![key] ?? ''] });
  for (const { key, operator, values } of matchExpressions ?? []) {
    requirements.push({ key, operator: OPERATORS[operator], values: distinct(values ?? []) });
  }
  if (requirements.length < 2) return requirements;
  requirements.sort(compareRequirements);
  return requirements.filter((requirement, i) => i === 0 || compareRequirements(requirement, requirements[i - 1]!) !== 0);
}

const EVERYTHING: Selector = [];

/** Selectors of one label that were lowered before, by key and value. Nearly all selectors are such, and one object for equal ones makes them cheap to compare. */
export type KnownSelectors = Map<string, Map<string, Selector>>;

function ofLabel(key: string, value: string, known: KnownSelectors): Selector {
  let ofKey = known.get(key);
  if (ofKey === undefined) {
    ofKey = new Map();
    known.set(key, ofKey);
  }
  let selector = ofKey.get(value);
  if (selector === undefined) {
    selector = [{ key, operator: 'in', values: [value] }];
    ofKey.set(value, selector);
  }
  return selector;
}

/** Each value once, in order. */
function distinct(values: readonly string[]): readonly string[] {
  return values.length < 2 ? values : [...new Set(values)].sort(compareText);
}

/** All requirements hold. A missing key satisfies `notIn` and `doesNotExist`, and an empty value is a value. */
export function matchesSelector(labels: Labels, selector: Selector): boolean {
  return selector.every(({ key, operator, values }) => {
    const value = labels.get(key);
    if (operator === 'exists' || operator === 'doesNotExist') return (value !== undefined) === (operator === 'exists');
    return (value !== undefined && values.includes(value)) === (operator === 'in');
  });
}

function compareRequirements(a: Requirement, b: Requirement): number {
  return compareText(a.key, b.key) || compareText(a.operator, b.operator) || compareLists(a.values, b.values);
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareText(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
