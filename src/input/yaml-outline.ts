/**
 * The first level of a YAML document, read from its lines without a parser: enough to say of which kind the object is. Most of what a dump holds is not
 * used and need not be parsed; and a Secret must not be. The answer is certain only for plain block mappings; when anything else stands in the first
 * column, the parser has to decide.
 */

export interface Outline {
  /** Offset of the first character that counts; the length of the text when there is none. */
  readonly start: number;
  /** Its column, from 0, and its line, from 0. */
  readonly indent: number;
  readonly line: number;
  readonly kind: string | undefined;
  readonly apiVersion: string | undefined;
  /** Are `kind` and `apiVersion` what a parser would find, absence included? */
  readonly certain: boolean;
}

/** `key:` and what follows it on the line. The key may be in quotes without escapes. */
const KEY_LINE = /(?:([A-Za-z][\w.-]*)|"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'):(?:[ \t]+([^\n]*))?(?=\r?(?:\n|$))/y;
const SIMPLE_VALUE = /^(?:([\w./-]+)|"([\w./-]+)"|'([\w./-]+)')[ \t]*(?:[ \t]#[^\n]*)?\r?$/;

/** Text in every reader of YAML: it begins with a letter and is no word for true, false or null. */
const PLAIN_NAME = /^(?!(?:true|false|yes|no|on|off|y|n|null)$)[a-z]/i;

/** Does nothing but a comment, a directive or a document mark stand here? */
function isIdle(text: string, at: number, column: number): boolean {
  const c = text.charCodeAt(at);
  if (c === 0x0a || c === 0x0d || c === 0x23 || Number.isNaN(c)) return true;
  if (column !== 0) return false;
  return c === 0x25 || /^---[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/.test(text.slice(at, at + 80));
}

export function outlineOf(text: string): Outline {
  let lineStart = 0;
  let line = 0;
  let start = -1;
  let indent = 0;
  let firstLine = 0;
  let certain = true;
  // Has the last line said the kind or version? Text that is deeper would go on with that scalar.
  let open = false;
  const found = new Map<string, string>();
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const end = newline < 0 ? text.length : newline;
    let at = lineStart;
    // Most lines are deeper than the first level: one comparison tells.
    const deeper = start >= 0 && text.charCodeAt(lineStart) === 0x20 && text.charCodeAt(lineStart + indent) === 0x20;
    if (!deeper || open) {
      while (at < end && text.charCodeAt(at) === 0x20) at++;
      const column = at - lineStart;
      if (start < 0) {
        if (!isIdle(text, at, column) && at < end) [start, indent, firstLine] = [at, column, line];
      }
      if (start >= 0 && at < end && !isIdle(text, at, 1)) {
        const before = found.size;
        certain = (deeper ? !open : takeLine(text, at, column === indent, found)) && certain;
        open = found.size > before;
      }
    }
    lineStart = end + 1;
    line++;
  }
  return {
    start: start < 0 ? text.length : start,
    indent,
    line: firstLine,
    kind: found.get('kind'),
    apiVersion: found.get('apiVersion'),
    certain: certain && start >= 0,
  };
}

/** Returns false when the line is none that this reading understands. */
function takeLine(text: string, at: number, onLevel: boolean, found: Map<string, string>): boolean {
  if (!onLevel) return false;
  // The items of a list may stand in the column of its key.
  if (text.charCodeAt(at) === 0x2d && /[\s]/.test(text[at + 1] ?? ' ')) return true;
  KEY_LINE.lastIndex = at;
  const match = KEY_LINE.exec(text);
  if (match === null) return false;
  const key = match[1] ?? match[2] ?? match[3]!;
  if (key !== 'kind' && key !== 'apiVersion') return true;
  const value = SIMPLE_VALUE.exec(match[4] ?? '');
  const simple = value?.[1] ?? value?.[2] ?? value?.[3];
  if (simple === undefined || found.has(key)) return false;
  // Without quotes it may be a number, or a word that stands for another value.
  if (value?.[1] !== undefined && !PLAIN_NAME.test(simple)) return false;
  found.set(key, simple);
  return true;
}
