/**
 * The hot loops: verdicts for a batch of flows. Tables and the columns of a batch in, a function out that fills the verdict column. Small tables become a cube of verdicts
 * (`verdict-cube.ts`), others are read as they are, page by page, until so many flows were judged that it pays to arrange them anew (`port-strips.ts`).
 *
 * A kernel is a WebAssembly function that is made for the tables: where columns stand and what tables cannot say is settled in its code. It is as fast as the same loop in C (`bench/c`); over captured
 * typed arrays in JavaScript it was 0.65 to 0.85 times as fast.
 */

import { LinearMemory } from '../lib/linear-memory.ts';
import { RowLoop } from '../lib/row-loop.ts';
import type { Column, I32Value, Local } from '../lib/wasm-function.ts';
import type { Direction } from '../model/protocol.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import { UNKNOWN } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { buildStripEnds, type PortStrips, type StripEnds } from './port-strips.ts';
import { TableReader } from './reader.ts';
import { type Half, TableCode } from './table-code.ts';
import { buildVerdictCube, type VerdictCube } from './verdict-cube.ts';

/** Writes the verdicts (DENY, ALLOW, UNKNOWN) of the first `count` flows that are now in the batch. */
export type Kernel = (count: number) => void;

/** Strips take a tenth of a second to make and save some nanoseconds a flow: by then they would have paid for themselves. */
const FLOWS_BEFORE_STRIPS = 1 << 24;

/**
 * A kernel over these tables, reading the columns of `batch` and writing `verdicts`, which must have room for as many flows. It copies what it reads of the tables into `memory`. Columns that stand there
 * (`createFlowBatch(capacity, memory)`, `memory.bytes(capacity)`) are judged where they are, others are copied by the way, which costs a nanosecond and a half a flow. Nothing ever leaves a memory: one for each
 * set of tables, please.
 * @throws {RangeError} when `memory` would be larger than 4 GB
 */
export function createKernel(tables: RuleTables, batch: FlowBatch, verdicts: Uint8Array, memory = new LinearMemory()): Kernel {
  return createKernelWith(undefined, tables, batch, verdicts, memory);
}

/** `createKernel`, with what `buildStripsFor` has given. */
export function createKernelWith(
  strips: StripEnds | null | undefined,
  tables: RuleTables,
  batch: FlowBatch,
  verdicts: Uint8Array,
  memory: LinearMemory,
): Kernel {
  const reader = new TableReader(tables);
  const code = new TableCode(tables, memory);
  const withStrips = strips && createKernelOfStrips(code, strips, batch, verdicts);
  if (withStrips) return withStrips;
  const cube = buildVerdictCube(reader);
  if (cube !== undefined) return createCubeKernel(code, cube, batch, verdicts);
  let judge = createPagedKernel(code, batch, verdicts);
  if (strips !== undefined) return judge;
  let flowsBeforeStrips = FLOWS_BEFORE_STRIPS;
  return (count) => {
    judge(count);
    flowsBeforeStrips -= count;
    if (flowsBeforeStrips > 0) return;
    flowsBeforeStrips = Number.POSITIVE_INFINITY;
    const ends = buildStripEnds(reader);
    judge = (ends && createKernelOfStrips(code, ends, batch, verdicts)) ?? judge;
  };
}

/**
 * The strips of kernels that are going to judge so many flows each, for `createKernelWith` in as many threads as like. Null where tables are too large for strips, or so small that they are a cube; undefined where it does not
 * pay to look.
 */
export function buildStripsFor(tables: RuleTables, flows: number): StripEnds | null | undefined {
  if (flows < FLOWS_BEFORE_STRIPS) return undefined;
  const reader = new TableReader(tables);
  return buildVerdictCube(reader) === undefined ? (buildStripEnds(reader) ?? null) : null;
}

