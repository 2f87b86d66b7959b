/**
 * First file of a worker thread. It loads the worker itself with the first task, so that what goes wrong while loading is the failure of a task, with its cause: the pool
 * would lose it, and try again with code made from strings.
 */
import type { BatchTask, WorkerOrder } from './protocol.ts';

type WorkerModule = { readonly runBatches: (task: BatchTask) => unknown };

let worker: Promise<WorkerModule> | undefined;

/** The task function: see `worker.ts`. */
export async function runBatches({ workerUrl, task }: WorkerOrder): Promise<unknown> {
  worker ??= import(workerUrl) as Promise<WorkerModule>;
  return (await worker).runBatches(task);
}
