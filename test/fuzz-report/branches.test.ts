/**
 * The check of the branch table itself: a branch that is not taken is a gap unless the table names it, and an entry that nothing needs is out of date.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CoverageMap, checkBranches } from './branches.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'netpolsim-branches-'));
  writeFileSync(join(root, 'code.ts'), 'first line\nif (never) throw\n');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const at = (line: number) => ({ start: { line } });
const coverage = (taken: number, called: number): CoverageMap => ({
  [join(root, 'code.ts')]: {
    branchMap: { 0: { loc: at(2), type: 'if', locations: [at(2), at(2)] } },
    b: { 0: [taken, 5] },
    fnMap: { 0: { name: 'f', loc: at(1) } },
    f: { 0: called },
  },
});
const entry = { file: 'code.ts', code: 'never', reason: 'a test' };

test('a branch that is not taken is a gap', () => {
  expect(checkBranches(coverage(0, 1), root, []).gaps).toEqual(['code.ts:2: if (never) throw']);
});

test('a function that is never called is a gap', () => {
  expect(checkBranches(coverage(1, 0), root, []).gaps).toEqual(['code.ts:1: first line']);
});

test('a branch that the table names is no gap, and its entry is not out of date', () => {
  expect(checkBranches(coverage(0, 1), root, [entry])).toEqual({ branches: 2, functions: 1, untaken: 1, gaps: [], outdated: [] });
});

test('an entry whose branch is taken is out of date', () => {
  expect(checkBranches(coverage(1, 1), root, [entry]).outdated).toEqual([entry]);
});
