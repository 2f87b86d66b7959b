/**
 * Columns of text without borders, as kubectl prints them. In come cells of plain text, out come lines.
 */
import { escapeControls } from '../lib/quote.ts';
import type { Paint } from './paint.ts';

export interface Column {
  readonly header: string;
  /** Numbers stand to the right. Default left. */
  readonly align?: 'left' | 'right';
  /** Colours a cell after its width is known. */
  readonly paint?: (text: string, cell: string) => string;
}

/** The table as lines. Cells are escaped here; wide and combining characters count as the columns that a terminal gives them. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[], paint: Paint): string[] {
  const cells = rows.map((row) => columns.map((_, i) => escapeControls(row[i] ?? '')));
  const widths = columns.map(({ header }, i) => cells.reduce((width, row) => Math.max(width, textWidth(row[i] ?? '')), textWidth(header)));
  const line = (row: readonly string[], painted: (text: string, column: Column, cell: string) => string): string => {
    const parts = columns.map((column, i) => {
      const cell = row[i] ?? '';
      const gap = ' '.repeat(Math.max(0, (widths[i] ?? 0) - textWidth(cell)));
      if (column.align === 'right') return gap + painted(cell, column, cell);
      return painted(cell, column, cell) + (i === columns.length - 1 ? '' : gap);
    });
    return parts.join('  ').trimEnd();
  };
  const header = line(
    columns.map((column) => column.header),
    (text) => paint.dim(text),
  );
  return [header, ...cells.map((row) => line(row, (text, column, cell) => column.paint?.(text, cell) ?? text))];
}

/** Columns that a terminal needs for a text: two for East Asian wide characters and emoji, none for marks that combine. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const COMBINING = /^[\p{Mn}\p{Me}\u200b-\u200d\ufeff]$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

function characterWidth(character: string): number {
  if (character < '\u0300') return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
