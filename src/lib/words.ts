/** Columns of so many words and more stand outside what V8 counts. */
const UNCOUNTED_FROM = 1 << 14;

/**
 * A column of uint32, all 0. V8 counts the bytes of an ArrayBuffer as pressure on its heap and collects all of it for every 64 MB that come and go; beside the objects of a large
 * cluster that took a third of the time of compiling. Shared buffers are not counted. Where there are none (a page that is not isolated) the column is an ordinary one.
 */
export function newWords(length: number): Uint32Array {
  if (length < UNCOUNTED_FROM || typeof SharedArrayBuffer === 'undefined') return new Uint32Array(length);
  return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
}
