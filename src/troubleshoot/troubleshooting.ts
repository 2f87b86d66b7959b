/**
 * What troubleshooting finds: a walk along a connection, and the lines to change. Plain data.
 */
import type { ManifestChanges } from '../input/changes.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { NamedReachability } from '../services/named-reachability.ts';

/** What a step is about, in the order of the walk. */
export type StepTopic = 'ends' | 'dns' | 'port' | 'egress' | 'ingress';

/** `blocked`: the connection ends here, for certain. `warning`: it does not, and something looks wrong. */
export type StepOutcome = 'ok' | 'blocked' | 'warning' | 'unknown';

export interface StepDetail {
  readonly sentence: string;
  readonly place: Origin | null;
}

export interface Step {
  readonly topic: StepTopic;
  readonly outcome: StepOutcome;
  readonly sentence: string;
  readonly details: readonly StepDetail[];
}

/** What is wrong, or could be changed. */
export type EditCode =
  /** A rule has the port of a Service where the pod has another. */
  | 'service-port'
  /** A port is there for another protocol; one without protocol is TCP. */
  | 'protocol'
  /** A name of a port that the pod gives to no port, or to another. */
  | 'port-name'
  | 'add-port'
  /** A value or a key of a selector that is nearly a label of the pod or Namespace. */
  | 'label-value'
  | 'label-key'
  /** A namespaceSelector that asks for a Namespace by its name, with another label than the control plane sets. */
  | 'name-label'
  | 'namespace-label'
  | 'pod-label'
  /** A podSelector alone selects in the namespace of the policy. */
  | 'add-namespace-selector'
  /** Two selectors in one list item must both match. */
  | 'split-peer'
  | 'add-value'
  /** A block that holds the address of a Service: policies see its pods. */
  | 'service-address'
  /** An exception that takes the address out. */
  | 'except'
  /** `policyTypes` does not name the direction of rules that are there. */
  | 'policy-types'
  /** A policy that would allow it and nearly selects the pod. */
  | 'policy-selector'
  | 'policy-namespace'
  | 'add-peer'
  | 'add-rule'
  /** A policy of its own, where those that isolate the pod are for every pod of the namespace. */
  | 'add-policy'
  /** Of a Service that has no backend. */
  | 'service-selector'
  | 'target-port';

/** A change of one object that was tried: with it, `step` is no longer blocked. */
export interface Suggestion {
  readonly code: EditCode;
  /** Where the connection is blocked without it. */
  readonly step: 'dns' | 'port' | 'egress' | 'ingress';
  /** What to do, in words. */
  readonly edit: string;
  readonly object: ObjectRef;
  readonly field: string;
  readonly place: Origin;
  /** The objects that the change makes, as `engine.update` takes them. */
  readonly changes: ManifestChanges;
  /** Of the pairs of pods that are blocked there, for how many it opens this half, and for how many the whole connection. */
  readonly blocked: number;
  readonly opens: number;
  readonly connects: number;
  /** It opens something that no rule is nearly for: the connection may be denied on purpose. */
  readonly widens: boolean;
}

/** `partly`: some backends or addresses cannot be reached. `blocked` without a denying policy: nobody is there, or no name is resolved. */
export type WalkOutcome = 'reaches' | 'blocked' | 'partly' | 'unknown';

export interface Troubleshooting {
  readonly outcome: WalkOutcome;
  readonly steps: readonly Step[];
  /** The likeliest first. */
  readonly suggestions: readonly Suggestion[];
  /** Null: the Service has no such port. */
  readonly reachability: NamedReachability | null;
}
