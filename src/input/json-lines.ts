/**
 * Lines and columns of a JSON text that comes in pieces and is cut at its front: counted only as far as somebody asks.
 */
import type { JsonText } from './json-text.ts';

export class JsonLines {
  private readonly json: JsonText;
  /** Line of the offset `counted`, and the offset where that line began (negative when it is gone). */
  private line: number;
  private counted = 0;
  private lineStart = 0;
  /** No line ends between `counted` and here: a text of a single line is not searched again for every object. */
  private sameLineTo = 0;

  constructor(json: JsonText, firstLine: number) {
    this.json = json;
    this.line = firstLine;
  }

  /** The column of the first character, where that is not 1. */
  startAt(column: number): void {
    this.lineStart = 1 - column;
  }

  /** To be called before the text loses what is before `offset`. */
  cut(offset: number): void {
    // What is unfinished is looked at when it is whole, and not again for each piece that comes.
    if (offset === 0) return;
    this.placeAt(offset);
    this.lineStart -= offset;
    this.counted = 0;
    this.sameLineTo = Math.max(0, this.sameLineTo - offset);
  }

  /** Line and column of an offset, which is not before any asked for since the text was last cut. */
  placeAt(offset: number): { line: number; column: number } {
    for (let newline = this.nextNewline(); newline < offset; newline = this.nextNewline()) {
      this.line++;
      this.lineStart = newline + 1;
      this.counted = newline + 1;
    }
    return { line: this.line, column: offset - this.lineStart + 1 };
  }

  /** The reader has counted from the offset that was asked for last: so many lines end behind it, and the line after them begins at `lineStart`. */
  pass(newlines: number, lineStart: number): void {
    if (newlines === 0) return;
    this.line += newlines;
    this.lineStart = this.counted = lineStart;
  }

  /** The first newline that has not been counted; infinite when there is none yet. */
  private nextNewline(): number {
    const { text } = this.json;
    const newline = text.indexOf('\n', Math.max(this.counted, this.sameLineTo));
    this.sameLineTo = newline < 0 ? text.length : newline;
    return newline < 0 ? Number.POSITIVE_INFINITY : newline;
  }
}
