/**
 * Sets as the engine has them, with the operations that the engine does on them: blocks of addresses (prefix containment and flattening), ports (boundaries and classes), labels
 * (postings and selectors), verdict bits of rows (folds over peer classes). Each is closed, so that operations can be put together.
 */
import { isDeepStrictEqual } from 'node:util';
import { LabelIndex } from '../../src/compile/label-index.ts';
import { PortBoundaries } from '../../src/compile/ports.ts';
import type { RowStore } from '../../src/compile/row-store.ts';
import { addressText } from '../../src/fuzz/addresses.ts';
import { formatAddress, formatPrefix, type IpPrefix, parsePrefix, prefixContains } from '../../src/lib/ip-address.ts';
import { lookupAddress } from '../../src/lib/prefix-table.ts';
import type { Action, Policy, PolicySet } from '../../src/model/policy.ts';
import type { Selector } from '../../src/model/selector.ts';
import { PAGE_BITS, pagesFor } from '../../src/tables/layout.ts';
import { flattenTargets } from '../support/flatten-targets.ts';
import { type EntryByHand, FoldByHand } from '../support/fold-by-hand.ts';
import { inOneTier, policyOf, ruleOf } from '../unit/compile/forms.ts';
import { blocksOf, halvesOf, rangeOf, WIDTH } from './blocks.ts';
import { LawBroken } from './law.ts';

/** One part of a set: where it begins and how wide it is, as each algebra reads it. */
export interface Part {
  readonly at: number;
  readonly width: number;
}

interface Handed {
  readonly given: object;
  readonly was: object;
}
let watched: Handed[] | undefined;

/** Remembers what the engine got, or gave away and may still hold, for as long as somebody watches. */
function hand<T extends object>(given: T): T {
  watched?.push({ given, was: structuredClone(given) });
  return given;
}

/** What was handed over while the operations ran, and whether all of it is what it was. */
export function watchHands(operate: () => void): { readonly lists: readonly unknown[][]; stayed(): boolean } {
  watched = [];
  const all = watched;
  try {
    operate();
  } finally {
    watched = undefined;
  }
  const isList = (each: object) => Array.isArray(each) || ArrayBuffer.isView(each);
  return {
    lists: all.map(({ given }) => given).filter(isList) as unknown[][],
    stayed: () => all.length > 0 && all.every(({ given, was }) => isDeepStrictEqual(given, was)),
  };
}

/** `Set` is a list that operations must not change. */
export interface SetAlgebra<Set extends readonly unknown[] = readonly unknown[]> {
  readonly name: string;
  make(parts: readonly Part[]): Set;
  readonly universe: Set;
  union(a: Set, b: Set): Set;
  intersect(a: Set, b: Set): Set;
  minus(a: Set, b: Set): Set;
  /** Equal for equal sets, however they are written. */
  key(set: Set): string;
  size(set: Set): bigint;
  /** The same set, written in another way: out of order, with repetitions, in more parts. */
  rewrite(set: Set): Set;
  /** Points where sets begin and end, and one beside. */
  probes(sets: readonly Set[]): readonly bigint[];
  /** Is the point in the set, by plain arithmetic on what the set says? */
  has(set: Set, point: bigint): boolean;
}

