/**
 * Whole folders or none: the files are written into a temporary folder beside the target, which then takes the target's name. A folder that holds something is never written
 * into: what is there could be somebody's, and manifests of two clusters in one folder are a cluster that nobody meant.
 */
import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { entryAt, refused, replaceWhole, syncDirectory, writeNewFile } from './write-file.ts';

/** Only its owner looks into it. */
const FOLDER_MODE = 0o700;

/**
 * Refuses a target that cannot become a folder, so that nobody waits for a result that has no place.
 * @throws {CliError} with EXIT_INCOMPLETE
 */
export function checkFolder(folder: string): void {
  const found = entryAt(folder);
  if (found === undefined) return;
  if (!found.isDirectory()) throw refused(folder, 'it is there and not a directory');
  if (resolve(folder) === process.cwd()) throw refused(folder, 'it is the working directory, name one inside it');
  if (readdirSync(folder).length > 0) throw refused(folder, 'it is a directory that is not empty');
}

export interface FolderBytes {
  /** Its path below the folder, with `/`. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes the pieces of files; those of a file follow each other. Returns how many files there are.
 * @throws {CliError} with EXIT_INCOMPLETE; the target is as it was
 */
export async function writeFolderWhole(folder: string, pieces: Iterable<FolderBytes>): Promise<number> {
  let files = 0;
  await replaceWhole(resolve(folder), checkFolder, async (temporary) => {
    await mkdir(temporary, { mode: FOLDER_MODE });
    const iterator = pieces[Symbol.iterator]();
    for (let next = iterator.next(); !next.done; files++) {
      const { file } = next.value;
      if (file.includes('/')) await mkdir(join(temporary, dirname(file)), { mode: FOLDER_MODE, recursive: true });
      await writeNewFile(join(temporary, file), piecesOfFile());
      function* piecesOfFile(): Generator<Uint8Array> {
        for (; !next.done && next.value.file === file; next = iterator.next()) yield next.value.bytes;
      }
    }
    await syncDirectory(temporary);
  });
  return files;
}
