/**
 * Texts as the tables hold them: UTF-8, one after the other, whatever they are made of.
 */
import { expect, test } from 'vitest';
import { columnOf, stringSections, textColumn } from '../../../src/compile/columns.ts';
import { StringInterner } from '../../../src/lib/interner.ts';
import { NONE_32 } from '../../../src/tables/layout.ts';

function textsOf(texts: readonly string[]): string[] {
  const strings = new StringInterner();
  for (const text of texts) strings.intern(text);
  const { stringBytes, stringStart } = stringSections(strings);
  expect(stringStart.length).toBe(texts.length + 1);
  expect(stringStart[texts.length]).toBe(stringBytes.length);
  return texts.map((_, i) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(stringBytes.subarray(stringStart[i], stringStart[i + 1])),
  );
}

test('texts in ASCII and others come back as they were', () => {
  for (const texts of [[], [''], ['a', '', 'default/web'], ['web', 'größe', '', '\ufeffx', '𝄞 clef', 'end']])
    expect(textsOf(texts)).toEqual(texts);
});

test('halves of a character in two texts stay two texts', () => {
  expect(textsOf(['\ud834', '\udd1e', 'a'])).toEqual(['\ufffd', '\ufffd', 'a']);
});

test('texts in the order of others have their numbers, wherever the order ends', () => {
  const strings = new StringInterner();
  strings.intern('before');
  const texts = ['a', 'b', 'c', 'a', 'b', 'd', 'a', 'c', 'd', 'd', 'before', 'a', 'b', 'c', 'd', 'e'];
  const numbers = [1, 2, 3, 1, 2, 4, 1, 3, 4, 4, 0, 1, 2, 3, 4, 5];
  expect([...textColumn(texts, strings, (text) => text)]).toEqual(numbers);
  expect(strings.strings).toEqual(['before', 'a', 'b', 'c', 'd', 'e']);
});

test('equal texts have one number, and no text has none', () => {
  const strings = new StringInterner();
  expect([...textColumn(['a', 'a', undefined, undefined, 'b', 'a'], strings, (text) => text)]).toEqual([0, 0, NONE_32, NONE_32, 1, 0]);
  expect(strings.strings).toEqual(['a', 'b']);
  expect([...columnOf(Uint32Array.of(3, 1), (item) => item * 2)]).toEqual([6, 2]);
});
