/**
 * A policy-scale report for a terminal, and as Markdown for a review.
 */
import { escapeControls } from '../lib/quote.ts';
import type { ScaleReport } from '../scale/report.ts';
import { type Paint, PLAIN } from './paint.ts';
import { type Answer, rollOut } from './scale-answer.ts';
import { type Section, scaleSections, settingsLine } from './scale-sections.ts';
import { formatTable } from './table.ts';

const QUESTION = 'Can we roll this out?';

/** Lines for a terminal. */
export function formatScale(report: ScaleReport, paint: Paint = PLAIN): string {
  const { verdict, summary } = rollOut(report);
  const lines = [
    `${paint.bold(QUESTION)} ${verdictPaint(verdict, paint)(escapeControls(summary))}`,
    paint.dim(escapeControls(settingsLine(report))),
  ];
  for (const { title, columns, rows, note } of scaleSections(report)) {
    const status = (text: string, cell: string): string => (title === 'Criteria' ? statusPaint(cell, paint)(text) : text);
    const table = columns.map(({ header, right }, i) => ({
      // Names of sets stand here.
      header: escapeControls(header),
      ...(right ? { align: 'right' as const } : {}),
      ...(i === 1 ? { paint: status } : {}),
    }));
    lines.push(
      '',
      paint.bold(escapeControls(title)),
      ...formatTable(table, rows, paint),
      ...(note ? [paint.dim(escapeControls(note))] : []),
    );
  }
  return `${lines.join('\n')}\n`;
}

function verdictPaint(verdict: Answer['verdict'], paint: Paint): (text: string) => string {
  return verdict === 'yes' ? paint.green : verdict === 'no' ? paint.red : paint.yellow;
}

function statusPaint(status: string, paint: Paint): (text: string) => string {
  if (status === 'ok') return paint.green;
  return status === 'no' ? paint.red : status === 'look' || status === 'open' ? paint.yellow : (text) => text;
}

/** One page of Markdown. */
export function formatScaleMarkdown(report: ScaleReport): string {
  const { summary } = rollOut(report);
  const parts = [`# ${QUESTION}`, `**${cell(summary)}**`, cell(settingsLine(report)), ...scaleSections(report).map(markdownSection)];
  return `${parts.join('\n\n')}\n`;
}

function markdownSection({ title, columns, rows, note }: Section): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const rule = `| ${columns.map(({ right }) => (right ? '---:' : '---')).join(' | ')} |`;
  const table = [line(columns.map(({ header }) => header)), rule, ...rows.map(line)].join('\n');
  return [`## ${cell(title)}`, table, ...(note ? [cell(note)] : [])].join('\n\n');
}

/** Text in which nothing is markup, link or control. */
function cell(text: string): string {
  return escapeControls(text).replace(/[\\`*_[\]<>|#&~$]/g, (character) => `\\${character}`);
}
