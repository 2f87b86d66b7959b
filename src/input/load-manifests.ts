/**
 * Files, directories and standard input -> Manifests. Files are read in pieces, so that memory holds the objects and a piece of one file.
 */
import { isUtf8 } from 'node:buffer';
import type { Stats } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { compareText } from '../lib/compare-text.ts';
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Manifests } from '../model/resource.ts';
import { InvalidUtf8 } from './byte-decoder.ts';
import { createByteReader } from './byte-reader.ts';
import { type Collector, createCollector, type FileCollector } from './collector.ts';
import { Fault } from './fault.ts';
import type { InputOptions } from './input-options.ts';
import { isManifestName } from './manifest-name.ts';
import { type OnRead, pieceCounter } from './piece-counter.ts';
import { chunksOf, DEFAULT_LIMITS, type ReadLimits, readBytes, readStream } from './read-bytes.ts';
import { notesOnOptions } from './snapshot/options-of-snapshots.ts';

const STDIN = '-';
const STDIN_NAME = '<stdin>';

/** What the caller may choose about reading files, beside what holds for every input. */
export interface LoadOptions extends InputOptions {
  /** How long a pipe or a terminal may bring nothing before it is given up, in milliseconds, to 2^31 - 1; 0: for ever. Default 60,000. */
  readonly idleMs?: number;
  /** Bytes of one file or pipe, at least 1; default 2 GiB. */
  readonly mostBytes?: number;
  /** Called for each piece that was read, with what has been read so far: files, and bytes of them. Often, so it must be quick. */
  readonly onRead?: OnRead;
}

/**
 * Reads files, directories (with all below them, in order of code units) and standard input (`-`): manifests, and snapshots that `encodeSnapshot` made. What cannot be read is a
 * diagnostic.
 * @throws {TypeError} when `paths` is not an array of texts, or empty
 * @throws {RangeError} when an option is not what it must be
 */
export async function loadManifests(paths: readonly string[], options: LoadOptions = {}): Promise<Manifests> {
  if (!Array.isArray(paths) || paths.some((path) => typeof path !== 'string')) throw new TypeError('expected an array of paths');
  if (paths.length === 0) throw new TypeError('expected at least one path');
  const collector = createCollector(options);
  const files = new Map<string, string>();
  const onPiece = pieceCounter(files, options.onRead);
  const visit: Visit = {
    pathCount: paths.length,
    collector,
    limits: limitsOf(options),
    files,
    directories: new Map(),
    snapshots: [],
    onPiece,
  };
  for (const path of paths) {
    if (path === STDIN) await readStdin(visit);
    else await readPath(path, undefined, visit);
  }
  const [only] = visit.snapshots;
  const notes = visit.snapshots.flatMap(({ name }) => notesOnOptions(name, options));
  // Nothing to be put together: it is what it was when it was made.
  if (only !== undefined && isOneFile(visit)) return { ...only.manifests, diagnostics: [...only.manifests.diagnostics, ...notes] };
  for (const { origin, ...problem } of notes) collector.openFile(origin.file).note(problem, origin);
  return collector.finish();
}

interface Visit {
  /** How many paths were given. */
  readonly pathCount: number;
  readonly collector: Collector;
  readonly limits: ReadLimits;
  /** Real paths of what has been read, with the paths it was read by. */
  readonly files: Map<string, string>;
  /** Real paths of directories, with how many files were read or refused below them; none yet while one is being read. */
  readonly directories: Map<string, number>;
  readonly snapshots: { readonly name: string; readonly manifests: Manifests }[];
  readonly onPiece: (sizeBytes: number) => void;
}

/** Is one file, or standard input, all that is read? */
function isOneFile({ pathCount, directories }: Visit): boolean {
  return pathCount === 1 && directories.size === 0;
}

function limitsOf({ idleMs = DEFAULT_LIMITS.idleMs, mostBytes = DEFAULT_LIMITS.mostBytes }: LoadOptions): ReadLimits {
  checkWhole('idleMs', idleMs, 0, LONGEST_TIMER_MS);
  checkWhole('mostBytes', mostBytes, 1, Number.MAX_SAFE_INTEGER);
  return { idleMs, mostBytes };
}

