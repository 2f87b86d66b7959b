/**
 * Sorting by namespace and name is sorting by both at once.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText } from '../../../src/lib/compare-text.ts';
import { sortByName } from '../../../src/lib/sort-by-name.ts';
import { checkProperty } from '../../support/check.ts';

const text = fc.constantFrom('', 'a', 'B', 'a-b', 'a.b', 'ab', 'é', '__proto__', '😀', '\uffff');
const items = fc.array(fc.record({ namespace: text, name: text }), { maxLength: 30 });

test('things are in order of namespace, then of name, and equal ones in the order given', () => {
  const check = (list: readonly { namespace: string; name: string }[]): void => {
    const numbered = list.map((item, i) => ({ ...item, i }));
    const sorted = sortByName(
      numbered,
      ({ namespace }) => namespace,
      ({ name }) => name,
    );
    const expected = [...numbered].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name) || a.i - b.i);
    expect(sorted).toEqual(expected);
  };
  checkProperty(items, check, { runs: 500, file: 'test/unit/lib/sort-by-name.test.ts', print: (list) => JSON.stringify(list) });
});
