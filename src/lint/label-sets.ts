/**
 * Labels of pods by namespace: of those that run, for telling what was probably meant, and of those that do not run now (completed jobs, workloads without pods), which a policy may be for.
 */
import { isSelectable } from '../compile/endpoints.ts';
import { matchesSelector } from '../dialects/label-selector.ts';
import { isCompleted } from '../input/build-cluster.ts';
import { type WorkloadObject, workloadSpec } from '../input/checks/check-workload.ts';
import type { Cluster } from '../model/cluster.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import type { Labels, Selector } from '../model/selector.ts';

/** Labels, and how many pods have exactly these. */
export interface CountedLabels {
  readonly labels: Labels;
  readonly pods: number;
}

export interface LabelSets {
  /** Of the pods that selectors see. */
  readonly running: ReadonlyMap<string, readonly CountedLabels[]>;
  /** Is there a pod in one of the namespaces that does not run now, and that the selector would select? */
  idle(namespaces: readonly string[], selector: Selector): boolean;
}

export function labelSetsOf(manifests: Manifests, cluster: Cluster, profile: CniProfile): LabelSets {
  let idle: ReadonlyMap<string, readonly Labels[]> | undefined;
  return {
    running: runningLabels(cluster, profile),
    idle(namespaces, selector) {
      idle ??= idleLabels(manifests);
      return namespaces.some((namespace) => (idle?.get(namespace) ?? []).some((labels) => matchesSelector(labels, selector)));
    },
  };
}

function runningLabels({ pods }: Cluster, profile: CniProfile): Map<string, CountedLabels[]> {
  const counts = new Map<string, Map<Labels, number>>();
  for (const pod of pods) {
    if (!isSelectable(pod, profile)) continue;
    const ofNamespace = counts.get(pod.namespace) ?? new Map<Labels, number>();
    counts.set(pod.namespace, ofNamespace);
    ofNamespace.set(pod.labels, (ofNamespace.get(pod.labels) ?? 0) + 1);
  }
  return new Map(
    [...counts].map(([namespace, ofLabels]) => [namespace, [...ofLabels].map(([labels, count]) => ({ labels, pods: count }))]),
  );
}

function idleLabels(manifests: Manifests): Map<string, Labels[]> {
  const found = new Map<string, Labels[]>();
  const add = (namespace: string, labels: Readonly<Record<string, string | null>> | null | undefined): void => {
    const set = new Map(Object.entries(labels ?? {}).map(([key, value]) => [key, value ?? '']));
    const known = found.get(namespace);
    if (known === undefined) found.set(namespace, [set]);
    else known.push(set);
  };
  for (const { object } of manifests.pods) if (isCompleted(object)) add(namespaceOf(object.metadata), object.metadata.labels);
  for (const { object } of manifests.context?.workloads ?? [])
    add(namespaceOf(object.metadata), workloadSpec(object as WorkloadObject).template.metadata?.labels);
  return found;
}
