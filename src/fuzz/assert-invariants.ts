/**
 * Invariants as an assertion, for a suite of the user's: throws with what breaks them, and how to see it again.
 */

import type { FuzzReport } from '../invariants/fuzz-report.ts';
import type { Invariant } from '../invariants/invariant.ts';
import type { Manifests } from '../model/resource.ts';
import { fuzzLines } from '../report/fuzz-words.ts';
import { type FuzzOptions, searchCounterexamples } from './search.ts';

/** Thrown where an invariant does not hold, or is not certain. The message has every change and the connection. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
  readonly report: FuzzReport;

  constructor(report: FuzzReport) {
    super(fuzzLines(report).join('\n'));
    this.report = report;
  }
}

/**
 * Looks for counterexamples, and throws when there is one, or when a verdict was unknown or the input was not whole, so that nothing is said to hold that is not known to. `report.path` of the error's counterexamples
 * and the seed lead to the same again.
 * @throws {InvariantBroken}
 * @throws {InvariantsError} for invariants whose ends stand for nothing in the cluster as it is
 * @throws {RangeError} when an option is not what it must be
 */
export function assertInvariants(manifests: Manifests, invariants: readonly Invariant[], options: FuzzOptions = {}): FuzzReport {
  const report = searchCounterexamples(manifests, invariants, options);
  if (!report.ok) throw new InvariantBroken(report);
  return report;
}