/** A longer one would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be a whole number from ${least} to ${most}, got \`${String(value)}\``);
}

/**
 * `root` is the real path of the directory that was named, when this path was found below it.
 * @returns how many files were read or refused
 */
async function readPath(path: string, root: string | undefined, visit: Visit): Promise<number> {
  let real: string;
  let stats: Stats;
  try {
    stats = await stat(path);
    // A pipe of the shell has no other path, and in a directory pipes are left out.
    real = stats.isFIFO() && root === undefined ? path : await realpath(path);
  } catch (error) {
    return refusePath(path, error, root, visit.collector);
  }
  if (root !== undefined && real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) {
    note(path, 'symlink-outside', 'the link leads out of the directory that was named: left out', visit.collector);
    return 0;
  }
  if (stats.isDirectory()) return readDirectory(path, real, root, visit);
  if (root !== undefined && !stats.isFile()) {
    note(path, 'not-a-file', 'it is a pipe, a socket or a device: left out', visit.collector);
    return 0;
  }
  const known = visit.files.get(real);
  if (known !== undefined) {
    const as = known === path ? '' : ` as ${quote(known)}`;
    note(path, 'file-given-twice', `the file has already been read${as}: left out`, visit.collector);
    return 1;
  }
  visit.files.set(real, path);
  await readFile(path, stats, visit);
  return 1;
}

async function readDirectory(path: string, real: string, root: string | undefined, visit: Visit): Promise<number> {
  const known = visit.directories.get(real);
  if (known !== undefined) {
    note(path, 'directory-given-twice', 'the directory has already been read: left out', visit.collector);
    return known;
  }
  visit.directories.set(real, 0);
  let entries: Awaited<ReturnType<typeof entriesOf>>;
  try {
    entries = await entriesOf(path);
  } catch (error) {
    return refusePath(path, error, undefined, visit.collector);
  }
  let count = 0;
  let others = 0;
  for (const entry of entries) {
    const { name, isText } = entry;
    if (name.startsWith('.') || (!isManifestName(name) && !(await isDirectory(path, entry)))) others++;
    else if (!isText) count += refuseName(join(path, name), visit.collector);
    else count += await readPath(join(path, name), root ?? real, visit);
  }
  visit.directories.set(real, count);
  if (count === 0 && root === undefined) {
    const left = others === 0 ? '' : `, ${others} of ${entries.length} entries were left out for their names`;
    const message = `the directory holds no files that end in .yaml, .yml, .json, .ndjson or .jsonl${left}`;
    refuse(path, { code: 'no-files', message }, visit.collector);
  }
  return count;
}

interface Entry {
  readonly name: string;
  readonly type: 'directory' | 'link' | 'other';
  /** Is the name UTF-8? Others would be opened by another name than the one they have. */
  readonly isText: boolean;
}

async function entriesOf(path: string): Promise<Entry[]> {
  const entries = await readdir(path, { withFileTypes: true, encoding: 'buffer' });
  return entries
    .map((entry): Entry => {
      const type = entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'other';
      return { name: nameOf(entry.name), type, isText: isUtf8(entry.name) };
    })
    .sort((a, b) => compareText(a.name, b.name));
}

/** Is it a directory, or a link to one? */
async function isDirectory(directory: string, { name, type }: Entry): Promise<boolean> {
  if (type !== 'link') return type === 'directory';
  try {
    return (await stat(join(directory, name))).isDirectory();
  } catch {
    // A link to nothing, or in a circle, without the name of a manifest.
    return false;
  }
}