/** Blocks of one family. */
function blocks(family: 4 | 6): SetAlgebra<readonly IpPrefix[]> {
  const base = family === 4 ? 0x0a000000n : 0xfd00n << 112n;
  const last = (1n << BigInt(WIDTH[family])) - 1n;
  const parse = (text: string): IpPrefix => parsePrefix(text)!.prefix;
  const all = parse(family === 4 ? '0.0.0.0/0' : '::/0');
  const flatten = (targets: readonly { prefix: IpPrefix; target: number }[]) =>
    flattenTargets(hand([{ prefix: all, target: 0 }, ...targets]), family);
  const numberOf = (words: readonly number[]) => words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
  /** The blocks of the intervals that have target 1. */
  const read = (targets: readonly { prefix: IpPrefix; target: number }[]): IpPrefix[] => {
    const { start, target, wordsPerAddress } = flatten(targets);
    const first = (i: number) => numberOf(Array.from(start.subarray(i * wordsPerAddress, (i + 1) * wordsPerAddress)));
    return Array.from(target).flatMap((value, i) => {
      const end = i + 1 < target.length ? first(i + 1) - 1n : last;
      return value === 1 ? blocksOf({ family, first: first(i), last: end }).map(parse) : [];
    });
  };
  const inside = (prefixes: readonly IpPrefix[], outer: readonly IpPrefix[]) =>
    hand(prefixes).filter((inner) => hand(outer).some((each) => prefixContains(each, inner)));
  const as = (target: number) => (prefix: IpPrefix) => ({ prefix, target });
  const text = (prefix: IpPrefix) => formatPrefix(prefix);
  return {
    name: `IPv${family} blocks`,
    universe: [all],
    make: (parts) =>
      parts.map(({ at, width }) => {
        const end = at % 2 === 0 ? 0n : last;
        const value = width < 6 ? base + BigInt(at) : width === 6 ? end : at % 8 === 0 ? end : base;
        const length =
          width < 6 ? WIDTH[family] - width : width === 6 ? WIDTH[family] - (at % 3) : at % 8 === 0 ? (at % 16 === 0 ? 0 : 1) : 8;
        return parse(`${addressText(family, value)}/${length}`);
      }),
    union: (a, b) => read([...a, ...b].map(as(1))),
    intersect: (a, b) => read([...inside(a, b), ...inside(b, a)].map(as(1))),
    minus: (a, b) => {
      const whole = a.filter((prefix) => !b.some((each) => prefixContains(each, prefix)));
      return read(
        [...whole.map(as(1)), ...inside(b, whole).map(as(0))].filter(
          ({ prefix, target }) => target === 0 || inside([prefix], b).length === 0,
        ),
      );
    },
    key: (set) => JSON.stringify([...flatten(set.map(as(1))).start, '|', ...flatten(set.map(as(1))).target]),
    size: (set) => read(set.map(as(1))).reduce((sum, { length }) => sum + (1n << BigInt(WIDTH[family] - length)), 0n),
    rewrite: (set) => [
      ...set.flatMap((prefix) => (prefix.length < WIDTH[family] ? halvesOf(text(prefix)).map(parse) : [prefix])).reverse(),
      ...set.slice(0, 1),
    ],
    probes: (sets) =>
      sets.flat().flatMap((prefix) => {
        const { first, last: end } = rangeOf(text(prefix));
        return [first - 1n, first, end, end + 1n].filter((value) => value >= 0n && value <= last);
      }),
    has: (set, point) => {
      const words = family === 4 ? [Number(point)] : [96n, 64n, 32n, 0n].map((shift) => Number((point >> shift) & 0xffffffffn));
      const found = lookupAddress(flatten(set.map(as(1))), words) === 1;
      const expected = set
        .map(text)
        .map(rangeOf)
        .some((range) => range.first <= point && point <= range.last);
      if (found !== expected) throw new Error(`lookup of ${formatAddress({ family, words })} says ${found}: ${set.map(text).join(', ')}`);
      return found;
    },
  };
}

type PortRange = readonly [from: number, to: number];
const EDGES = [1, 2, 53, 79, 80, 81, 443, 1023, 1024, 32767, 32768, 49151, 65533, 65534, 65535];
const WIDTHS = [0, 0, 1, 2, 27, 1000, 30000, 65535];

