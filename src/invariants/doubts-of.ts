/**
 * What verdicts about a cluster rest on that its input does not say (labels of namespaces, in which namespace an object is), and what they leave out. To find no counterexample then says little.
 */
import { isCompleted } from '../input/build-cluster.ts';
import { dependsOnLabels, namespaceSelectorsOf, peerNamespacesOf, subjectNamespaces } from '../input/namespace-selectors.ts';
import { compareText } from '../lib/compare-text.ts';
import { quote } from '../lib/quote.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { Manifests } from '../model/resource.ts';
import type { FuzzReport } from './fuzz-report.ts';
import type { Invariant } from './invariant.ts';

/** One line each. */
export function doubtsOf(manifests: Manifests, invariants: readonly Invariant[]): string[] {
  const inputs = [manifests, ...invariants.flatMap((each) => (each.kind === 'unchanged' ? [each.policies] : []))];
  const notWritten = inputs.flatMap(({ diagnostics }) => diagnostics.filter(({ code }) => code === 'namespaces-not-written'));
  return [...new Set([...assumedLabels(manifests, inputs, invariants), ...notWritten.map(({ message }) => message)])];
}

function assumedLabels({ namespaces, pods }: Manifests, inputs: readonly Manifests[], invariants: readonly Invariant[]): string[] {
  if (!inputs.some(selectsByLabels) && !invariants.some(asksForLabels)) return [];
  const given = new Set(namespaces.map(({ object }) => object.metadata.name));
  const inUse = pods.flatMap(({ object }) => (isCompleted(object) ? [] : [namespaceOf(object.metadata)]));
  const assumed = [...new Set(inUse)].filter((name) => !given.has(name)).sort(compareText);
  const [first] = assumed;
  if (first === undefined) return [];
  const which = assumed.length === 1 ? `the namespace ${quote(first)} is` : `${assumed.length} namespaces, such as ${quote(first)}, are`;
  return [`${which} not in the input: nothing is known of labels, and policies or invariants select namespaces by them`];
}

/** Do policies select namespaces by labels? */
function selectsByLabels({ networkPolicies, adminPolicies }: Manifests): boolean {
  return (
    networkPolicies.some(({ object }) => namespaceSelectorsOf(object).some(dependsOnLabels)) ||
    adminPolicies.some(({ object }) => [subjectNamespaces(object), ...peerNamespacesOf(object)].some(dependsOnLabels))
  );
}

function asksForLabels(invariant: Invariant): boolean {
  if (invariant.kind === 'unchanged') return false;
  return [invariant.from, invariant.to].some((end) => end.kind === 'pods' && dependsOnLabels({ matchLabels: end.namespaceLabels ?? {} }));
}

/** Policies of kinds that are not judged. Of the input that has most of a kind: those of the cluster may stand among the other ones, too. */
export function policiesNotJudged(inputs: readonly Manifests[]): FuzzReport['notJudged'] {
  const counts = new Map<string, number>();
  for (const { context } of inputs) {
    for (const [kind, { count }] of context?.otherPolicies ?? []) counts.set(kind, Math.max(count, counts.get(kind) ?? 0));
  }
  return [...counts].map(([kind, policies]) => ({ kind, policies }));
}

export function wasReadWhole({ diagnostics, unreadable, unreadableEnds }: Manifests): boolean {
  return unreadable.length + unreadableEnds.length === 0 && diagnostics.every(({ severity }) => severity !== 'error');
}
