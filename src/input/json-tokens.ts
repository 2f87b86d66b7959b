/**
 * Strict JSON (RFC 8259) from a text, guided by a shape: what no shape names is gone over without building values. So a dump of pods, most of which is not
 * used, costs little more than looking at it; nesting, duplicate keys and exact numbers are seen on the way. Texts are copies (see text-pool).
 */

import { setOwn } from '../lib/set-own.ts';
import { pooledText } from './code-pool.ts';
import { JsonError, nextToken, scalarEnd, skipColon, skipJson, skipString, tooDeep, unexpected } from './json-skip.ts';
import type { JsonText } from './json-text.ts';
import { DEEPEST_NESTING, MOST_KEYS } from './limits.ts';
import { OddScalar } from './odd-scalar.ts';
import { isLeftOut, type NamedShape, type ObjectShape, type Shape } from './shape.ts';
import { copyText } from './text-pool.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }),
);

export class JsonTokens {
  /** What is read, with its codes. */
  json: JsonText;
  at: number;

  constructor(json: JsonText, at = 0) {
    this.json = json;
    this.at = at;
  }

  get text(): string {
    return this.json.text;
  }

  /** The character after spaces. Throws INCOMPLETE at the end of the text. */
  peek(): number {
    const { json } = this;
    const c = json.codes[this.at]!;
    if (c > 0x20) return c;
    this.at = nextToken(json, this.at);
    return json.codes[this.at]!;
  }

  /** After a value in a collection: true when another follows. */
  more(close: number): boolean {
    const c = this.peek();
    if (c !== 0x2c && c !== close) throw this.unexpected(`\`,\` or \`${String.fromCharCode(close)}\``);
    this.at++;
    if (c === close) return false;
    if (this.peek() === close) throw new JsonError('json-syntax', 'a comma stands before a closing bracket', this.at);
    return true;
  }

  /** At `{` or `[`: goes over it, true when it is not closed at once. */
  open(close: number): boolean {
    this.at++;
    if (this.peek() !== close) return true;
    this.at++;
    return false;
  }

  /** A key and its colon. `refusesHalves`: of characters, as `readString`. */
  readKey(refusesHalves = true): string {
    if (this.peek() !== QUOTE) throw this.unexpected('a key in double quotes');
    const key = this.readString(refusesHalves);
    this.readColon();
    return key;
  }

  private readColon(): void {
    this.at = this.json.codes[this.at] === 0x3a ? this.at + 1 : skipColon(this.json, this.at);
  }

  readString(refusesHalves = true): string {
    const { json } = this;
    const { codes } = json;
    const start = this.at + 1;
    let at = start;
    let c = codes[at]!;
    while (c > BACKSLASH || (c !== QUOTE && c !== BACKSLASH && c >= 0x20)) c = codes[++at]!;
    if (c === QUOTE) {
      this.at = at + 1;
      return pooledText(json.text, codes, start, at);
    }
    this.at = skipString(json, start - 1);
    return this.unescape(json.text.slice(start, this.at - 1), start, refusesHalves);
  }

