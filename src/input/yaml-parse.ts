/**
 * One YAML document -> its value, by js-yaml with the reading of Kubernetes; what is wrong with it becomes a Fault with a place and without a part of the
 * text, where js-yaml's own messages quote the line.
 */
import { type LoadOptions, load, YAMLException } from 'js-yaml';
import { quote } from '../lib/quote.ts';
import { Fault, faultAt, placeOf } from './fault.ts';
import { LONGEST_WITHOUT_TOO_MANY_KEYS, MOST_EXPANDED_NODES, MOST_KEYS } from './limits.ts';
import { OddScalar } from './odd-scalar.ts';
import { type FieldPath, formatPath } from './problem.ts';
import { firstKeyLikeLast, firstOddKey, lastNodeStart, mayHaveOddKeys, type YamlListener } from './yaml-places.ts';
import { countAliases, scanYaml } from './yaml-scan.ts';
import { kubernetesYaml } from './yaml-schema.ts';

const OPTIONS: LoadOptions = { schema: kubernetesYaml };

/**
 * The value of the document; scalars with an odd spelling are OddScalar.
 * @throws {Fault} when it cannot be read
 */
export function parseYaml(text: string, firstLine: number): unknown {
  scanYaml(text, firstLine);
  let value: unknown;
  try {
    value = load(text, OPTIONS);
  } catch (error) {
    if (error instanceof YAMLException) throw explain(error, text, firstLine);
    // What else a hostile document may run into, a RangeError of the stack for instance.
    throw new Fault('yaml-syntax', 'the document is not valid YAML', firstLine, 1);
  }
  if (mayHaveOddKeys(text)) {
    const place = firstOddKey((listener) => listenToYaml(text, listener), text, firstLine);
    if (place !== undefined) throw new Fault('invalid-key', 'a key is a list or is missing, expected text', place.line, place.column);
  }
  if (countAliases(text) > 0) checkExpansion(value, firstLine);
  if (text.length > LONGEST_WITHOUT_TOO_MANY_KEYS) checkKeys(value, [], firstLine);
  return value;
}

/** INVARIANT: the nesting has been checked. */
function checkKeys(value: unknown, path: FieldPath, line: number): void {
  if (typeof value !== 'object' || value === null || value instanceof OddScalar) return;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (typeof value[i] === 'object') checkKeys(value[i], [...path, i], line);
    return;
  }
  const keys = Object.keys(value);
  if (keys.length > MOST_KEYS) {
    const where = path.length === 0 ? 'the document' : quote(formatPath(path));
    throw new Fault('too-many-keys', `${where} has ${keys.length} keys, at most ${MOST_KEYS} are read`, line, 1);
  }
  for (const key of keys) {
    const field = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof field === 'object') checkKeys(field, [...path, key], line);
  }
}

/** Reads again for its events. The document has been scanned. Returns what stopped the parser, if anything did. */
export function listenToYaml(text: string, listener: YamlListener): YAMLException | undefined {
  try {
    load(text, { ...OPTIONS, listener });
  } catch (error) {
    if (error instanceof YAMLException) return error;
    throw error;
  }
  return undefined;
}

/** js-yaml's reasons that hold no part of the text, in our words. */
const REASONS: readonly (readonly [pattern: RegExp, code: string, message: string, hint?: string])[] = [
  [
    /^unidentified alias/,
    'undefined-alias',
    'an alias (`*name`) has no anchor (`&name`) before it in the same document, or in the same item of a list',
    'text that begins with `*` must be quoted; items of a list are read one by one, so write the value out',
  ],
  [/^unknown tag/, 'unsupported-tag', 'a tag (`!name`) is not supported', 'text that begins with `!` must be quoted'],
  [/explicit tag$/, 'unsupported-tag', 'the value is not what its tag (`!!name`) says'],
  [/^nesting exceeded/, 'too-deep', 'the document is nested too deep'],
  [/merge/, 'invalid-merge', 'a merge key (`<<`) has no mapping to merge, or too many'],
  [/^tab characters/, 'tab-indentation', 'a tab is used for indentation, expected spaces'],
  [/^null byte|non-printable|^expected valid JSON character/, 'control-character', 'a control character is in the text'],
  [/^bad indentation of a mapping entry/, 'yaml-syntax', 'the indentation of a mapping entry does not fit'],
  [/^bad indentation of a sequence entry/, 'yaml-syntax', 'the indentation of a list item does not fit'],
  [/^unexpected end of the (stream|document) within a (single|double) quoted/, 'yaml-syntax', 'a quote is not closed'],
  [/^unexpected end of the stream within a flow/, 'yaml-syntax', 'a bracket (`[` or `{`) is not closed'],
  [/^missed comma between flow/, 'yaml-syntax', 'a comma is missing between entries in brackets'],
  [
    /^can not read an implicit mapping pair|^can not read a block mapping entry/,
    'yaml-syntax',
    'a `:` is missing after a key, or a text goes on over lines',
  ],
  [/^end of the stream or a document separator/, 'yaml-syntax', 'something stands where the document should end'],
  [/^a whitespace character is expected after the key/, 'yaml-syntax', 'a space is missing after `:`'],
  [/^unknown escape sequence|^expected hexadecimal/, 'yaml-syntax', 'a `\\` in double quotes is followed by something that is no escape'],
];

