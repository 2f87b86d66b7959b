/**
 * Places of the fields of a YAML document in plain block style, read from its lines: 20 times as fast as following the parser, and used for every policy.
 * The parser has accepted the document before. What is not understood at once (anchors, values over several lines, mappings in brackets) ends the
 * reading; the parser's events then tell (yaml-places).
 */
import type { PositionTable, PositionWriter } from './position-table.ts';
import { resolvePlain } from './yaml-schema.ts';

/** A block collection that is open, its entries at `column`. The entry that was entered last is open too. */
interface Block {
  readonly column: number;
  readonly isList: boolean;
  index: number;
  /** May lines below still belong to the open entry? */
  empty: boolean;
}

interface Walk {
  readonly text: string;
  readonly writer: PositionWriter;
  readonly blocks: Block[];
  line: number;
  /** Lines right of this column are text; -1 outside block scalars. */
  scalarColumn: number;
}

const KEY = /(?:([\w./-]+)|"([^"\\\n]*)"|'([^'\n]*)'):(?=[ \t\r\n]|$)/y;
/** Items without a comma in them, in quotes or not. */
const PLAIN_LIST = /^\[((?:[\w ,./-]|"[^"\\,]*"|'[^',]*')*)\][ \t]*(?:[ \t]#.*)?$/;
const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*(?:[ \t]#.*)?$/;

/** Undefined when the document is not in plain block style. */
export function readYamlLinePlaces(text: string, firstLine: number, writer: PositionWriter): PositionTable | undefined {
  writer.reset();
  const walk: Walk = { text, writer, blocks: [], line: firstLine, scalarColumn: -1 };
  for (let start = 0; start < text.length; walk.line++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (!takeLine(walk, start, text.charCodeAt(end - 1) === 0x0d ? end - 1 : end)) return undefined;
    start = end + 1;
  }
  while (walk.blocks.length > 0) closeBlock(walk.writer, walk.blocks);
  if (walk.writer.isEmpty) return undefined;
  walk.writer.leave();
  return walk.writer.finish();
}

function takeLine(walk: Walk, start: number, end: number): boolean {
  const { text, writer, blocks } = walk;
  let at = start;
  while (at < end && text.charCodeAt(at) === 0x20) at++;
  if (at >= end || text.charCodeAt(at) === 0x23) return true;
  let column = at - start;
  if (walk.scalarColumn >= 0) {
    if (column > walk.scalarColumn) return true;
    walk.scalarColumn = -1;
  }
  if (writer.isEmpty) {
    if (column === 0 && (text.startsWith('---', at) || text.charCodeAt(at) === 0x25)) return true;
    writer.enter(0, walk.line, column + 1);
  }
  let afterDash = false;
  while (text.charCodeAt(at) === 0x2d && (at + 1 >= end || text.charCodeAt(at + 1) === 0x20)) {
    if (!enterItem(walk, column, afterDash)) return false;
    afterDash = true;
    at++;
    while (at < end && text.charCodeAt(at) === 0x20) at++;
    column = at - start;
    // The item is where its content begins, or at its dash when that is on another line.
    writer.enter(blocks.at(-1)!.index, walk.line, at < end ? column + 1 : column);
    if (at >= end) return true;
  }
  KEY.lastIndex = at;
  const key = KEY.exec(text);
  if (key === null) return afterDash && takeValue(walk, blocks.at(-1)!, at, end, start);
  if (!enterKey(walk, column, afterDash)) return false;
  const plain = key[1] === undefined ? undefined : resolvePlain(key[1]);
  writer.enter(plain === undefined ? (key[1] ?? key[2] ?? key[3]!) : String(plain), walk.line, column + 1);
  at = KEY.lastIndex;
  while (at < end && (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09)) at++;
  return takeValue(walk, blocks.at(-1)!, at, end, start);
}

/** Opens a list, or goes on to its next item. */
function enterItem({ writer, blocks }: Walk, column: number, afterDash: boolean): boolean {
  if (!afterDash) {
    while (blocks.length > 0 && blocks.at(-1)!.column > column) closeBlock(writer, blocks);
    const top = blocks.at(-1);
    if (top?.isList && top.column === column) {
      writer.leave();
      top.index++;
      top.empty = true;
      return true;
    }
    if (top === undefined || !top.empty) return false;
  }
  blocks.push({ column, isList: true, index: 0, empty: true });
  return true;
}

/** Opens a mapping, or goes on to its next key. */
function enterKey({ writer, blocks }: Walk, column: number, afterDash: boolean): boolean {
  if (!afterDash) {
    while (blocks.length > 0 && (blocks.at(-1)!.column > column || (blocks.at(-1)!.column === column && blocks.at(-1)!.isList))) {
      closeBlock(writer, blocks);
    }
    const top = blocks.at(-1);
    if (top !== undefined && top.column === column) {
      writer.leave();
      top.empty = true;
      return true;
    }
    if (top !== undefined && !top.empty) return false;
  }
  blocks.push({ column, isList: false, index: 0, empty: true });
  return true;
}

/** What stands behind a key or a dash. */
function takeValue(walk: Walk, block: Block, at: number, end: number, lineStart: number): boolean {
  const { text, writer } = walk;
  const first = text[at];
  if (at >= end || first === '#') return true;
  block.empty = false;
  if (first === '|' || first === '>') {
    walk.scalarColumn = block.column;
    return true;
  }
  if (first === '&' || first === '*' || first === '!' || first === '?') return false;
  if (first === '"' || first === "'") return QUOTED.test(text.slice(at, end));
  if (first === '{') return /^\{[ ]*\}[ \t]*(?:[ \t]#.*)?$/.test(text.slice(at, end));
  if (first !== '[') return true;
  const items = PLAIN_LIST.exec(text.slice(at, end))?.[1];
  if (items === undefined) return false;
  let offset = at + 1;
  if (items.trim() === '') return true;
  for (const [i, item] of items.split(',').entries()) {
    writer.enter(i, walk.line, offset - lineStart + (item.length - item.trimStart().length) + 1);
    writer.leave();
    offset += item.length + 1;
  }
  return true;
}

function closeBlock(writer: PositionWriter, blocks: Block[]): void {
  writer.leave();
  blocks.pop();
}
