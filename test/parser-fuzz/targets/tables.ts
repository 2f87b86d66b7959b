/**
 * Compiled tables. An input is not a file of tables, which has 60 kB, but a script: which good file to begin with, and edits of it. A third of the scripts damage the file
 * as it is; the others mend its checksum afterwards, so that what lies behind the checksum is reached. Tables that are accepted must be safe to use: every kernel and every
 * question ends, and no column is read outside its bounds.
 *
 *   byte 0: the file; byte 1: bit 0 = mend the checksum; then edits of ten bytes: kind, section, index (u32), value (u32).
 */
import fc from 'fast-check';
import { compile, type Engine, engineFromTables } from '../../../src/engine/engine.ts';
import { createDecisionKernel } from '../../../src/evaluate/decision-kernel.ts';
import { createKernel } from '../../../src/evaluate/kernel.ts';
import { TableReader } from '../../../src/evaluate/reader.ts';
import { PRESETS, toManifests, world } from '../../../src/fuzz/fuzz.ts';
import type { Random } from '../../../src/fuzz/random.ts';
import { PROTOCOLS } from '../../../src/model/protocol.ts';
import { inspectTables } from '../../../src/report/inspection.ts';
import { createFlowBatch } from '../../../src/tables/flow-batch.ts';
import { DIRECTORY_ENTRY_BYTES, HEADER_BYTES, SECTIONS, type SectionName } from '../../../src/tables/layout.ts';
import { type Columns, type RuleTables, TableFormatError } from '../../../src/tables/rule-tables.ts';
import { crc32c } from '../../../src/wire/crc32c.ts';
import { v1 } from '../../../src/wire/messages.ts';
import { decodeTables, encodeTables } from '../../../src/wire/tables.ts';
import { WireFormatError } from '../../../src/wire/wire-error.ts';
import { expectThat, sameBytes, shapeOf, type Target } from '../target.ts';

const EDIT_BYTES = 10;
const MOST_EDITS = 12;
const NAMES = Object.keys(SECTIONS) as SectionName[];

export const tables: Target = {
  name: 'tables',
  dictionary: [],
  seeds: () => goodTables().map((_, i) => Uint8Array.of(i, 1)),
  generate: anyScript,
  run(script) {
    const bytes = apply(script);
    let read: RuleTables;
    try {
      read = decodeTables(bytes, { shared: false });
    } catch (error) {
      if (!(error instanceof WireFormatError || error instanceof TableFormatError)) throw error;
      // The name of the section says which check it was.
      return `${error.name} ${error.message
        .slice(0, 200)
        .replace(/[0-9]+/g, '0')
        .slice(0, 100)}`;
    }
    expectThat(sameBytes(encodeTables(read), bytes), 'accepted tables are written as other bytes');
    useKernels(read);
    return `accepted ${askQuestions(read)}`;
  },
};

function anyScript(random: Random): Uint8Array {
  const edits = 1 + random.below(random.chance(0.8) ? 2 : MOST_EDITS);
  const script = new Uint8Array(2 + edits * EDIT_BYTES).map(() => random.below(256));
  script[1] = random.chance(0.75) ? 1 : 0;
  return script;
}

let good: readonly Uint8Array[] | undefined;

/** Files of tables without damage. */
function goodTables(): readonly Uint8Array[] {
  if (good !== undefined) return good;
  const presets = [PRESETS.mixed, PRESETS.addresses, PRESETS.ports, PRESETS.unreadable];
  const worlds = presets.flatMap((each, i) => fc.sample(world(each), { seed: 21 + i, numRuns: 2 }));
  good = worlds.map((each) => encodeTables(compile(toManifests(each), { cni: each.profile, domainNames: each.domainNames, shared: false }).tables));
  return good;
}

/** Numbers that lead somewhere or nowhere, relative to what stood there. */
const VALUES: readonly ((old: number, value: number) => number)[] = [
  (_, value) => value, (old) => old + 1, (old) => old - 1, () => 0, () => 0xffffffff, () => 0x7fffffff, (old, value) => old ^ (1 << (value & 31)), (_, value) => value & 7, () => 0x80000000,
]; // biome-ignore format: a list

