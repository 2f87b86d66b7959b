/**
 * The hot loop that makes flows. In come tables and a plan, out comes a function that fills a batch from (seed, batch number): the same bytes in every thread, for any
 * number of threads. Flow i of a batch depends on seed, batch number and i alone, so a shorter batch is the beginning of a longer one.
 *
 * Every flow gets four random words, whatever its kind, from a scratch column that is filled block by block. The kinds have one loop each over their positions in
 * the block: no branch on the kind, and each loop is the one closure of its literal over its columns (see `evaluate/kernel.ts` for why that matters).
 */

import { narrow } from '../lib/narrow.ts';
import { RandomStream, scale } from '../lib/random.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { BATCH_FLOWS, BLOCK_FLOWS, type FlowPlan, TARGET_CELLS } from './flow-plan.ts';

const WORDS_PER_FLOW = 4;

/** Fills the first `count` flows of the batch that the generator was made for. Allocates nothing. `count` is at most BATCH_FLOWS. */
export type FlowGenerator = (batchNumber: number, count: number) => void;

type FillBlock = (base: number, count: number) => void;

/** A generator that writes the columns of `batch`. One per thread and instance of this module, for speed; more are correct all the same. */
export function createFlowGenerator(tables: RuleTables, plan: FlowPlan, batch: FlowBatch): FlowGenerator {
  const random = new RandomStream(plan.seed, 0);
  const words = new Uint32Array(BLOCK_FLOWS * WORDS_PER_FLOW);
  const fillAimed = createAimed(tables, plan, batch, words);
  const fillMixed = createMixed(plan, batch, words);
  const fillUniform = createUniform(tables, plan, batch, words);
  return (batchNumber, count) => {
    if (count > Math.min(BATCH_FLOWS, batch.source.length))
      throw new RangeError(`a batch has room for ${Math.min(BATCH_FLOWS, batch.source.length)} flows, got ${count}`);
    random.reseed(plan.seed, batchNumber);
    for (let base = 0; base < count; base += BLOCK_FLOWS) {
      random.fill(words);
      fillAimed(base, count);
      fillMixed(base, count);
      fillUniform(base, count);
    }
  };
}

/**
 * At rules: ends from the classes that a rule speaks of, at a port of the rule. At their edges: half of the ports are the ends of the range or one step outside, and each
 * end is, one time in eight, replaced by its neighbour in the order of endpoints: the next pod, or the next prefix, which is the one around or inside it.
 */
function createAimed(tables: RuleTables, plan: FlowPlan, batch: FlowBatch, words: Uint32Array): FillBlock {
  const { source, destination, protocol, port } = batch;
  const { endpointFamily } = tables.columns;
  const cells = narrow(plan.aims.cells);
  const members = narrow(plan.aims.members);
  const positions = plan.aimedPositions;
  if (positions.length === 0) return () => {};
  const targets = cells.length / TARGET_CELLS;
  const neighbours = narrow(neighboursOf(endpointFamily));

  // Of the block at hand: the target of each flow, and positions of flows of which an end is replaced.
  const cellOf = new Uint32Array(BLOCK_FLOWS);
  const moved = new Uint16Array(BLOCK_FLOWS + 1);

  // Three loops: in each, a flow waits for few reads, so that processors work on many flows at a time.
  return (base, count) => {
    let end = 0;
    let moves = 0;
    for (; end < positions.length; end++) {
      const position = positions[end]!;
      if (base + position >= count) break;
      const at = position << 2;
      const choice = words[at + 3]!;
      cellOf[end] = scale(words[at]!, targets) << 3;
      // if ((choice & 0x38) === 0 || (choice & 0x1c0) === 0) moved.push(position); without the branch, which nobody can predict:
      moved[moves] = position;
      moves = (moves + (+((choice & 0x38) === 0) | +((choice & 0x1c0) === 0))) | 0;
    }
    for (let k = 0; k < end; k++) {
      const position = positions[k]!;
      const i = base + position;
      const at = position << 2;
      const cell = cellOf[k]! | 0;
      const choice = words[at + 3]!;
      source[i] = members[(cells[cell]! + scale(words[at + 1]!, cells[cell + 1]!)) | 0]!;
      destination[i] = members[(cells[cell + 2]! + scale(words[at + 2]!, cells[cell + 3]!)) | 0]!;
      protocol[i] = cells[cell + 4]!;
      const first = cells[cell + 5]! | 0;
      const ports = cells[cell + 6]! | 0;
      // choice & 7: 0 the first port, 1 the last, 2 the one before, 3 the one after, 4 to 7 any of the range.
      const atLast = -(choice & 1);
      const edge = (first + ((ports - 1) & atLast) + (((choice & 2) >>> 1) & 1) * (((choice & 1) << 1) - 1)) | 0;
      const inside = (first + (Math.imul(choice >>> 16, ports) >>> 16)) | 0;
      const anywhere = -((choice >>> 2) & 1);
      const number = (edge & ~anywhere) | (inside & anywhere);
      port[i] = Math.min(Math.max(number, 1), 65535);
    }
    for (let k = 0; k < moves; k++) {
      const position = moved[k]!;
      const i = base + position;
      const choice = words[(position << 2) + 3]!;
      const from = source[i]! | 0;
      const to = destination[i]! | 0;
      const fromMoves = ((choice & 0x38) - 1) >> 31;
      const newFrom = from ^ ((from ^ neighbours[(from << 3) | endpointFamily[to]! | ((choice >>> 9) & 1)]!) & fromMoves);
      const toMoves = ((choice & 0x1c0) - 1) >> 31;
      source[i] = newFrom;
      destination[i] = to ^ ((to ^ neighbours[(to << 3) | endpointFamily[newFrom]! | ((choice >>> 10) & 1)]!) & toMoves);
    }
  };
}

