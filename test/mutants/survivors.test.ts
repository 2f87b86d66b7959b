/**
 * The table of Stryker's survivors quotes lines of source; a line that has changed explains nothing any more, and a full run is too long to find that out.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { EXPLANATIONS } from '../mutation/survivors.ts';

test('every explanation of a survivor quotes a line that is there', () => {
  const linesOf = (file: string) => readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8').split('\n');
  const stale = EXPLANATIONS.filter(({ file, line }) => !linesOf(file).some((each) => each.trim() === line));
  expect(stale.map(({ file, line }) => `${file}: ${line}`)).toEqual([]);
  expect(EXPLANATIONS.length).toBeGreaterThan(50);
});
