/**
 * Text of the user in Markdown: it can neither become markup nor mention anybody.
 */
import { escapeControls } from '../lib/quote.ts';

/** Code spans hold no markup. One that holds backticks stands between longer runs of them. */
export function code(text: string): string {
  const shown = escapeControls(text);
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const space = runs.length > 0 ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

export function plain(text: string): string {
  return escapeControls(text).replace(/[\\`*_{}[\]<>|#!@&~]/g, (character) => `\\${character}`);
}

/** A sentence whose names are in backticks: they become code spans, the rest is plain. A name with backticks in it may part them elsewhere; nothing becomes markup all the same. */
export function sentence(text: string): string {
  const parts = text.split('`');
  const isCode = (i: number) => i % 2 === 1 && i < parts.length - 1 && parts[i] !== '';
  return parts
    .map((part, i) => (isCode(i) ? code(part) : plain(i % 2 === 1 ? `\`${part}${i < parts.length - 1 ? '`' : ''}` : part)))
    .join('');
}
