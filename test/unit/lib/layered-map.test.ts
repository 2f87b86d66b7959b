/**
 * A map in versions: each stays what it was, whatever is changed later.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LayeredMap } from '../../../src/lib/layered-map.ts';
import { checkProperty } from '../../support/check.ts';

test('a change gives another map, and the map below is not touched', () => {
  const below = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const first = new LayeredMap(below);
  const second = first.with('a', 10).with('c', 3);
  const third = second.with('b', undefined).with('c', undefined);
  expect(['a', 'b', 'c'].map((key) => first.get(key))).toEqual([1, 2, undefined]);
  expect(['a', 'b', 'c'].map((key) => second.get(key))).toEqual([10, 2, 3]);
  expect(['a', 'b', 'c'].map((key) => third.get(key))).toEqual([10, undefined, undefined]);
  expect(['a', 'b', 'c'].map((key) => third.has(key))).toEqual([true, false, false]);
  expect([...first.changes()]).toEqual([]);
  expect(new Map(third.changes())).toEqual(
    new Map([
      ['a', 10],
      ['b', undefined],
    ]),
  );
  expect(['a', 'b', 'c', 'd'].map((key) => third.isChanged(key))).toEqual([true, true, false, false]);
  expect(['a', 'c'].map((key) => second.isChanged(key))).toEqual([true, true]);
  expect([...below.values()]).toEqual([1, 2]);
});

/** Known collisions of FNV-1a. */
const SAME_HASH = ['costarring', 'liquid'] as const;

test('keys of one hash are told apart', () => {
  const [a, b] = SAME_HASH;
  const empty = new LayeredMap<number>(new Map());
  const both = empty.with(a, 1).with(b, 2);
  expect([both.get(a), both.get(b), both.with(a, 3).get(a), both.with(a, 3).get(b)]).toEqual([1, 2, 3, 2]);
  expect(new Map(both.with(a, 3).changes())).toEqual(
    new Map([
      [a, 3],
      [b, 2],
    ]),
  );
  for (const [gone, stays] of [
    [a, b],
    [b, a],
  ] as const) {
    const one = both.with(gone, undefined);
    expect([one.has(gone), one.isChanged(gone), one.get(stays)]).toEqual([false, false, both.get(stays)]);
    expect(one.with(stays, undefined)).toEqual(empty);
  }
  expect([empty.with(a, 1).isChanged(b), empty.with(a, 1).with('x', 2).isChanged(b)]).toEqual([false, false]);
});

test('what comes and goes leaves nothing behind, however much there is', () => {
  const names = Array.from({ length: 3000 }, (_, i) => `pod-${i}`);
  const empty = new LayeredMap<number>(new Map());
  let map = empty;
  for (const [i, name] of names.entries()) map = map.with(name, i);
  expect(names.map((name) => map.get(name))).toEqual(names.map((_, i) => i));
  expect([...map.changes()].length).toBe(3000);
  for (const name of names) map = map.with(name, undefined);
  expect(map).toEqual(empty);
});

test('every version holds what a map holds that was changed in the same way', () => {
  const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', '', ...SAME_HASH), fc.string({ maxLength: 3 }));
  const change = fc.tuple(key, fc.option(fc.nat(9), { nil: undefined }));
  checkProperty(
    fc.record({ below: fc.array(fc.tuple(key, fc.nat(9))), changes: fc.array(change, { maxLength: 30 }) }),
    ({ below, changes }) => {
      const versions: [LayeredMap<number>, Map<string, number>][] = [[new LayeredMap(new Map(below)), new Map(below)]];
      for (const [name, value] of changes) {
        const [map, model] = versions[versions.length - 1]!;
        const next = new Map(model);
        if (value === undefined) next.delete(name);
        else next.set(name, value);
        versions.push([map.with(name, value), next]);
      }
      for (const [map, model] of versions) {
        for (const [name] of [...below, ...changes]) expect(map.get(name)).toBe(model.get(name));
      }
    },
    { runs: 300, file: 'test/unit/lib/layered-map.test.ts', print: (value) => JSON.stringify(value) },
  );
});
