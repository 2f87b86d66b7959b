/**
 * Columns in a memory that grows.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LinearMemory } from '../../../src/lib/linear-memory.ts';
import type { Numbers } from '../../../src/lib/narrow.ts';
import { type Column, FunctionBuilder } from '../../../src/lib/wasm-function.ts';
import { SEED } from '../../support/seed.ts';

const GROWS = 1 << 20;

/** What code reads at the first places of a column. */
function readBy(memory: LinearMemory, column: Column, length: number): number[] {
  const into = memory.words(length);
  const code = new FunctionBuilder(0);
  for (let i = 0; i < length; i++) code.do(memory.columnOf(into).put(i, column.at(i)));
  memory.compile(code)();
  return Array.from(into);
}

test(`columns are zero, begin a cache line each and have no byte in common (seed ${SEED})`, () => {
  const kinds = fc.array(fc.tuple(fc.constantFrom('bytes', 'halves', 'words'), fc.nat(40_000)), { maxLength: 12 });
  const property = fc.property(kinds, (asked) => {
    const memory = new LinearMemory();
    const columns = asked.map(([kind, length], i) => {
      const column = memory[kind](length);
      expect([column.length, column.byteOffset % 64, column.every((number) => number === 0)]).toEqual([length, 0, true]);
      return column.fill(i + 1);
    });
    expect(columns.every((column, i) => column.every((number) => number === i + 1))).toBe(true);
  });
  fc.assert(property, { seed: SEED, numRuns: 30 });
});

test('columns of each width are of that width', () => {
  const memory = new LinearMemory();
  expect([memory.bytes(3), memory.halves(3), memory.words(3)].map((column) => column.byteLength)).toEqual([3, 6, 12]);
  for (const numbers of [new Uint8Array(3), new Uint16Array(3), new Uint32Array(3)]) {
    const [same, longer] = [memory.like(numbers), memory.like(numbers, 70_000)];
    expect([same, longer].map((column) => [column.BYTES_PER_ELEMENT, column.length])).toEqual([
      [numbers.BYTES_PER_ELEMENT, 3],
      [numbers.BYTES_PER_ELEMENT, 70_000],
    ]);
    expect([same, longer].every((column) => memory.holds(column))).toBe(true);
  }
});

test('columns and functions stay valid when the memory grows', () => {
  const memory = new LinearMemory();
  const [from, to] = [memory.words(2), memory.words(2)];
  const code = new FunctionBuilder(0);
  code.do(memory.columnOf(to).put(0, memory.columnOf(from).at(1)));
  const run = memory.compile(code);
  from[1] = 3;
  const later = memory.bytes(GROWS);
  expect(later.buffer).not.toBe(from.buffer);
  run();
  expect(to[0]).toBe(3);
  from[1] = 4;
  later[GROWS - 1] = 5;
  run();
  expect(to[0]).toBe(4);
  expect(readBy(memory, memory.columnOf(from), 2)).toEqual([0, 4]);
  expect(later[GROWS - 1]).toBe(5);
});

test('the memory knows its own columns, of before and after it has grown', () => {
  const [memory, other] = [new LinearMemory(), new LinearMemory()];
  const own: Numbers[] = [memory.bytes(1), memory.halves(1), memory.words(GROWS), memory.bytes(GROWS), memory.bytes(0)];
  expect(own.map((column) => memory.holds(column))).toEqual(own.map(() => true));
  const others: Numbers[] = [...own.map((column) => other.like(column)), new Uint8Array(1), new Uint32Array(new SharedArrayBuffer(4))];
  expect(others.map((column) => memory.holds(column))).toEqual(others.map(() => false));
});

test('code reads copies, as narrow as their numbers allow', () => {
  const memory = new LinearMemory();
  for (const numbers of [Uint32Array.of(0, 255), Uint32Array.of(256, 1), Uint32Array.of(65_536, 2 ** 32 - 1), Uint16Array.of(7, 65_535)]) {
    const given = Array.from(numbers);
    const [copy, narrowed] = [memory.copy(numbers), memory.narrowed(numbers)];
    numbers.fill(77);
    expect(readBy(memory, copy, 2)).toEqual(given);
    expect(readBy(memory, narrowed, 2)).toEqual(given);
  }
});

test('4 GB are there, more is refused, and nothing is lost', () => {
  const memory = new LinearMemory();
  const kept = memory.words(2);
  kept[1] = 3;
  expect(() => memory.words(2 ** 30)).toThrow(new RangeError(`what kernels read and write takes more than 4 GB: ${2 ** 32 + 64} bytes`));
  const rest = memory.words(2 ** 30 - 16);
  expect(() => memory.bytes(1)).toThrow(RangeError);
  rest[rest.length - 1] = 4;
  expect([kept[1], rest[0], rest.at(-1)]).toEqual([3, 0, 4]);
});

test.each([Number.NaN, -1, -2000, 0.5])('a column of %d elements is refused, and nothing is lost', (length) => {
  const memory = new LinearMemory();
  const kept = memory.words(1000).fill(7);
  expect(() => memory.bytes(length)).toThrow(`a column cannot have ${length} bytes`);
  memory.words(100).fill(8);
  expect(kept.every((word) => word === 7)).toBe(true);
});
