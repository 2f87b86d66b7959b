/**
 * `netpolsim lint`: what can be said against a policy set.
 */
import {
  ADOPTED_CODES,
  formatJson,
  formatLint,
  formatLintGitHub,
  formatLintSarif,
  formatLintSummary,
  LINT_RULES,
  LINT_SEVERITIES,
  type LintReport,
  type LintSeverity,
  lint,
  lintDocument,
} from '../index.ts';
import { CliError, EXIT_FINDING, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { addSummary, relativePath } from './github-job.ts';
import { type InputFlags, loadEngine, type Session } from './input.ts';

export interface LintFlags extends Omit<InputFlags, 'tables'> {
  readonly rule?: readonly string[];
  readonly skip?: readonly string[];
  readonly severity?: LintSeverity;
  readonly failOn?: LintSeverity | 'never';
  readonly systemNamespaces?: readonly string[];
  readonly rules?: true;
  readonly output?: 'table' | 'json' | 'sarif' | 'github';
}

export async function lintCommand(flags: LintFlags, session: Session): Promise<ExitCode> {
  const { rule, skip, systemNamespaces, failOn = 'warning', output } = flags;
  if (flags.rules) {
    await session.terminal.result(rulesText());
    return EXIT_OK;
  }
  // What reading has found already is told as findings, once.
  const { engine, manifests, compiledWith = {} } = await loadEngine(flags, 'stop', session, ADOPTED_CODES);
  const report = atLeast(
    lint(manifests!, {
      ...compiledWith,
      engine,
      ...(rule === undefined ? {} : { rules: rule }),
      ...(skip === undefined ? {} : { skip }),
      ...(systemNamespaces === undefined ? {} : { systemNamespaces }),
    }),
    flags.severity,
  );
  await session.terminal.result(textOf(report, flags, session));
  if (output === 'github') await addSummary((room) => formatLintSummary(report, room));
  const failing = failOn === 'never' ? [] : LINT_SEVERITIES.slice(0, LINT_SEVERITIES.indexOf(failOn) + 1);
  if (failing.some((severity) => report.counts[severity] > 0)) return EXIT_FINDING;
  if (!report.complete)
    throw new CliError('the input could not be read whole: rules about what matches nothing were not checked', EXIT_INCOMPLETE);
  return EXIT_OK;
}

/** Without the findings that are milder. */
function atLeast(report: LintReport, severity: LintSeverity = 'note'): LintReport {
  const kept = LINT_SEVERITIES.slice(0, LINT_SEVERITIES.indexOf(severity) + 1);
  const findings = report.findings.filter((each) => kept.includes(each.severity));
  const count = (wanted: LintSeverity): number => (kept.includes(wanted) ? report.counts[wanted] : 0);
  const suppressed = findings.filter((each) => each.suppressed !== null).length;
  return { ...report, findings, counts: { error: count('error'), warning: count('warning'), note: count('note'), suppressed } };
}

function rulesText(): string {
  const width = Math.max(...LINT_RULES.map(({ id }) => id.length));
  const lines = LINT_RULES.map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd('warning'.length)}  ${summary}`);
  return `${lines.join('\n')}\n`;
}

function textOf(report: LintReport, { output = 'table', verbose }: LintFlags, { terminal }: Session): string {
  switch (output) {
    case 'json':
      return formatJson(lintDocument(report));
    case 'sarif':
      return formatLintSarif(report, { relativePath });
    case 'github':
      return formatLintGitHub(report, { relativePath });
    case 'table':
      return formatLint(report, {
        paint: terminal.paint,
        ...(verbose ? { limit: Number.POSITIVE_INFINITY, suppressed: true } : {}),
      });
  }
}
