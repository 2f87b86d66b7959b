/**
 * Bytes in pieces -> text in pieces. UTF-8 only, and strictly: bytes that are none would otherwise become the same replacement character, and two names
 * one. Files that are no text are recognised and named.
 */
import { Fault } from './fault.ts';

export interface ByteDecoder {
  /**
   * The text of the bytes, and the bytes that it was made of: without a character that is cut at the end, which comes with the next piece.
   * @throws {Fault} when the bytes are not UTF-8 text
   */
  push(bytes: Uint8Array): { readonly text: string; readonly bytes: Uint8Array };
  /** @throws {Fault} when the last character is cut */
  end(): void;
}

/** Bytes that are no UTF-8, at an offset into the file. The line is not known: nothing counts lines in good files. */
export class InvalidUtf8 extends Fault {
  readonly offset: number;

  constructor(offset: number) {
    super('invalid-utf8', `byte ${offset} is not UTF-8 text`, 0, 0, 'save the file as UTF-8');
    this.offset = offset;
  }
}

export function createByteDecoder(): ByteDecoder {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let carried: Uint8Array = new Uint8Array(0);
  let offset = 0;
  return {
    push(bytes) {
      const all = carried.length === 0 ? bytes : joined(carried, bytes);
      if (offset === 0) recogniseStart(all);
      const whole = all.subarray(0, all.length - incompleteTail(all));
      let text: string;
      try {
        // Not with `stream: true`: measured, Node decodes whole pieces several times faster.
        text = decoder.decode(whole);
      } catch {
        throw new InvalidUtf8(offset + firstInvalid(whole));
      }
      offset += whole.length;
      carried = all.slice(whole.length);
      return { text, bytes: whole };
    },
    end() {
      if (carried.length > 0) throw new InvalidUtf8(offset);
    },
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** How many bytes at the end begin a character without ending it. */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return byte >= 0xf0 ? (back < 4 ? back : 0) : byte >= 0xe0 ? (back < 3 ? back : 0) : back < 2 ? back : 0;
  }
  return 0;
}

/** Offset of the first byte that does not belong to a well-formed character (Unicode table 3-7). */
function firstInvalid(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!;
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length === 0 || i + length > bytes.length) return i;
    for (let k = 1; k < length; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return i;
    const second = bytes[i + 1] ?? 0;
    if (
      (first === 0xe0 && second < 0xa0) ||
      (first === 0xed && second > 0x9f) ||
      (first === 0xf0 && second < 0x90) ||
      (first === 0xf4 && second > 0x8f)
    )
      return i;
    i += length;
  }
  return bytes.length;
}

const STARTS: readonly (readonly [bytes: readonly number[], what: string, hint: string])[] = [
  [[0x1f, 0x8b], 'gzip data', 'decompress it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd data', 'decompress it first'],
  [[0x42, 0x5a, 0x68], 'bzip2 data', 'decompress it first'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz data', 'decompress it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive', 'unpack it first'],
  [[0xff, 0xfe], 'UTF-16 text', 'save the file as UTF-8'],
  [[0xfe, 0xff], 'UTF-16 text', 'save the file as UTF-8'],
];

const LOOKED_AT = 512;

function recogniseStart(bytes: Uint8Array): void {
  for (const [start, what, hint] of STARTS) {
    if (start.every((byte, i) => bytes[i] === byte)) throw new Fault('not-text', `the file is ${what}, expected text`, 1, 1, hint);
  }
  const head = bytes.subarray(0, LOOKED_AT);
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2]!++;
  if (zeros[0]! + zeros[1]! === 0) return;
  // Latin text in UTF-16 has a zero in every second byte.
  const half = head.length / 4;
  const utf16 = (zeros[0]! > half && zeros[1] === 0) || (zeros[1]! > half && zeros[0] === 0);
  throw new Fault(
    'not-text',
    `the file is ${utf16 ? 'UTF-16 text' : 'binary data'}, expected UTF-8 text`,
    1,
    1,
    utf16 ? 'save the file as UTF-8' : undefined,
  );
}
