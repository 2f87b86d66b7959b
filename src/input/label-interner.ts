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

/** Some words for each set where a Map would have hundreds of bytes, as sets of a cluster share their names. There can be hundred thousands of them. */
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
  /** By the names as they stand in objects, and by the names in order. */
  private readonly namesAsGiven = new Map<string, Names>();
  private readonly namesInOrder = new Map<string, Names>();
  private readonly texts = new StringInterner();
  /** The number of the names, then those of the values. */
  private readonly lists = new ListInterner();
  private readonly sets: LabelSet[] = [];

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
    const words = new Uint32Array(sorted.length + 1);
    words[0] = names.number;
    for (let i = 0; i < sorted.length; i++) words[i + 1] = this.texts.intern(textOf(sorted[i]!));
    const number = this.lists.intern(words);
    if (number === this.sets.length) this.sets.push(new LabelSet(names, sorted.map(textOf)));
    return this.sets[number]!;
  }

  private namesFrom(given: readonly string[]): Names {
    const key = keyOf(given);
    let names = this.namesAsGiven.get(key);
    if (names === undefined) {
      names = this.namesOf(given.toSorted(compareText));
      this.namesAsGiven.set(key, names);
    }
    return names;
  }

  private namesOf(sorted: readonly string[]): Names {
    const key = keyOf(sorted);
    let names = this.namesInOrder.get(key);
    if (names === undefined) {
      names = { number: this.namesInOrder.size, sorted, places: new Map(sorted.map((name, i) => [name, i])) };
      this.namesInOrder.set(key, names);
    }
    return names;
  }
}

/** Different for different names: there are as many as it says, and U+0000 is in no valid one. */
function keyOf(names: readonly string[]): string {
  return `${names.length}${names.join('\0')}`;
}
