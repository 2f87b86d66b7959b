/**
 * Diagnostics -> lines for people: `file:line:column: severity: message (object, field); hint`.
 */
import { escapeControls } from '../lib/quote.ts';
import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { objectName } from '../model/object-names.ts';
import { placeText } from '../model/origin.ts';
import { formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { plural } from './words.ts';

export interface DiagnosticFormat {
  /** What to show; the others are left out without a word. Default errors and warnings. */
  readonly severities?: readonly Severity[];
  /** Lines to show of each severity before "and N more". Default 50. */
  readonly limit?: number;
  readonly paint?: Paint;
}

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** Errors first, then warnings, each in the order in which they were found. One line each. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], format: DiagnosticFormat = {}): string[] {
  const { severities = ['error', 'warning'], limit = 50, paint = PLAIN } = format;
  return ORDER.filter((severity) => severities.includes(severity)).flatMap((severity) => {
    const found = diagnostics.filter((each) => each.severity === severity);
    const lines = found.slice(0, limit).map((each) => formatDiagnostic(each, paint));
    if (found.length > limit) lines.push(`and ${plural(formatCount(found.length - limit), `more ${severity}`)}`);
    return lines;
  });
}

/** One diagnostic as one line. */
export function formatDiagnostic({ severity, message, origin, object, field, hint }: Diagnostic, paint: Paint = PLAIN): string {
  const about = [...(object === undefined ? [] : [objectName(object)]), ...(field === undefined ? [] : [field])].join(', ');
  const where = paint.bold(escapeControls(placeText(origin)));
  const tag = severity === 'error' ? paint.red(severity) : severity === 'warning' ? paint.yellow(severity) : severity;
  const context = about === '' ? '' : ` (${escapeControls(about)})`;
  return `${where}: ${tag}: ${escapeControls(message)}${context}${hint === undefined ? '' : `; ${escapeControls(hint)}`}`;
}
