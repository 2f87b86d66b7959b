/**
 * A difference in reachability -> the document `ReachabilityDiff`, and text in its other formats.
 */
import type { DiffEffect, DiffRow, ReachabilityDiff } from '../diff/report.ts';
import { escapeControls } from '../lib/quote.ts';
import { csvCell } from './csv.ts';
import { formatDiffMarkdown } from './diff-markdown.ts';
import { causeLines, changesText, endsText, headline, notes } from './diff-words.ts';
import { type DocumentHead, documentHead, formatJson, jsonText } from './json.ts';
import { formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { pairsText } from './portability-words.ts';
import { plural } from './words.ts';

export const DIFF_FORMATS = ['table', 'wide', 'json', 'ndjson', 'csv', 'md'] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

/** The JSON form; `schemas/reachability-diff.schema.json`. */
export type DiffDocument = DocumentHead<'ReachabilityDiff'> & ReachabilityDiff;

/** The first line of NDJSON. */
export type DiffSummary = DocumentHead<'ReachabilityDiffSummary'> & Omit<ReachabilityDiff, 'rows'>;

export function diffDocument(diff: ReachabilityDiff): DiffDocument {
  return { ...documentHead('ReachabilityDiff'), ...diff };
}

/** `limit`: most rows of tables and Markdown; the rest is counted. The other formats have all. */
export function formatDiff(diff: ReachabilityDiff, format: DiffFormat, limit: number, paint: Paint = PLAIN): string {
  switch (format) {
    case 'table':
    case 'wide':
      return tableOf(diff, format === 'wide', limit, paint);
    case 'json':
      return formatJson(diffDocument(diff));
    case 'ndjson':
      return linesOf(diff);
    case 'csv':
      return csvOf(diff);
    case 'md':
      return formatDiffMarkdown(diff, limit);
  }
}

/** What is beside rows, then the rows: those who read only rows take lines with an `effect`. */
function linesOf({ rows, ...summary }: ReachabilityDiff): string {
  const head: DiffSummary = { ...documentHead('ReachabilityDiffSummary'), ...summary };
  return [head, ...rows].map((each) => `${jsonText(each)}\n`).join('');
}

/** Lines about the causes of a row before the rest is counted. */
const MOST_CAUSES = 3;

function tableOf(diff: ReachabilityDiff, isWide: boolean, limit: number, paint: Paint): string {
  const most = isWide ? Number.POSITIVE_INFINITY : undefined;
  const width = Math.max(0, ...diff.rows.slice(0, limit).map(({ effect }) => effect.length));
  const lines = [
    `${paint.bold('Reachability diff')}: ${escapeControls(headline(diff))}`,
    ...diff.rows.slice(0, limit).flatMap((row) => {
      const { lines: causes, hidden } = causeLines(row, most ?? MOST_CAUSES, most);
      const text = `${endsText(row, most)}, ${changesText(row, most)} (${pairsText(row.pairs)})`;
      return [
        '',
        `${effectColour(row.effect, paint)(row.effect.padEnd(width))}  ${escapeControls(text)}`,
        ...causes.map((cause) => `${' '.repeat(width + 4)}${paint.dim(escapeControls(cause))}`),
        ...(hidden > 0 ? [`${' '.repeat(width + 4)}${paint.dim(`and ${formatCount(hidden)} more (-o wide)`)}`] : []),
      ];
    }),
    ...(diff.rows.length > limit ? ['', `and ${plural(formatCount(diff.rows.length - limit), 'more row')} (--limit)`] : []),
    ...(notes(diff).length > 0 ? ['', ...notes(diff).map((note) => paint.dim(escapeControls(note)))] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function effectColour(effect: DiffEffect, paint: Paint): (text: string) => string {
  if (effect === 'opened' || effect === 'changed') return paint.red;
  if (effect === 'closed') return paint.green;
  return effect === 'uncertain' ? paint.yellow : paint.dim;
}

/** A line for each row; behind them what is to be known beside rows, with the effect `note`. */
function csvOf(diff: ReachabilityDiff): string {
  const most = Number.POSITIVE_INFINITY;
  const line = (row: DiffRow): string => {
    const causes = causeLines(row, most, most).lines.join('; ');
    return `${[row.effect, endsText(row, most), changesText(row, most), causes].map(csvCell).join(',')},${row.pairs}\r\n`;
  };
  const said = [headline(diff), ...notes(diff)].map((note) => `"note",${csvCell(note)},"","",0\r\n`);
  return `effect,ends,ports,causes,pairs\r\n${[...diff.rows.map(line), ...said].join('')}`;
}
