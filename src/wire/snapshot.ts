/**
 * The file of a snapshot as bytes, and back (proto/netpolsim/v1/snapshot.proto): texts, values, rows of objects, places. What objects may look like is not known here: see
 * src/input/snapshot.
 */
import type { Origin } from '../model/origin.ts';
import { aligned, columnOf, type NumberColumn, readColumn } from './columns.ts';
import { crc32c } from './crc32c.ts';
import { type Types, v1 } from './messages.ts';
import { present } from './parts.ts';
import { FORMAT_VERSION, forEachField, scanMessage } from './scan.ts';
import { SNAPSHOT, SNAPSHOT_CONTENTS } from './schema.ts';
import { readTexts, textColumnOf } from './text-column.ts';
import { ValueReader } from './value-reader.ts';
import type { ValueWriter } from './value-writer.ts';
import { WireFormatError } from './wire-error.ts';

const MAGIC = 'netpolsim snapshot';
/** The first bytes of a file: the tag and the length of the first field, and the field. A text that begins with them would begin with a control character. */
const FIRST_BYTES = Uint8Array.of(10, MAGIC.length, ...new TextEncoder().encode(MAGIC));

/** Kinds of rows, in the order of their field numbers. */
export const SECTIONS = ['namespaces', 'pods', 'nodes', 'services', 'networkPolicies', 'adminPolicies', 'workloads'] as const;
export type Section = (typeof SECTIONS)[number];
const FIRST_SECTION = 4;
const VALUES_FIELD = 3;

/** Rows before they are written: cells of the writer. */
export interface RowsToWrite {
  readonly object: Uint32Array;
  readonly origins: readonly Origin[];
  readonly workload?: Uint32Array;
  readonly places?: Uint32Array;
}

export interface SnapshotToWrite {
  readonly values: ValueWriter;
  readonly sections: Readonly<Record<Section, RowsToWrite>>;
  /** Trees of places, one after the other. */
  readonly places: Uint32Array;
  /** A cell. */
  readonly findings: number;
}

/** Rows as they were read: cells of the reader. */
export interface RowsRead {
  readonly count: number;
  readonly object: NumberColumn;
  readonly file: NumberColumn;
  readonly line: NumberColumn;
  readonly column: NumberColumn;
  readonly workload: NumberColumn | undefined;
  readonly places: NumberColumn | undefined;
}

export interface SnapshotRead {
  readonly texts: readonly string[];
  readonly values: ValueReader;
  readonly sections: Readonly<Record<Section, RowsRead>>;
  /** Trees of places, not checked. */
  readonly places: Uint32Array;
  readonly findings: number;
}

/** Do the bytes begin as a snapshot does? Undefined when they are too few to tell. */
export function looksLikeSnapshot(bytes: Uint8Array): boolean | undefined {
  const { length } = FIRST_BYTES;
  for (let i = 0; i < Math.min(length, bytes.length); i++) if (bytes[i] !== FIRST_BYTES[i]) return false;
  return bytes.length < length ? undefined : true;
}

/** The bytes of a file. */
export function writeSnapshot({ values, sections, places, findings }: SnapshotToWrite): Uint8Array {
  const origins = SECTIONS.map((section) => sections[section].origins.map(({ file }) => values.text(file)));
  const groups = values.finish();
  const rows = SECTIONS.map((section, i) => [section, rowsMessage(sections[section], origins[i]!, values)] as const);
  const contents = v1.SnapshotContents.encode({
    ...textColumnOf(values.texts),
    values: groups,
    ...Object.fromEntries(rows.filter(([, { count }]) => count !== 0)),
    ...(places.length === 0 ? {} : { places: new Uint8Array(places.buffer, places.byteOffset, places.byteLength) }),
    findings: values.final(findings),
  }).finish();
  const encoded = v1.Snapshot.encode({
    magic: MAGIC,
    formatVersion: FORMAT_VERSION,
    lengthBytes: contents.length,
    checksum: crc32c(contents),
    contents,
  }).finish();
  return new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.byteLength);
}

