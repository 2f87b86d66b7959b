/**
 * Equal sets of labels as one Map. Most pods of a cluster share their labels with others, and identity is the cheapest equality.
 */

import { compareText } from '../lib/compare-text.ts';
import type { Maybe } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';

export class LabelInterner {
  private readonly known = new Map<string, Labels>();

  /** The labels of an object. A null value is the empty string, as the API machinery reads it. */
  intern(labels: Maybe<Readonly<Record<string, string | null>>>): Labels {
    const names = labels ? Object.keys(labels) : NO_NAMES;
    if (names.length > 1) names.sort(compareText);
    // U+0000 is in no valid label, so different sets have different keys.
    let key = '';
    for (const name of names) key += `${name}\0${labels![name] ?? ''}\0`;
    let known = this.known.get(key);
    if (known === undefined) {
      known = new Map(names.map((name) => [name, labels![name] ?? '']));
      this.known.set(key, known);
    }
    return known;
  }
}

const NO_NAMES: string[] = [];