/** Ranges of ports of one protocol. The classes of all ranges are the atoms. */
const ports: SetAlgebra<readonly PortRange[]> = (() => {
  const inRanges = (set: readonly PortRange[], port: number) => set.some(([from, to]) => from <= port && port <= to);
  const combine = (sets: readonly (readonly PortRange[])[], keep: (held: readonly boolean[]) => boolean): PortRange[] => {
    const boundaries = new PortBoundaries();
    for (const [from, to] of sets.flat()) boundaries.add(1, from, to);
    const { count, first, last, protocol, classOf } = boundaries.classes();
    // The classes stay what they are when there are more boundaries.
    if (watched !== undefined) {
      for (const column of [first, last, protocol]) hand(column);
      for (const [from, to] of sets.flat()) boundaries.add(1, from >>> 1, to);
      hand(boundaries.classes().first);
    }
    const ranges: [number, number][] = [];
    for (let i = 0; i < count; i++) {
      if (protocol[i] !== 1 || !keep(sets.map((set) => inRanges(set, first[i]!)))) continue;
      // INVARIANT: a class is whole: both of its ends are in it.
      if (classOf(1, first[i]!) !== i || classOf(1, last[i]!) !== i) throw new Error(`port class ${i} does not hold its own ends`);
      const previous = ranges.at(-1);
      if (previous !== undefined && previous[1] + 1 === first[i]) previous[1] = last[i]!;
      else ranges.push([first[i]!, last[i]!]);
    }
    return ranges;
  };
  return {
    name: 'ports',
    universe: [[0, 65535]],
    make: (parts) =>
      parts.map(({ at, width }) => {
        const from = EDGES[at % EDGES.length]!;
        return [from, Math.min(65535, from + WIDTHS[width]!)];
      }),
    union: (a, b) => combine([a, b], ([x, y]) => x! || y!),
    intersect: (a, b) => combine([a, b], ([x, y]) => x! && y!),
    minus: (a, b) => combine([a, b], ([x, y]) => x! && !y!),
    key: (set) => JSON.stringify(combine([set], ([x]) => x!)),
    size: (set) => combine([set], ([x]) => x!).reduce((sum, [from, to]) => sum + BigInt(to - from + 1), 0n),
    rewrite: (set) => [
      ...set
        .flatMap(([from, to]): PortRange[] =>
          from < to
            ? [
                [from + 1, to],
                [from, from],
              ]
            : [[from, to]],
        )
        .reverse(),
      ...set.slice(0, 1),
    ],
    probes: (sets) => sets.flat().flatMap(([from, to]) => [from - 1, from, to, Math.min(65535, to + 1)].map(BigInt)),
    has: (set, point) => inRanges(set, Number(point)),
  };
})();

const ITEMS = 48;

function members(parts: readonly Part[], count: number, scale: number): number[] {
  const held = new Set<number>();
  for (const { at, width } of parts) for (let i = 0; i < 2 ** width; i++) held.add((at * scale + i) % count);
  return [...held];
}

/** A list of items is written in `GROUPS` parts, by their places: written in another order, other items are in a part together. */
const GROUPS = 3;

function listAlgebra(
  count: number,
  scale: number,
): Pick<SetAlgebra<readonly number[]>, 'universe' | 'make' | 'size' | 'rewrite' | 'probes' | 'has'> {
  return {
    universe: Array.from({ length: count }, (_, i) => i),
    make: (parts) => members(parts, count, scale),
    size: (set) => BigInt(set.length),
    rewrite: (set) => [...[...set].reverse(), ...set.slice(0, 1)],
    probes: () => Array.from({ length: count }, (_, i) => BigInt(i)),
    has: (set, point) => set.includes(Number(point)),
  };
}

