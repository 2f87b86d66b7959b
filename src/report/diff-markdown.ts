/**
 * A difference in reachability for a pull request: what opened is open to view, the rest is folded, and it fits into a comment.
 */
import type { DiffEffect, DiffRow, ReachabilityDiff } from '../diff/report.ts';
import { causeLines, changesText, endsText, headline, notes } from './diff-words.ts';
import { code, plain, sentence } from './markdown-words.ts';
import { formatCount } from './numbers.ts';
import { pairsText } from './portability-words.ts';
import { plural } from './words.ts';

/** A comment on GitHub may have 65,536 characters. */
const MOST_CHARACTERS = 60_000;
/** Of one text of a row, such as a list of names. */
const LONGEST_TEXT = 1000;
const MOST_CAUSES = 3;

const SECTIONS: readonly (readonly [DiffEffect, string])[] = [
  ['opened', 'Opened'],
  ['changed', 'Opened at some ports, closed at others'],
  ['closed', 'Closed'],
  ['uncertain', 'Uncertain: a verdict is unknown'],
  ['reason', 'Same verdict, another reason'],
];

export function formatDiffMarkdown(diff: ReachabilityDiff, limit: number): string {
  const lines = ['## Network policy reachability', '', `**${plain(headline(diff))}**`, ''];
  const points = notes(diff).map((note) => `- ${sentence(cut(note))}`);
  const room = new Room(MOST_CHARACTERS - size(lines) - size(points), limit);
  for (const [effect, title] of SECTIONS) {
    const rows = diff.rows.filter((row) => row.effect === effect);
    if (rows.length > 0) lines.push(...section(effect, title, rows, room));
  }
  if (points.length > 0) lines.push(...points, '');
  return `${lines.join('\n').trimEnd()}\n`;
}

/** What may still be written. */
class Room {
  private characters: number;
  private rows: number;

  constructor(characters: number, rows: number) {
    this.characters = characters;
    this.rows = rows;
  }

  takes(lines: readonly string[], row: boolean): boolean {
    if ((row && this.rows === 0) || size(lines) > this.characters) {
      if (row) this.rows = 0;
      return false;
    }
    this.characters -= size(lines);
    if (row) this.rows--;
    return true;
  }
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, { length }) => sum + length + 1, 0);
}

function section(effect: DiffEffect, title: string, rows: readonly DiffRow[], room: Room): string[] {
  const isOpen = effect === 'opened' || effect === 'changed';
  const head = `${title} (${plural(formatCount(rows.length), 'row')})`;
  const frame = isOpen
    ? [[`### ${head}`, ''], ['']]
    : [
        ['<details>', `<summary>${head}</summary>`, ''],
        ['', '</details>', ''],
      ];
  const rest = (hidden: number): string => `- and ${plural(formatCount(hidden), 'more row')}, left out here`;
  const [first = [], last = []] = frame;
  if (!room.takes([...first, ...last, rest(rows.length)], false)) return [];
  const lines: string[] = [];
  let told = 0;
  for (const row of rows) {
    const text = rowLines(row);
    if (!room.takes(text, true)) break;
    lines.push(...text);
    told++;
  }
  return [...first, ...lines, ...(told < rows.length ? [rest(rows.length - told)] : []), ...last];
}

function rowLines(row: DiffRow): string[] {
  const { lines, hidden } = causeLines(row, MOST_CAUSES);
  return [
    `- ${code(cut(endsText(row)))}: ${code(cut(changesText(row)))} (${pairsText(row.pairs)})`,
    ...lines.map((text) => `  - ${code(cut(text))}`),
    ...(hidden > 0 ? [`  - and ${formatCount(hidden)} more`] : []),
  ];
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
