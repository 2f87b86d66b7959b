/**
 * Runs a property and, when it fails, says everything needed to see it again: seed, path, the replay line, and the shrunk counterexample as the caller prints it.
 */
import fc from 'fast-check';
import { PATH, replayLine, SEED } from './seed.ts';

export interface PropertyOptions<T> {
  readonly runs: number;
  /** How to run it again with this seed. Default: the test file of `file`. */
  readonly replay?: string;
  /** Test file, for the replay line. */
  readonly file: string;
  readonly print: (value: T) => string;
  /** Default: the seed of the run. */
  readonly seed?: number;
}

/** `check` throws when the property does not hold; its message is part of the report. */
export function checkProperty<T>(
  arbitrary: fc.Arbitrary<T>,
  check: (value: T) => void,
  { runs, file, replay, print, seed = SEED }: PropertyOptions<T>,
): void {
  const path = PATH === undefined ? {} : { path: PATH, endOnFailure: true };
  const details = fc.check(fc.property(arbitrary, check), { seed, numRuns: runs, ...path });
  if (!details.failed) return;
  const [counterexample] = details.counterexample ?? [];
  const error = details.errorInstance instanceof Error ? details.errorInstance : new Error(String(details.errorInstance));
  throw new Error(
    [
      error.message,
      `seed ${details.seed}, path ${details.counterexamplePath ?? '-'}, after ${details.numRuns} runs and ${details.numShrinks} shrinks`,
      `${replay ?? replayLine(file)} (add NETPOLSIM_PATH=${details.counterexamplePath ?? ''} for this one alone)`,
      counterexample === undefined ? '' : print(counterexample),
    ].join('\n'),
    { cause: error },
  );
}
