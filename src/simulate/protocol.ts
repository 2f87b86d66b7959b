/**
 * What the main thread and the workers say to each other. Everything large is shared memory; a message holds references and a few numbers.
 */
import type { StripEnds } from '../evaluate/port-strips.ts';
import type { FlowPlan } from '../flows/flow-plan.ts';
import type { CounterLayout } from './counters.ts';
import type { DeniedGroups } from './denied-groups.ts';

/** Flows and verdicts of a whole run, in order of batches. */
export interface FlowColumns {
  readonly source: Uint32Array;
  readonly destination: Uint32Array;
  readonly protocol: Uint8Array;
  readonly port: Uint16Array;
  readonly verdicts: Uint8Array;
}

/** Everything that a worker needs for a run. The same for all tasks of the run. */
export interface RunSetup {
  /** Compiled tables: see `RuleTables.from`. */
  readonly tables: SharedArrayBuffer;
  readonly plan: FlowPlan;
  readonly flows: number;
  readonly layout: CounterLayout;
  readonly deniedGroups: DeniedGroups | null;
  /** One slot of counters for each worker: see `counters.ts`. */
  readonly slots: Float64Array;
  /** Cell 0: slots that workers have taken. */
  readonly claims: Int32Array;
  /** How often each batch was counted: 1 everywhere at the end. */
  readonly counted: Uint8Array;
  readonly columns: FlowColumns | null;
}

/** Batches `first` to `last`, both included. */
export interface BatchTask {
  readonly setup: RunSetup;
  /** For the kernels of all workers: see `createKernelWith`. */
  readonly strips: StripEnds | null | undefined;
  readonly first: number;
  readonly last: number;
}

/** The answer to a task: what was done, to be compared with what was asked. */
export interface BatchResult {
  readonly first: number;
  readonly last: number;
  readonly flows: number;
}

/** Name of the function that a worker file exports. */
export const TASK_FUNCTION = 'runBatches';