/** Undefined where there is no room for strips in the memory. */
function createKernelOfStrips(tables: TableCode, ends: StripEnds, batch: FlowBatch, verdicts: Uint8Array): Kernel | undefined {
  try {
    return createStripKernel(tables, ends, batch, verdicts);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The kernel for small tables. */
function createCubeKernel(tables: TableCode, cube: VerdictCube, batch: FlowBatch, verdicts: Uint8Array): Kernel {
  const { memory } = tables;
  const { columns } = tables.tables;
  const loop = new RowLoop(memory);
  const flowOf = tables.flowsOf(loop, batch);
  const verdictOf = loop.output(verdicts);
  const cell = memory.copy(cube.verdicts);
  const sourceCell = memory.copy(cube.sourceCell);
  const destinationCell = memory.copy(cube.destinationCell);
  return loop.compile((code, row) => {
    const flow = flowOf(code, row);
    const at = flow.portClass.times(cube.layer).plus(sourceCell.at(flow.from)).plus(destinationCell.at(flow.to));
    const verdict = code.let(cell.at(at));
    if (columns.egressOwnNode.length > 0) tables.compare(code, flow, verdict);
    else tables.compareWithoutBranch(code, flow, verdict);
    code.do(verdictOf.put(row, verdict));
  });
}

/** The kernel for tables of middle size. */
export function createStripKernel(tables: TableCode, ends: StripEnds, batch: FlowBatch, verdicts: Uint8Array): Kernel {
  const { memory } = tables;
  const { placeShift } = ends;
  const loop = new RowLoop(memory);
  const flowOf = tables.flowsOf(loop, batch);
  const verdictOf = loop.output(verdicts);
  const sources = memory.copy(ends.sources);
  const destinations = memory.copy(ends.destinations);
  const egress = placeStrips(memory, ends.egress);
  const ingress = placeStrips(memory, ends.ingress);
  return loop.compile((code, row) => {
    const flow = flowOf(code, row);
    const source = code.let(sources.at(flow.from.times(2), 1));
    const destination = code.let(destinations.at(flow.to.times(2), 1));
    const word = code.let(flow.portClass.shiftRight(4));
    const wordOf = (strips: PlacedStrips, pages: I32Value, end: Local): I32Value => {
      const peer = code.let(end.and((1 << placeShift) - 1));
      const page = strips.page.at(pages.plus(peer.shiftRight(5)));
      return strips.strips.at(strips.cell.at(page.times(32).plus(peer.and(31))).plus(word));
    };
    const egressWord = wordOf(egress, sources.at(flow.from.times(2)), destination);
    const ingressWord = wordOf(ingress, destinations.at(flow.to.times(2)), source);
    const both = code.let(egressWord.and(ingressWord).shiftRight(flow.portClass.and(15).times(2)));
    // The lowest bits: 3 is ALLOW, 1 is UNKNOWN, 0 is DENY.
    const verdict = code.let(both.and(1).shiftLeft(both.shiftRight(1).and(1).xor(1)));
    // As far as there are bits of places.
    tables.compare(code, flow, verdict, source.xor(destination).shiftRight(placeShift).isZero());
    code.do(verdictOf.put(row, verdict));
  });
}

type PlacedStrips = Readonly<Record<'page' | 'cell' | 'strips', Column>>;

function placeStrips(memory: LinearMemory, { page, cell, strips }: PortStrips): PlacedStrips {
  return { page: memory.copy(page), cell: memory.copy(cell), strips: memory.copy(strips) };
}

/** The kernel for tables of any size. */
export function createPagedKernel(tables: TableCode, batch: FlowBatch, verdicts: Uint8Array): Kernel {
  const loop = new RowLoop(tables.memory);
  const flowOf = tables.flowsOf(loop, batch);
  const verdictOf = loop.output(verdicts);
  return loop.compile((code, row) => {
    const flow = flowOf(code, row);
    const egress = tables.verdictHalf(code, 'egress', flow);
    const ingress = tables.verdictHalf(code, 'ingress', flow);
    const egressAllows = code.let(tables.bit('egress', 'Allow', egress));
    const ingressAllows = code.let(tables.bit('ingress', 'Allow', ingress));
    const verdict = code.let(egressAllows.and(ingressAllows).and(1));
    if (tables.hasUnknown('egress') || tables.hasUnknown('ingress')) {
      code.when(verdict.isZero(), () => {
        // Unknown unless a half denies: each half allows or is unknown, and they do not both allow.
        const open = (direction: Direction, half: Half, allows: Local): I32Value =>
          tables.hasUnknown(direction) ? allows.or(tables.bit(direction, 'Unknown', half)) : allows;
        const both = open('egress', egress, egressAllows).and(open('ingress', ingress, ingressAllows));
        code.set(verdict, both.and(1).times(UNKNOWN));
      });
    }
    tables.compare(code, flow, verdict);
    code.do(verdictOf.put(row, verdict));
  });
}
