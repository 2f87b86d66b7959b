/**
 * Sets of pods that do not exist yet: a term is those that meet all of some conditions and none of others; a list of terms is their union. Terms are kept apart only where they may differ:
 * `isEmpty` says yes only where it is certain, so that a set can be told twice, and is never lost.
 */
import { matchesSelector } from '../dialects/label-selector.ts';
import { type IpPrefix, prefixContains } from '../lib/ip-address.ts';
import { NAME_LABEL } from '../model/object-names.ts';
import type { Labels, Requirement } from '../model/selector.ts';
import { type Condition, type Conditions, EVERY_POD } from './conditions.ts';
import { ALL_LABELS, fewValues, holds, type LabelSpace, narrow } from './label-space.ts';
import { Anchors, WiderConditions } from './wider-conditions.ts';

/** Numbers of conditions, ascending, each once. */
export interface Term {
  readonly with: readonly number[];
  readonly without: readonly number[];
}

/** Every pod. */
export const EVERYONE: Term = { with: [], without: [] };

/** Terms of one list that are compared with each other, at most. */
const MOST_COMPARED = 300;

/** Those in both; undefined when that is nobody. */
export function both(a: Term, b: Term): Term | undefined {
  const term = { with: union(a.with, b.with), without: union(a.without, b.without) };
  if (term.without.includes(EVERY_POD) || term.with.some((each) => term.without.includes(each))) return undefined;
  return term;
}

/** Who meets `condition` and none of `without`. */
export function termOf(condition: number, without: readonly number[]): Term | undefined {
  return both(
    { with: condition === EVERY_POD ? [] : [condition], without: [] },
    { with: [], without: [...new Set(without)].sort((x, y) => x - y) },
  );
}

function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

export function keyOf(term: Term): string {
  return `${term.with.join()}-${term.without.join()}`;
}

/** A namespace that may be there: one that is, or any of a space. */
type NamespaceCase = { readonly labels: Labels } | { readonly space: LabelSpace };

export class TermSpace {
  private readonly conditions: Conditions;
  private readonly namespaces: ReadonlyMap<string, Labels>;
  private readonly known = new Map<string, boolean>();
  private readonly pairs = new Map<number, boolean>();
  readonly anchors: Anchors;
  /** Of conditions that were prepared: those that hold wherever they do, and which nobody can meet. */
  private readonly wider = new Map<number, number[]>();
  private readonly impossible = new Set<number>();

  /** `namespaces`: labels of those that exist and keep them. */
  constructor(conditions: Conditions, namespaces: ReadonlyMap<string, Labels>) {
    this.conditions = conditions;
    this.anchors = new Anchors(conditions);
    this.namespaces = namespaces;
  }

  /** The same union with fewer terms: without those that are certainly empty, or in another. */
  reduced(terms: readonly Term[]): Term[] {
    if (terms.some(({ with: met, without }) => met.length === 0 && without.length === 0)) return [EVERYONE];
    const plain = new Map<number, Term>();
    const others = new Map<string, Term>();
    for (const term of terms) {
      if (term.with.length === 1 && term.without.length === 0) {
        if (!this.impossible.has(term.with[0]!)) plain.set(term.with[0]!, term);
        continue;
      }
      if (this.isEmpty(term)) continue;
      const short = this.shortened(term);
      if (short.with.length === 1 && short.without.length === 0) plain.set(short.with[0]!, short);
      else others.set(keyOf(short), short);
    }
    const left = [...this.widest(plain), ...others.values()];
    // What is told twice is true all the same.
    return others.size === 0 || left.length > MOST_COMPARED ? left : this.outsideOthers(left);
  }

  /** Terms of one condition that are in no other of them. */
  private widest(terms: ReadonlyMap<number, Term>): Term[] {
    return [...terms].flatMap(([number, term]) => (this.wider.get(number)?.some((each) => terms.has(each)) ? [] : [term]));
  }

  /** Finds once what many calls of `reduced` need to know about these conditions; of others, what is told may be told twice. */
  prepare(numbers: { keys(): Iterable<number> }): void {
    const candidates = new WiderConditions(this.anchors, numbers.keys());
    this.wider.clear();
    this.impossible.clear();
    for (const number of numbers.keys()) {
      if (this.isWithin(number, number)) this.impossible.add(number);
      // Of two that are in each other the first stays.
      const isWider = (each: number): boolean =>
        each !== number && this.isWithin(number, each) && (each < number || !this.isWithin(each, number));
      const wider = candidates.of(number).filter(isWider);
      if (wider.length > 0) this.wider.set(number, wider);
    }
  }

  /** Of those that were prepared: who hold wherever it does. */
  widerThan(condition: number): readonly number[] {
    return this.wider.get(condition) ?? NONE;
  }

  /** Of one that was prepared: can nobody meet it? */
  isImpossible(condition: number): boolean {
    return this.impossible.has(condition);
  }

