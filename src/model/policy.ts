/**
 * The internal policy form: ordered tiers of policies of rules. Every dialect lowers to it (DESIGN: one form for every dialect).
 * In each tier, in order, the first matching rule decides, or in a tier that matches `all` every matching rule is a reason;
 * `pass` leaves the tier. If none matches and some policy of the tier isolates the subject in this direction: deny. Otherwise the
 * next tier. After the last: `onUnmatched`.
 *
 * Two things can be open: whether a peer matches (a name whose addresses are not known), and which of several policies of one rank comes first. Every way in which they
 * could turn out is followed. Where all end in one verdict it is the verdict, told along the main line: open matches do not match, and policies of one rank are in the
 * order of the list. Where they do not, the verdict is `unknown`, and the reasons are the rules that parted the ways. An open match turns out by itself: that another for the same address would turn out
 * alike is not used, so that a verdict may be unknown that could be known, and never the other way round.
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
   * `all`: rules are `allow` or `unknown` only, no peer is open, and order means nothing; every matching allow rule is a reason; matching unknown rules count only when no
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
  /**
   * In a tier where the first match decides: policies with an equal rank stand beside each other, and which comes first is not defined. They are neighbours in the list.
   * Absent: like no other's.
   */
  readonly rank?: number;
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
  /** Its peers and ports have no places of their own: those that say the same can be one object in many rules. */
  readonly origin: Origin;
  /** Why an `unknown` rule is unknown, or why it is open whether one of its peers matches. */
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

/** Addresses in some of `cidrs`. Whether it matches an end that has an address nobody knows (a pod that stands for a workload) is open, other than for an ipBlock. */
export interface Networks {
  readonly kind: 'networks';
  readonly cidrs: readonly IpPrefix[];
}

/** Nodes by labels, and pods that the profile treats as their nodes. Whether it matches a node without known labels is open, unless the selector is empty; and, where there is no Node object at all, whether it matches an address outside. */
export interface NodeMatch {
  readonly kind: 'nodes';
  readonly nodes: Selector;
}

/** The addresses of names: `known` are certain. Where `names` holds names of which no address is known, it is open whether any other address is one of theirs. */
export interface DomainNames {
  readonly kind: 'domainNames';
  readonly known: readonly IpPrefix[];
  readonly names: readonly string[];
}

export type Peer = PodMatch | IpBlock | Networks | NodeMatch | DomainNames;

/** Ports `from..to`, inclusive, of one protocol; or the port that the destination pod declares under `name`, for that protocol or for any. */
export type PortMatch =
  | { readonly kind: 'range'; readonly protocol: Protocol; readonly from: number; readonly to: number }
  | { readonly kind: 'named'; readonly protocol: Protocol | 'any'; readonly name: string };
