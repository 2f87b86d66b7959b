/**
 * A WebAssembly loop over the rows of columns, such as the flows of a batch. Columns that stand in the memory of the function are read and written where they are, others are copied, chunk by chunk.
 */
import type { LinearMemory } from './linear-memory.ts';
import type { Numbers } from './narrow.ts';
import { type Column, FunctionBuilder, type I32Value, type I64Value, type Local, type Operand } from './wasm-function.ts';

/** Rows at a time: V8 changes to optimised code between calls only, and what was copied is still in the first level cache. A power of two. */
const CHUNK = 4096;

/** What numbers of an input may be, and what they are called. */
export interface Limit {
  readonly name: string;
  readonly below: number;
}

/** A column by row. */
export class RowColumn {
  readonly numbers: Numbers;
  readonly perRow: number;
  readonly limit: Limit | undefined;
  /** What the function reads and writes: the numbers, or a chunk of them. */
  readonly inside: Numbers;
  private readonly column: Column;

  constructor(memory: LinearMemory, numbers: Numbers, perRow = 1, limit?: Limit) {
    this.numbers = numbers;
    this.perRow = perRow;
    this.limit = limit;
    this.inside = memory.holds(numbers) ? numbers : memory.like(numbers, Math.min(CHUNK * perRow, numbers.length));
    this.column = memory.columnOf(this.inside);
  }

  private get isCopied(): boolean {
    return this.inside !== this.numbers;
  }

  /** Copies numbers of rows to where the function reads them, if it does not read them where they are. The rows are of one chunk. */
  bringIn(start: number, stop: number): void {
    if (this.isCopied) this.inside.set(this.numbers.subarray(start * this.perRow, stop * this.perRow), (start % CHUNK) * this.perRow);
  }

  /** The same from where it writes them, of a column with one number a row. */
  takeOut(start: number, stop: number): void {
    const place = start % CHUNK;
    if (this.isCopied) this.numbers.set(this.inside.subarray(place, place + stop - start), start);
  }

  get rows(): number {
    return Math.floor(this.numbers.length / this.perRow);
  }

  at(row: Local): I32Value {
    return this.column.at(this.index(row));
  }

  /** A variable of the number; the function ends where it reaches the limit of the column. */
  checked(code: FunctionBuilder, row: Local): Local {
    const value = code.let(this.at(row));
    if (this.limit !== undefined) code.when(value.below(this.limit.below).isZero(), () => code.trap());
    return value;
  }

  /** Two of the words of a row: see `Column.pairAt`. */
  pairAt(row: Local, further: number): I64Value {
    return this.column.pairAt(this.index(row), further);
  }

  put(row: Local, value: Operand): readonly number[] {
    return this.column.put(this.index(row), value);
  }

  private index(row: Local): I32Value {
    const inColumn = this.isCopied ? row.and(CHUNK - 1) : row;
    return this.perRow === 1 ? inColumn : inColumn.times(this.perRow);
  }
}

export class RowLoop {
  private readonly memory: LinearMemory;
  private readonly inputs: RowColumn[] = [];
  private readonly outputs: RowColumn[] = [];

  constructor(memory: LinearMemory) {
    this.memory = memory;
  }

  input(numbers: Numbers, { perRow, limit }: { readonly perRow?: number; readonly limit?: Limit } = {}): RowColumn {
    const column = new RowColumn(this.memory, numbers, perRow, limit);
    this.inputs.push(column);
    return column;
  }

  output(numbers: Numbers): RowColumn {
    const column = new RowColumn(this.memory, numbers);
    this.outputs.push(column);
    return column;
  }

  /**
   * `body` builds what is done for a row. Out comes a function that does it for the first `count` rows. It throws a RangeError where a column has fewer, and where `checked` finds a number that reaches
   * its limit: what outputs hold then means nothing.
   */
  compile(body: (code: FunctionBuilder, row: Local) => void): (count: number) => void {
    const run = this.compileSum((code, row) => {
      body(code, row);
      return 0;
    });
    return (count) => {
      run(0, count);
    };
  }

  /** The same for the rows `first` up to, without, `end`. It gives the sum, below 2^53, of what the body gives for each row, which is below 2^19. */
  compileSum(body: (code: FunctionBuilder, row: Local) => Operand): (first: number, end: number) => number {
    const { inputs, outputs } = this;
    const code = new FunctionBuilder(2);
    const [first, end] = code.parameters as [Local, Local];
    const sum = code.let(0);
    code.loop(first, end, (row) => code.set(sum, sum.plus(body(code, row))));
    const run = this.memory.compile(code, sum);
    const rows = Math.min(...[...inputs, ...outputs].map((column) => column.rows));
    return (first, end) => {
      // What is behind the end of a column is another one, and not nothing.
      if (!(first >= 0)) throw new RangeError(`rows begin at 0, got ${first}`);
      if (end > rows) throw new RangeError(`${end} rows are more than the ${rows} of the shortest column`);
      let total = 0;
      for (let start = first; start < end; ) {
        const stop = Math.min(start - (start % CHUNK) + CHUNK, end);
        for (const column of inputs) column.bringIn(start, stop);
        try {
          total += run(start, stop);
        } catch (error) {
          throw beyondLimit(inputs, start, stop) ?? error;
        }
        for (const column of outputs) column.takeOut(start, stop);
        start = stop;
      }
      return total;
    };
  }
}

function beyondLimit(inputs: readonly RowColumn[], start: number, stop: number): RangeError | undefined {
  for (const { numbers, limit } of inputs) {
    const wrong = limit === undefined ? -1 : numbers.subarray(start, stop).findIndex((number) => number >= limit.below);
    if (wrong >= 0)
      return new RangeError(`${limit!.name} ${start + wrong} is ${numbers[start + wrong]}, expected a number below ${limit!.below}`);
  }
  return undefined;
}
