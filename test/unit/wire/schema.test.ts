/**
 * The schema that bytes are held against knows the same messages, fields and types as the .proto files.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import type { Field, MessageSchema } from '../../../src/wire/schema.ts';
import * as schemas from '../../../src/wire/schema.ts';

const protoFolder = fileURLToPath(new URL('../../../proto/', import.meta.url));
const root = new protobuf.Root();
root.resolvePath = (_origin, target) => `${protoFolder}${target}`;
root.loadSync(readdirSync(`${protoFolder}netpolsim/v1`).map((file) => `netpolsim/v1/${file}`)).resolveAll();

const known = new Map<string, MessageSchema>();
for (const schema of Object.values(schemas)) collect(schema);

function collect(schema: MessageSchema): void {
  known.set(schema.name, schema);
  for (const field of schema.fields) {
    if (field !== undefined && typeof field.kind === 'object' && 'fields' in field.kind) collect(field.kind);
  }
}

/** The type that a .proto file gives a field of this kind. */
function protoType({ kind }: Field): string {
  if (typeof kind === 'object') return 'fields' in kind ? kind.name : `enum to ${kind.highest}`;
  const types: Partial<Record<typeof kind, string>> = {
    version: 'uint32',
    count: 'double',
    amount: 'double',
    rank: 'double',
    address: 'bytes',
    'packed uint32': 'uint32',
    'packed fixed32': 'fixed32',
  };
  return types[kind] ?? kind;
}

function typeOf(field: protobuf.Field): string {
  const { resolvedType } = field;
  if (resolvedType instanceof protobuf.Enum) return `enum to ${Math.max(...Object.values(resolvedType.values))}`;
  return resolvedType === null ? field.type : resolvedType.name;
}

const namespace = root.lookup('netpolsim.v1') as protobuf.Namespace;
const types = namespace.nestedArray.filter((each) => each instanceof protobuf.Type);
const enums = namespace.nestedArray.filter((each) => each instanceof protobuf.Enum);

describe('the schema of the scan', () => {
  it('has every message of the .proto files and no other', () => {
    expect([...known.keys()].sort()).toEqual(types.map(({ name }) => name).sort());
  });

  it.each(types.map((type) => [type.name, type] as const))('knows the fields of %s', (name, type) => {
    const schema = known.get(name);
    const ours = schema?.fields.filter((field) => field !== undefined) ?? [];
    const packed = (field: Field): boolean => typeof field.kind === 'string' && field.kind.startsWith('packed');
    expect(ours.map((field) => [field.number, field.name, protoType(field), field.repeated || packed(field)])).toEqual(
      type.fieldsArray
        .map(
          (field) =>
            [field.id, field.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), typeOf(field), field.repeated] as const,
        )
        .sort((a, b) => a[0] - b[0]),
    );
  });

  it.each(types.map((type) => [type.name, type] as const))('asks for one of each group of %s', (name, type) => {
    const groups = type.oneofsArray.filter(({ isProto3Optional }) => !isProto3Optional);
    const bits = groups.map(({ fieldsArray }) => fieldsArray.reduce((sum, { id }) => sum | (1 << id), 0));
    expect(known.get(name)?.oneOf).toEqual(bits);
  });

  it('finds no 64-bit integer in the .proto files', () => {
    const wide = types.flatMap(({ name, fieldsArray }) =>
      fieldsArray.filter(({ type }) => /64$/.test(type)).map((field) => `${name}.${field.name}`),
    );
    expect(wide).toEqual([]);
  });

  it.each(enums.map((each) => [each.name, each] as const))('finds the values of %s prefixed, and 0 unspecified', (name, { values }) => {
    const prefix = name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    expect(Object.keys(values).every((value) => value.startsWith(`${prefix}_`))).toBe(true);
    expect(values[`${prefix}_UNSPECIFIED`]).toBe(0);
  });
});
