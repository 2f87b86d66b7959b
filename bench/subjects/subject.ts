/**
 * What a subject of measurement is: something that runs in a process of its own, checks its answers, and returns numbers.
 */
import type { Budget, Measurement } from '../support/measure.ts';

export interface SubjectContext {
  /** Small sizes and short times: proves that everything runs, the numbers mean little. */
  readonly quick: boolean;
  readonly seed: number;
  /** A temporary folder that all subjects of a run share. */
  readonly folder: string;
  readonly budget: Budget;
}

/** What a subject says that cannot run here. */
export interface Skipped {
  readonly skipped: string;
}

export interface Subject {
  /** Dotted, from the general to the special: `batch.platform.random`. */
  readonly name: string;
  readonly about: string;
  /** Writes what is to be read into the folder, unless it is there; in a process before the measured one, so that making it leaves no trace in memory. */
  prepare?(context: SubjectContext): Promise<void>;
  run(context: SubjectContext): Promise<Measurement[] | Skipped>;
}
