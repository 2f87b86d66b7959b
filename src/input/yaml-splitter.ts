/**
 * A stream of YAML text -> documents, and the items of lists one by one, so that a `kind: List` of any size needs the memory of one item. Lines are all
 * that is looked at: `---` and `...` in the first column end a document wherever they stand, and items of a block list begin in one column.
 */
import { Fault } from './fault.ts';
import { LARGEST_OBJECT } from './limits.ts';

export interface YamlSink {
  /** A whole document, or what is around the items of one (`rest`), which comes after its items. */
  document(text: string, line: number): void;
  /** An item; its dash has become a space. `listKind`: what the list has said about itself so far. */
  item(text: string, line: number, listKind: string | undefined): void;
  /** The end of a list. `rest` is the document without its items, empty for a list that stands alone; `tailLine` is the line of what follows `headLines` lines. */
  listEnd(rest: string, line: number, headLines: number, tailLine: number): void;
}

/** `flow`: the document begins on the line of its `---`, and is no block collection. */
type Mode = 'start' | 'mapping' | 'flow' | 'items' | 'tail';

const KIND_LINE = /kind:[ \t]+["']?([\w./-]+)/y;
const ITEMS_LINE = /["']?items["']?:[ \t]*(?:#[^\n]*)?\r?(?=\n|$)/y;

export class YamlSplitter {
  private readonly sink: YamlSink;
  private text = '';
  /** What came behind the text: a long document is joined with it when it has grown by a quarter, as joining takes time for all of it. */
  private pending = '';
  /** Offset and line (from 1) of the next line that has not been looked at. */
  private at = 0;
  private line: number;
  private unitStart = 0;
  private unitLine: number;
  private mode: Mode = 'start';
  private levelIndent = 0;
  private itemIndent = 0;
  private itemsMayFollow = false;
  private kind: string | undefined;
  private head = '';
  private headLine = 0;

  constructor(sink: YamlSink, firstLine: number) {
    this.sink = sink;
    this.line = firstLine;
    this.unitLine = firstLine;
  }

  push(chunk: string): void {
    this.pending += chunk;
    const unfinished = this.text.length - this.unitStart;
    if (this.pending.length * 4 >= unfinished || unfinished + this.pending.length > LARGEST_OBJECT) this.takePending();
  }

  private takePending(): void {
    this.text = this.text.slice(this.unitStart) + this.pending;
    this.pending = '';
    this.at -= this.unitStart;
    this.unitStart = 0;
    for (let end = this.text.indexOf('\n', this.at); end >= 0; end = this.text.indexOf('\n', this.at)) {
      this.takeLine(this.at, end);
      this.at = end + 1;
      this.line++;
    }
    if (this.text.length - this.unitStart > LARGEST_OBJECT) {
      throw new Fault('object-too-large', `one document or list item has more than ${LARGEST_OBJECT} characters`, this.unitLine, 1);
    }
  }

  end(): void {
    this.takePending();
    if (this.at < this.text.length) {
      this.takeLine(this.at, this.text.length);
      this.at = this.text.length;
    }
    this.endDocument(this.text.length);
    this.text = '';
  }

  private takeLine(start: number, end: number): void {
    const first = this.text.charCodeAt(start);
    // Behind a carriage return that ends no line is something, whatever stands before it: the document is read, and refused for that.
    if (this.mode === 'start' && this.holdsReturn(start, end)) this.mode = 'flow';
    if (first === 0x0a || first === 0x0d) return;
    if (first === 0x20) {
      // Nearly all lines: deeper than anything that is looked for.
      if (this.mode === 'mapping' && this.levelIndent === 0 && !this.itemsMayFollow) return;
    } else if ((first === 0x2d || first === 0x2e) && this.isMark(start, end)) {
      this.endDocument(start);
      // What stands behind `---` on its line belongs to the next document.
      this.unitStart = first === 0x2d ? start : Math.min(end + 1, this.text.length);
      this.unitLine = first === 0x2d ? this.line : this.line + 1;
      if (first === 0x2d && !/^---[ \t]*(?:#|\r?$)/.test(this.text.slice(start, Math.min(end, start + 256)))) this.mode = 'flow';
      return;
    }
    let at = start;
    while (at < end && this.text.charCodeAt(at) === 0x20) at++;
    const c = this.text.charCodeAt(at);
    if (at === end || c === 0x23 || c === 0x0d || (c === 0x25 && this.mode === 'start')) return;
    this.takeContent(start, at, at - start, c === 0x2d && isBreak(this.text.charCodeAt(at + 1)));
  }

  private holdsReturn(start: number, end: number): boolean {
    const at = this.text.slice(start, end).indexOf('\r');
    return at >= 0 && start + at < end - 1;
  }

  private isMark(start: number, end: number): boolean {
    const mark = this.text.slice(start, start + 3);
    return (mark === '---' || mark === '...') && (start + 3 >= end || isBreak(this.text.charCodeAt(start + 3)));
  }

  private takeContent(start: number, at: number, indent: number, dash: boolean): void {
    switch (this.mode) {
      case 'start':
        this.levelIndent = indent;
        if (dash) this.beginItems(start, indent);
        else this.takeKey(at);
        return;
      case 'mapping':
        if (this.itemsMayFollow) {
          this.itemsMayFollow = false;
          if (dash && indent >= this.levelIndent) {
            this.beginItems(start, indent);
            return;
          }
        }
        if (indent === this.levelIndent) this.takeKey(at);
        return;
      case 'items':
        if (indent > this.itemIndent) return;
        if (dash && indent === this.itemIndent) {
          this.endItem(start);
          this.startUnit(start);
        } else if (indent === this.levelIndent && this.head !== '' && !dash) {
          this.endItem(start);
          this.startUnit(start);
          this.mode = 'tail';
          this.takeKey(at);
        }
        return;
      case 'tail':
        if (indent === this.levelIndent) this.takeKey(at);
    }
  }

  private takeKey(at: number): void {
    if (this.mode === 'start') this.mode = 'mapping';
    KIND_LINE.lastIndex = at;
    this.kind = KIND_LINE.exec(this.text)?.[1] ?? this.kind;
    ITEMS_LINE.lastIndex = at;
    // A kind that is no list may have a field of this name.
    this.itemsMayFollow = this.mode === 'mapping' && ITEMS_LINE.test(this.text) && (this.kind === undefined || this.kind.endsWith('List'));
  }

  private startUnit(start: number): void {
    this.unitStart = start;
    this.unitLine = this.line;
  }

  private beginItems(start: number, indent: number): void {
    this.head = this.mode === 'start' ? '' : this.text.slice(this.unitStart, start);
    this.headLine = this.unitLine;
    this.mode = 'items';
    this.itemIndent = indent;
    this.startUnit(start);
  }

  private endItem(end: number): void {
    const dash = this.unitStart + this.itemIndent;
    const text = `${this.text.slice(this.unitStart, dash)} ${this.text.slice(dash + 1, end)}`;
    this.sink.item(text, this.unitLine, this.kind);
  }

  private endDocument(end: number): void {
    if (this.mode === 'items') {
      this.endItem(end);
      this.sink.listEnd(this.head, this.headLine, countLines(this.head), this.unitLine);
    } else if (this.mode === 'tail') {
      this.sink.listEnd(this.head + this.text.slice(this.unitStart, end), this.headLine, countLines(this.head), this.unitLine);
    } else if (this.mode === 'mapping' || this.mode === 'flow') {
      this.sink.document(this.text.slice(this.unitStart, end), this.unitLine);
    }
    this.mode = 'start';
    this.kind = undefined;
    this.head = '';
    this.itemsMayFollow = false;
    this.unitStart = end;
  }
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** A space, a tab, a line end, or the end of the text. */
function isBreak(c: number): boolean {
  return c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d || Number.isNaN(c);
}
