/**
 * The hot loop that makes flows. In come tables and a plan, out comes a function that fills a batch from (seed, batch number): the same bytes in every thread, for any
 * number of threads. Flow i of a batch depends on seed, batch number and i alone, so a shorter batch is the beginning of a longer one.
 *
 * Every flow gets four random words, whatever its kind, from a scratch column that is filled block by block. The kinds have one loop each over their positions in
 * the block: no branch on the kind, and each loop is the one closure of its literal over its columns (see `evaluate/kernel.ts` for why that matters).
 */
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
  const { cells, members } = plan.aims;
  const positions = plan.aimedPositions;
  const targets = cells.length / TARGET_CELLS;
  const endpoints = endpointFamily.length;

  const neighbour = (endpoint: number, other: number, step: number): number => {
    const family = endpointFamily[other]!;
    // Two steps, because the faces of a pod with both families alternate.
    for (let next = endpoint + step, tries = 0; tries < 2 && next >= 0 && next < endpoints; next += step, tries++) {
      const found = endpointFamily[next]!;
      if (found === family || found === 0 || family === 0) return next;
    }
    return endpoint;
  };

  return (base, count) => {
    for (let k = 0; k < positions.length; k++) {
      const position = positions[k]!;
      const i = base + position;
      if (i >= count) break;
      const at = position << 2;
      const cell = scale(words[at]!, targets) << 3;
      const choice = words[at + 3]!;
      let from = members[cells[cell]! + scale(words[at + 1]!, cells[cell + 1]!)]!;
      let to = members[cells[cell + 2]! + scale(words[at + 2]!, cells[cell + 3]!)]!;
      if ((choice & 0x38) === 0) from = neighbour(from, to, ((choice >>> 8) & 2) - 1);
      if ((choice & 0x1c0) === 0) to = neighbour(to, from, ((choice >>> 9) & 2) - 1);
      source[i] = from;
      destination[i] = to;
      protocol[i] = cells[cell + 4]!;
      const first = cells[cell + 5]!;
      const ports = cells[cell + 6]!;
      // choice & 7: 0 the first port, 1 the last, 2 the one before, 3 the one after, 4 to 7 any of the range.
      const atLast = -(choice & 1);
      const edge = first + ((ports - 1) & atLast) + (((choice & 2) >>> 1) & 1) * (((choice & 1) << 1) - 1);
      const inside = first + (Math.imul(choice >>> 16, ports) >>> 16);
      const anywhere = -((choice >>> 2) & 1);
      const number = (edge & ~anywhere) | (inside & anywhere);
      port[i] = Math.min(Math.max(number, 1), 65535);
    }
  };
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
  const { all, pods, start, length } = plan.spread;
  const positions = plan.uniformPositions;
  const protocols = PROTOCOLS.length;

  return (base, count) => {
    for (let k = 0; k < positions.length; k++) {
      const position = positions[k]!;
      const i = base + position;
      if (i >= count) break;
      const at = position << 2;
      const pod = pods[scale(words[at]!, pods.length)]!;
      const family = endpointFamily[pod]!;
      const other = all[start[family]! + scale(words[at + 1]!, length[family]!)]!;
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
