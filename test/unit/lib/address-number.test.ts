import { describe, expect, it } from 'vitest';
import { addressToNumber, blockOfRange, numberToAddress } from '../../../src/lib/address-number.ts';
import { formatPrefix } from '../../../src/lib/ip-address.ts';

const FIRST6 = 0x20010db8_00000000_00000000_00000001n;

describe('addresses as numbers', () => {
  it('go there and back, of both families', () => {
    expect(addressToNumber([0xc0000201])).toBe(0xc0000201n);
    expect(numberToAddress(4, 0xc0000201n)).toEqual({ family: 4, words: [0xc0000201] });
    expect(addressToNumber([0x20010db8, 0, 0, 1])).toBe(FIRST6);
    expect(numberToAddress(6, FIRST6)).toEqual({ family: 6, words: [0x20010db8, 0, 0, 1] });
  });

  it.each([
    [4, 0n, 0xffffffffn, '0.0.0.0/0'],
    [4, 0x0a000000n, 0x0a0000ffn, '10.0.0.0/24'],
    [4, 0x0a000001n, 0x0a000001n, '10.0.0.1/32'],
    [4, 0x0a000001n, 0x0a000002n, undefined],
    [4, 0x0a000000n, 0x0a000002n, undefined],
    [6, FIRST6, FIRST6, '2001:db8::1/128'],
    [6, 0n, 2n ** 128n - 1n, '::/0'],
  ] as const)('of family %i from %i to %i are the block %s', (family, first, last, block) => {
    const found = blockOfRange(family, first, last);
    expect(found && formatPrefix(found)).toBe(block);
  });
});
