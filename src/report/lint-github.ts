/**
 * Findings of lint -> workflow commands of GitHub Actions (annotations), and Markdown for the summary of a job.
 */

import { LINT_SEVERITIES, type LintFinding, type LintReport, type LintSeverity } from '../lint/finding.ts';
import { placeText } from '../model/origin.ts';
import { annotation, fittingSummary, type GitHubOptions, limitedAnnotations, MOST_ANNOTATIONS, MOST_SUMMARY_BYTES } from './github.ts';
import { aboutText, countsText } from './lint-document.ts';
import { code, plain } from './markdown-words.ts';
import { isFile } from './sarif.ts';

const KINDS: Readonly<Record<LintSeverity, 'error' | 'warning' | 'notice'>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Lines for stdout of a step. Findings that are suppressed are left out. */
export function formatLintGitHub(report: LintReport, { relativePath = (file) => file }: GitHubOptions = {}): string {
  const lines = LINT_SEVERITIES.flatMap((severity) =>
    limitedAnnotations(
      counting(report, severity).map((finding) => annotationOf(finding, relativePath)),
      // The line that counts the rest is a notice itself.
      severity === 'note' ? MOST_ANNOTATIONS - 3 : MOST_ANNOTATIONS,
      severity,
      'netpolsim lint',
    ),
  );
  return `${[...lines, `netpolsim lint: ${countsText(report)}`].join('\n')}\n`;
}

function counting({ findings }: LintReport, severity: LintSeverity): LintFinding[] {
  return findings.filter((each) => each.suppressed === null && each.severity === severity);
}

function annotationOf(finding: LintFinding, relativePath: (file: string) => string): string {
  const { rule, severity, origin, message, hint } = finding;
  const told = [`${aboutText(finding)}: ${message}`, ...(hint === null ? [] : [hint])];
  return annotation(KINDS[severity], isFile(origin) ? origin : undefined, relativePath(origin.file), `netpolsim lint: ${rule}`, told);
}

/** Markdown of at most so many bytes: the counts, then every finding that counts. */
export function formatLintSummary(report: LintReport, mostBytes: number = MOST_SUMMARY_BYTES): string {
  const findings = LINT_SEVERITIES.flatMap((severity) => counting(report, severity));
  const lines = findings.map((finding) => {
    const { rule, severity, origin, message } = finding;
    return `- **${severity} ${plain(rule)}** ${code(aboutText(finding))} (${code(placeText(origin))}): ${plain(message)}`;
  });
  return fittingSummary(['## Network policy lint', '', plain(countsText(report)), '', ...lines], mostBytes);
}
