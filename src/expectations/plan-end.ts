/**
 * An end of a case -> what it means in this cluster: pods by name, addresses, or one pod that does not exist yet.
 */

import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import type { Namespace, Pod } from '../model/cluster.ts';
import type { PodsEnd, TestEnd } from './test-case.ts';
import type { TestedCluster } from './tested-cluster.ts';

export type EndPlan =
  | { readonly means: 'given'; readonly end: Exclude<TestEnd, PodsEnd> }
  /** `namespace/name` of each; `uncertain`: what could not be read and may be meant as well. */
  | { readonly means: 'pods'; readonly pods: readonly string[]; readonly uncertain: readonly string[]; readonly notes: readonly string[] }
  | { readonly means: 'assumed'; readonly pod: AssumedPod }
  | { readonly means: 'nothing'; readonly why: string };

/** A pod that is in no input. */
export interface AssumedPod {
  readonly end: PodsEnd;
  readonly namespace: string;
  /** Those of a namespace that is in no input, either; undefined for one that is. */
  readonly namespaceLabels: Readonly<Record<string, string>> | undefined;
}

export function planEnd(end: TestEnd, cluster: TestedCluster): EndPlan {
  return end.kind === 'pods' ? planPods(end, cluster) : { means: 'given', end };
}

function planPods(end: PodsEnd, cluster: TestedCluster): EndPlan {
  const { namespace: name, namespaceLabels = {} } = end;
  const given = name === undefined ? undefined : cluster.namespaces.get(name);
  const candidates = name === undefined ? [...cluster.namespaces.values()] : given === undefined ? [] : [given];
  const chosen = candidates.filter(({ labels }) => has(labels, namespaceLabels));
  const pods = chosen.flatMap((namespace) => podsWith(end, namespace, cluster));
  const uncertain = cluster.unreadablePods(name, Object.keys(namespaceLabels).length > 0);
  if (pods.length + uncertain.length > 0) {
    return { means: 'pods', pods: pods.map((pod) => `${pod.namespace}/${pod.name}`), uncertain, notes: notesOn(end) };
  }
  if (name === undefined) {
    const labels = labelText(namespaceLabels);
    if (chosen.length === 0)
      return nothing(`no namespace has the labels ${labels}: for one that does not exist yet, say its name with \`namespace\``);
    return nothing(`no pod has the labels ${labelText(end.labels)} in a namespace with the labels ${labels}`);
  }
  if (given !== undefined && chosen.length === 0)
    return nothing(`the namespace ${quote(name)} does not have the labels ${labelText(namespaceLabels)}`);
  if (given === undefined && end.namespaceLabels === undefined) {
    const near = nearest(name, cluster.namespaces.keys());
    const hint = near === undefined ? '' : `: did you mean ${quote(near)}?`;
    return nothing(
      `there is no namespace ${quote(name)}${hint} (for one that does not exist yet, say its \`namespaceLabels\`; they may be empty)`,
    );
  }
  if (Object.keys(end.labels).length === 0)
    return nothing(`the namespace ${quote(name)} has no pods: for one that does not exist yet, say its \`labels\``);
  return { means: 'assumed', pod: { end, namespace: name, namespaceLabels: given === undefined ? end.namespaceLabels : undefined } };
}

function nothing(why: string): EndPlan {
  return { means: 'nothing', why };
}

function podsWith({ labels }: PodsEnd, { name }: Namespace, cluster: TestedCluster): Pod[] {
  return (cluster.podsIn.get(name) ?? []).filter((pod) => has(pod.labels, labels));
}

function has(labels: { get(name: string): string | undefined }, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => labels.get(key) === value);
}

/** What is said for a pod that does not exist yet, where there are some. */
function notesOn({ ips, containerPorts }: PodsEnd): string[] {
  const unused = [
    ...(ips.length > 0 ? [`the address ${quote(ips.join(', '))}`] : []),
    ...containerPorts.map(({ name }) => `the port name ${quote(name)}`),
  ];
  return unused.map((what) => `${what} plays no part: pods with these labels are in the input, and have their own`);
}

export function labelText(labels: Readonly<Record<string, string>>): string {
  return quote(
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
  );
}
