/**
 * Findings of lint -> the document `LintReport`, and the same as lines for people.
 */
import { escapeControls } from '../lib/quote.ts';
import { LINT_SEVERITIES, type LintFinding, type LintReport, type LintSeverity } from '../lint/finding.ts';
import { objectName } from '../model/object-names.ts';
import { placeText } from '../model/origin.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { plural } from './words.ts';

/** The JSON form; `schemas/lint-report.schema.json`. */
export interface LintDocument extends DocumentHead<'LintReport'> {
  readonly profile: string;
  readonly complete: boolean;
  readonly counts: LintReport['counts'];
  readonly rules: LintReport['rules'];
  readonly findings: readonly object[];
  readonly unchecked: LintReport['unchecked'];
}

export function lintDocument({ profile, complete, counts, rules, findings, unchecked }: LintReport): LintDocument {
  return { ...documentHead('LintReport'), profile, complete, counts, rules, findings: findings.map(findingDocument), unchecked };
}

function findingDocument({ object, origin, related, suppressed, ...rest }: LintFinding): object {
  return {
    ...rest,
    object: { ...object },
    origin: { ...origin },
    related: related.map((each) => ({ ...each, object: { ...each.object }, origin: { ...each.origin } })),
    suppressed: suppressed === null ? null : { object: { ...suppressed.object }, reason: suppressed.reason },
  };
}

export interface LintFormat {
  /** Findings of each rule to show before "and N more". Default 20. */
  readonly limit?: number;
  /** Suppressed findings, too. Default false. */
  readonly suppressed?: boolean;
  readonly paint?: Paint;
}

const DEFAULT_LIMIT = 20;

/** Each finding with its place and what to do, the worst first; what could not be checked; and the sum. */
export function formatLint(report: LintReport, { limit = DEFAULT_LIMIT, suppressed = false, paint = PLAIN }: LintFormat = {}): string {
  const shown = report.findings.filter((each) => suppressed || each.suppressed === null);
  const ofRule = new Map<string, LintFinding[]>();
  for (const finding of shown) {
    const key = `${finding.severity} ${finding.rule}`;
    const known = ofRule.get(key);
    if (known === undefined) ofRule.set(key, [finding]);
    else known.push(finding);
  }
  const lines = [...ofRule.values()].flatMap((findings) => {
    const rest = findings.length - limit;
    const more = rest > 0 ? [`  and ${formatCount(rest)} more of ${findings[0]!.rule} (-v shows all)`] : [];
    return [...findings.slice(0, limit).flatMap((finding) => findingLines(finding, paint)), ...more];
  });
  return `${[...lines, ...uncheckedLines(report, paint), countsText(report)].join('\n')}\n`;
}

function findingLines(finding: LintFinding, paint: Paint): string[] {
  const { rule, severity, origin, message, hint, related, suppressed } = finding;
  const tag = `${suppressed === null ? paintSeverity(severity, severity, paint) : 'ignored'} ${paint.bold(rule)}`;
  return [
    `${escapeControls(placeText(origin))}: ${tag}: ${escapeControls(aboutText(finding))}`,
    `  ${escapeControls(message)}`,
    ...related.map((each) => `  see ${escapeControls(relatedText(each))}`),
    ...(hint === null ? [] : [`  → ${escapeControls(hint)}`]),
    ...(suppressed === null ? [] : [`  ${escapeControls(suppressedText(suppressed))}`]),
  ];
}

/** `NetworkPolicy shop/web, spec.ingress[0]`. Not escaped. */
export function aboutText({ object, field }: Pick<LintFinding, 'object' | 'field'>): string {
  return `${objectName(object)}${field === null ? '' : `, ${field}`}`;
}

/** Not escaped. */
export function relatedText({ object, field, origin, message }: LintFinding['related'][number]): string {
  return `${aboutText({ object, field })} (${placeText(origin)}): ${message}`;
}

/** Not escaped. */
function suppressedText({ object, reason }: NonNullable<LintFinding['suppressed']>): string {
  return `ignored by an annotation of ${objectName(object)}${reason === null ? '' : `: ${reason}`}`;
}

function paintSeverity(severity: LintSeverity, text: string, paint: Paint): string {
  if (severity === 'error') return paint.red(text);
  return severity === 'warning' ? paint.yellow(text) : text;
}

/** Rules that could not look at something for one reason, as one line. */
function uncheckedLines({ unchecked }: LintReport, paint: Paint): string[] {
  const byReason = new Map<string, string[]>();
  for (const { rule, reason } of unchecked) byReason.set(reason, [...(byReason.get(reason) ?? []), rule]);
  return [...byReason].map(([reason, rules]) => paint.dim(`not checked: ${[...new Set(rules)].join(', ')}: ${escapeControls(reason)}`));
}

/** `2 errors, 1 warning, no notes, 3 ignored`. */
export function countsText({ counts, findings }: LintReport): string {
  if (findings.length === 0) return 'nothing found';
  const of = LINT_SEVERITIES.map((severity) => plural(formatCount(counts[severity]), severity));
  return [...of, ...(counts.suppressed === 0 ? [] : [`${formatCount(counts.suppressed)} ignored`])].join(', ');
}
