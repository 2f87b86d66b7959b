/**
 * Addresses and blocks of a universe of 32 addresses per family inside a few wide blocks, in the spellings that the API accepts.
 * Plain number arithmetic of its own: a helper shared with the engine would hide the engine's mistakes.
 */
import fc from 'fast-check';
import type { ClusterSettings } from './settings.ts';

/** Addresses of a family are a fixed beginning and one number. */
const UNIVERSE_SIZE = 32;

const BASE: Readonly<Record<4 | 6, bigint>> = { 4: 0x0a000000n, 6: 0xfd000000000000000000000000000000n };
const WIDTH: Readonly<Record<4 | 6, bigint>> = { 4: 32n, 6: 128n };

/** Text of an address given as a number. `spelling` picks among the forms that mean the same. */
export function addressText(family: 4 | 6, value: bigint, spelling = 0): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  if (spelling === 1)
    return groups
      .map((group) => group.padStart(4, '0'))
      .join(':')
      .toUpperCase();
  if (spelling === 2) return groups.join(':');
  const text = groups.join(':');
  const zeros = /(?:^|:)0(?::0)+(?:$|:)/.exec(text);
  return zeros === null ? text : text.replace(zeros[0], '::');
}

/** The number that a text of `addressText` stands for. */
export function addressValue(text: string): { family: 4 | 6; value: bigint } {
  if (!text.includes(':')) return { family: 4, value: text.split('.').reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n) };
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const after = tail === undefined ? [] : groups(tail);
  const before = groups(head);
  const all = [...before, ...new Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return { family: 6, value: all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) };
}

/** First and last number of a block. */
export function blockRange(cidr: string): { family: 4 | 6; first: bigint; last: bigint } {
  const [address = '', length = ''] = cidr.split('/');
  const { family, value } = addressValue(address);
  const rest = WIDTH[family] - BigInt(length);
  const first = (value >> rest) << rest;
  return { family, first, last: first + (1n << rest) - 1n };
}

export function isAddress(family: 4 | 6, value: bigint): boolean {
  return value >= 0n && value < 1n << WIDTH[family];
}

/** Distinct addresses, in random order. */
export function distinctAddresses(family: 4 | 6, count: number): fc.Arbitrary<string[]> {
  return fc
    .uniqueArray(fc.nat({ max: UNIVERSE_SIZE - 1 }), { minLength: Math.min(count, UNIVERSE_SIZE), maxLength: count })
    .map((offsets) => offsets.map((offset) => addressText(family, BASE[family] + BigInt(offset))));
}

export interface Block {
  readonly cidr: string;
  readonly except?: readonly string[] | null | undefined;
}

/** A block and exceptions inside it: nested, equal and neighbouring ones too. */
export function ipBlock(settings: ClusterSettings): fc.Arbitrary<Block> {
  return fc
    .record({
      family: fc.constantFrom(...settings.families),
      // Narrow blocks cut the universe, wide ones hold all of it.
      narrow: fc.nat({ max: 5 }),
      wide: fc.constantFrom(undefined, undefined, undefined, undefined, 0, 1, 8, 24),
      offset: fc.nat({ max: UNIVERSE_SIZE - 1 }),
      hostBits: fc.nat({ max: 99 }),
      spelling: fc.nat({ max: 2 }),
      excepts: fc.array(
        fc.record({ deeper: fc.integer({ min: 1, max: 4 }), offset: fc.nat({ max: UNIVERSE_SIZE - 1 }), again: fc.nat({ max: 5 }) }),
        {
          maxLength: 3,
        },
      ),
      noExcept: fc.constantFrom(undefined, undefined, undefined, null, []),
    })
    .map(({ family, narrow, wide, offset, hostBits, spelling, excepts, noExcept }) => {
      const full = Number(WIDTH[family]);
      const length = wide ?? full - narrow;
      const keepBits = hostBits >= 100 - settings.weights.hostBits * 10;
      const text = (value: bigint, prefix: number, keep: boolean) => {
        const rest = BigInt(full - prefix);
        return `${addressText(family, keep ? value : (value >> rest) << rest, spelling)}/${prefix}`;
      };
      const cidr = text(BASE[family] + BigInt(offset), length, keepBits);
      const { first, last } = blockRange(cidr);
      const inside = excepts
        .map(({ deeper, offset: within }) => {
          // An exception lies strictly inside the block; wide blocks get one that cuts the universe.
          const prefix = wide === undefined ? length + deeper : full - deeper;
          const value = wide === undefined ? first + (BigInt(within) % (last - first + 1n)) : BASE[family] + BigInt(within);
          return prefix > full ? undefined : text(value, prefix, false);
        })
        .filter((each) => each !== undefined);
      const again = excepts.some(({ again: roll }) => roll === 0) ? inside.slice(0, 1) : [];
      if (inside.length === 0) return noExcept === undefined ? { cidr } : { cidr, except: noExcept };
      return { cidr, except: [...inside, ...again] };
    });
}
