/**
 * Text forms of addresses and blocks as RFC 791 and RFC 4291 have them and Go's net/netip reads them; the bits are written out by hand.
 */
import { describe, expect, test } from 'vitest';
import { addressBits, hasHostBits, inBlock, isMapped } from '../../../src/reference/addresses.ts';

/** Sixteen bits for each hexadecimal group, from a table that is no arithmetic. */
const NIBBLES: Readonly<Record<string, string>> = {
  '0': '0000',
  '1': '0001',
  '2': '0010',
  '3': '0011',
  '4': '0100',
  '5': '0101',
  '6': '0110',
  '7': '0111',
  '8': '1000',
  '9': '1001',
  a: '1010',
  b: '1011',
  c: '1100',
  d: '1101',
  e: '1110',
  f: '1111',
};
const bitsOf = (groups: string) => [...groups.replaceAll(' ', '')].map((digit) => NIBBLES[digit]).join('');

describe('an IPv4 address', () => {
  test.each([
    ['0.0.0.0', '00000000000000000000000000000000'],
    ['10.0.0.1', '00001010000000000000000000000001'],
    ['192.168.100.9', '11000000101010000110010000001001'],
    ['255.255.255.255', '11111111111111111111111111111111'],
  ])('%s has the bits of its four octets', (text, bits) => {
    expect(addressBits(text)).toBe(bits);
    expect(addressBits(text)).toBe(bits);
  });

  test.each([
    '',
    '10.0.0',
    '10.0.0.0.1',
    '10.0.0.256',
    '10.0.0.01',
    '10.0.0.',
    '10.0.0.1000',
    '10.0.0.x',
    '10.0.0.1 ',
    'x10.0.0.1',
    '10.0.0.-1',
  ])('is not `%s`', (text) => {
    expect(addressBits(text)).toBeUndefined();
    expect(addressBits('10.0.0.1')).toHaveLength(32);
  });
});

describe('an IPv6 address', () => {
  test.each([
    ['::', '0000 0000 0000 0000 0000 0000 0000 0000'],
    ['::1', '0000 0000 0000 0000 0000 0000 0000 0001'],
    ['fd00::', 'fd00 0000 0000 0000 0000 0000 0000 0000'],
    ['2001:db8::a:0:1', '2001 0db8 0000 0000 0000 000a 0000 0001'],
    ['1:2:3:4:5:6:7:8', '0001 0002 0003 0004 0005 0006 0007 0008'],
    ['1:2:3:4:5:6:7::', '0001 0002 0003 0004 0005 0006 0007 0000'],
    ['1:2:3::5:6:7:8', '0001 0002 0003 0000 0005 0006 0007 0008'],
    ['ABCD:ef01::9', 'abcd ef01 0000 0000 0000 0000 0000 0009'],
    ['::10.1.2.3', '0000 0000 0000 0000 0000 0000 0a01 0203'],
    ['64:ff9b::192.0.2.33', '0064 ff9b 0000 0000 0000 0000 c000 0221'],
    ['1:2:3:4:5:6:192.0.2.33', '0001 0002 0003 0004 0005 0006 c000 0221'],
  ])('%s has the bits of its eight groups', (text, groups) => {
    expect(addressBits(text)).toBe(bitsOf(groups));
  });

  test.each([
    ['has two gaps', '1::2::3'],
    ['has seven groups and no gap', '1:2:3:4:5:6:7'],
    ['has nine groups', '1:2:3:4:5:6:7:8:9'],
    ['has a gap that stands for no group', '1:2:3:4:5:6:7::8'],
    ['has nine groups and a gap', '1:2:3:4:5:6:7:8::9'],
    ['has a group of five digits', '12345::'],
    ['has a group of five digits at its end', '::12345'],
    ['has another letter in front', 'g1::'],
    ['has another letter behind', '1g::'],
    ['has another letter among good groups', '1::g:1'],
    ['begins with one colon', ':1:2:3:4:5:6:7'],
    ['ends with one colon', '1:2:3:4:5:6:7:'],
    ['has three colons', ':::'],
    ['has a zone', 'fe80::1%eth0'],
    ['has a quad of three octets', '::10.0.1'],
    ['has a quad with a leading zero', '::10.0.0.01'],
    ['has a quad in front', '10.0.0.1::'],
    ['has a quad in front and one behind', '10.0.0.1::10.0.0.1'],
    ['has a quad and seven groups', '1:2:3:4:5:6:7:10.0.0.1'],
  ])('is not a text that %s', (_, text) => {
    expect(addressBits(text)).toBeUndefined();
    expect(addressBits('1::2')).toHaveLength(128);
  });
});

describe('an IPv4 address in IPv6 notation', () => {
  test.each([
    ['::ffff:10.0.0.1', true],
    ['::ffff:a00:1', true],
    ['::10.0.0.1', false],
    ['::1:ffff:10.0.0.1', false],
    ['::fffe:10.0.0.1', false],
    ['10.0.0.1', false],
    ['255.255.255.255', false],
  ])('%s: %s', (text, mapped) => {
    expect(isMapped(addressBits(text)!)).toBe(mapped);
  });
});

describe('a block', () => {
  test.each([
    ['10.0.0.0', '10.0.0.0/8', true],
    ['10.255.255.255', '10.0.0.0/8', true],
    ['11.0.0.0', '10.0.0.0/8', false],
    ['10.0.0.1', '10.0.0.1/32', true],
    ['10.0.0.2', '10.0.0.1/32', false],
    ['255.0.0.1', '0.0.0.0/0', true],
    ['10.0.0.9', '10.0.0.1/24', true],
    ['10.0.1.1', '10.0.0.1/24', false],
    ['::1', '0.0.0.0/0', false],
    ['10.0.0.1', '::/0', false],
    ['fd00::1', 'fd00::/8', true],
    ['fc00::1', 'fd00::/8', false],
    ['fd00::1', 'fd00::1/128', true],
    ['fd00::2', 'fd00::1/128', false],
  ])('holds %s in %s: %s', (address, cidr, held) => {
    expect(inBlock(addressBits(address)!, cidr)).toBe(held);
  });

  test.each([
    ['10.0.0.0/8', false],
    ['10.0.0.1/8', true],
    ['10.0.0.1/32', false],
    ['10.0.0.1/31', true],
    ['0.0.0.0/0', false],
    ['fd00::1/64', true],
    ['fd00::/64', false],
  ])('%s has bits beyond its prefix: %s', (cidr, has) => {
    expect(hasHostBits(cidr)).toBe(has);
  });

  test.each(['nonsense/8', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/x', '10.0.0/8'])('cannot be `%s`, which validation refuses', (cidr) => {
    const refusal = new TypeError(`the policy was read although \`${cidr}\` is not a CIDR`);
    expect(() => hasHostBits(cidr)).toThrow(refusal);
    expect(() => inBlock(addressBits('10.0.0.1')!, cidr)).toThrow(refusal);
    expect(inBlock(addressBits('10.0.0.1')!, '10.0.0.0/32')).toBe(false);
  });
});
