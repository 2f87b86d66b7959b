/**
 * Rows of subject classes along all port classes, listed in pages and in blocks of them.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRowMap, type RowMap } from '../../../src/compile/row-map.ts';
import { GrowableUint32 } from '../../../src/lib/growable.ts';
import { PAGE_CELLS_32, pagesFor } from '../../../src/tables/layout.ts';

const columnOf = (numbers: readonly number[]): GrowableUint32 => {
  const column = new GrowableUint32();
  column.pushAll(numbers);
  return column;
};

/** The rows of all subject classes, port class by port class. */
function read(map: RowMap, subjects: number, portClasses: number): number[][] {
  const [blocks, pages, cells] = [map.lists.blocks(), map.lists.pages(), map.cells()];
  const perSubject = pagesFor(portClasses, PAGE_CELLS_32);
  const cellsOf = (subject: number, index: number): number =>
    perSubject === 1 ? subject * portClasses : pageOf(subject, index) * PAGE_CELLS_32;
  const pageOf = (subject: number, index: number): number => {
    if (blocks.length === 0) return pages[subject * perSubject + index]!;
    return pages[
      blocks[subject * pagesFor(perSubject, PAGE_CELLS_32) + Math.floor(index / PAGE_CELLS_32)]! * PAGE_CELLS_32 + (index % PAGE_CELLS_32)
    ]!;
  };
  return Array.from({ length: subjects }, (_, subject) =>
    Array.from({ length: portClasses }, (_, port) => cells[cellsOf(subject, Math.floor(port / PAGE_CELLS_32)) + (port % PAGE_CELLS_32)]!),
  );
}

/** Where each row ends, near the ends of pages and blocks more often than elsewhere. */
const world = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1200 })).chain((portClasses) => {
  const end = fc.oneof(
    fc.integer({ min: 1, max: portClasses }),
    fc.integer({ min: 1, max: portClasses }).map((port) => Math.min(portClasses, port - (port % 256) + 16)),
  );
  const subject = fc.uniqueArray(end, { maxLength: 8 }).chain((ends) =>
    fc.record({
      ends: fc.constant([...new Set([...ends, portClasses])].sort((a, b) => a - b)),
      rows: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: ends.length + 1, maxLength: ends.length + 1 }),
    }),
  );
  return fc.record({ portClasses: fc.constant(portClasses), subjects: fc.array(subject, { minLength: 1, maxLength: 6 }) });
});

test.each([
  ['pages', 1],
  ['blocks', 2 ** 21],
])('lists %s that say at every port class which row holds', (listed, about) => {
  fc.assert(
    fc.property(world, ({ portClasses, subjects }) => {
      const map = createRowMap(portClasses, about);
      map.addUniform(3);
      // Columns are used again, with what stood in them behind their end; the last row holds for the rest, wherever it ends.
      for (const { ends, rows } of subjects) {
        const [rowColumn, endColumn] = [
          columnOf([...rows.slice(0, ends.length), rows[ends.length - 1]!]),
          columnOf([...ends.slice(0, -1), 0, 1]),
        ];
        rowColumn.length = endColumn.length = ends.length;
        map.add(rowColumn, endColumn);
      }
      const expected = subjects.map(({ ends, rows }) =>
        Array.from({ length: portClasses }, (_, port) => rows[ends.findIndex((end) => port < end)]!),
      );
      expect(read(map, subjects.length + 1, portClasses)).toEqual([new Array(portClasses).fill(3), ...expected]);
      expect(map.lists.pages().length > 0).toBe(portClasses > PAGE_CELLS_32);
      expect(map.lists.blocks().length > 0).toBe(listed === 'blocks' && portClasses > PAGE_CELLS_32 ** 2);
    }),
  );
});

test('stores equal pages and equal blocks once', () => {
  const map = createRowMap(1024, 2 ** 20);
  const [rows, ends] = [columnOf([5, 6]), columnOf([300, 1024])];
  for (let subject = 0; subject < 3; subject++) map.add(rows, ends);
  map.addUniform(5);
  // Rows 5 alone, 6 alone, and both; blocks of the first, of both, of the second.
  expect(map.cells()).toHaveLength(3 * PAGE_CELLS_32);
  expect(map.lists.pages()).toHaveLength(3 * PAGE_CELLS_32);
  expect(Array.from(map.lists.blocks())).toEqual([0, 1, 2, 2, 0, 1, 2, 2, 0, 1, 2, 2, 0, 0, 0, 0]);
});