/** Items by label, selected: both sets are labels whose values are the parts in which they are written, and one label says in which of them an item is. */
const labels: SetAlgebra<readonly number[]> = (() => {
  const groupOf = (set: readonly number[], item: number) => `${set.indexOf(item) % GROUPS}`;
  const values = Array.from({ length: GROUPS }, (_, group) => `${group}`);
  const select = (a: readonly number[], b: readonly number[], selector: Selector): number[] => {
    const items = Array.from({ length: ITEMS }, (_, item) => {
      const [inA, inB] = [a.includes(item), b.includes(item)];
      const where: [string, string][] = inA || inB ? [['in', `${inA ? 'a' : ''}${inB ? 'b' : ''}`]] : [];
      return new Map<string, string>([
        ...(inA ? [['a', groupOf(a, item)] as const] : []),
        ...(inB ? [['b', groupOf(b, item)] as const] : []),
        ...where,
      ]);
    });
    const index = new LabelIndex(hand(items));
    for (const requirement of hand(selector)) hand(requirement.values);
    // Selected as a whole and in two ranges, as namespaces are.
    const whole = hand(index.select(selector));
    const split = [...index.select(selector, 0, 20), ...index.select(selector, 20, ITEMS)];
    if (whole.join() !== split.join()) throw new Error(`ranges select ${split.join()}, the whole ${whole.join()}`);
    // What is given away is not what the index holds.
    if (watched !== undefined) {
      for (const key of ['a', 'b', 'in']) index.select([exists(key)]).reverse();
      const again = index.select(selector);
      if (whole.join() !== again.join()) throw new LawBroken(`selected ${whole.join()}, then ${again.join()}`);
    }
    return whole;
  };
  const exists = (key: string) => ({ key, operator: 'exists' as const, values: [] });
  return {
    ...listAlgebra(ITEMS, 3),
    name: 'selections by label',
    key: (set) => select(set, [], [{ key: 'a', operator: 'in', values }]).join(),
    union: (a, b) => select(a, b, [{ key: 'in', operator: 'in', values: ['a', 'ab', 'b'] }]),
    intersect: (a, b) => select(a, b, [exists('a'), { key: 'b', operator: 'in', values }]),
    minus: (a, b) =>
      select(a, b, [
        { key: 'a', operator: 'in', values },
        { key: 'b', operator: 'notIn', values },
      ]),
  };
})();

/** More than one page of bits, more than two groups of decision pages. */
const PEERS = 530;

/** Allow bits of a row. */
const bits: SetAlgebra<readonly number[]> = (() => {
  const policy = (action: Action): Policy => policyOf(action, [ruleOf(action)]);
  const inTiers = (...tiers: readonly (readonly Action[])[]): PolicySet => {
    return { tiers: tiers.map((actions, i) => ({ name: `${i}`, match: 'first', policies: actions.map(policy) })), onUnmatched: 'allow' };
  };
  /** An entry for each part in which the set is written. */
  const entries = (rule: number, peers: readonly number[], ports?: EntryByHand['ports']): EntryByHand[] => {
    const parts = Array.from({ length: GROUPS }, (_, group) => new Set(peers.filter((_, place) => place % GROUPS === group)));
    const written = parts.filter(({ size }) => size > 0).map((part) => hand(Uint32Array.from(part).sort()));
    return hand(written.map((part) => ({ rule, peers: part, ...(ports === undefined ? {} : { ports }) })));
  };
  const read = (rows: RowStore, row: number): number[] => {
    const pages = pagesFor(PEERS, PAGE_BITS);
    const { pages: directory } = rows.bitDirectory('allow');
    const words = rows.allowTree.levels[0]!.contents();
    const first = rows.verdictRow(row) * pages;
    return Array.from({ length: PEERS }, (_, i) => i).filter((peer) => {
      const page = directory[first + (peer >>> 9)]!;
      return (words[page * 16 + ((peer & 511) >>> 5)]! >>> (peer & 31)) & 1;
    });
  };
  /** The allow bits of the last segment. */
  const fold = (policies: PolicySet, given: readonly EntryByHand[]): number[] => {
    const folded = new FoldByHand(policies, PEERS, given, true);
    const rows = folded.run();
    return read(folded.rows, rows[rows.length - 1]!);
  };
  // One set on every port, one in a segment of ports.
  const together = (a: readonly number[], b: readonly number[]): number[] =>
    fold(inOneTier([policy('allow')], 'all'), [...entries(0, a), ...entries(0, b, [1, 2])]);
  return {
    ...listAlgebra(PEERS, 17),
    name: 'allow bits of rows',
    key: (set) => together(set, []).join(),
    union: together,
    // A is passed on to a tier that allows B.
    intersect: (a, b) => fold(inTiers(['pass'], ['allow']), [...entries(0, a), ...entries(1, b)]),
    // B is denied before A is allowed.
    minus: (a, b) => fold(inTiers(['deny', 'allow']), [...entries(0, b), ...entries(1, a)]),
  };
})();

// biome-ignore lint/suspicious/noExplicitAny: a list of algebras over sets of different types, each used only with its own
export const ALGEBRAS: readonly SetAlgebra<any>[] = [blocks(4), blocks(6), ports, labels, bits];
