/**
 * Which of some conditions may hold wherever another does: candidates are found over what they ask first, so that hundreds of conditions that have nothing to do with each other are not compared.
 */
import { maskWords } from '../lib/ip-address.ts';
import { NAME_LABEL } from '../model/object-names.ts';
import type { Requirement } from '../model/selector.ts';
import type { Condition, Conditions } from './conditions.ts';

export class WiderConditions {
  private readonly conditions: Conditions;
  private readonly byAnchor = new Map<string, number[]>();
  /** Those that ask nothing of a pod's own labels. */
  private readonly ofNamespaces: number[] = [];
  /** Lengths of blocks that occur, by family. */
  private readonly lengths = new Map<number, Set<number>>();

  constructor(conditions: Conditions, numbers: Iterable<number>) {
    this.conditions = conditions;
    for (const number of numbers) {
      const condition = conditions.get(number);
      if (condition.kind === 'labels') {
        push(this.byAnchor, anchorOf(condition), number);
        if (condition.pod.length === 0) this.ofNamespaces.push(number);
      } else {
        const { family, length, words } = condition.cidr;
        push(this.byAnchor, blockKey(family, length, words), number);
        this.lengths.set(family, (this.lengths.get(family) ?? new Set()).add(length));
      }
    }
  }

  /** Perhaps some too many, never one too few; the condition itself is among them. */
  of(number: number): number[] {
    const condition = this.conditions.get(number);
    if (condition.kind === 'labels') return this.ofLabels(condition);
    const { family, length, words } = condition.cidr;
    const shorter = [...(this.lengths.get(family) ?? [])].filter((each) => each <= length);
    return shorter.flatMap((each) => this.byAnchor.get(blockKey(family, each, maskWords(words, each))) ?? []);
  }

  private ofLabels({ pod, namespace }: Extract<Condition, { kind: 'labels' }>): number[] {
    const anchors = new Set([
      '',
      ...pod.flatMap((each) => anchorsFor('pod', each)),
      ...namespace.flatMap((each) => anchorsFor('namespace', each)),
    ]);
    const found = [...anchors].flatMap((anchor) => this.byAnchor.get(anchor) ?? []);
    // What a namespace that is there has for labels follows from its name.
    return namespace.some(({ key }) => key === NAME_LABEL) ? [...new Set([...found, ...this.ofNamespaces])] : found;
  }
}

/** What is asked first. Whoever meets a narrower condition is asked something of that key, too. */
function anchorOf({ pod, namespace }: Extract<Condition, { kind: 'labels' }>): string {
  const [first] = pod;
  if (first !== undefined) return `pod ${anchorText(first)}`;
  const [second] = namespace;
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

function push(lists: Map<string, number[]>, key: string, item: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
