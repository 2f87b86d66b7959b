/**
 * Lookups of addresses in batches against a scan over all intervals in whole numbers (BigInt).
 */
import fc from 'fast-check';
import { type AddressLookup, createIPv4Lookup, createIPv6Lookup } from '../../src/evaluate/address-lookup.ts';
import type { LinearMemory } from '../../src/lib/linear-memory.ts';
import { RuleTables } from '../../src/tables/rule-tables.ts';

type Family = 4 | 6;
export const BITS = { 4: 32n, 6: 128n } as const;
const MAPPED = 0xffffn << 32n;

export function toWords(addresses: readonly bigint[], family: Family): Uint32Array {
  const words = family === 4 ? [0n] : [96n, 64n, 32n, 0n];
  return Uint32Array.from(addresses.flatMap((address) => words.map((shift) => Number((address >> shift) & 0xffffffffn))));
}

/** The last interval has target 0, the one before it 1, and so on: no number of an interval is taken for its target. As many endpoints as are asked for; targets past them are shared. */
export function tablesOf(starts: readonly bigint[], family: Family, endpoints: number): RuleTables {
  const column = { start: toWords(starts, family), target: starts.map((_, i) => starts.length - 1 - i) };
  return RuleTables.of(
    {
      ...(family === 4
        ? { lookup4Start: column.start, lookup4Target: column.target }
        : { lookup6Start: column.start, lookup6Target: column.target }),
      endpointKind: new Uint8Array(endpoints),
      sharedOwner: new Uint32Array(starts.length - endpoints),
    },
    false,
  );
}

export function makeLookup(
  tables: RuleTables,
  family: Family,
  addresses: Uint32Array,
  targets: Uint32Array,
  memory?: LinearMemory,
): AddressLookup {
  return (family === 4 ? createIPv4Lookup : createIPv6Lookup)(tables, addresses, targets, memory);
}

export function lookUp(tables: RuleTables, family: Family, addresses: readonly bigint[]): { targets: number[]; others: number } {
  const targets = new Uint32Array(addresses.length);
  const others = makeLookup(tables, family, toWords(addresses, family), targets)(0, addresses.length);
  return { targets: [...targets], others };
}

/** What a scan says. IPv4 in IPv6 notation is past all targets. */
function scan(starts: readonly bigint[], family: Family, address: bigint): number {
  if (family === 6 && address >> 32n === MAPPED >> 32n) return starts.length;
  return starts.length - 1 - starts.findLastIndex((start) => start <= address);
}

/** Every start and its neighbours, the ends of the family, and what is given. */
function edges(starts: readonly bigint[], family: Family, more: readonly bigint[]): bigint[] {
  const end = 1n << BITS[family];
  const near = [...starts, MAPPED, MAPPED + (1n << 32n)].flatMap((start) => [start - 1n, start, start + 1n]);
  return [0n, end - 1n, ...near, ...more].filter((address) => address >= 0n && address < end);
}

/** Every start, its neighbours, the ends of the family, and `more`. @throws the first that differs */
export function checkAgainstScan(starts: readonly bigint[], family: Family, more: readonly bigint[], endpoints: number): void {
  const addresses = edges(starts, family, more);
  const { targets, others } = lookUp(tablesOf(starts, family, endpoints), family, addresses);
  const expected = addresses.map((address) => scan(starts, family, address));
  const wrong = expected.findIndex((target, i) => target !== targets[i]);
  if (wrong >= 0) throw new Error(`0x${addresses[wrong]!.toString(16)} has target ${expected[wrong]}, the lookup says ${targets[wrong]}`);
  const expectedOthers = expected.filter((target) => target >= endpoints).length;
  if (others !== expectedOthers) throw new Error(`${expectedOthers} targets are no endpoint, the lookup says ${others}`);
}

export interface AddressSet {
  readonly starts: readonly bigint[];
  readonly more: readonly bigint[];
  readonly endpoints: number;
}

/** Dense runs, powers of two behind a base (deep trees), and anything; together in one set. */
export function addressSets(family: Family): fc.Arbitrary<AddressSet> {
  const mask = (1n << BITS[family]) - 1n;
  const any = fc.bigInt({ min: 0n, max: mask });
  const base = fc.oneof(
    any,
    fc.constantFrom(0n, mask, MAPPED & mask, (MAPPED + (1n << 32n)) & mask, (0xfdn << (BITS[family] - 8n)) & mask),
  );
  const run = fc
    .tuple(base, fc.integer({ min: 1, max: 300 }), fc.nat({ max: Number(BITS[family]) - 1 }))
    .map(([first, count, shift]) => Array.from({ length: count }, (_, i) => (first + (BigInt(i) << BigInt(shift))) & mask));
  const powers = base.map((first) => Array.from({ length: Number(BITS[family]) }, (_, i) => (first ^ (1n << BigInt(i))) & mask));
  const sparse = fc.array(any, { maxLength: 200 });
  return fc
    .tuple(
      fc.array(fc.oneof(run, powers, sparse), { maxLength: 6 }),
      fc.array(any, { maxLength: 50 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([groups, more, share]) => {
      const starts = [...new Set([0n, ...groups.flat()])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      return { starts, more, endpoints: Math.floor(starts.length * share) };
    });
}
