/**
 * The canonical form of selectors: what says the same lowers to the same requirements, so that compiling it once is enough. No flow shows the difference, only the size of tables.
 * And which labels a selector matches.
 */
import { describe, expect, test } from 'vitest';
import { lowerSelector, matchesSelector } from '../../../src/dialects/label-selector.ts';
import type { LabelSelector } from '../../../src/model/resource.ts';
import type { Requirement } from '../../../src/model/selector.ts';

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

describe('a selector', () => {
  const requirement = (operator: Requirement['operator'], ...values: string[]): Requirement => ({ key: 'app', operator, values });
  const matches = (labels: Readonly<Record<string, string>>, ...selector: Requirement[]) =>
    matchesSelector(new Map(Object.entries(labels)), selector);

  test.each<[Requirement['operator'], string[], Record<'x' | 'y' | 'empty' | 'missing', boolean>]>([
    ['in', ['x'], { x: true, y: false, empty: false, missing: false }],
    ['in', ['', 'y'], { x: false, y: true, empty: true, missing: false }],
    ['notIn', ['x'], { x: false, y: true, empty: true, missing: true }],
    ['notIn', ['', 'y'], { x: true, y: false, empty: false, missing: true }],
    ['exists', [], { x: true, y: true, empty: true, missing: false }],
    ['doesNotExist', [], { x: false, y: false, empty: false, missing: true }],
  ])('with %s %j matches a value, an empty value and a missing key as the API says', (operator, values, expected) => {
    const one = requirement(operator, ...values);
    expect({
      x: matches({ app: 'x' }, one),
      y: matches({ app: 'y' }, one),
      empty: matches({ app: '' }, one),
      missing: matches({ other: 'x' }, one),
    }).toEqual(expected);
  });

  test('without requirements matches every pod', () => {
    expect(matches({})).toBe(true);
    expect(matches({ app: 'x' })).toBe(true);
  });

  test('matches where all requirements hold, not where some do', () => {
    expect(matches({ app: 'x' }, requirement('exists'), requirement('notIn', 'y'))).toBe(true);
    expect(matches({ app: 'y' }, requirement('exists'), requirement('notIn', 'y'))).toBe(false);
    expect(matches({}, requirement('exists'), requirement('notIn', 'y'))).toBe(false);
  });
});
