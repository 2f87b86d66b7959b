/**
 * The value of a YAML document in the plain style of machines: block mappings and lists, each key and value on one line, in printable ASCII. That is what dumps and generated
 * manifests are written in, and it is read three times as fast as by a parser of all YAML. What is not understood at once, errors too, is left to the parser.
 */
import { pooledKey, pooledText } from './code-pool.ts';
import { LONGEST_WITHOUT_TOO_MANY_KEYS } from './limits.ts';
import { resolvePlain } from './yaml-schema.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
const COLON = 0x3a;

/** May stand in quotes: printable, and no `\`. Nothing that looks like an anchor or an alias, which are counted. */
const IN_QUOTES = 1;
/** May stand in a plain scalar, whatever is beside it. */
const IN_PLAIN = 2;
/** May begin a plain scalar. */
const BEGINS_PLAIN = 4;
/** May stand in a key. */
const IN_KEY = 8;
/** May begin a key. */
const BEGINS_KEY = 16;

const CLASSES = new Uint8Array(256);
for (let c = 0x20; c < 0x7f; c++) {
  const character = String.fromCharCode(c);
  if (!'\\&*'.includes(character)) CLASSES[c] = IN_QUOTES;
  if (!'\\&* #:'.includes(character)) CLASSES[c]! |= IN_PLAIN;
  if (/[A-Za-z0-9./]/.test(character)) CLASSES[c]! |= BEGINS_PLAIN;
  if (/[A-Za-z0-9./_-]/.test(character)) CLASSES[c]! |= IN_KEY;
  if (/[A-Za-z]/.test(character)) CLASSES[c]! |= BEGINS_KEY;
}

/** Collections inside collections; far below the limit, so that nothing has to be counted as exactly as there. */
const DEEPEST = 24;
/** YAML allows a key 1,024 characters. */
const LONGEST_KEY = 256;
/** Of a number that is read digit by digit. */
const MOST_DIGITS = 9;

const encoder = new TextEncoder();

class BlockReader {
  private text = '';
  /** The codes of the text, and a line end. */
  private codes = new Uint8Array(64 * 1024);
  private root: object | undefined;
  /** Collections that are open, from the outermost: where their entries begin, and which they are. */
  private depth = 0;
  private readonly columns = new Uint32Array(DEEPEST);
  private readonly lists: (unknown[] | undefined)[] = [];
  private readonly mappings: (Record<string, unknown> | undefined)[] = [];
  /** The key of a mapping whose value has not come yet. */
  private readonly keys: (string | undefined)[] = [];

  read(text: string): object | undefined {
    const { length } = text;
    if (length > LONGEST_WITHOUT_TOO_MANY_KEYS) return undefined;
    if (length >= this.codes.length) this.codes = new Uint8Array(length * 2);
    // As many bytes as characters: all of them are ASCII.
    const { read, written } = encoder.encodeInto(text, this.codes);
    if (read !== length || written !== length) return undefined;
    this.codes[length] = NEWLINE;
    this.text = text;
    this.root = undefined;
    this.depth = 0;
    let at = text.startsWith('---\n') ? 4 : 0;
    while (at >= 0 && at < length) at = this.takeLine(at);
    return at >= 0 && this.closeTo(0) ? this.root : undefined;
  }

  /** Offset of the next line; negative when this one is not understood. */
  private takeLine(start: number): number {
    const { codes } = this;
    let at = start;
    while (codes[at] === SPACE) at++;
    if (codes[at] === NEWLINE) return at + 1;
    if (codes[at] === HASH) {
      while (CLASSES[codes[at]!] !== 0) at++;
      return codes[at] === NEWLINE ? at + 1 : -1;
    }
    let afterDash = false;
    while (codes[at] === DASH && codes[at + 1] === SPACE) {
      if (!this.enterItem(at - start, afterDash)) return -1;
      afterDash = true;
      at++;
      while (codes[at] === SPACE) at++;
    }
    const column = at - start;
    const keyEnd = this.endOfKey(at);
    if (keyEnd < 0) return afterDash ? this.takeScalar(at) : -1;
    if (!this.enterMapping(column, afterDash)) return -1;
    const top = this.depth - 1;
    const key = pooledKey(this.text, codes, at, keyEnd);
    // A key that stands for a value of another type, that is there twice, or that every object has.
    if (resolvePlain(key) !== undefined || this.mappings[top]![key] !== undefined) return -1;
    this.keys[top] = key;
    at = keyEnd + 1;
    while (codes[at] === SPACE) at++;
    return codes[at] === NEWLINE ? at + 1 : this.takeScalar(at);
  }

