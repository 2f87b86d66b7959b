/**
 * A folder of its own for a test, or for the file when it is asked for outside of tests; removed afterwards.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { getCurrentTest } from 'vitest/suite';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netpolsim-test-'));
  const after = getCurrentTest() === undefined ? afterAll : onTestFinished;
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes `text` to `folder/name` and returns the path. */
export function writeText(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
