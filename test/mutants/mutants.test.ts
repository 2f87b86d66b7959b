/**
 * That mutants still fit the sources they were made for. That they are noticed is for `npm run mutants` to show.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PAST_BUGS } from '../conformance/past-bugs/past-bugs.ts';
import { MUTANTS } from './all.ts';
import { edit } from './edit.ts';
import { OUTPUT_CHECKS } from './output-checks.ts';
import { PAST_BUG_MUTANTS } from './past-bug-mutants.ts';
import { PORTABILITY_CHECKS } from './portability-checks.ts';
import { SEMANTIC_MUTANTS } from './semantic-mutants.ts';

const ROOT = new URL('../../', import.meta.url);

describe('mutants', () => {
  test.each(MUTANTS.map((mutant) => [mutant.id, mutant] as const))('%s finds its text once, and changes it', (_, mutant) => {
    const source = readFileSync(new URL(mutant.file, ROOT), 'utf8');
    expect(edit(mutant, source)).not.toBe(source);
  });

  test('have distinct ids', () => {
    expect(new Set(MUTANTS.map(({ id }) => id)).size).toBe(MUTANTS.length);
  });

  test('are at least twenty by hand, in the engine and in the reference', () => {
    expect(SEMANTIC_MUTANTS.filter(({ file }) => !file.startsWith('src/reference/')).length).toBeGreaterThanOrEqual(20);
    expect(SEMANTIC_MUTANTS.filter(({ file }) => file.startsWith('src/reference/')).length).toBeGreaterThanOrEqual(10);
  });

  test('are as many as the catalogue of tests says', () => {
    const catalogue = readFileSync(new URL('test/README.md', ROOT), 'utf8');
    const printed = MUTANTS.length - SEMANTIC_MUTANTS.length - PAST_BUG_MUTANTS.length;
    expect(catalogue).toContain(`mutants: ${MUTANTS.length} by hand`);
    for (const part of [
      `(${SEMANTIC_MUTANTS.length} by hand`,
      `${PAST_BUG_MUTANTS.length} repeat the past bugs`,
      `${printed} in what is printed`,
    ]) {
      expect(catalogue).toContain(part);
    }
  });

  test('exist for every past bug, and for nothing that is none', () => {
    const aimed = new Set(PAST_BUG_MUTANTS.flatMap(({ killedBy }) => killedBy));
    expect([...aimed].sort()).toEqual(PAST_BUGS.map(({ key }) => `past bug ${key}`).sort());
  });
});

describe('checks of output and of portability', () => {
  test.each([...OUTPUT_CHECKS, ...PORTABILITY_CHECKS])('$name: hold without any mutant', async ({ run }) => {
    await run();
  });
});
