/**
 * Every past bug through every engine. That each case would notice its bug is shown by `npm run mutants`.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseProbe } from './cases/case.ts';
import { ENGINES } from './engines.ts';
import { OUTSIDE } from './past-bugs/outside.ts';
import {
  ADVISORIES,
  ASKED,
  answersOf,
  expectedOf,
  manifestsOf,
  nameOf,
  PAST_BUGS,
  profileOf,
  ROWS,
  rowOf,
  workOf,
} from './past-bugs/past-bugs.ts';

describe('the catalogue of past bugs', () => {
  test.each([...ROWS, ...ADVISORIES])('%s is a case or a line that says why not, and not both', (id) => {
    const cases = PAST_BUGS.filter(({ key }) => rowOf(key) === id).length;
    const lines = OUTSIDE.filter((line) => line.id === id).length;
    expect({ cases: Math.min(cases, 1), lines }).toEqual(cases > 0 ? { cases: 1, lines: 0 } : { cases: 0, lines: 1 });
  });

  test('holds nothing else', () => {
    const known = new Set([...ROWS, ...ADVISORIES]);
    const named = [...PAST_BUGS.map(({ key }) => rowOf(key)), ...OUTSIDE.map(({ id }) => id)];
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });

  test('names each case once', () => {
    expect(new Set(PAST_BUGS.map(({ key }) => key)).size).toBe(PAST_BUGS.length);
  });

  test('are as many as the README of the tests says', () => {
    const flows = PAST_BUGS.flatMap(({ probes }) => probes).length;
    const catalogue = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(catalogue).toContain(`| ${PAST_BUGS.length} cases, ${flows} flows |`);
  });

  test.each(PAST_BUGS.map((bug) => [nameOf(bug), bug] as const))('%s has an allow beside what must not be allowed', (_, { probes }) => {
    const verdicts = probes.map((probe) => parseProbe(probe).expect);
    expect(verdicts).toContain('allow');
    expect(verdicts.filter((verdict) => verdict !== 'allow').length).toBeGreaterThan(0);
  });
});

describe.each(PAST_BUGS.map((bug) => ({ title: `${nameOf(bug)}: ${bug.wrong}`, bug })))('$title', ({ bug }) => {
  test.each(ENGINES)('is not repeated by: $name', async (engine) => {
    expect(await answersOf(bug, engine)).toEqual(expectedOf(bug));
  });
});

const WITH_REFUSALS = PAST_BUGS.filter(({ refused = [] }) => refused.length > 0).map((bug) => ({ name: nameOf(bug), bug }));

describe.each(WITH_REFUSALS)('questions of $name', ({ bug }) => {
  test.each(ASKED)('are refused by: $name', async ({ judge }) => {
    for (const flow of bug.refused ?? []) await expect(judge(manifestsOf(bug), profileOf(bug), [flow])).rejects.toThrow(RangeError);
  });
});

const WITH_BOUNDS = PAST_BUGS.flatMap(({ most, ...bug }) => (most === undefined ? [] : [{ name: nameOf(bug), bug, most }]));

test.each(WITH_BOUNDS)('compiling $name is no more work than its policies are long', ({ bug, most }) => {
  const work = workOf(bug);
  expect(work.portsRead).toBeGreaterThan(0);
  expect(work.portsRead).toBeLessThanOrEqual(most.portsRead);
  expect(work.portClasses).toBeLessThanOrEqual(most.portClasses);
});

const WITH_TESTS = OUTSIDE.flatMap(({ id, tests = [] }) => tests.map(({ file, title }) => ({ id, file, title })));

test.each(WITH_TESTS)('$id is shown by a test of $file: $title', ({ file, title }) => {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  expect(source.split(`'${title}'`).length).toBeGreaterThan(1);
});
