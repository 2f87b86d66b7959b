/**
 * Texts in tables come out as they went in: long ones among short ones, and those that take three bytes for a code unit.
 */
import { expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { compileTables } from '../../../src/compile/compile.ts';
import { TableNames } from '../../../src/evaluate/names.ts';
import { clusterOf, inOneTier, policyOf, ruleOf } from './forms.ts';

test.each([
  ['one of 5,000 letters', ['a', 'b'.repeat(5000), 'c']],
  ['one of 400 signs of three bytes', ['a', '日'.repeat(400), 'c']],
  ['one of 70 letters and one of 300 signs', ['x'.repeat(70), `${'é€'.repeat(150)}😀`, 'c']],
  ['two hundred of 90 signs', Array.from({ length: 200 }, (_, i) => `${'本'.repeat(90)}${i}`)],
  ['nothing long', ['a', '', 'é']],
])('%s', (_, names) => {
  const policies = names.map((name) =>
    policyOf(name, [ruleOf('allow', { reason: `because of ${name}` })], { origin: { file: `${name}.yaml`, line: 1, column: 1 } }),
  );
  const tables = compileTables(clusterOf({}), inOneTier(policies), spec);
  const read = new TableNames(tables);
  const told = names.map((__, i) => [read.policy(i).name, read.policyOrigin(i).file, read.text(tables.columns.ruleBecause[i]!)]);
  expect(told).toEqual(names.map((name) => [name, `${name}.yaml`, `because of ${name}`]));
});
