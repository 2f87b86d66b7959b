/**
 * What a search for counterexamples found: data, for whoever shows it.
 */

import type { Origin } from '../model/origin.ts';
import type { Mutation, MutationKind } from '../neighbours/mutation.ts';
import type { BrokenFlow, Invariant, InvariantStatus } from './invariant.ts';

/** A cluster in which an invariant does not hold. */
export interface FuzzCounterexample {
  /** Path that leads to it, with the seed of the report; null for the cluster as it is. */
  readonly path: string | null;
  /** None for the cluster as it is. */
  readonly mutations: readonly Mutation[];
  /** The same as sentences. */
  readonly changes: readonly string[];
  /** The first connections that break it. */
  readonly broken: readonly BrokenFlow[];
  /** Was everything tried that might make it smaller? Not, when time ran out. */
  readonly shrunk: boolean;
}

export interface FuzzedInvariant {
  readonly name: string;
  readonly kind: Invariant['kind'];
  readonly origin: Origin;
  readonly message: string | null;
  /** In the cluster as it is. */
  readonly original: Exclude<InvariantStatus, 'vacuous'>;
  /** Pairs of ends that were judged there; null for `unchanged`. */
  readonly pairs: number | null;
  /** Neighbours in which nothing certain breaks it and some verdict is unknown. */
  readonly unknownNeighbours: number;
  readonly counterexample: FuzzCounterexample | null;
}

export interface FuzzReport {
  readonly seed: number;
  /** Set where one neighbour was looked at again. */
  readonly path: string | null;
  /** How many neighbours were to be judged. */
  readonly runs: number;
  /** How many were. Fewer where all invariants were broken before, or time ran out. */
  readonly neighbours: number;
  readonly cut: boolean;
  readonly mutations: readonly MutationKind[];
  /** Most mutations at once. */
  readonly most: number;
  /** Name of the CNI profile. */
  readonly profile: string;
  readonly invariants: readonly FuzzedInvariant[];
  /** Policies of kinds that are not judged: verdicts are those without them. */
  readonly notJudged: readonly { readonly kind: string; readonly policies: number }[];
  /** What verdicts assume that the input does not say, one line each. */
  readonly doubts: readonly string[];
  /** Could all of the input be read? */
  readonly readWhole: boolean;
  /** Does everything hold that was to be looked at, and was nothing unknown, assumed or left out? No proof. */
  readonly ok: boolean;
}
