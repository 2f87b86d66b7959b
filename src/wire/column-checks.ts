/**
 * Checks of whole columns, several elements at a time where they are narrow. They say whether something is wrong, not what: who wants to know looks again, slowly.
 */

/** Is every element below 3 (protocols, verdicts)? Four at a time. */
export function areBelowThree(column: Uint8Array): boolean {
  const [head, words, tail] = inWords(column, 1);
  let wrong = 0;
  for (let i = 0; i < head; i++) wrong |= column[i]! > 2 ? 1 : 0;
  for (let i = tail; i < column.length; i++) wrong |= column[i]! > 2 ? 1 : 0;
  // wrong when a byte has any bit above the lowest two, or both of them
  for (let i = 0; i < words.length; i++) {
    const word = words[i]! | 0;
    wrong |= (word & 0xfcfcfcfc) | (word & (word >>> 1) & 0x01010101);
  }
  return wrong === 0;
}

/** Is no element 0 (ports)? Two at a time. */
export function areNotZero(column: Uint16Array): boolean {
  const [head, words, tail] = inWords(column, 2);
  let wrong = 0;
  for (let i = 0; i < head; i++) wrong |= column[i] === 0 ? 1 : 0;
  for (let i = tail; i < column.length; i++) wrong |= column[i] === 0 ? 1 : 0;
  // a half that is 0 borrows: its highest bit becomes 1, and was 0 before
  for (let i = 0; i < words.length; i++) {
    const word = words[i]! | 0;
    wrong |= (word - 0x00010001) & ~word & 0x80008000;
  }
  return wrong === 0;
}

/** Is every element below `end` (endpoints)? */
export function areBelow(column: Uint32Array, end: number): boolean {
  if (end >= 2 ** 32) return true;
  if (end > 2 ** 31) return column.every((each) => each < end);
  if (end === 0) return column.length === 0;
  const last = (end - 1) | 0;
  let wrong = 0;
  // negative when the element is 2^31 or more, or above the last
  for (let i = 0; i < column.length; i++) {
    const each = column[i]! | 0;
    wrong |= each | (last - each);
  }
  return wrong >= 0;
}

/** The words of a column: how many elements come before the first, the words, and the element after the last. */
function inWords(column: Uint8Array | Uint16Array, elementBytes: number): readonly [head: number, words: Int32Array, tail: number] {
  const head = Math.min(((4 - (column.byteOffset % 4)) % 4) / elementBytes, column.length);
  const count = Math.floor(((column.length - head) * elementBytes) / 4);
  const words = count === 0 ? NO_WORDS : new Int32Array(column.buffer, column.byteOffset + head * elementBytes, count);
  return [head, words, head + (count * 4) / elementBytes];
}

const NO_WORDS = new Int32Array(0);
