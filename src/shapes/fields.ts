/**
 * Fields of a shape's specification: how each is read. A field takes what a document holds and gives the value, or names the problem and gives something of the
 * right type, so that every problem of a document is named at once.
 */
import { parsePrefix } from '../lib/ip-address.ts';
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import type { Histogram, Span } from './random.ts';

export type Field<T> = (value: unknown, path: string, problems: string[]) => T;
export type Read<F> = F extends Field<infer T> ? T : never;

/** A whole number in `min..max`. */
export function whole(min: number, max: number): Field<number> {
  return (value, path, problems) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    return expected(problems, path, `a whole number in ${min}..${max}`, value, min);
  };
}

/** A number in 0..1. */
export const share: Field<number> = (value, path, problems) => {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  return expected(problems, path, 'a number in 0..1', value, 0);
};

export const flag: Field<boolean> = (value, path, problems) =>
  typeof value === 'boolean' ? value : expected(problems, path, '`true` or `false`', value, false);

/** Text that is not empty. */
export const text: Field<string> = (value, path, problems) =>
  typeof value === 'string' && value !== '' ? value : expected(problems, path, 'text that is not empty', value, '');

/** A CIDR without host bits. */
export const cidr: Field<string> = (value, path, problems) => {
  if (typeof value === 'string' && parsePrefix(value)?.hostBits === false) return value;
  return expected(problems, path, 'a CIDR such as `10.0.0.0/24`', value, '');
};

export function oneOf<const T extends string>(...words: readonly [T, ...T[]]): Field<T> {
  return (value, path, problems) =>
    words.find((word) => word === value) ?? expected(problems, path, words.map((word) => `\`${word}\``).join(' or '), value, words[0]);
}

/** `[from, to]`, both in `min..max`. */
export function span(min: number, max: number): Field<Span> {
  const number = whole(min, max);
  return (value, path, problems) => {
    if (!Array.isArray(value) || value.length !== 2)
      return expected(problems, path, 'two whole numbers, `[from, to]`', value, { from: min, to: min });
    const found = { from: number(value[0], `${path}[0]`, problems), to: number(value[1], `${path}[1]`, problems) };
    if (found.from <= found.to) return found;
    return expected(problems, path, '`[from, to]` with the smaller number first', value, { from: min, to: min });
  };
}

/** A list that is not empty. */
export function list<T>(item: Field<T>, most = 1000): Field<readonly T[]> {
  return (value, path, problems) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > most)
      return expected(problems, path, `a list of 1 to ${most} items`, value, []);
    return value.map((each: unknown, i) => item(each, `${path}[${i}]`, problems));
  };
}

/** Whole numbers of `min..max`, as keys, and how often each occurs: together 1 to `most` times. */
export function histogram(min: number, max: number, most: number): Field<Histogram> {
  return (value, path, problems) => {
    if (!isRecord(value)) return expected(problems, path, 'an object from number to how often it occurs', value, { [min]: 1 });
    const counts: Record<string, number> = {};
    let total = 0;
    for (const [key, count] of Object.entries(value)) {
      const number = /^(?:0|[1-9]\d{0,8})$/.test(key) ? Number(key) : -1;
      if (number < min || number > max)
        problems.push(`\`${path}\`: expected keys that are whole numbers in ${min}..${max}, got ${quote(key)}`);
      else counts[key] = whole(0, most)(count, `${path}.${key}`, problems);
      total += counts[key] ?? 0;
    }
    return total >= 1 && total <= most ? counts : expected(problems, path, `counts that are 1 to ${most} together`, total, { [min]: 1 });
  };
}

type Fields = Readonly<Record<string, Field<unknown>>>;

/** An object with exactly these fields. */
export function record<F extends Fields>(fields: F): Field<{ readonly [K in keyof F]: Read<F[K]> }> {
  return (value, path, problems) => {
    const found: Record<string, unknown> = {};
    const given: Readonly<Record<string, unknown>> = isRecord(value) ? value : expected(problems, path, 'an object', value, {});
    for (const [name, field] of Object.entries(fields)) {
      found[name] = field(Object.hasOwn(given, name) ? given[name] : undefined, path === '' ? name : `${path}.${name}`, problems);
    }
    checkNames(given, Object.keys(fields), path, problems);
    return found as { readonly [K in keyof F]: Read<F[K]> };
  };
}

export function checkNames(given: object, known: readonly string[], path: string, problems: string[]): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const hint = near === undefined ? '' : `: did you mean \`${near}\`?`;
    problems.push(`${path === '' ? 'the shape' : `\`${path}\``}: unknown field ${quote(name)}${hint}`);
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function expected<T>(problems: string[], path: string, what: string, found: unknown, instead: T): T {
  problems.push(`${path === '' ? 'the shape' : `\`${path}\``}: expected ${what}, got ${describe(found)}`);
  return instead;
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return quote(String(value));
}
