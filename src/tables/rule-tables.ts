/**
 * Compiled tables: typed columns. They come from the compiler one by one, or from a buffer that holds them all (or from bytes that claim to be one).
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

type Column = Uint8Array | Uint16Array | Uint32Array;
type ColumnOf<T extends ElementType> = T extends 'u8' ? Uint8Array : T extends 'u16' ? Uint16Array : Uint32Array;

/** One typed column per section. */
export type Columns = { readonly [N in SectionName]: ColumnOf<(typeof SECTIONS)[N]['type']> };

/** What sections hold, whatever it stands in. Sections that are missing are empty. */
export type Sections = { readonly [N in SectionName]?: ArrayLike<number> };

/** Thrown when bytes are not tables of this version; the message says what was got and what was expected. */
export class TableFormatError extends Error {
  override readonly name = 'TableFormatError';
}

/** Immutable. Cheap to make from a shared buffer in another thread: views only, nothing is copied or decoded. */
export class RuleTables {
  readonly columns: Columns;
  /** The length of `buffer`. */
  readonly sizeBytes: number;
  private readonly shared: boolean;
  private whole: ArrayBufferLike | undefined;

  private constructor(columns: Columns, shared: boolean, whole?: ArrayBufferLike) {
    this.columns = columns;
    this.sizeBytes = whole?.byteLength ?? placesOf(columns).end;
    this.shared = shared;
    this.whole = whole;
  }

  /**
   * Tables with these sections. Columns that have the type of their section are taken as they are and must not change any more. `shared`: `buffer` will be a SharedArrayBuffer, so that threads can read it without copying.
   * @throws {RangeError} for a section with 2^31 elements or more
   */
  static of(sections: Sections, shared: boolean): RuleTables {
    const columns: Partial<Record<SectionName, Column>> = {};
    for (const name of SECTION_NAMES) {
      const section = sections[name] ?? NOTHING;
      if (section.length >= MOST_ELEMENTS)
        throw new RangeError(`the tables would be too large: section \`${name}\` has ${section.length} elements`);
      columns[name] = asColumn(SECTIONS[name].type, section);
    }
    return new RuleTables(columns as Columns, shared);
  }

  /**
   * Views `buffer` as tables. Checks the container (magic, version, directory, bounds), not the meaning of the columns: bytes from outside go through `validateTables` as well.
   * @throws {TableFormatError}
   */
  static from(buffer: ArrayBufferLike): RuleTables {
    return new RuleTables(readColumns(buffer), isShared(buffer), buffer);
  }

  /** All columns in one buffer, in the layout of layout.ts: for threads and files. Tables that were compiled are copied into one when it is asked for. */
  get buffer(): ArrayBufferLike {
    this.whole ??= writeColumns(this.columns, this.shared);
    return this.whole;
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
  if (count !== SECTION_NAMES.length) throw new TableFormatError(`tables hold ${count} sections, expected ${SECTION_NAMES.length}`);

  const columns: Partial<Record<SectionName, Column>> = {};
  for (const [i, name] of SECTION_NAMES.entries()) {
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

function view(type: ElementType, buffer: ArrayBufferLike, offset: number, length: number): Column {
  if (type === 'u8') return new Uint8Array(buffer, offset, length);
  if (type === 'u16') return new Uint16Array(buffer, offset, length);
  return new Uint32Array(buffer, offset, length);
}

function asColumn(type: ElementType, section: ArrayLike<number>): Column {
  if (type === 'u8') return section instanceof Uint8Array ? section : new Uint8Array(section);
  if (type === 'u16') return section instanceof Uint16Array ? section : new Uint16Array(section);
  return section instanceof Uint32Array ? section : new Uint32Array(section);
}

/** Where each section begins in a buffer, and where the last ends. */
function placesOf(columns: Columns): { readonly offsets: readonly number[]; readonly end: number } {
  let end = align(HEADER_BYTES + SECTION_NAMES.length * DIRECTORY_ENTRY_BYTES);
  const offsets = SECTION_NAMES.map((name) => {
    const offset = end;
    end = align(offset + columns[name].byteLength);
    return offset;
  });
  return { offsets, end };
}

function writeColumns(columns: Columns, shared: boolean): ArrayBufferLike {
  const { offsets, end } = placesOf(columns);
  const buffer = shared ? new SharedArrayBuffer(end) : new ArrayBuffer(end);
  const header = new DataView(buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, VERSION, true);
  header.setUint32(8, SECTION_NAMES.length, true);
  header.setUint32(16, end % 2 ** 32, true);
  header.setUint32(20, Math.floor(end / 2 ** 32), true);
  for (const [i, name] of SECTION_NAMES.entries()) {
    const { id, type } = SECTIONS[name];
    const entry = HEADER_BYTES + i * DIRECTORY_ENTRY_BYTES;
    const column = columns[name];
    header.setUint32(entry, id, true);
    header.setUint32(entry + 4, ELEMENT_TYPES.indexOf(type), true);
    header.setUint32(entry + 8, offsets[i]! / ALIGNMENT, true);
    header.setUint32(entry + 12, column.length, true);
    view(type, buffer, offsets[i]!, column.length).set(column);
  }
  return buffer;
}

function isShared(buffer: ArrayBufferLike): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];
const NOTHING: ArrayLike<number> = [];
