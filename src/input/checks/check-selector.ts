/**
 * Label selectors (k8s.io/apimachinery meta/v1/validation ValidateLabelSelector).
 */
import type { LabelSelector, LabelSelectorRequirement, Maybe } from '../../model/resource.ts';
import { faultOfLabelKey, faultOfLabelValue } from '../name-syntax.ts';
import { checkLabels } from './check-metadata.ts';
import { checkEach, type Reporter } from './reporter.ts';

export function checkSelector(selector: Maybe<LabelSelector>, field: string, report: Reporter): void {
  if (!selector) return;
  report.enter(field);
  if (selector.matchLabels === null) {
    report.warn(
      'null-selector',
      ['matchLabels'],
      '`matchLabels` is null and restricts nothing',
      'write `{}`, or the labels that are meant',
    );
  }
  if (selector.matchExpressions === null) {
    report.warn(
      'null-selector',
      ['matchExpressions'],
      '`matchExpressions` is null and restricts nothing',
      'leave it out, or write the requirements that are meant',
    );
  }
  checkLabels(selector.matchLabels, 'matchLabels', report);
  checkEach(selector.matchExpressions, 'matchExpressions', report, checkRequirement);
  report.leave();
}

function checkRequirement({ key, operator, values }: LabelSelectorRequirement, report: Reporter): void {
  const keyFault = faultOfLabelKey(key);
  if (keyFault !== undefined) report.error('invalid-label-key', ['key'], keyFault);
  const count = values?.length ?? 0;
  if ((operator === 'In' || operator === 'NotIn') && count === 0) {
    report.error('missing-values', [], `the operator \`${operator}\` needs at least one value in \`values\``);
  }
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0) {
    report.error('forbidden-values', ['values'], `the operator \`${operator}\` takes no values, found ${count}`);
  }
  checkEach(values, 'values', report, checkValue);
}

function checkValue(value: string, report: Reporter): void {
  const fault = faultOfLabelValue(value);
  if (fault !== undefined) report.error('invalid-label-value', [], fault);
}
