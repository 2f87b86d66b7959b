/**
 * The canonical form of selectors: what says the same lowers to the same requirements, so that compiling it once is enough. No flow shows the difference, only the size of tables.
 */
import { describe, expect, test } from 'vitest';
import { lowerSelector } from '../../../src/dialects/label-selector.ts';
import type { LabelSelector } from '../../../src/model/resource.ts';

describe('lowered selectors', () => {
  test.each<[string, LabelSelector | null | undefined]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty selector', {}],
    ['empty lists', { matchLabels: {}, matchExpressions: [] }],
    ['null lists', { matchLabels: null, matchExpressions: null }],
  ])('of %s have no requirement', (_, selector) => {
    expect(lowerSelector(selector)).toEqual([]);
  });

  test('hold a matchLabels entry as one value, null as the empty one', () => {
    expect(lowerSelector({ matchLabels: { app: 'x', zone: null } })).toEqual([
      { key: 'app', operator: 'in', values: ['x'] },
      { key: 'zone', operator: 'in', values: [''] },
    ]);
  });

  test('are sorted by key, operator and values, whatever the order they are written in', () => {
    const sorted = [
      { key: 'a', operator: 'exists', values: [] },
      { key: 'a', operator: 'in', values: ['x'] },
      { key: 'a', operator: 'in', values: ['x', 'y'] },
      { key: 'a', operator: 'in', values: ['y'] },
      { key: 'a', operator: 'notIn', values: ['x'] },
      { key: 'b', operator: 'doesNotExist', values: [] },
    ];
    const written = [
      { key: 'a', operator: 'Exists' as const },
      { key: 'a', operator: 'In' as const, values: ['x'] },
      { key: 'a', operator: 'In' as const, values: ['y', 'x'] },
      { key: 'a', operator: 'In' as const, values: ['y'] },
      { key: 'a', operator: 'NotIn' as const, values: ['x'] },
      { key: 'b', operator: 'DoesNotExist' as const, values: null },
    ];
    for (let shift = 0; shift < written.length; shift++) {
      const order = [...written.slice(shift), ...written.slice(0, shift)];
      expect(lowerSelector({ matchExpressions: order })).toEqual(sorted);
      expect(lowerSelector({ matchExpressions: order.toReversed() })).toEqual(sorted);
    }
  });

  test('hold each requirement and each value once', () => {
    const twice = { key: 'app', operator: 'In' as const, values: ['x', 'x'] };
    const once = [{ key: 'app', operator: 'in', values: ['x'] }];
    expect(lowerSelector({ matchExpressions: [twice] })).toEqual(once);
    expect(lowerSelector({ matchLabels: { app: 'x' }, matchExpressions: [twice, twice] })).toEqual(once);
  });

  test('of two requirements are sorted, too', () => {
    const written = {
      matchExpressions: [
        { key: 'b', operator: 'Exists' as const },
        { key: 'a', operator: 'Exists' as const },
      ],
    };
    expect(lowerSelector(written).map(({ key }) => key)).toEqual(['a', 'b']);
  });

  test('keep requirements that differ in their last value only', () => {
    const selector = {
      matchExpressions: [
        { key: 'app', operator: 'In' as const, values: ['x', 'y'] },
        { key: 'app', operator: 'In' as const, values: ['x', 'z'] },
      ],
    };
    expect(lowerSelector(selector)).toHaveLength(2);
  });
});
