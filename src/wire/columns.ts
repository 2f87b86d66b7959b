/**
 * Columns of numbers in messages: little endian, of 1, 2 or 4 bytes each, as few as the largest number needs. A column that was read is a view of the message where its memory
 * is aligned, and a copy otherwise.
 */
import { WireFormatError } from './wire-error.ts';

export type NumberColumn = Uint8Array | Uint16Array | Uint32Array;

/** The column of these numbers. */
export function columnOf(numbers: Uint32Array): Uint8Array {
  let bits = 0;
  for (let i = 0; i < numbers.length; i++) bits |= numbers[i]!;
  const narrow = bits >>> 8 === 0 ? Uint8Array.from(numbers) : bits >>> 16 === 0 ? Uint16Array.from(numbers) : numbers;
  return new Uint8Array(narrow.buffer, narrow.byteOffset, narrow.byteLength);
}

/**
 * The numbers of a column. `path` says whose column it is.
 * @throws {WireFormatError} when the bytes are not `count` numbers
 */
export function readColumn(bytes: Uint8Array, count: number, path: string): NumberColumn {
  const width = count === 0 ? 1 : bytes.length / count;
  if (count === 0 ? bytes.length !== 0 : width !== 1 && width !== 2 && width !== 4) {
    throw new WireFormatError(`\`${path}\` has ${bytes.length} bytes, expected 1, 2 or 4 for each of ${count} elements`);
  }
  if (width === 1) return bytes;
  const { buffer, byteOffset } = aligned(bytes, width);
  return width === 2 ? new Uint16Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count);
}

/** The bytes themselves where they begin at a multiple of `width`; a copy otherwise, as typed arrays need. */
export function aligned(bytes: Uint8Array, width: number): Uint8Array {
  return bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
}
