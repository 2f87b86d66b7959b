/**
 * Why a text cannot be read: thrown by readers, caught where a file is read, where it becomes a diagnostic. Messages never hold a part of the text,
 * which may be a Secret.
 */
export class Fault extends Error {
  readonly code: string;
  /** Lines and columns from 1, in the file. */
  readonly line: number;
  readonly column: number;
  readonly hint: string | undefined;

  constructor(code: string, message: string, line: number, column: number, hint?: string) {
    super(message);
    this.name = 'Fault';
    this.code = code;
    this.line = line;
    this.column = column;
    this.hint = hint;
  }
}

/** Line and column, from 1, of an offset into a text that begins on line `firstLine`. */
export function placeOf(text: string, offset: number, firstLine: number): { line: number; column: number } {
  let line = firstLine;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

export function faultAt(text: string, offset: number, firstLine: number, code: string, message: string, hint?: string): Fault {
  const { line, column } = placeOf(text, offset, firstLine);
  return new Fault(code, message, line, column, hint);
}
