/**
 * Compiled tables as bytes, and back: what `netpolsim compile --out` writes. The buffer goes whole into one field, with its version, length and checksum
 * (proto/netpolsim/v1/tables.proto). Nothing is parsed but those few fields.
 */
import { VERSION } from '../tables/layout.ts';
import { RuleTables } from '../tables/rule-tables.ts';
import { validateTables } from '../tables/validate-tables.ts';
import { crc32c } from './crc32c.ts';
import { v1 } from './messages.ts';
import { FORMAT_VERSION, scanMessage } from './scan.ts';
import { TABLES } from './schema.ts';
import { WireFormatError } from './wire-error.ts';

export interface DecodeTablesOptions {
  /** Put the tables into shared memory, as threads need them. Default true where the runtime has it. */
  readonly shared?: boolean;
}

/** The bytes of a file of tables. The buffer is copied once. */
export function encodeTables({ buffer }: RuleTables): Uint8Array {
  const bytes = new Uint8Array(buffer);
  const encoded = v1.Tables.encode({
    formatVersion: FORMAT_VERSION,
    layoutVersion: VERSION,
    lengthBytes: bytes.length,
    checksum: crc32c(bytes),
    buffer: bytes,
  }).finish();
  return new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.byteLength);
}

/**
 * Tables from the bytes of a file. Every byte is checked: the form of the message, the checksum, and that no column leads outside another, so that bytes from
 * anywhere can be evaluated. The tables are copied once, because columns need aligned memory.
 * @throws {WireFormatError} when the bytes are not such a file, damaged, or of another version
 * @throws {TableFormatError} when what they hold are not sound tables
 */
export function decodeTables(bytes: Uint8Array, options: DecodeTablesOptions = {}): RuleTables {
  scanMessage(bytes, TABLES);
  const { layoutVersion, lengthBytes, checksum, buffer } = v1.Tables.decode(bytes);
  const contents = buffer as Uint8Array;
  if (layoutVersion !== VERSION) {
    throw new WireFormatError(
      `the tables have layout version ${layoutVersion}, this netpolsim reads version ${VERSION}: compile them again`,
    );
  }
  if (lengthBytes !== contents.length) throw new WireFormatError(`the tables have ${contents.length} bytes, expected ${lengthBytes}`);
  const shared = options.shared ?? typeof SharedArrayBuffer !== 'undefined';
  const copy = shared ? new SharedArrayBuffer(contents.length) : new ArrayBuffer(contents.length);
  const aligned = new Uint8Array(copy);
  aligned.set(contents);
  // INVARIANT: what is checked is what is used: the copy, which nobody else can change.
  const got = crc32c(aligned);
  if (got !== checksum) {
    throw new WireFormatError(`the file is damaged: its checksum is 0x${got.toString(16)}, expected 0x${checksum?.toString(16)}`);
  }
  const tables = RuleTables.from(copy);
  validateTables(tables);
  return tables;
}
