/**
 * Names, namespaces and labels (k8s.io/apimachinery api/validation ObjectMeta).
 */
import type { Maybe, ObjectMeta } from '../../model/resource.ts';
import { faultOfDnsLabel, faultOfDnsSubdomain, faultOfLabelKey, faultOfLabelValue } from '../name-syntax.ts';
import type { Reporter } from './reporter.ts';

export interface NameRule {
  readonly namespaced: boolean;
  /** `label`: without dots. */
  readonly name: 'label' | 'subdomain';
}

export function checkMetadata(metadata: ObjectMeta, rule: NameRule, report: Reporter): void {
  const { name, namespace, labels } = metadata;
  report.enter('metadata');
  const nameFault = rule.name === 'label' ? faultOfDnsLabel(name) : faultOfDnsSubdomain(name);
  if (nameFault !== undefined) report.error('invalid-name', ['name'], nameFault);
  if (rule.namespaced) {
    const fault = namespace ? faultOfDnsLabel(namespace) : undefined;
    if (fault !== undefined) report.error('invalid-name', ['namespace'], fault);
    if (!namespace) report.info('default-namespace', [], 'no namespace is written: `default` is meant');
  } else if (namespace) {
    report.warn('namespace-of-cluster-scoped', ['namespace'], 'objects of this kind are in no namespace: the field is ignored');
  }
  checkLabels(labels, 'labels', report);
  report.leave();
}

export function checkLabels(labels: Maybe<Readonly<Record<string, string | null>>>, field: string, report: Reporter): void {
  if (!labels) return;
  for (const key of Object.keys(labels)) {
    const keyFault = faultOfLabelKey(key);
    if (keyFault !== undefined) report.error('invalid-label-key', [field, key], keyFault);
    const valueFault = faultOfLabelValue(labels[key] ?? '');
    if (valueFault !== undefined) report.error('invalid-label-value', [field, key], valueFault);
  }
}
