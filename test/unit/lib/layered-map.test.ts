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

test('every version holds what a map holds that was changed in the same way', () => {
  const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', ''), fc.string({ maxLength: 3 }));
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