  /** INVARIANT: skipString has checked the escapes. */
  private unescape(text: string, start: number, refusesHalves: boolean): string {
    let result = '';
    let from = 0;
    for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
      const letter = text[at + 1]!;
      result += text.slice(from, at);
      result += letter === 'u' ? String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16)) : ESCAPES.get(letter)!;
      from = at + (letter === 'u' ? 6 : 2);
    }
    result += text.slice(from);
    if (refusesHalves && LONE_SURROGATE.test(result))
      throw new JsonError('invalid-text', 'half of a character (a lone surrogate) is in a text', start - 1);
    return copyText(result);
  }

  /** Goes over a value of any type. */
  skipValue(depth: number): void {
    this.at = skipJson(this.json, this.at, depth);
  }

  /** A value, without what the shape does not name. Where the type is another than the shape's, the value is read as it is. */
  readValue(shape: Shape, depth: number): unknown {
    const c = this.peek();
    if (c === QUOTE) return this.readString();
    if (c === 0x7b) {
      if (depth > DEEPEST_NESTING) throw tooDeep(this.at);
      return shape.type === 'object' ? this.readObject(shape, depth) : this.readAnyObject(depth);
    }
    if (c === 0x5b) {
      if (depth > DEEPEST_NESTING) throw tooDeep(this.at);
      const items: Shape = shape.type === 'list' ? shape.items : ANY;
      const list: unknown[] = [];
      if (!this.open(0x5d)) return list;
      do list.push(this.readValue(items, depth + 1));
      while (this.more(0x5d));
      return list;
    }
    return this.readScalar(c);
  }

  private readObject(shape: ObjectShape, depth: number): unknown {
    const start = this.at;
    const object: Record<string, unknown> = {};
    let skipped: string[] | undefined;
    let others = 0;
    if (!this.open(0x7d)) return object;
    do {
      if (this.peek() !== QUOTE) throw this.unexpected('a key in double quotes');
      const keyAt = this.at;
      const { json } = this;
      const end = skipString(json, keyAt);
      // Comparing in place: most keys are none that are read, and need no string of their own.
      const known = shape.find(json.codes, keyAt + 1, end - 1) ?? this.findEscaped(shape, keyAt, end);
      this.at = end;
      this.readColon();
      if (known === undefined ? shape.unknown === 'ignored' : known.shape.type === 'skipped') {
        if (known !== undefined) {
          skipped ??= [];
          if (skipped.includes(known.name)) throw this.duplicate(known.name, start, keyAt, depth);
          skipped.push(known.name);
        }
        this.at = skipJson(json, this.at, depth + 1);
        continue;
      }
      if (known !== undefined) {
        if (object[known.name] !== undefined || skipped?.includes(known.name)) throw this.duplicate(known.name, start, keyAt, depth);
        const value = this.readValue(known.shape, depth + 1);
        if (isLeftOut(known.shape, value)) {
          skipped ??= [];
          skipped.push(known.name);
        } else object[known.name] = value;
        continue;
      }
      const key = new JsonTokens(json, keyAt).readString();
      if (Object.hasOwn(object, key)) throw this.duplicate(key, start, keyAt, depth);
      if (++others > MOST_KEYS) throw tooManyKeys(keyAt);
      this.at = skipJson(json, this.at, depth + 1);
      setOwn(object, key, null);
    } while (this.more(0x7d));
    return object;
  }

  /** A key may be written with escapes and be that of a field all the same. */
  private findEscaped({ fields }: ObjectShape, keyAt: number, end: number): NamedShape | undefined {
    const { codes } = this.json;
    let at = keyAt;
    while (at < end && codes[at] !== BACKSLASH) at++;
    if (at === end) return undefined;
    const name = new JsonTokens(this.json, keyAt).readString();
    const shape = fields.get(name);
    return shape === undefined ? undefined : { name, shape };
  }

  private readAnyObject(depth: number): unknown {
    const start = this.at;
    const object: Record<string, unknown> = {};
    let keys = 0;
    if (!this.open(0x7d)) return object;
    do {
      this.peek();
      const keyAt = this.at;
      const key = this.readKey();
      if (Object.hasOwn(object, key)) throw this.duplicate(key, start, keyAt, depth);
      if (++keys > MOST_KEYS) throw tooManyKeys(keyAt);
      setOwn(object, key, this.readValue(ANY, depth + 1));
    } while (this.more(0x7d));
    return object;
  }

  private readScalar(c: number): unknown {
    const start = this.at;
    this.at = scalarEnd(this.json, start);
    if (c === 0x74 || c === 0x66) return c === 0x74;
    if (c === 0x6e) return null;
    const raw = this.text.slice(start, this.at);
    const value = Number(raw);
    return String(value) === raw ? value : new OddScalar(copyText(raw), value);
  }

  private duplicate(key: string, objectStart: number, second: number, depth: number): JsonError {
    const search = new JsonTokens(this.json, objectStart);
    search.open(0x7d);
    for (;;) {
      search.peek();
      const first = search.at;
      if (search.readKey() === key) return new JsonError('duplicate-key', 'a key is written twice in one object', second, first);
      search.skipValue(depth + 1);
      search.more(0x7d);
    }
  }

  /** INCOMPLETE at the end of the text, otherwise what is wrong with what comes next. */
  unexpected(what: string): JsonError {
    return unexpected(this.json, this.at, what);
  }
}

/** The shape of what is read whole. */
const ANY: Shape = { type: 'string' };

function tooManyKeys(at: number): JsonError {
  return new JsonError('too-many-keys', `an object has more than ${MOST_KEYS} keys`, at);
}
