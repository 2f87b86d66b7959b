/**
 * Code that is built here, run, against the same computed in JavaScript.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LinearMemory } from '../../../src/lib/linear-memory.ts';
import type { Numbers } from '../../../src/lib/narrow.ts';
import {
  choose,
  chooseWide,
  FunctionBuilder,
  type I32Value,
  type I64Value,
  type Local,
  type Operand,
  wide,
} from '../../../src/lib/wasm-function.ts';
import { SEED } from '../../support/seed.ts';

const MEMORY = new LinearMemory();
const RESULT = MEMORY.words(1);

/** Where signs, words and the bytes of LEB128 end. */
const EDGES = [0, 1, 31, 32, 63, 64, 127, 128, 8191, 8192, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 8193, 2 ** 32 - 65, 2 ** 32 - 64, 2 ** 32 - 1];
const WORD = fc.oneof(fc.constantFrom(...EDGES), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

const OPERATIONS = {
  plus: (a: number, b: number) => a + b,
  minus: (a: number, b: number) => a - b,
  times: (a: number, b: number) => Math.imul(a, b),
  timesHigh: (a: number, b: number) => Number((BigInt(a) * BigInt(b)) >> 32n),
  and: (a: number, b: number) => a & b,
  or: (a: number, b: number) => a | b,
  xor: (a: number, b: number) => a ^ b,
  shiftLeft: (a: number, b: number) => a << b,
  rotateLeft: (a: number, b: number) => (a << b) | (a >>> -b),
  shiftRight: (a: number, b: number) => a >>> b,
  equals: (a: number, b: number) => Number(a === b),
  atMost: (a: number, b: number) => Number(a <= b),
  below: (a: number, b: number) => Number(a < b),
};

/** A function that gives what code leaves for its parameters. */
function computing(parameters: number, body: (code: FunctionBuilder, ...parameters: Local[]) => Operand): (...numbers: number[]) => number {
  const code = new FunctionBuilder(parameters);
  code.do(MEMORY.columnOf(RESULT).put(0, body(code, ...code.parameters)));
  const run = MEMORY.compile(code);
  return (...numbers) => {
    run(...numbers);
    return RESULT[0]!;
  };
}

describe(`operations compute what JavaScript does (seed ${SEED})`, () => {
  test.each(Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[])('%s', (name) => {
    const expected = (a: number, b: number) => OPERATIONS[name](a, b) >>> 0;
    const ofVariables = computing(2, (_, a, b) => a![name](b!));
    for (const a of EDGES) for (const b of EDGES) expect([a, b, ofVariables(a, b)]).toEqual([a, b, expected(a, b)]);
    const property = fc.property(WORD, WORD, (a, b) => {
      expect(ofVariables(a, b)).toBe(expected(a, b));
      expect(computing(1, (_, first) => first![name](b))(a)).toBe(expected(a, b));
    });
    fc.assert(property, { seed: SEED });
  });

  test('isZero', () => {
    const isZero = computing(1, (_, a) => a!.isZero());
    for (const a of EDGES) expect([a, isZero(a)]).toEqual([a, Number(a === 0)]);
  });

  test('choose', () => {
    const ofVariables = computing(3, (_, condition, first, second) => choose(condition!, first!, second!));
    const property = fc.property(WORD, WORD, WORD, (condition, first, second) => {
      const expected = condition === 0 ? second : first;
      expect(ofVariables(condition, first, second)).toBe(expected);
      expect(computing(0, () => choose(condition, first, second))()).toBe(expected);
    });
    fc.assert(property, { seed: SEED });
  });

  test('constants, also negative ones', () => {
    for (const constant of [...EDGES, ...EDGES.map((edge) => -edge)])
      expect([constant, computing(0, () => constant)()]).toEqual([constant, constant >>> 0]);
  });
});

/** A column takes its place at the end of what is there: at addresses of one to five bytes. */
describe.each([0, 100, 20_000, 3_000_000, 2 ** 28, 2 ** 31])('columns beyond %i bytes', (before) => {
  const memory = new LinearMemory();
  memory.bytes(before);
  const kinds: [string, Numbers, number][] = [
    ['bytes', memory.bytes(5), 0x78],
    ['halves', memory.halves(5), 0x5678],
    ['words', memory.words(5), 0x12345678],
  ];

  test.each(kinds)('%s are read and written at variable and constant places, and nothing beside them', (_, numbers, lowest) => {
    const read = memory.words(6);
    const [column, into] = [memory.columnOf(numbers), memory.columnOf(read)];
    const code = new FunctionBuilder(1);
    const index = code.parameters[0]!;
    const values: I32Value[] = [
      column.at(index),
      column.at(index, 1),
      column.at(index.plus(1), 2),
      column.at(0),
      column.at(2),
      column.at(1, 3),
    ];
    for (const [i, value] of values.entries()) code.do(into.put(i, value));
    code.do(column.put(index, 0x12345678));
    code.do(column.put(3, index.minus(2)));
    const run = memory.compile(code);
    // All bits of the last: it is not read as a negative number.
    numbers.set([3, 1, 4, 159, 0xffffffff]);
    const [first, , third, , last] = numbers;
    run(1);
    expect(Array.from(read)).toEqual([1, 4, last, first, third, last]);
    expect(Array.from(numbers)).toEqual([first, lowest, third, last, last]);
  });
});

describe(`operations over 64 bits compute what big integers do (seed ${SEED})`, () => {
  const words = MEMORY.words(4);
  const column = MEMORY.columnOf(words);
  const MOST = 2n ** 64n - 1n;
  /** What code gives for two numbers: its lower word, then its upper one. */
  const computingWide = (body: (code: FunctionBuilder, a: I64Value, b: I64Value) => I64Value): ((a: bigint, b: bigint) => bigint) => {
    const code = new FunctionBuilder(0);
    const result = code.letWide(body(code, code.letWide(column.pairAt(0)), code.letWide(column.pairAt(0, 2))));
    code.do(column.put(0, result.narrowed()));
    code.do(column.put(1, result.shiftRight(wide(32)).narrowed()));
    const run = MEMORY.compile(code);
    return (a, b) => {
      for (const [i, number] of [a, a >> 32n, b, b >> 32n].entries()) words[i] = Number(BigInt.asUintN(32, number));
      run();
      return BigInt(words[0]!) | (BigInt(words[1]!) << 32n);
    };
  };
  const WIDE_EDGES = EDGES.flatMap((upper) =>
    EDGES.slice(0, 4)
      .concat(2 ** 32 - 1)
      .map((lower) => (BigInt(upper) << 32n) | BigInt(lower)),
  );
  const WIDE = fc.oneof(fc.constantFrom(...WIDE_EDGES), fc.bigInt({ min: 0n, max: MOST }));
  const ofCondition = (condition: I32Value): I64Value => condition.widened();

  test.each<[string, (code: FunctionBuilder, a: I64Value, b: I64Value) => I64Value, (a: bigint, b: bigint) => bigint]>([
    ['minus', (_, a, b) => a.minus(b), (a, b) => BigInt.asUintN(64, a - b)],
    ['shiftRight', (_, a, b) => a.shiftRight(b), (a, b) => a >> (b & 63n)],
    ['swapped', (_, a) => a.swapped(), (a) => (a >> 32n) | ((a & 0xffffffffn) << 32n)],
    ['equals', (_, a, b) => ofCondition(a.equals(b)), (a, b) => BigInt(a === b)],
    ['equals itself', (_, a) => ofCondition(a.equals(a)), () => 1n],
    ['below', (_, a, b) => ofCondition(a.below(b)), (a, b) => BigInt(a < b)],
    ['atMost', (_, a, b) => ofCondition(a.atMost(b)), (a, b) => BigInt(a <= b)],
    ['narrowed and widened', (_, a) => a.narrowed().widened(), (a) => a & 0xffffffffn],
    ['chooseWide', (_, a, b) => chooseWide(a.below(b), b, a), (a, b) => (a < b ? b : a)],
    ['wide', () => wide(-1), () => MOST],
    ['wide of a small number', () => wide(77), () => 77n],
    [
      'set',
      (code, a, b) => {
        const local = code.letWide(a);
        code.when(a.below(b), () => code.set(local, b));
        return local;
      },
      (a, b) => (a < b ? b : a),
    ],
  ])('%s', (_, body, expected) => {
    const computed = computingWide(body);
    const property = fc.property(WIDE, WIDE, (a, b) => {
      expect(computed(a, b)).toBe(expected(a, b));
      expect(computed(a, a)).toBe(expected(a, a));
    });
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });
});

describe('statements', () => {
  test('a branch does nothing or something', () => {
    const branch = computing(1, (code, condition) => {
      const result = code.let(7);
      code.when(condition!.equals(3), () => {
        code.set(result, 8);
        code.when(1, () => code.set(result, result.times(2)));
      });
      return result;
    });
    expect([0, 1, 2, 3, 2 ** 31].map((condition) => branch(condition))).toEqual([7, 7, 7, 16, 7]);
  });

  test.each<[number, number, number[]]>([
    [0, 0, []],
    [5, 5, []],
    [6, 5, []],
    [0, 1, [0]],
    [3, 7, [3, 4, 5, 6]],
    [2 ** 31 - 2, 2 ** 31 + 1, [2 ** 31 - 2, 2 ** 31 - 1, 2 ** 31]],
    [2 ** 32 - 2, 2 ** 32 - 1, [2 ** 32 - 2]],
  ])('a loop from %i to %i', (first, end, expected) => {
    const seen = MEMORY.words(8);
    const column = MEMORY.columnOf(seen);
    const loopOver = (start: (parameter: Local) => Operand) =>
      computing(2, (code, from, to) => {
        const turns = code.let(0);
        code.loop(start(from!), to!, (i) => {
          code.do(column.put(turns, i));
          code.set(turns, turns.plus(1));
        });
        return turns;
      });
    for (const start of [(parameter: Local) => parameter, () => first]) {
      seen.fill(77);
      expect(loopOver(start)(first, end)).toBe(expected.length);
      expect(Array.from(seen)).toEqual([...expected, ...Array.from({ length: 8 - expected.length }, () => 77)]);
    }
  });

  test('loops nest, and there is room for hundreds of variables', () => {
    const sum = computing(2, (code, rows, cells) => {
      const locals = Array.from({ length: 300 }, (_, i) => code.let(i));
      const total = code.let(0);
      code.loop(0, rows!, (row) => code.loop(row, cells!, (cell) => code.set(total, total.plus(cell))));
      return locals.reduce((so: I32Value, local) => so.plus(local), total);
    });
    expect(sum(3, 5)).toBe(0 + 1 + 2 + 3 + 4 + (1 + 2 + 3 + 4) + (2 + 3 + 4) + (299 * 300) / 2);
  });
});
