/**
 * The internal policy form: ordered tiers of policies of rules. Every dialect lowers to it (DESIGN: one form for every dialect).
 * In each tier, in order, the first matching rule decides, or in a tier that matches `all` every matching rule is a reason;
 * `pass` leaves the tier. If none matches and some policy of the tier isolates the subject in this direction: deny. Otherwise the
 * next tier. After the last: `onUnmatched`.
 */
import type { IpPrefix } from '../lib/ip-address.ts';
import type { ObjectRef, Origin } from './origin.ts';
import type { Direction, Protocol } from './protocol.ts';
import type { Selector } from './selector.ts';

/** What a rule says. `unknown`: the policy is there but could not be read. `log` never decides. */
export type Action = 'allow' | 'deny' | 'pass' | 'log' | 'unknown';

export interface PolicySet {
  readonly tiers: readonly Tier[];
  readonly onUnmatched: 'allow' | 'deny';
}

export interface Tier {
  readonly name: string;
  /**
   * `first`: rules in order of policies, then rules; the first that matches decides.
   * `all`: rules are `allow` or `unknown` only and order means nothing; every matching allow rule is a reason; matching unknown rules count only when no
   * allow matches.
   */
  readonly match: 'first' | 'all';
  /** In order of evaluation. */
  readonly policies: readonly Policy[];
}

export interface Policy {
  readonly ref: ObjectRef;
  readonly origin: Origin;
  /** The pods it applies to. Never a node or an address. */
  readonly subject: PodMatch;
  /** Whether a subject that no rule of this tier matches is denied, per direction. */
  readonly isolates: Readonly<Record<Direction, boolean>>;
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly direction: Direction;
  readonly action: Action;
  /** `any`: every peer, inside and outside the cluster. An empty list matches nothing. */
  readonly peers: 'any' | readonly Peer[];
  /** `any`: every port of every protocol. An empty list matches nothing. */
  readonly ports: 'any' | readonly PortMatch[];
  /** Index of the rule in its list in the API object (`spec.ingress[index]`). */
  readonly index: number;
  readonly origin: Origin;
  /** Why an `unknown` rule is unknown. */
  readonly reason?: string;
}

/** Pods by namespace and labels. Never matches a node, an address or a pod that the profile keeps out of selectors. */
export interface PodMatch {
  readonly kind: 'pods';
  /** One namespace by name, or the namespaces that a selector matches. */
  readonly namespaces: { readonly name: string } | { readonly selector: Selector };
  readonly pods: Selector;
}

/** Addresses in `cidr` and in none of `except`. */
export interface IpBlock {
  readonly kind: 'ipBlock';
  readonly cidr: IpPrefix;
  readonly except: readonly IpPrefix[];
}

export type Peer = (PodMatch | IpBlock) & { readonly origin: Origin };

/** Ports `from..to`, inclusive, of one protocol; or the port that the destination pod declares under `name` for that protocol. */
export type PortMatch = (
  | { readonly kind: 'range'; readonly protocol: Protocol; readonly from: number; readonly to: number }
  | { readonly kind: 'named'; readonly protocol: Protocol; readonly name: string }
) & { readonly origin: Origin };
