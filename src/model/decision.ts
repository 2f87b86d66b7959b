/**
 * A decision: what happens to a flow, and why.
 */
import type { ObjectRef, Origin } from './origin.ts';
import type { Action } from './policy.ts';
import type { Direction } from './protocol.ts';

/** What happens to a flow. `unknown`: it cannot be said from what is known; the reason is given. */
export type Verdict = 'allow' | 'deny' | 'unknown';

/** Why a half of a flow came out as it did when no rule decided. */
export type DefaultReason =
  /** This end is not a pod that policies apply to (an address, a node, a host-network pod). */
  | 'not-a-policed-pod'
  /** No policy isolates the pod in this direction. */
  | 'not-isolated'
  /** The pod is isolated and no rule matches. */
  | 'isolated-no-rule-matches'
  /** A pod cannot block itself. */
  | 'pod-to-itself'
  /** No policy that could stand between a pod and its own node does. */
  | 'own-node'
  /** No rule of any tier matched and the policy set's last word is not allow. */
  | 'unmatched'
  /** The profile says that policies do not apply to this protocol. */
  | 'protocol-not-policed';

/** One way in which a rule matched. Indices are those of the API object. */
export interface RuleReason {
  readonly policy: ObjectRef;
  readonly tier: string;
  readonly direction: Direction;
  readonly action: Action;
  /** `spec.ingress[rule]` or `spec.egress[rule]`; -1 for a policy that could not be read. */
  readonly rule: number;
  /** Index into `from` or `to`; null where the rule names no peer (every peer). */
  readonly peer: number | null;
  /** Index into `ports`; null where the rule names no port (every port). */
  readonly port: number | null;
  /** Where the rule stands. */
  readonly origin: Origin;
  /** Why the rule is unknown, for action `unknown`; in an `unknown` verdict, what is open about any other rule. */
  readonly because?: string;
}

/** One half of a decision: the source's egress or the destination's ingress. */
export interface DirectionDecision {
  readonly verdict: Verdict;
  /** Is the pod isolated in this direction by a policy that could be read? */
  readonly isolated: boolean;
  /** The policies that isolate it, in order of namespace and name. */
  readonly isolatedBy: readonly ObjectRef[];
  /** The rules with action `pass` that the flow met on its way, in order of tier: each left its tier to the next one. */
  readonly passes: readonly RuleReason[];
  /** Every determining rule, in order of tier, policy, rule, peer, port. Empty where a default decided. */
  readonly reasons: readonly RuleReason[];
  /** The default that decided, null where rules did. */
  readonly default: DefaultReason | null;
}

/** Why a whole decision is `unknown` although its halves are not. */
export type UnknownCause =
  /** The ends stand for several pods or address families whose verdicts differ. */
  | 'ends-differ'
  /** The ends have no address family in common. */
  | 'no-common-family'
  /** The address belongs to a Service: policy applies to its backends after translation. */
  | 'service-address'
  /** The address belongs to a pod, node or Service that could not be read. */
  | 'unreadable-end'
  /** A protocol outside the model, where there are administrators' policies, whose rules can match every protocol. */
  | 'protocol-not-judged'
  /** Several running pods or nodes have this address, and their verdicts differ. */
  | 'address-ambiguous';

export interface Decision {
  readonly verdict: Verdict;
  readonly egress: DirectionDecision;
  readonly ingress: DirectionDecision;
  /** Present when the verdict is `unknown` for a reason outside the two halves, with a sentence about it. */
  readonly unknown?: { readonly cause: UnknownCause; readonly message: string };
}
