/**
 * Selectors that are written alike are one object; long lists of values are lowered each time, to the same.
 */
import { expect, test } from 'vitest';
import { KnownSelectors, lowerSelector } from '../../../src/dialects/label-selector.ts';
import type { LabelSelector } from '../../../src/model/resource.ts';

test.each([
  [8, true],
  [9, false],
])('a list of %i values is remembered: %s', (count, isShared) => {
  const written = (): LabelSelector => ({
    matchExpressions: [{ key: 'app', operator: 'In', values: Array.from({ length: count }, (_, i) => `v${i}`) }],
  });
  const known = new KnownSelectors();
  const [first, second] = [known.lower(written()), known.lower(written())];
  expect(first).toEqual(lowerSelector(written()));
  expect(second).toEqual(first);
  expect(first === second).toBe(isShared);
});
