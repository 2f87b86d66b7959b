/**
 * Which items (label-equal groups of pods, or namespaces) a selector selects. Each (key, value) and each key that selectors ask for has a posting; the shortest posting that a
 * selector offers gives the candidates, which are then checked one by one where the selector has other requirements.
 */
import { append } from '../lib/append.ts';
import type { Labels, Requirement, Selector } from '../model/selector.ts';

/** Items of a range that are looked at one by one. */
const FEW = 4;

export class LabelIndex {
  private readonly labels: readonly Labels[];
  private readonly asked: ReadonlySet<string> | undefined;
  private made: Postings | undefined;

  /** Item i has the labels `labels[i]`. `asked`: the keys that get postings, all when it is missing; a selector may ask for others. */
  constructor(labels: readonly Labels[], asked?: ReadonlySet<string>) {
    this.labels = labels;
    this.asked = asked;
  }

  /** Made when they are needed: where all namespaces are small, selectors within one never are. */
  private get postings(): Postings {
    this.made ??= postingsOf(this.labels, this.asked);
    return this.made;
  }

  /** The selected items in from..to-1, ascending. */
  select(selector: Selector, from = 0, to = this.labels.length): number[] {
    const selected: number[] = [];
    // Few items are checked faster than postings are found.
    const postings = to - from <= FEW ? undefined : this.shortestPostings(selector);
    if (postings === undefined) {
      for (let item = from; item < to; item++) if (matchesLabels(this.labels[item]!, selector)) selected.push(item);
      return selected;
    }
    // What a posting holds meets the requirement that offered it.
    const isMet = selector.length === 1;
    for (const posting of postings) {
      const end = lowerBound(posting, to);
      for (let i = lowerBound(posting, from); i < end; i++) {
        if (isMet || matchesLabels(this.labels[posting[i]!]!, selector)) selected.push(posting[i]!);
      }
    }
    // Postings of different values of one key are disjoint, so only their order has to be mended.
    return postings.length > 1 ? selected.sort((a, b) => a - b) : selected;
  }

  /** Disjoint postings that hold every item the selector can select, or undefined when no requirement demands a label. */
  private shortestPostings(selector: Selector): readonly (readonly number[])[] | undefined {
    let best: readonly (readonly number[])[] | undefined;
    let bestSize = Number.POSITIVE_INFINITY;
    // Of one there is nothing to compare.
    if (selector.length === 1) return this.postingsFor(selector[0]!);
    for (const requirement of selector) {
      const postings = this.postingsFor(requirement);
      if (postings === undefined) continue;
      let size = 0;
      for (const posting of postings) size += posting.length;
      if (size < bestSize) [best, bestSize] = [postings, size];
    }
    return best;
  }

  private postingsFor({ key, operator, values }: Requirement): readonly (readonly number[])[] | undefined {
    if (operator === 'notIn' || operator === 'doesNotExist' || this.asked?.has(key) === false) return undefined;
    if (operator === 'exists') return [this.postings.byKey.get(key) ?? NOTHING];
    const byValue = this.postings.byPair.get(key);
    const postings: (readonly number[])[] = [];
    for (const value of values) postings.push(byValue?.get(value) ?? NOTHING);
    return postings;
  }
}

const NOTHING: readonly number[] = [];

/** key -> items that have it; key -> value -> items that have the pair. Ascending. */
interface Postings {
  readonly byKey: ReadonlyMap<string, readonly number[]>;
  readonly byPair: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
}

function postingsOf(labels: readonly Labels[], asked: ReadonlySet<string> | undefined): Postings {
  const byKey = new Map<string, number[]>();
  const byPair = new Map<string, Map<string, number[]>>();
  for (const [item, set] of labels.entries()) {
    for (const [key, value] of set) {
      if (asked?.has(key) === false) continue;
      append(byKey, key, item);
      let values = byPair.get(key);
      if (values === undefined) {
        values = new Map();
        byPair.set(key, values);
      }
      append(values, value, item);
    }
  }
  return { byKey, byPair };
}

/** apimachinery labels.Requirement.Matches: a missing key satisfies `notIn` and `doesNotExist`, and an empty value is a value. */
export function matchesLabels(labels: Labels, selector: Selector): boolean {
  for (const { key, operator, values } of selector) {
    const value = labels.get(key);
    const holds =
      operator === 'in'
        ? value !== undefined && values.includes(value)
        : operator === 'notIn'
          ? value === undefined || !values.includes(value)
          : (value !== undefined) === (operator === 'exists');
    if (!holds) return false;
  }
  return true;
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
