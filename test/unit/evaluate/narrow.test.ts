/**
 * Columns of small numbers are copied into 16 bits, others are left alone.
 */
import { expect, test } from 'vitest';
import { narrow } from '../../../src/lib/narrow.ts';

test('a column whose numbers all fit into 16 bits is copied into 16 bits', () => {
  expect(narrow(Uint32Array.of(0, 65535))).toEqual(Uint16Array.of(0, 65535));
});

test('a column with one larger number stays as it is', () => {
  const column = Uint32Array.of(0, 65536, 1);
  expect(narrow(column)).toBe(column);
});
