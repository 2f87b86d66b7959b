/**
 * Equal sets of labels as one object. Most pods of a cluster share their labels with others, and identity is the cheapest equality.
 */

import { compareText } from '../lib/compare-text.ts';
import { NAME_LABEL } from '../model/object-names.ts';
import type { Maybe } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';

type LabelsObject = Readonly<Record<string, string | null>>;

const NO_LABELS: LabelsObject = {};

/** Names of labels, in order, that many sets have. */
interface Names {
  readonly sorted: readonly string[];
  /** Place of each name in `sorted`. */
  readonly places: ReadonlyMap<string, number>;
  /** The sets of objects that have these names, by their values. */
  readonly sets: Map<string, LabelSet>;
}

/** Names in the order in which they stand in objects: that of `given[i]` among the sorted ones is `order[i]`. */
interface GivenNames {
  readonly given: readonly string[];
  readonly order: readonly number[];
  readonly names: Names;
}

/** Some words for each set where a Map would have hundreds of bytes, as sets of a cluster share their names. There can be hundred thousands of them. */
class LabelSet implements Labels {
  readonly names: Names;
  /** In the order of the names. */
  readonly values: readonly string[];

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
  /** By the names as they stand in objects, and by the names in order. */
  private readonly namesAsGiven = new Map<string, GivenNames>();
  private readonly namesInOrder = new Map<string, Names>();
  /** Of the object before: nearly always it has the same names, and often the same values. */
  private before: GivenNames = this.givenNames([]);
  private last: LabelSet = this.setOf(this.before.names, []);

  /** The labels of an object. A null value is the empty string, as the API machinery reads it. */
  intern(labels: Maybe<LabelsObject>): Labels {
    const object = labels ?? NO_LABELS;
    const given = this.namesFrom(Object.keys(object));
    if (given.names !== this.last.names || !hasValues(this.last, given, object))
      this.last = this.setOf(given.names, valuesOf(given, object));
    return this.last;
  }

  /** Those of a namespace, which has its name for a label, whatever its object says. No other has the same. */
  ofNamespace(labels: Maybe<LabelsObject>, name: string): Labels {
    const object = labels ?? NO_LABELS;
    const keys = Object.keys(object);
    if (!keys.includes(NAME_LABEL)) keys.push(NAME_LABEL);
    const given = this.namesFrom(keys);
    const values = valuesOf(given, object);
    values[given.names.places.get(NAME_LABEL)!] = name;
    return new LabelSet(given.names, values);
  }

  private setOf(names: Names, values: readonly string[]): LabelSet {
    const key = values.length === 1 ? values[0]! : values.join('\0');
    const known = names.sets.get(key);
    if (known !== undefined && areSame(known.values, values)) return known;
    const set = new LabelSet(names, values);
    names.sets.set(key, set);
    return set;
  }

  private namesFrom(keys: readonly string[]): GivenNames {
    if (!areSame(keys, this.before.given)) this.before = this.givenNames(keys);
    return this.before;
  }

  private givenNames(given: readonly string[]): GivenNames {
    const key = keyOf(given);
    let known = this.namesAsGiven.get(key);
    if (known === undefined) {
      const names = this.namesOf(given.toSorted(compareText));
      known = { given, order: given.map((name) => names.places.get(name)!), names };
      this.namesAsGiven.set(key, known);
    }
    return known;
  }

  private namesOf(sorted: readonly string[]): Names {
    const key = keyOf(sorted);
    let names = this.namesInOrder.get(key);
    if (names === undefined) {
      names = { sorted, places: new Map(sorted.map((name, i) => [name, i])), sets: new Map() };
      this.namesInOrder.set(key, names);
    }
    return names;
  }
}

function valuesOf({ given, order }: GivenNames, labels: LabelsObject): string[] {
  const values = new Array<string>(given.length);
  for (let i = 0; i < given.length; i++) values[order[i]!] = labels[given[i]!] ?? '';
  return values;
}

function hasValues({ values }: LabelSet, { given, order }: GivenNames, labels: LabelsObject): boolean {
  for (let i = 0; i < given.length; i++) if (values[order[i]!] !== (labels[given[i]!] ?? '')) return false;
  return true;
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Different for different names: there are as many as it says, and U+0000 is in no valid one. */
function keyOf(names: readonly string[]): string {
  return `${names.length}${names.join('\0')}`;
}
