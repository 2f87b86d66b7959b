import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparePrefixes,
  formatAddress,
  formatPrefix,
  isMappedIPv4,
  lastWords,
  maskWords,
  parseAddress,
  parsePrefix,
  prefixContains,
  wordMask,
} from '../../../src/lib/ip-address.ts';

describe('parseAddress', () => {
  it.each([
    ['0.0.0.0', 4, [0]],
    ['255.255.255.255', 4, [0xffffffff]],
    ['192.168.1.10', 4, [0xc0a8010a]],
    ['::', 6, [0, 0, 0, 0]],
    ['::1', 6, [0, 0, 0, 1]],
    ['2001:db8::8:800:200c:417a', 6, [0x20010db8, 0, 0x00080800, 0x200c417a]],
    ['::ffff:10.0.0.1', 6, [0, 0, 0xffff, 0x0a000001]],
    ['1:2:3:4:5:6:7::', 6, [0x10002, 0x30004, 0x50006, 0x70000]],
  ])('reads %s', (text, family, words) => {
    expect(parseAddress(text)).toEqual({ family, words });
  });

  it.each([
    '010.0.0.1',
    '10.1',
    '10.0.0.256',
    '10.0.0.a',
    '10.0.0./',
    '0x0a.0.0.1',
    ' 10.0.0.1',
    '10.0.0.1 ',
    '1٠.0.0.1',
    '',
    '10.0.0.1.',
    'fe80::1%eth0',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7',
    '12345::',
    '1:2:3:4:5:6:7:8::',
    '10.0.0.1::',
    ':1',
    '1:2:3:4:5:1.2.3.4:6',
    '::1.2.3.4:5',
    '1:',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it('agrees with node:net on whether a text is an address, zones aside', () => {
    const digits = fc.stringMatching(/^[0-9a-f:.]{1,20}$/);
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), digits), (text) => {
        expect(parseAddress(text)?.family ?? 0).toBe(isIP(text));
      }),
      { numRuns: 5000, seed: 1 },
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const address = parseAddress(text)!;
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
      { numRuns: 2000, seed: 2 },
    );
  });
});

describe('parsePrefix', () => {
  it.each([
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0.0/08',
    '10.0.0.0/8a',
    '10.0.0/8',
    '::/129',
    'fe80::1%eth0/64',
    '10.0.0.0/8/8',
  ])('refuses %j', (text) => {
    expect(parsePrefix(text)).toBeUndefined();
  });

  it.each([
    ['10.161.0.0/8', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.0.0.0/8', false],
    ['1.2.3.4/0', '0.0.0.0/0', true],
    ['0.0.0.0/0', '0.0.0.0/0', false],
    ['1.2.3.4/32', '1.2.3.4/32', false],
    ['2001:db8:ffff::1/33', '2001:db8:8000::/33', true],
    ['::1/128', '::1/128', false],
    ['::1/0', '::/0', true],
  ])('masks %s to %s', (text, canonical, hostBits) => {
    const parsed = parsePrefix(text)!;
    expect(formatPrefix(parsed.prefix)).toBe(canonical);
    expect(parsed.hostBits).toBe(hostBits);
  });
});

describe('word arithmetic', () => {
  it('agrees with BigInt on masks and last addresses for every length', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffffffff), { minLength: 4, maxLength: 4 }), fc.integer({ min: 0, max: 128 }), (words, length) => {
        const toBig = (list: readonly number[]) => list.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
        const mask = ((1n << 128n) - 1n) ^ ((1n << BigInt(128 - length)) - 1n);
        expect(toBig(maskWords(words, length))).toBe(toBig(words) & mask);
        expect(toBig(lastWords(words, length))).toBe(toBig(words) | (((1n << 128n) - 1n) ^ mask));
      }),
      { numRuns: 1000, seed: 3 },
    );
  });

  it('keeps /0 and /32 apart', () => {
    expect([wordMask(0), wordMask(1), wordMask(31), wordMask(32), wordMask(-5), wordMask(64)]).toEqual([
      0, 0x80000000, 0xfffffffe, 0xffffffff, 0, 0xffffffff,
    ]);
  });

  it('contains itself and what is inside, in one family only', () => {
    const prefix = (text: string) => parsePrefix(text)!.prefix;
    expect(prefixContains(prefix('10.0.0.0/8'), prefix('10.0.0.0/8'))).toBe(true);
    expect(prefixContains(prefix('10.0.0.0/8'), prefix('10.255.0.0/16'))).toBe(true);
    expect(prefixContains(prefix('10.0.0.0/16'), prefix('10.0.0.0/8'))).toBe(false);
    expect(prefixContains(prefix('10.0.0.0/8'), prefix('11.0.0.0/8'))).toBe(false);
    expect(prefixContains(prefix('0.0.0.0/0'), prefix('::/0'))).toBe(false);
    expect(prefixContains(prefix('::/0'), prefix('::ffff:0:0/96'))).toBe(true);
  });

  it('orders a prefix directly before what is inside it', () => {
    const sorted = ['10.1.0.0/16', '::/0', '10.0.0.0/8', '0.0.0.0/0', '10.0.0.0/16', '11.0.0.0/8'].map((text) => parsePrefix(text)!.prefix);
    expect(sorted.sort(comparePrefixes).map(formatPrefix)).toEqual([
      '0.0.0.0/0',
      '10.0.0.0/8',
      '10.0.0.0/16',
      '10.1.0.0/16',
      '11.0.0.0/8',
      '::/0',
    ]);
  });

  it('knows IPv4-mapped addresses', () => {
    expect(isMappedIPv4(parseAddress('::ffff:1.2.3.4')!)).toBe(true);
    expect(isMappedIPv4(parseAddress('::1.2.3.4')!)).toBe(false);
    expect(isMappedIPv4(parseAddress('1.2.3.4')!)).toBe(false);
  });
});
