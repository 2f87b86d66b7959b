/**
 * The worker of a simulation, with a fault. `workerData` says which fault and at which batch; without a fault it is the real worker, so that every test has a positive control.
 */
import { workerData } from 'node:worker_threads';
import type { BatchTask } from '../../src/simulate/protocol.ts';
import { runBatches as runBatchesWell } from '../../src/simulate/worker.ts';

const { fault, atBatch = 0 } = (workerData ?? {}) as { readonly fault?: string; readonly atBatch?: number };

if (fault === 'fail at load') throw new Error('injected: failed at load');

const FAULTS: Readonly<Record<string, (task: BatchTask) => unknown>> = {
  throw: () => {
    throw new Error('injected: thrown');
  },
  'throw nothing': () => {
    throw undefined;
  },
  'throw late': (task) => {
    setTimeout(() => {
      throw new Error('injected: thrown late');
    }, 0);
    return new Promise(() => task);
  },
  'answer and throw later': (task) => {
    setTimeout(() => {
      throw new Error('injected: thrown later');
    }, 0);
    return runBatchesWell(task);
  },
  exit: () => process.exit(0),
  'run out of memory': () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(10_000).fill({}));
  },
  'loop for ever': () => {
    for (;;);
  },
  'never answer': () => new Promise(() => {}),
  'answer with a function': () => () => 1,
  'answer nothing': () => undefined,
  'answer with fewer flows': (task) => ({ ...runBatchesWell(task), flows: 1 }),
  'answer for other batches': (task) => ({ ...runBatchesWell(task), first: task.first + 1 }),
  'claim without working': ({ setup, first, last }) => ({ first, last, flows: Math.min(setup.flows, (last + 1) * 65536) - first * 65536 }),
  'count twice': (task) => {
    runBatchesWell(task);
    return runBatchesWell(task);
  },
  'count a flow too many': (task) => {
    const result = runBatchesWell(task);
    task.setup.slots[0]! += 1;
    return result;
  },
};

export function runBatches(task: BatchTask): unknown {
  const isHere = task.first <= atBatch && atBatch <= task.last;
  return fault !== undefined && isHere ? FAULTS[fault]!(task) : runBatchesWell(task);
}
