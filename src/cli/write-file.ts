/**
 * Whole files or none: the bytes go to a temporary file beside the target, which then takes the target's name.
 * Whatever fails, an older file of that name stays as it was, and no temporary file stays behind.
 */
import { randomBytes } from 'node:crypto';
import { lstatSync, type Stats, unlinkSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError, codeOf, EXIT_INCOMPLETE, systemErrorText } from './exit.ts';

/** Readable by its owner only: names of a cluster's pods and policies are not for everybody. */
const FILE_MODE = 0o600;

const temporaryFiles = new Set<string>();

/**
 * Refuses a target that cannot become a file, so that nobody waits for a result that has no place. A symbolic link is fine: it is replaced, what it points to is left alone.
 * @throws {CliError} with EXIT_INCOMPLETE
 */
export function checkTarget(file: string): void {
  if (file === '' || file.endsWith('/')) throw refused(file, 'the name of a file is needed');
  if (file === '-') throw refused(file, 'tables are not written to stdout, the name of a file is needed');
  const found = entryAt(file);
  if (found === undefined || found.isFile() || found.isSymbolicLink()) return;
  throw refused(file, found.isDirectory() ? 'it is a directory' : 'it is there and not a file');
}

function entryAt(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refused(file, systemErrorText(error));
  }
}

/** @throws {CliError} with EXIT_INCOMPLETE; the target is as it was */
export async function writeFileWhole(file: string, bytes: Uint8Array): Promise<void> {
  checkTarget(file);
  const directory = dirname(file);
  const temporary = join(directory, `.netpolsim-${process.pid}-${randomBytes(8).toString('hex')}.tmp`);
  try {
    await writeTemporary(temporary, bytes);
    checkTarget(file);
    await rename(temporary, file);
    temporaryFiles.delete(temporary);
    await syncDirectory(directory);
  } catch (error) {
    removeTemporaryFiles();
    throw error instanceof CliError ? error : refused(file, systemErrorText(error));
  }
}

/** For a run that ends early. Synchronous, so that it can be the last thing a process does. */
export function removeTemporaryFiles(): void {
  for (const file of temporaryFiles) {
    temporaryFiles.delete(file);
    try {
      unlinkSync(file);
    } catch {
      // It was not there, or cannot be removed: the error that led here is the one to report.
    }
  }
}

async function writeTemporary(temporary: string, bytes: Uint8Array): Promise<void> {
  // `wx`: never through a link or over a file that somebody else put there.
  const handle = await open(temporary, 'wx', FILE_MODE);
  temporaryFiles.add(temporary);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the new name last through a power failure. Not every file system can: the file itself is whole in any case. */
async function syncDirectory(directory: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(directory, 'r');
    await handle.sync();
  } catch {
    // See above.
  } finally {
    await handle?.close();
  }
}

function refused(file: string, why: string): CliError {
  return new CliError(`\`${file}\` cannot be written: ${why}`, EXIT_INCOMPLETE);
}
