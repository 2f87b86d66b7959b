/**
 * Lookups in batches against a scan over all intervals in whole numbers (BigInt), and against `Directory` on a compiled cluster: every start, its neighbours, the ends of the family, anything between.
 */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { indexIntervals } from '../../../src/evaluate/address-index.ts';
import { createIPv4Lookup, createIPv6Lookup } from '../../../src/evaluate/address-lookup.ts';
import { Directory } from '../../../src/evaluate/directory.ts';
import { TableNames } from '../../../src/evaluate/names.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { formatAddress, parseAddress } from '../../../src/lib/ip-address.ts';
import { LinearMemory } from '../../../src/lib/linear-memory.ts';
import { lookupAddress } from '../../../src/lib/prefix-table.ts';
import { addressIntervals } from '../../../src/tables/address-intervals.ts';
import { RuleTables } from '../../../src/tables/rule-tables.ts';
import { checkProperty } from '../../support/check.ts';
import { addressSets, BITS, checkAgainstScan, lookUp, makeLookup, tablesOf, toWords } from '../../support/scan-addresses.ts';
import { SEED } from '../../support/seed.ts';

const FILE = 'test/unit/evaluate/address-lookup.test.ts';

describe.each([4, 6] as const)('IPv%i', (family) => {
  test('one interval has every address', () => {
    const end = 1n << BITS[family];
    expect(lookUp(tablesOf([0n], family, 1), family, [0n, 1n, end / 2n, end - 1n])).toEqual({ targets: [0, 0, 0, 0], others: 0 });
  });

  test.each([1, 7, 8, 9, 16, 17, 257, 4096])('%i neighbours at the end of the family', (count) => {
    const end = 1n << BITS[family];
    checkAgainstScan([0n, ...Array.from({ length: count }, (_, i) => end - BigInt(count - i))], family, [end / 2n], count);
  });

  test('tables without intervals are refused', () => {
    expect(() => makeLookup(RuleTables.of({}, false), family, new Uint32Array(4), new Uint32Array(1))).toThrow(RangeError);
  });

  test('only the addresses that were asked for are looked up, and later ones can be', () => {
    const targets = new Uint32Array(4).fill(77);
    const addresses = toWords([5n, 10n, 15n, 20n], family);
    const lookup = makeLookup(tablesOf([0n, 10n, 16n], family, 3), family, addresses, targets);
    expect(lookup(1, 3)).toBe(0);
    expect([...targets]).toEqual([77, 1, 1, 77]);
    addresses.set(toWords([16n], family), family === 4 ? 1 : 4);
    lookup(1, 2);
    expect([...targets]).toEqual([77, 0, 1, 77]);
  });

  test('columns of any length, in the memory or elsewhere, from any address to any other', () => {
    const starts = Array.from({ length: 300 }, (_, i) => BigInt(i) << (BITS[family] - 9n));
    const tables = tablesOf(starts, family, 200);
    const count = 10_000;
    const wordsPerAddress = family === 4 ? 1 : 4;
    const drawn = toWords(
      Array.from({ length: count }, (_, i) => ((BigInt(i) * 0x9e3779b97f4a7c15f39cc0605cedc835n) >> 3n) & ((1n << BITS[family]) - 1n)),
      family,
    );
    const memory = new LinearMemory();
    const addresses = memory.words(count * wordsPerAddress);
    addresses.set(drawn);
    const [inMemory, copied, each] = [memory.words(count), new Uint32Array(count), new Uint32Array(count)];
    const others = makeLookup(tables, family, addresses, inMemory, memory)(0, count);
    expect(others).toBe(inMemory.reduce((sum, target) => sum + Number(target >= 200), 0));
    const lookup = makeLookup(tables, family, drawn, copied);
    // Across the ends of the parts that are copied.
    for (const [first, end] of [
      [0, 4095],
      [4095, 4097],
      [4097, 8192],
      [8192, 8192],
      [8192, count],
    ] as const)
      expect(lookup(first, end)).toBe(inMemory.subarray(first, end).reduce((sum, target) => sum + Number(target >= 200), 0));
    expect(copied).toEqual(Uint32Array.from(inMemory));
    for (let i = 0; i < count; i++)
      each[i] = lookupAddress(addressIntervals(tables.columns, family), [
        ...drawn.subarray(i * wordsPerAddress, (i + 1) * wordsPerAddress),
      ]);
    expect(copied).toEqual(each);
  });

  test('directories below nearly all others are gone through', () => {
    const deep = Array.from({ length: Number(BITS[family]) }, (_, i) => (1n << BITS[family]) - (1n << BigInt(i)));
    const wide = Array.from({ length: 3000 }, (_, i) => BigInt(i) << (BITS[family] - 12n));
    const base = wide[1500]! + 1n;
    const dense = Array.from({ length: 40 }, (_, i) => base + BigInt(i) ** 4n);
    const starts = [...new Set([...wide, ...dense, ...deep])].sort((a, b) => (a < b ? -1 : 1));
    expect(indexIntervals(addressIntervals(tablesOf(starts, family, 1).columns, family))).toMatchObject({
      levels: 0,
      deepest: expect.any(Number),
    });
    checkAgainstScan(
      starts,
      family,
      dense.map((start) => start + 7n),
      100,
    );
  });

  test(`a lookup says what a scan says (seed ${SEED})`, { timeout: 120_000 }, () => {
    checkProperty(addressSets(family), ({ starts, more, endpoints }) => checkAgainstScan(starts, family, more, endpoints), {
      runs: 200,
      file: FILE,
      print: ({ starts }) => starts.map((start) => start.toString(16)).join(' '),
    });
  });
});

