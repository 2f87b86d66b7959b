/**
 * Goes over one JSON value without building anything, checking all of its grammar (RFC 8259). One loop with the position in a local variable: measured, a
 * method call per token takes three times as long, and most of a dump is gone over here.
 */
import type { JsonText } from './json-text.ts';
import { DEEPEST_NESTING } from './limits.ts';

/** What is wrong, at an offset into the text. */
export class JsonError extends Error {
  readonly code: string;
  readonly offset: number;
  /** The other place of a duplicate. */
  readonly first: number | undefined;

  constructor(code: string, message: string, offset: number, first?: number) {
    super(message);
    this.code = code;
    this.offset = offset;
    this.first = first;
  }
}

/** Thrown when the text ends inside a value: more of it may come. */
export const INCOMPLETE: unique symbol = Symbol('incomplete JSON');

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const HEX = /^[0-9a-fA-F]{4}$/;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;

/** What must come next. */
const VALUE = 0;
const KEY = 1;
const AFTER_VALUE = 2;

/** 0x7d for each open object, 0x5d for each open list, from the outermost. Used by one call at a time. */
const closers = new Uint8Array(DEEPEST_NESTING + 1);

/** Offset behind the value that begins at `at`, after spaces. `depth`: of the value itself if it is a collection. */
export function skipJson(json: JsonText, at: number, depth: number): number {
  const { codes } = json;
  let open = 0;
  let expected = VALUE;
  for (;;) {
    let c = codes[at]!;
    while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) c = codes[++at]!;
    if (expected === AFTER_VALUE) {
      const closer = closers[open - 1]!;
      if (c === COMMA) {
        at++;
        expected = closer === 0x7d ? KEY : VALUE;
        continue;
      }
      if (c !== closer) throw unexpected(json, at, `\`,\` or \`${String.fromCharCode(closer)}\``);
      at++;
      open--;
    } else if (c === QUOTE) {
      do c = codes[++at]!;
      while (c > BACKSLASH || (c !== QUOTE && c !== BACKSLASH && c >= 0x20));
      at = c === QUOTE ? at + 1 : endOfString(json, at);
      if (expected === KEY) {
        at = codes[at] === COLON ? at + 1 : skipColon(json, at);
        expected = VALUE;
        continue;
      }
    } else if (expected === KEY) {
      throw unexpected(json, at, 'a key in double quotes');
    } else if (c === 0x7b || c === 0x5b) {
      if (depth + open > DEEPEST_NESTING) throw tooDeep(at);
      at = nextToken(json, at + 1);
      if (codes[at] !== c + 2) {
        closers[open++] = c + 2;
        expected = c === 0x7b ? KEY : VALUE;
        continue;
      }
      at++;
    } else at = scalarEnd(json, at);
    if (open === 0) return at;
    expected = AFTER_VALUE;
  }
}

export function tooDeep(at: number): JsonError {
  return new JsonError('too-deep', `the text is nested more than ${DEEPEST_NESTING} deep`, at);
}

/** Offset of the next character that is no space. Throws INCOMPLETE at the end of the text. */
export function nextToken({ text, codes }: JsonText, at: number): number {
  let c = codes[at]!;
  while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) c = codes[++at]!;
  if (c === 0 && at >= text.length) throw INCOMPLETE;
  return at;
}

export function skipColon(json: JsonText, at: number): number {
  at = nextToken(json, at);
  if (json.codes[at] !== COLON) throw unexpected(json, at, '`:`');
  return at + 1;
}

/** Offset behind the text whose opening quote is at `at`. */
export function skipString(json: JsonText, at: number): number {
  const { codes } = json;
  let c: number;
  do c = codes[++at]!;
  while (c > BACKSLASH || (c !== QUOTE && c !== BACKSLASH && c >= 0x20));
  return c === QUOTE ? at + 1 : endOfString(json, at);
}

/** The same from a character that is out of the ordinary: a `\`, a control character, or the end of the text. */
function endOfString(json: JsonText, at: number): number {
  const { codes } = json;
  for (; ; at++) {
    const c = codes[at]!;
    if (c === QUOTE) return at + 1;
    if (c === BACKSLASH) at = skipEscape(json.text, at);
    else if (c < 0x20) {
      if (at >= json.text.length) throw INCOMPLETE;
      throw new JsonError('control-character', 'a control character is in a text', at);
    }
  }
}

/** Offset of the last character of the escape whose `\` is at `at`. */
function skipEscape(text: string, at: number): number {
  const letter = text[at + 1];
  if (letter === undefined) throw INCOMPLETE;
  if (letter === 'u') {
    if (at + 5 >= text.length) throw INCOMPLETE;
    if (!HEX.test(text.slice(at + 2, at + 6))) throw new JsonError('json-syntax', 'four hexadecimal digits must follow `\\u`', at);
    return at + 5;
  }
  if (!'"\\/bfnrt'.includes(letter)) throw new JsonError('json-syntax', 'a `\\` is followed by something that is no escape', at);
  return at + 1;
}

/** Offset behind the number, `true`, `false` or `null` that begins at `at`. */
export function scalarEnd(json: JsonText, at: number): number {
  const { text, codes } = json;
  const c = codes[at]!;
  if (c === 0x2d || (c >= 0x30 && c <= 0x39)) return numberEnd(text, codes, at);
  const word = c === 0x74 ? 'true' : c === 0x66 ? 'false' : c === 0x6e ? 'null' : undefined;
  if (word !== undefined) {
    if (text.startsWith(word, at)) return at + word.length;
    if (at + word.length > text.length && word.startsWith(text.slice(at))) throw INCOMPLETE;
  }
  throw unexpected(json, at, 'a value');
}

function numberEnd(text: string, codes: Uint8Array, at: number): number {
  let end = at;
  if (codes[at]! > 0x30) while (codes[end]! >= 0x30 && codes[end]! <= 0x39) end++;
  const next = codes[end]!;
  // Nearly all numbers: digits, and then the end of the value.
  if (end > at && (next === COMMA || next === 0x7d || next === 0x5d || next === 0x0a)) return end;
  NUMBER.lastIndex = at;
  end = NUMBER.test(text) ? NUMBER.lastIndex : -1;
  // A number goes on until something else comes.
  if (end === text.length || (end < 0 && at + 1 === text.length)) throw INCOMPLETE;
  if (end < 0 || /[\w.+-]/.test(text[end]!)) throw new JsonError('json-syntax', 'a number is not written as JSON has it', at);
  return end;
}

/** INCOMPLETE at the end of the text, otherwise what is wrong with the character that stands here. */
export function unexpected({ text }: JsonText, at: number, what: string): JsonError {
  if (at >= text.length) throw INCOMPLETE;
  if (text.startsWith('//', at) || text.startsWith('/*', at) || text[at] === '#')
    return new JsonError('json-syntax', 'comments are no part of JSON', at);
  if (/^(?:NaN|-?Infinity)/.test(text.slice(at, at + 9))) return new JsonError('json-syntax', 'JSON has no NaN and no Infinity', at);
  if (text.startsWith('{{', at - 1)) return new JsonError('unrendered-template', 'this looks like an unrendered template (`{{`)', at - 1);
  if ((text[at] === '}' || text[at] === ']') && /,\s*$/.test(text.slice(Math.max(0, at - 100), at))) {
    return new JsonError('json-syntax', 'a comma stands before a closing bracket', at);
  }
  return new JsonError('json-syntax', `not valid JSON, expected ${what}`, at);
}
