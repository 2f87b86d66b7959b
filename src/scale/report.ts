/**
 * What the policy-scale benchmark found: plain data, made by `benchPolicies`, judged and written by `report/scale-*`. Times are milliseconds or microseconds and say so in their names, sizes are bytes.
 */
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Direction } from '../model/protocol.ts';
import type { Estimate } from './statistics.ts';

export const SCALE_STAGES = [
  'load',
  'cluster',
  'lower',
  'prefixes',
  'addresses',
  'endpoints',
  'catalogue',
  'ports',
  'ingress',
  'egress',
  'pack',
  'names',
] as const;
export type ScaleStage = (typeof SCALE_STAGES)[number];

export interface ScaleReport {
  readonly apiVersion: 'netpolsim/v1';
  readonly kind: 'PolicyScaleReport';
  readonly machine: Machine;
  readonly settings: ScaleSettings;
  readonly set: SetReport;
  /** The set of `--against`, measured in turns with the first. */
  readonly against: SetReport | null;
  /** How many times as much `set` costs as `against`. */
  readonly comparison: readonly Ratio[] | null;
  /** `set` against itself, measured in the same way: what differs here is noise. */
  readonly noise: readonly Ratio[];
  readonly growth: { readonly cluster: Growth; readonly policies: Growth };
}

export interface ScaleSettings {
  readonly seed: number;
  readonly quick: boolean;
  /** Processes that measured each set. */
  readonly rounds: number;
  /** Flows judged and questions timed in each process. */
  readonly flows: number;
  readonly queries: number;
  readonly profile: string;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  /** Load over one minute before the first measurement: near the number of cores, times mean little. */
  readonly load: number;
  /** The largest caches of one core and of all; null where the system does not say. */
  readonly cache: { readonly level2Bytes: number | null; readonly level3Bytes: number | null };
}

export interface SetReport {
  /** As the user named it. */
  readonly name: string;
  readonly input: {
    readonly namespaces: number;
    readonly pods: number;
    readonly networkPolicies: number;
    readonly adminPolicies: number;
    readonly unreadablePolicies: number;
  };
  /** Flows on which engine and reference agreed, before anything was timed. */
  readonly checkedFlows: number;
  readonly verdicts: { readonly allow: number; readonly deny: number; readonly unknown: number };
  readonly tables: TableFacts;
  readonly compile: { readonly coldMs: Estimate; readonly warmMs: Estimate; readonly peakBytes: Estimate };
  readonly stages: readonly StageReport[];
  readonly flowsPerSecond: Estimate;
  readonly query: { readonly verdict: Latency; readonly reasons: Latency };
  readonly costs: Costs;
  readonly withoutEffect: WithoutEffect;
}

export interface TableFacts {
  readonly sizeBytes: number;
  /** The part that verdicts are read from, as the kernel holds it. */
  readonly verdictBytes: number;
  readonly policies: number;
  readonly rules: number;
  readonly endpoints: number;
  readonly portClasses: number;
  readonly directions: Readonly<
    Record<
      Direction,
      { readonly subjectClasses: number; readonly peerClasses: number; readonly rows: number; readonly verdictRows: number }
    >
  >;
}

export interface StageReport {
  readonly stage: ScaleStage;
  /** Null for `load` of what came through a pipe. */
  readonly coldMs: number | null;
  readonly warmMs: number | null;
  /** By how much the stage raised the most memory that the process had so far. */
  readonly raisedBytes: number | null;
}

/** Of one question, in microseconds. */
export interface Latency {
  readonly p50Us: number;
  readonly p90Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
}

/** `name`: what is compared. `ratio` above 1: more. `differs`: the interval does not hold 1. */
export interface Ratio {
  readonly name: string;
  readonly better: 'less' | 'more';
  readonly ratio: Estimate;
  readonly differs: boolean;
}

export interface Growth {
  readonly points: readonly GrowthPoint[];
  /** e in `size^e`; null when fewer than two sizes could be measured. */
  readonly compileExponent: number | null;
  readonly bytesExponent: number | null;
}

/** One size. What could not be measured has a reason and no numbers. */
export type GrowthPoint =
  | {
      readonly factor: number;
      readonly pods: number;
      readonly policies: number;
      readonly compileMs: Estimate;
      readonly tableBytes: number;
      readonly verdictBytes: number;
      readonly rows: number;
      readonly peakBytes: number;
      readonly flowsPerSecond: Estimate;
      readonly verdictUs: number;
    }
  | { readonly factor: number; readonly failed: string };

/** Ten of each at most, the dearest first. Counts, not times: the same on every machine. */
export interface Costs {
  readonly policies: readonly PolicyCost[];
  readonly selectors: readonly SelectorCost[];
  readonly rules: readonly RuleCost[];
}

/** What one policy or rule makes the compiler do, both directions together. */
export interface CostCounts {
  /** (subject class, peer class) cells that its entries are folded into: what the order goes by. */
  readonly cells: number;
  /** One for each peer and port. */
  readonly entries: number;
  readonly pods: number;
  readonly subjectClasses: number;
  readonly peerClasses: number;
  /** Groups of endpoints that policies cannot tell apart, which its peers match. */
  readonly peerUnits: number;
  /** Places where its ports cut the port numbers, and those where no other policy does. */
  readonly portBoundaries: number;
  readonly ownPortBoundaries: number;
  /** Rows of the subject classes that it has a part in. */
  readonly rows: number;
}

/** By how much the tables are smaller without it, compiled again. Null where that would take too long. */
export interface Saving {
  readonly bytes: number;
  readonly rows: number;
  readonly subjectClasses: number;
  readonly peerClasses: number;
}

export interface PolicyCost extends CostCounts {
  readonly policy: ObjectRef;
  readonly origin: Origin;
  readonly rules: number;
  readonly saving: Saving | null;
}

export interface RuleCost extends CostCounts {
  readonly policy: ObjectRef;
  readonly origin: Origin;
  readonly direction: Direction;
  /** `spec.ingress[index]`; -1 for a policy that could not be read. */
  readonly index: number;
  readonly saving: Saving | null;
}

export interface SelectorCost {
  /** `namespaces(team=a) pods(app in (x,y))`. */
  readonly selector: string;
  /** Policies whose subject it is, and peers of rules that it is. */
  readonly asSubject: number;
  readonly asPeer: number;
  readonly pods: number;
  readonly units: number;
  /** Uses times units: what the order goes by. */
  readonly touched: number;
}

/** What is written and decides nothing. */
export interface WithoutEffect {
  /** Policies that select no pod, and the first ten of them. */
  readonly selectNoPod: number;
  readonly policies: readonly { readonly policy: ObjectRef; readonly origin: Origin }[];
  /** Rules of which no peer is in the cluster or outside, and the first ten of them. */
  readonly rulesWithoutPeers: number;
  readonly rules: readonly { readonly policy: ObjectRef; readonly origin: Origin }[];
  /** Policies that the profile's data plane does not enforce, wholly or in part. */
  readonly notEnforced: number;
}
