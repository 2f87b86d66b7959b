/**
 * The parts that several messages share: origins, object references, addresses, enumerations.
 */
import { type IpAddress, type IpPrefix, maskWords } from '../lib/ip-address.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import { type Direction, PROTOCOLS, type Protocol } from '../model/protocol.ts';
import type { Types } from './messages.ts';
import { forEachField } from './scan.ts';
import type { TextReader, TextWriter } from './texts.ts';
import { WireFormatError } from './wire-error.ts';

/** Enumerations, in the order of their numbers in the .proto files, which begin with 1. */
export const DIRECTION_VALUES: readonly Direction[] = ['ingress', 'egress'];
export const PROTOCOL_VALUES: readonly Protocol[] = PROTOCOLS;

/** The number of an enumeration value. @throws {RangeError} when there is none */
export function toEnum<T extends string>(values: readonly T[], value: T): number {
  const index = values.indexOf(value);
  if (index < 0) throw new RangeError(`\`${value}\` has no number, expected one of ${values.join(', ')}`);
  return index + 1;
}

/** The value of an enumeration number that was scanned. */
export function fromEnum<T extends string>(values: readonly T[], number: number): T {
  const value = values[number - 1];
  if (value === undefined) throw new WireFormatError(`enumeration value ${number} is unknown, expected 1 to ${values.length}`);
  return value;
}

/**
 * A message field that was scanned, so that it is there. Generated types call every field optional.
 * @throws {WireFormatError} otherwise
 */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new WireFormatError('a field that must be there is not there');
  return value;
}

export function toOrigin({ file, line, column }: Origin, texts: TextWriter): Types.v1.Origin.$Properties {
  return { file: texts.of(file), line: whole(line, 'line'), column: whole(column, 'column') };
}

export function fromOrigin(message: Types.v1.Origin.$Properties | null | undefined, texts: TextReader): Origin {
  const { file, line, column } = present(message);
  return { file: texts.at(present(file), 'an origin'), line: present(line), column: present(column) };
}

export function toObjectRef({ kind, namespace, name }: ObjectRef, texts: TextWriter): Types.v1.ObjectRef.$Properties {
  return { kind: texts.of(kind), name: texts.of(name), ...(namespace === undefined ? {} : { namespace: texts.of(namespace) }) };
}

export function fromObjectRef(message: Types.v1.ObjectRef.$Properties | null | undefined, texts: TextReader): ObjectRef {
  const { kind, namespace, name } = present(message);
  const ref = { kind: texts.at(present(kind), 'a kind'), name: texts.at(present(name), 'a name') };
  return namespace === null || namespace === undefined ? ref : { ...ref, namespace: texts.at(namespace, 'a namespace') };
}

/** An address as 4 or 16 bytes, in network order. */
export function toAddressBytes({ words }: IpAddress): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of words.entries()) view.setUint32(i * 4, word);
  return bytes;
}

/** `bytes` were scanned: 4 or 16 of them. */
export function fromAddressBytes(bytes: Uint8Array): IpAddress {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(i * 4));
  return { family: words.length === 1 ? 4 : 6, words };
}

export function toPrefix(prefix: IpPrefix): Types.v1.IpPrefix.$Properties {
  return { address: toAddressBytes(prefix), length: prefix.length };
}

/** @throws {WireFormatError} for a prefix that is too long or not in canonical form */
export function fromPrefix(message: Types.v1.IpPrefix.$Properties | null | undefined): IpPrefix {
  const { address, length } = present(message);
  const { family, words } = fromAddressBytes(present(address));
  const bits = present(length);
  if (bits > words.length * 32)
    throw new WireFormatError(`an IPv${family} prefix has length ${bits}, expected at most ${words.length * 32}`);
  if (maskWords(words, bits).some((word, i) => word !== words[i])) {
    throw new WireFormatError(`an IPv${family} prefix of length ${bits} has bits set beyond its length`);
  }
  return { family, words, length: bits };
}

/** Whole numbers that fit a uint32 field. @throws {RangeError} for others, which protobuf would cut silently */
export function whole(value: number, what: string): number {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new RangeError(`${what} is ${value}, expected 0 to 2^32 - 1`);
  return value;
}

/** Converts messages, letting go of each as soon as it is done: a hostile list is never in memory twice. Empty lists are one, for the same reason. */
export function convertAll<T, U>(messages: T[] | null | undefined, convert: (message: T) => U): readonly U[] {
  if (messages === null || messages === undefined || messages.length === 0) return EMPTY;
  const list: (T | undefined)[] = messages;
  return messages.map((message, i) => {
    list[i] = undefined;
    return convert(message);
  });
}

const EMPTY: readonly never[] = Object.freeze([]);

/** The texts of a scanned message whose strings are in field 2, as every message here has them. */
export function textsOf(bytes: Uint8Array): string[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const strings: string[] = [];
  forEachField(bytes, (number, start, end) => {
    if (number === 2) strings.push(decoder.decode(bytes.subarray(start, end)));
  });
  return strings;
}
