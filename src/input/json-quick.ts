/**
 * A JSON object by the engine's own parser, when nothing about it needs a closer look: JSON.parse is fast and exact about grammar, but says nothing of
 * duplicate keys, rounds numbers, and accepts half characters. What hints at one of these is left to JsonTokens, which decides. For objects of which most
 * fields are kept, and for small ones; of others it is quicker to leave out fields while reading (measured).
 */

import type { JsonText } from './json-text.ts';
import { DEEPEST_NESTING } from './limits.ts';
import { isReadWhole, soundPart } from './read-whole.ts';
import type { ObjectShape } from './shape.ts';

/** A longer object is rare, and more of it than this may not have come yet. */
const LONGEST = 64 * 1024;

/** What a small object has at most: a pod as tools write it, not one from a cluster, of which little is kept. */
const FEW_KEYS = 48;

const SPACE = 0x20;
const NEWLINE = 0x0a;
const FOUR_SPACES = 0x20202020;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

export interface QuickObject {
  readonly value: object;
  readonly end: number;
  /** How many lines end in it, and where the last of its lines begins. */
  readonly newlines: number;
  readonly lineStart: number;
}

/** The object that begins at `start`, if all of it is there. */
export function readJsonQuickly(shape: ObjectShape, json: JsonText, start: number): QuickObject | undefined {
  const found = lookOver(json, start, isReadWhole(shape) ? LONGEST : FEW_KEYS);
  if (found === undefined) return undefined;
  const { end, keys, newlines, lineStart } = found;
  let value: unknown;
  try {
    value = JSON.parse(json.text.slice(start, end));
  } catch {
    return undefined;
  }
  const part = soundPart(shape, value, keys);
  return part === undefined ? undefined : { value: part, end, newlines, lineStart };
}

interface LookedOver extends Omit<QuickObject, 'value'> {
  readonly keys: number;
}

/**
 * Where the object ends that begins at `start`, and how many keys are written in it and below, if the text is JSON: its grammar is not checked. Undefined when it goes on, is nested too deep, or
 * holds a number that is not plain digits, or an escape that may be half a character.
 */
function lookOver({ codes, words }: JsonText, start: number, mostKeys: number): LookedOver | undefined {
  let keys = 0;
  let depth = 0;
  let newlines = 0;
  let lineStart = start;
  for (let at = start; at < start + LONGEST; at++) {
    let c = codes[at]!;
    while (c === SPACE || c === NEWLINE) {
      at++;
      if (c === NEWLINE) {
        newlines++;
        lineStart = at;
      }
      // Most of a file that people can read is indentation.
      if ((at & 3) === 0) while (words[at >> 2] === FOUR_SPACES) at += 4;
      c = codes[at]!;
    }
    if (c === QUOTE) {
      at = textEnd(codes, at);
      if (at < 0) return undefined;
    } else if (c === COLON) {
      if (++keys > mostKeys) return undefined;
    } else if (c === 0x7b || c === 0x5b) {
      if (++depth > DEEPEST_NESTING) return undefined;
    } else if (c === 0x7d || c === 0x5d) {
      if (--depth === 0) return { end: at + 1, keys, newlines, lineStart };
    } else if (c >= 0x30 && c <= 0x39) {
      at = digitsEnd(codes, at);
      if (at < 0) return undefined;
    } else if (c === 0x2d || c === 0) return undefined;
  }
  return undefined;
}

/** Offset of the quote that ends a text; -1 when there is none, or something stands in it that needs a look. */
function textEnd(codes: Uint8Array, at: number): number {
  for (;;) {
    let c: number;
    do c = codes[++at]!;
    while (c > BACKSLASH || (c !== QUOTE && c !== BACKSLASH && c >= 0x20));
    if (c === QUOTE) return at;
    // `\u`; a control character, or the end of the text.
    if (c !== BACKSLASH || codes[++at] === 0x75 || codes[at] === 0) return -1;
  }
}

const MOST_DIGITS = 15;

/** Offset of the last of the digits that begin here; -1 when they are many, or no whole number. */
function digitsEnd(codes: Uint8Array, at: number): number {
  let end = at;
  while (codes[end]! >= 0x30 && codes[end]! <= 0x39) end++;
  const c = codes[end]!;
  return end - at > MOST_DIGITS || c === 0x2e || c === 0x65 || c === 0x45 ? -1 : end - 1;
}
