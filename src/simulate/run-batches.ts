/**
 * Tasks through a pool of threads. Comes back when every task was answered as asked; anything else ends the pool and throws.
 *
 * A task that fails is not tried again: its worker may have counted a part of it, and counts that are wrong are worse than none. The pool is gone in every case when
 * the promise settles, with its threads and timers.
 */
import { Piscina } from 'piscina';
import { BATCH_FLOWS } from '../flows/flow-plan.ts';
import { type BatchResult, type BatchTask, type RunSetup, TASK_FUNCTION } from './protocol.ts';
import { type BatchRange, SimulationError } from './simulation-error.ts';

/** Tables and batches are outside the JavaScript heap; what is in it is small. A worker that runs away ends early. */
const WORKER_HEAP_MB = 256;

export interface PoolOptions {
  /** Path of the first file of a thread. */
  readonly filename: string;
  /** The file that does the work: see `worker-entry.ts`. */
  readonly workerUrl: string;
  readonly workers: number;
  /** Called while the threads start. */
  readonly buildStrips: () => BatchTask['strips'];
  readonly batchesPerTask: number;
  readonly taskTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((flowsDone: number, flowsTotal: number) => void) | undefined;
  /** Given to the worker file as `workerData`. */
  readonly workerData: unknown;
}

/**
 * Runs all batches of the setup.
 * @throws {SimulationError} for a worker that failed or answered wrongly, or a task that took too long
 * @throws the reason of `signal` when that is aborted
 */
export async function runAllBatches(setup: RunSetup, options: PoolOptions): Promise<void> {
  options.signal?.throwIfAborted();
  const pool = new Piscina({
    filename: options.filename,
    argv: [options.workerUrl],
    name: TASK_FUNCTION,
    minThreads: options.workers,
    maxThreads: options.workers,
    recordTiming: false,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
    workerData: options.workerData,
  });
  const stop = new StopSwitch();
  // Without a listener an error of an idle worker would end the process.
  const onError = (error: unknown): void => stop.throw(new SimulationError('worker-failed', describeFailure(error), undefined, error));
  const onAbort = (): void => stop.throw(options.signal?.reason);
  pool.on('error', onError);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const strips = options.buildStrips();
    const lanes = Array.from({ length: options.workers }, () => ({}));
    const tasks = tasksOf(setup, options);
    await Promise.race([stop.promise, Promise.all(lanes.map(() => runLane(pool, tasks, setup, strips, options, stop)))]);
    stop.throwIfStopped();
  } finally {
    stop.close();
    options.signal?.removeEventListener('abort', onAbort);
    // The pool keeps its listener: a thread may fail while it is being ended, and an error without a listener would end the process.
    await pool.destroy();
  }
}

/** Tells all lanes of a run to end, once, with the first reason. */
class StopSwitch {
  readonly promise: Promise<never>;
  private reject: (reason: unknown) => void = () => {};
  private failure: { readonly reason: unknown } | undefined;
  private closed = false;

  constructor() {
    this.promise = new Promise((_, reject) => {
      this.reject = reject;
    });
    // The race listens to it; this keeps a late failure from becoming an unhandled rejection.
    this.promise.catch(() => {});
  }

  get stopped(): boolean {
    return this.closed || this.failure !== undefined;
  }

  throw(reason: unknown): void {
    if (this.stopped) return;
    this.failure = { reason };
    this.reject(reason);
  }

  throwIfStopped(): void {
    if (this.failure !== undefined) throw this.failure.reason;
  }

  close(): void {
    this.closed = true;
  }
}

interface TaskQueue {
  /** The next range of batches, or undefined when all are given out. */
  next(): BatchRange | undefined;
  flowsDone: number;
}

/** Where several workers share the tasks the last ones are smaller, so that none has to wait long for another. */
function tasksOf({ flows }: RunSetup, { workers, batchesPerTask }: PoolOptions): TaskQueue {
  const batches = Math.ceil(flows / BATCH_FLOWS);
  let given = 0;
  return {
    next: () => {
      if (given >= batches) return undefined;
      const first = given;
      const left = batches - given;
      given += Math.min(batchesPerTask, workers === 1 ? left : Math.ceil(left / (2 * workers)));
      return { first, last: given - 1 };
    },
    flowsDone: 0,
  };
}

/** One task after the other. A run has as many lanes as threads, so a task starts when it is submitted, and so does its deadline. */
async function runLane(
  pool: Piscina,
  tasks: TaskQueue,
  setup: RunSetup,
  strips: BatchTask['strips'],
  options: PoolOptions,
  stop: StopSwitch,
): Promise<void> {
  for (let range = tasks.next(); range !== undefined && !stop.stopped; range = tasks.next()) {
    const current = range;
    const deadline = setTimeout(() => {
      const message = `a worker did not answer within ${options.taskTimeoutMs} ms`;
      stop.throw(new SimulationError('deadline', message, current));
    }, options.taskTimeoutMs);
    try {
      const task: BatchTask = { setup, strips, first: range.first, last: range.last };
      const result: unknown = await pool.run(task);
      if (stop.stopped) return;
      checkResult(result, range, setup.flows);
      tasks.flowsDone += result.flows;
    } catch (error) {
      stop.throw(error instanceof SimulationError ? error : new SimulationError('worker-failed', describeFailure(error), range, error));
      return;
    } finally {
      clearTimeout(deadline);
    }
    try {
      options.onProgress?.(tasks.flowsDone, setup.flows);
    } catch (error) {
      // A mistake of the caller, not of a worker.
      stop.throw(error);
    }
  }
}

function checkResult(result: unknown, { first, last }: BatchRange, flows: number): asserts result is BatchResult {
  const asked: BatchResult = { first, last, flows: Math.min(flows, (last + 1) * BATCH_FLOWS) - first * BATCH_FLOWS };
  const { first: gotFirst, last: gotLast, flows: gotFlows } = (result ?? {}) as Partial<BatchResult>;
  if (gotFirst === asked.first && gotLast === asked.last && gotFlows === asked.flows) return;
  const got = `batches ${String(gotFirst)} to ${String(gotLast)} with ${String(gotFlows)} flows`;
  throw new SimulationError('bad-result', `a worker was asked for ${asked.flows} flows and answered ${got}`, { first, last });
}

/** What a worker died of, in words. Errors of a result that cannot be copied arrive without name and message. */
function describeFailure(error: unknown): string {
  if (typeof error === 'object' && error !== null) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `a worker ran out of memory (${WORKER_HEAP_MB} MB of heap)`;
    if (typeof message === 'string' && message !== '') return `a worker failed: ${message}`;
  }
  if (typeof error === 'string' && error !== '') return `a worker failed: ${error}`;
  return 'a worker failed without saying why, for instance because its result cannot be copied between threads';
}
