/**
 * A JSON object by the engine's own parser, when nothing about it needs a closer look: JSON.parse is fast and exact about grammar, but says nothing of
 * duplicate keys, rounds numbers, and accepts half characters. What hints at one of these is left to JsonTokens, which decides. For objects of which most
 * fields are kept; of others it is quicker to leave out fields while reading (measured).
 */

import { DEEPEST_NESTING } from './limits.ts';
import { isReadWhole, withoutSkipped } from './read-whole.ts';
import type { Shape } from './shape.ts';

/** A longer object is rare, and counting its keys costs more than it saves. */
const LONGEST = 64 * 1024;

/**
 * `"x" :`, which hides a key from the count; a number that is not plain digits; an escape that may be half a character; a `\` before a closing quote, which
 * makes the count of `\":` wrong. Matches inside texts only cost time.
 */
const NEEDS_A_LOOK = /"[ \t\r\n]+:|:[ \t\r\n]*-?[0-9]+(?:[.eE]|[0-9]{15})|:[ \t\r\n]*-0|\\u|\\\\"/;

/** The object that begins at `start`, if its end is found at once: it fills a line, or ends on a line of its own in the column where it began. */
export function readJsonQuickly(
  shape: Shape,
  text: string,
  start: number,
  column: number,
): { readonly value: object; readonly end: number } | undefined {
  if (shape.type !== 'object' || !isReadWhole(shape)) return undefined;
  const end = likelyEnd(text, start, column);
  if (end < 0 || end - start > LONGEST) return undefined;
  const slice = text.slice(start, end);
  if (NEEDS_A_LOOK.test(slice)) return undefined;
  let value: unknown;
  try {
    // A text that is no whole object throws: no beginning of an object is itself an object.
    value = JSON.parse(slice);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || countKeys(value, 1) !== countColons(slice)) return undefined;
  return { value: withoutSkipped(shape, value), end };
}

function likelyEnd(text: string, start: number, column: number): number {
  const newline = text.indexOf('\n', start);
  const lineEnd = newline < 0 ? text.length : newline;
  let last = lineEnd - 1;
  if (text.charCodeAt(last) === 0x0d) last--;
  if (text.charCodeAt(last) === 0x2c) last--;
  if (last > start && text.charCodeAt(last) === 0x7d) return last + 1;
  if (newline !== start + 1) return -1;
  const close = text.indexOf(`\n${' '.repeat(column - 1)}}`, lineEnd);
  return close < 0 ? -1 : close + column + 1;
}

/** Keys end with `":`; inside a text this can only be `\":`. */
function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) if (text.charCodeAt(at - 1) !== 0x5c) count++;
  return count;
}

/** Keys of the object and of all objects below it; NaN, which equals no count, when they are nested too deep. */
function countKeys(value: object, depth: number): number {
  if (depth > DEEPEST_NESTING) return Number.NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item === 'object' && item !== null) count += countKeys(item, depth + 1);
    }
    return count;
  }
  for (const key in value) {
    count++;
    const field: unknown = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof field === 'object' && field !== null) count += countKeys(field, depth + 1);
  }
  return count;
}
