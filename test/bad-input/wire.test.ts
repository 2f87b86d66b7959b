/**
 * Rows 139 to 150 of the catalogue: files of tables that are not what they claim to be, given to every command that reads them. The other messages are library only:
 * `test/unit/wire/hostile-bytes.test.ts` and `memory.test.ts` have these rows for each of them.
 */
import { compile } from '../../src/engine/engine.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { VERSION } from '../../src/tables/layout.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { crc32c } from '../../src/wire/crc32c.ts';
import { encodeTables } from '../../src/wire/tables.ts';
import { DELIMITED, delimited, FIXED_32, FIXED_64, GROUP_END, GROUP_START, number, repeated, tag, varint } from '../support/wire-bytes.ts';
import { CLUSTER } from './inputs.ts';
import { badInput, covers, type Row, span } from './row.ts';

const { tables } = compile(parseManifests(CLUSTER));
const GOOD = encodeTables(tables);
const HEAD = number(1, 1);
const SAYS = '`tables.npt` cannot be used as compiled tables: ';

const COMMANDS = [['inspect'], ['can-reach', 'shop/web', '203.0.113.9', '--port', '80'], ['simulate', '--flows', '10', '--workers', '1']];

/** The first command in a process of its own too, the others in this one. */
function refused(row: number, title: string, bytes: Uint8Array | readonly number[], ...says: readonly (string | RegExp)[]): Row[] {
  return COMMANDS.map((command) => ({
    row,
    title: `${title}, given to ${command[0]},`,
    files: { 'tables.npt': Uint8Array.from(bytes) },
    args: [...command, '--tables', 'tables.npt'],
    exit: 2,
    says: [SAYS, ...says],
  }));
}

function changed(change: (bytes: Uint8Array) => void): Uint8Array {
  const bytes = Uint8Array.from(GOOD);
  change(bytes);
  return bytes;
}

/** Tables with another content and the checksum of that content. */
function forged(change: (columns: RuleTables['columns']) => void): Uint8Array {
  const copy = compile(parseManifests(CLUSTER)).tables;
  change(copy.columns);
  return encodeTables(copy);
}

/** The message of some bytes, right in every field but the one under test. */
function message(
  buffer: Uint8Array,
  fields: { readonly layout?: number; readonly length?: number; readonly checksum?: number } = {},
): Uint8Array {
  const { layout = VERSION, length = buffer.length, checksum = crc32c(buffer) } = fields;
  const fixed = new DataView(new ArrayBuffer(12));
  fixed.setFloat64(0, length, true);
  fixed.setUint32(8, checksum, true);
  const numbers = new Uint8Array(fixed.buffer);
  const head = [...HEAD, ...number(2, layout), ...tag(3, FIXED_64), ...numbers.subarray(0, 8), ...tag(4, FIXED_32), ...numbers.subarray(8)];
  return Buffer.concat([Uint8Array.from([...head, ...tag(5, DELIMITED), ...varint(buffer.length)]), buffer]);
}

const BUFFER = new Uint8Array(tables.buffer);
const swapped = Uint8Array.from(BUFFER);
swapped.set(BUFFER.subarray(128, 192), 64);
swapped.set(BUFFER.subarray(64, 128), 128);
const WORST = 2 ** 31 - 1;

