/**
 * The pods of a namespace, or with some labels: those that a list is about.
 */
import { compareText } from '../lib/compare-text.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import type { Manifests } from '../model/resource.ts';
import { isCompleted } from './build-cluster.ts';
import { type LabelQuery, matchesLabelQuery } from './label-query.ts';

export interface PodChoice {
  readonly namespace?: string;
  /** As `parseLabelQuery` reads it. */
  readonly selector?: LabelQuery;
}

/** Pods as `namespace/name`, in order; those that stand for a workload, too, and none that has completed. */
export function choosePods({ pods }: Manifests, { namespace, selector = [] }: PodChoice): string[] {
  return pods
    .filter(({ object }) => {
      const { metadata } = object;
      return (
        !isCompleted(object) &&
        (namespace ?? namespaceOf(metadata)) === namespaceOf(metadata) &&
        matchesLabelQuery(metadata.labels, selector)
      );
    })
    .map(({ object }) => nameOfObject(object))
    .sort(compareText);
}
