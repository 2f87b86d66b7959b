import type { Numbers } from './narrow.ts';

/** Columns of so many words and more stand outside what V8 counts. */
const UNCOUNTED_FROM = 1 << 14;

/** More than enough for V8 to collect, and no more than there is room for. */
const MOST_COUNTED = 1 << 28;

let uncounted = 0;

/**
 * A column of uint32, all 0. V8 counts the bytes of an ArrayBuffer as pressure on its heap and collects all of it for every 64 MB that come and go, however much else is there: beside the objects of
 * 100,000 tenants that was half of the time of compiling. Shared buffers are not counted. Where there are none (a page that is not isolated) the column is an ordinary one.
 */
export function newWords(length: number): Uint32Array {
  if (length < UNCOUNTED_FROM || typeof SharedArrayBuffer === 'undefined') return new Uint32Array(length);
  const bytes = length * Uint32Array.BYTES_PER_ELEMENT;
  uncounted += bytes;
  return new Uint32Array(new SharedArrayBuffer(bytes));
}

/** A copy that other threads can read in place, as far as there are shared buffers. */
export function sharedCopy<T extends Numbers>(column: T): T {
  if (typeof SharedArrayBuffer === 'undefined') return column.slice() as T;
  uncounted += column.byteLength;
  const copy = new (column.constructor as new (buffer: SharedArrayBuffer) => T)(new SharedArrayBuffer(column.byteLength));
  copy.set(column);
  return copy;
}

/**
 * Has V8 count, once, the columns that were made since the last call, up to 256 MB of them; most are garbage. To be called before work that makes many again, so that a process that compiles often stays as large
 * as with ordinary columns.
 */
export function countWords(): void {
  countBytes(uncounted);
  uncounted = 0;
}

/** Has V8 count so many bytes, up to 256 MB, once, as if they had come and gone. The buffer is never written to, so it takes addresses and no memory. */
export function countBytes(bytes: number): void {
  if (bytes > 0) new ArrayBuffer(Math.min(bytes, MOST_COUNTED));
}