describe('by hand', () => {
  test('an except inside a block, a host inside it, and more than 65,535 targets', () => {
    // 10.0.0.0/8 without 10.1.0.0/16, with the pod 10.1.0.7 there.
    const tables = RuleTables.of(
      {
        lookup4Start: [0, 0x0a000000, 0x0a010000, 0x0a010007, 0x0a010008, 0x0a020000, 0x0b000000],
        lookup4Target: [0, 1, 0, 70_000, 0, 1, 0],
        endpointKind: new Uint8Array(70_001),
      },
      false,
    );
    const addresses = Uint32Array.of(
      0x09ffffff,
      0x0a000000,
      0x0a00ffff,
      0x0a010000,
      0x0a010006,
      0x0a010007,
      0x0a010008,
      0x0a020000,
      0x0b000000,
    );
    const targets = new Uint32Array(9);
    expect(createIPv4Lookup(tables, addresses, targets)(0, 9)).toBe(0);
    expect([...targets]).toEqual([0, 1, 1, 0, 0, 70_000, 0, 1, 0]);
  });

  test('pods side by side under one IPv6 prefix: what is before, behind and beside them is not theirs', () => {
    const subnet = 0xfd00_0000_0000_0001n << 64n;
    const starts = [0n, ...Array.from({ length: 20 }, (_, i) => subnet + 0x100n + BigInt(i)), subnet + 0x114n];
    const ask = [
      subnet - 1n,
      subnet,
      subnet + 0xffn,
      subnet + 0x100n,
      subnet + 0x113n,
      subnet + 0x114n,
      subnet + (0x105n << 32n),
      subnet + (1n << 64n) + 0x105n,
    ];
    expect(lookUp(tablesOf(starts, 6, 22), 6, ask).targets).toEqual([21, 21, 21, 20, 1, 0, 0, 0]);
    expect(lookUp(tablesOf(starts, 6, 22), 6, [(0xfcn << 120n) + 0x105n]).targets).toEqual([21]);
    // Another word than the one that tells them apart, in any bit.
    checkAgainstScan(
      starts,
      6,
      starts.flatMap((start) => Array.from({ length: 128 }, (_, bit) => start ^ (1n << BigInt(bit)))),
      22,
    );
  });
});

describe('on a compiled cluster', () => {
  const object = (kind: string, name: string, spec: object, status: object): object => ({
    apiVersion: 'v1',
    kind,
    metadata: kind === 'Node' ? { name } : { name, namespace: 'shop' },
    spec,
    status,
  });
  const pod = (name: string, ...ips: string[]): object =>
    object('Pod', name, { containers: [] }, { phase: 'Running', podIPs: ips.map((ip) => ({ ip })) });
  const { tables } = compile(
    manifestsFromObjects([
      pod('web', '10.0.0.1', 'fd00::1'),
      pod('one', '10.0.0.2', 'fd00::2'),
      pod('other', '10.0.0.2', 'fd00::2'),
      object('Node', 'n1', {}, { addresses: [{ type: 'InternalIP', address: '10.1.0.9' }] }),
      object('Service', 'front', { clusterIPs: ['10.96.0.1', 'fd96::1'], selector: { a: 'b' }, ports: [{ port: 80 }] }, {}),
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'outside', namespace: 'shop' },
        spec: {
          podSelector: {},
          ingress: [
            {
              from: [
                { ipBlock: { cidr: '192.0.2.0/24', except: ['192.0.2.128/25'] } },
                { ipBlock: { cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] } },
              ],
            },
          ],
        },
      },
    ]),
  );
  const directory = new Directory(tables, new TableNames(tables));

  test.each([
    [4, ['10.0.0.1', '10.0.0.2', '10.1.0.9', '10.96.0.1', '192.0.2.127', '192.0.2.128', '8.8.8.8', '0.0.0.0', '255.255.255.255'], 2],
    [6, ['fd00::1', 'fd00::2', 'fd96::1', '2001:db8::1', '2001:db8:1::1', '2606::1', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], 2],
  ] as const)('IPv%i: targets stand for what the directory says, and are counted when they are no endpoint', (family, texts, others) => {
    const addresses = Uint32Array.from(texts.flatMap((text) => [...parseAddress(text)!.words]));
    const targets = new Uint32Array(texts.length);
    expect(makeLookup(tables, family, addresses, targets)(0, texts.length)).toBe(others);
    expect(texts.map((_, i) => directory.resolveTarget(targets[i]!))).toEqual(texts.map((ip) => directory.resolve({ ip })));
    // Several owners and a Service are no endpoints; a pod is.
    expect(Array.from(targets, (target) => target < tables.columns.endpointKind.length).filter((is) => !is)).toHaveLength(others);
    expect(targets[0]).toBeLessThan(tables.columns.endpointKind.length);
  });

  test('an IPv4 address in IPv6 notation has no target, and what is beside those has', () => {
    const texts = ['::ffff:0.0.0.0', '::ffff:10.0.0.1', '::ffff:255.255.255.255'];
    const beside = [
      [0, 0, 0xfffe, 0xffffffff],
      [0, 0, 0x10000, 0],
    ];
    const addresses = Uint32Array.from([...texts.flatMap((text) => [...parseAddress(text)!.words]), ...beside.flat()]);
    const targets = new Uint32Array(5);
    expect(createIPv6Lookup(tables, addresses, targets)(0, 5)).toBe(3);
    for (const [i, ip] of texts.entries()) {
      expect(() => directory.resolve({ ip })).toThrow('is an IPv4 address in IPv6 notation');
      expect(() => directory.resolveTarget(targets[i]!)).toThrow('an IPv4 address in IPv6 notation has none');
    }
    for (const [i, words] of beside.entries()) {
      expect(directory.resolveTarget(targets[3 + i]!)).toEqual(directory.resolve({ ip: formatAddress({ family: 6, words }) }));
    }
  });
});
