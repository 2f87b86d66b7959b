/**
 * Files of expectations from disk, and the manifests that they name.
 */

import { constants, type Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { compareText } from '../lib/compare-text.ts';
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Origin } from '../model/origin.ts';
import { DocumentError, type DocumentFailure } from './document-error.ts';
import { isPattern, matchesName } from './path-pattern.ts';
import { parseReachabilityTest, ReachabilityTestError, type TestReadOptions } from './read-test.ts';
import type { ReachabilityTest } from './test-case.ts';

const MOST_BYTES = 16 * 2 ** 20;

/**
 * Reads files of expectations, in the order given.
 * @throws {ReachabilityTestError} with the problems of all files
 * @throws {TypeError} when `paths` is not an array of texts, or empty
 */
export async function loadReachabilityTests(
  paths: readonly string[],
  options: Pick<TestReadOptions, 'expect'> = {},
): Promise<ReachabilityTest[]> {
  return await loadDocuments(paths, ReachabilityTestError, (text, file) => parseReachabilityTest(text, { ...options, file }));
}

/**
 * Reads documents of one kind, in the order given, each once.
 * @throws {DocumentError} a `Failure` with the problems of all files
 * @throws {TypeError} when `paths` is not an array of texts, or empty
 */
export async function loadDocuments<T>(
  paths: readonly string[],
  Failure: DocumentFailure,
  parse: (text: string, file: string) => T,
): Promise<T[]> {
  if (!Array.isArray(paths) || paths.some((path) => typeof path !== 'string')) throw new TypeError('expected an array of paths');
  if (paths.length === 0) throw new TypeError('expected at least one path');
  const documents: T[] = [];
  const problems: Diagnostic[] = [];
  for (const file of new Set(paths)) {
    try {
      documents.push(parse(await readText(file), file));
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      problems.push(...error.diagnostics);
    }
  }
  if (problems.length > 0) throw new Failure(problems);
  return documents;
}

/** @throws {ReachabilityTestError} when the file cannot be read, or is no text */
async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to waits for ever.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (stats.isDirectory()) throw refused(file, 'it is a directory', 'name the files: the shell expands `tests/*.yaml`');
      if (!stats.isFile()) throw refused(file, 'it is not a file');
      if (stats.size > MOST_BYTES) throw refused(file, `it has ${stats.size} bytes, at most ${MOST_BYTES} are read`);
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof ReachabilityTestError ? error : refused(file, reasonOf(error));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused(file, 'it is not UTF-8 text');
  }
}

function refused(file: string, why: string, hint?: string): ReachabilityTestError {
  return errorAt({ file, line: 0, column: 0 }, `cannot be read: ${why}`, hint);
}

function errorAt(origin: Origin, message: string, hint?: string, field?: string): ReachabilityTestError {
  const more = { ...(field === undefined ? {} : { field }), ...(hint === undefined ? {} : { hint }) };
  return new ReachabilityTestError([{ code: 'cannot-read', severity: 'error', message, origin, ...more }]);
}

const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'there is no such file or directory'],
  ['EACCES', 'permission denied'],
  ['ELOOP', 'symbolic links lead in a circle'],
  ['ENOTDIR', 'a part of the path is not a directory'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EMFILE', 'too many files are open'],
]);

function reasonOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return REASONS.get(code) ?? (typeof code === 'string' ? `the system reports ${code}` : 'unknown error');
}

/**
 * The paths that `inputs` of a test name, from its folder, patterns expanded, each once and in order. Empty where it has none.
 * @throws {ReachabilityTestError} when a path or a pattern leads to nothing
 */
export async function inputPaths({ file, inputs }: Pick<ReachabilityTest, 'file' | 'inputs'>): Promise<string[]> {
  const found = new Set<string>();
  for (const [i, { path, origin }] of inputs.entries()) {
    const from = isAbsolute(path) ? path : join(dirname(file), path);
    // A path that is there is meant as it is written, whatever characters it holds.
    const paths = (await isThere(from)) ? [from] : isPattern(path) ? await expand(from) : [];
    if (paths.length === 0) {
      const message = isPattern(path) ? `the pattern ${quote(path)} matches no file` : `there is no ${quote(path)}`;
      throw errorAt(origin, message, `paths are relative to the folder of the test: ${quote(from)}`, `inputs[${i}]`);
    }
    for (const each of paths) found.add(each);
  }
  return [...found];
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** More entries of folders than anybody means. */
const MOST_ENTRIES = 1_000_000;

async function expand(pattern: string): Promise<string[]> {
  const parts = pattern.split('/');
  const found: string[] = [];
  let entries = 0;
  const visit = async (folder: string, at: number): Promise<void> => {
    const part = parts[at];
    if (part === undefined) return;
    const isLast = at === parts.length - 1;
    if (!isPattern(part)) {
      const next = folder === '' && part === '' ? '/' : join(folder, part);
      if (!isLast) await visit(next, at + 1);
      else if (await isThere(next)) found.push(next);
      return;
    }
    const names = await namesIn(folder);
    entries += names.length;
    if (entries > MOST_ENTRIES) throw refused(pattern, `the pattern goes through more than ${MOST_ENTRIES} entries of folders`);
    if (part === '**' && !isLast) await visit(folder, at + 1);
    for (const entry of names) {
      if (!matchesName(part === '**' ? '*' : part, entry.name)) continue;
      const path = join(folder, entry.name);
      if (part === '**' && entry.isDirectory()) await visit(path, at);
      if (isLast && (part !== '**' || !entry.isDirectory())) found.push(path);
      if (!isLast && part !== '**') await visit(path, at + 1);
    }
  };
  await visit('', 0);
  return found;
}

/** Nothing of what is no folder. What cannot be looked into is an error: half of a policy set gives wrong verdicts. */
async function namesIn(folder: string): Promise<Dirent[]> {
  const path = folder === '' ? '.' : folder;
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.sort((a, b) => compareText(a.name, b.name));
  } catch (error) {
    const code = (error as { readonly code?: unknown } | null)?.code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw refused(path, reasonOf(error));
  }
}
