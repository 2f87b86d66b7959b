/**
 * What the specification of a generated cluster looks like: `datasets/shapes/*.json`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHAPES } from '../support/paths.ts';

/** Value, as text, to how often it occurs. */
export type Histogram = Readonly<Record<string, number>>;

export interface FieldReplicaShape {
  readonly name: string;
  readonly about: string;
  readonly source: string;
  readonly seed: number;
  /** Measured at a real cluster. A "rule" is one entry of `ingress` or `egress`; it names either CIDRs or selectors. */
  readonly published: {
    readonly namespaces: number;
    readonly pods: number;
    readonly networkPolicies: number;
    /** Policies that select no pod. */
    readonly withoutEffect: number;
    /** Policies that select pods and have no rule. */
    readonly denyOnly: number;
    /** Pods that a policy with rules selects. */
    readonly localPods: Histogram;
    readonly cidrsPerRule: Histogram;
    readonly selectorsPerRule: Histogram;
    /** Distinct pods that the selectors of a rule match. */
    readonly peerPods: Histogram;
    readonly portsPerCidrRule: Histogram;
    readonly portsPerSelectorRule: Histogram;
    readonly cidrRulesWithRange: number;
    readonly selectorRulesWithRange: number;
  };
  /** Not published, chosen. */
  readonly assumed: {
    readonly podsPerNamespace: Histogram;
    /** Weights. */
    readonly podsPerApp: Histogram;
    /** Of policies with rules. */
    readonly rulesPerPolicy: Histogram;
    readonly nodes: number;
    readonly ingressShare: number;
    readonly bothDirectionsShare: number;
    /** Share of selector rules that name pods of the policy's own namespace, where such a set of pods exists. */
    readonly ownNamespaceShare: number;
    readonly distinctCidrs: number;
    readonly exceptShare: number;
    readonly distinctPorts: number;
    readonly udpShare: number;
    readonly namedPortShare: number;
  };
}

/** The shape of the field replica, as committed. */
export function readFieldReplicaShape(): FieldReplicaShape {
  return JSON.parse(readFileSync(join(SHAPES, 'field-replica.json'), 'utf8')) as FieldReplicaShape;
}
