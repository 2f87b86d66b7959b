/**
 * Files, directories and standard input -> Manifests. Files are read in pieces, so that memory holds the objects and a piece of one file.
 */
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Manifests } from '../model/resource.ts';
import { type ByteDecoder, createByteDecoder, InvalidUtf8 } from './byte-decoder.ts';
import { type Collector, createCollector, type FileCollector } from './collector.ts';
import { compareText } from './compare-text.ts';
import { Fault } from './fault.ts';
import type { InputOptions } from './input-options.ts';
import { readInto, type TextReader } from './text-reader.ts';

/** A piece of a file. */
const CHUNK_BYTES = 256 * 1024;

/** The files of a directory that are read; a file that is named is read whatever its name. */
const MANIFEST_NAME = /\.(?:ya?ml|json|ndjson|jsonl)$/i;

const STDIN = '-';
const STDIN_NAME = '<stdin>';

/**
 * Reads files, directories (with all below them, in order of code units) and standard input (`-`). What cannot be read is a diagnostic.
 * @throws {TypeError} when `paths` is not an array of texts, or empty
 * @throws {RangeError} when an option is not what it must be
 */
export async function loadManifests(paths: readonly string[], options: InputOptions = {}): Promise<Manifests> {
  if (!Array.isArray(paths) || paths.some((path) => typeof path !== 'string')) throw new TypeError('expected an array of paths');
  if (paths.length === 0) throw new TypeError('expected at least one path');
  const collector = createCollector(options);
  const visit: Visit = { collector, files: new Set(), directories: new Set() };
  for (const path of paths) {
    if (path === STDIN) await readStdin(collector);
    else await readPath(path, undefined, visit);
  }
  return collector.finish();
}

interface Visit {
  readonly collector: Collector;
  /** Real paths of what has been read. */
  readonly files: Set<string>;
  readonly directories: Set<string>;
}

/** `root` is the real path of the directory that was named, when this path was found below it. */
async function readPath(path: string, root: string | undefined, visit: Visit): Promise<number> {
  let real: string;
  let isDirectory: boolean;
  try {
    real = await realpath(path);
    isDirectory = (await stat(path)).isDirectory();
  } catch (error) {
    refusePath(path, error, visit.collector);
    return 0;
  }
  if (root !== undefined && real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) {
    note(path, 'symlink-outside', 'the link leads out of the directory that was named: left out', visit.collector);
    return 0;
  }
  if (isDirectory) return readDirectory(path, real, root, visit);
  if (visit.files.has(real)) {
    note(path, 'file-given-twice', 'the file has already been read: left out', visit.collector);
    return 1;
  }
  visit.files.add(real);
  await readFile(path, visit.collector);
  return 1;
}

async function readDirectory(path: string, real: string, root: string | undefined, visit: Visit): Promise<number> {
  if (visit.directories.has(real)) {
    note(path, 'directory-given-twice', 'the directory has already been read: left out', visit.collector);
    return 0;
  }
  visit.directories.add(real);
  let entries: Awaited<ReturnType<typeof entriesOf>>;
  try {
    entries = await entriesOf(path);
  } catch (error) {
    refusePath(path, error, visit.collector);
    return 0;
  }
  let count = 0;
  let others = 0;
  for (const { name, isFile } of entries) {
    // Hidden files are not meant: editors' copies, version control, the targets of mounted ConfigMaps.
    if (name.startsWith('.') || (isFile && !MANIFEST_NAME.test(name))) others++;
    else count += await readPath(join(path, name), root ?? real, visit);
  }
  if (count === 0 && root === undefined) {
    const left = others === 0 ? '' : `, ${others} of ${entries.length} entries were left out for their names`;
    refuse(path, 'no-files', `the directory holds no files that end in .yaml, .yml, .json, .ndjson or .jsonl${left}`, visit.collector);
  }
  return count;
}

async function entriesOf(path: string): Promise<{ readonly name: string; readonly isFile: boolean }[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.map((entry) => ({ name: entry.name, isFile: entry.isFile() })).sort((a, b) => compareText(a.name, b.name));
}

function refusePath(path: string, error: unknown, collector: Collector): void {
  refuse(path, 'cannot-read', `cannot be read: ${reasonOf(error)}`, collector);
}

function refuse(path: string, code: string, message: string, collector: Collector): void {
  const file = collector.openFile(path);
  file.refuse({ code, message }, { file: path, line: 0, column: 0 });
  file.end();
}

const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'there is no such file or directory'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ELOOP', 'symbolic links lead in a circle'],
  ['ENOTDIR', 'a part of the path is not a directory'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EMFILE', 'too many files are open'],
]);

function reasonOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return REASONS.get(code) ?? (typeof code === 'string' ? code : 'unknown error');
}

function note(path: string, code: string, message: string, collector: Collector): void {
  collector.openFile(path).note({ code, message }, { file: path, line: 0, column: 0 });
}

async function readFile(path: string, collector: Collector): Promise<void> {
  const file = collector.openFile(path);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const before = await handle.stat();
    await readChunks(path, file, chunksOf(handle));
    const after = await handle.stat();
    if (before.isFile() && (before.size !== after.size || before.mtimeMs !== after.mtimeMs)) {
      file.refuse({ code: 'file-changed', message: 'the file was changed while it was read' }, { file: path, line: 0, column: 0 });
    }
  } catch (error) {
    if (error instanceof Fault || (error as { readonly code?: unknown }).code === undefined) throw error;
    file.refuse({ code: 'cannot-read', message: `cannot be read: ${reasonOf(error)}` }, { file: path, line: 0, column: 0 });
  } finally {
    await handle?.close();
  }
  file.end();
}

async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

async function readStdin(collector: Collector): Promise<void> {
  const name = STDIN_NAME;
  const file = collector.openFile(name);
  try {
    await readChunks(name, file, process.stdin as AsyncIterable<Uint8Array>);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === undefined) throw error;
    file.refuse({ code: 'cannot-read', message: `cannot be read: ${reasonOf(error)}` }, { file: name, line: 0, column: 0 });
  }
  file.end();
}

/** Stops reading as soon as the file has been refused. */
async function readChunks(name: string, file: FileCollector, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const decoder: ByteDecoder = createByteDecoder();
  const reader: TextReader = readInto(name, file);
  try {
    for await (const chunk of chunks) {
      const { text, bytes } = decoder.push(chunk);
      reader.push(text, bytes);
      if (file.refused) return;
    }
    decoder.end();
    reader.end();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const place = error instanceof InvalidUtf8 && name !== STDIN_NAME ? await placeOfByte(name, error.offset) : error;
    file.refuse(
      { code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) },
      { file: name, line: place.line, column: place.column },
    );
  }
}

/** Reads again to count lines. */
async function placeOfByte(path: string, offset: number): Promise<{ line: number; column: number }> {
  let line = 1;
  let lineStart = 0;
  let at = 0;
  const handle = await open(path, 'r');
  try {
    for await (const chunk of chunksOf(handle)) {
      for (let i = chunk.indexOf(0x0a); i >= 0 && at + i < offset; i = chunk.indexOf(0x0a, i + 1)) {
        line++;
        lineStart = at + i + 1;
      }
      at += chunk.length;
      if (at > offset) break;
    }
  } finally {
    await handle.close();
  }
  return { line, column: offset - lineStart + 1 };
}
