/**
 * Texts in the order of `compareText`, as places in their list.
 */
import { orderOf } from './ascending.ts';
import { compareText } from './compare-text.ts';

/**
 * The places of the texts in their order; of equal texts the first place comes first. What all have in common at the start is passed over, and the next characters of each make one number: numbers
 * are sorted several times as fast as texts.
 */
export function orderOfTexts(texts: readonly string[]): Uint32Array {
  const from = commonStart(texts);
  const words = new Uint32Array(texts.length);
  for (let i = 0; i < texts.length; i++) words[i] = fourCharacters(texts[i]!, from);
  const order = orderOf(words);
  for (let first = 0, end = 0; first < order.length; first = end) {
    while (end < order.length && words[order[end]!] === words[order[first]!]) end++;
    sortPlaces(order, first, end, texts);
  }
  return order;
}

/** Puts the places `order[from..to]` in the order of their texts; those of equal texts stay as they are. Most are in order already. */
export function sortPlaces(order: Uint32Array, from: number, to: number, texts: readonly string[]): void {
  if (to - from < 2) return;
  let before = texts[order[from]!]!;
  for (let at = from + 1; at < to; at++) {
    const text = texts[order[at]!]!;
    if (text < before) {
      order.set(
        Array.from(order.subarray(from, to)).sort((a, b) => compareText(texts[a]!, texts[b]!)),
        from,
      );
      return;
    }
    before = text;
  }
}

/** How many characters are alike at the start of all texts. */
function commonStart(texts: readonly string[]): number {
  const [first = ''] = texts;
  let length = first.length;
  for (let i = 1; i < texts.length; i++) {
    const text = texts[i]!;
    let alike = 0;
    while (alike < length && text.charCodeAt(alike) === first.charCodeAt(alike)) alike++;
    length = alike;
  }
  return length;
}

/** A number for the next four characters, as far as each has a byte of its own. What it does not tell apart can still differ. */
function fourCharacters(text: string, from: number): number {
  let word = 0;
  for (let i = 0; i < 4; i++) {
    const code = from + i < text.length ? text.charCodeAt(from + i) : 0;
    // Larger codes are alike, so what follows them says nothing.
    if (code >= 255) return (word << (32 - 8 * i)) | (255 << (24 - 8 * i));
    word = (word << 8) | code;
  }
  return word;
}
