/**
 * What a simulation found, as plain data. Everything but `run` follows from tables, seed, flows and mix alone.
 */
import type { FlowShares } from '../flows/flow-plan.ts';
import type { DefaultReason } from '../model/decision.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Direction, Protocol } from '../model/protocol.ts';
import type { CounterLevel } from './counters.ts';
import type { DeniedLevel } from './denied-groups.ts';
import type { FlowColumns } from './protocol.ts';

/** Numbers of flows. */
export interface VerdictCounts {
  readonly allow: number;
  readonly deny: number;
  readonly unknown: number;
}

/** Names a rule as the API object does. */
export interface RuleRef {
  readonly policy: ObjectRef;
  readonly direction: Direction;
  /** `spec.ingress[rule]` or `spec.egress[rule]`; -1 for a policy that could not be read. */
  readonly rule: number;
  readonly origin: Origin;
}

export interface RuleHits extends RuleRef {
  /** Flows in whose decision this rule was a reason; a flow counts once, however many peers and ports of the rule match. */
  readonly hits: number;
}

export interface PolicyHits {
  readonly policy: ObjectRef;
  /** Halves of flows (the source's egress, the destination's ingress) in which a rule of this policy was a reason. */
  readonly hits: number;
  /** Halves denied because this policy, alone or with others, isolates the pod and no rule matched: what a default-deny policy does. */
  readonly defaultDenials: number;
}

/** Halves of flows that no rule decided, by the default that did. Defaults that never decided have 0. */
export type DefaultCounts = Readonly<Partial<Record<DefaultReason, number>>>;

export interface DeniedPair {
  /** A workload (`namespace/kind/name`), a pod without one (`namespace/name`), `node/name`, an address range; or a coarser group: see `deniedPairs.level`. */
  readonly from: string;
  readonly to: string;
  readonly flows: number;
}

/** What the tables hold. */
export interface TableFacts {
  readonly sizeBytes: number;
  readonly endpoints: number;
  readonly policies: number;
  readonly rules: number;
  readonly decisions: number;
}

/** How the run went: different each time. */
export interface RunFacts {
  readonly workers: number;
  /** From the first worker's start to the last answer. */
  readonly durationMs: number;
  readonly flowsPerSecond: number;
}

export interface SimulationReport {
  readonly apiVersion: 'netpolsim/v1';
  readonly kind: 'SimulationReport';
  readonly profile: string;
  readonly seed: number;
  readonly flows: number;
  readonly counters: CounterLevel;
  /** Flows generated of each kind. */
  readonly generated: FlowShares;
  readonly verdicts: VerdictCounts;
  readonly verdictsByProtocol: Readonly<Record<Protocol, VerdictCounts>>;
  /** Every rule in the order of the tables. Absent when only verdicts were counted, as the four that follow. */
  readonly rules?: readonly RuleHits[];
  /** Every policy in the order of the tables. */
  readonly policies?: readonly PolicyHits[];
  /** Rules without a hit; policies without a hit and without a default denial. */
  readonly neverHit?: { readonly rules: readonly RuleRef[]; readonly policies: readonly ObjectRef[] };
  readonly defaults?: Readonly<Record<Direction, DefaultCounts>>;
  /** The pairs with the most denied flows, most first, then by name. Present when the counters are `full`. */
  readonly topDeniedPairs?: readonly DeniedPair[];
  /** What the ends of denied pairs are: the finest that fits the tables. */
  readonly deniedPairsLevel?: DeniedLevel;
  readonly tables: TableFacts;
  readonly run: RunFacts;
  /** Every flow with its verdict, when asked for. Not part of the JSON form: leave it out before printing. */
  readonly columns?: FlowColumns;
}

/** The part of a report that must be equal for equal tables, seed, flows and mix, whatever the workers. */
export function reproduciblePart(report: SimulationReport): Omit<SimulationReport, 'run' | 'columns'> {
  const { run: _run, columns: _columns, ...reproducible } = report;
  return reproducible;
}
