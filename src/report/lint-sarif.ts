/**
 * Findings of lint -> SARIF 2.1.0: a result for each at the field that is meant, suppressed ones marked as such.
 */
import { fingerprint } from '../lib/fingerprint.ts';
import type { LintFinding, LintReport } from '../lint/finding.ts';
import { aboutText, relatedText } from './lint-document.ts';
import {
  isFile,
  MOST_RESULTS,
  type SarifOptions,
  type SarifResult,
  sarifLocation,
  sarifMessage,
  sarifRelated,
  sarifText,
} from './sarif.ts';

export function formatLintSarif(report: LintReport, { relativePath = (file) => file, version }: SarifOptions = {}): string {
  const ids = report.rules.map(({ id }) => id);
  const rules = report.rules.map(({ id, severity, summary }) => ({
    id,
    shortDescription: { text: summary },
    help: { text: `What it finds, why, and examples: docs/lint/${id}.md of netpolsim` },
    defaultConfiguration: { level: severity },
  }));
  const results = report.findings.slice(0, MOST_RESULTS).map((finding) => resultOf(finding, ids.indexOf(finding.rule), relativePath));
  return sarifText(rules, results, report.findings.length - MOST_RESULTS, version);
}

function resultOf(finding: LintFinding, ruleIndex: number, relativePath: (file: string) => string): SarifResult {
  const { rule, severity, origin, message, hint, related, suppressed } = finding;
  const places = related.map((each) => ({ origin: each.origin, text: relatedText(each) }));
  const reason = suppressed?.reason ?? null;
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: sarifMessage([`${aboutText(finding)}: ${message}`, ...(hint === null ? [] : [hint])]),
    locations: isFile(origin) ? [sarifLocation(origin, relativePath(origin.file))] : [],
    ...sarifRelated(places, relativePath),
    partialFingerprints: { 'netpolsimFinding/v1': fingerprint([finding.fingerprint]) },
    ...(suppressed === null ? {} : { suppressions: [{ kind: 'inSource', ...(reason === null ? {} : { justification: reason }) }] }),
  };
}
