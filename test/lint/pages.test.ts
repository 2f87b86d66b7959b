/**
 * Each rule has a page, and the examples of the page are what they say: the bad one gives one finding of the rule, the good one none. Other rules find nothing in either, save those about the
 * posture of a whole namespace, which an example of three policies does not have.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { lint } from '../../src/lint/lint.ts';
import { LINT_RULES } from '../../src/lint/registry.ts';
import { ROOT } from '../support/cli.ts';

const FOLDER = join(ROOT, 'docs/lint');
/** An example need not be a model of a namespace. */
const POSTURE = new Set(['no-default-deny', 'ingress-only', 'internet-exposure']);

function example(page: string, heading: string): string {
  const found = new RegExp(`^## ${heading}\n\n\`\`\`yaml\n([^]*?)^\`\`\`$`, 'm').exec(page);
  if (found === null) throw new Error(`no example under ## ${heading}`);
  return found[1]!;
}

function findingsIn(text: string) {
  const manifests = parseManifests(text);
  expect(manifests.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return lint(manifests).findings;
}

describe('pages of lint rules', () => {
  it('are there for every rule, and for no other', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...LINT_RULES.map(({ id }) => `${id}.md`)].sort());
  });

  for (const { id, severity } of LINT_RULES) {
    const page = (): string => readFileSync(join(FOLDER, `${id}.md`), 'utf8');

    it(`${id}: the bad example is found, at its line, and nothing else is`, () => {
      const text = example(page(), 'Bad');
      const findings = findingsIn(text);
      const own = findings.filter(({ rule }) => rule === id);
      expect(own.map((each) => each.severity)).toEqual([severity]);
      expect(findings.filter(({ rule }) => rule !== id && !POSTURE.has(rule)).map(({ rule, message }) => `${rule}: ${message}`)).toEqual(
        [],
      );
      const { origin, field, hint } = own[0]!;
      expect(hint).not.toBeNull();
      // The line holds the last name of the path, or begins the item that it counts to.
      const line = text.split('\n')[origin.line - 1]!.slice(origin.column - 1);
      const last = field?.split('.').at(-1) ?? 'metadata';
      if (!last.endsWith(']') && field !== null) expect(line).toMatch(new RegExp(`^"?${last}`));
      expect(line.trim()).not.toBe('');
    });

    it(`${id}: the good example is good`, () => {
      const findings = findingsIn(example(page(), 'Good'));
      expect(findings.filter(({ rule }) => rule === id || !POSTURE.has(rule)).map(({ rule, message }) => `${rule}: ${message}`)).toEqual(
        [],
      );
    });

    it(`${id}: the page names its severity`, () => {
      expect(page()).toMatch(new RegExp(`^# ${id}\n\n\\*\\*${severity}\\*\\*: `));
    });
  }
});
