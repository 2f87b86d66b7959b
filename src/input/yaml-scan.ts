/**
 * Looks at the text of one YAML document before a parser does: nesting, aliases, line ends. Parsers recurse, so depth must be known before.
 */
import { Fault, faultAt } from './fault.ts';
import { DEEPEST_NESTING, MOST_ALIASES } from './limits.ts';

const ALIAS = /(?:^|[\s[{,])\*[^\s,[\]{}*]/g;

/** Might the document hold aliases? Text inside quotes can look like one, so this is an upper bound. */
export function countAliases(text: string): number {
  if (!text.includes('&') || !text.includes('*')) return 0;
  let count = 0;
  for (const _ of text.matchAll(ALIAS)) count++;
  return count;
}

/** @throws {Fault} when the document must not reach the parser */
export function scanYaml(text: string, firstLine: number): void {
  if (text.includes('\r')) {
    const lone = text.search(/\r(?!\n)/);
    if (lone >= 0) {
      throw faultAt(
        text,
        lone,
        firstLine,
        'lone-carriage-return',
        'a carriage return without a line feed ends no line',
        'save the file with LF or CRLF line ends',
      );
    }
  }
  if (countAliases(text) > MOST_ALIASES) {
    throw new Fault('too-many-aliases', `the document has more than ${MOST_ALIASES} aliases`, firstLine, 1, 'write the values out');
  }
  if (mayBeDeep(text)) scanDepth(text, firstLine);
}

/**
 * A cheap upper bound: a level of block nesting takes a column (a list may stand in its key's column, so two), a level of flow nesting takes a bracket.
 */
function mayBeDeep(text: string): boolean {
  const columns = /(?:^|\n)[ ?-]{24}/.test(text) ? 64 : 24;
  if (columns * 2 > DEEPEST_NESTING) return true;
  if (!text.includes('[') && !text.includes('{')) return false;
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5b || c === 0x7b) {
      if (++depth > deepest) deepest = depth;
    } else if ((c === 0x5d || c === 0x7d) && depth > 0) depth--;
  }
  return deepest + columns * 2 > DEEPEST_NESTING;
}

const SPACE = 0x20;
const NEWLINE = 0x0a;
const DASH = 0x2d;

/** What is open at the start of a line. */
interface DepthState {
  /** Columns where block collections begin, twice, plus one for a list: a list may stand in its key's column. */
  readonly blocks: number[];
  flow: number;
  /** The quote that is open, or 0. */
  quote: number;
  /** The column that a block scalar's lines are right of; -2 outside block scalars. */
  scalarParent: number;
}

/** @throws {Fault} when the nesting is too deep. Quotes, comments and block scalars are left out of the count. */
function scanDepth(text: string, firstLine: number): void {
  const state: DepthState = { blocks: [], flow: 0, quote: 0, scalarParent: -2 };
  let line = firstLine;
  for (let start = 0; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    scanLine(text, start, end, line, state);
    start = end + 1;
  }
}

function scanLine(text: string, start: number, end: number, line: number, state: DepthState): void {
  let at = start;
  while (at < end && text.charCodeAt(at) === SPACE) at++;
  if (at === end || text.charCodeAt(at) === 0x0d) return;
  if (state.flow === 0 && state.quote === 0) {
    if (state.scalarParent > -2) {
      if (at - start > state.scalarParent) return;
      state.scalarParent = -2;
    }
    if (text.charCodeAt(at) === 0x23) return;
    at = enterBlocks(text, start, at, end, line, state);
  }
  scanContent(text, start, at, end, line, state);
}

/** Each `- ` or `? ` opens a list or a key at its column; what follows them is a collection at its own. */
function enterBlocks(text: string, start: number, at: number, end: number, line: number, state: DepthState): number {
  while (at < end && (text.charCodeAt(at) === DASH || text.charCodeAt(at) === 0x3f)) {
    const next = at + 1 < end ? text.charCodeAt(at + 1) : NEWLINE;
    if (next !== SPACE && next !== NEWLINE && next !== 0x0d) break;
    enter(state, 2 * (at - start) + 1, line, at - start);
    at++;
    while (at < end && text.charCodeAt(at) === SPACE) at++;
  }
  if (at < end) enter(state, 2 * (at - start), line, at - start);
  return at;
}

function enter({ blocks, flow }: DepthState, column: number, line: number, at: number): void {
  while (blocks.length > 0 && blocks[blocks.length - 1]! > column) blocks.pop();
  if (blocks.length === 0 || blocks[blocks.length - 1]! < column) blocks.push(column);
  checkDepth(blocks.length + flow, line, at);
}

function checkDepth(depth: number, line: number, at: number): void {
  if (depth > DEEPEST_NESTING) throw new Fault('too-deep', `the document is nested more than ${DEEPEST_NESTING} deep`, line, at + 1);
}

function scanContent(text: string, start: number, from: number, end: number, line: number, state: DepthState): void {
  // Quotes and block scalar marks count only where a value begins.
  let valueStarts = true;
  for (let at = from; at < end; at++) {
    const c = text.charCodeAt(at);
    if (state.quote !== 0) {
      if (c === 0x5c && state.quote === 0x22) at++;
      else if (c === state.quote) state.quote = 0;
      continue;
    }
    if (c === SPACE) continue;
    if (valueStarts && (c === 0x22 || c === 0x27)) {
      state.quote = c;
    } else if (c === 0x23 && (at === from || text.charCodeAt(at - 1) === SPACE)) {
      return;
    } else if (valueStarts && state.flow === 0 && (c === 0x7c || c === 0x3e)) {
      // INVARIANT: the innermost block is the key's, or that of the scalar itself after a dash.
      state.scalarParent = Math.floor((at === from ? (state.blocks.at(-2) ?? -1) : state.blocks.at(-1)!) / 2);
      return;
    } else if ((c === 0x5b || c === 0x7b) && (valueStarts || state.flow > 0)) {
      state.flow++;
      checkDepth(state.blocks.length + state.flow, line, at - start);
      valueStarts = true;
      continue;
    } else if ((c === 0x5d || c === 0x7d) && state.flow > 0) {
      state.flow--;
    }
    const next = at + 1 < end ? text.charCodeAt(at + 1) : NEWLINE;
    valueStarts = (c === 0x3a && (next === SPACE || next === NEWLINE || state.flow > 0)) || (c === 0x2c && state.flow > 0);
  }
}
