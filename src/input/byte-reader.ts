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

export function createByteReader(name: string, file: FileCollector): ByteReader {
  const decoder: ByteDecoder = createByteDecoder();
  const reader: TextReader = readInto(name, file);
  /** The bytes of a snapshot, or all so far, as long as they are too few to tell. */
  const kept: Uint8Array[] = [];
  let isSnapshot: boolean | undefined;
  const pushText = (piece: Uint8Array): void => {
    const { text, bytes } = decoder.push(piece);
    reader.push(text, bytes);
  };
  return {
    push(bytes) {
      if (isSnapshot === false) return pushText(bytes);
      kept.push(bytes.slice());
      if (isSnapshot === true) return;
      isSnapshot = looksLikeSnapshot(joined(kept.splice(0), kept));
      if (isSnapshot === false) pushText(joined(kept.splice(0)));
    },
    end() {
      if (isSnapshot === true) return snapshotFrom(joined(kept));
      if (isSnapshot === undefined && kept.length > 0) pushText(joined(kept));
      decoder.end();
      reader.end();
      return undefined;
    },
  };
}

/** One piece; `into` gets it as well. */
function joined(pieces: readonly Uint8Array[], into?: Uint8Array[]): Uint8Array {
  const [first] = pieces;
  const all = pieces.length === 1 && first !== undefined ? first : new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  if (pieces.length !== 1) {
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
  }
  into?.push(all);
  return all;
}

function snapshotFrom(bytes: Uint8Array): Manifests {
  try {
    return decodeSnapshot(bytes);
  } catch (error) {
    if (!(error instanceof WireFormatError)) throw error;
    throw new Fault('invalid-snapshot', `the snapshot cannot be used: ${error.message}`, 0, 0);
  }
}
