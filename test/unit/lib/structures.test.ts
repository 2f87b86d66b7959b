import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortStart } from '../../../src/lib/ascending.ts';
import { groupBy, membersOf } from '../../../src/lib/grouping.ts';
import { GrowableUint32 } from '../../../src/lib/growable.ts';
import { hashWords, ListInterner, StringInterner } from '../../../src/lib/interner.ts';
import { type IpPrefix, maskWords, parsePrefix, prefixContains } from '../../../src/lib/ip-address.ts';
import { nearest } from '../../../src/lib/nearest.ts';
import { NumberSet } from '../../../src/lib/number-set.ts';
import { PageStore, shareOf } from '../../../src/lib/page-store.ts';
import { Partition } from '../../../src/lib/partition.ts';
import { lookupAddress } from '../../../src/lib/prefix-table.ts';
import { quote } from '../../../src/lib/quote.ts';
import { flattenTargets } from '../../support/flatten-targets.ts';

/** Few bits in use, so that prefixes nest and touch. */
function prefixArbitrary(family: 4 | 6): fc.Arbitrary<IpPrefix> {
  const words = family === 4 ? 1 : 4;
  const word = fc.constantFrom(0, 0xffffffff, 0x80000000, 0x0a000000, 0x0a800000, 0x0affffff, 1);
  return fc.tuple(fc.array(word, { minLength: words, maxLength: words }), fc.integer({ min: 0, max: words * 32 })).map(([bits, length]) => {
    return { family, words: maskWords(bits, length), length };
  });
}

describe.each([4, 6] as const)('flattenPrefixes, IPv%d', (family) => {
  const everything: IpPrefix = { family, words: family === 4 ? [0] : [0, 0, 0, 0], length: 0 };

  it('finds the longest prefix, at the ends of every prefix and one step outside', () => {
    fc.assert(
      fc.property(
        fc.array(prefixArbitrary(family), { maxLength: 12 }),
        fc.array(prefixArbitrary(family), { maxLength: 12 }),
        (list, probes) => {
          const entries = [everything, ...list].map((prefix, target) => ({ prefix, target }));
          const intervals = flattenTargets(entries, family);
          for (const { words } of [...list, ...probes]) {
            const host: IpPrefix = { family, words, length: family === 4 ? 32 : 128 };
            const holding = entries.filter(({ prefix }) => prefixContains(prefix, host));
            const longest = holding.reduce((best, entry) => (entry.prefix.length >= best.prefix.length ? entry : best));
            expect(lookupAddress(intervals, words)).toBe(longest.target);
          }
        },
      ),
      { numRuns: 2000, seed: 4 },
    );
  });
});

describe('the intervals of flattened prefixes', () => {
  const intervals = (family: 4 | 6, list: readonly (readonly [text: string, target: number])[]) => {
    const { start, target } = flattenTargets(
      list.map(([text, to]) => ({ prefix: parsePrefix(text)!.prefix, target: to })),
      family,
    );
    return { start: [...start], target: [...target] };
  };

  it('are as few as there can be: neighbours with one target are one', () => {
    const [first, after, last] = [0x0a000000, 0x0c000000, 0xff000000];
    // The second of two blocks begins where an end of the first was noted.
    const list = [['0.0.0.0/0', 7] as const, ['10.0.0.0/8', 1] as const, ['11.0.0.0/8', 1] as const, ['255.0.0.0/8', 1] as const];
    expect(intervals(4, list)).toEqual({ start: [0, first, after, last], target: [7, 1, 7, 1] });
    // A block with the target of what is around it, one that begins where the family begins, and one that is filled by its halves.
    expect(intervals(4, [list[0]!, ['10.0.0.0/8', 7]])).toEqual({ start: [0], target: [7] });
    expect(intervals(4, [list[0]!, ['0.0.0.0/8', 7]])).toEqual({ start: [0], target: [7] });
    expect(intervals(4, [list[0]!, ['0.0.0.0/8', 1]])).toEqual({ start: [0, 0x01000000], target: [1, 7] });
    expect(intervals(4, [list[0]!, ['10.0.0.0/7', 2], ['10.0.0.0/8', 1], ['11.0.0.0/8', 1]])).toEqual({
      start: [0, first, after],
      target: [7, 1, 7],
    });
  });

  it('of IPv6 carry over the words of an address', () => {
    const list = [
      ['::/0', 7],
      ['::ffff:ffff:0:0/96', 1],
    ] as const;
    expect(intervals(6, list)).toEqual({ start: [0, 0, 0, 0, 0, 0, 0xffffffff, 0, 0, 1, 0, 0], target: [7, 1, 7] });
  });
});

