/**
 * Compiled tables: views over one buffer. In comes a buffer that `packTables` wrote (or bytes that claim to be one), out come typed columns.
 */
import {
  ALIGNMENT,
  DIRECTORY_ENTRY_BYTES,
  ELEMENT_BYTES,
  ELEMENT_TYPES,
  type ElementType,
  HEADER_BYTES,
  MAGIC,
  MOST_ELEMENTS,
  SECTIONS,
  type SectionName,
  VERSION,
} from './layout.ts';

type ColumnOf<T extends ElementType> = T extends 'u8' ? Uint8Array : T extends 'u16' ? Uint16Array : Uint32Array;

/** One typed column per section. */
export type Columns = { readonly [N in SectionName]: ColumnOf<(typeof SECTIONS)[N]['type']> };

/** Thrown when bytes are not tables of this version; the message says what was got and what was expected. */
export class TableFormatError extends Error {
  override readonly name = 'TableFormatError';
}

/** Immutable after `packTables`. Cheap to make from a shared buffer in another thread: views only, nothing is copied or decoded. */
export class RuleTables {
  readonly buffer: ArrayBufferLike;
  readonly columns: Columns;

  private constructor(buffer: ArrayBufferLike, columns: Columns) {
    this.buffer = buffer;
    this.columns = columns;
  }

  /**
   * Views `buffer` as tables. Checks the container (magic, version, directory, bounds), not the meaning of the columns: bytes from outside go through `validateTables` as well.
   * @throws {TableFormatError}
   */
  static from(buffer: ArrayBufferLike): RuleTables {
    return new RuleTables(buffer, readColumns(buffer));
  }
}

function readColumns(buffer: ArrayBufferLike): Columns {
  if (buffer.byteLength < HEADER_BYTES) {
    throw new TableFormatError(`tables are cut short: got ${buffer.byteLength} bytes, a header alone has ${HEADER_BYTES}`);
  }
  const header = new DataView(buffer);
  const magic = header.getUint32(0, true);
  if (magic !== MAGIC)
    throw new TableFormatError(`not netpolsim tables: got magic 0x${magic.toString(16)}, expected 0x${MAGIC.toString(16)}`);
  const version = header.getUint32(4, true);
  if (version !== VERSION)
    throw new TableFormatError(`tables have version ${version}, this netpolsim reads version ${VERSION}: compile them again`);
  const length = header.getUint32(16, true) + header.getUint32(20, true) * 2 ** 32;
  if (length !== buffer.byteLength)
    throw new TableFormatError(`tables are cut short: got ${buffer.byteLength} bytes, the header says ${length}`);
  const count = header.getUint32(8, true);
  const names = Object.keys(SECTIONS) as SectionName[];
  if (count !== names.length) throw new TableFormatError(`tables hold ${count} sections, expected ${names.length}`);

  const columns: Partial<Record<SectionName, Uint8Array | Uint16Array | Uint32Array>> = {};
  for (const [i, name] of names.entries()) {
    const entry = HEADER_BYTES + i * DIRECTORY_ENTRY_BYTES;
    if (entry + DIRECTORY_ENTRY_BYTES > length) throw new TableFormatError('tables are cut short: the section directory does not fit');
    const { id, type } = SECTIONS[name];
    const gotId = header.getUint32(entry, true);
    const gotType = ELEMENT_TYPES[header.getUint32(entry + 4, true)];
    if (gotId !== id || gotType !== type) {
      throw new TableFormatError(
        `section ${i} has number ${gotId} and type ${gotType ?? 'unknown'}, expected ${id} and ${type} (\`${name}\`)`,
      );
    }
    const offset = header.getUint32(entry + 8, true) * ALIGNMENT;
    const elements = header.getUint32(entry + 12, true);
    if (elements >= MOST_ELEMENTS)
      throw new TableFormatError(`section \`${name}\` has ${elements} elements, at most ${MOST_ELEMENTS - 1} can be read`);
    if (offset + elements * ELEMENT_BYTES[type] > length)
      throw new TableFormatError(`section \`${name}\` reaches beyond the end of the tables`);
    columns[name] = view(type, buffer, offset, elements);
  }
  return columns as Columns;
}

function view(type: ElementType, buffer: ArrayBufferLike, offset: number, length: number): Uint8Array | Uint16Array | Uint32Array {
  if (type === 'u8') return new Uint8Array(buffer, offset, length);
  if (type === 'u16') return new Uint16Array(buffer, offset, length);
  return new Uint32Array(buffer, offset, length);
}

/**
 * Writes columns into one new buffer. Sections that are missing are empty. `shared`: a SharedArrayBuffer, so that threads can read it without copying.
 * @throws {RangeError} for a section with 2^31 elements or more
 */
export function packTables(parts: { readonly [N in SectionName]?: ArrayLike<number> }, shared: boolean): RuleTables {
  const names = Object.keys(SECTIONS) as SectionName[];
  const tooLarge = names.find((name) => (parts[name]?.length ?? 0) >= MOST_ELEMENTS);
  if (tooLarge !== undefined)
    throw new RangeError(`the tables would be too large: section \`${tooLarge}\` has ${parts[tooLarge]!.length} elements`);
  let end = align(HEADER_BYTES + names.length * DIRECTORY_ENTRY_BYTES);
  const offsets = names.map((name) => {
    const offset = end;
    end = align(offset + (parts[name]?.length ?? 0) * ELEMENT_BYTES[SECTIONS[name].type]);
    return offset;
  });
  const buffer = shared ? new SharedArrayBuffer(end) : new ArrayBuffer(end);
  const header = new DataView(buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, VERSION, true);
  header.setUint32(8, names.length, true);
  header.setUint32(16, end % 2 ** 32, true);
  header.setUint32(20, Math.floor(end / 2 ** 32), true);
  for (const [i, name] of names.entries()) {
    const { id, type } = SECTIONS[name];
    const entry = HEADER_BYTES + i * DIRECTORY_ENTRY_BYTES;
    const part = parts[name] ?? [];
    header.setUint32(entry, id, true);
    header.setUint32(entry + 4, ELEMENT_TYPES.indexOf(type), true);
    header.setUint32(entry + 8, offsets[i]! / ALIGNMENT, true);
    header.setUint32(entry + 12, part.length, true);
    view(type, buffer, offsets[i]!, part.length).set(part);
  }
  return RuleTables.from(buffer);
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}
