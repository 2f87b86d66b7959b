/**
 * The reference is a definition: short enough to read aloud, and apart from everything that matches in the engine.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOM = new URL('../../src/reference/', import.meta.url);
/** The evaluator of the internal form stands beside the reference and is no part of it. */
const BESIDE = 'decide.ts';
const MAY_IMPORT = /^(\.\/|\.\.\/model\/|\.\.\/cni\/check-profile\.ts$)/;

const sources = readdirSync(ROOM).map((name) => ({ name, text: readFileSync(new URL(name, ROOM), 'utf8') }));

test('the reference has at most 1,200 lines', () => {
  const lines = sources.filter(({ name }) => name !== BESIDE).reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
  expect(lines).toBeGreaterThan(100);
  expect(lines).toBeLessThanOrEqual(1200);
});

test('the reference imports the model and the profile, and nothing that matches', () => {
  const imports = sources.flatMap(({ name, text }) => [...text.matchAll(/from '([^']+)'/g)].map(([, path = '']) => ({ name, path })));
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter(({ path }) => !MAY_IMPORT.test(path))).toEqual([]);
});
