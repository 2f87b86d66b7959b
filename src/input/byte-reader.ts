/**
 * The bytes of one file in pieces -> objects in a collector: text, or a snapshot, by the first bytes.
 */

import type { Manifests } from '../model/resource.ts';
import { looksLikeSnapshot } from '../wire/snapshot.ts';
import { WireFormatError } from '../wire/wire-error.ts';
import { type ByteDecoder, createByteDecoder } from './byte-decoder.ts';
import type { FileCollector } from './collector.ts';
import { Fault } from './fault.ts';
import { decodeSnapshot } from './snapshot/decode-snapshot.ts';
import { readInto, type TextReader } from './text-reader.ts';

interface ByteReader {
  /** @throws {Fault} when the bytes cannot be read */
  push(bytes: Uint8Array): void;
  /** What the snapshot holds; undefined for a text, which is in the collector. @throws {Fault} when the bytes cannot be read */
  end(): Manifests | undefined;
}

/** Texts of this size are made where small objects are; each larger one gets memory of its own, which costs more than filling it. */
const TEXT_BYTES = 64 * 1024;

/** `sizeBytes`: what the file is expected to have, 0 where that is not known. */
export function createByteReader(name: string, file: FileCollector, sizeBytes: number): ByteReader {
  const decoder: ByteDecoder = createByteDecoder();
  const reader: TextReader = readInto(name, file);
  /** The bytes of a snapshot, or all so far, as long as they are too few to tell. */
  const kept = new KeptBytes(sizeBytes);
  let isSnapshot: boolean | undefined;
  const pushText = (piece: Uint8Array): void => {
    for (let at = 0; at < piece.length; ) {
      const end = endOfPiece(piece, at);
      const { text, bytes } = decoder.push(piece.subarray(at, end));
      reader.push(text, bytes);
      at = end;
    }
  };
  return {
    push(bytes) {
      if (isSnapshot === false) return pushText(bytes);
      kept.add(bytes);
      isSnapshot ??= looksLikeSnapshot(kept.all);
      if (isSnapshot === false) pushText(kept.all);
    },
    end() {
      if (isSnapshot === true) return snapshotFrom(kept.all);
      if (isSnapshot === undefined && kept.all.length > 0) pushText(kept.all);
      decoder.end();
      reader.end();
      return undefined;
    },
  };
}

const NEWLINE = 0x0a;
/** Most lines of NDJSON are shorter. */
const LONG_LINE = 8 * 1024;

/** Behind a line where one ends: then a piece of NDJSON mostly has no object that is begun and not ended, and would be begun again. */
function endOfPiece(bytes: Uint8Array, start: number): number {
  if (bytes.length - start <= TEXT_BYTES) return bytes.length;
  const most = start + TEXT_BYTES;
  const newline = bytes.subarray(most - LONG_LINE, most).lastIndexOf(NEWLINE);
  return newline < 0 ? most : most - LONG_LINE + newline + 1;
}

/** Pieces, put together as they come. */
class KeptBytes {
  private readonly expected: number;
  private bytes = new Uint8Array(0);
  private length = 0;

  constructor(expected: number) {
    this.expected = expected;
  }

  get all(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  add(piece: Uint8Array): void {
    const needed = this.length + piece.length;
    if (needed > this.bytes.length) this.grow(needed);
    this.bytes.set(piece, this.length);
    this.length = needed;
  }

  private grow(needed: number): void {
    // The first piece may be all that is kept.
    const larger = new Uint8Array(this.length === 0 ? needed : Math.max(needed, this.expected, this.length * 2));
    larger.set(this.all);
    this.bytes = larger;
  }
}

function snapshotFrom(bytes: Uint8Array): Manifests {
  try {
    return decodeSnapshot(bytes);
  } catch (error) {
    if (!(error instanceof WireFormatError)) throw error;
    throw new Fault('invalid-snapshot', `the snapshot cannot be used: ${error.message}`, 0, 0);
  }
}
