/**
 * Invariants: statements about every connection between some ends that are to hold whatever happens to the cluster. Their ends are looked up anew in each cluster that they are judged in.
 */
import type { Deciding } from '../expectations/deciding.ts';
import type { TestEnd, TestPort } from '../expectations/test-case.ts';
import type { PortSpan } from '../expectations/wanted-ports.ts';
import type { Verdict } from '../model/decision.ts';
import type { FlowQuery } from '../model/flow.ts';
import type { Origin } from '../model/origin.ts';
import type { Manifests } from '../model/resource.ts';

interface InvariantHead {
  readonly name: string;
  readonly origin: Origin;
  /** What to tell when it is broken. */
  readonly message: string | null;
}

/** `never`: no flow from one of `from` to one of `to` is allowed. `always`: every one is. A pod and itself are no pair; a port name stands for the numbers that each destination declares under it. */
export interface FlowInvariant extends InvariantHead {
  readonly kind: 'never' | 'always';
  readonly from: TestEnd;
  readonly to: TestEnd;
  readonly ports: readonly TestPort[];
}

/** The policies of another set, in place of the cluster's own, give every connection the same verdict. */
export interface UnchangedInvariant extends InvariantHead {
  readonly kind: 'unchanged';
  /** Only its policies count: those that are read, and those that could not be. */
  readonly policies: Manifests;
}

export type Invariant = FlowInvariant | UnchangedInvariant;

/** Connections that break an invariant. */
export interface BrokenFlow {
  readonly from: string;
  readonly to: string;
  /** How many pairs are like this one, with it. */
  readonly pairs: number;
  readonly ports: PortSpan;
  readonly verdict: Verdict;
  /** What it should be. Of `unchanged`: the verdict of the other policies. */
  readonly expected: Verdict;
  /** One of these connections, as `canReach` takes it. Null for a node all of whose addresses others have as well. */
  readonly flow: FlowQuery | null;
  /** Who decided. */
  readonly deciding: readonly Deciding[];
  /** Of `unchanged`: who decided among the other policies. */
  readonly otherDeciding: readonly Deciding[];
}

/** `unknown`: nothing certain breaks it, and some verdict is unknown. `vacuous`: there is no pair of ends to judge; `problem` says why. */
export type InvariantStatus = 'holds' | 'broken' | 'unknown' | 'vacuous';

/** What becomes of an invariant in one cluster. */
export interface InvariantJudgement {
  readonly name: string;
  readonly kind: Invariant['kind'];
  readonly status: InvariantStatus;
  /** Pairs of ends by address family that were judged; null for `unchanged`, which compares classes. */
  readonly pairs: number | null;
  /** Pairs with an unknown verdict at some port. */
  readonly unknownPairs: number;
  readonly problem: string | null;
  /** The first ones. */
  readonly broken: readonly BrokenFlow[];
}
