/**
 * Workflow commands of GitHub Actions (annotations) and summaries of jobs: what all writers of them share. GitHub shows 10 annotations of a kind for each step and drops the rest without
 * a word, and refuses a summary of more than 1 MiB: both are cut here, and say so.
 */
import { escapeControls } from '../lib/quote.ts';
import type { Origin } from '../model/origin.ts';
import { formatCount } from './numbers.ts';
import { plural } from './words.ts';

export const MOST_ANNOTATIONS = 10;
/** Bytes of UTF-8. */
export const MOST_SUMMARY_BYTES = 2 ** 20;
const MOST_MESSAGE = 4000;

export interface GitHubOptions {
  /** The path of a file relative to the root of the repository, with `/`. As it is where left out. */
  readonly relativePath?: (file: string) => string;
}

/** The first annotations of a kind, and how many more there are. `by`: the command that was run. */
export function limitedAnnotations(lines: readonly string[], most: number, what: string, by: string): string[] {
  const rest = lines.length - most;
  return [
    ...lines.slice(0, most),
    ...(rest > 0 ? [`::notice title=${by}::${plural(formatCount(rest), `more ${what}`)} in the summary of the job`] : []),
  ];
}

/** An annotation. No line of it begins with text of the user, which could be a command. */
export function annotation(
  kind: 'error' | 'warning' | 'notice',
  origin: Origin | undefined,
  file: string,
  title: string,
  lines: readonly string[],
): string {
  const place =
    origin === undefined ? [] : [`file=${property(file)}`, ...(origin.line === 0 ? [] : [`line=${origin.line}`, `col=${origin.column}`])];
  const message = lines.map(escapeControls).join('\n').slice(0, MOST_MESSAGE);
  return `::${kind} ${[...place, `title=${property(title)}`].join(',')}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(escapeControls(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** As many of the parts as fit, and what is left out. */
export function fittingSummary(parts: readonly string[], mostBytes: number): string {
  const encoder = new TextEncoder();
  const sizes = parts.map((part) => encoder.encode(part).length + 1);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= mostBytes) return `${parts.join('\n')}\n`;
  const end = (left: number): string =>
    `\n**Cut**: ${plural(formatCount(left), 'more entry', 'more entries')} would make the summary larger than GitHub takes.\n`;
  let room = mostBytes - encoder.encode(end(parts.length)).length - 1;
  let count = 0;
  while (count < parts.length && room >= sizes[count]!) room -= sizes[count++]!;
  const text = `${parts.slice(0, count).join('\n')}\n${end(parts.length - count)}`;
  return encoder.encode(text).length <= mostBytes ? text : '';
}
