/**
 * The meaning of the fields of workloads (pkg/apis/apps/validation, pkg/apis/batch/validation): the template's pods, how many, and that the selector
 * finds them.
 */
import { quote } from '../../lib/quote.ts';
import type { LabelSelector, Maybe, ObjectMeta, PodSpec } from '../../model/resource.ts';
import { checkPodSpec } from './check-core.ts';
import { checkLabels } from './check-metadata.ts';
import { checkSelector } from './check-selector.ts';
import type { Reporter } from './reporter.ts';

export interface PodTemplate {
  readonly metadata?: Maybe<Partial<ObjectMeta>>;
  readonly spec?: Maybe<PodSpec>;
}

/** What the kinds have in common: `spec` of a ReplicaSet, of a Job, or of a CronJob's Job. */
export interface WorkloadSpec {
  readonly replicas?: Maybe<number>;
  readonly parallelism?: Maybe<number>;
  readonly selector?: Maybe<LabelSelector | Readonly<Record<string, string | null>>>;
  readonly template: PodTemplate;
}

/** More than any cluster runs. */
const MOST_PODS = 1_000_000;

export type WorkloadKind = 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet' | 'ReplicationController' | 'Job' | 'CronJob';

export interface WorkloadObject {
  readonly kind: WorkloadKind;
  readonly metadata: ObjectMeta;
  readonly spec: WorkloadSpec | { readonly jobTemplate: { readonly spec: WorkloadSpec } };
}

/** Where the pods' template is: a CronJob's is inside its Job's. */
export function workloadSpec({ spec }: WorkloadObject): WorkloadSpec {
  return 'jobTemplate' in spec ? spec.jobTemplate.spec : spec;
}

export function checkWorkload(object: WorkloadObject, report: Reporter): void {
  const spec = workloadSpec(object);
  const path = spec === object.spec ? ['spec'] : ['spec', 'jobTemplate', 'spec'];
  for (const part of path) report.enter(part);
  for (const field of ['replicas', 'parallelism'] as const) {
    const count = spec[field];
    if (typeof count === 'number' && (count < 0 || count > MOST_PODS)) {
      report.error('invalid-count', [field], `found ${count}, expected a number from 0 to ${MOST_PODS}`);
    }
  }
  report.enter('template');
  report.enter('metadata');
  checkLabels(spec.template.metadata?.labels, 'labels', report);
  report.leave();
  checkPodSpec(spec.template.spec, report);
  report.leave();
  checkSelectorOfWorkload(object.kind, spec, report);
  for (const _ of path) report.leave();
}

function checkSelectorOfWorkload(kind: WorkloadKind, { selector, template }: WorkloadSpec, report: Reporter): void {
  // The control plane makes the selector of a Job, and takes that of a ReplicationController from the template.
  if (kind === 'Job' || kind === 'CronJob') return;
  if (!selector) {
    if (kind !== 'ReplicationController') report.warn('missing-selector', [], 'the API server requires a `selector`');
    return;
  }
  const plain = kind === 'ReplicationController';
  const matchLabels = plain ? (selector as Readonly<Record<string, string | null>>) : (selector as LabelSelector).matchLabels;
  if (plain) checkLabels(matchLabels, 'selector', report);
  else checkSelector(selector as LabelSelector, 'selector', report);
  const labels = template.metadata?.labels ?? {};
  for (const [key, value] of Object.entries(matchLabels ?? {})) {
    if (!Object.hasOwn(labels, key) || (labels[key] ?? '') !== (value ?? '')) {
      const wanted = `the label ${quote(key)} to be ${quote(value ?? '')}`;
      report.error('selector-mismatch', ['selector'], `the selector wants ${wanted}, the template's pods do not have it`);
    }
  }
}
