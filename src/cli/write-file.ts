/**
 * Whole files or none: what is written goes to a temporary file (or folder) beside the target, which then takes the target's name.
 * Whatever fails, what had that name before stays as it was, and nothing temporary stays behind.
 */
import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, rmSync, type Stats } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
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

export function entryAt(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refused(file, systemErrorText(error));
  }
}

/** What is written: bytes, or pieces of them that are made while others are written. */
export type Content = Uint8Array | Iterable<Uint8Array>;

/** @throws {CliError} with EXIT_INCOMPLETE; the target is as it was */
export async function writeFileWhole(file: string, content: Content): Promise<void> {
  await replaceWhole(file, checkTarget, (temporary) => writeNewFile(temporary, content));
}

/**
 * Gives what `make` makes the name of the target. `check` throws where the target cannot be replaced; it is asked twice.
 * @throws {CliError} the target is as it was; with EXIT_INCOMPLETE, unless `make` throws another
 */
export async function replaceWhole(
  target: string,
  check: (target: string) => void,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  check(target);
  const directory = dirname(target);
  const mark = markOf(target);
  const temporary = join(directory, `.netpolsim-${process.pid}-${mark}${randomBytes(4).toString('hex')}.tmp`);
  try {
    sweep(directory, mark);
    // Known before it is there: a signal may come between. Another's of this name is not removed, for the name holds chance that nobody else has.
    temporaryFiles.add(temporary);
    await make(temporary);
    check(target);
    await rename(temporary, target);
    temporaryFiles.delete(temporary);
    await syncDirectory(directory);
  } catch (error) {
    removeTemporaryFiles();
    throw error instanceof CliError ? error : refused(target, systemErrorText(error));
  }
}

/** Eight digits that runs on this host have in common when they write the same file: another host's processes cannot be seen from here. */
function markOf(file: string): string {
  return createHash('sha256')
    .update(JSON.stringify([hostname(), basename(file)]))
    .digest('hex')
    .slice(0, 8);
}

const TEMPORARY_NAME = /^\.netpolsim-(?<pid>\d+)-(?<mark>[0-9a-f]{8})[0-9a-f]{8}\.tmp$/;

/**
 * Removes what runs that were killed have left of the same target. Whose process still runs is left alone, and so is what was written to lately: processes of
 * another container cannot be seen from here, and may have this one's number.
 */
function sweep(directory: string, mark: string): void {
  for (const name of namesIn(directory)) {
    const { pid, mark: found } = TEMPORARY_NAME.exec(name)?.groups ?? {};
    const file = join(directory, name);
    if (found === mark && !temporaryFiles.has(file) && !isOtherProcess(Number(pid)) && isOld(file)) remove(file);
  }
}

/** Far longer than writing takes. */
const LEFT_BEHIND_MS = 3_600_000;

function isOld(file: string): boolean {
  try {
    return Date.now() - lstatSync(file).mtimeMs > LEFT_BEHIND_MS;
  } catch {
    // Somebody else has removed it.
    return false;
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // Writing goes on: if the directory is the problem, that will say so.
    return [];
  }
}

/** Does another process with this number run? Processes in containers often have the same number as the one before. */
function isOtherProcess(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** For a run that ends early. Synchronous, so that it can be the last thing a process does. */
export function removeTemporaryFiles(): void {
  for (const file of temporaryFiles) {
    temporaryFiles.delete(file);
    remove(file);
  }
}

function remove(file: string): void {
  try {
    // A folder is one of ours as well, with all that is in it.
    rmSync(file, { recursive: true, force: true });
  } catch {
    // It was not there, or cannot be removed: the error that led here, if any, is the one to report.
  }
}

/** A file that was not there, and is on the disk when this returns. */
export async function writeNewFile(file: string, content: Content): Promise<void> {
  // `wx`: never through a link or over a file that somebody else put there.
  const handle = await open(file, 'wx', FILE_MODE);
  try {
    // Each call goes on where the one before has ended.
    for (const piece of content instanceof Uint8Array ? [content] : content) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the new name last through a power failure. Not every file system can: the file itself is whole in any case. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // See above.
  }
}

export function refused(file: string, why: string): CliError {
  return new CliError(`\`${file}\` cannot be written: ${why}`, EXIT_INCOMPLETE);
}
