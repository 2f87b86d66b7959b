/**
 * Files, pipes, terminals and devices -> bytes in pieces. Nothing is read without end: there is a bound on bytes, known before reading where the system knows it, and
 * a bound on the time that a pipe may bring nothing.
 */
import { closeSync, constants, openSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { Fault } from './fault.ts';
import { LARGEST_FILE_BYTES } from './limits.ts';

export interface ReadLimits {
  /** How long a pipe or a terminal may bring nothing; 0: for ever. */
  readonly idleMs: number;
  /** Bytes of one file or pipe. */
  readonly mostBytes: number;
}

export const DEFAULT_LIMITS: ReadLimits = { idleMs: 60_000, mostBytes: LARGEST_FILE_BYTES };

/** A piece of a file. A piece is valid until the next one is asked for. */
const CHUNK_BYTES = 256 * 1024;

/** What `stats` describes, in pieces. @throws {Fault} at a bound, or when a file changes while it is read; what the system throws */
export async function* readBytes(path: string, stats: Stats, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  if (stats.size > limits.mostBytes) throw tooLarge(`the file has ${grouped(stats.size)} bytes`, limits);
  const stream = stats.isFIFO() || stats.isCharacterDevice() ? streamOf(path, stats) : undefined;
  if (stream === undefined) yield* readHandle(path, limits);
  else yield* readStream(stream, limits);
}

async function* readHandle(path: string, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const before = await handle.stat();
    yield* capped(chunksOf(handle), limits);
    if (before.isFile() && isChanged(before, await handle.stat())) {
      throw new Fault('file-changed', 'the file was changed while it was read', 0, 0, 'run it again when nothing writes to the file');
    }
  } finally {
    await handle.close();
  }
}

/** A stream of this process or one that the caller opened; it is destroyed. @throws {Fault} at a bound */
export async function* readStream(stream: Readable, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  const { idleMs } = limits;
  const timer = idleMs === 0 ? undefined : setTimeout(() => stream.destroy(tooSlow(idleMs)), idleMs);
  try {
    for await (const chunk of capped(stream as AsyncIterable<Uint8Array>, limits)) {
      yield chunk;
      // What the reader did with the chunk is not time that the pipe took.
      timer?.refresh();
    }
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
}

/** The bytes of an open file from its start. The next piece is read while somebody looks at the last one. */
export async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  let [filled, free] = [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)];
  let reading = readInto(handle, filled);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = readInto(handle, free);
      yield filled.subarray(0, bytesRead);
      [filled, free] = [free, filled];
    }
  } finally {
    // The handle is not closed under a read, and nobody waits for what comes of it.
    await reading.catch(() => undefined);
  }
}

function readInto(handle: FileHandle, buffer: Uint8Array): ReturnType<FileHandle['read']> {
  const reading = handle.read(buffer, 0, buffer.length);
  // It may fail before anybody waits for it.
  reading.catch(() => undefined);
  return reading;
}

/** Pipes and terminals are waited for without a thread, which could not be stopped; undefined for other devices. */
function streamOf(path: string, stats: Stats): Readable | undefined {
  // Without O_NONBLOCK, opening a pipe that nobody writes to waits for ever.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (stats.isFIFO()) return new Socket({ fd, readable: true, writable: false });
  if (isatty(fd)) return new ReadStream(fd);
  closeSync(fd);
  return undefined;
}

async function* capped(chunks: AsyncIterable<Uint8Array>, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limits.mostBytes) throw tooLarge('it does not end', limits);
    yield chunk;
  }
}

function isChanged(before: Stats, after: Stats): boolean {
  return before.size !== after.size || before.mtimeMs !== after.mtimeMs;
}

function tooLarge(what: string, { mostBytes }: ReadLimits): Fault {
  const message = `${what}, at most ${grouped(mostBytes)} bytes of one input are read`;
  return new Fault('file-too-large', message, 0, 0, 'split it into several files, or leave out kinds that have no part in verdicts');
}

function tooSlow(idleMs: number): Fault {
  return new Fault(
    'read-timeout',
    `nothing has come for ${idleMs / 1000} s, and not the end either`,
    0,
    0,
    'does what writes it still run?',
  );
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
