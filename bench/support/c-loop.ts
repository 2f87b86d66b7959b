/**
 * The C loop of `bench/c/verdicts.c` over the tables and flows that the engine has: columns into a file, the program compiled for the types that they have, its verdicts back.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { buildStripEnds, type StripEnds } from '../../src/evaluate/port-strips.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import { buildVerdictCube, type VerdictCube } from '../../src/evaluate/verdict-cube.ts';
import { type Numbers, narrow } from '../../src/lib/narrow.ts';
import type { FlowBatch } from '../../src/tables/flow-batch.ts';
import { PAGE_BITS, pagesFor } from '../../src/tables/layout.ts';
import type { Columns, RuleTables } from '../../src/tables/rule-tables.ts';
import { ROOT } from './paths.ts';

/** The columns of tables that the verdict kernel reads beside a cube, beside strips, and of pages. */
const CUBE = ['endpointSelf', 'endpointHost', 'portPage', 'portCell', 'switches'] satisfies readonly (keyof Columns)[];
const STRIPS = [...CUBE, 'endpointEgressSubject', 'egressOwnNode'] satisfies readonly (keyof Columns)[];
const PAGED = [
  ...(['endpointSelf', 'endpointHost', 'egressOwnNode', 'switches'] as const),
  ...(['ingressAllowBits', 'egressAllowBits', 'ingressUnknownBits', 'egressUnknownBits'] as const),
  ...(['endpointPlace', 'endpointIngressSubject', 'endpointEgressSubject', 'endpointIngressPeer', 'endpointEgressPeer'] as const),
  ...(['portPage', 'portCell'] as const),
  ...(['ingressVerdictRowBlock', 'ingressVerdictRowPage', 'ingressVerdictRowCell'] as const),
  ...(['egressVerdictRowBlock', 'egressVerdictRowPage', 'egressVerdictRowCell'] as const),
  ...(['ingressAllowBlock', 'ingressAllowPage', 'ingressUnknownBlock', 'ingressUnknownPage'] as const),
  ...(['egressAllowBlock', 'egressAllowPage', 'egressUnknownBlock', 'egressUnknownPage'] as const),
] satisfies readonly (keyof Columns)[];

const ALIGNMENT = 64;

/** What the verdict kernel has made of tables: a cube of small ones, strips of those of middle size, or nothing. */
export type Arrangement = { readonly cube: VerdictCube } | { readonly strips: StripEnds } | undefined;

/** The columns that the verdict kernel reads of an arrangement, as it reads them: else the pages. */
export function kernelColumns({ columns }: RuleTables, arrangement: Arrangement): Map<string, Numbers> {
  const narrowed = (names: readonly (keyof Columns)[]): [string, Numbers][] => names.map((name) => [name, narrow(columns[name])]);
  if (arrangement === undefined) return new Map(narrowed(PAGED));
  if ('cube' in arrangement) {
    const { verdicts: verdictCell, sourceCell, destinationCell } = arrangement.cube;
    return new Map([...narrowed(CUBE), ...Object.entries({ verdictCell, sourceCell, destinationCell })]);
  }
  const { sources, destinations, egress, ingress } = arrangement.strips;
  return new Map<string, Numbers>([
    ...narrowed(STRIPS),
    ...Object.entries({ sources, destinations, egressSubjectPages: egress.pages }),
    ...Object.entries({ egressPage: egress.page, egressCell: egress.cell, egressStrips: egress.strips }),
    ...Object.entries({ ingressPage: ingress.page, ingressCell: ingress.cell, ingressStrips: ingress.strips }),
  ]);
}

/** What the kernel makes of tables. No cube where rows judge the way to the own node: C has no single reads for that. */
export function arrangementOf(tables: RuleTables): Arrangement {
  const reader = new TableReader(tables);
  const cube = tables.columns.egressOwnNode.length > 0 ? undefined : buildVerdictCube(reader);
  if (cube !== undefined) return { cube };
  const strips = buildStripEnds(reader);
  return strips && { strips };
}

/** How many bytes the verdict kernel reads from: what has to fit into a cache. */
export function kernelBytes(tables: RuleTables): number {
  let bytes = 0;
  for (const column of kernelColumns(tables, arrangementOf(tables)).values()) bytes += column.byteLength;
  return bytes;
}

/** Runs the program for so many milliseconds; the nanoseconds of each pass over all flows, and the verdicts. */
export type CLoop = (durationMs: number) => { readonly passesNs: readonly number[]; readonly verdicts: Uint8Array };

/**
 * Writes the input and compiles the program, in `folder`, for an arrangement; without one it reads pages.
 * @returns undefined where there is no gcc
 * @throws {Error} when gcc refuses the program
 */
export function prepareCLoop(tables: RuleTables, flows: FlowBatch, folder: string, arrangement: Arrangement): CLoop | undefined {
  const { source, destination, protocol, port } = flows;
  const columns = new Map<string, Numbers>([
    ...Object.entries({ source, destination, protocol, port }),
    ...kernelColumns(tables, arrangement),
  ]);
  const [input, program, output] = ['flows.bin', 'verdicts', 'verdicts.bin'].map((name) => join(folder, name)) as [string, string, string];
  const list = [...columns].map(([name, column]) => `X(${name}, uint${column.BYTES_PER_ELEMENT * 8}_t)`).join(' ');
  try {
    const code = join(ROOT, 'bench/c/verdicts.c');
    const define = arrangement === undefined ? [] : ['cube' in arrangement ? '-DCUBE' : '-DSTRIPS'];
    execFileSync('gcc', ['-O3', '-march=native', `-DCOLUMNS(X)=${list}`, ...define, code, '-o', program], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  writeInput(input, tables, flows.count, arrangement, columns);
  return (durationMs) => {
    const lines = execFileSync(program, [input, output, String(durationMs)], { encoding: 'utf8', maxBuffer: 1 << 26 });
    return { passesNs: lines.trim().split('\n').map(Number), verdicts: readFileSync(output) };
  };
}

function writeInput(
  file: string,
  { columns }: RuleTables,
  flows: number,
  arrangement: Arrangement,
  list: ReadonlyMap<string, Numbers>,
): void {
  const layer = arrangement !== undefined && 'cube' in arrangement ? arrangement.cube.layer : 0;
  const placeShift = arrangement !== undefined && 'strips' in arrangement ? arrangement.strips.placeShift : 0;
  const peers = (direction: 'ingress' | 'egress'): number => pagesFor(columns[`${direction}PeerMemberStart`].length - 1, PAGE_BITS);
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, Uint32Array.of(flows, columns.portClassFirst.length, peers('ingress'), peers('egress'), layer, placeShift));
    for (const column of list.values()) {
      const head = new Uint32Array(ALIGNMENT / 4);
      head[0] = column.length;
      writeSync(handle, head);
      const bytes = new Uint8Array(Math.ceil(column.byteLength / ALIGNMENT) * ALIGNMENT);
      bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
      if (bytes.length > 0) writeSync(handle, bytes);
    }
  } finally {
    closeSync(handle);
  }
}
