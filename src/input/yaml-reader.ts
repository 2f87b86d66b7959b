/**
 * A stream of YAML text -> objects in a collector: splits, recognises, parses what is used, and leaves the rest unparsed.
 */
import type { Origin } from '../model/origin.ts';
import { DEEPEST_LIST, type FileCollector, type ListKind } from './collector.ts';
import { Fault } from './fault.ts';
import { looksLikeJson, readJsonText } from './json-reader.ts';
import { useOf } from './kinds.ts';
import { MOST_WAITING } from './limits.ts';
import { isMapping } from './narrow.ts';
import { PlaceKeeper } from './place-keeper.ts';
import { isReadWhole, soundPart } from './read-whole.ts';
import type { TextReader } from './text-reader.ts';
import { readYamlBlocks } from './yaml-blocks.ts';
import { outlineOf } from './yaml-outline.ts';
import { parseYaml } from './yaml-parse.ts';
import { YamlSource } from './yaml-source.ts';
import { type YamlSink, YamlSplitter } from './yaml-splitter.ts';

export function createYamlReader(file: string, collector: FileCollector, firstLine: number): TextReader {
  const keeper = new PlaceKeeper();
  return new YamlSplitter(new ObjectSink(file, collector, keeper, 0), firstLine);
}

/** Ends no line here, and one to YAML: what follows a comment or stands in front is not nothing, and the parser refuses it. */
const LONE_RETURN = /\r(?!\n)/;

const NOT_KNOWN = { kind: undefined, apiVersion: undefined };

/** An item that says of no kind: its list says it, perhaps at its end. */
interface Waiting {
  readonly text: string;
  readonly line: number;
}

class ObjectSink implements YamlSink {
  private readonly file: string;
  private readonly collector: FileCollector;
  private readonly keeper: PlaceKeeper;
  /** In how many lists this text stands. */
  private readonly depth: number;
  private waiting: Waiting[] = [];
  private waitingLength = 0;
  /** Has an item of the open list been given to the collector? */
  private taken = false;

  constructor(file: string, collector: FileCollector, keeper: PlaceKeeper, depth: number) {
    this.file = file;
    this.collector = collector;
    this.keeper = keeper;
    this.depth = depth;
  }

  document(text: string, line: number): void {
    // The splitter has found no items.
    this.take(text, line, this.depth, undefined, false);
  }

  item(text: string, line: number, listKind: string | undefined): void {
    const outline = outlineOf(text);
    if (outline.start === text.length && !LONE_RETURN.test(text)) return;
    // What is no mapping of its own may belong to an object that is no list.
    if (outline.certain ? outline.kind === undefined && listKind !== 'List' : listKind === undefined) {
      this.waiting.push({ text, line });
      this.waitingLength += text.length;
      if (this.waitingLength > MOST_WAITING) {
        throw new Fault(
          'object-too-large',
          `list items without a kind have more than ${MOST_WAITING} characters before the list says of which kind it is`,
          line,
          1,
        );
      }
      return;
    }
    this.take(text, line, this.depth + 1, undefined, true);
    this.taken = true;
  }

  listEnd(rest: string, line: number, headLines: number, tailLine: number): void {
    const { waiting, taken } = this;
    this.waiting = [];
    this.waitingLength = 0;
    this.taken = false;
    let listKind: ListKind | undefined;
    if (rest !== '') {
      const value = this.parseRest(rest, line, headLines, tailLine);
      const kind = isMapping(value) ? value.kind : undefined;
      const apiVersion = isMapping(value) ? value.apiVersion : undefined;
      if (typeof kind !== 'string' || !kind.endsWith('List')) {
        if (!taken && this.skipForeign(apiVersion, kind, rest, line)) return;
        throw new Fault('not-a-list', '`items` holds objects, but the document is of no kind of list', line, 1, 'expected `kind: List`');
      }
      if (kind !== 'List') listKind = { apiVersion: typeof apiVersion === 'string' ? apiVersion : '', kind: kind.slice(0, -'List'.length) };
    }
    for (const item of waiting) this.take(item.text, item.line, this.depth + 1, listKind, true);
  }

  /** An object of another API may have a field `items` of its own; when none of its items has said that it is an object, none of them is one. */
  private skipForeign(apiVersion: unknown, kind: unknown, rest: string, line: number): boolean {
    if (typeof kind !== 'string' || kind === '' || (apiVersion !== undefined && typeof apiVersion !== 'string')) return false;
    const use = useOf(apiVersion, kind);
    if (use.use !== 'skip') return false;
    const outline = outlineOf(rest);
    this.collector.skip(kind, use.judges, { file: this.file, line: line + outline.line, column: outline.indent + 1 });
    return true;
  }

  /** The lines before the items and those after them, as one document; faults get the lines of the file. */
  private parseRest(rest: string, line: number, headLines: number, tailLine: number): unknown {
    try {
      return parseYaml(rest, line);
    } catch (error) {
      if (!(error instanceof Fault) || error.line < line + headLines) throw error;
      throw new Fault(error.code, error.message, error.line - line - headLines + tailLine, error.column, error.hint);
    }
  }

  /** `maySplit`: the text has not been looked at for items of its own. */
  private take(text: string, line: number, depth: number, listKind: ListKind | undefined, maySplit: boolean): void {
    const outline = outlineOf(text);
    if (outline.start === text.length && !LONE_RETURN.test(text)) return;
    const origin: Origin = { file: this.file, line: line + outline.line, column: outline.indent + 1 };
    const { kind, apiVersion } = !outline.certain ? NOT_KNOWN : (outline.kind === undefined && listKind) || outline;
    if (kind !== undefined) {
      const use = useOf(apiVersion, kind);
      if (use.use === 'skip') {
        this.collector.skip(kind, use.judges, origin);
        return;
      }
      if (use.use === 'list' && maySplit && depth < DEEPEST_LIST && /(?:^|\n)[ ]*["']?items["']?:[ \t]*(?:#[^\n]*)?\r?\n/.test(text)) {
        this.takeList(text, line, depth);
        return;
      }
    }
    if (looksLikeJson(text, outline.start)) {
      readJsonText(text.slice(outline.start), origin.line, origin.column, this.file, this.collector, this.keeper, depth);
      return;
    }
    const source = new YamlSource(origin, text, line, outline.certain, this.keeper);
    const plain = outline.certain ? readYamlBlocks(text) : undefined;
    const use = plain !== undefined && kind !== undefined ? useOf(apiVersion, kind) : undefined;
    const sound = use?.use === 'read' && isReadWhole(use.definition.shape) ? soundPart(use.definition.shape, plain) : undefined;
    if (use?.use === 'read' && sound !== undefined) this.collector.addSound(use.definition, sound, source);
    else this.collector.add(plain ?? parseYaml(text, line), source, { depth, listKind });
  }

  /** A list inside a list: its items may be what must not be parsed. */
  private takeList(text: string, line: number, depth: number): void {
    const splitter = new YamlSplitter(new ObjectSink(this.file, this.collector, this.keeper, depth), line);
    splitter.push(text);
    splitter.end();
  }
}
