/**
 * Equal sets of labels as one object. Most pods of a cluster share their labels with others, and identity is the cheapest equality.
 */

import { compareText } from '../lib/compare-text.ts';
import { ListInterner, StringInterner } from '../lib/interner.ts';
import { NAME_LABEL } from '../model/object-names.ts';
import type { Maybe } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';

type LabelsObject = Maybe<Readonly<Record<string, string | null>>>;

/** Names of labels, in order, that many sets have. */
interface Names {
  readonly number: number;
  readonly sorted: readonly string[];
  /** Place of each name in `sorted`. */
  readonly places: ReadonlyMap<string, number>;
}

/** A few words for each set where a Map would have hundreds of bytes: clusters have hundred thousands of them. */
class LabelSet implements Labels {
  private readonly names: Names;
  private readonly values: readonly string[];

  constructor(names: Names, values: readonly string[]) {
    this.names = names;
    this.values = values;
  }

  get size(): number {
    return this.values.length;
  }

  get(name: string): string | undefined {
    const place = this.names.places.get(name);
    return place === undefined ? undefined : this.values[place];
  }

  has(name: string): boolean {
    return this.names.places.has(name);
  }

  *[Symbol.iterator](): Iterator<[name: string, value: string]> {
    for (const [place, name] of this.names.sorted.entries()) yield [name, this.values[place]!];
  }
}

export class LabelInterner {
  private readonly namesOf = new Map<string, Names>();
  private readonly texts = new StringInterner();
  /** The number of the names, then those of the values. */
  private readonly lists = new ListInterner();
  private readonly sets: LabelSet[] = [];
  private words = new Uint32Array(16);
  /** Names of the object before, as they stood there: those of the next are often the same. */
  private lastGiven: readonly string[] = [];
  private last: Names = this.sortedNames([]);

  /** The labels of an object. A null value is the empty string, as the API machinery reads it. */
  intern(labels: LabelsObject): Labels {
    return this.of(labels ? Object.keys(labels) : [], labels, undefined);
  }

  /** Those of a namespace, which has its name for a label, whatever its object says. */
  ofNamespace(labels: LabelsObject, name: string): Labels {
    const given = labels ? Object.keys(labels) : [];
    if (!given.includes(NAME_LABEL)) given.push(NAME_LABEL);
    return this.of(given, labels, name);
  }

  private of(given: readonly string[], labels: LabelsObject, namespace: string | undefined): Labels {
    const names = this.namesFrom(given);
    const { sorted } = names;
    const textOf = (name: string): string => (namespace !== undefined && name === NAME_LABEL ? namespace : (labels![name] ?? ''));
    if (this.words.length <= sorted.length) this.words = new Uint32Array(sorted.length * 2);
    this.words[0] = names.number;
    for (let i = 0; i < sorted.length; i++) this.words[i + 1] = this.texts.intern(textOf(sorted[i]!));
    const number = this.lists.intern(this.words.subarray(0, sorted.length + 1));
    if (number === this.sets.length) this.sets.push(new LabelSet(names, sorted.map(textOf)));
    return this.sets[number]!;
  }

  private namesFrom(given: readonly string[]): Names {
    if (given.length !== this.lastGiven.length || given.some((name, i) => name !== this.lastGiven[i])) {
      this.last = this.sortedNames(given);
      this.lastGiven = given;
    }
    return this.last;
  }

  private sortedNames(given: readonly string[]): Names {
    const sorted = given.toSorted(compareText);
    // U+0000 is in no valid name, so different names have different keys.
    const key = sorted.join('\0');
    let names = this.namesOf.get(key);
    if (names === undefined) {
      names = { number: this.namesOf.size, sorted, places: new Map(sorted.map((name, i) => [name, i])) };
      this.namesOf.set(key, names);
    }
    return names;
  }
}
