/**
 * The portability report as data: what the same policies mean under other data planes.
 */
import type { Verdict } from '../model/decision.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { CniProfile } from '../model/profile.ts';
import type { PortRange } from '../reach/lines.ts';
import type { EndGroup } from '../reach/roll-up.ts';

export type { PortRange } from '../reach/lines.ts';

export type SwitchName = Exclude<keyof CniProfile, 'name' | 'caveats'>;

/** `opens`: denied by the baseline, allowed here. `closes`: the other way round. `uncertain`: one of the two verdicts is unknown. */
export type Effect = 'opens' | 'closes' | 'uncertain';

export interface PortabilityReport {
  readonly baseline: string;
  readonly cnis: readonly CniPortability[];
  /** Is there a data plane with a finding, or with a policy that only it does not enforce? */
  readonly differs: boolean;
  /** False: a limit was reached, and there may be more differences. */
  readonly complete: boolean;
  /** What verdicts of the baseline do not know. */
  readonly caveats: readonly Caveat[];
}

/** What is known of a data plane and no profile models: a feature gate that is off by default, pods that are not policed. Told, and no difference. */
export interface Caveat {
  readonly message: string;
  /** The first object that it concerns. */
  readonly object: ObjectRef | null;
  readonly origin: Origin;
}

export interface CniPortability {
  readonly cni: string;
  /** How the profile differs from the baseline's. */
  readonly switches: readonly SwitchChange[];
  readonly notEnforced: readonly UnenforcedPolicy[];
  /** Those that the baseline does not share. */
  readonly caveats: readonly Caveat[];
  /** Pairs of ends (pods, nodes and outside ranges, per address family) of which some port opens, closes or is uncertain. */
  readonly pairs: Readonly<Record<Effect, number>>;
  /** By cause: what opens first, then what closes, then what is uncertain; larger ones first. */
  readonly findings: readonly PortabilityFinding[];
  /** False: a limit was reached, and there may be more differences. */
  readonly complete: boolean;
  /** What was found while the policies were compiled for it. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface SwitchChange {
  readonly name: SwitchName;
  readonly baseline: string | boolean;
  readonly value: string | boolean;
}

export interface UnenforcedPolicy {
  readonly policy: ObjectRef;
  readonly origin: Origin;
  /** A clause: what the data plane does instead. */
  readonly because: string;
  /** The baseline does not enforce it either. */
  readonly baselineToo: boolean;
}

/** Differences with one cause. */
export interface PortabilityFinding {
  readonly effect: Effect;
  /** Switches that make the difference: one, or several that only do so together. */
  readonly switches: readonly SwitchName[];
  /** False: a limit was reached before the cause was known. It is one of the switches, or several of them. */
  readonly explained: boolean;
  /** Why, as a sentence. */
  readonly because: string;
  readonly places: readonly CausePlace[];
  readonly connections: readonly ChangedConnections[];
  /** A pair that changes at several ports, or in two ways, is counted once. */
  readonly pairs: number;
}

/** Where a policy says what is read differently. */
export interface CausePlace {
  readonly policy: ObjectRef;
  /** Path in the object, such as `spec.egress[0].to[1].ipBlock`; null for the whole policy. */
  readonly field: string | null;
  readonly origin: Origin;
}

export interface ChangedConnections {
  readonly from: readonly EndGroup[];
  readonly to: readonly EndGroup[];
  /** True: pods with themselves or with their own nodes. False: all others. */
  readonly own: boolean;
  readonly ports: readonly PortRange[];
  readonly before: Verdict;
  readonly after: Verdict;
  readonly pairs: number;
}

export function effectOf(before: Verdict, after: Verdict): Effect {
  if (before === 'unknown' || after === 'unknown') return 'uncertain';
  return after === 'allow' ? 'opens' : 'closes';
}
