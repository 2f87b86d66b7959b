/**
 * A report of tests -> the document `ReachabilityTestReport`, and the same as a table with what failed.
 */

import type { Deciding } from '../expectations/deciding.ts';
import type { Counterexample } from '../expectations/judge-pairs.ts';
import type { CaseResult, CaseStatus, LimitResult, ReachabilityTestReport, TestedFile } from '../expectations/report.ts';
import { escapeControls } from '../lib/quote.ts';
import { placeText } from '../model/origin.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { formatTable } from './table.ts';
import { countsText, failureLines, limitText } from './test-words.ts';

/** The JSON form; `schemas/reachability-test-report.schema.json`. */
export interface ReachabilityTestDocument extends DocumentHead<'ReachabilityTestReport'> {
  readonly ok: boolean;
  readonly problem: string | null;
  readonly counts: ReachabilityTestReport['counts'];
  readonly files: readonly object[];
}

export function reachabilityTestDocument({ ok, problem, counts, files }: ReachabilityTestReport): ReachabilityTestDocument {
  return { ...documentHead('ReachabilityTestReport'), ok, problem, counts: { ...counts }, files: files.map(fileDocument) };
}

function fileDocument({ file, name, format, profile, cases, limits }: TestedFile): object {
  return { file, name, format, profile, cases: cases.map(caseDocument), limits: limits.map(limitDocument) };
}

function caseDocument(each: CaseResult): object {
  const { policy, kind = null, direction = null, rule = null } = each.because ?? { policy: null };
  return {
    name: each.name,
    origin: { ...each.origin },
    status: each.status,
    from: each.from,
    to: each.to,
    ports: each.ports,
    expect: each.expect,
    over: each.over,
    because: policy === null ? null : { policy, kind, direction, rule },
    pairs: each.pairs,
    holding: each.holding,
    unknown: each.unknown,
    problem: each.problem,
    counterexamples: each.counterexamples.map(exampleDocument),
    message: each.message,
    notes: each.notes,
  };
}

function exampleDocument({ from, to, pairs, port, verdict, deciding, why }: Counterexample): object {
  return { from, to, pairs, port: port === null ? null : { ...port }, verdict, why, deciding: deciding.map(decidingDocument) };
}

export function decidingDocument({ direction, policy, action, rule, origin, default: byDefault, because }: Deciding): object {
  return {
    direction,
    policy: policy === null ? null : { ...policy },
    action,
    rule,
    origin: origin === null ? null : { ...origin },
    default: byDefault,
    because,
  };
}

function limitDocument({ limit, origin, status, most, found, of, items }: LimitResult): object {
  return { limit, origin: { ...origin }, status, most, found, of, items };
}

const STATUS: Readonly<Record<CaseStatus, string>> = { passed: 'pass', failed: 'FAIL', skipped: 'skip', 'not-selected': '-' };

/** Each file as a table, what failed and why, notes, and the sum. */
export function formatReachabilityTest(report: ReachabilityTestReport, paint: Paint = PLAIN): string {
  const lines = report.files.flatMap((file) => [...formatFile(file, paint), '']);
  const sum = countsText(report);
  return `${[...lines, report.ok ? paint.green(sum) : paint.red(sum)].join('\n')}\n`;
}

function formatFile({ file, name, cases, limits }: TestedFile, paint: Paint): string[] {
  const shown = cases.filter(({ status }) => status !== 'not-selected');
  const status = (text: string, cell: string): string =>
    cell === 'FAIL' ? paint.red(text) : cell === 'pass' ? paint.green(text) : paint.yellow(text);
  const table = formatTable(
    [{ header: 'RESULT', paint: status }, { header: 'CASE' }, { header: 'EXPECTED' }, { header: 'HOLDS FOR', align: 'right' }],
    shown.map((each) => [STATUS[each.status], each.name, expectedText(each), pairsText(each)]),
    paint,
  );
  return [
    paint.bold(escapeControls(name === file ? file : `${name} (${file})`)),
    ...table.map((line) => `  ${line}`),
    ...shown.flatMap((each) => caseLines(each, paint)),
    ...limits.map((limit) => `  ${limitLine(limit, paint)}`),
    ...limits.filter(({ status: each }) => each === 'exceeded').flatMap(({ items }) => itemLines(items)),
  ];
}

function expectedText({ expect, over }: CaseResult): string {
  return expect === null ? '' : `${expect}${over === 'some' ? ' for some' : ''}`;
}

function pairsText({ status, pairs, holding }: CaseResult): string {
  return status === 'skipped' || pairs === 0 ? '' : `${formatCount(holding)} of ${formatCount(pairs)}`;
}

function caseLines(each: CaseResult, paint: Paint): string[] {
  const { status, name, origin, from, to, ports, notes, problem } = each;
  const told = [
    ...(status === 'failed' ? [`${from} → ${to} ${ports.join(', ')}`, ...failureLines(each)] : []),
    ...(status === 'skipped' && problem !== null ? [`skipped: ${problem}`] : []),
    ...notes.map((note) => `note: ${note}`),
  ];
  if (told.length === 0) return [];
  const tag = status === 'failed' ? paint.red(STATUS[status]) : STATUS[status];
  return [
    `  ${tag} ${escapeControls(name)} ${paint.dim(`(${escapeControls(placeText(origin))})`)}`,
    ...told.map((line) => `    ${escapeControls(line)}`),
  ];
}

function limitLine(limit: LimitResult, paint: Paint): string {
  const text = limitText(limit);
  return limit.status === 'exceeded' ? paint.red(`FAIL ${text}`) : text;
}

const MOST_ITEMS = 20;

function itemLines(items: readonly string[]): string[] {
  const rest = items.length - MOST_ITEMS;
  return [
    ...items.slice(0, MOST_ITEMS).map((item) => `    ${escapeControls(item)}`),
    ...(rest > 0 ? [`    and ${formatCount(rest)} more`] : []),
  ];
}
