/**
 * The catalogue of laws is what the laws say of themselves, and holds every relation that there must be.
 */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_LAWS, catalogueTable } from './catalogue.ts';

const numbered = (letter: string, numbers: readonly number[]) => numbers.map((number) => `${letter}${number}`);
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

/** Where the catalogue may stand: it must be in one of them, and wherever a table of laws is, it must be this one. */
const PLACES = ['../README.md', './CATALOGUE.md'].map((path) => new URL(path, import.meta.url));

test('there is one law for each of N1 to N38, T1 to T15, X1, X2, X4, X5, X7, X8, X10 and S1 to S10', () => {
  const ids = ALL_LAWS.map(({ law }) => law.id);
  expect(ids).toEqual([
    ...numbered('N', upTo(38)),
    ...numbered('T', upTo(15)),
    ...numbered('X', [1, 2, 4, 5, 7, 8, 10]),
    ...numbered('S', upTo(10)),
  ]);
});

test('the catalogue is the table that the laws make', () => {
  const texts = PLACES.filter((place) => existsSync(place)).map((place) => readFileSync(place, 'utf8'));
  const withTable = texts.filter((text) => text.includes('| id | law | precondition | file |'));
  expect(withTable.length).toBeGreaterThan(0);
  for (const text of withTable) expect(text).toContain(catalogueTable());
});

test('every file of the catalogue is there, and the test file of each law checks the laws of its file', () => {
  for (const { file, test } of ALL_LAWS) {
    expect(existsSync(new URL(file, import.meta.url)), file).toBe(true);
    expect(readFileSync(new URL(test, import.meta.url), 'utf8'), test).toContain(`from './${file}'`);
  }
});
