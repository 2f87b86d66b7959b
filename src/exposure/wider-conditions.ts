/**
 * Which of some conditions may hold wherever another does: candidates are found over what they ask first, so that hundreds of conditions that have nothing to do with each other are not compared.
 */
import { append } from '../lib/append.ts';
import { maskWords } from '../lib/ip-address.ts';
import { NAME_LABEL } from '../model/object-names.ts';
import type { Requirement } from '../model/selector.ts';
import type { Condition, Conditions } from './conditions.ts';

/** What each condition is found by, and looks for, as numbers: the text is made once. */
export class Anchors {
  readonly conditions: Conditions;
  private readonly numbers = new Map<string, number>();
  private readonly own: (number | undefined)[] = [];
  private readonly looked: (readonly number[] | undefined)[] = [];
  private readonly blocks = new Map<number, number>();
  /** By it those are found that ask nothing which a pod could fail. */
  readonly ofEveryPod: number;

  constructor(conditions: Conditions) {
    this.conditions = conditions;
    this.ofEveryPod = this.intern('');
  }

  /** What it is found by. */
  of(condition: number): number {
    let found = this.own[condition];
    if (found === undefined) {
      const read = this.conditions.get(condition);
      const text = read.kind === 'labels' ? anchorOf(read) : blockKey(read.cidr.family, read.cidr.length, read.cidr.words);
      found = this.intern(text);
      this.own[condition] = found;
    }
    return found;
  }

  /** By what conditions are found that may hold wherever one of labels does. */
  ofWider(condition: number, { pod, namespace }: OfLabels): readonly number[] {
    let found = this.looked[condition];
    if (found === undefined) {
      const texts = ['', ...pod.flatMap((each) => anchorsFor('pod', each)), ...namespace.flatMap((each) => anchorsFor('namespace', each))];
      found = [...new Set(texts)].map((text) => this.intern(text));
      this.looked[condition] = found;
    }
    return found;
  }

  /** By what blocks of a length are found that a block is in. */
  ofWiderBlock(condition: number, { cidr: { family, length, words } }: OfAddress, shorter: number): number {
    if (shorter === length) return this.of(condition);
    const key = condition * 256 + shorter;
    let found = this.blocks.get(key);
    if (found === undefined) {
      found = this.intern(blockKey(family, shorter, maskWords(words, shorter)));
      this.blocks.set(key, found);
    }
    return found;
  }

  private intern(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(text, number);
    }
    return number;
  }
}

type OfLabels = Extract<Condition, { kind: 'labels' }>;
type OfAddress = Extract<Condition, { kind: 'address' }>;

export class WiderConditions {
  private readonly anchors: Anchors;
  private readonly byAnchor = new Map<number, number[]>();
  /** Those that ask nothing of a pod's own labels. */
  private readonly ofNamespaces: number[] = [];
  /** Lengths of blocks that occur, by family. */
  private readonly lengths = new Map<number, Set<number>>();

  constructor(anchors: Anchors, numbers: Iterable<number>) {
    this.anchors = anchors;
    for (const number of numbers) {
      const condition = anchors.conditions.get(number);
      append(this.byAnchor, anchors.of(number), number);
      if (condition.kind === 'labels') {
        if (condition.pod.length === 0) this.ofNamespaces.push(number);
      } else {
        const { family, length } = condition.cidr;
        this.lengths.set(family, (this.lengths.get(family) ?? new Set()).add(length));
      }
    }
  }

  /** Perhaps some too many, never one too few; the condition itself is among them if it is one of them. */
  of(number: number): number[] {
    const condition = this.anchors.conditions.get(number);
    const found: number[] = [];
    const add = (anchor: number): void => {
      for (const each of this.byAnchor.get(anchor) ?? []) found.push(each);
    };
    if (condition.kind === 'address') {
      const { family, length } = condition.cidr;
      for (const each of this.lengths.get(family) ?? []) if (each <= length) add(this.anchors.ofWiderBlock(number, condition, each));
      add(this.anchors.ofEveryPod);
      return found;
    }
    for (const anchor of this.anchors.ofWider(number, condition)) add(anchor);
    // What a namespace that is there has for labels follows from its name.
    return condition.namespace.some(({ key }) => key === NAME_LABEL) ? [...new Set([...found, ...this.ofNamespaces])] : found;
  }
}

/** What is asked first. Whoever meets a narrower condition is asked something of that key, too: but for the name of a namespace, which every one has. */
function anchorOf({ pod, namespace }: Extract<Condition, { kind: 'labels' }>): string {
  const [first] = pod;
  if (first !== undefined) return `pod ${anchorText(first)}`;
  const second = namespace.find(({ key, operator }) => key !== NAME_LABEL || operator !== 'exists');
  return second === undefined ? '' : `namespace ${anchorText(second)}`;
}

function anchorText({ key, operator, values }: Requirement): string {
  return JSON.stringify(operator === 'in' && values.length === 1 ? [key, values[0]] : [key]);
}

/** Anchors of conditions that may follow from a requirement. One value of several is left only where others are ruled out elsewhere. */
function anchorsFor(whose: string, { key, operator, values }: Requirement): string[] {
  return [
    `${whose} ${JSON.stringify([key])}`,
    ...(operator === 'in' ? values : []).map((value) => `${whose} ${JSON.stringify([key, value])}`),
  ];
}

function blockKey(family: number, length: number, words: readonly number[]): string {
  return `block ${family}/${length}/${words.join()}`;
}