const ROWS: readonly Row[] = [
  ...COMMANDS.map(
    (command): Row => ({
      row: 146,
      title: `a file without a mistake, given to ${command[0]},`,
      files: { 'tables.npt': message(BUFFER) },
      args: [...command, '--tables', 'tables.npt'],
      exit: 0,
    }),
  ),
  ...refused(
    139,
    'a frame of 2^31 - 1 bytes',
    [...HEAD, ...tag(5, DELIMITED), ...varint(WORST)],
    'claims 2147483647 bytes, but 0 are left',
  ),
  ...refused(139, 'a frame of 2^32 - 1 bytes', [...HEAD, ...tag(5, DELIMITED), ...varint(2 ** 32 - 1)], 'claims 4294967295 bytes'),
  ...refused(139, 'a varint that is cut', [...HEAD, ...tag(5, DELIMITED), 0x80, 0x80], 'the bytes end inside'),
  ...refused(139, 'a varint of eleven bytes', [8, ...new Array<number>(10).fill(0x81), 1], 'varint of more than 10 bytes'),
  ...refused(139, 'field number 0', [...HEAD, 0, 0], 'field with number 0'),
  ...refused(139, 'wire type 6', [...HEAD, ...tag(2, 6)], 'wire type 6'),
  ...refused(139, 'wire type 7', [...HEAD, ...tag(2, 7)], 'wire type 7'),
  ...refused(139, 'a file that is cut', GOOD.subarray(0, GOOD.length >> 1), /claims \d+ bytes, but \d+ are left/),
  ...refused(140, '5 million empty fields in 10 MB', repeated(HEAD, delimited(5, []), 10_000_000), '`Tables.buffer` is there twice'),
  ...refused(140, '5 million unknown fields in 10 MB', repeated(HEAD, delimited(7, []), 10_000_000), 'unknown field 7'),
  ...refused(141, 'a group', [...HEAD, ...tag(5, GROUP_START), ...tag(5, GROUP_END)], 'wire type 3 (start of a group)'),
  ...refused(141, 'groups 200 deep', [...HEAD, ...new Array(200).fill(tag(9, GROUP_START)).flat()], /unknown field 9|start of a group/),
  ...refused(142, 'a number where bytes belong', [...HEAD, ...number(5, 1)], '`Tables.buffer` has wire type 0 (varint), expected 2'),
  ...refused(142, 'bytes where a number belongs', delimited(1, [1]), '`Tables.format_version` has wire type 2'),
  ...refused(
    143,
    'a verdict that nobody knows',
    forged(({ decisionVerdict }) => decisionVerdict.fill(99)),
    /99/,
  ),
  ...refused(
    143,
    'an action that nobody knows',
    forged(({ ruleAction }) => ruleAction.fill(99)),
    /99/,
  ),
  ...refused(144, 'an empty file', [], 'has no `format_version`'),
  ...refused(144, 'a message that says nothing', HEAD, 'has no `layout_version`'),
  ...refused(144, 'tables of no bytes', message(new Uint8Array(0)), 'tables are cut short: got 0 bytes, a header alone has 32'),
  ...refused(145, 'a field of a newer version', [...GOOD, ...number(6, 1)], 'unknown field 6'),
  ...refused(
    145,
    'a newer version of the message',
    changed((bytes) => bytes.set([2], 1)),
    '`Tables.format_version` is 2, this netpolsim reads version 1',
  ),
  ...refused(
    145,
    'a newer version of the layout',
    message(BUFFER, { layout: VERSION + 1 }),
    `layout version ${VERSION + 1}, this netpolsim reads version ${VERSION}: compile them again`,
  ),
  ...refused(
    146,
    'a byte that has changed',
    changed((bytes) => (bytes[bytes.length - 100]! ^= 1)),
    'the file is damaged: its checksum is 0x',
  ),
  ...refused(146, 'a checksum of something else', message(BUFFER, { checksum: 1 }), 'the file is damaged: its checksum is 0x'),
  ...refused(146, 'parts in another order', message(swapped, { checksum: crc32c(BUFFER) }), 'the file is damaged: its checksum is 0x'),
  ...refused(
    146,
    'parts in another order, and their checksum',
    message(swapped),
    /section \d+ has number \d+ and type \w+, expected \d+ and \w+/,
  ),
  ...refused(146, 'a length of something else', message(BUFFER, { length: BUFFER.length + 1 }), `expected ${BUFFER.length + 1}`),
  ...refused(
    146,
    'manifests',
    Buffer.from(CLUSTER),
    'Tables has an unknown field 12: these bytes are something else, or from a newer netpolsim',
  ),
];

badInput('a file of tables', ROWS);

const FAULTS = 'faults of workers are in test/fault/simulate-faults.test.ts, where each ends the run without a result';
covers(ROWS, span(139, 150), {
  147: `there are no jobs that outlive a run; an answer for other batches, or counted twice, ends the run: ${FAULTS}`,
  148: `an answer for fewer flows than asked ends the run: ${FAULTS}`,
  149: FAULTS,
  150: 'there is no queue between machines: a simulation runs in one process',
});
