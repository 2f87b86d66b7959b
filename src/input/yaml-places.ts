/**
 * Places of the fields of a YAML document, from the parser's own events: js-yaml says when it begins and ends a node. Used where a place is asked for
 * and the faster reading of lines (yaml-line-places) does not understand the document.
 */
import type { EventType, State } from 'js-yaml';
import type { PositionTable, PositionWriter } from './position-table.ts';

export type YamlListener = (event: EventType, state: State) => void;

/** A node as the parser went over it. Attempts that came to nothing are among them. */
interface Node {
  readonly start: number;
  readonly line: number;
  readonly column: number;
  end: number;
  kind: string | null;
  result: unknown;
  children: Node[];
}

/** The places of all fields; `listen` runs the parser over the text with a listener. */
export function readYamlPlaces(
  text: string,
  firstLine: number,
  writer: PositionWriter,
  listen: (listener: YamlListener) => unknown,
): PositionTable {
  const { root } = follow(listen);
  writer.reset();
  writer.enter(0, firstLine + (root?.line ?? 0), (root?.column ?? 0) + 1);
  if (root !== undefined) addChildren(root, text, firstLine, writer);
  writer.leave();
  return writer.finish();
}

/** The first of two equal keys, when the parser stopped at the second. */
export function firstKeyLikeLast(
  listen: (listener: YamlListener) => unknown,
  firstLine: number,
): { line: number; column: number } | undefined {
  const { open } = follow(listen);
  for (const { children } of open.reverse()) {
    // The parser has read the value of the second key; the key itself is before it, or is the last node where there is no value.
    for (const last of [children.at(-2), children.at(-1)]) {
      const first = children.find(
        ({ result, start }) => last !== undefined && start < last.start && String(result) === String(last.result),
      );
      if (first !== undefined) return { line: firstLine + first.line, column: first.column + 1 };
    }
  }
  return undefined;
}

/** May a key be a list, or missing? js-yaml makes texts of such keys, `a` of `[a]` for instance; Kubernetes refuses them. */
export function mayHaveOddKeys(text: string): boolean {
  return /[\]}][ \t]*:(?=[\s,[\]{}]|$)|(?:^|[\n{,[?-])[ \t]*[?:](?=\s|$)|\*[^\s,[\]{}]+[ \t]+:/.test(text);
}

/** The first key that is a list, or missing. A mapping as a key is told from the text that js-yaml makes of it. */
export function firstOddKey(
  listen: (listener: YamlListener) => unknown,
  text: string,
  firstLine: number,
): { line: number; column: number } | undefined {
  const { root } = follow(listen);
  const stack = root === undefined ? [] : [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { children } = node;
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]!);
    if (node.kind !== 'mapping') continue;
    for (let i = 0; i < children.length; ) {
      const key = children[i++]!;
      if (Array.isArray(key.result) || (key.result === null && key.kind === null))
        return { line: firstLine + key.line, column: key.column + 1 };
      if (text[afterSpace(text, key.end)] === ':') i++;
    }
  }
  return undefined;
}

/** Offset of the next character that is no space, line end or comment. */
function afterSpace(text: string, at: number): number {
  for (; ; at++) {
    const c = text[at];
    if (c === '#' && /\s/.test(text[at - 1] ?? ' ')) while (at + 1 < text.length && text[at + 1] !== '\n') at++;
    else if (c === undefined || !/\s/.test(c)) return at;
  }
}

/** Where the node begins that the parser stopped in. */
export function lastNodeStart(
  listen: (listener: YamlListener) => unknown,
  firstLine: number,
): { line: number; column: number } | undefined {
  const last = follow(listen).open.at(-1);
  return last === undefined ? undefined : { line: firstLine + last.line, column: last.column + 1 };
}

function follow(listen: (listener: YamlListener) => unknown): { root: Node | undefined; open: Node[] } {
  const open: Node[] = [];
  let root: Node | undefined;
  listen((event, state) => {
    if (event === 'open') {
      const node: Node = { ...startOf(state), end: 0, kind: null, result: undefined, children: [] };
      open.at(-1)?.children.push(node);
      root ??= node;
      open.push(node);
      return;
    }
    const node = open.pop();
    if (node === undefined) return;
    node.end = state.position;
    node.kind = state.kind;
    node.result = state.result;
    const [only] = node.children;
    // A collection in brackets was first tried as a key: the node itself is the attempt.
    if (only !== undefined && node.children.length === 1 && only.kind === node.kind && only.result === node.result)
      node.children = only.children;
  });
  return { root, open };
}

/** Where the node's first character is: the parser has not yet gone over spaces, line ends and comments. */
function startOf({ input, position, line, lineStart }: State): { start: number; line: number; column: number } {
  for (let at = position; ; at++) {
    const c = input.charCodeAt(at);
    if (c === 0x0a) {
      line++;
      lineStart = at + 1;
    } else if (c === 0x23 && (at === lineStart || /\s/.test(input[at - 1] ?? ''))) {
      while (input.charCodeAt(at + 1) !== 0x0a && at + 1 < input.length) at++;
    } else if (c !== 0x20 && c !== 0x0d && c !== 0x09) {
      return { start: at, line, column: at - lineStart };
    }
  }
}

function addChildren({ kind, children }: Node, text: string, firstLine: number, writer: PositionWriter): void {
  if (kind === 'sequence') {
    for (const [i, child] of children.entries()) addField(i, child, child, text, firstLine, writer);
  } else if (kind === 'mapping') {
    for (let i = 0; i < children.length; ) {
      const key = children[i++]!;
      const value = isKey(key, text) ? children[i++] : undefined;
      if (typeof key.result !== 'object' || key.kind === 'scalar') addField(String(key.result), key, value, text, firstLine, writer);
    }
  }
}

function addField(
  part: string | number,
  place: Node,
  value: Node | undefined,
  text: string,
  firstLine: number,
  writer: PositionWriter,
): void {
  writer.enter(part, firstLine + place.line, place.column + 1);
  if (value !== undefined) addChildren(value, text, firstLine, writer);
  writer.leave();
}

function isKey({ end }: Node, text: string): boolean {
  let at = end;
  while (text.charCodeAt(at) === 0x20) at++;
  return text.charCodeAt(at) === 0x3a;
}
