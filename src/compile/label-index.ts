/**
 * Which items (label-equal groups of pods, or namespaces) a selector selects. Each (key, value) and each key has a posting; the shortest posting that a
 * selector offers gives the candidates, which are then checked one by one.
 */
import { append } from '../lib/append.ts';
import type { Labels, Requirement, Selector } from '../model/selector.ts';

/** Items of a range that are looked at one by one. */
const FEW = 4;

export class LabelIndex {
  private readonly labels: readonly Labels[];
  /** key -> items that have it; key -> value -> items that have the pair. Ascending. */
  private readonly byKey = new Map<string, number[]>();
  private readonly byPair = new Map<string, Map<string, number[]>>();

  /** Item i has the labels `labels[i]`. */
  constructor(labels: readonly Labels[]) {
    this.labels = labels;
    for (const [item, set] of labels.entries()) {
      for (const [key, value] of set) {
        append(this.byKey, key, item);
        let values = this.byPair.get(key);
        if (values === undefined) {
          values = new Map();
          this.byPair.set(key, values);
        }
        append(values, value, item);
      }
    }
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
    for (const posting of postings) {
      const end = lowerBound(posting, to);
      for (let i = lowerBound(posting, from); i < end; i++) {
        if (matchesLabels(this.labels[posting[i]!]!, selector)) selected.push(posting[i]!);
      }
    }
    // Postings of different values of one key are disjoint, so only their order has to be mended.
    return postings.length > 1 ? selected.sort((a, b) => a - b) : selected;
  }

  /** Disjoint postings that hold every item the selector can select, or undefined when no requirement demands a label. */
  private shortestPostings(selector: Selector): readonly (readonly number[])[] | undefined {
    let best: readonly (readonly number[])[] | undefined;
    let bestSize = Number.POSITIVE_INFINITY;
    for (const requirement of selector) {
      const postings = this.postingsOf(requirement);
      if (postings === undefined) continue;
      const size = postings.reduce((sum, posting) => sum + posting.length, 0);
      if (size < bestSize) [best, bestSize] = [postings, size];
    }
    return best;
  }

  private postingsOf({ key, operator, values }: Requirement): readonly (readonly number[])[] | undefined {
    if (operator === 'exists') return [this.byKey.get(key) ?? []];
    if (operator === 'in') return values.map((value) => this.byPair.get(key)?.get(value) ?? []);
    return undefined;
  }
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