describe('Partition', () => {
  it('separates exactly the items that some set tells apart', () => {
    // Enough sets that the cells outgrow what is reserved at first.
    const items = 24;
    const sets = fc.array(fc.uniqueArray(fc.nat(items - 1), { maxLength: items }), { maxLength: 40 });
    fc.assert(
      fc.property(sets, (list) => {
        const partition = new Partition(items);
        for (const set of list) partition.split(set);
        const { classOf, count } = partition.classes();
        const signature = (item: number) => list.map((set) => set.includes(item)).join();
        const signatures = Array.from({ length: items }, (_, item) => signature(item));
        const isOutside = (item: number) => !list.some((set) => set.includes(item));
        expect(new Set(classOf)).toEqual(new Set(Array(count).keys()));
        for (let a = 0; a < items; a++) {
          if (isOutside(a)) expect(classOf[a]).toBe(0);
          const same = signatures.map((other) => other === signatures[a]);
          expect(Array.from(classOf, (other) => other === classOf[a])).toEqual(same);
        }
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe('PageStore', () => {
  it('gives equal pages one number and different pages different ones', () => {
    const store = new PageStore(2);
    const seen = new Map<string, number>();
    for (let i = 0; i < 5000; i++) {
      const page = Uint32Array.of(i % 700, i % 3);
      const number = store.intern(page);
      const known = seen.get(page.join());
      if (known === undefined) {
        expect(number).toBe(seen.size);
        seen.set(page.join(), number);
      } else {
        expect(number).toBe(known);
      }
      expect([...store.contents().subarray(number * 2, number * 2 + 2)]).toEqual([...page]);
    }
    expect(store.pageCount).toBe(seen.size);
  });

  it('stores a page of zeros like any other, also as the first after the table of slots has grown', () => {
    // What lies behind the last page is zeros as well. Of these widths, a page of zeros has the first slot of the larger table.
    for (const width of [101, 290, 493]) {
      const store = new PageStore(width);
      for (let i = 1; i <= 129; i++) store.intern(new Uint32Array(width).fill(i));
      expect([store.intern(new Uint32Array(width)), store.pageCount]).toEqual([129, 130]);
    }
  });

  it('opens a copy of a page, and stores what it is changed to', () => {
    const words = fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2));
    const change = fc.tuple(fc.nat(10), fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 4 }));
    fc.assert(
      fc.property(words, fc.array(change, { maxLength: 20 }), (first, changes) => {
        const store = new PageStore(3);
        const pages = [first.join()];
        store.intern(Uint32Array.from(first));
        for (const [of, written] of changes) {
          const from = of % pages.length;
          const expected = pages[from]!.split(',').map(Number);
          store.open(from);
          for (const [at, word] of written) {
            store.set(at, word);
            expected[at] = word;
          }
          expect([0, 1, 2].map((at) => store.get(at))).toEqual(expected);
          if (!pages.includes(expected.join())) pages.push(expected.join());
          expect(store.close()).toBe(pages.indexOf(expected.join()));
        }
        expect(Array.from(store.contents()).join()).toBe(pages.join());
        expect(store.intern(Uint32Array.from(first))).toBe(0);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('finds a page in which a number that was new is written over again', () => {
    const store = new PageStore(3);
    store.intern(Uint32Array.of(1, 2, 3));
    store.open(0);
    store.set(0, 99);
    store.set(0, 1);
    expect(store.close()).toBe(0);
    store.openUniform(7);
    for (const [at, word] of [1, 2, 3].entries()) store.set(at, word);
    expect(store.close()).toBe(0);
    store.open(0);
    store.set(1, 4);
    expect([store.close(), store.pageCount]).toEqual([1, 2]);
  });

  it('knows the greatest number that it holds, whichever was written last', () => {
    const store = new PageStore(3);
    store.intern(Uint32Array.of(1, 2, 3));
    store.open(0);
    store.set(0, 9);
    store.set(1, 8);
    expect([store.close(), store.intern(Uint32Array.of(9, 8, 3))]).toEqual([1, 1]);
    const zeros = new PageStore(3);
    zeros.openUniform(0);
    expect([zeros.close(), zeros.intern(new Uint32Array(3)), zeros.intern(Uint32Array.of(0, 1, 0)), zeros.pageCount]).toEqual([0, 0, 1, 2]);
  });

  it('spreads pages over its slots: pages that differ in one word hardly ever have one hash', () => {
    const hashes = new Set<number>();
    const shares = new Set<number>();
    for (let i = 0; i < 1000; i++) {
      for (let at = 0; at < 4; at++) {
        hashes.add(hashWords(Uint32Array.from([0, 0, 0, 0]).fill(i + 1, at, at + 1)));
        shares.add((shareOf(at, i + 1) - shareOf(at, 0)) | 0);
      }
    }
    expect(hashes.size).toBeGreaterThan(3990);
    expect(shares.size).toBeGreaterThan(3990);
  });
});

describe('NumberSet', () => {
  it('gives back each number once, in order, and is empty then', () => {
    const set = new NumberSet(200);
    const into = new GrowableUint32();
    for (const numbers of [[199, 31, 0, 64, 63, 31, 32], [3, 40], [40, 3], [5, 100, 6], []]) {
      for (const number of numbers) set.add(number);
      set.drain(into);
      expect(Array.from(into.view())).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    }
  });
});

describe('sortStart', () => {
  it('puts in order what it is asked for and no more', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 60 }), fc.nat(60), (list, some) => {
        const count = Math.min(some, list.length);
        const words = Uint32Array.from(list);
        sortStart(words, count);
        expect(Array.from(words)).toEqual([...list.slice(0, count).sort((a, b) => a - b), ...list.slice(count)]);
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});

describe('interners', () => {
  it('number strings by first appearance, prototype names like any other', () => {
    const interner = new StringInterner();
    expect(['a', '__proto__', 'a', 'constructor', ''].map((text) => interner.intern(text))).toEqual([0, 1, 0, 2, 3]);
    expect(interner.strings).toEqual(['a', '__proto__', 'constructor', '']);
  });

  it('number lists, telling prefixes and orders apart', () => {
    const interner = new ListInterner();
    const lists = [[1, 2], [], [1, 2], [2, 1], [1], [1, 2, 0]];
    expect(lists.map((list) => interner.intern(Uint32Array.from(list)))).toEqual([0, 1, 0, 2, 3, 4]);
    expect([...interner.get(4)]).toEqual([1, 2, 0]);
    expect([...interner.columns().start]).toEqual([0, 2, 2, 4, 5, 8]);
  });
});

describe('groupBy', () => {
  it('keeps items in order and leaves out those without a group', () => {
    const grouping = groupBy([2, 0, 2, 0xffffffff, 0], 3);
    expect([0, 1, 2].map((group) => [...membersOf(grouping, group)])).toEqual([[1, 4], [], [0, 2]]);
  });
});

describe('messages', () => {
  it('suggest what is near and nothing else', () => {
    expect(nearest('ingres', ['egress', 'ingress', 'podSelector'])).toBe('ingress');
    expect(nearest('tcp', ['TCP', 'UDP'])).toBe('TCP');
    expect(nearest('banana', ['TCP', 'UDP'])).toBeUndefined();
    // The closest, wherever it stands; of two, the first; the last letter counts.
    expect(nearest('ingres', ['ingress', 'egress'])).toBe('ingress');
    expect(nearest('ab', ['ac', 'ad'])).toBe('ac');
    expect(nearest('ax', ['bx'])).toBe('bx');
  });

  it('let no control character through', () => {
    expect(quote('a\u001b[2Jb\u202ec')).toBe('`a\\u{1b}[2Jb\\u{202e}c`');
    expect(quote('plain/name')).toBe('`plain/name`');
  });

  it('show the first 200 characters of a text, and that there are more', () => {
    expect(quote(`${'a'.repeat(199)}b`)).toBe(`\`${'a'.repeat(199)}b\``);
    expect(quote(`${'a'.repeat(199)}bc`)).toBe(`\`${'a'.repeat(199)}b…\``);
  });
});

it('an interner of lists that forgot them, few or hundreds, numbers from the start again', () => {
  const interner = new ListInterner();
  for (const count of [10, 500, 3]) {
    const lists = Array.from({ length: count }, (_, i) => Uint32Array.of(count, i));
    for (let round = 0; round < 2; round++) expect(lists.map((list) => interner.intern(list))).toEqual([...lists.keys()]);
    expect([interner.count, [...interner.get(count - 1)]]).toEqual([count, [count, count - 1]]);
    interner.clear();
    expect(interner.count).toBe(0);
  }
});