/** Bytes that are no text are shown as `\xff`. */
function nameOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`)).join('');
}

function refuseName(path: string, collector: Collector): number {
  refuse(path, { code: 'bad-file-name', message: 'the name of the file is not UTF-8 text', hint: 'rename it' }, collector);
  return 1;
}

/** @returns how many files were refused: none for a link in a directory that leads to itself, which has no content. */
function refusePath(path: string, error: unknown, root: string | undefined, collector: Collector): number {
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (code === 'ELOOP' && root !== undefined) {
    note(path, 'symlink-loop', 'symbolic links lead in a circle: left out', collector);
    return 0;
  }
  const hint = code === 'ENOENT' ? hintForMissing(path) : undefined;
  refuse(path, { code: 'cannot-read', message: `cannot be read: ${reasonOf(error)}`, ...(hint === undefined ? {} : { hint }) }, collector);
  return 1;
}

function hintForMissing(path: string): string | undefined {
  if (/[*?[{]/.test(path)) return 'patterns are for the shell to expand: it does so when they match, and are not in quotes';
  return path.includes('\ufffd') ? 'its name may not be UTF-8 text' : undefined;
}

function refuse(path: string, problem: Pick<Diagnostic, 'code' | 'message' | 'hint'>, collector: Collector): void {
  const file = collector.openFile(path);
  file.refuse(problem, { file: path, line: 0, column: 0 });
  file.end();
}

const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'there is no such file or directory'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ELOOP', 'symbolic links lead in a circle'],
  ['ENOTDIR', 'a part of the path is not a directory'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ENXIO', 'it is a socket, or a device that is not there'],
  ['EMFILE', 'too many files are open'],
  ['EIO', 'the system reports an input/output error'],
  ['EISDIR', 'it is a directory'],
  ['EBADF', 'it is closed'],
]);

function reasonOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return REASONS.get(code) ?? (typeof code === 'string' ? `the system reports ${code}` : 'unknown error');
}

function note(path: string, code: string, message: string, collector: Collector): void {
  collector.openFile(path).note({ code, message }, { file: path, line: 0, column: 0 });
}

async function readFile(path: string, stats: Stats, visit: Visit): Promise<void> {
  await readChunks(path, readBytes(path, stats, visit.limits), stats.size, visit);
}

async function readStdin(visit: Visit): Promise<void> {
  await readChunks(STDIN_NAME, readStream(process.stdin, visit.limits), 0, visit);
}

/** Stops reading as soon as the file has been refused. */
async function readChunks(name: string, chunks: AsyncIterable<Uint8Array>, sizeBytes: number, visit: Visit): Promise<void> {
  const { collector, snapshots, onPiece } = visit;
  const file = collector.openFile(name);
  const reader = createByteReader(name, file, sizeBytes);
  let manifests: Manifests | undefined;
  try {
    for await (const chunk of chunks) {
      reader.push(chunk);
      onPiece(chunk.length);
      if (file.isRefused()) break;
    }
    if (!file.isRefused()) manifests = reader.end();
  } catch (error) {
    await refuseError(name, file, error);
  }
  if (manifests === undefined) file.end();
  else {
    snapshots.push({ name, manifests });
    if (!isOneFile(visit)) collector.addManifests(manifests);
  }
}

async function refuseError(name: string, file: FileCollector, error: unknown): Promise<void> {
  if (error instanceof InvalidUtf8 && name !== STDIN_NAME) {
    try {
      file.refuse(problemOf(error), { file: name, ...(await placeOfByte(name, error.offset)) });
    } catch (second) {
      file.refuse({ code: 'cannot-read', message: `cannot be read: ${reasonOf(second)}` }, { file: name, line: 0, column: 0 });
    }
  } else if (error instanceof Fault) {
    file.refuse(problemOf(error), { file: name, line: error.line, column: error.column });
  } else if (typeof (error as { readonly code?: unknown } | null)?.code === 'string') {
    file.refuse({ code: 'cannot-read', message: `cannot be read: ${reasonOf(error)}` }, { file: name, line: 0, column: 0 });
  } else {
    throw error;
  }
}

function problemOf({ code, message, hint }: Fault): Pick<Diagnostic, 'code' | 'message' | 'hint'> {
  return { code, message, ...(hint === undefined ? {} : { hint }) };
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
