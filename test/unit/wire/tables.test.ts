/**
 * Files of tables: round trips of really compiled tables, and files that are damaged, cut, swapped or of another version.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engineFromTables } from '../../../src/engine/engine.ts';
import { createRandom } from '../../../src/fuzz/random.ts';
import { VERSION } from '../../../src/tables/layout.ts';
import { type RuleTables, TableFormatError } from '../../../src/tables/rule-tables.ts';
import { crc32c } from '../../../src/wire/crc32c.ts';
import { v1 } from '../../../src/wire/messages.ts';
import { decodeTables, encodeTables } from '../../../src/wire/tables.ts';
import { WireFormatError } from '../../../src/wire/wire-error.ts';
import { compiledTables } from '../../support/compiled.ts';
import { SEED } from '../../support/seed.ts';

const FLIPS = 2000;
const samples = compiledTables(SEED, 20);
const first = samples[0] as RuleTables;
const bytesOf = ({ buffer }: RuleTables): Uint8Array => new Uint8Array(new Uint8Array(buffer));

/** A file with some of its fields replaced. */
function forged(tables: RuleTables, fields: Partial<Parameters<typeof v1.Tables.encode>[0]>): Uint8Array {
  const buffer = bytesOf(tables);
  const message = { formatVersion: 1, layoutVersion: VERSION, lengthBytes: buffer.length, checksum: crc32c(buffer), buffer };
  return v1.Tables.encode({ ...message, ...fields }).finish();
}

describe(`files of tables (seed ${SEED})`, () => {
  it('hold every byte of compiled tables, in private and in shared memory', () => {
    for (const tables of samples) {
      const bytes = encodeTables(tables);
      for (const shared of [false, true]) {
        const decoded = decodeTables(bytes, { shared });
        expect(decoded.buffer instanceof SharedArrayBuffer).toBe(shared);
        expect(Buffer.from(decoded.buffer).equals(Buffer.from(tables.buffer))).toBe(true);
      }
    }
  });

  it('can be written from shared memory and read from any place in memory', () => {
    const [tables] = compiledTables(SEED, 1, true);
    const bytes = encodeTables(tables as RuleTables);
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect(bytesOf(decodeTables(shifted))).toEqual(bytesOf(tables as RuleTables));
  });

  it('do not change when the bytes that they were read from do', () => {
    const bytes = encodeTables(first);
    const decoded = decodeTables(bytes);
    bytes.fill(0);
    expect(bytesOf(decoded)).toEqual(bytesOf(first));
  });

  it('answer as before', () => {
    const engine = engineFromTables(decodeTables(encodeTables(first)));
    expect(engine.profileName).toBe(engineFromTables(first).profileName);
  });

  it('have the checksum that RFC 3720 appendix B.4 gives', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
  });

  it(`are refused after any of ${FLIPS} changes of one byte`, () => {
    const random = createRandom(SEED);
    const bytes = encodeTables(first);
    for (let i = 0; i < FLIPS; i++) {
      // A tenth of the changes hits the few bytes before the buffer.
      const at = random.chance(0.1) ? random.below(24) : random.below(bytes.length);
      const was = bytes[at] as number;
      bytes[at] = was ^ (1 + random.below(255));
      expect(() => decodeTables(bytes), `byte ${at} changed from ${was} to ${bytes[at]}`).toThrow(WireFormatError);
      bytes[at] = was;
    }
    expect(() => decodeTables(bytes)).not.toThrow();
  });

  it('are refused when cut short or continued', () => {
    const bytes = encodeTables(first);
    for (const length of [0, 1, 2, 8, 16, 23, 24, 100, bytes.length - 1]) {
      expect(() => decodeTables(bytes.subarray(0, length)), `${length} bytes`).toThrow(WireFormatError);
    }
    for (const extra of [[0], [8, 1], [42, 0], [255]]) {
      expect(() => decodeTables(Uint8Array.of(...bytes, ...extra)), `${extra} behind`).toThrow(WireFormatError);
    }
  });

  const other = bytesOf(samples.find((tables) => tables.buffer.byteLength !== first.buffer.byteLength) as RuleTables);
  it.each<[string, Parameters<typeof v1.Tables.encode>[0], RegExp]>([
    ['another format version', { formatVersion: 2 }, /`Tables.format_version` is 2, this netpolsim reads version 1/],
    ['another layout version', { layoutVersion: VERSION + 1 }, /layout version \d+, this netpolsim reads version \d+: compile them again/],
    ['a checksum that is not right', { checksum: 1 }, /damaged: its checksum is 0x[0-9a-f]+, expected 0x1/],
    ['a length that is not right', { lengthBytes: 1 }, /expected 1/],
    ['a length that is no whole number', { lengthBytes: 0.5 }, /expected a whole number/],
    ['the buffer of another file', { buffer: other }, /the tables have \d+ bytes, expected \d+/],
    ['the checksum of another file', { checksum: crc32c(other) }, /damaged/],
  ])('are refused with %s', (_, fields, message) => {
    expect(() => decodeTables(forged(first, fields))).toThrow(WireFormatError);
    expect(() => decodeTables(forged(first, fields))).toThrow(message);
    expect(() => decodeTables(forged(first, {}))).not.toThrow();
  });

  it('are refused when the checksum is right and the tables are not', () => {
    const buffer = bytesOf(first);
    buffer[0] = 0;
    expect(() => decodeTables(forged(first, { buffer, checksum: crc32c(buffer) }))).toThrow(TableFormatError);
    const empty = new Uint8Array(0);
    expect(() => decodeTables(forged(first, { buffer: empty, checksum: crc32c(empty), lengthBytes: 0 }))).toThrow(TableFormatError);
  });

  it('are refused when they are anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => decodeTables(bytes)).toThrow(WireFormatError);
      }),
      { seed: SEED, numRuns: 2000 },
    );
    expect(() => decodeTables(new TextEncoder().encode('apiVersion: v1\nkind: Pod\n'))).toThrow(WireFormatError);
  });
});
