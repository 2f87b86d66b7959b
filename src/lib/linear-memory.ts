/**
 * A memory that WebAssembly functions work on: columns that were made in it or copied into it, and the functions over them. What is in it stays as long as anything of it is used.
 *
 * It is shared, because only a shared memory can grow while views of it stay valid. It has addresses for 4 GB, and takes memory where something was written.
 */
import { type Numbers, narrow } from './narrow.ts';
import { Column, type FunctionBuilder, MOST_PAGES, type Operand } from './wasm-function.ts';
import { countBytes } from './words.ts';

/** What is used of it (WebAssembly JavaScript Interface 2.0); the types of Node and of ECMAScript do not have it. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: SharedMemory } },
  ) => { readonly exports: { readonly run: WasmFunction } };
};

/** Parameters and result are numbers of 32 bits, the result with a sign. */
type WasmFunction = (...parameters: number[]) => number;

interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

const PAGE_BYTES = 65_536;
/** A cache line. */
const ALIGNMENT = 64;
const COUNTED_AT_ONCE = 1 << 26;

/** Thrown where there can be no memory: without WebAssembly, or without room for its addresses. */
export class NoLinearMemory extends RangeError {
  override readonly name = 'NoLinearMemory';
}

export class LinearMemory {
  private readonly memory = newMemory();
  /** Growing makes a new object of the same memory. */
  private readonly buffers = new Set<ArrayBufferLike>([this.memory.buffer]);
  private end = 0;

  /** A column of zeros. */
  bytes(length: number): Uint8Array<SharedArrayBuffer> {
    const address = this.reserve(length);
    return new Uint8Array(this.memory.buffer, address, length);
  }

  halves(length: number): Uint16Array<SharedArrayBuffer> {
    const address = this.reserve(length * Uint16Array.BYTES_PER_ELEMENT);
    return new Uint16Array(this.memory.buffer, address, length);
  }

  words(length: number): Uint32Array<SharedArrayBuffer> {
    const address = this.reserve(length * Uint32Array.BYTES_PER_ELEMENT);
    return new Uint32Array(this.memory.buffer, address, length);
  }

  /** Room for as many numbers of the same width. */
  like(numbers: Numbers, length = numbers.length): Numbers {
    if (numbers instanceof Uint8Array) return this.bytes(length);
    return numbers instanceof Uint16Array ? this.halves(length) : this.words(length);
  }

  /** Does a column stand here? */
  holds({ buffer }: Numbers): boolean {
    return this.buffers.has(buffer);
  }

  /** How code reads and writes numbers that stand here. */
  columnOf(numbers: Numbers): Column {
    return new Column(numbers.byteOffset, numbers.BYTES_PER_ELEMENT);
  }

  /** How code reads a copy of numbers. */
  copy(numbers: Numbers): Column {
    const copy = this.like(numbers);
    copy.set(numbers);
    return this.columnOf(copy);
  }

  /** How code reads a copy of numbers that takes as few bytes as they fit into. */
  narrowed(numbers: Numbers): Column {
    return this.copy(narrow(numbers));
  }

  compile(builder: FunctionBuilder, result: Operand = 0): WasmFunction {
    const module = new WebAssembly.Module(builder.module(this.memory.buffer.byteLength / PAGE_BYTES, result));
    return new WebAssembly.Instance(module, { env: { memory: this.memory } }).exports.run;
  }

  /** @throws {RangeError} for what is no number of bytes, and beyond 4 GB */
  private reserve(bytes: number): number {
    const address = Math.ceil(this.end / ALIGNMENT) * ALIGNMENT;
    const end = address + bytes;
    if (!Number.isSafeInteger(bytes) || bytes < 0) throw new RangeError(`a column cannot have ${bytes} bytes`);
    if (end > MOST_PAGES * PAGE_BYTES) throw new RangeError(`what kernels read and write takes more than 4 GB: ${end} bytes`);
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) {
      this.memory.grow(missing);
      this.buffers.add(this.memory.buffer);
      count(missing * PAGE_BYTES);
    }
    this.end = end;
    return address;
  }
}

/** Bytes of memories that V8 was not told of: it counts those of shared ones as nothing, and would not look for memories that nobody uses any more. */
let uncounted = 0;

function count(bytes: number): void {
  uncounted += bytes;
  if (uncounted < COUNTED_AT_ONCE) return;
  countBytes(uncounted);
  uncounted = 0;
}

function newMemory(): SharedMemory {
  count(PAGE_BYTES);
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  } catch (cause) {
    const why = (cause as Error).message;
    throw new NoLinearMemory(
      `flows cannot be judged in batches: that takes WebAssembly and 10 GB of addresses, not of memory; \`node --jitless\`, \`ulimit -v\` or thousands of kernels may be why there is none (${why})`,
      { cause },
    );
  }
}
