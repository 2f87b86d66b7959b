/**
 * WebAssembly functions, written in TypeScript: expressions over 32-bit numbers and columns of a linear memory, statements, loops. What is known while the code is built (where a column stands, which
 * branches tables need at all) is a number in it, and the processor neither loads nor checks it. Only what the kernels need is here.
 *
 * Source: WebAssembly Core Specification 2.0, section 5 (binary format).
 */

const END = 0x0b;
const VOID = 0x40;
const I32 = 0x7f;
const I64 = 0x7e;
const SHARED_WITH_MAXIMUM = 0x03;

/** Pages of 64 KB of a memory that can be addressed with 32 bits. */
export const MOST_PAGES = 65_536;

/** A number below 2^32. */
export type Operand = I32Value | number;

/** Code that leaves one 32-bit number on the stack. Its methods make more code; nothing is computed yet. */
export class I32Value {
  readonly code: readonly number[];

  constructor(code: readonly number[]) {
    this.code = code;
  }

  plus(other: Operand): I32Value {
    return this.with(other, 0x6a);
  }

  minus(other: Operand): I32Value {
    return this.with(other, 0x6b);
  }

  times(other: Operand): I32Value {
    return this.with(other, 0x6c);
  }

  /** The upper 32 bits of the product of two numbers below 2^32. */
  timesHigh(other: Operand): I32Value {
    return new I64Value([...this.widened().code, ...codeOf(other), 0xad, 0x7e]).shiftRight(wide(32)).narrowed();
  }

  and(other: Operand): I32Value {
    return this.with(other, 0x71);
  }

  or(other: Operand): I32Value {
    return this.with(other, 0x72);
  }

  xor(other: Operand): I32Value {
    return this.with(other, 0x73);
  }

  shiftLeft(other: Operand): I32Value {
    return this.with(other, 0x74);
  }

  rotateLeft(other: Operand): I32Value {
    return this.with(other, 0x77);
  }

  /** Zeros come in from the left. */
  shiftRight(other: Operand): I32Value {
    return this.with(other, 0x76);
  }

  /** 1 or 0, as all comparisons. */
  equals(other: Operand): I32Value {
    return this.with(other, 0x46);
  }

  below(other: Operand): I32Value {
    return this.with(other, 0x49);
  }

  atMost(other: Operand): I32Value {
    return this.with(other, 0x4d);
  }

  isZero(): I32Value {
    return new I32Value([...this.code, 0x45]);
  }

  /** The same number in 64 bits. */
  widened(): I64Value {
    return new I64Value([...this.code, 0xad]);
  }

  private with(other: Operand, operation: number): I32Value {
    return new I32Value([...this.code, ...codeOf(other), operation]);
  }
}

/** Code that leaves one 64-bit number on the stack. */
export class I64Value {
  readonly code: readonly number[];

  constructor(code: readonly number[]) {
    this.code = code;
  }

  minus(other: I64Value): I64Value {
    return new I64Value([...this.code, ...other.code, 0x7d]);
  }

  /** Zeros come in from the left. */
  shiftRight(bits: I64Value): I64Value {
    return new I64Value([...this.code, ...bits.code, 0x88]);
  }

  /** With its two words in each other's place. */
  swapped(): I64Value {
    return new I64Value([...this.code, ...wide(32).code, 0x89]);
  }

  equals(other: I64Value): I32Value {
    return this.compared(other, 0x51);
  }

  below(other: I64Value): I32Value {
    return this.compared(other, 0x54);
  }

  atMost(other: I64Value): I32Value {
    return this.compared(other, 0x58);
  }

  /** The lower word. */
  narrowed(): I32Value {
    return new I32Value([...this.code, 0xa7]);
  }

  private compared(other: I64Value, operation: number): I32Value {
    return new I32Value([...this.code, ...other.code, operation]);
  }
}

/** A 64-bit number with the sign of a 32-bit one: -1 is the largest number. */
export function wide(number: number): I64Value {
  return new I64Value([0x42, ...signed(number)]);
}

/** `first` where the condition is not 0, else `second`. Both are computed; there is no branch. */
export function choose(condition: Operand, first: Operand, second: Operand): I32Value {
  return new I32Value([...codeOf(first), ...codeOf(second), ...codeOf(condition), 0x1b]);
}

/** The same with 64-bit numbers. */
export function chooseWide(condition: Operand, first: I64Value, second: I64Value): I64Value {
  return new I64Value([...first.code, ...second.code, ...codeOf(condition), 0x1b]);
}

/** Numbers of one, two or four bytes each, side by side in a linear memory. */
export class Column {
  /** Of its first element, in bytes. A multiple of `width`. */
  private readonly address: number;
  /** The power of two that an element has bytes. */
  private readonly scale: 0 | 1 | 2;

  constructor(address: number, bytesPerElement: number) {
    this.address = address;
    this.scale = bytesPerElement === 1 ? 0 : bytesPerElement === 2 ? 1 : 2;
  }

