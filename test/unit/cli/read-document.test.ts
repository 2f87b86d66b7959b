/**
 * Small documents beside manifests: JSON, YAML, and YAML that begins as JSON does.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CliError } from '../../../src/cli/exit.ts';
import { readDocument } from '../../../src/cli/read-document.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function read(text: string): Promise<unknown> {
  const file = join(temporaryFolder(), 'document');
  writeFileSync(file, text);
  return await readDocument(file, '--mix', 'traffic mix', 1000);
}

test.each([
  ['JSON', '{"a.test": ["10.0.0.1"]}'],
  ['YAML', 'a.test: [10.0.0.1]\n'],
  ['YAML in flow style', '{a.test: [10.0.0.1]}\n'],
])('a document in %s is read', async (_, text) => {
  expect(await read(text)).toEqual({ 'a.test': ['10.0.0.1'] });
});

test('a document that begins as JSON does and is neither is not JSON', async () => {
  await expect(read('{"a": [}')).rejects.toThrow(CliError);
  await expect(read('{"a": [}')).rejects.toThrow('is not JSON');
});
