/**
 * The order of texts is that of `compareText`, whatever they have in common and wherever they differ.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText } from '../../../src/lib/compare-text.ts';
import { orderOfTexts } from '../../../src/lib/order-of-texts.ts';
import { checkProperty } from '../../support/check.ts';

const part = fc.constantFrom('', '\u0000', '-', '0', 'a', 'z', 'B', 'é', 'ÿ', 'Ā', '€', '😀', '\uffff', 'abcd');

test('places are in the order of the texts, and those of equal texts as they are given', () => {
  const check = ([start, ends]: readonly [string, readonly (readonly string[])[]]): void => {
    const texts = ends.map((parts) => start + parts.join(''));
    const expected = texts.map((_, i) => i).sort((a, b) => compareText(texts[a]!, texts[b]!) || a - b);
    expect([...orderOfTexts(texts)]).toEqual(expected);
  };
  const given = fc.tuple(fc.constantFrom('', 'ns-', 'a'), fc.array(fc.array(part, { maxLength: 7 }), { maxLength: 30 }));
  checkProperty(given, check, { runs: 1000, file: 'test/unit/lib/order-of-texts.test.ts', print: (each) => JSON.stringify(each) });
});