  /** Offset of the colon behind a key that begins here; negative when there is none. */
  private endOfKey(start: number): number {
    const { codes } = this;
    if ((CLASSES[codes[start]!]! & BEGINS_KEY) === 0) return -1;
    let at = start;
    while ((CLASSES[codes[at]!]! & IN_KEY) !== 0) at++;
    const next = codes[at + 1];
    return codes[at] === COLON && (next === SPACE || next === NEWLINE) && at - start <= LONGEST_KEY ? at : -1;
  }

  /** Opens a list, or goes on to its next item. */
  private enterItem(column: number, afterDash: boolean): boolean {
    if (!afterDash) {
      if (!this.closeTo(column + 1)) return false;
      const top = this.depth - 1;
      if (top >= 0 && this.lists[top] !== undefined) return this.columns[top] === column;
    }
    return this.open(column, true);
  }

  /** Opens a mapping, or goes on to its next key. */
  private enterMapping(column: number, afterDash: boolean): boolean {
    if (!afterDash) {
      if (!this.closeTo(column + 1)) return false;
      // The items of a list may stand in the column of its key.
      if (this.depth > 0 && this.columns[this.depth - 1] === column && this.lists[this.depth - 1] !== undefined) this.depth--;
      const top = this.depth - 1;
      if (top >= 0 && this.lists[top] !== undefined) return false;
      if (top >= 0 && this.columns[top] === column) return this.keys[top] === undefined;
    }
    return this.open(column, false);
  }

  /** Closes the collections that begin at this column or behind it; false when one ends with a key that has no value. */
  private closeTo(column: number): boolean {
    for (; this.depth > 0 && this.columns[this.depth - 1]! >= column; this.depth--) {
      if (this.keys[this.depth - 1] !== undefined) return false;
    }
    return true;
  }

  private open(column: number, isList: boolean): boolean {
    const { depth } = this;
    if (depth === DEEPEST) return false;
    const list: unknown[] | undefined = isList ? [] : undefined;
    const mapping: Record<string, unknown> | undefined = isList ? undefined : {};
    if (depth > 0) {
      if (!this.place(list ?? mapping)) return false;
    } else if (this.root === undefined) this.root = list ?? mapping;
    else return false;
    this.columns[depth] = column;
    this.lists[depth] = list;
    this.mappings[depth] = mapping;
    this.keys[depth] = undefined;
    this.depth++;
    return true;
  }

  /** Puts a value into the innermost collection; false when a mapping waits for none. INVARIANT: a dash stands before an item of a list. */
  private place(value: unknown): boolean {
    const top = this.depth - 1;
    const list = this.lists[top];
    if (list !== undefined) {
      list.push(value);
      return true;
    }
    const key = this.keys[top];
    if (key === undefined) return false;
    this.mappings[top]![key] = value;
    this.keys[top] = undefined;
    return true;
  }

  /** A value that fills the rest of its line. Offset of the next line; negative when it is not understood. */
  private takeScalar(start: number): number {
    const { codes } = this;
    const first = codes[start]!;
    let end = start + 1;
    let value: unknown;
    if (first === 0x22 || first === 0x27) {
      while (codes[end] !== first && (CLASSES[codes[end]!]! & IN_QUOTES) !== 0) end++;
      if (codes[end] !== first) return -1;
      value = pooledText(this.text, codes, start + 1, end);
      end++;
    } else if ((first === 0x5b || first === 0x7b) && codes[end] === first + 2) {
      value = first === 0x5b ? [] : {};
      end++;
    } else {
      end = this.endOfPlain(start);
      if (end < 0) return -1;
      value = this.plain(start, end);
    }
    return codes[end] === NEWLINE && this.place(value) ? end + 1 : -1;
  }

  private endOfPlain(start: number): number {
    const { codes } = this;
    let at = start + (codes[start] === DASH ? 1 : 0);
    if ((CLASSES[codes[at]!]! & BEGINS_PLAIN) === 0) return -1;
    for (;;) {
      while ((CLASSES[codes[at]!]! & IN_PLAIN) !== 0) at++;
      // A colon or a space with something behind it.
      if ((codes[at] !== COLON && codes[at] !== SPACE) || (CLASSES[codes[at + 1]!]! & IN_PLAIN) === 0) return at;
      at++;
    }
  }

  private plain(start: number, end: number): unknown {
    const { codes } = this;
    if (end - start <= MOST_DIGITS && codes[start] !== 0x30) {
      let number = 0;
      let at = start;
      for (; at < end && codes[at]! >= 0x30 && codes[at]! <= 0x39; at++) number = number * 10 + codes[at]! - 0x30;
      if (at === end) return number;
    }
    const text = pooledText(this.text, codes, start, end);
    const value = resolvePlain(text);
    return value === undefined ? text : value;
  }
}

const reader = new BlockReader();

/** The document's mapping or list; undefined when it is not in plain style, or cannot be read. */
export function readYamlBlocks(text: string): object | undefined {
  return reader.read(text);
}
