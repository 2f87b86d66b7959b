/**
 * Changes of protobuf messages that keep lengths right: fields doubled, left out, moved, put elsewhere, numbers and tags at their bounds. Without this nearly every change
 * ends at the first length that does not fit.
 */
import type { Random } from '../../../src/fuzz/random.ts';
import { mutateBytes } from '../mutate.ts';

interface Field {
  readonly number: number;
  readonly wireType: number;
  /** Varint value, or the bytes of the field. */
  readonly value: number | Uint8Array;
}

const NUMBERS = [0, 1, 2, 3, 4, 5, 127, 128, 255, 65535, 65536, 0x7fffffff, 0xffffffff, 2 ** 32, 2 ** 53];
const DEEPEST = 6;

/** The message with one or a few changes, at any depth. */
export function mutateMessage(bytes: Uint8Array, random: Random): Uint8Array {
  let changed = bytes;
  do changed = changeFields(changed, random, 0);
  while (random.chance(0.3));
  return changed.length > 16384 ? changed.slice(0, 16384) : changed;
}

function changeFields(bytes: Uint8Array, random: Random, depth: number): Uint8Array {
  const fields = readFields(bytes);
  const other = { random, dictionary: [], other: bytes, largest: 16384 };
  if (fields === undefined || fields.length === 0) return mutateBytes(bytes, other);
  const at = random.below(fields.length);
  const field = fields[at] as Field;
  switch (random.below(depth < DEEPEST ? 12 : 7)) {
    case 0:
      return write(fields.toSpliced(at, 1));
    case 1:
      return write(fields.toSpliced(random.below(fields.length + 1), 0, field));
    case 2:
      return write(fields.toSpliced(at, 1).toSpliced(random.below(fields.length), 0, field));
    case 3:
      return write(fields.with(at, { ...field, number: 1 + random.below(16) }));
    case 4:
      return write(fields.with(at, { ...field, wireType: random.below(8) }));
    case 5:
      return write(fields.with(at, { ...field, value: random.pick(NUMBERS), wireType: 0 }));
    case 6:
      return write(fields.with(at, { ...field, value: (random.pick(fields) as Field).value }));
    default: {
      const { value } = field;
      if (typeof value === 'number') {
        return write(
          fields.with(at, { ...field, value: random.chance(0.5) ? random.pick(NUMBERS) : Math.max(0, value + random.below(5) - 2) }),
        );
      }
      const inner = random.chance(0.75) ? changeFields(value, random, depth + 1) : mutateBytes(value, other);
      return write(fields.with(at, { ...field, value: inner }));
    }
  }
}

/** The fields, or undefined when the bytes are not a message. */
function readFields(bytes: Uint8Array): Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++] as number;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    return -1;
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (number < 1 || number > 100) return undefined;
    if (wireType === 0) {
      fields.push({ number, wireType, value: varint() });
      continue;
    }
    const length = wireType === 1 ? 8 : wireType === 5 ? 4 : wireType === 2 ? varint() : -1;
    if (length < 0 || at + length > bytes.length) return undefined;
    fields.push({ number, wireType, value: bytes.slice(at, at + length) });
    at += length;
  }
  return fields;
}

function write(fields: readonly Field[]): Uint8Array {
  const out: number[] = [];
  for (const { number, wireType, value } of fields) {
    writeVarint(out, number * 8 + wireType);
    if (typeof value === 'number') writeVarint(out, value);
    else {
      if (wireType === 2) writeVarint(out, value.length);
      for (const byte of value) out.push(byte);
    }
  }
  return Uint8Array.from(out);
}

function writeVarint(out: number[], value: number): void {
  let rest = Math.max(0, value);
  while (rest >= 128) {
    out.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}
