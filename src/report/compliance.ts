/**
 * Reports of zones -> the document `ComplianceReport`, and the same as text.
 */
import type { CheckResult, ComplianceFinding, ComplianceReport, ComplianceStatus, PathResult } from '../compliance/report.ts';
import { append } from '../lib/append.ts';
import { escapeControls } from '../lib/quote.ts';
import { placeText } from '../model/origin.ts';
import {
  askedChecks,
  CONTROL_WORDS,
  connectionsText,
  countsText,
  evidenceText,
  NO_STATEMENT,
  STATUS_WORDS,
  zoneText,
} from './compliance-words.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { formatTable } from './table.ts';
import { decidingText } from './test-words.ts';

/** The JSON form; `schemas/compliance-report.schema.json`. */
export interface ComplianceDocument extends DocumentHead<'ComplianceReport'> {
  /** As the caller said it. */
  readonly date: string | null;
  readonly zones: readonly ComplianceReport[];
}

/** `date`: of the state that was judged; a report has no date of its own. */
export function complianceDocument(zones: readonly ComplianceReport[], date?: string): ComplianceDocument {
  return { ...documentHead('ComplianceReport'), date: date ?? null, zones };
}

export interface ComplianceTextOptions {
  readonly date?: string;
  readonly paint?: Paint;
}

/** Each zone: its controls, its checks, what was found, the listed paths, and what cannot be shown. */
export function formatCompliance(zones: readonly ComplianceReport[], { date, paint = PLAIN }: ComplianceTextOptions = {}): string {
  const lines = zones.flatMap((zone, i) => [...(i === 0 ? [] : ['']), ...formatZone(zone, date, paint)]);
  return `${lines.join('\n')}\n`;
}

function formatZone(report: ComplianceReport, date: string | undefined, paint: Paint): string[] {
  const { file, name, controls, paths, doubts, notShown } = report;
  const checks = askedChecks(report);
  const statusCell = { header: 'RESULT', paint: (text: string, cell: string) => painted(cell, text, paint) };
  return [
    paint.bold(escapeControls(`Zone ${name} (${file})${date === undefined ? '' : `, ${date}`}`)),
    escapeControls(zoneText(report)),
    '',
    ...formatTable(
      [statusCell, { header: 'CONTROL' }, { header: 'CHECKS' }],
      controls.map((control) => [
        CONTROL_WORDS[control.status],
        `${control.standard}: ${control.number}`,
        countsText(checks.filter(({ check }) => control.checks.includes(check))),
      ]),
      paint,
    ),
    '',
    ...formatTable(
      [statusCell, { header: 'CHECK' }, { header: 'WHAT' }],
      checks.map(({ status, check, title }) => [STATUS_WORDS[status], check, title]),
      paint,
    ),
    ...section(paint.bold('Doubts: nothing holds for certain'), doubts),
    ...checks.flatMap((check) => checkLines(check, paint)),
    ...pathLines(paths, paint),
    ...section(paint.bold('What this cannot show'), [...notShown, ...ownNotShown(report)]),
    '',
    `${countsText(checks)}. ${NO_STATEMENT}`,
  ];
}

function painted(status: string, text: string, paint: Paint): string {
  if (status.includes('FAILS')) return paint.red(text);
  return status.includes('hold') ? paint.green(text) : paint.yellow(text);
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', title, ...items.map((item) => `  ${escapeControls(item)}`)];
}

/** What is not shown of some controls, behind their numbers. */
function ownNotShown({ controls, notShown }: ComplianceReport): string[] {
  const numbers = new Map<string, string[]>();
  for (const control of controls) for (const each of control.notShown) if (!notShown.includes(each)) append(numbers, each, control.number);
  return [...numbers].map(([each, of]) => `${of.join(', ')}: ${each}`);
}

const MOST_FINDINGS = 20;

/** Nothing of a check that holds without a word more. */
function checkLines({ check, status, findings, warnings, told }: CheckResult, paint: Paint): string[] {
  const inside = status === 'not-asked' ? told.map((each) => `open: ${connectionsText(each)}`) : [];
  if (findings.length + warnings.length + inside.length === 0) return [];
  const rest = findings.length - MOST_FINDINGS;
  return [
    '',
    `${paint.bold(check)}: ${painted(STATUS_WORDS[status], STATUS_WORDS[status], paint)}`,
    ...findings.slice(0, MOST_FINDINGS).flatMap((finding) => findingLines(finding, paint)),
    ...(rest > 0 ? [`  and ${formatCount(rest)} more (-o json has them)`] : []),
    ...[...inside, ...warnings.map((warning) => `${paint.yellow('look')}: ${escapeControls(warning)}`)].map((line) => `  ${line}`),
  ];
}

function findingLines({ status, what, connections, evidence }: ComplianceFinding, paint: Paint): string[] {
  const tag = painted(STATUS_WORDS[status], status === 'fails' ? '✗' : '?', paint);
  const head = connections === null ? what : `${connectionsText(connections)}: ${what}`;
  const because = connections === null ? [] : [...new Set(connections.deciding.map(decidingText))];
  return [
    `  ${tag} ${escapeControls(head)}`,
    ...[...because, ...evidence.map(evidenceText)].map((line) => `      ${escapeControls(line)}`),
  ];
}

function pathLines(paths: readonly PathResult[], paint: Paint): string[] {
  if (paths.length === 0) return [];
  const table = formatTable(
    [{ header: 'LISTED' }, { header: 'FROM' }, { header: 'TO' }, { header: 'PORTS' }, { header: 'REASON' }, { header: 'WHERE' }],
    paths.map(({ way, from, to, ports, reason, origin }) => [way, from, to, portsText(ports), reason, placeText(origin)]),
    paint,
  );
  return ['', ...table];
}

const OPEN: Readonly<Record<PathResult['ports'][number]['open'], string>> = { yes: '', no: ' (not open)', unknown: ' (not known)' };

export function portsText(ports: PathResult['ports']): string {
  return ports.map(({ port, open }) => `${port}${OPEN[open]}`).join(', ');
}

/** The status of several zones together. */
export function worstStatus(zones: readonly ComplianceReport[]): ComplianceStatus {
  const statuses = zones.map(({ status }) => status);
  if (statuses.includes('fails')) return 'fails';
  return statuses.includes('cannot-be-shown') ? 'cannot-be-shown' : 'holds';
}
