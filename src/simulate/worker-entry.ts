/**
 * First file of a worker thread. Its argument is the file that does the work, which is loaded at once; what goes wrong with that is the failure of the first task, with its cause: the pool
 * would lose it, and try again with code made from strings.
 */
import type { BatchTask } from './protocol.ts';

type WorkerModule = { readonly runBatches: (task: BatchTask) => unknown };

/** The task function (see `worker.ts`), which the pool waits for before it says that the thread is there. */
export const runBatches = import(process.argv[2]!).then(
  (worker: WorkerModule) => worker.runBatches,
  (error: unknown) => () => {
    throw error;
  },
);
