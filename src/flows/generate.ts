/**
 * The hot loop that makes flows. In come tables and a plan, out comes a function that fills a batch from (seed, batch number): the same bytes in every thread, for any
 * number of threads. Flow i of a batch depends on seed, batch number and i alone, so a shorter batch is the beginning of a longer one.
 *
 * A batch is made block by block, by a WebAssembly function (see `evaluate/kernel.ts`). Every flow gets four random words, whatever its kind, from a scratch column. The kinds have loops of their own over
 * their positions in the block: no branch on the kind.
 */

import { LinearMemory } from '../lib/linear-memory.ts';
import { RandomStream, STATE_WORDS } from '../lib/random.ts';
import { RowColumn } from '../lib/row-loop.ts';
import { type Column, choose, FunctionBuilder, type I32Value, type Local, type Operand } from '../lib/wasm-function.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { BATCH_FLOWS, BLOCK_FLOWS, type FlowPlan, TARGET_CELLS, type WeightedTargets } from './flow-plan.ts';

const WORDS_PER_FLOW = 4;
const LARGEST_PORT = 65535;

/** Fills the first `count` flows of the batch that the generator was made for. `count` is at most BATCH_FLOWS. */
export type FlowGenerator = (batchNumber: number, count: number) => void;

/** The code of a block: where the columns of the batch and the words stand. */
interface BlockCode {
  readonly code: FunctionBuilder;
  readonly memory: LinearMemory;
  readonly batch: Readonly<Record<'source' | 'destination' | 'protocol' | 'port', RowColumn>>;
  readonly words: Column;
  /** Where the block begins in the batch. */
  readonly base: Local;
}

/**
 * A generator that writes the columns of `batch`. Where they do not stand in `memory` (see `createKernel`) they are copied from there, block by block.
 * @throws {RangeError} when `memory` would be larger than 4 GB
 */
export function createFlowGenerator(tables: RuleTables, plan: FlowPlan, batch: FlowBatch, memory = new LinearMemory()): FlowGenerator {
  const random = new RandomStream(plan.seed, 0);
  const columns = [batch.source, batch.destination, batch.protocol, batch.port].map((column) => new RowColumn(memory, column));
  const state = memory.words(STATE_WORDS);
  const kinds = [plan.aimedPositions, plan.mixPositions, plan.uniformPositions];
  const fillBlock = compileBlock(tables, plan, columns, state, memory);
  const capacity = Math.min(BATCH_FLOWS, ...columns.map(({ rows }) => rows));
  return (batchNumber, count) => {
    if (count > capacity) throw new RangeError(`a batch has room for ${capacity} flows, got ${count}`);
    random.reseed(plan.seed, batchNumber);
    random.copyState(state);
    for (let base = 0; base < count; base += BLOCK_FLOWS) {
      const flows = Math.min(BLOCK_FLOWS, count - base);
      fillBlock(base, ...kinds.map((positions) => positionsBelow(positions, flows)));
      for (const column of columns) column.takeOut(base, base + flows);
    }
  };
}

/** How many positions are below `end`. They ascend. */
function positionsBelow(positions: Uint16Array, end: number): number {
  let count = positions.length;
  while (count > 0 && positions[count - 1]! >= end) count--;
  return count;
}

/** A function of where the block begins in the columns, and of how many flows of each kind it has. */
function compileBlock(
  tables: RuleTables,
  plan: FlowPlan,
  columns: readonly RowColumn[],
  state: Uint32Array,
  memory: LinearMemory,
): (base: number, ...flows: number[]) => void {
  const code = new FunctionBuilder(4);
  const [base, aimed, mixed, uniform] = code.parameters as [Local, Local, Local, Local];
  const [source, destination, protocol, port] = columns as [RowColumn, RowColumn, RowColumn, RowColumn];
  const block: BlockCode = {
    code,
    memory,
    batch: { source, destination, protocol, port },
    words: memory.columnOf(memory.words(BLOCK_FLOWS * WORDS_PER_FLOW)),
    base,
  };
  fillWords(block, memory.columnOf(state));
  if (plan.aimedPositions.length > 0) fillAimed(block, tables, plan, aimed);
  if (plan.mix !== null) fillMixed(block, plan.mix, plan.mixPositions, mixed);
  fillUniform(block, tables, plan, uniform);
  return memory.compile(code);
}

