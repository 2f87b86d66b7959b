/**
 * What became of a zone: data, for whoever shows it. It says which checks hold, never that anything is compliant.
 */
import type { Deciding } from '../expectations/deciding.ts';
import type { PortSpan } from '../expectations/wanted-ports.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Direction } from '../model/protocol.ts';
import type { CheckId, ControlId } from './controls.ts';
import type { Way } from './zone.ts';

/** `cannot-be-shown`: some verdict that it rests on is unknown, or the input does not say enough. `not-asked`: the file does not ask for it. */
export type ComplianceStatus = 'holds' | 'fails' | 'cannot-be-shown' | 'not-asked';

/**
 * Some ends of connections. A pod or node of both address families says which one is meant, as `shop/web (IPv6)`.
 */
export interface ZoneEnds {
  /** `namespace/name`, in order. */
  readonly pods: readonly string[];
  /** In order; with the address that is meant, as `node-1 (192.0.2.1)`, where the node has several. */
  readonly nodes: readonly string[];
  /** Blocks, addresses, or `first-last`, in order: of them, the addresses outside, of no pod, node or Service. */
  readonly addresses: readonly string[];
}

/**
 * All pairs of `from` and `to` that are pairs: not a pod and itself, not a pod and its own node where the data plane always connects them, not ends without a common address family.
 */
export interface ZoneConnections {
  readonly from: ZoneEnds;
  readonly to: ZoneEnds;
  readonly ports: readonly PortSpan[];
  readonly verdict: 'allow' | 'unknown';
  /** What decided: rules, or that nothing isolates. */
  readonly deciding: readonly Deciding[];
}

export interface ComplianceFinding {
  /** `fails`: it is so. `cannot-be-shown`: it may be so. */
  readonly status: 'fails' | 'cannot-be-shown';
  /** What was found, in words. */
  readonly what: string;
  readonly connections: ZoneConnections | null;
  /** Where it is written, apart from what decided. */
  readonly evidence: readonly PolicyEvidence[];
}

/** A policy, or one of its rules, and the part that it has. */
export interface PolicyEvidence {
  readonly policy: ObjectRef;
  readonly direction: Direction;
  /** Index into `spec.ingress` or `spec.egress`; null for the policy as a whole. */
  readonly rule: number | null;
  readonly origin: Origin;
  readonly what: string;
}

export interface CheckResult {
  readonly check: CheckId;
  readonly title: string;
  readonly status: ComplianceStatus;
  /** How many pairs of ends, pods or rules were judged, in words. */
  readonly judged: string;
  readonly findings: readonly ComplianceFinding[];
  /** What does not make it fail, and should be looked at. */
  readonly warnings: readonly string[];
  /** What it rests on. */
  readonly evidence: readonly PolicyEvidence[];
  /** Connections that are told and not judged: listed ones of the internet, and those inside of the zone. */
  readonly told: readonly ZoneConnections[];
}

export interface PathResult {
  readonly way: Way;
  readonly from: string;
  readonly to: string;
  /** `open`: for some pair of its ends, as it was written. */
  readonly ports: readonly { readonly port: string; readonly open: 'yes' | 'unknown' | 'no' }[];
  readonly reason: string;
  readonly origin: Origin;
  /** Why nothing of it is open, where an end stands for nothing. */
  readonly problem: string | null;
  /** The rules that open it. */
  readonly evidence: readonly PolicyEvidence[];
}

export interface ControlResult {
  readonly control: ControlId;
  readonly standard: string;
  readonly number: string;
  readonly asks: string;
  /** Of its checks: `holds` says that they hold, no more. */
  readonly status: Exclude<ComplianceStatus, 'not-asked'>;
  readonly checks: readonly CheckId[];
  readonly notShown: readonly string[];
}

export interface ComplianceReport {
  readonly file: string;
  readonly name: string;
  /** Name of the CNI profile. */
  readonly profile: string;
  readonly status: Exclude<ComplianceStatus, 'not-asked'>;
  readonly zone: {
    readonly selectors: readonly string[];
    readonly pods: readonly string[];
    /** Pods outside of the zone, and the policies that were judged. */
    readonly otherPods: number;
    readonly policies: number;
  };
  readonly controls: readonly ControlResult[];
  readonly checks: readonly CheckResult[];
  readonly paths: readonly PathResult[];
  /** Why nothing at all is shown for certain: nothing holds then. */
  readonly doubts: readonly string[];
  /** What a report of this kind cannot show, and what this input leaves open. */
  readonly notShown: readonly string[];
}
