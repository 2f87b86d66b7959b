/**
 * What a file of expectations says, whatever its format: cases, each with two ends, ports and the verdict that is expected. Nothing here knows a cluster.
 */
import type { Verdict } from '../model/decision.ts';
import type { Origin } from '../model/origin.ts';
import type { Direction, Protocol } from '../model/protocol.ts';

/** A named port that a pod which does not exist yet will declare. */
export interface AssumedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** The pods that labels select. Where they select none, one pod that has them is assumed. */
export interface PodsEnd {
  readonly kind: 'pods';
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined: of any labels, and the namespace must be there. */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** What an assumed pod declares. */
  readonly containerPorts: readonly AssumedPort[];
  /** The addresses of an assumed pod. */
  readonly ips: readonly string[];
}

export type TestEnd =
  /** `namespace/name` or `namespace/kind/name`, as `can-reach` takes it. */
  | { readonly kind: 'workload'; readonly workload: string }
  | PodsEnd
  | { readonly kind: 'ip'; readonly ip: string }
  /** Every address of the block that is in no exception. `outside`: only those of no pod, node or Service. */
  | { readonly kind: 'cidr'; readonly cidr: string; readonly except: readonly string[]; readonly outside: boolean }
  | { readonly kind: 'host'; readonly host: string };

/** Numbers, or a name that each destination pod gives numbers to. */
export interface TestPort {
  readonly protocols: readonly Protocol[];
  readonly ports: { readonly first: number; readonly last: number } | { readonly name: string };
  /** As it was written. */
  readonly text: string;
}

/** Who must have decided. */
export interface Because {
  /** `namespace/name`, or the name of a cluster-scoped policy. */
  readonly policy: string;
  readonly kind?: string;
  readonly direction?: Direction;
  readonly rule?: number;
}

export interface TestCase {
  readonly name: string;
  readonly origin: Origin;
  readonly from: TestEnd;
  readonly to: TestEnd;
  readonly ports: readonly TestPort[];
  readonly expect: Verdict;
  /** Must it hold for all pairs of ends, or for one? For a pair it must hold at every port. */
  readonly over: 'all' | 'some';
  readonly because?: Because;
  /** What to tell when it fails. */
  readonly message?: string;
  /** What the file says about this case and is not used. */
  readonly notes: readonly string[];
}

/** A case of another tool's file that cannot be asked here, and why. */
export interface SkippedCase {
  readonly name: string;
  readonly origin: Origin;
  readonly because: string;
}

/** At most so many, or that share. */
export interface TestLimit {
  readonly most: number;
  readonly isPercent: boolean;
  readonly origin: Origin;
}

export interface ReachabilityTest {
  readonly file: string;
  readonly name: string;
  readonly format: 'reachability-test' | 'netassert' | 'policy-assistant';
  /** Paths and patterns of manifests, relative to the file. */
  readonly inputs: readonly { readonly path: string; readonly origin: Origin }[];
  readonly cases: readonly TestCase[];
  readonly skipped: readonly SkippedCase[];
  readonly limits: { readonly unknown?: TestLimit; readonly untestedWorkloads?: TestLimit };
}
