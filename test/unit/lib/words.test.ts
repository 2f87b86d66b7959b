import { afterEach, expect, test, vi } from 'vitest';
import { countWords, newWords, sharedCopy } from '../../../src/lib/words.ts';

const LONG = 1 << 14;

afterEach(() => vi.unstubAllGlobals());

test.each([0, 1, LONG - 1])('a short column is an ordinary one: %i words', (length) => {
  expect(newWords(length).buffer).toBeInstanceOf(ArrayBuffer);
  expect(newWords(length)).toEqual(new Uint32Array(length));
});

test.each([LONG, LONG + 1])('a long column is shared: %i words', (length) => {
  const words = newWords(length);
  expect(words.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(words.buffer.byteLength).toBe(length * 4);
  expect(words.every((word) => word === 0)).toBe(true);
});

test('long columns are counted once, when asked to', () => {
  countWords();
  const counted: number[] = [];
  const Counting = class extends ArrayBuffer {
    constructor(bytes: number) {
      super(0);
      counted.push(bytes);
    }
  };
  newWords(LONG);
  newWords(LONG + 1);
  vi.stubGlobal('ArrayBuffer', Counting);
  for (let i = 0; i < 2; i++) countWords();
  newWords((1 << 26) + LONG);
  countWords();
  // However many: what is told takes addresses, and there may be few.
  expect(counted).toEqual([(2 * LONG + 1) * 4, 1 << 28]);
});

test('where nothing can be shared a long column is an ordinary one', () => {
  vi.stubGlobal('SharedArrayBuffer', undefined);
  expect(newWords(LONG).buffer).toBeInstanceOf(ArrayBuffer);
  expect(newWords(LONG)).toHaveLength(LONG);
});

test.each([Uint8Array, Uint16Array, Uint32Array])('a copy for other threads has the same numbers in the same width: %o', (Numbers) => {
  const whole = Numbers.from([9, 1, 2, 255]);
  const copy = sharedCopy(whole.subarray(1));
  expect(copy).toEqual(Numbers.from([1, 2, 255]));
  expect(copy.buffer).toBeInstanceOf(SharedArrayBuffer);
  whole.fill(0);
  vi.stubGlobal('SharedArrayBuffer', undefined);
  const unshared = sharedCopy(copy);
  copy.fill(0);
  expect(unshared).toEqual(Numbers.from([1, 2, 255]));
});
