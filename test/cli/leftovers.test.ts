/**
 * Temporary files of runs that were killed: the next run of the same target removes them, unless somebody may still be writing them.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFileWhole } from '../../src/cli/write-file.ts';
import { temporaryFolder } from '../support/folders.ts';

const root = temporaryFolder();
const markOf = (target: string): string =>
  createHash('sha256')
    .update(JSON.stringify([hostname(), target]))
    .digest('hex')
    .slice(0, 8);
/** No process has this number, and one of another container may. */
const GONE = 99_999_999;

it.each([
  ['of a process that is gone, two hours old', GONE, 7200, true],
  ['that was written lately, perhaps in a container whose processes cannot be seen', GONE, 60, false],
  ['with the number of this process, as containers have it, two hours old', process.pid, 7200, true],
  ['with the number of this process, written lately', process.pid, 60, false],
  ['of a process that runs, two hours old', process.ppid, 7200, false],
])('a temporary file %s', async (_, pid, ageSeconds, removed) => {
  const folder = mkdtempSync(join(root, 'run-'));
  const name = `.netpolsim-${pid}-${markOf('x.npt')}01234567.tmp`;
  writeFileSync(join(folder, name), 'half');
  const time = Date.now() / 1000 - ageSeconds;
  utimesSync(join(folder, name), time, time);
  await writeFileWhole(join(folder, 'x.npt'), Uint8Array.of(1));
  expect(readdirSync(folder).sort()).toEqual(removed ? ['x.npt'] : [name, 'x.npt']);
});
