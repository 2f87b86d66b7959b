/**
 * Columns of small numbers are copied into fewer bits, others are left alone.
 */
import { expect, test } from 'vitest';
import { narrow } from '../../../src/lib/narrow.ts';

test('a column is copied into as few bytes as its largest number takes', () => {
  expect(narrow(Uint32Array.of(0, 65535))).toEqual(Uint16Array.of(0, 65535));
  expect(narrow(Uint32Array.of(256, 1))).toEqual(Uint16Array.of(256, 1));
  expect(narrow(Uint32Array.of(255, 0))).toEqual(Uint8Array.of(255, 0));
  expect(narrow(Uint16Array.of(255, 0))).toEqual(Uint8Array.of(255, 0));
  expect(narrow(new Uint32Array(0))).toEqual(new Uint8Array(0));
});

test.each([Uint32Array.of(0, 65536, 1), Uint32Array.of(0xffffffff), Uint16Array.of(256), Uint8Array.of(1)])(
  '%o stays as it is',
  (column) => {
    const found = narrow(column);
    expect(found).toEqual(column);
    expect(found.BYTES_PER_ELEMENT).toBe(column.BYTES_PER_ELEMENT);
  },
);