/** The neighbour of an endpoint that goes with a family (0, 4, 6), at `endpoint * 8 + family`: the one before, then the one after. The endpoint itself where there is none. */
function neighboursOf(endpointFamily: Uint8Array): Uint32Array {
  const neighbours = new Uint32Array(8 * endpointFamily.length);
  for (let endpoint = 0; endpoint < endpointFamily.length; endpoint++) {
    for (const family of [0, 4, 6]) {
      neighbours[endpoint * 8 + family] = neighbourOf(endpointFamily, endpoint, family, -1);
      neighbours[endpoint * 8 + family + 1] = neighbourOf(endpointFamily, endpoint, family, 1);
    }
  }
  return neighbours;
}

function neighbourOf(endpointFamily: Uint8Array, endpoint: number, family: number, step: 1 | -1): number {
  // Two steps, because the faces of a pod with both families alternate.
  for (let next = endpoint + step, tries = 0; tries < 2 && next >= 0 && next < endpointFamily.length; next += step, tries++) {
    const found = endpointFamily[next]!;
    if (found === family || found === 0 || family === 0) return next;
  }
  return endpoint;
}

/** As the user's mix describes: a target by weight, an end of each side by weight. */
function createMixed(plan: FlowPlan, batch: FlowBatch, words: Uint32Array): FillBlock {
  if (plan.mix === null) return () => {};
  const { source, destination, protocol, port } = batch;
  const { cells, members, targetThreshold, targetAlias, memberThreshold, memberAlias } = plan.mix;
  const positions = plan.mixPositions;
  const targets = cells.length / TARGET_CELLS;

  return (base, count) => {
    for (let k = 0; k < positions.length; k++) {
      const position = positions[k]!;
      const i = base + position;
      if (i >= count) break;
      const at = position << 2;
      // const target = sampleAlias(targetTable, words[at]);
      const targetWord = words[at]!;
      const drawn = scale(targetWord, targets);
      const cell = (Math.imul(targetWord, targets) >>> 0 < targetThreshold[drawn]! ? drawn : targetAlias[drawn]!) << 3;
      const fromWord = words[at + 1]!;
      const fromStart = cells[cell]!;
      const fromCount = cells[cell + 1]!;
      const from = scale(fromWord, fromCount);
      const fromKeeps = Math.imul(fromWord, fromCount) >>> 0 < memberThreshold[fromStart + from]!;
      const toWord = words[at + 2]!;
      const toStart = cells[cell + 2]!;
      const toCount = cells[cell + 3]!;
      const to = scale(toWord, toCount);
      const toKeeps = Math.imul(toWord, toCount) >>> 0 < memberThreshold[toStart + to]!;
      source[i] = members[fromStart + (fromKeeps ? from : memberAlias[fromStart + from]!)]!;
      destination[i] = members[toStart + (toKeeps ? to : memberAlias[toStart + to]!)]!;
      protocol[i] = cells[cell + 4]!;
      port[i] = cells[cell + 5]! + scale(words[at + 3]!, cells[cell + 6]!);
    }
  };
}

/** Anything: a pod at one end (any endpoint, where there are no pods), any endpoint that goes with its family at the other, any protocol, any port. */
function createUniform(tables: RuleTables, plan: FlowPlan, batch: FlowBatch, words: Uint32Array): FillBlock {
  const { source, destination, protocol, port } = batch;
  const { endpointFamily } = tables.columns;
  const { start, length } = plan.spread;
  const all = narrow(plan.spread.all);
  const pods = narrow(plan.spread.pods);
  const positions = plan.uniformPositions;
  const protocols = PROTOCOLS.length;

  return (base, count) => {
    for (let k = 0; k < positions.length; k++) {
      const position = positions[k]!;
      const i = base + position;
      if (i >= count) break;
      const at = position << 2;
      const pod = pods[scale(words[at]!, pods.length)]! | 0;
      const family = endpointFamily[pod]!;
      const other = all[(start[family]! + scale(words[at + 1]!, length[family]!)) | 0]!;
      const choice = words[at + 2]!;
      // The lowest bit says which of the two is the source; the highest bits, which decide the protocol, are independent of it.
      const both = (pod ^ other) & -(choice & 1);
      source[i] = pod ^ both;
      destination[i] = other ^ both;
      protocol[i] = scale(choice, protocols);
      port[i] = 1 + scale(words[at + 3]!, 65535);
    }
  };
}
