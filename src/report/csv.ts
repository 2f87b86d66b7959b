/**
 * Text of the user in CSV.
 */
import { escapeControls } from '../lib/quote.ts';

/** Quoted (RFC 4180), and no formula for a spreadsheet. */
export function csvCell(text: string): string {
  const shown = escapeControls(text);
  return `"${/^\s*[=+\-@|%]/.test(shown) ? "'" : ''}${shown.replaceAll('"', '""')}"`;
}
