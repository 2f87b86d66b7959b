/**
 * Blocks that are written alike are one object where they are near each other; of very many not all are remembered, and each says the same again.
 */
import { expect, test } from 'vitest';
import { SharedParts } from '../../../src/dialects/shared-parts.ts';
import { formatPrefix } from '../../../src/lib/ip-address.ts';

const MOST_REMEMBERED = 1 << 18;

test('blocks and prefixes are remembered, those that come first, however many follow', () => {
  const parts = new SharedParts();
  const textOf = (i: number): string => `10.${i >>> 16}.${(i >>> 8) & 255}.${i & 255}/32`;
  const [block, prefix] = [parts.block(textOf(0)), parts.prefix(textOf(0))];
  expect(parts.block(textOf(0))).toBe(block);
  expect(parts.prefix(textOf(0))).toBe(prefix);
  const wrong: string[] = [];
  for (let i = 1; i <= MOST_REMEMBERED; i++) {
    const text = textOf(i);
    if (formatPrefix(parts.block(text)[0].cidr) !== text || formatPrefix(parts.prefix(text)) !== text) wrong.push(text);
  }
  expect(wrong).toEqual([]);
  expect(parts.block(textOf(0))).toBe(block);
  expect(parts.prefix(textOf(0))).toBe(prefix);
  const [late, lateAgain] = [parts.block(textOf(MOST_REMEMBERED)), parts.block(textOf(MOST_REMEMBERED))];
  expect(lateAgain).not.toBe(late);
  expect(lateAgain).toEqual(late);
});
