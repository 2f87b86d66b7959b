/**
 * Many small texts as bytes in few large arrays: kept outside the heap, so that keeping them costs the garbage collector nothing.
 */

const SHARED_BYTES = 64 * 1024;
const SHORT = 200;
const encoder = new TextEncoder();
/** Not fatal: what is not UTF-8 becomes one character a byte, and offsets stay right. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text that is kept; `readKept` makes it a text again. */
export interface KeptText {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

export class ByteStore {
  private shared = new Uint8Array(0);
  private used = 0;

  keepBytes(bytes: Uint8Array, from: number, to: number): KeptText {
    const start = this.reserve(to - from);
    const { shared } = this;
    // Measured: a view costs more than copying a short piece, and less than copying a long one.
    if (to - from > SHORT) shared.set(bytes.subarray(from, to), start);
    else for (let i = from; i < to; i++) shared[start + i - from] = bytes[i]!;
    this.used = start + to - from;
    return { bytes: shared, start, end: this.used };
  }

  keepText(text: string): KeptText {
    // UTF-8 takes at most three bytes for a UTF-16 code unit.
    const start = this.reserve(text.length * 3);
    this.used = start + encoder.encodeInto(text, this.shared.subarray(start)).written;
    return { bytes: this.shared, start, end: this.used };
  }

  /** The offset where so many bytes have a place. */
  private reserve(length: number): number {
    if (this.used + length > this.shared.length) {
      this.shared = new Uint8Array(Math.max(length, SHARED_BYTES));
      this.used = 0;
    }
    return this.used;
  }
}

export function readKept({ bytes, start, end }: KeptText): string {
  return decoder.decode(bytes.subarray(start, end));
}
