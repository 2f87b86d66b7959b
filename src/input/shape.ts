/**
 * The language of shapes: which fields of an object are read, and of which type they must be. A shape is data, so that one walk checks objects of
 * any source and a reader of JSON can leave out what no shape names. Why not JSON Schema with ajv: ajv compiles schemas into code from strings, which
 * web pages and hardened processes forbid, and its messages would have to be rewritten.
 */

export type Shape =
  /** `quoted`: a date without quotes is refused, which is text to Kubernetes and not to every reader. */
  | { readonly type: 'string'; readonly quoted?: true }
  | { readonly type: 'boolean' }
  | { readonly type: 'integer' }
  /** A whole number or text (k8s.io/apimachinery IntOrString). */
  | { readonly type: 'integerOrString' }
  /** `advice`: what another value is probably meant to be, by the value in lower case. */
  | { readonly type: 'enum'; readonly values: readonly string[]; readonly advice?: ReadonlyMap<string, string> }
  /** Text to text: labels. A null value is kept. */
  | { readonly type: 'labels' }
  | { readonly type: 'list'; readonly items: Shape }
  | ObjectShape
  /** Known, and not read. */
  | { readonly type: 'skipped' };

export interface ObjectShape {
  readonly type: 'object';
  readonly fields: ReadonlyMap<string, Shape>;
  /** Those that are read, in order. */
  readonly entries: readonly NamedShape[];
  readonly required: readonly string[];
  /**
   * What a field means that the shape does not name. `error`: the API server would drop it, and the meaning would change. `warning`: it is probably
   * a mistake. `ignored`: the API has many fields here that play no part. `pruned`: the API server drops it and may keep the object, which is then used as the
   * server has it, with a warning that says so.
   */
  readonly unknown: 'error' | 'warning' | 'ignored' | 'pruned';
  /** An object of which nothing is read is as if it were not there. */
  readonly sparse?: true;
  /** For `pruned`: what the object means when nothing is left of it. */
  readonly emptied?: string;
  /** What to write in the place of a field that the shape does not name, by that field. */
  readonly advice?: ReadonlyMap<string, string>;
  /** The field whose name has the character codes at `start..end`; undefined when there is none. */
  find(codes: Uint8Array, start: number, end: number): NamedShape | undefined;
}

export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

export const text: Shape = { type: 'string' };
/** A label's key or value. */
export const labelText: Shape = { type: 'string', quoted: true };
export const flag: Shape = { type: 'boolean' };
export const integer: Shape = { type: 'integer' };
export const integerOrString: Shape = { type: 'integerOrString' };
export const labels: Shape = { type: 'labels' };
export const skipped: Shape = { type: 'skipped' };

export function oneOf(...values: readonly string[]): Shape {
  return { type: 'enum', values };
}

/** The enumeration, and what its values are called in another version of the API. */
export function oneOfWith(advice: Readonly<Record<string, string>>, ...values: readonly string[]): Shape {
  return { type: 'enum', values, advice: new Map(Object.entries(advice)) };
}

export function listOf(items: Shape): Shape {
  return { type: 'list', items };
}

export function objectOf(
  unknown: ObjectShape['unknown'],
  fields: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): ObjectShape {
  const entries = Object.entries(fields).map(([name, shape]) => ({ name, shape }));
  return {
    type: 'object',
    fields: new Map(Object.entries(fields)),
    entries: entries.filter(({ shape }) => shape.type !== 'skipped'),
    required,
    unknown,
    find: finder(entries),
  };
}

/** An object of which the API server keeps what it knows. */
export function prunedObject(
  emptied: string,
  fields: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
  advice: Readonly<Record<string, string>> = {},
): ObjectShape {
  return { ...objectOf('pruned', fields, required), emptied, advice: new Map(Object.entries(advice)) };
}

/** An object in which no other field may be, and what to write in the place of some. */
export function strictObject(
  fields: Readonly<Record<string, Shape>>,
  required: readonly string[],
  advice: Readonly<Record<string, string>>,
): ObjectShape {
  return { ...objectOf('error', fields, required), advice: new Map(Object.entries(advice)) };
}

/** Is an object of which nothing is read as if it were not there? */
export function isSparse(shape: Shape | undefined): shape is ObjectShape {
  return shape?.type === 'object' && shape.sparse === true;
}

/** Is that the case? */
export function isLeftOut(shape: Shape, read: unknown): boolean {
  return isSparse(shape) && typeof read === 'object' && read !== null && Object.keys(read).length === 0;
}

/** By length first: few fields of an object have names of the same length. */
function finder(entries: readonly NamedShape[]): ObjectShape['find'] {
  const byLength: NamedShape[][] = [];
  for (const entry of entries) {
    byLength[entry.name.length] ??= [];
    byLength[entry.name.length]!.push(entry);
  }
  return (codes, start, end) => {
    const candidates = end - start < byLength.length ? byLength[end - start] : undefined;
    if (candidates === undefined) return undefined;
    for (const candidate of candidates) if (isName(candidate.name, codes, start)) return candidate;
    return undefined;
  };
}

function isName(name: string, codes: Uint8Array, start: number): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== codes[start + i]) return false;
  return true;
}
