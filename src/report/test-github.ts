/**
 * A report of tests -> workflow commands of GitHub Actions (annotations), and Markdown for the summary of a job.
 */

import type { CaseResult, ReachabilityTestReport } from '../expectations/report.ts';
import { placeText } from '../model/origin.ts';
import { annotation, fittingSummary, type GitHubOptions, limitedAnnotations, MOST_ANNOTATIONS, MOST_SUMMARY_BYTES } from './github.ts';
import { code, plain } from './markdown-words.ts';
import { formatCount } from './numbers.ts';
import { countsText, type Finding, findingsOf, notesOf } from './test-words.ts';

/** Lines for stdout of a step. No line begins with text of the user, which could be a command. */
export function formatGitHub(report: ReachabilityTestReport, { relativePath = (file) => file }: GitHubOptions = {}): string {
  const findings = findingsOf(report);
  const skipped = report.files.flatMap((file) => file.cases.filter(({ status }) => status === 'skipped').map((each) => ({ file, each })));
  const lines = [
    ...(report.problem === null ? [] : [annotation('error', undefined, '', 'netpolsim test', [report.problem])]),
    ...limitedAnnotations(
      findings.map(({ origin, title, lines: told }) => annotation('error', origin, relativePath(origin.file), title, told)),
      MOST_ANNOTATIONS - (report.problem === null ? 0 : 1),
      'finding',
      'netpolsim test',
    ),
    ...limitedAnnotations(
      skipped.map(({ file, each }) =>
        annotation('warning', each.origin, relativePath(each.origin.file), `${file.name}: ${each.name}`, [`skipped: ${each.problem}`]),
      ),
      MOST_ANNOTATIONS,
      'skipped case',
      'netpolsim test',
    ),
    ...limitedAnnotations(
      notesOf(report).map(({ origin, title, lines: told }) => annotation('notice', origin, relativePath(origin.file), title, told)),
      // The lines that count the rest of each kind are notices themselves.
      MOST_ANNOTATIONS - 3,
      'noted case',
      'netpolsim test',
    ),
    `netpolsim test: ${countsText(report)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Markdown of at most so many bytes: the counts, then what failed, then notes, then a table of all cases. */
export function formatTestSummary(report: ReachabilityTestReport, mostBytes: number = MOST_SUMMARY_BYTES): string {
  const head = [`## ${report.ok ? 'Reachability: as expected' : 'Reachability: not as expected'}`, '', plain(countsText(report)), ''];
  const findings = findingsOf(report).map(findingMarkdown);
  const notes = notesOf(report).map((note) => findingMarkdown({ ...note, title: `note: ${note.title}` }));
  const rows = report.files.flatMap((file) =>
    file.cases.filter(({ status }) => status !== 'not-selected').map((each) => rowMarkdown(file.name, each)),
  );
  const table = rows.length === 0 ? [] : ['', '| test | case | result | expected | holds for |', '|---|---|---|---|---:|'];
  return fittingSummary([...head, ...findings, ...notes, ...table, ...rows], mostBytes);
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
