/**
 * A report of tests -> workflow commands of GitHub Actions (annotations), and Markdown for the summary of a job. GitHub shows 10 annotations of a kind for each step and drops the rest without
 * a word, and refuses a summary of more than 1 MiB: both are cut here, and say so.
 */

import type { CaseResult, ReachabilityTestReport } from '../expectations/report.ts';
import { escapeControls } from '../lib/quote.ts';
import { type Origin, placeText } from '../model/origin.ts';
import { code, plain } from './markdown-words.ts';
import { formatCount } from './numbers.ts';
import { countsText, type Finding, findingsOf } from './test-words.ts';
import { plural } from './words.ts';

const MOST_ANNOTATIONS = 10;
/** Bytes of UTF-8. */
export const MOST_SUMMARY_BYTES = 2 ** 20;
const MOST_MESSAGE = 4000;

export interface GitHubOptions {
  /** The path of a file relative to the root of the repository, with `/`. As it is where left out. */
  readonly relativePath?: (file: string) => string;
}

/** Lines for stdout of a step. No line begins with text of the user, which could be a command. */
export function formatGitHub(report: ReachabilityTestReport, { relativePath = (file) => file }: GitHubOptions = {}): string {
  const findings = findingsOf(report);
  const skipped = report.files.flatMap((file) => file.cases.filter(({ status }) => status === 'skipped').map((each) => ({ file, each })));
  const lines = [
    ...(report.problem === null ? [] : [command('error', undefined, '', 'netpolsim test', [report.problem])]),
    ...limited(
      findings.map(({ origin, title, lines: told }) => command('error', origin, relativePath(origin.file), title, told)),
      MOST_ANNOTATIONS - (report.problem === null ? 0 : 1),
      'finding',
    ),
    ...limited(
      skipped.map(({ file, each }) =>
        command('warning', each.origin, relativePath(each.origin.file), `${file.name}: ${each.name}`, [`skipped: ${each.problem}`]),
      ),
      MOST_ANNOTATIONS,
      'skipped case',
    ),
    `netpolsim test: ${countsText(report)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function limited(lines: readonly string[], most: number, what: string): string[] {
  const rest = lines.length - most;
  return [
    ...lines.slice(0, most),
    ...(rest > 0 ? [`::notice title=netpolsim test::${plural(formatCount(rest), `more ${what}`)} in the summary of the job`] : []),
  ];
}

function command(kind: 'error' | 'warning', origin: Origin | undefined, file: string, title: string, lines: readonly string[]): string {
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

/** Markdown of at most so many bytes: the counts, then what failed, then a table of all cases. */
export function formatTestSummary(report: ReachabilityTestReport, mostBytes: number = MOST_SUMMARY_BYTES): string {
  const head = [`## ${report.ok ? 'Reachability: as expected' : 'Reachability: not as expected'}`, '', plain(countsText(report)), ''];
  const findings = findingsOf(report).map(findingMarkdown);
  const rows = report.files.flatMap((file) =>
    file.cases.filter(({ status }) => status !== 'not-selected').map((each) => rowMarkdown(file.name, each)),
  );
  const table = rows.length === 0 ? [] : ['', '| test | case | result | expected | holds for |', '|---|---|---|---|---:|'];
  return fitting([...head, ...findings, ...table, ...rows], mostBytes);
}

function findingMarkdown({ title, origin, lines }: Finding): string {
  const [first = '', ...rest] = lines;
  return [`- **${plain(title)}** (${code(placeText(origin))}): ${plain(first)}`, ...rest.map((line) => `  - ${code(line.trim())}`)].join(
    '\n',
  );
}

function rowMarkdown(test: string, { name, status, expect, over, pairs, holding }: CaseResult): string {
  const cells = [
    code(test),
    code(name),
    status === 'failed' ? '**failed**' : status,
    `${expect ?? ''}${over === 'some' ? ' for some' : ''}`,
  ];
  return `| ${[...cells.map((cell) => cell.replaceAll('|', '\\|')), pairs === 0 ? '' : `${formatCount(holding)} of ${formatCount(pairs)}`].join(' | ')} |`;
}

/** As many of the parts as fit, and what is left out. */
function fitting(parts: readonly string[], mostBytes: number): string {
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
