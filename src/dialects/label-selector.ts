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
const OPERATOR_NAMES = Object.keys(OPERATORS);

/** Absent and empty selectors select everything: where the API gives absence another meaning, the caller decides that before. */
export function lowerSelector(selector: LabelSelector | null | undefined): Selector {
  const { matchLabels, matchExpressions } = selector ?? {};
  const requirements: Requirement[] = [];
  for (const key of Object.keys(matchLabels ?? {})) requirements.push({ key, operator: 'in', values: [matchLabels![key] ?? ''] });
  for (const { key, operator, values } of matchExpressions ?? []) {
    requirements.push({ key, operator: OPERATORS[operator], values: distinct(values ?? []) });
  }
  if (requirements.length < 2) return requirements;
  requirements.sort(compareRequirements);
  return requirements.filter((requirement, i) => i === 0 || compareRequirements(requirement, requirements[i - 1]!) !== 0);
}

/** Longer lists are rarely alike, and a place for each value takes twenty times the memory of its text. */
const MOST_VALUES = 8;

/** Selectors that were lowered before. Most of a cluster are written like another, and one object for those makes them cheap to compare. */
export class KnownSelectors {
  private readonly start = new Place();

  /** The selector, lowered; one object for all that are written alike. */
  lower(selector: LabelSelector | null | undefined): Selector {
    if (selector?.matchExpressions?.some(({ values }) => (values?.length ?? 0) > MOST_VALUES)) return lowerSelector(selector);
    let place = this.start;
    if (selector) {
      const { matchLabels, matchExpressions } = selector;
      if (matchLabels) for (const key of Object.keys(matchLabels)) place = place.behind(key).behind(matchLabels[key] ?? '');
      if (matchExpressions?.length) place = behindExpressions(place, matchExpressions);
    }
    place.selector ??= lowerSelector(selector);
    return place.selector;
  }
}

function behindExpressions(start: Place, expressions: readonly LabelSelectorRequirement[]): Place {
  let place = start;
  for (const { key, operator, values } of expressions) {
    // A number where `matchLabels` have the text of a value. Values end where their count says.
    place = place.behind(key).behind((values?.length ?? 0) * OPERATOR_NAMES.length + OPERATOR_NAMES.indexOf(operator));
    if (values) for (const value of values) place = place.behind(value);
  }
  return place;
}

/** A place in the tree of the texts that selectors are made of. */
class Place {
  selector: Selector | undefined = undefined;
  private next: Map<string | number, Place> | undefined = undefined;

  behind(part: string | number): Place {
    this.next ??= new Map();
    let place = this.next.get(part);
    if (place === undefined) {
      place = new Place();
      this.next.set(part, place);
    }
    return place;
  }
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
