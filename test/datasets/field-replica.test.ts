/**
 * The field replica is what its shape says: counts and published histograms, counted again here from the objects, with a selector matcher of this file's own.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fieldReplica } from '../../bench/workloads/field-replica.ts';
import { readFieldReplicaShape } from '../../bench/workloads/shape.ts';

interface Selector {
  readonly matchLabels?: Record<string, string>;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: string[] }[];
}
interface Rule {
  readonly from?: Peer[];
  readonly to?: Peer[];
  readonly ports?: readonly { port: number | string; endPort?: number }[];
}
interface Peer {
  readonly ipBlock?: { cidr: string; except?: string[] };
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
}
interface Policy {
  readonly metadata: { name: string; namespace: string };
  readonly spec: { podSelector: Selector; policyTypes: string[]; ingress?: Rule[]; egress?: Rule[] };
}
interface Labelled {
  readonly metadata: { name: string; namespace?: string; labels?: Record<string, string> };
}

const shape = readFieldReplicaShape();
const objects = fieldReplica(shape);
const ofKind = <T>(kind: string): T[] => objects.filter((object) => object.kind === kind) as unknown as T[];
const namespaces = ofKind<Labelled>('Namespace');
const pods = ofKind<Labelled & { status: { podIP: string } }>('Pod');
const policies = ofKind<Policy>('NetworkPolicy');
const podsOf = byNamespace(pods);

function byNamespace(items: readonly Labelled[]): Map<string, Labelled[]> {
  const groups = new Map<string, Labelled[]>();
  for (const item of items) groups.set(item.metadata.namespace!, [...(groups.get(item.metadata.namespace!) ?? []), item]);
  return groups;
}

function matches(selector: Selector, item: Labelled): boolean {
  const labels = item.metadata.labels ?? {};
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({ key, operator, values }) =>
      operator === 'In' ? values!.includes(labels[key]!) : key in labels,
    )
  );
}

function localPods(policy: Policy): number {
  return (podsOf.get(policy.metadata.namespace) ?? []).filter((pod) => matches(policy.spec.podSelector, pod)).length;
}

function rulesOf(policy: Policy): Rule[] {
  return [...(policy.spec.ingress ?? []), ...(policy.spec.egress ?? [])];
}

function peerPods(policy: Policy, rule: Rule): number {
  const found = new Set<Labelled>();
  for (const peer of rule.from ?? rule.to ?? []) {
    const places =
      peer.namespaceSelector === undefined
        ? [policy.metadata.namespace]
        : namespaces.filter((namespace) => matches(peer.namespaceSelector!, namespace)).map((namespace) => namespace.metadata.name);
    for (const place of places) {
      for (const pod of podsOf.get(place) ?? []) if (matches(peer.podSelector ?? {}, pod)) found.add(pod);
    }
  }
  return found.size;
}

function histogram(values: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

const live = policies.filter((policy) => localPods(policy) > 0 && rulesOf(policy).length > 0);
const rules = live.flatMap((policy) => rulesOf(policy).map((rule) => ({ policy, rule })));
const peersOf = (rule: Rule): Peer[] => rule.from ?? rule.to ?? [];
const cidrRules = rules.filter(({ rule }) => peersOf(rule)[0]!.ipBlock !== undefined);
const selectorRules = rules.filter(({ rule }) => peersOf(rule)[0]!.ipBlock === undefined);
const singlePorts = (rule: Rule): number => (rule.ports ?? []).filter((port) => port.endPort === undefined).length;
const ranges = (rule: Rule): number => (rule.ports ?? []).filter((port) => port.endPort !== undefined).length;
const { published } = shape;

describe('the field replica', () => {
  it('has exactly the published numbers of namespaces, pods and policies', () => {
    expect([namespaces.length, pods.length, policies.length]).toEqual([604, 5_413, 13_678]);
    expect([published.namespaces, published.pods, published.networkPolicies]).toEqual([604, 5_413, 13_678]);
  });

  it('has the published numbers of policies without effect, of policies that only deny, and of policies with rules', () => {
    expect(policies.filter((policy) => localPods(policy) === 0)).toHaveLength(published.withoutEffect);
    expect(policies.filter((policy) => localPods(policy) > 0 && rulesOf(policy).length === 0)).toHaveLength(published.denyOnly);
    expect(live).toHaveLength(9_624);
    expect(rules).toHaveLength(15_423);
  });

  it('selects as many pods per policy as published, policy for policy', () => {
    expect(histogram(live.map(localPods))).toEqual(published.localPods);
  });

  it('names as many CIDRs and selectors per rule as published', () => {
    expect(histogram(cidrRules.map(({ rule }) => peersOf(rule).length))).toEqual(published.cidrsPerRule);
    expect(histogram(selectorRules.map(({ rule }) => peersOf(rule).length))).toEqual(published.selectorsPerRule);
  });

  it('reaches as many peer pods per rule as published', () => {
    expect(histogram(selectorRules.map(({ policy, rule }) => peerPods(policy, rule)))).toEqual(published.peerPods);
  });

  it('names as many ports and ranges per rule as published', () => {
    expect(histogram(cidrRules.map(({ rule }) => singlePorts(rule)))).toEqual(published.portsPerCidrRule);
    expect(histogram(selectorRules.map(({ rule }) => singlePorts(rule)))).toEqual(published.portsPerSelectorRule);
    expect(cidrRules.filter(({ rule }) => ranges(rule) > 0)).toHaveLength(published.cidrRulesWithRange);
    expect(selectorRules.filter(({ rule }) => ranges(rule) > 0)).toHaveLength(published.selectorRulesWithRange);
  });

  it('gives every pod an address of its own', () => {
    expect(new Set(pods.map((pod) => pod.status.podIP)).size).toBe(pods.length);
  });

  it('is the same for the same seed and another for another', () => {
    const digest = (seed: number): string =>
      createHash('sha256')
        .update(JSON.stringify(fieldReplica(shape, seed)))
        .digest('hex');
    const first = digest(7);
    expect(digest(7)).toBe(first);
    expect(digest(8)).not.toBe(first);
  });
});
