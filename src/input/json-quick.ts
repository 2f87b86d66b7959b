/**
 * A JSON object by the engine's own parser, when nothing about it needs a closer look: JSON.parse is fast and exact about grammar, but says nothing of
 * duplicate keys, rounds numbers, and accepts half characters. What hints at one of these is left to JsonTokens, which decides. For objects of which most
 * fields are kept; of others it is quicker to leave out fields while reading (measured).
 */

import { setOwn } from '../lib/set-own.ts';
import { DEEPEST_NESTING } from './limits.ts';
import { isMapping } from './narrow.ts';
import { adminNetworkPolicy, baselineAdminNetworkPolicy, clusterNetworkPolicy } from './schemas/admin-policy.ts';
import { namespace } from './schemas/core.ts';
import { networkPolicy } from './schemas/network-policy.ts';
import { isSparse, type ObjectShape, type Shape } from './shape.ts';

/** Shapes of kinds whose objects are mostly kept. */
const READ_WHOLE: ReadonlySet<Shape> = new Set<Shape>([
  networkPolicy,
  namespace,
  clusterNetworkPolicy,
  adminNetworkPolicy,
  baselineAdminNetworkPolicy,
]);

/** A longer object is rare, and counting its keys costs more than it saves. */
const LONGEST = 64 * 1024;

/**
 * `"x" :`, which hides a key from the count; a number that is not plain digits; an escape that may be half a character; a `\` before a closing quote, which
 * makes the count of `\":` wrong. Matches inside texts only cost time.
 */
const NEEDS_A_LOOK = /"[ \t\r\n]+:|:[ \t\r\n]*-?[0-9]+(?:[.eE]|[0-9]{15})|:[ \t\r\n]*-0|\\u|\\\\"/;

/** The object that begins at `start`, if its end is found at once: it fills a line, or ends on a line of its own in the column where it began. */
export function readJsonQuickly(
  shape: Shape,
  text: string,
  start: number,
  column: number,
): { readonly value: object; readonly end: number } | undefined {
  if (shape.type !== 'object' || !READ_WHOLE.has(shape)) return undefined;
  const end = likelyEnd(text, start, column);
  if (end < 0 || end - start > LONGEST) return undefined;
  const slice = text.slice(start, end);
  if (NEEDS_A_LOOK.test(slice)) return undefined;
  let value: unknown;
  try {
    // A text that is no whole object throws: no beginning of an object is itself an object.
    value = JSON.parse(slice);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || countKeys(value, 1) !== countColons(slice)) return undefined;
  return { value: withoutSkipped(shape, value), end };
}

function likelyEnd(text: string, start: number, column: number): number {
  const newline = text.indexOf('\n', start);
  const lineEnd = newline < 0 ? text.length : newline;
  let last = lineEnd - 1;
  if (text.charCodeAt(last) === 0x0d) last--;
  if (text.charCodeAt(last) === 0x2c) last--;
  if (last > start && text.charCodeAt(last) === 0x7d) return last + 1;
  if (newline !== start + 1) return -1;
  const close = text.indexOf(`\n${' '.repeat(column - 1)}}`, lineEnd);
  return close < 0 ? -1 : close + column + 1;
}

/** Keys end with `":`; inside a text this can only be `\":`. */
function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) if (text.charCodeAt(at - 1) !== 0x5c) count++;
  return count;
}

/** Keys of the object and of all objects below it; NaN, which equals no count, when they are nested too deep. */
function countKeys(value: object, depth: number): number {
  if (depth > DEEPEST_NESTING) return Number.NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item === 'object' && item !== null) count += countKeys(item, depth + 1);
    }
    return count;
  }
  for (const key in value) {
    count++;
    const field: unknown = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof field === 'object' && field !== null) count += countKeys(field, depth + 1);
  }
  return count;
}

/** The object without what the shape does not read, on its first level and in its metadata, where most of that is. */
function withoutSkipped(shape: ObjectShape, value: object): object {
  const result = readFields(shape, value);
  const { metadata } = result;
  const metadataShape = shape.fields.get('metadata');
  if (isMapping(metadata) && metadataShape?.type === 'object') result.metadata = readFields(metadataShape, metadata);
  return result;
}

function readFields({ fields }: ObjectShape, value: object): Record<string, unknown> {
  const keys = Object.keys(value);
  const isWhole = (field: Shape | undefined): boolean => field?.type !== 'skipped' && !isSparse(field);
  if (keys.every((key) => isWhole(fields.get(key)))) return value as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const key of keys) {
    const field = fields.get(key);
    const given = (value as Readonly<Record<string, unknown>>)[key];
    if (isWhole(field)) setOwn(result, key, given);
    else if (isSparse(field) && isMapping(given)) addNamed(field, given, key, result);
  }
  return result;
}

/** What the shape names of an object, if there is something. */
function addNamed({ entries }: ObjectShape, given: Readonly<Record<string, unknown>>, key: string, into: Record<string, unknown>): void {
  const named = entries.filter(({ name }) => Object.hasOwn(given, name)).map(({ name }) => [name, given[name]] as const);
  if (named.length > 0) setOwn(into, key, Object.fromEntries(named));
}
