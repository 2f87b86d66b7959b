/**
 * A run that ended without a result, and why.
 */

/** The batches of one task: from `first` to `last`, both included. */
export interface BatchRange {
  readonly first: number;
  readonly last: number;
}

export type SimulationErrorCode =
  /** A worker threw, exited, ran out of memory, could not be loaded, or sent a result that cannot be copied. */
  | 'worker-failed'
  /** A task took longer than its deadline. */
  | 'deadline'
  /** A worker answered, but not what was asked. */
  | 'bad-result'
  /** The counters do not add up to the flows that were asked for. */
  | 'miscount';

/** Thrown by `simulate` when a worker fails or counts do not add up. There is no partial result: counts that miss a batch would be wrong. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
  readonly code: SimulationErrorCode;
  /** The batches that were being worked on, when one task failed. */
  readonly batches: BatchRange | undefined;

  constructor(code: SimulationErrorCode, message: string, batches?: BatchRange, cause?: unknown) {
    const where = batches === undefined ? '' : ` on batches ${batches.first} to ${batches.last}`;
    super(`the simulation stopped${where}: ${message}`, cause === undefined ? {} : { cause });
    this.code = code;
    this.batches = batches;
  }
}