  /** Does everyone who meets a condition meet the other, for certain? Asked of one and itself: does nobody? */
  isWithin(condition: number, other: number): boolean {
    if (other === EVERY_POD && condition !== EVERY_POD) return true;
    const key = condition * 2 ** 26 + other;
    let found = this.pairs.get(key);
    if (found === undefined) {
      if (this.pairs.size > MOST_KNOWN) this.pairs.clear();
      const met = condition === EVERY_POD ? [] : [condition];
      found = this.findEmpty({ with: met, without: condition === other ? [] : [other] });
      this.pairs.set(key, found);
    }
    return found;
  }

  private outsideOthers(terms: readonly Term[]): Term[] {
    return terms.filter((term, i) => !terms.some((other, k) => i !== k && this.isIn(term, other) && (k < i || !this.isIn(other, term))));
  }

  /** The same pods in fewer words: without conditions that the others imply. */
  private shortened(term: Term): Term {
    let { with: met, without } = term;
    for (const each of term.with) {
      const others = met.filter((other) => other !== each);
      if (met.length > 1 && this.isEmptyWith({ with: others, without: [] }, { with: [], without: [each] })) met = others;
    }
    without = without.filter((each) => !this.isEmptyWith({ with: met, without: [] }, { with: [each], without: [] }));
    for (const each of without) {
      const others = without.filter((other) => other !== each);
      if (this.isEmptyWith({ with: [...met, each].sort((a, b) => a - b), without: others }, EVERYONE)) without = others;
    }
    return { with: met, without };
  }

  /** Is every pod of a term in the other, for certain? */
  isIn(term: Term, other: Term): boolean {
    return (
      other.with.every((each) => term.with.includes(each) || this.isEmptyWith(term, { with: [], without: [each] })) &&
      other.without.every((each) => term.without.includes(each) || this.isEmptyWith(term, { with: [each], without: [] }))
    );
  }

  private isEmptyWith(term: Term, more: Term): boolean {
    const narrowed = both(term, more);
    return narrowed === undefined || this.isEmpty(narrowed);
  }

  isEmpty(term: Term): boolean {
    const key = keyOf(term);
    let found = this.known.get(key);
    if (found === undefined) {
      if (this.known.size > MOST_KNOWN) this.known.clear();
      found = this.findEmpty(term);
      this.known.set(key, found);
    }
    return found;
  }

  private findEmpty(term: Term): boolean {
    const met = term.with.map((number) => this.conditions.get(number));
    const refused = term.without.map((number) => this.conditions.get(number));
    const blocks = met.filter((each) => each.kind === 'address');
    if (blocks.some((a, i) => blocks.slice(i + 1).some((b) => areApart(a.cidr, b.cidr)))) return true;
    if (refused.some((each) => each.kind === 'address' && blocks.some((inner) => isBlockIn(inner, each)))) return true;
    const labels = met.filter((each) => each.kind === 'labels');
    const pod = narrow(
      ALL_LABELS,
      labels.flatMap((each) => each.pod),
    );
    if (pod === undefined) return true;
    const cases = this.namespaceCases(labels.flatMap((each) => each.namespace));
    const isRefused = (where: NamespaceCase): boolean =>
      refused.some((each) => each.kind === 'labels' && holds(pod, each.pod) && holdsIn(where, each.namespace));
    return cases.every(isRefused);
  }

  /** Namespaces in which the requirements hold. A namespace always has its name as a label. */
  private namespaceCases(requirements: readonly Requirement[]): NamespaceCase[] {
    const space = narrow(ALL_LABELS, [{ key: NAME_LABEL, operator: 'exists', values: [] }, ...requirements]);
    if (space === undefined) return [];
    const names = fewValues(space, NAME_LABEL);
    if (names === undefined) return [{ space }];
    return names.flatMap((name): NamespaceCase[] => {
      const labels = this.namespaces.get(name);
      if (labels !== undefined) return matchesSelector(labels, requirements) ? [{ labels }] : [];
      const only = narrow(space, [{ key: NAME_LABEL, operator: 'in', values: [name] }]);
      return only === undefined ? [] : [{ space: only }];
    });
  }
}

const MOST_KNOWN = 200_000;
const NONE: readonly number[] = [];

function holdsIn(where: NamespaceCase, requirements: readonly Requirement[]): boolean {
  return 'labels' in where ? matchesSelector(where.labels, requirements) : holds(where.space, requirements);
}

function areApart(a: IpPrefix, b: IpPrefix): boolean {
  return !prefixContains(a, b) && !prefixContains(b, a);
}

type Block = Extract<Condition, { kind: 'address' }>;

function isBlockIn(inner: Block, outer: Block): boolean {
  return (
    prefixContains(outer.cidr, inner.cidr) &&
    outer.except.every((each) => areApart(each, inner.cidr) || inner.except.some((own) => prefixContains(own, each)))
  );
}
