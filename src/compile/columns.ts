/**
 * Columns of numbers and of texts, as the tables hold them.
 */
import type { StringInterner } from '../lib/interner.ts';
import { newWords } from '../lib/words.ts';
import { NONE_32 } from '../tables/layout.ts';

/** A number for each item. */
export function columnOf<T>(items: ArrayLike<T>, numberOf: (item: T) => number): Uint32Array {
  const column = newWords(items.length);
  for (let i = 0; i < items.length; i++) column[i] = numberOf(items[i]!);
  return column;
}

/** The numbers of texts, NONE_32 for none. Neighbours often have one text, which is then looked up once. */
export function textColumn<T>(items: readonly T[], strings: StringInterner, textOf: (item: T) => string | undefined): Uint32Array {
  const numberOf = textNumbers(strings);
  return columnOf(items, (item) => numberOf(textOf(item)));
}

/** The number of a text, NONE_32 for none. Objects of one namespace after the other often have the same names in the same order: what was found last and what comes behind it are not looked up. */
export function textNumbers(interner: StringInterner): (text: string | undefined) => number {
  const { strings } = interner;
  let last = 0;
  return (text) => {
    if (text === undefined) return NONE_32;
    if (text !== strings[last]) {
      const next = last + 1;
      last = next < strings.length && text === strings[next] ? next : interner.intern(text);
    }
    return last;
  };
}

/** Texts as UTF-8, one after the other, and where each begins. */
export function stringSections({ strings }: StringInterner): { stringBytes: Uint8Array; stringStart: Uint32Array } {
  const encoder = new TextEncoder();
  const joined = strings.join('');
  const start = newWords(strings.length + 1);
  for (let i = 0; i < strings.length; i++) start[i + 1] = start[i]! + strings[i]!.length;
  const ascii = encoder.encode(joined);
  // Only texts in ASCII have as many bytes as code units, and then all begin at the same places.
  if (ascii.length === joined.length) return { stringBytes: ascii, stringStart: start };
  // A code unit takes at most three bytes.
  const bytes = new Uint8Array(joined.length * 3);
  for (const [i, text] of strings.entries()) start[i + 1] = start[i]! + encoder.encodeInto(text, bytes.subarray(start[i])).written;
  return { stringBytes: bytes.subarray(0, start[strings.length]), stringStart: start };
}
