import { describe, expect, it } from 'vitest';
import { MOST_ELEMENTS, SECTIONS, type SectionName } from '../../../src/tables/layout.ts';
import { RuleTables } from '../../../src/tables/rule-tables.ts';

const NAMES = Object.keys(SECTIONS) as SectionName[];

/** A section of each type as the compiler may have it: as a column, as a longer one's part, as a list. */
const SECTIONS_OF_EACH_TYPE = {
  stringBytes: new Uint8Array([104, 105]),
  endpointKind: [0, 2, 3],
  portClassFirst: new Uint16Array([0, 443, 444]),
  portClassLast: new Uint32Array([442, 443, 65_535]),
  atomRule: new Uint32Array([7, 8, 9, 10]).subarray(1, 3),
  properties: [1, 2],
};

describe('tables of columns that stand by themselves', () => {
  it('have the columns that they were given, in the types of the sections', () => {
    const { columns } = RuleTables.of(SECTIONS_OF_EACH_TYPE, false);
    expect(columns.stringBytes).toBe(SECTIONS_OF_EACH_TYPE.stringBytes);
    expect(columns.atomRule).toBe(SECTIONS_OF_EACH_TYPE.atomRule);
    expect(columns.endpointKind).toEqual(new Uint8Array([0, 2, 3]));
    expect(columns.portClassLast).toEqual(new Uint16Array([442, 443, 65_535]));
    expect(columns.properties).toEqual(new Uint32Array([1, 2]));
    expect(columns.aimRule).toEqual(new Uint32Array(0));
  });

  it.each([true, false])('are written into one buffer when it is asked for, once (shared: %s)', (shared) => {
    const tables = RuleTables.of(SECTIONS_OF_EACH_TYPE, shared);
    const { buffer } = tables;
    expect(buffer).toBeInstanceOf(shared ? SharedArrayBuffer : ArrayBuffer);
    expect(buffer.byteLength).toBe(tables.sizeBytes);
    expect(tables.buffer).toBe(buffer);
    const again = RuleTables.from(buffer);
    for (const name of NAMES) expect(again.columns[name]).toEqual(tables.columns[name]);
    expect(again.sizeBytes).toBe(tables.sizeBytes);
    expect(again.buffer).toBe(buffer);
  });

  it('are refused where a section has more elements than can be read', () => {
    const tooLong: ArrayLike<number> = { length: MOST_ELEMENTS };
    expect(() => RuleTables.of({ atomRule: tooLong }, false)).toThrow(
      new RangeError(`the tables would be too large: section \`atomRule\` has ${MOST_ELEMENTS} elements`),
    );
  });
});
