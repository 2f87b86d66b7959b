/**
 * Labels of objects, as views of what they say: a set of a cluster of hundred thousand pods takes a few words, and most are never looked into.
 */
import { NAME_LABEL } from '../model/object-names.ts';
import type { Maybe } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';

type WrittenLabels = Readonly<Record<string, string | null>>;

const NO_LABELS: WrittenLabels = {};

class LabelSet implements Labels {
  private readonly written: WrittenLabels;

  constructor(written: WrittenLabels) {
    this.written = written;
  }

  get size(): number {
    return Object.keys(this.written).length;
  }

  /** A null value is the empty string, as the API machinery reads it. What objects inherit is no label. */
  get(name: string): string | undefined {
    return Object.hasOwn(this.written, name) ? (this.written[name] ?? '') : undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** In order of names. */
  *[Symbol.iterator](): Iterator<[name: string, value: string]> {
    for (const name of namesInOrder(this.written)) yield [name, this.written[name] ?? ''];
  }

  /** Different for different valid labels, which hold no U+0000. */
  text(): string {
    let text = '';
    for (const [name, value] of this) text += `${name}\0${value}\0`;
    return text;
  }

  /** Are these the same labels, in whatever order they stand? */
  says(written: WrittenLabels): boolean {
    if (written === this.written) return true;
    const names = Object.keys(written);
    const own = Object.keys(this.written);
    if (names.length !== own.length) return false;
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!;
      // Mostly they stand in one order, and need not be looked for.
      const value = name === own[i] ? (this.written[name] ?? '') : this.get(name);
      if (value !== (written[name] ?? '')) return false;
    }
    return true;
  }
}

/** Most are written in order. */
function namesInOrder(written: WrittenLabels): readonly string[] {
  const names = Object.keys(written);
  for (let i = 1; i < names.length; i++) if (names[i]! < names[i - 1]!) return names.sort();
  return names;
}

/** The labels of an object. */
export function labelsOf(written: Maybe<WrittenLabels>): Labels {
  return new LabelSet(written ?? NO_LABELS);
}

/** Those of a namespace, which has its name for a label, whatever its object says. */
export function labelsOfNamespace(written: Maybe<WrittenLabels>, name: string): Labels {
  if (written && Object.hasOwn(written, NAME_LABEL) && written[NAME_LABEL] === name) return new LabelSet(written);
  return new LabelSet({ ...written, [NAME_LABEL]: name });
}

/** So many sets are compared one by one; more are found by their text. */
const FEW = 8;

/** Equal labels as one object, for the objects of one namespace: most of its pods share their labels with others, and identity is the cheapest equality. */
export class LabelInterner {
  private readonly few: LabelSet[] = [];
  private readonly byText = new Map<string, LabelSet>();
  /** Of the object before, which is often of the same workload. */
  private last: LabelSet | undefined;

  /** What comes next is in another namespace. */
  forget(): void {
    if (this.byText.size > 0) this.byText.clear();
    this.few.length = 0;
    this.last = undefined;
  }

  intern(labels: Maybe<WrittenLabels>): Labels {
    const written = labels ?? NO_LABELS;
    if (this.last === undefined || !this.last.says(written)) this.last = this.find(written);
    return this.last;
  }

  private find(written: WrittenLabels): LabelSet {
    const { few } = this;
    if (few.length === FEW) return this.findByText(written);
    for (let i = 0; i < few.length; i++) if (few[i]!.says(written)) return few[i]!;
    const set = new LabelSet(written);
    few.push(set);
    return set;
  }

  private findByText(written: WrittenLabels): LabelSet {
    if (this.byText.size === 0) for (const set of this.few) this.byText.set(set.text(), set);
    const set = new LabelSet(written);
    const text = set.text();
    const known = this.byText.get(text);
    if (known?.says(written)) return known;
    this.byText.set(text, set);
    return set;
  }
}
