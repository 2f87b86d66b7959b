/**
 * Values that were read from bytes, held to a type.
 */
import { quote } from '../../lib/quote.ts';
import { WireFormatError } from '../../wire/wire-error.ts';
import { isMapping } from '../narrow.ts';

/** @throws {WireFormatError} that says what was found */
export function refuse(what: string, found: unknown): never {
  const shown = typeof found === 'string' ? quote(found) : typeof found === 'object' ? 'something else' : `\`${String(found)}\``;
  throw new WireFormatError(`the snapshot has ${shown} as ${what}`);
}

export function fieldsOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  return isMapping(value) ? value : refuse(what, value);
}

export function arrayOf(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(`the list of ${what}`, value);
}

export function textOf(value: unknown, what: string): string {
  return typeof value === 'string' ? value : refuse(what, value);
}

export function wholeOf(value: unknown, what: string): number {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : refuse(what, value);
}

/** `{ [name]: text }`, or nothing where the value is not there. */
export function optionalText<K extends string>(value: unknown, name: K): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [name]: textOf(value, `the ${name}`) } as Record<K, string>);
}
