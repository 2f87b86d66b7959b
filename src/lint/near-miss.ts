/**
 * What a selector that matches nothing was probably meant to match: the labels that are there and come closest.
 */
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import type { Labels, Requirement, Selector } from '../model/selector.ts';
import { requirementText } from '../model/selector-text.ts';

/** Labels of something, and how many have exactly these. */
export interface Candidates {
  readonly labels: Labels;
  readonly count: number;
}

/** A clause such as "3 pods have `app=web`"; undefined when nothing comes close. `what` is the noun, in the singular. */
export function nearMiss(selector: Selector, candidates: readonly Candidates[], what: string): string | undefined {
  const failing = selector.find((requirement) => !candidates.some(({ labels }) => meets(labels, requirement)));
  if (failing === undefined) return allButOne(selector, candidates, what);
  const { key, operator, values } = failing;
  if (operator === 'in') {
    const near = closest(values[0]!, valuesOf(key, candidates));
    if (near !== undefined)
      return having(
        `${key}=${near}`,
        count(candidates, (labels) => labels.get(key) === near),
        what,
      );
  }
  if (operator === 'doesNotExist' || operator === 'notIn' || candidates.some(({ labels }) => labels.has(key))) return undefined;
  const wanted = values[0];
  const others = [...new Set(candidates.flatMap(({ labels }) => [...labels].map(([name]) => name)))].sort();
  // The same value under another name is closer than a name that looks alike.
  const sameValue =
    wanted === undefined || wanted === '' ? [] : others.filter((name) => candidates.some(({ labels }) => labels.get(name) === wanted));
  const near = nearest(key, sameValue) ?? sameValue[0] ?? nearest(key, others);
  if (near === undefined) return undefined;
  if (sameValue.includes(near))
    return having(
      `${near}=${wanted}`,
      count(candidates, (labels) => labels.get(near) === wanted),
      what,
    );
  return having(
    near,
    count(candidates, (labels) => labels.has(near)),
    what,
  );
}

/** Each requirement is met by some, and all together by none. */
function allButOne(selector: Selector, candidates: readonly Candidates[], what: string): string | undefined {
  if (selector.length < 2) return undefined;
  let best: { readonly missing: Requirement; readonly count: number } | undefined;
  for (const missing of selector) {
    const met = count(candidates, (labels) => selector.every((each) => each === missing || meets(labels, each)));
    if (met > (best?.count ?? 0)) best = { missing, count: met };
  }
  if (best === undefined) return undefined;
  return `${best.count === 1 ? `one ${what} meets` : `${best.count} ${what}s meet`} all but ${quote(requirementText(best.missing))}`;
}

/** As `nearest`, and letters in another order, which short words have no room for otherwise. */
function closest(word: string, candidates: readonly string[]): string | undefined {
  const letters = (text: string): string => [...text].sort().join('');
  return nearest(word, candidates) ?? candidates.find((each) => letters(each) === letters(word));
}

function having(label: string, number: number, what: string): string {
  return `${number === 1 ? `one ${what} has` : `${number} ${what}s have`} ${quote(label)}`;
}

function valuesOf(key: string, candidates: readonly Candidates[]): string[] {
  return [...new Set(candidates.flatMap(({ labels }) => labels.get(key) ?? []))].sort();
}

function count(candidates: readonly Candidates[], test: (labels: Labels) => boolean): number {
  return candidates.reduce((sum, each) => sum + (test(each.labels) ? each.count : 0), 0);
}

function meets(labels: Labels, { key, operator, values }: Requirement): boolean {
  const value = labels.get(key);
  if (operator === 'in') return value !== undefined && values.includes(value);
  if (operator === 'notIn') return value === undefined || !values.includes(value);
  return (value !== undefined) === (operator === 'exists');
}
