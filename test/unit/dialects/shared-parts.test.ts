/**
 * Blocks that are written alike are one object where they are near each other; of very many not all are remembered, and each says the same again.
 */
import { expect, test } from 'vitest';
import { SharedParts } from '../../../src/dialects/shared-parts.ts';
import { formatPrefix } from '../../../src/lib/ip-address.ts';

test('blocks and prefixes are remembered, and forgotten after very many others', () => {
  const parts = new SharedParts();
  const textOf = (i: number): string => `10.${i >>> 16}.${(i >>> 8) & 255}.${i & 255}/32`;
  const [block, prefix] = [parts.block(textOf(0)), parts.prefix(textOf(0))];
  expect(parts.block(textOf(0))).toBe(block);
  expect(parts.prefix(textOf(0))).toBe(prefix);
  for (let i = 1; i <= 1 << 16; i++) {
    expect([formatPrefix(parts.block(textOf(i))[0].cidr), formatPrefix(parts.prefix(textOf(i)))]).toEqual([textOf(i), textOf(i)]);
  }
  expect(parts.block(textOf(0))).not.toBe(block);
  expect(parts.prefix(textOf(0))).not.toBe(prefix);
  expect([parts.block(textOf(0)), parts.prefix(textOf(0))]).toEqual([block, prefix]);
});