function rowsMessage(
  { object, origins, workload, places }: RowsToWrite,
  files: readonly number[],
  values: ValueWriter,
): Types.v1.ObjectColumns.$Properties {
  const cells = (column: Uint32Array): Uint8Array => columnOf(column.map((cell) => values.final(cell)));
  return {
    count: object.length,
    object: cells(object),
    file: columnOf(Uint32Array.from(files)),
    line: columnOf(Uint32Array.from(origins, ({ line }) => line)),
    column: columnOf(Uint32Array.from(origins, ({ column }) => column)),
    ...(workload === undefined ? {} : { workload: cells(workload) }),
    ...(places === undefined ? {} : { places: columnOf(places) }),
  };
}

/**
 * The parts of a file. Their form, the checksum and all indices of values are checked; what the values are is not.
 * @throws {WireFormatError} when the bytes are not such a file, or damaged, or of another version
 */
export function readSnapshot(bytes: Uint8Array): SnapshotRead {
  const contents = contentsOf(bytes);
  scanMessage(contents, SNAPSHOT_CONTENTS);
  const single: Record<number, Uint8Array> = {};
  let findings = 0;
  let textCount = 0;
  forEachField(contents, (number, start, end) => {
    const part = contents.subarray(start, end);
    if (number === 12) findings = varintOf(part);
    else if (number === 13) textCount = varintOf(part);
    else if (number !== VALUES_FIELD) single[number] = part;
  });
  const texts = readTexts({ texts: present(single[1]), textLengths: present(single[2]), textCount });
  const values = new ValueReader(texts, (visit) => {
    forEachField(contents, (number, start, end) => {
      if (number === VALUES_FIELD) visit(contents.subarray(start, end));
    });
  });
  const sections = Object.fromEntries(SECTIONS.map((section, i) => [section, rowsOf(section, single[FIRST_SECTION + i])]));
  const places = single[11] ?? new Uint8Array(0);
  return {
    texts,
    values,
    sections: sections as Record<Section, RowsRead>,
    places: wordsOf(places),
    findings,
  };
}

function contentsOf(bytes: Uint8Array): Uint8Array {
  if (looksLikeSnapshot(bytes) === false) throw new WireFormatError('these bytes are not a snapshot', 0);
  scanMessage(bytes, SNAPSHOT);
  const message = v1.Snapshot.decode(bytes);
  const contents = present(message.contents);
  if (message.lengthBytes !== contents.length) {
    throw new WireFormatError(`the snapshot has ${contents.length} bytes, expected ${message.lengthBytes}`);
  }
  const got = crc32c(contents);
  if (got !== message.checksum) {
    throw new WireFormatError(`the file is damaged: its checksum is 0x${got.toString(16)}, expected 0x${message.checksum?.toString(16)}`);
  }
  return contents;
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  if (bytes.length % 4 !== 0) throw new WireFormatError(`\`SnapshotContents.places\` has ${bytes.length} bytes, expected a multiple of 4`);
  const { buffer, byteOffset } = aligned(bytes, 4);
  return new Uint32Array(buffer, byteOffset, bytes.length / 4);
}

/** The bytes were scanned. */
function varintOf(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 128 + (byte & 127), 0);
}

const NO_ROWS = new Uint32Array(0);

function rowsOf(section: Section, bytes: Uint8Array | undefined): RowsRead {
  if (bytes === undefined) {
    return { count: 0, object: NO_ROWS, file: NO_ROWS, line: NO_ROWS, column: NO_ROWS, workload: undefined, places: undefined };
  }
  const message = v1.ObjectColumns.decode(bytes);
  const count = present(message.count);
  const column = (name: 'object' | 'file' | 'line' | 'column' | 'workload' | 'places'): NumberColumn =>
    readColumn(present(message[name]), count, `ObjectColumns.${name}`);
  const optional = (name: 'workload' | 'places', isAllowed: boolean): NumberColumn | undefined => {
    if (message[name] === null || message[name] === undefined) return undefined;
    if (!isAllowed) throw new WireFormatError(`\`ObjectColumns.${name}\` is there for ${section}, which have none`);
    return column(name);
  };
  return {
    count,
    object: column('object'),
    file: column('file'),
    line: column('line'),
    column: column('column'),
    workload: optional('workload', section === 'pods'),
    places: optional('places', section === 'networkPolicies' || section === 'adminPolicies'),
  };
}
