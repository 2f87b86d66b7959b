/**
 * Loops over columns inside and outside the memory of their function, below, at and above whole chunks.
 */
import { describe, expect, test } from 'vitest';
import { LinearMemory } from '../../../src/lib/linear-memory.ts';
import type { Numbers } from '../../../src/lib/narrow.ts';
import { RowLoop } from '../../../src/lib/row-loop.ts';

const ROWS = 10_001;
const COUNTS = [0, 1, 4095, 4096, 4097, 8192, 10_000];
const UNTOUCHED = 77;

const WIDTHS = [new Uint8Array(ROWS), new Uint16Array(ROWS), new Uint32Array(ROWS)];

/** For each of three inputs and two outputs, whether it stands in the memory. */
const PLACES = [
  [false, false, false, false, false],
  [true, false, true, false, true],
  [false, true, false, true, false],
  [true, true, true, true, true],
];

describe.each(PLACES)('inputs in the memory: %s, %s, %s; outputs: %s, %s', (...places) => {
  const memory = new LinearMemory();
  const column = (like: Numbers, i: number): Numbers => (places[i] ? memory.like(like) : like.slice());
  const inputs = WIDTHS.map(column);
  const outputs = [column(WIDTHS[2]!, 3), column(WIDTHS[0]!, 4)];
  const loop = new RowLoop(memory);
  const [a, b, c] = inputs.map((each) => loop.input(each));
  const [sum, difference] = outputs.map((each) => loop.output(each));
  const run = loop.compile((code, row) => {
    const first = code.let(a!.at(row));
    code.do(sum!.put(row, first.plus(b!.at(row)).plus(c!.at(row))));
    code.do(difference!.put(row, b!.at(row).minus(first)));
  });

  test.each(COUNTS)('%i rows', (count) => {
    for (const [i, input] of inputs.entries()) for (let row = 0; row < ROWS; row++) input[row] = (row + count) * (i + 3);
    for (const output of outputs) output.fill(UNTOUCHED);
    run(count);
    const [first, second, third] = inputs as [Numbers, Numbers, Numbers];
    const wrong: unknown[] = [];
    for (let row = 0; row < ROWS; row++) {
      const expected =
        row < count ? [first[row]! + second[row]! + third[row]!, (second[row]! - first[row]!) & 0xff] : [UNTOUCHED, UNTOUCHED];
      const got = outputs.map((output) => output[row]);
      if (got[0] !== expected[0] || got[1] !== expected[1]) wrong.push({ row, got, expected });
    }
    expect(wrong).toEqual([]);
  });
});

test('columns in the memory are not copied, of others there is a chunk', () => {
  const memory = new LinearMemory();
  const bytesTakenBy = (numbers: Numbers): number => {
    const before = memory.bytes(64).byteOffset + 64;
    new RowLoop(memory).input(numbers);
    return memory.bytes(64).byteOffset - before;
  };
  expect(bytesTakenBy(memory.words(ROWS))).toBe(0);
  expect(bytesTakenBy(new Uint32Array(ROWS))).toBe(4 * 4096);
  expect(bytesTakenBy(new Uint8Array(640))).toBe(640);
});

test.each([
  ['in', new LinearMemory()],
  ['outside', undefined],
])('more rows than a column has %s the memory are refused, and nothing is written', (_, where) => {
  const memory = where ?? new LinearMemory();
  const column = (rows: number) => where?.bytes(rows) ?? new Uint8Array(rows);
  const [input, output, behind] = [column(5), column(4), memory.bytes(64)];
  const loop = new RowLoop(memory);
  const [from, to] = [loop.input(input), loop.output(output)];
  const run = loop.compile((code, row) => code.do(to.put(row, from.at(row).plus(1))));
  expect(() => run(5)).toThrow(new RangeError('5 rows are more than the 4 of the shortest column'));
  expect([...output, ...behind].every((number) => number === 0)).toBe(true);
  run(4);
  expect(Array.from(output)).toEqual([1, 1, 1, 1]);
});

test('rows before the first are refused', () => {
  const memory = new LinearMemory();
  const loop = new RowLoop(memory);
  const column = loop.output(memory.bytes(10));
  const run = loop.compileSum((code, row) => {
    code.do(column.put(row, 1));
    return 1;
  });
  expect(run(3, 10)).toBe(7);
  for (const first of [-1, Number.NaN]) expect(() => run(first, 10)).toThrow(new RangeError(`rows begin at 0, got ${first}`));
});
