// Counts the calls of node:fs (promises, FileHandle, synchronous, with callbacks) and makes one of them fail, or all from one on, as a system would: an open, stat, read, fsync or
// rename does nothing, a write writes half, a close closes. Import it for `watchCalls`, or load it with FAIL_CALL=`3 EIO`: then the third call of the process fails, and what was
// called is said on stderr at the end, for FAIL_CALL=`0` too.
import fs from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

export interface Fault {
  /** The call that fails: 1 is the first, 0 none. */
  readonly at: number;
  /** EIO and the like. */
  readonly code: string;
  /** Later calls fail too. */
  readonly persistent?: boolean;
}

export interface Call {
  /** `open`, `FileHandle.read`, `writeSync` and so on. */
  readonly name: string;
  /** What it was about: a path, or the number of a file descriptor. */
  readonly path: string;
}

let fault: Fault | undefined;
let calls: Call[] = [];

/** From now on calls are counted, and `next` says which fails. @returns a function that ends it, with the calls there were */
export function watchCalls(next: Fault): () => Call[] {
  fault = next;
  calls = [];
  return () => {
    fault = undefined;
    return calls;
  };
}

/** Counts a call. @returns the error that it has to end with, if it is the one */
function failureOf(name: string, path: string): Error | undefined {
  if (fault === undefined) return undefined;
  calls.push({ name, path });
  if (fault.at === 0 || calls.length < fault.at || (calls.length > fault.at && fault.persistent !== true)) return undefined;
  const { code } = fault;
  return Object.assign(new Error(`${code}: made to fail, ${name} '${path}'`), { code, syscall: name, path });
}

/** For calls of something else than node:fs, such as a write to a pipe. */
export { failureOf as countCall };

type Callable = (...args: unknown[]) => unknown;
type Callables = Record<string, Callable>;

const paths = new WeakMap<object, string>();
const half = (data: unknown): unknown => (data as Uint8Array).subarray(0, Math.floor((data as Uint8Array).length / 2));

function patch(target: object, name: string, wrap: (original: Callable) => Callable): void {
  const original = (target as Callables)[name] as Callable;
  Object.defineProperty(target, name, { value: wrap(original), configurable: true, writable: true, enumerable: true });
}

function patchSync(name: string): void {
  patch(fs, name, (original) => (...args) => {
    const error = failureOf(name, String(args[0]));
    if (error === undefined) return original(...args);
    if (name === 'existsSync') return false;
    if (name === 'writeSync') original(args[0], half(args[1]));
    if (name === 'closeSync') original(...args);
    throw error;
  });
}

function patchCallback(name: string): void {
  patch(fs, name, (original) => (...args) => {
    const error = failureOf(name, String(args[0]));
    if (error === undefined) return original(...args);
    process.nextTick(args.at(-1) as (error: Error) => void, error);
    return undefined;
  });
}

function patchPromise(name: string): void {
  patch(promises, name, (original) => async (...args) => {
    const error = failureOf(name, String(args[0]));
    if (error !== undefined) throw error;
    const result = await original(...args);
    if (name === 'open') {
      paths.set(result as FileHandle, String(args[0]));
      // Every handle has a `close` of its own.
      patchHandle(result as FileHandle, 'close');
    }
    return result;
  });
}

function patchHandle(prototype: object, name: string): void {
  patch(
    prototype,
    name,
    (original) =>
      async function (this: FileHandle, ...args) {
        const path = paths.get(this);
        // A handle that this file opened, or one of a time when nothing was counted.
        const error = path === undefined ? undefined : failureOf(`FileHandle.${name}`, path);
        if (error === undefined) return await original.apply(this, args);
        if (name === 'writeFile' || name === 'write') await original.call(this, half(args[0]));
        if (name === 'close') await original.call(this);
        throw error;
      },
  );
}

const handle = await promises.open(process.execPath);
const prototype = Object.getPrototypeOf(handle) as object;
await handle.close();

const NAMES = [
  'access',
  'close',
  'copyFile',
  'fstat',
  'fsync',
  'ftruncate',
  'link',
  'lstat',
  'mkdir',
  'mkdtemp',
  'open',
  'opendir',
  'read',
];
NAMES.push(
  'readdir',
  'readFile',
  'readlink',
  'realpath',
  'rename',
  'rm',
  'rmdir',
  'stat',
  'symlink',
  'truncate',
  'unlink',
  'write',
  'writeFile',
);
for (const name of NAMES) {
  patchSync(`${name}Sync`);
  patchCallback(name);
  if (name in promises) patchPromise(name);
}
patchSync('existsSync');
for (const name of ['stat', 'read', 'readFile', 'write', 'writeFile', 'sync', 'datasync', 'truncate', 'chmod'])
  patchHandle(prototype, name);
syncBuiltinESMExports();

const { FAIL_CALL } = process.env;
if (FAIL_CALL !== undefined) {
  const [at = '0', code = ''] = FAIL_CALL.split(' ');
  const stop = watchCalls({ at: Number(at), code });
  process.on('exit', () => {
    // In one piece: a pipe between processes is full after a few hundred small ones.
    fs.writeSync(
      2,
      stop()
        .map(({ name, path }) => `call: ${name} ${path}\n`)
        .join(''),
    );
  });
}
