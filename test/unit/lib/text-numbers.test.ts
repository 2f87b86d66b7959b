/**
 * Numbers of texts are those of a map, whatever the order in which texts are named.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextNumbers } from '../../../src/lib/text-numbers.ts';
import { checkProperty } from '../../support/check.ts';

const text = fc.constantFrom('', 'a', 'b', 'c', 'd', '__proto__', 'toString');

test('equal texts have equal numbers, in order of first appearance behind the given ones', () => {
  const check = ([first, rounds]: readonly [readonly string[], readonly (readonly string[])[]]): void => {
    const numbers = new TextNumbers([...first]);
    const expected = [...first];
    for (const round of rounds) {
      numbers.restart();
      for (const each of round) {
        if (!expected.includes(each)) expected.push(each);
        expect(numbers.of(each)).toBe(expected.indexOf(each));
      }
    }
    expect(numbers.texts).toEqual(expected);
  };
  const given = fc.tuple(fc.uniqueArray(text), fc.array(fc.array(text, { maxLength: 12 }), { maxLength: 3 }));
  checkProperty(given, check, { runs: 500, file: 'test/unit/lib/text-numbers.test.ts', print: (each) => JSON.stringify(each) });
});
