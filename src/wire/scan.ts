/**
 * Holds bytes against a schema before anything is decoded. Allocates nothing that grows with the bytes, so hostile ones cost no memory; recursion goes as deep as the
 * schema and no deeper. Stricter than protobuf asks: unknown fields, wrong wire types, second values of a single field, and missing fields are errors, because here
 * each of them could change a verdict.
 */
import { isUtf8 } from '../tables/utf8.ts';
import type { Field, FieldKind, MessageSchema } from './schema.ts';
import { WireFormatError } from './wire-error.ts';

/** The version of every message format of this package. */
export const FORMAT_VERSION = 1;

const VARINT = 0;
const FIXED_64 = 1;
const DELIMITED = 2;
const FIXED_32 = 5;
const WIRE_TYPE_NAMES = ['varint', '64-bit', 'length-delimited', 'start of a group', 'end of a group', '32-bit'];
const MAX_UINT32 = 0xffffffff;
const MAX_VARINT_BYTES = 10;

/** @throws {WireFormatError} when `bytes` are not one message of this form and nothing else */
export function scanMessage(bytes: Uint8Array, schema: MessageSchema): void {
  new Scanner(bytes).message(schema, bytes.length);
}

/**
 * Calls `visit` for each field of a message that was scanned: the number, and where its payload is (without the length of a delimited one).
 */
export function forEachField(bytes: Uint8Array, visit: (number: number, start: number, end: number) => void): void {
  const scanner = new Scanner(bytes);
  while (scanner.position < bytes.length) {
    const tag = scanner.varint(MAX_UINT32, 'tag');
    const wireType = tag & 7;
    const length =
      wireType === DELIMITED ? scanner.varint(MAX_UINT32, 'length') : wireType === FIXED_32 ? 4 : wireType === FIXED_64 ? 8 : -1;
    const start = scanner.position;
    if (length < 0) scanner.varint(MAX_UINT32, 'number');
    else scanner.position += length;
    visit(tag >>> 3, start, scanner.position);
  }
}

class Scanner {
  position = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  message(schema: MessageSchema, end: number): void {
    const start = this.position;
    let seen = 0;
    while (this.position < end) {
      const at = this.position;
      const tag = this.varint(MAX_UINT32, `tag in ${schema.name}`, end);
      const number = tag >>> 3;
      const field = number < schema.fields.length ? schema.fields[number] : undefined;
      if (field === undefined) throw unknownField(schema, number, at);
      if (!field.repeated && (seen & (1 << number)) !== 0) throw new WireFormatError(`${field.path} is there twice`, at);
      seen |= 1 << number;
      this.field(schema.name, field, tag & 7, at, end);
    }
    this.requirePresence(schema, seen, start);
  }

