/**
 * Checks of several elements at a time say what a look at each of them says: every value at every place, of columns of every length that begin anywhere.
 */
import { describe, expect, it } from 'vitest';
import { areBelow, areBelowThree, areNotZero } from '../../../src/wire/column-checks.ts';

const LONGEST = 11;

describe('a check of a column', () => {
  it('finds the one byte that is 3 or more, and no other', () => {
    for (let start = 0; start < 4; start++) {
      for (let length = 0; length <= LONGEST; length++) {
        const column = new Uint8Array(new ArrayBuffer(32), start, length);
        for (const fill of [0, 1, 2]) expect(areBelowThree(column.fill(fill))).toBe(true);
        for (let at = 0; at < length; at++) {
          for (let value = 0; value < 256; value++) {
            column.fill(2)[at] = value;
            expect(areBelowThree(column), `${value} at ${at} of ${length}`).toBe(value < 3);
          }
        }
      }
    }
  });

  it('finds the one port that is 0, and no other', () => {
    for (let start = 0; start < 4; start += 2) {
      for (let length = 0; length <= LONGEST; length++) {
        const column = new Uint16Array(new ArrayBuffer(32), start, length);
        for (const fill of [1, 0x8000, 0xffff, 0x0100]) {
          expect(areNotZero(column.fill(fill))).toBe(true);
          for (let at = 0; at < length; at++) {
            for (const value of [0, 1, 2, 0x00ff, 0x7fff, 0x8000, 0x8001, 0xffff]) {
              column.fill(fill)[at] = value;
              expect(areNotZero(column), `${value} at ${at} of ${length}`).toBe(value !== 0);
            }
          }
        }
      }
    }
  });

  it.each([0, 1, 2, 1000, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32])('finds the endpoint that is not below %i', (end) => {
    const values = [0, 1, end - 1, end, end + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1].filter((each) => each >= 0 && each < 2 ** 32);
    for (const value of values) {
      expect(areBelow(Uint32Array.of(value), end), String(value)).toBe(value < end);
      if (end > 0) expect(areBelow(Uint32Array.of(0, value, 0), end), String(value)).toBe(value < end);
    }
    expect(areBelow(new Uint32Array(0), end)).toBe(true);
  });
});
