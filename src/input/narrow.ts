/**
 * Any value + a shape -> the fields that are read, checked for type and copied, and what is wrong with it. What the shape does not name is left
 * behind. Texts are copied too (see text-pool). Nothing here knows what a field means.
 */
import { nearest } from '../lib/nearest.ts';
import { escapeControls, quote } from '../lib/quote.ts';
import { setOwn } from '../lib/set-own.ts';
import { LONGEST_TEXT, MOST_EXPANDED_NODES, MOST_KEYS } from './limits.ts';
import { ODD_KEY, OddScalar, plainValue } from './odd-scalar.ts';
import type { Problem } from './problem.ts';
import { isLeftOut, isSparse, type ObjectShape, type Shape } from './shape.ts';
import { copyText, type TextPool } from './text-pool.ts';

export interface Narrowed {
  /** Undefined when the value has errors. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

interface Walk {
  readonly pool: TextPool;
  readonly strict: boolean;
  readonly path: (string | number)[];
  readonly problems: Problem[];
  nodes: number;
}

export function narrow(shape: ObjectShape, value: unknown, pool: TextPool, strict: boolean): Narrowed {
  const walk: Walk = { pool, strict, path: [], problems: [], nodes: 0 };
  const narrowed = narrowValue(shape, value, walk);
  return { value: walk.problems.some(({ severity }) => severity === 'error') ? undefined : narrowed, problems: walk.problems };
}

/** What is left of a value that has errors: the same walk, without the verdict. For finding the narrowest scope of what cannot be read. */
export function narrowWhatCanBe(shape: Shape, value: unknown, pool: TextPool): { value: unknown; sound: boolean } {
  const walk: Walk = { pool, strict: false, path: [], problems: [], nodes: 0 };
  const narrowed = narrowValue(shape, value, walk);
  return { value: narrowed, sound: !walk.problems.some(({ severity }) => severity === 'error') };
}

function narrowValue(shape: Shape, value: unknown, walk: Walk): unknown {
  if (++walk.nodes > MOST_EXPANDED_NODES) {
    if (walk.nodes === MOST_EXPANDED_NODES + 1)
      fail(walk, 'object-too-large', `the object has more than ${MOST_EXPANDED_NODES} fields after its aliases are expanded`);
    return undefined;
  }
  switch (shape.type) {
    case 'object':
      return narrowObject(shape, value, walk);
    case 'list':
      return narrowList(shape.items, value, walk);
    case 'labels':
      return narrowLabels(value, walk);
    case 'string':
      return narrowText(value, walk, shape.quoted === true);
    case 'enum':
      return narrowEnum(shape, value, walk);
    case 'boolean':
      return narrowBoolean(value, walk);
    case 'integer':
      return narrowInteger(value, walk, 'a whole number');
    case 'integerOrString':
      return typeof value === 'string' ? copyText(boundedText(value, walk)) : narrowInteger(value, walk, 'a whole number or a name');
    case 'skipped':
      return undefined;
  }
}

function narrowBoolean(value: unknown, walk: Walk): unknown {
  const plain = plainValue(value);
  if (typeof plain !== 'boolean') return wrongType(walk, 'a boolean', value);
  if (value instanceof OddScalar && !/^(?:true|false)$/i.test(value.raw)) {
    const message = `found ${quote(value.raw)}, which Kubernetes reads as ${plain} and YAML 1.2 as text`;
    walk.problems.push({ code: 'ambiguous-value', severity: 'warning', message, path: [...walk.path], hint: `write \`${plain}\`` });
  }
  return plain;
}

function narrowObject(shape: ObjectShape, value: unknown, walk: Walk): unknown {
  if (!isMapping(value)) return wrongType(walk, 'a mapping', value);
  const { fields } = shape;
  const result: Record<string, unknown> = {};
  const keys = Object.keys(value);
  if (tooManyKeys(keys, walk)) return undefined;
  for (const key of keys) {
    const field = fields.get(key);
    if (field === undefined) {
      if (shape.unknown !== 'ignored') reportUnknown(shape, key, value, walk);
      continue;
    }
    if (field.type === 'skipped') continue;
    const given = value[key];
    if (given === undefined) continue;
    if (given === null || (given instanceof OddScalar && given.value === null)) {
      result[key] = null;
      continue;
    }
    if (isSparse(field) && !isMapping(given)) continue;
    walk.path.push(key);
    const narrowed = narrowValue(field, given, walk);
    if (!isLeftOut(field, narrowed)) result[key] = narrowed;
    walk.path.pop();
  }
  for (const key of shape.required) {
    // A field that was there and wrong has been reported.
    if (value[key] === null || value[key] === undefined || plainValue(value[key]) === null) {
      walk.path.push(key);
      fail(walk, 'missing-field', `\`${key}\` is missing`);
      walk.path.pop();
    }
  }
  return result;
}

function reportUnknown(shape: ObjectShape, key: string, value: Readonly<Record<string, unknown>>, walk: Walk): void {
  const error = shape.unknown === 'error' || walk.strict;
  walk.path.push(key);
  if (key.startsWith(ODD_KEY)) {
    fail(walk, 'ambiguous-value', `the key ${quote(key.slice(1))} is not text: quote it`);
  } else if (key === TEMPLATE_KEY) {
    fail(walk, 'unrendered-template', 'this looks like an unrendered template: render it first');
  } else {
    walk.problems.push({
      code: shape.unknown === 'pruned' ? 'pruned-field' : 'unknown-field',
      severity: error ? 'error' : 'warning',
      message: `the field ${quote(key)} is unknown${consequence(shape, value)}`,
      path: [...walk.path],
      hint: adviceFor(shape, key),
    });
  }
  walk.path.pop();
}

function consequence(shape: ObjectShape, value: Readonly<Record<string, unknown>>): string {
  if (shape.unknown === 'error') return ': the API server would drop it, and the object would mean something else';
  if (shape.unknown !== 'pruned') return '';
  const left = [...shape.fields.keys()].filter((key) => (plainValue(value[key]) ?? null) !== null);
  const rest =
    left.length === 0 ? `\`{}\` is left, ${shape.emptied}` : `${listed(left, ' and ')} alone ${left.length === 1 ? 'is' : 'are'} left`;
  return `: the API server drops it without a word, and ${rest}`;
}

function adviceFor(shape: ObjectShape, key: string): string {
  const known = [...shape.fields.keys()];
  const near = nearest(key, known);
  return shape.advice?.get(key) ?? (near === undefined ? `expected one of ${listed(known, ', ')}` : `did you mean \`${near}\`?`);
}

/** What js-yaml makes of a mapping that is a key, as in `{{ .Values.name }}`. */
const TEMPLATE_KEY = '[object Object]';
/** Where a template expression begins that stands in quotes. */
export const TEMPLATE_MARK = '{{';

function tooManyKeys(keys: readonly string[], walk: Walk): boolean {
  if (keys.length <= MOST_KEYS) return false;
  fail(walk, 'too-many-keys', `found ${keys.length} keys, at most ${MOST_KEYS} are read`);
  return true;
}

function narrowList(items: Shape, value: unknown, walk: Walk): unknown {
  if (!Array.isArray(value)) return wrongType(walk, 'a list', value);
  const result: unknown[] = [];
  for (let i = 0; i < value.length; i++) {
    walk.path.push(i);
    const item: unknown = value[i];
    if (plainValue(item) === null || item === undefined) {
      fail(walk, 'null-entry', 'a list item is empty (null)');
    } else {
      result.push(narrowValue(items, item, walk));
    }
    walk.path.pop();
  }
  return result;
}

function narrowLabels(value: unknown, walk: Walk): unknown {
  if (!isMapping(value)) return wrongType(walk, 'a mapping from text to text', value);
  const result: Record<string, string | null> = {};
  const keys = Object.keys(value);
  if (tooManyKeys(keys, walk)) return undefined;
  for (const key of keys) {
    const given = value[key];
    walk.path.push(key);
    if (key.startsWith(ODD_KEY)) {
      fail(walk, 'ambiguous-value', `the key ${quote(key.slice(1))} is not text: quote it`, `write \`"${escapeControls(key.slice(1))}"\``);
    } else if (key === TEMPLATE_KEY || key.includes(TEMPLATE_MARK)) {
      fail(walk, 'unrendered-template', 'this looks like an unrendered template: render it first');
    } else if (typeof given === 'string') {
      setOwn(result, key, walk.pool.keep(boundedText(given, walk)));
    } else if (given === null) {
      setOwn(result, key, null);
    } else {
      wrongType(walk, 'text', given);
    }
    walk.path.pop();
  }
  return result;
}

/** `quoted`: a date, which Kubernetes reads as text, must be in quotes. */
function narrowText(value: unknown, walk: Walk, quoted: boolean): unknown {
  if (typeof value === 'string') return copyText(boundedText(value, walk));
  if (!quoted && value instanceof OddScalar && typeof value.value === 'string') return copyText(boundedText(value.value, walk));
  return wrongType(walk, 'text', value);
}

function boundedText(value: string, walk: Walk): string {
  if (value.length > LONGEST_TEXT) {
    fail(walk, 'text-too-long', `the text has ${value.length} characters, at most ${LONGEST_TEXT} are expected`);
    return '';
  }
  if (value.includes(TEMPLATE_MARK)) {
    fail(walk, 'unrendered-template', 'this looks like an unrendered template (`{{`)', 'render it first, for example with `helm template`');
    return '';
  }
  return value;
}

function narrowEnum({ values, advice }: Extract<Shape, { type: 'enum' }>, value: unknown, walk: Walk): unknown {
  if (typeof value !== 'string') return wrongType(walk, listed(values), value);
  // The shape's own text, not a part of the input.
  const known = values.indexOf(value);
  if (known >= 0) return values[known];
  if (value.includes(TEMPLATE_MARK)) return void boundedText(value, walk);
  const near = advice?.get(value.toLowerCase()) ?? nearest(value, values);
  fail(walk, 'invalid-value', `found ${quote(value)}, expected ${listed(values)}`, near ? `did you mean \`${near}\`?` : undefined);
  return undefined;
}

function listed(values: readonly string[], between = ' or '): string {
  return values
    .filter((value) => value !== '')
    .map((value) => `\`${value}\``)
    .join(between);
}

function narrowInteger(value: unknown, walk: Walk, expected: string): unknown {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (value instanceof OddScalar && typeof value.value === 'number') {
    fail(
      walk,
      'ambiguous-value',
      `found ${quote(value.raw)}, which is not read as the same number everywhere; expected ${expected} in plain decimal digits`,
      Number.isSafeInteger(value.value) && value.value >= 0
        ? `Kubernetes reads it as ${value.value}: write \`${value.value}\` or quote it`
        : undefined,
    );
    return undefined;
  }
  return wrongType(walk, expected, value);
}

/** Values of the wrong type are named by type; only short scalars are shown. */
function wrongType(walk: Walk, expected: string, value: unknown): undefined {
  if (isMapping(value) && Object.keys(value).includes(TEMPLATE_KEY)) {
    fail(walk, 'unrendered-template', `this looks like an unrendered template, expected ${expected}: render it first`);
  } else if (expected === 'text' && value instanceof OddScalar) {
    fail(
      walk,
      'ambiguous-value',
      `found the unquoted ${describe(value)}, expected text: quote it`,
      `write \`"${escapeControls(value.raw)}"\``,
    );
  } else if (expected === 'text' && (typeof value === 'boolean' || typeof value === 'number')) {
    fail(walk, 'wrong-type', `found ${describe(value)}, expected text: quote it`, `write \`"${value}"\``);
  } else {
    fail(walk, 'wrong-type', `found ${describe(value)}, expected ${expected}`);
  }
  return undefined;
}

function describe(value: unknown): string {
  if (value instanceof OddScalar) {
    const kind = value.value === null ? 'null' : typeof value.value === 'string' ? 'date' : typeof value.value;
    return `${kind} ${quote(value.raw)}`;
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return value.length > 63 ? 'text' : `the text ${quote(value)}`;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return `the ${typeof value} \`${value}\``;
  if (typeof value !== 'object') return `a ${typeof value}`;
  return isMapping(value) ? 'a mapping' : `an object of the class ${quote(tagOf(value))}`;
}

function fail(walk: Walk, code: string, message: string, hint?: string): void {
  walk.problems.push({ code, severity: 'error', message, path: [...walk.path], ...(hint === undefined ? {} : { hint }) });
}

/** A Map or a Date has no keys of its own, and would be an empty mapping. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || tagOf(value) === 'Object';
}

/** `Map`, `Date`, `OddScalar`; `Object` for instances of most classes. */
function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