/** Random words for a block, as `RandomStream.next` gives them one by one. */
function fillWords({ code, words }: BlockCode, state: Column): void {
  const [a, b, c, counter] = [0, 1, 2, 3].map((word) => code.let(state.at(word))) as [Local, Local, Local, Local];
  const sum = code.let(0);
  code.loop(0, code.let(BLOCK_FLOWS * WORDS_PER_FLOW), (i) => {
    code.set(sum, a.plus(b).plus(counter));
    code.set(counter, counter.plus(1));
    code.set(a, b.xor(b.shiftRight(9)));
    code.set(b, c.plus(c.shiftLeft(3)));
    code.set(c, c.rotateLeft(21).plus(sum));
    code.do(words.put(i, sum));
  });
  for (const [word, variable] of [a, b, c, counter].entries()) code.do(state.put(word, variable));
}

/**
 * At rules: ends from the classes that a rule speaks of, at a port of the rule. At their edges: half of the ports are the ends of the range or one step outside, and each
 * end is, one time in eight, replaced by its neighbour in the order of endpoints: the next pod, or the next prefix, which is the one around or inside it.
 *
 * Three loops: in each, a flow waits for few reads, so that processors work on many flows at a time.
 */
function fillAimed({ code, memory, batch, words, base }: BlockCode, tables: RuleTables, plan: FlowPlan, flows: Local): void {
  const { source, destination, protocol, port } = batch;
  const cells = memory.narrowed(plan.aims.cells);
  const members = memory.narrowed(plan.aims.members);
  const positions = memory.copy(plan.aimedPositions);
  const targets = plan.aims.cells.length / TARGET_CELLS;
  // Of the block at hand: the target of each flow, and positions of flows of which an end is replaced.
  const cellOf = memory.columnOf(memory.words(BLOCK_FLOWS));
  const moved = memory.columnOf(memory.halves(BLOCK_FLOWS + 1));
  const moves = code.let(0);
  const [sourceMoves, destinationMoves] = [0x38, 0x1c0];

  code.loop(0, flows, (k) => {
    const position = code.let(positions.at(k));
    const at = code.let(position.times(WORDS_PER_FLOW));
    const choice = code.let(words.at(at, 3));
    code.do(cellOf.put(k, words.at(at).timesHigh(targets).times(TARGET_CELLS)));
    // A flow is listed where an end is replaced; without a branch, which nobody can predict.
    code.do(moved.put(moves, position));
    code.set(moves, moves.plus(choice.and(sourceMoves).isZero().or(choice.and(destinationMoves).isZero())));
  });

  code.loop(0, flows, (k) => {
    const position = code.let(positions.at(k));
    const i = code.let(base.plus(position));
    const at = code.let(position.times(WORDS_PER_FLOW));
    const cell = code.let(cellOf.at(k));
    const choice = code.let(words.at(at, 3));
    code.do(source.put(i, members.at(cells.at(cell).plus(words.at(at, 1).timesHigh(cells.at(cell, 1))))));
    code.do(destination.put(i, members.at(cells.at(cell, 2).plus(words.at(at, 2).timesHigh(cells.at(cell, 3))))));
    code.do(protocol.put(i, cells.at(cell, 4)));
    const first = code.let(cells.at(cell, 5));
    const ports = code.let(cells.at(cell, 6));
    // choice & 7: 0 the first port, 1 the last, 2 the one before, 3 the one after, 4 to 7 any of the range.
    const end = code.let(first.plus(choose(choice.and(1), ports.minus(1), 0)));
    const edge = choose(choice.and(2), choose(choice.and(1), end.plus(1), end.minus(1)), end);
    const inside = first.plus(choice.shiftRight(16).times(ports).shiftRight(16));
    const number = code.let(choose(choice.and(4), inside, edge));
    // From 0 to 65536.
    code.do(port.put(i, choose(number, choose(number.below(LARGEST_PORT), number, LARGEST_PORT), 1)));
  });

  const family = memory.narrowed(tables.columns.endpointFamily);
  const neighbours = memory.narrowed(neighboursOf(tables.columns.endpointFamily));
  code.loop(0, moves, (k) => {
    const position = code.let(moved.at(k));
    const i = code.let(base.plus(position));
    const choice = code.let(words.at(position.times(WORDS_PER_FLOW), 3));
    const from = code.let(source.at(i));
    const to = code.let(destination.at(i));
    const neighbour = (end: Local, other: Local, side: number): I32Value =>
      neighbours.at(end.times(8).or(family.at(other)).or(choice.shiftRight(side).and(1)));
    code.set(from, choose(choice.and(sourceMoves), from, neighbour(from, to, 9)));
    code.set(to, choose(choice.and(destinationMoves), to, neighbour(to, from, 10)));
    code.do(source.put(i, from));
    code.do(destination.put(i, to));
  });
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
function fillMixed({ code, memory, batch, words, base }: BlockCode, mix: WeightedTargets, positions: Uint16Array, flows: Local): void {
  const cells = memory.copy(mix.cells);
  const members = memory.copy(mix.members);
  const [targetThreshold, targetAlias] = [memory.copy(mix.targetThreshold), memory.copy(mix.targetAlias)];
  const [memberThreshold, memberAlias] = [memory.copy(mix.memberThreshold), memory.copy(mix.memberAlias)];
  const targets = mix.cells.length / TARGET_CELLS;
  const position = memory.copy(positions);

  // sampleAlias(table, word), of a table of `count` from `start` on.
  const sample = (word: I32Value, count: Operand, start: Operand, threshold: Column, alias: Column): I32Value => {
    const drawnWord = code.let(word);
    const drawn = code.let(drawnWord.timesHigh(count));
    const cell = code.let(drawn.plus(start));
    return choose(drawnWord.times(count).below(threshold.at(cell)), drawn, alias.at(cell));
  };
  code.loop(0, flows, (k) => {
    const i = code.let(base.plus(position.at(k)));
    const at = code.let(position.at(k).times(WORDS_PER_FLOW));
    const cell = code.let(sample(words.at(at), targets, 0, targetThreshold, targetAlias).times(TARGET_CELLS));
    const end = (word: I32Value, first: number): I32Value => {
      const start = code.let(cells.at(cell, first));
      const count = code.let(cells.at(cell, first + 1));
      return members.at(start.plus(sample(word, count, start, memberThreshold, memberAlias)));
    };
    code.do(batch.source.put(i, end(words.at(at, 1), 0)));
    code.do(batch.destination.put(i, end(words.at(at, 2), 2)));
    code.do(batch.protocol.put(i, cells.at(cell, 4)));
    code.do(batch.port.put(i, cells.at(cell, 5).plus(words.at(at, 3).timesHigh(cells.at(cell, 6)))));
  });
}

/** Anything: a pod at one end (any endpoint, where there are no pods), any endpoint that goes with its family at the other, any protocol, any port. */
function fillUniform({ code, memory, batch, words, base }: BlockCode, tables: RuleTables, plan: FlowPlan, flows: Local): void {
  const all = memory.narrowed(plan.spread.all);
  const pods = memory.narrowed(plan.spread.pods);
  const [start, length] = [memory.copy(plan.spread.start), memory.copy(plan.spread.length)];
  const family = memory.narrowed(tables.columns.endpointFamily);
  const position = memory.copy(plan.uniformPositions);

  code.loop(0, flows, (k) => {
    const i = code.let(base.plus(position.at(k)));
    const at = code.let(position.at(k).times(WORDS_PER_FLOW));
    const pod = code.let(pods.at(words.at(at).timesHigh(plan.spread.pods.length)));
    const podFamily = code.let(family.at(pod));
    const other = code.let(all.at(start.at(podFamily).plus(words.at(at, 1).timesHigh(length.at(podFamily)))));
    const choice = code.let(words.at(at, 2));
    // The lowest bit says which of the two is the source; the highest bits, which decide the protocol, are independent of it.
    code.do(batch.source.put(i, choose(choice.and(1), other, pod)));
    code.do(batch.destination.put(i, choose(choice.and(1), pod, other)));
    code.do(batch.protocol.put(i, choice.timesHigh(PROTOCOLS.length)));
    code.do(batch.port.put(i, words.at(at, 3).timesHigh(LARGEST_PORT).plus(1)));
  });
}