  /** The element at an index, or so many further on. */
  at(index: Operand, further = 0): I32Value {
    return new I32Value([...this.place(index), [0x2d, 0x2f, 0x28][this.scale]!, ...this.immediate(further)]);
  }

  /** Two elements of four bytes as one number of eight, of which the first is the lower half. */
  pairAt(index: Operand, further = 0): I64Value {
    return new I64Value([...this.place(index), 0x29, ...this.immediate(further)]);
  }

  /** The statement that writes an element: its lowest bytes, where it is smaller. */
  put(index: Operand, value: Operand): readonly number[] {
    return [...this.place(index), ...codeOf(value), [0x3a, 0x3b, 0x36][this.scale]!, ...this.immediate(0)];
  }

  private place(index: Operand): readonly number[] {
    if (typeof index === 'number') return codeOf(index << this.scale);
    return this.scale === 0 ? index.code : index.shiftLeft(this.scale).code;
  }

  /** Alignment and offset. */
  private immediate(further: number): number[] {
    return [this.scale, ...unsigned(this.address + (further << this.scale))];
  }
}

/** A local variable. */
export class Local extends I32Value {
  readonly number: number;

  constructor(number: number) {
    super([0x20, ...unsigned(number)]);
    this.number = number;
  }
}

/** A local variable of 64 bits. */
export class WideLocal extends I64Value {
  readonly number: number;

  constructor(number: number) {
    super([0x20, ...unsigned(number)]);
    this.number = number;
  }
}

/** The body of a function, statement by statement. */
export class FunctionBuilder {
  readonly parameters: readonly Local[];
  /** The types of the variables behind the parameters. */
  private readonly types: number[] = [];
  private readonly code: number[] = [];

  constructor(parameters: number) {
    this.parameters = Array.from({ length: parameters }, (_, i) => new Local(i));
  }

  /** A new variable. */
  let(value: Operand): Local {
    const local = new Local(this.declare(I32));
    this.set(local, value);
    return local;
  }

  letWide(value: I64Value): WideLocal {
    const local = new WideLocal(this.declare(I64));
    this.set(local, value);
    return local;
  }

  set(local: Local, value: Operand): void;
  set(local: WideLocal, value: I64Value): void;
  set(local: Local | WideLocal, value: Operand | I64Value): void {
    this.code.push(...codeOf(value), 0x21, ...unsigned(local.number));
  }

  private declare(type: number): number {
    return this.parameters.length + this.types.push(type) - 1;
  }

  /** Adds a statement. */
  do(statement: readonly number[]): void {
    this.code.push(...statement);
  }

  /** Branches on a condition. */
  when(condition: Operand, then: () => void): void {
    this.code.push(...codeOf(condition), 0x04, VOID);
    then();
    this.code.push(END);
  }

  /** Ends the function, and what called it, with an error. */
  trap(): void {
    this.code.push(0x00);
  }

  /** Counts from `first` to `end - 1`. */
  loop(first: Operand, end: Local, body: (i: Local) => void): void {
    const i = this.let(first);
    this.when(i.below(end), () => {
      this.repeat(() => {
        body(i);
        this.set(i, i.plus(1));
      }, i.below(end));
    });
  }

  /** Runs the body once, and again while the condition is not 0 behind it. */
  repeat(body: () => void, condition: Operand): void {
    this.code.push(0x03, VOID);
    body();
    this.code.push(...codeOf(condition), 0x0d, 0, END);
  }

  /** A module of this one function, `run`, which gives the result, over an imported memory, `env.memory`, that is shared and has at least so many pages. */
  module(pages: number, result: Operand): Uint8Array<ArrayBuffer> {
    const { length } = this.parameters;
    const locals = [...unsigned(this.types.length), ...this.types.flatMap((type) => [1, type])];
    const body = [...locals, ...this.code, ...codeOf(result), END];
    return Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, ...unsigned(length), ...this.parameters.map(() => I32), 1, I32]),
      ...section(2, [1, ...text('env'), ...text('memory'), 2, SHARED_WITH_MAXIMUM, ...unsigned(pages), ...unsigned(MOST_PAGES)]),
      ...section(3, [1, 0]),
      ...section(7, [1, ...text('run'), 0, 0]),
      ...section(10, [1, ...unsigned(body.length), ...body]),
    ]);
  }
}

function codeOf(operand: Operand | I64Value): readonly number[] {
  return typeof operand === 'number' ? [0x41, ...signed(operand | 0)] : operand.code;
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function text(ascii: string): number[] {
  return [ascii.length, ...Array.from(ascii, (character) => character.charCodeAt(0))];
}

/** LEB128, as all numbers of the format. */
function unsigned(number: number): number[] {
  const bytes: number[] = [];
  let rest = number >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

function signed(number: number): number[] {
  const bytes: number[] = [];
  let rest = number;
  for (; rest < -0x40 || rest > 0x3f; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest & 0x7f];
}
