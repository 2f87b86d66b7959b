/**
 * What became of files of expectations: data, for whoever shows it.
 */
import type { Verdict } from '../model/decision.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Counterexample } from './judge-pairs.ts';
import type { Because, ReachabilityTest } from './test-case.ts';

/** `skipped`: it cannot be asked here. `not-selected`: the caller did not choose it. */
export type CaseStatus = 'passed' | 'failed' | 'skipped' | 'not-selected';

export interface CaseResult {
  readonly name: string;
  readonly origin: Origin;
  readonly status: CaseStatus;
  /** Null for a case that cannot be asked here. */
  readonly expect: Verdict | null;
  readonly over: 'all' | 'some';
  readonly from: string;
  readonly to: string;
  readonly ports: readonly string[];
  readonly because: Because | null;
  /** Pairs of ends by address family: those that are judged, for which it holds, and with an unknown verdict at some port. */
  readonly pairs: number;
  readonly holding: number;
  readonly unknown: number;
  /** Why it failed where no pair is to blame, or why it was skipped. */
  readonly problem: string | null;
  /** Of a failed case: the first pairs for which it does not hold. */
  readonly counterexamples: readonly Counterexample[];
  /** What the author wants to be told when it fails. */
  readonly message: string | null;
  /** What was assumed, and what plays no part. */
  readonly notes: readonly string[];
}

export interface LimitResult {
  readonly limit: 'unknown' | 'untestedWorkloads';
  readonly origin: Origin;
  /** `not-checked`: only some of the cases were run. */
  readonly status: 'kept' | 'exceeded' | 'not-checked';
  /** As it was written: `3`, `10%`. */
  readonly most: string;
  readonly found: number;
  readonly of: number;
  /** Workloads (pods where they belong to none) that no case names; cases with an unknown verdict. */
  readonly items: readonly string[];
}

export interface TestedFile {
  readonly file: string;
  readonly name: string;
  readonly format: ReachabilityTest['format'];
  /** Name of the CNI profile. */
  readonly profile: string;
  readonly cases: readonly CaseResult[];
  readonly limits: readonly LimitResult[];
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notSelected: number;
  readonly limitsExceeded: number;
}

export interface ReachabilityTestReport {
  readonly ok: boolean;
  /** Why it is not, where neither a case nor a limit is to blame. */
  readonly problem: string | null;
  readonly counts: TestCounts;
  readonly files: readonly TestedFile[];
}

/** Puts files together. A report in which no case ran is not ok: nothing has been shown. */
export function reachabilityTestReport(files: readonly TestedFile[]): ReachabilityTestReport {
  const cases = files.flatMap((file) => file.cases);
  const count = (status: CaseStatus): number => cases.filter((each) => each.status === status).length;
  const counts = {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    notSelected: count('not-selected'),
    limitsExceeded: files.flatMap(({ limits }) => limits).filter(({ status }) => status === 'exceeded').length,
  };
  const ran = counts.passed + counts.failed;
  const why = counts.notSelected > 0 ? 'no case has a name that was chosen' : 'no case could be run';
  return { ok: ran > 0 && counts.failed === 0 && counts.limitsExceeded === 0, problem: ran > 0 ? null : why, counts, files };
}

/** A workload or pod by name. */
export function workloadKey({ kind, namespace = '', name }: ObjectRef): string {
  return `${namespace}/${kind.toLowerCase()}/${name}`;
}
