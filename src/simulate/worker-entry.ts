/**
 * First file of a worker thread. Its argument is the file that does the work, which is loaded at once; what goes wrong with that is the failure of the first task, with its cause: the pool
 * would lose it, and try again with code made from strings.
 */
import type { BatchTask } from './protocol.ts';

type WorkerModule = { readonly runBatches: (task: BatchTask) => unknown };

const worker = import(process.argv[2]!) as Promise<WorkerModule>;
worker.catch(() => {});

/** The task function: see `worker.ts`. */
export async function runBatches(task: BatchTask): Promise<unknown> {
  return (await worker).runBatches(task);
}
