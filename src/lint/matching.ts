/**
 * Why a selector of pods matches nothing, as far as the input shows: for the rules about subjects and peers.
 */
import { matchesSelector } from '../dialects/label-selector.ts';
import type { PodMatch } from '../model/policy.ts';
import type { Selector } from '../model/selector.ts';
import type { LintContext } from './context.ts';
import { nearMiss } from './near-miss.ts';

/** The namespaces that a match is about. */
export interface Chosen {
  readonly names: readonly string[];
  /** Could there be others, which the input does not show? */
  readonly isCertain: boolean;
}

export function chooseNamespaces({ cluster, knowledge }: LintContext, { namespaces }: PodMatch): Chosen {
  if ('name' in namespaces) return { names: [namespaces.name], isCertain: true };
  const { selector } = namespaces;
  const names = cluster.namespaces.filter(({ labels }) => matchesSelector(labels, selector)).map(({ name }) => name);
  return { names, isCertain: knowledge.knowsNamespaces(selector) && (names.length > 0 || knowledge.allNamespaces) };
}

/**
 * What is there for a selector that selects no pod. `nothing`: certainly nothing; `unseen`: the input shows no pod of these namespaces; `later`: pods that do not run now, pods of a moment, or any pod that comes;
 * `host`: only pods of the host network, which no selector sees.
 */
export function whatPodsCome(context: LintContext, pods: Selector, { names, isCertain }: Chosen): 'nothing' | 'unseen' | 'later' | 'host' {
  const { knowledge, labelSets, hostPods, cluster } = context;
  if (!isCertain) return 'unseen';
  if (names.length === 0) return 'nothing';
  const isOnHost = names.some((name) => (hostPods.get(name) ?? []).some((pod) => matchesSelector(cluster.pods[pod]!.labels, pods)));
  if (isOnHost) return 'host';
  if (pods.length === 0 || isForPassingPods(pods) || labelSets.idle(names, pods)) return 'later';
  // A namespace without a pod may be one that the input shows a part of.
  return names.every((name) => knowledge.inhabited.has(name) || (names.length > 1 && OFTEN_EMPTY.has(name))) ? 'nothing' : 'unseen';
}

/** Labels of pods that controllers make for a moment and that are mostly not there: of jobs, of challenges of cert-manager, of steps of pipelines, of executors of Spark. */
const OF_PASSING_PODS =
  /^(?:(?:batch\.kubernetes\.io\/)?(?:job-name|controller-uid)|acme\.cert-manager\.io\/.*|tekton\.dev\/.*|workflows\.argoproj\.io\/.*|spark-role)$/;

function isForPassingPods(pods: Selector): boolean {
  return pods.some(({ key, operator }) => (operator === 'in' || operator === 'exists') && OF_PASSING_PODS.test(key));
}

/** Namespaces of every cluster in which nothing runs as a rule. */
const OFTEN_EMPTY: ReadonlySet<string> = new Set(['default', 'kube-public', 'kube-node-lease']);

/** What was probably meant: labels that come close. */
export function hintText({ cluster, labelSets }: LintContext, { namespaces, pods }: PodMatch, { names }: Chosen): string | undefined {
  if (names.length === 0) {
    const given = cluster.namespaces.map(({ labels }) => ({ labels, count: 1 }));
    return 'selector' in namespaces ? nearMiss(namespaces.selector, given, 'namespace') : undefined;
  }
  const there = names.flatMap((name) => (labelSets.running.get(name) ?? []).map(({ labels, pods: count }) => ({ labels, count })));
  return nearMiss(pods, there, 'pod');
}
