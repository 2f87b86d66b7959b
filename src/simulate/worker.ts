/**
 * What runs in a worker: batches of flows generated, judged, and counted into the worker's slot of shared memory. Loads nothing but the kernels, the generator and the
 * counters, and leaves no timer and no promise behind.
 */
import { createDecisionKernel } from '../evaluate/decision-kernel.ts';
import { createKernelWith } from '../evaluate/kernel.ts';
import { BATCH_FLOWS } from '../flows/flow-plan.ts';
import { createFlowGenerator } from '../flows/generate.ts';
import { LinearMemory } from '../lib/linear-memory.ts';
import { createFlowBatch } from '../tables/flow-batch.ts';
import { RuleTables } from '../tables/rule-tables.ts';
import { type BatchOutcome, countersOfSlot, createCounter } from './counters.ts';
import type { BatchResult, BatchTask, RunSetup } from './protocol.ts';

type RunBatch = (batchNumber: number, count: number) => void;

let runBatch: RunBatch | undefined;

/** The task function: works through the batches of a task and says what it did. */
export function runBatches({ setup, strips, first, last }: BatchTask): BatchResult {
  // INVARIANT: a thread serves one run, so the setup of every task is that of the first.
  runBatch ??= prepare(setup, strips);
  let flows = 0;
  for (let batchNumber = first; batchNumber <= last; batchNumber++) {
    const count = Math.min(BATCH_FLOWS, setup.flows - batchNumber * BATCH_FLOWS);
    runBatch(batchNumber, count);
    flows += count;
  }
  return { first, last, flows };
}

function prepare(setup: RunSetup, strips: BatchTask['strips']): RunBatch {
  const slot = Atomics.add(setup.claims, 0, 1);
  const slots = setup.slots.length / setup.layout.slotCells;
  if (slot >= slots) throw new RangeError(`worker ${slot + 1} of a run that has room for ${slots}`);
  const tables = RuleTables.from(setup.tables);
  const capacity = Math.min(BATCH_FLOWS, setup.flows);
  const memory = new LinearMemory();
  const batch = createFlowBatch(capacity, memory);
  const withDecisions = setup.layout.level !== 'verdicts';
  const outcome: BatchOutcome = {
    verdicts: memory.bytes(capacity),
    egress: memory.words(withDecisions ? capacity : 0),
    ingress: memory.words(withDecisions ? capacity : 0),
  };
  const generate = createFlowGenerator(tables, setup.plan, batch, memory);
  const judge = withDecisions
    ? createDecisionKernel(tables, batch, outcome, memory)
    : createKernelWith(strips, tables, batch, outcome.verdicts, memory);
  const count = createCounter(tables, batch, outcome, setup.deniedGroups, countersOfSlot(setup.layout, setup.slots, slot));
  return (batchNumber, flows) => {
    generate(batchNumber, flows);
    judge(flows);
    count(flows);
    Atomics.add(setup.counted, batchNumber, 1);
    if (setup.columns === null) return;
    const at = batchNumber * BATCH_FLOWS;
    setup.columns.source.set(batch.source.subarray(0, flows), at);
    setup.columns.destination.set(batch.destination.subarray(0, flows), at);
    setup.columns.protocol.set(batch.protocol.subarray(0, flows), at);
    setup.columns.port.set(batch.port.subarray(0, flows), at);
    setup.columns.verdicts.set(outcome.verdicts.subarray(0, flows), at);
  };
}