const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function explain(error: YAMLException, text: string, firstLine: number): Fault {
  const control = text.search(CONTROL);
  if (control >= 0) return faultAt(text, control, firstLine, 'control-character', 'a control character or half a character is in the text');
  // js-yaml gives no place to the one complaint that is not about a place; its types say otherwise.
  if ((error.mark as unknown) === undefined) {
    return new Fault('several-documents', 'the text holds several documents, expected one', firstLine, 1);
  }
  const line = firstLine + error.mark.line;
  const column = error.mark.column + 1;
  if (error.reason === 'duplicated mapping key') {
    const first = firstKeyLikeLast((listener) => listenToYaml(text, listener), firstLine);
    const where = first === undefined ? '' : `, first at ${first.line}:${first.column}`;
    return new Fault('duplicate-key', `a key is written twice in one mapping${where}`, line, column);
  }
  const template = text.indexOf('{{');
  if (template >= 0) {
    const place = placeOf(text, template, firstLine);
    return new Fault(
      'unrendered-template',
      'this looks like an unrendered template (`{{`)',
      place.line,
      place.column,
      'render it first, for example with `helm template`',
    );
  }
  const tab = tabBefore(text, error.mark.line);
  if (tab !== undefined)
    return new Fault('tab-indentation', 'a tab is used for indentation, expected spaces', firstLine + tab.line, tab.column);
  const reason = REASONS.find(([pattern]) => pattern.test(error.reason));
  if (reason === undefined) return new Fault('yaml-syntax', 'the document is not valid YAML', line, column);
  const [, code, message, hint] = reason;
  // The parser has gone over the alias or tag before it complains.
  const place =
    code === 'undefined-alias' || code === 'unsupported-tag'
      ? lastNodeStart((listener) => listenToYaml(text, listener), firstLine)
      : undefined;
  return new Fault(code, message, place?.line ?? line, place?.column ?? column, hint);
}

/** A tab at the start of the line that stopped the parser, or of the line before. */
function tabBefore(text: string, failedLine: number): { line: number; column: number } | undefined {
  const lines = text.split('\n', failedLine + 1);
  for (const line of [failedLine, failedLine - 1]) {
    const column = /^ *\t/.exec(lines[line] ?? '')?.[0].length;
    if (column !== undefined) return { line, column };
  }
  return undefined;
}

/** Aliases make a graph of a tree: it must have no cycle, and not be too large when it is written out. */
function checkExpansion(root: unknown, line: number): void {
  const open = new Set<object>();
  let nodes = 0;
  const stack: { readonly value: object; readonly children: readonly unknown[]; next: number }[] = [];
  const enter = (value: unknown): void => {
    if (++nodes > MOST_EXPANDED_NODES) {
      throw new Fault(
        'alias-expansion',
        `the document has more than ${MOST_EXPANDED_NODES} nodes when its aliases are written out`,
        line,
        1,
      );
    }
    if (typeof value !== 'object' || value === null || value instanceof OddScalar) return;
    if (open.has(value)) throw new Fault('cyclic-alias', 'an alias stands inside the value that it names', line, 1);
    open.add(value);
    stack.push({ value, children: Object.values(value), next: 0 });
  };
  enter(root);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (top.next < top.children.length) {
      enter(top.children[top.next++]);
    } else {
      open.delete(top.value);
      stack.pop();
    }
  }
}
