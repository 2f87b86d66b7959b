/**
 * The difference in reachability between two policy sets or two states of a cluster, as data.
 */
import type { DefaultReason, RuleReason, Verdict } from '../model/decision.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Direction } from '../model/protocol.ts';
import type { PortRange } from '../reach/lines.ts';
import type { Coarsest, EndGroup } from '../reach/roll-up.ts';

/** `absent`: one of the ends is not there, so that nothing is reached. */
export type DiffVerdict = Verdict | 'absent';

/**
 * `opened`: allowed only after. `closed`: allowed only before. `changed`: opened at some ports, closed at others. `uncertain`: at a port one of the two verdicts is unknown. `reason`: the same verdict, and
 * another rule or default is why.
 */
export type DiffEffect = 'opened' | 'closed' | 'changed' | 'uncertain' | 'reason';

export interface ReachabilityDiff {
  /** Names of the CNI profiles. */
  readonly profiles: { readonly before: string; readonly after: string };
  readonly by: Coarsest;
  /** Nothing differs, everything is certain and modelled, and both have the same ends and addresses: proven for every pair of ends at every port. */
  readonly equivalent: boolean;
  /** Every verdict is known on both sides, both were read whole, everything was compared, and there is no doubt and no other Service. */
  readonly certain: boolean;
  /** What opened first, then what changed, closed, is uncertain, has another reason; larger ones first. Reasons only when they are asked for. */
  readonly rows: readonly DiffRow[];
  readonly pairs: DiffPairs;
  /** What was compared. Ends are pods, nodes and outside ranges, per address family. */
  readonly compared: { readonly ends: number; readonly classPairs: number };
  /** Pods and nodes (or their addresses of a family) that only one of the two has. */
  readonly added: readonly EndGroup[];
  readonly removed: readonly EndGroup[];
  /** Ranges of addresses that belong to others: pods, nodes, Services, nobody. Pods are compared by name, nodes by name and address, outside is what is nobody's in both. */
  readonly movedRanges: number;
  /** They lead to pods, and are not followed: verdicts are about what pods are sent. */
  readonly services: ServiceChanges;
  /** What verdicts do not know, or rest on without being told. */
  readonly doubts: readonly DiffNotice[];
  /** What verdicts leave out by convention, or the profile does not model: verdicts are those without it. */
  readonly caveats: readonly DiffNotice[];
  /** What could not be read whole: objects whose addresses are known, and whether there were errors in the input of a side. */
  readonly unreadable: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly errors: { readonly before: boolean; readonly after: boolean };
  /** False: a limit was reached, and there may be more differences. */
  readonly complete: boolean;
  /** False: a limit was reached before all causes were found. Rows without causes are those. */
  readonly explained: boolean;
}

/** `namespace/name` of Services that only one side has, or that have another type, selector, ports or addresses. */
export interface ServiceChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export interface DiffNotice {
  readonly side: 'before' | 'after' | 'both';
  /** Of the diagnostic, where it is one; `no-pod`, `tables-alone`, `node-addresses`, `pods-without-address`, `pods-addressed-on-one-side`. */
  readonly code: string;
  readonly message: string;
  readonly origin: Origin | null;
}

/** Pairs of ends, per address family. A pair that is `changed` is neither in `opened` nor in `closed`; one that is uncertain at a port may be in these, too. */
export interface DiffPairs {
  readonly opened: number;
  readonly closed: number;
  readonly changed: number;
  readonly uncertain: number;
  /** The same verdict for another reason at some port. `reasonComplete` false: at least so many. */
  readonly reason: number;
  readonly reasonComplete: boolean;
  /** Unknown before and after at some port: nobody knows whether that changed. */
  readonly unknown: number;
}

/** Pairs of ends that change alike, for causes with the same rules. */
export interface DiffRow {
  readonly effect: DiffEffect;
  readonly from: DiffEnds;
  readonly to: DiffEnds;
  /** True: only pods with their own nodes (or a pod with itself) are meant. False: all others, and never these. */
  readonly own: boolean;
  /** Pairs of a pod and its own node that are among the named ends and are not meant, as `own` is false: they do not change like this. */
  readonly withoutOwnNodes: number;
  readonly changes: readonly DiffChange[];
  /** Every distinct cause of every pair and port of the row. */
  readonly causes: readonly DiffCause[];
  readonly pairs: number;
}

export interface DiffEnds {
  /** Ends that only one of the two has. Names then stand for those alone. */
  readonly mark: 'added' | 'removed' | null;
  readonly groups: readonly EndGroup[];
}

export interface DiffChange {
  readonly ports: readonly PortRange[];
  readonly before: DiffVerdict;
  readonly after: DiffVerdict;
}

/** What one half of a connection says before and after; null where an end is not there. */
export interface DiffCause {
  readonly direction: Direction;
  readonly before: DiffReason | null;
  readonly after: DiffReason | null;
}

export interface DiffReason {
  readonly verdict: Verdict;
  /** Rules that decide, and those that passed the connection on to them. */
  readonly rules: readonly RuleReason[];
  /** The default that decided; null where rules did. */
  readonly default: DefaultReason | null;
  /** Who isolates, where no rule matches. */
  readonly isolatedBy: readonly PlacedPolicy[];
}

export interface PlacedPolicy {
  readonly policy: ObjectRef;
  readonly origin: Origin;
}
