/**
 * Pods that are not there yet and would be in the zone: for each of its namespaces, one for every way in which labels can decide whom the policies of that namespace select. Labels that no selector asks for make no
 * difference, so these few stand for all.
 */

import { matchesSelector } from '../dialects/label-selector.ts';
import type { PodsEnd } from '../expectations/test-case.ts';
import type { Namespace } from '../model/cluster.ts';
import type { PolicySet } from '../model/policy.ts';
import { DIRECTIONS } from '../model/protocol.ts';
import type { Requirement, Selector } from '../model/selector.ts';
import { isInNamespaces } from './policies-of-zone.ts';

export interface PodToCome {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface PodsToCome {
  readonly pods: readonly PodToCome[];
  /** Namespaces for which there are too many ways to try all: only a pod with no label but those of the zone was tried. */
  readonly notAll: readonly string[];
}

const MOST_WAYS = 4096;

/** `policies`: without what allows. */
export function podsToCome(selectors: readonly PodsEnd[], namespaces: Iterable<Namespace>, policies: PolicySet): PodsToCome {
  const found = new Map<string, PodToCome>();
  const notAll = new Set<string>();
  for (const namespace of namespaces) {
    const subjects = subjectsIn(namespace, policies);
    for (const { namespace: name, namespaceLabels = {}, labels } of selectors) {
      if (name !== undefined && name !== namespace.name) continue;
      if (!Object.entries(namespaceLabels).every(([key, value]) => namespace.labels.get(key) === value)) continue;
      const ways = labelSets(labels, subjects);
      if (ways === undefined) notAll.add(namespace.name);
      for (const each of ways ?? [labels]) found.set(JSON.stringify([namespace.name, each]), { namespace: namespace.name, labels: each });
    }
  }
  return { pods: [...found.values()], notAll: [...notAll] };
}

/** The selectors of pods that can make a difference. Where a policy isolates every pod, whom else NetworkPolicies isolate makes none. */
function subjectsIn(namespace: Namespace, { tiers }: PolicySet): Selector[] {
  const subjects = tiers.flatMap(({ policies, match }) => {
    const own = policies.filter(({ subject }) => isInNamespaces(subject, namespace));
    const isClosed = DIRECTIONS.every((direction) => own.some(({ subject, isolates }) => subject.pods.length === 0 && isolates[direction]));
    return match === 'all' && isClosed ? own.filter(({ rules }) => rules.length > 0) : own;
  });
  return subjects.map(({ subject }) => subject.pods).filter((selector) => selector.length > 0);
}

type Labels = Readonly<Record<string, string>>;

/** One set of labels for each set of selectors that can select a pod with the labels `fixed`. Undefined: too many to try. */
function labelSets(fixed: Labels, subjects: readonly Selector[]): Labels[] | undefined {
  const asked = new Map<string, Set<string>>();
  for (const { key, values } of subjects.flat() as Requirement[]) {
    if (Object.hasOwn(fixed, key)) continue;
    const known = asked.get(key) ?? new Set();
    asked.set(key, known);
    for (const value of values) known.add(value);
  }
  let sets: Labels[] = [fixed];
  for (const [key, values] of asked) {
    const choices = [undefined, ...values, valueBeside(values)];
    if (sets.length * choices.length > MOST_WAYS) return undefined;
    sets = sets.flatMap((set) => choices.map((value) => (value === undefined ? set : { ...set, [key]: value })));
  }
  const bySelection = new Map<string, Labels>();
  for (const set of sets) {
    const labels = new Map(Object.entries(set));
    const selected = subjects.map((selector) => (matchesSelector(labels, selector) ? '1' : '0')).join('');
    if (!bySelection.has(selected)) bySelection.set(selected, set);
  }
  return [...bySelection.values()];
}

/** A value that no selector names. */
function valueBeside(values: ReadonlySet<string>): string {
  let value = 'other';
  for (let i = 1; values.has(value); i++) value = `other-${i}`;
  return value;
}
