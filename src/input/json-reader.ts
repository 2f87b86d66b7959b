/**
 * A stream of JSON text -> objects in a collector: one object, several in a row (NDJSON, one a line or not), or the items of a list one by one. An object
 * is looked at for its kind first; what is not used is passed over.
 */

import { DEEPEST_LIST, type FileCollector, type ListKind } from './collector.ts';
import { Fault } from './fault.ts';
import type { Source } from './findings.ts';
import { type JsonHead, JsonHeads } from './json-head.ts';
import { JsonLines } from './json-lines.ts';
import { foreignUse, isDoubtful, KIND_KEYS, kindOfItems, type OpenList, openList, readListEnd, type Waiting, wait } from './json-list.ts';
import { readJsonQuickly } from './json-quick.ts';
import { INCOMPLETE, JsonError } from './json-skip.ts';
import { JsonSource } from './json-source.ts';
import { JsonText } from './json-text.ts';
import { JsonTokens } from './json-tokens.ts';
import { useOf } from './kinds.ts';
import { LARGEST_OBJECT } from './limits.ts';
import { PlaceKeeper } from './place-keeper.ts';
import { labels, type Shape } from './shape.ts';
import type { TextReader } from './text-reader.ts';

/** Does JSON stand here, rather than YAML in brackets or a template? Comments of other languages are meant to be in JSON, and are refused there. */
export function looksLikeJson(text: string, start: number): boolean {
  return /^(?:\/[/*]|\{\s*(?:["}]|\/[/*])|\[\s*(?:[\]{["]|\/[/*]))/.test(text.slice(start, start + 1024)) && !text.startsWith('{{', start);
}

/** Reads objects from a text that is all there, such as a document between those of YAML. `column` is that of the text's first character. */
export function readJsonText(
  text: string,
  line: number,
  column: number,
  file: string,
  collector: FileCollector,
  keeper: PlaceKeeper,
  depth: number,
): void {
  const reader = new JsonReader(file, collector, keeper, line, depth, undefined);
  reader.startAt(column);
  reader.push(text);
  reader.end();
}

/** `toYaml` makes the reader of what follows a line `---`. */
export function createJsonReader(
  file: string,
  collector: FileCollector,
  firstLine: number,
  toYaml: (line: number) => TextReader,
): TextReader {
  return new JsonReader(file, collector, new PlaceKeeper(), firstLine, 0, toYaml);
}

class JsonReader implements TextReader {
  private readonly file: string;
  private readonly collector: FileCollector;
  private readonly keeper: PlaceKeeper;
  private readonly depth: number;
  private readonly toYaml: ((line: number) => TextReader) | undefined;
  private readonly tokens = new JsonTokens(new JsonText());
  private readonly heads = new JsonHeads(this.tokens);
  private readonly lines: JsonLines;
  private list: OpenList | undefined;
  private yaml: TextReader | undefined;
  /** Not worth another try before the text is as long as this. */
  private wanted = 0;

  constructor(
    file: string,
    collector: FileCollector,
    keeper: PlaceKeeper,
    line: number,
    depth: number,
    toYaml: ((line: number) => TextReader) | undefined,
  ) {
    this.file = file;
    this.collector = collector;
    this.keeper = keeper;
    this.lines = new JsonLines(this.tokens.json, line);
    this.depth = depth;
    this.toYaml = toYaml;
  }

  /** The column of the first character, where that is not 1. */
  startAt(column: number): void {
    this.lines.startAt(column);
  }

  push(chunk: string, bytes?: Uint8Array): void {
    if (this.yaml !== undefined) {
      this.yaml.push(chunk);
      return;
    }
    const { tokens } = this;
    this.lines.cut(tokens.at);
    tokens.json.advance(tokens.at, chunk, bytes);
    tokens.at = 0;
    if (tokens.text.length < Math.min(this.wanted, LARGEST_OBJECT)) return;
    this.run(false);
    const left = tokens.text.length - tokens.at;
    if (left > LARGEST_OBJECT) {
      const place = this.lines.placeAt(tokens.at + Math.max(0, tokens.text.slice(tokens.at, tokens.at + 1024).search(/\S/)));
      throw new Fault('object-too-large', `one object or line has more than ${LARGEST_OBJECT} characters`, place.line, place.column);
    }
    this.wanted = left * 2;
  }

  end(): void {
    if (this.yaml === undefined) this.run(true);
    this.yaml?.end();
  }

  private run(final: boolean): void {
    const { tokens } = this;
    let safe = tokens.at;
    try {
      while (this.yaml === undefined && this.step()) safe = tokens.at;
      if (final && this.list !== undefined) throw INCOMPLETE;
    } catch (error) {
      if (error === INCOMPLETE) {
        if ((final && /\S/.test(tokens.text.slice(safe))) || (final && this.list !== undefined)) {
          const place = this.lines.placeAt(tokens.text.trimEnd().length);
          throw new Fault('truncated', 'the text ends in the middle of an object', place.line, place.column);
        }
        tokens.at = safe;
        return;
      }
      throw error instanceof JsonError ? this.toFault(error) : error;
    }
  }

  /** One object, or one step in a list. Returns false when there is no more text; throws INCOMPLETE, before anything has changed, when there is too little. */
  private step(): boolean {
    const { tokens, list } = this;
    if (list !== undefined) return this.stepInList(list);
    const c = tokens.peek();
    if (c === 0x5b) {
      this.list = openList(true, this.lines.placeAt(tokens.at++));
      return true;
    }
    if (c === 0x2d && this.toYaml !== undefined) return this.handOver();
    if (c !== 0x7b) throw tokens.unexpected('an object');
    const start = tokens.at;
    const head = this.heads.read();
    if (head.itemsAt >= 0) {
      tokens.at = head.itemsAt;
      this.list = openList(false, this.lines.placeAt(start), head.apiVersion, head.kind);
      return true;
    }
    tokens.at = start;
    this.take(head, this.depth, undefined);
    return true;
  }

  /** `---` after JSON: the rest is YAML, or JSON again. */
  private handOver(): boolean {
    const { tokens } = this;
    if (tokens.text.length - tokens.at < 4) throw INCOMPLETE;
    if (!/^---\s/.test(tokens.text.slice(tokens.at, tokens.at + 4))) throw tokens.unexpected('an object');
    const place = this.lines.placeAt(tokens.at);
    this.yaml = this.toYaml!(place.line);
    this.yaml.push(tokens.text.slice(tokens.at));
    tokens.at = tokens.text.length;
    return true;
  }

  private stepInList(list: OpenList): boolean {
    const { tokens } = this;
    if (list.state === 'closed') {
      this.endList(list);
      return true;
    }
    if (list.state === 'after-item') {
      if (!tokens.more(0x5d)) {
        list.state = 'closed';
        return true;
      }
    } else if (tokens.peek() === 0x5d) {
      tokens.at++;
      list.state = 'closed';
      return true;
    }
    this.takeItem(list);
    list.state = 'after-item';
    return true;
  }

  private takeItem(list: OpenList): void {
    const { tokens } = this;
    const isObject = tokens.peek() === 0x7b;
    const start = tokens.at;
    const head = isObject ? this.heads.read() : NO_HEAD;
    tokens.at = start;
    if (isDoubtful(list) && head.kind === undefined && head.itemsAt < 0) {
      tokens.skipValue(1);
      wait(list, { text: tokens.text.slice(start, tokens.at), ...this.lines.placeAt(start) });
      return;
    }
    if (!isObject) this.takeOther();
    else if (head.itemsAt >= 0) {
      // Completeness first: what has been taken from inside cannot be given back.
      tokens.skipValue(1);
      this.takeNestedList(start, tokens.at);
    } else this.take(head, this.depth + 1, head.kind === undefined ? kindOfItems(list) : undefined);
    list.taken = true;
  }

  /** Null, a list, or something that is no object: for the collector to say. */
  private takeOther(): void {
    const start = this.tokens.at;
    const value = this.tokens.readValue(labels, 2);
    this.collector.add(value, this.sourceOf(start, this.tokens.at), { depth: this.depth + 1, owned: true });
  }

  private takeNestedList(start: number, end: number): void {
    const { tokens } = this;
    const place = this.lines.placeAt(start);
    if (this.depth + 2 > DEEPEST_LIST) {
      throw new Fault('list-too-deep', `lists are inside each other more than ${DEEPEST_LIST} deep`, place.line, place.column);
    }
    const inner = new JsonReader(this.file, this.collector, this.keeper, place.line, this.depth + 1, undefined);
    inner.startAt(place.column);
    inner.push(tokens.text.slice(start, end));
    inner.end();
    tokens.at = end;
  }

  /** What follows the items: the list's other fields, and its end. */
  private endList(list: OpenList): void {
    const { tokens } = this;
    const start = tokens.at;
    if (!list.bare) readListEnd(list, tokens);
    this.list = undefined;
    const foreign = list.bare ? undefined : foreignUse(list);
    if (foreign !== undefined) {
      const { line, column } = list;
      this.collector.skip(foreign.kind, foreign.judges, { file: this.file, line, column });
      return;
    }
    if (!list.bare && !(typeof list.kind === 'string' && list.kind.endsWith('List'))) {
      throw new JsonError('not-a-list', '`items` holds objects, but the document is of no kind of list', start);
    }
    for (const item of list.waiting) this.takeWaiting(item, kindOfItems(list));
  }

  private takeWaiting({ text, line, column }: Waiting, listKind: ListKind | undefined): void {
    const inner = new JsonReader(this.file, this.collector, this.keeper, line, this.depth, undefined);
    inner.startAt(column);
    // A number ends where something else begins.
    inner.tokens.json.advance(0, `${text}\n`, undefined);
    if (inner.tokens.peek() === 0x7b) inner.take(inner.heads.read(), this.depth + 1, listKind);
    else inner.takeOther();
  }

  /** The object that begins here, which is no list with items. */
  private take(head: JsonHead, depth: number, listKind: ListKind | undefined): void {
    const { tokens, collector } = this;
    const start = tokens.at;
    const kind = head.kind ?? listKind?.kind;
    const apiVersion = head.kind === undefined ? listKind?.apiVersion : head.apiVersion;
    let shape: Shape = ANY_OBJECT;
    let told = listKind;
    if (typeof kind === 'string' && kind !== '' && (apiVersion === undefined || typeof apiVersion === 'string')) {
      const use = useOf(apiVersion, kind);
      if (use.use === 'skip') {
        skipObject(tokens);
        collector.skip(kind, use.judges, { file: this.file, ...this.lines.placeAt(start) });
        return;
      }
      if (use.use === 'read') {
        shape = use.definition.shape;
        const quick = readJsonQuickly(use.definition.shape, tokens.json, start);
        if (quick !== undefined) {
          tokens.at = quick.end;
          collector.addSound(use.definition, quick.value, this.sourceOf(start, quick.end));
          // INVARIANT: the source has asked for the place of `start`, and lines were counted from there.
          this.lines.pass(quick.newlines, quick.lineStart);
          return;
        }
      }
      told = { apiVersion, kind };
    }
    const value = tokens.readValue(shape, 1);
    collector.add(value, this.sourceOf(start, tokens.at), { depth, listKind: told, owned: true });
  }

  private sourceOf(start: number, end: number): Source {
    const { line, column } = this.lines.placeAt(start);
    return new JsonSource({ file: this.file, line, column }, this.tokens.json, start, end, this.keeper);
  }

  private toFault({ code, message, offset, first }: JsonError): Fault {
    const before = first === undefined ? undefined : this.lines.placeAt(first);
    const { line, column } = this.lines.placeAt(offset);
    return new Fault(code, before === undefined ? message : `${message}, first at ${before.line}:${before.column}`, line, column);
  }
}

/** Read whole: for what is reported, not for what is used. */
const ANY_OBJECT: Shape = labels;

const NO_HEAD: JsonHead = { apiVersion: undefined, kind: undefined, itemsAt: -1 };

/** Goes over an object that is not used. Its kind must be written once: what other readers take for it may be used. */
function skipObject(tokens: JsonTokens): void {
  const places = new Map<string, number>();
  if (!tokens.open(0x7d)) return;
  do {
    tokens.peek();
    const { at } = tokens;
    const key = tokens.readKey();
    if (KIND_KEYS.has(key)) {
      const first = places.get(key);
      if (first !== undefined) throw new JsonError('duplicate-key', 'a key is written twice in one object', at, first);
      places.set(key, at);
    }
    tokens.skipValue(2);
  } while (tokens.more(0x7d));
}