  /** Reads a varint of at most ten bytes. @throws {WireFormatError} when it is longer, cut short, or above `highest` */
  varint(highest: number, what: string, end = this.bytes.length): number {
    const start = this.position;
    let value = 0;
    let scale = 1;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      if (this.position >= end) throw new WireFormatError(`the bytes end inside a ${what}`, start);
      const byte = this.bytes[this.position++]!;
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (byte === 0 && i > 0) throw new WireFormatError(`${what} is a varint with more bytes than it needs`, start);
        if (value > highest) throw new WireFormatError(`${what} is out of range: got ${value}, expected at most ${highest}`, start);
        return value;
      }
      scale *= 128;
    }
    throw new WireFormatError(`${what} is a varint of more than ${MAX_VARINT_BYTES} bytes`, start);
  }

  private field(message: string, field: Field, wireType: number, at: number, end: number): void {
    const { kind } = field;
    const expected = wireTypeOf(kind);
    if (wireType !== expected) {
      const got = WIRE_TYPE_NAMES[wireType] ?? 'undefined';
      throw new WireFormatError(
        `${field.path} has wire type ${wireType} (${got}), expected ${expected} (${WIRE_TYPE_NAMES[expected]})`,
        at,
      );
    }
    if (wireType === VARINT) this.number(field, end);
    else if (wireType === DELIMITED) this.delimited(message, field, end);
    else this.fixed(field, wireType === FIXED_32 ? 4 : 8, end);
  }

  private number({ kind, path }: Field, end: number): void {
    const at = this.position;
    const value = this.varint(kind === 'bool' ? 1 : MAX_UINT32, path, end);
    if (kind === 'version' && value !== FORMAT_VERSION) {
      throw new WireFormatError(`${path} is ${value}, this netpolsim reads version ${FORMAT_VERSION}`, at);
    }
    if (typeof kind === 'object' && 'highest' in kind && (value < 1 || value > kind.highest)) {
      throw new WireFormatError(`${path} has the unknown value ${value}, expected 1 to ${kind.highest}`, at);
    }
  }

  private fixed({ kind, path }: Field, length: number, end: number): void {
    const at = this.position;
    if (at + length > end) throw new WireFormatError(`the bytes end inside ${path}`, at);
    this.position += length;
    if (length === 4) return;
    const value = new DataView(this.bytes.buffer, this.bytes.byteOffset + at, length).getFloat64(0, true);
    const right =
      kind === 'count'
        ? Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)
        : kind === 'rank'
          ? !Number.isNaN(value)
          : value >= 0 && value < Infinity;
    if (!right) {
      const expected = kind === 'count' ? 'a whole number from 0 to 2^53 - 1' : kind === 'rank' ? 'a number' : 'a finite number from 0';
      throw new WireFormatError(`${path} is ${value}, expected ${expected}`, at);
    }
  }

  private delimited(message: string, field: Field, end: number): void {
    const { kind } = field;
    const at = this.position;
    const length = this.varint(MAX_UINT32, field.path, end);
    const start = this.position;
    if (length > end - start) {
      throw new WireFormatError(`${field.path} claims ${length} bytes, but ${end - start} are left in ${message}`, at);
    }
    const stop = start + length;
    if (typeof kind === 'object') this.message(kind as MessageSchema, stop);
    else if (kind === 'packed uint32') while (this.position < stop) this.varint(MAX_UINT32, field.path, stop);
    else if (kind === 'packed fixed32' && length % 4 !== 0) {
      throw new WireFormatError(`${field.path} has ${length} bytes, expected a multiple of 4`, at);
    } else if (kind === 'address' && length !== 4 && length !== 16) {
      throw new WireFormatError(`${field.path} has ${length} bytes, expected 4 or 16`, at);
    } else if (kind === 'string' && !isUtf8(this.bytes, start, stop)) {
      throw new WireFormatError(`${field.path} is not valid UTF-8`, start);
    }
    if (kind !== 'bytes' && kind !== 'string' && length === 0 && typeof kind !== 'object') {
      throw new WireFormatError(`${field.path} is empty, expected at least one element`, at);
    }
    this.position = stop;
  }

  private requirePresence(schema: MessageSchema, seen: number, start: number): void {
    const missing = schema.required & ~seen;
    if (missing !== 0) {
      const field = schema.fields[31 - Math.clz32(missing & -missing)];
      throw new WireFormatError(`${schema.name} has no \`${field?.name}\``, start);
    }
    for (const group of schema.oneOf) {
      const present = seen & group;
      if (present === 0 || (present & (present - 1)) !== 0) {
        const names = schema.fields.flatMap((field) =>
          field !== undefined && (group & (1 << field.number)) !== 0 ? [`\`${field.name}\``] : [],
        );
        throw new WireFormatError(
          `${schema.name} has ${present === 0 ? 'none' : 'more than one'} of ${names.join(', ')}, expected one`,
          start,
        );
      }
    }
  }
}

function wireTypeOf(kind: FieldKind): number {
  if (kind === 'fixed32') return FIXED_32;
  if (kind === 'count' || kind === 'amount' || kind === 'rank') return FIXED_64;
  if (typeof kind === 'object') return 'highest' in kind ? VARINT : DELIMITED;
  return kind === 'version' || kind === 'uint32' || kind === 'sint32' || kind === 'bool' ? VARINT : DELIMITED;
}

function unknownField(schema: MessageSchema, number: number, at: number): WireFormatError {
  if (number === 0) return new WireFormatError(`${schema.name} has a field with number 0, which protobuf does not allow`, at);
  return new WireFormatError(
    `${schema.name} has an unknown field ${number}: these bytes are something else, or from a newer netpolsim`,
    at,
  );
}

/** A scanned message without one of its fields: what is left is small when the field is the repeated one. */
export function withoutField(bytes: Uint8Array, omitted: number): Uint8Array {
  const rest: Uint8Array[] = [];
  let from = 0;
  let length = 0;
  forEachField(bytes, (number, _start, end) => {
    if (number !== omitted) {
      rest.push(bytes.subarray(from, end));
      length += end - from;
    }
    from = end;
  });
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of rest) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
