/**
 * A stream of JSON text -> objects in a collector: one object, several in a row (NDJSON, one a line or not), or the items of a list one by one. An object
 * is looked at for its kind first; what is not used is passed over.
 */

import { DEEPEST_LIST, type FileCollector, type ListKind } from './collector.ts';
import { Fault } from './fault.ts';
import type { Source } from './findings.ts';
import { readJsonQuickly } from './json-quick.ts';
import { INCOMPLETE, JsonError } from './json-skip.ts';
import { JsonSource } from './json-source.ts';
import { JsonText } from './json-text.ts';
import { JsonTokens } from './json-tokens.ts';
import { useOf } from './kinds.ts';
import { LARGEST_OBJECT, MOST_WAITING } from './limits.ts';
import { PlaceKeeper } from './place-keeper.ts';
import { labels, type Shape } from './shape.ts';
import { copyText } from './text-pool.ts';
import type { TextReader } from './text-reader.ts';

/** Does JSON stand here, rather than YAML in brackets or a template? */
export function looksLikeJson(text: string, start: number): boolean {
  return /^(?:\{\s*["}]|\[\s*[\]{["])/.test(text.slice(start, start + 1024)) && !text.startsWith('{{', start);
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

/** What a list has said about itself; its items may come first. */
interface OpenList {
  readonly bare: boolean;
  apiVersion: unknown;
  kind: unknown;
  /** After `]`, the rest of the list's own fields. */
  items: 'before-first' | 'after-item' | 'closed';
  readonly waiting: { readonly text: string; readonly line: number; readonly column: number }[];
  waitingLength: number;
}

interface Head {
  apiVersion: unknown;
  kind: unknown;
  /** Offset behind the `[` of `items`, when it came before everything else was known. */
  itemsAt: number;
}

const LONGEST_HEAD = 256;
const KIND_KEYS: ReadonlySet<string> = new Set(['apiVersion', 'kind']);

class JsonReader implements TextReader {
  private readonly file: string;
  private readonly collector: FileCollector;
  private readonly keeper: PlaceKeeper;
  private readonly depth: number;
  private readonly toYaml: ((line: number) => TextReader) | undefined;
  private readonly tokens = new JsonTokens(new JsonText());
  private list: OpenList | undefined;
  private yaml: TextReader | undefined;
  /** Line of the offset `counted`, and the offset where that line began (negative when it is gone). */
  private line: number;
  private counted = 0;
  private lineStart = 0;
  /** What the last object began with, up to and with its kind. */
  private lastHead: { readonly text: string; readonly head: Head } | undefined;
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
    this.line = line;
    this.depth = depth;
    this.toYaml = toYaml;
  }

  /** The column of the first character, where that is not 1. */
  startAt(column: number): void {
    this.lineStart = 1 - column;
  }

  push(chunk: string, bytes?: Uint8Array): void {
    if (this.yaml !== undefined) {
      this.yaml.push(chunk);
      return;
    }
    const { tokens } = this;
    this.placeAt(tokens.at);
    tokens.json.advance(tokens.at, chunk, bytes);
    this.lineStart -= tokens.at;
    this.counted = 0;
    tokens.at = 0;
    if (tokens.text.length < this.wanted) return;
    this.run(false);
    const left = tokens.text.length - tokens.at;
    if (left > LARGEST_OBJECT) {
      const place = this.placeAt(tokens.at);
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
          const place = this.placeAt(tokens.text.trimEnd().length);
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
      tokens.at++;
      this.list = { bare: true, apiVersion: undefined, kind: undefined, items: 'before-first', waiting: [], waitingLength: 0 };
      return true;
    }
    if (c === 0x2d && this.toYaml !== undefined) return this.handOver();
    if (c !== 0x7b) throw tokens.unexpected('an object');
    const start = tokens.at;
    const head = this.readHead();
    if (head.itemsAt >= 0) {
      tokens.at = head.itemsAt;
      this.list = { bare: false, apiVersion: head.apiVersion, kind: head.kind, items: 'before-first', waiting: [], waitingLength: 0 };
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
    const place = this.placeAt(tokens.at);
    this.yaml = this.toYaml!(place.line);
    this.yaml.push(tokens.text.slice(tokens.at));
    tokens.at = tokens.text.length;
    return true;
  }

  private stepInList(list: OpenList): boolean {
    const { tokens } = this;
    if (list.items === 'closed') {
      this.endList(list);
      return true;
    }
    if (list.items === 'after-item') {
      if (!tokens.more(0x5d)) {
        list.items = 'closed';
        return true;
      }
    } else if (tokens.peek() === 0x5d) {
      tokens.at++;
      list.items = 'closed';
      return true;
    }
    this.takeItem(list);
    list.items = 'after-item';
    return true;
  }

  private takeItem(list: OpenList): void {
    const { tokens } = this;
    if (tokens.peek() !== 0x7b) {
      // Null, a list, or something that is no object: for the collector to say.
      const start = tokens.at;
      const value = tokens.readValue(labels, 2);
      this.collector.add(value, this.sourceOf(start, tokens.at), { depth: this.depth + 1, owned: true });
      return;
    }
    const start = tokens.at;
    const head = this.readHead();
    tokens.at = start;
    if (head.kind === undefined && head.itemsAt < 0 && !list.bare && list.kind !== 'List') {
      if (typeof list.kind !== 'string') {
        tokens.skipValue(1);
        this.wait(list, start);
      } else this.take(head, this.depth + 1, kindOfItems(list));
      return;
    }
    // Completeness first: what has been taken from inside cannot be given back.
    if (head.itemsAt >= 0) tokens.skipValue(1);
    const end = tokens.at;
    tokens.at = start;
    if (head.itemsAt < 0) this.take(head, this.depth + 1, undefined);
    else this.takeNestedList(start, end);
  }

  private wait(list: OpenList, start: number): void {
    const text = this.tokens.text.slice(start, this.tokens.at);
    const place = this.placeAt(start);
    list.waiting.push({ text, ...place });
    list.waitingLength += text.length;
    if (list.waitingLength > MOST_WAITING) {
      throw new Fault(
        'object-too-large',
        `list items without a kind have more than ${MOST_WAITING} characters before the list says of which kind it is`,
        place.line,
        place.column,
      );
    }
  }

  private takeNestedList(start: number, end: number): void {
    const { tokens } = this;
    const place = this.placeAt(start);
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
    if (!list.bare) {
      const { apiVersion, kind } = list;
      const seen = new Set<string>(['items']);
      if (apiVersion !== undefined) seen.add('apiVersion');
      if (kind !== undefined) seen.add('kind');
      const found: { apiVersion: unknown; kind: unknown } = { apiVersion, kind };
      while (tokens.more(0x7d)) {
        const at = tokens.at;
        const key = tokens.readKey();
        if (seen.has(key)) throw new JsonError('duplicate-key', 'a key is written twice in one object', at);
        seen.add(key);
        if (KIND_KEYS.has(key)) found[key as 'kind'] = tokens.readValue(labels, 2);
        else tokens.skipValue(2);
      }
      Object.assign(list, found);
      if (typeof list.kind !== 'string' || !list.kind.endsWith('List')) {
        throw new JsonError('not-a-list', '`items` holds objects, but the document is of no kind of list', start);
      }
    }
    this.list = undefined;
    for (const item of list.waiting) {
      const inner = new JsonReader(this.file, this.collector, this.keeper, item.line, this.depth, undefined);
      inner.startAt(item.column);
      inner.tokens.json.advance(0, item.text, undefined);
      inner.take(inner.readHead(), this.depth + 1, list.bare ? undefined : kindOfItems(list));
    }
  }

  /** `apiVersion` and `kind` of the object that begins here; stops as soon as both are known, or at a list's items. */
  private readHead(): Head {
    const { tokens } = this;
    const start = tokens.at;
    // Objects of one kind come in a row, and most begin alike.
    if (this.lastHead !== undefined && tokens.text.startsWith(this.lastHead.text, start)) return this.lastHead.head;
    const head: Head = { apiVersion: undefined, kind: undefined, itemsAt: -1 };
    if (tokens.open(0x7d)) {
      do {
        const key = tokens.readKey();
        if (key === 'apiVersion' || key === 'kind') {
          const value = tokens.readValue(labels, 2);
          if (head[key] !== undefined) break;
          head[key] = value;
          if (typeof head.apiVersion === 'string' && typeof head.kind === 'string' && !head.kind.endsWith('List')) {
            if (tokens.at - start < LONGEST_HEAD) this.lastHead = { text: copyText(tokens.text.slice(start, tokens.at)), head };
            break;
          }
        } else if (
          key === 'items' &&
          tokens.peek() === 0x5b &&
          (head.kind === undefined || (typeof head.kind === 'string' && head.kind.endsWith('List')))
        ) {
          head.itemsAt = tokens.at + 1;
          break;
        } else tokens.skipValue(2);
      } while (tokens.more(0x7d));
    }
    tokens.at = head.itemsAt >= 0 ? tokens.at : start;
    return head;
  }

  /** The object that begins here, which is no list with items. */
  private take(head: Head, depth: number, listKind: ListKind | undefined): void {
    const { tokens, collector } = this;
    const start = tokens.at;
    const kind = head.kind ?? listKind?.kind;
    const apiVersion = head.kind === undefined ? listKind?.apiVersion : head.apiVersion;
    let shape: Shape = ANY_OBJECT;
    let told = listKind;
    if (typeof kind === 'string' && (apiVersion === undefined || typeof apiVersion === 'string')) {
      const use = useOf(apiVersion, kind);
      if (use.use === 'skip') {
        tokens.skipValue(1);
        collector.skip(kind, use.judges, { file: this.file, ...this.placeAt(start) });
        return;
      }
      if (use.use === 'read') shape = use.definition.shape;
      told = { apiVersion, kind };
    }
    const quick = readJsonQuickly(shape, tokens.text, start, this.columnAt(start));
    const value = quick === undefined ? tokens.readValue(shape, 1) : quick.value;
    if (quick !== undefined) tokens.at = quick.end;
    collector.add(value, this.sourceOf(start, tokens.at), { depth, listKind: told, owned: true });
  }

  private sourceOf(start: number, end: number): Source {
    const { line, column } = this.placeAt(start);
    return new JsonSource({ file: this.file, line, column }, this.tokens.json, start, end, this.keeper);
  }

  /** Line and column of an offset, which is not before any asked for since the text was last cut. */
  private placeAt(offset: number): { line: number; column: number } {
    const { text } = this.tokens;
    for (let newline = text.indexOf('\n', this.counted); newline >= 0 && newline < offset; newline = text.indexOf('\n', this.counted)) {
      this.line++;
      this.lineStart = newline + 1;
      this.counted = newline + 1;
    }
    return { line: this.line, column: offset - this.lineStart + 1 };
  }

  /** As `placeAt`, without going there: the object may turn out to be incomplete. */
  private columnAt(offset: number): number {
    const newline = this.tokens.text.lastIndexOf('\n', offset);
    return newline < 0 ? offset - this.lineStart + 1 : offset - newline;
  }

  private toFault({ code, message, offset, first }: JsonError): Fault {
    const before = first === undefined ? undefined : this.placeAt(first);
    const { line, column } = this.placeAt(offset);
    return new Fault(code, before === undefined ? message : `${message}, first at ${before.line}:${before.column}`, line, column);
  }
}

/** Read whole: for what is reported, not for what is used. */
const ANY_OBJECT: Shape = labels;

function kindOfItems({ apiVersion, kind }: OpenList): ListKind | undefined {
  if (typeof kind !== 'string' || kind === 'List') return undefined;
  return { apiVersion: typeof apiVersion === 'string' ? apiVersion : '', kind: kind.slice(0, -'List'.length) };
}
