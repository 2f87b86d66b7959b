/**
 * Equal sets of labels as one Map. Most pods of a cluster share their labels with others, and identity is the cheapest equality.
 */

import { compareText } from '../lib/compare-text.ts';
import type { Maybe } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';

export class LabelInterner {
  private readonly known = new Map<string, Labels>();

  /** The entries in any order; of equal keys the last counts. */
  intern(entries: readonly (readonly [string, string])[]): Labels {
    const sorted = [...entries].sort(([a], [b]) => compareText(a, b));
    // U+0000 is in no valid label, so different sets have different keys.
    const key = sorted.map(([name, value]) => `${name}\0${value}`).join('\0');
    let labels = this.known.get(key);
    if (labels === undefined) {
      labels = new Map(sorted);
      this.known.set(key, labels);
    }
    return labels;
  }
}

/** A null value is the empty string, as the API machinery reads it. */
export function labelEntries(labels: Maybe<Readonly<Record<string, string | null>>>): [string, string][] {
  return Object.entries(labels ?? {}).map(([key, value]) => [key, value ?? '']);
}