/** The file that the script describes. */
function apply(script: Uint8Array): Uint8Array {
  const files = goodTables();
  const file = files[(script[0] ?? 0) % files.length] as Uint8Array;
  const view = new DataView(script.buffer, script.byteOffset, script.byteLength);
  const edits = Array.from({ length: Math.min(MOST_EDITS, Math.floor((script.length - 2) / EDIT_BYTES)) }, (_, i) => 2 + i * EDIT_BYTES);
  if (((script[1] ?? 0) & 1) === 0) {
    const damaged = edits.reduce((bytes, at) => damage(bytes, view, at), Uint8Array.from(file));
    return damaged;
  }
  const message = v1.Tables.decode(file);
  let buffer: Uint8Array<ArrayBuffer> = new Uint8Array(message.buffer as Uint8Array);
  for (const at of edits) buffer = edit(buffer, view, at);
  const bytes = v1.Tables.encode({ ...message, lengthBytes: buffer.length, checksum: crc32c(buffer), buffer }).finish();
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Any byte of the file: most near its beginning, where the fields are. */
function damage(bytes: Uint8Array<ArrayBuffer>, script: DataView, at: number): Uint8Array<ArrayBuffer> {
  const index = script.getUint32(at + 2);
  const kind = script.getUint8(at);
  if (kind < 32) return bytes.slice(0, index % (bytes.length + 1));
  const place = kind < 128 ? index % 40 : index % Math.max(1, bytes.length);
  if (place < bytes.length) bytes[place] = script.getUint8(at + 9);
  return bytes;
}

function edit(buffer: Uint8Array<ArrayBuffer>, script: DataView, at: number): Uint8Array<ArrayBuffer> {
  const [kind, section, index, value] = [script.getUint8(at), script.getUint8(at + 1), script.getUint32(at + 2), script.getUint32(at + 6)];
  const header = new DataView(buffer.buffer);
  const change = VALUES[kind % VALUES.length] as (typeof VALUES)[number];
  const entry = HEADER_BYTES + (section % NAMES.length) * DIRECTORY_ENTRY_BYTES;
  if (entry + DIRECTORY_ENTRY_BYTES > buffer.length) return buffer;
  if (kind >= 250) return buffer.slice(0, index % (buffer.length + 1));
  if (kind >= 230) {
    // The header, or the place, length or type of a section.
    const word = kind >= 245 ? (index % 6) * 4 : entry + (index % 4) * 4;
    header.setUint32(word, change(header.getUint32(word, true), value), true);
    return buffer;
  }
  const { type } = SECTIONS[NAMES[section % NAMES.length] as SectionName];
  const offset = header.getUint32(entry + 8, true) * 64;
  const elements = header.getUint32(entry + 12, true);
  const size = type === 'u8' ? 1 : type === 'u16' ? 2 : 4;
  if (elements === 0 || offset + elements * size > buffer.length) return buffer;
  const place = offset + (index % elements) * size;
  if (type === 'u8') header.setUint8(place, change(header.getUint8(place), value));
  else if (type === 'u16') header.setUint16(place, change(header.getUint16(place, true), value), true);
  else header.setUint32(place, change(header.getUint32(place, true), value), true);
  return buffer;
}

const FLOWS = 96;
const PORTS = [1, 53, 79, 80, 81, 443, 8080, 65534, 65535];

/** Both kernels over flows between the first, the last and some endpoints; then the same reads through columns that refuse to be read outside. */
function useKernels(read: RuleTables): void {
  const endpoints = read.columns.endpointKind.length;
  if (endpoints === 0) return;
  const batch = { ...createFlowBatch(FLOWS), count: FLOWS };
  for (let i = 0; i < FLOWS; i++) {
    batch.source[i] = (i * 7) % endpoints;
    batch.destination[i] = endpoints - 1 - ((i * 5) % endpoints);
    batch.protocol[i] = i % 3;
    batch.port[i] = PORTS[i % PORTS.length] as number;
  }
  const verdicts = new Uint8Array(FLOWS);
  createKernel(read, batch, verdicts)(FLOWS);
  expectThat(
    verdicts.every((each) => each < 3),
    'a kernel gives something that is no verdict',
  );
  const into = { egress: new Uint32Array(FLOWS), ingress: new Uint32Array(FLOWS), verdicts };
  createDecisionKernel(read, batch, into)(FLOWS);
  const decisions = read.columns.decisionVerdict.length;
  expectThat(
    [...into.egress, ...into.ingress].every((each) => each < decisions),
    'a kernel gives a decision that does not exist',
  );
  expectThat(
    verdicts.every((each) => each < 3),
    'a kernel gives something that is no verdict',
  );

  const reader = new TableReader(guarded(read));
  for (let i = 0; i < FLOWS; i += 3) {
    const flow = [batch.source[i], batch.destination[i], batch.protocol[i], batch.port[i]] as [number, number, number, number];
    expectThat(reader.verdict(...flow) < 3, 'the reader gives something that is no verdict');
    reader.decide(...flow, { verdict: 0, egress: 0, ingress: 0 } as never);
  }
}

/** The same tables; reading an element that is not there throws. */
function guarded(read: RuleTables): RuleTables {
  const columns = Object.fromEntries(NAMES.map((name) => [name, guardedColumn(name, read.columns[name])])) as unknown as Columns;
  return { buffer: read.buffer, columns } as unknown as RuleTables;
}

function guardedColumn<T extends object & { readonly length: number }>(name: string, column: T): T {
  return new Proxy(column, {
    get(target, key) {
      if (typeof key === 'string' && /^(?:-?[0-9]|NaN|undefined|Infinity)/.test(key)) {
        expectThat(Object.hasOwn(target, key), 'a column is read where it has no element', () => `${name}[${key}] of ${target.length}`);
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Questions to an engine over the tables: answered, or refused with a RangeError. */
function askQuestions(read: RuleTables): string {
  const engine = engineFromTables(read);
  inspectTables(read);
  const { podName, podNamespace, stringStart, stringBytes } = read.columns;
  const text = (at: number): string => new TextDecoder().decode(stringBytes.slice(stringStart[at], stringStart[at + 1]));
  const pods = [0, podName.length - 1]
    .filter((pod) => pod >= 0 && pod < podName.length)
    .map((pod) => `${text(podNamespace[pod] as number)}/${text(podName[pod] as number)}`);
  const ends = [...pods, '10.0.0.1', 'fd00::1', '203.0.113.9'];
  return [...new Set(ends.flatMap((from, i) => ends.slice(i % 2).map((to) => ask(engine, from, to, i))))].sort().join();
}

function ask(engine: Engine, from: string, to: string, i: number): string {
  try {
    const { verdict, egress, ingress } = engine.canReach({ from, to, protocol: PROTOCOLS[i % 3] as 'TCP', port: PORTS[i] as number });
    return `${verdict} ${Math.min(egress.reasons.length, 2)} ${Math.min(ingress.reasons.length, 2)}`;
  } catch (error) {
    if (!(error instanceof RangeError) || /stack|array length|buffer/i.test(error.message)) throw error;
    return shapeOf(error.message);
  }
}
