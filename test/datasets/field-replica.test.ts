/**
 * The field replica, and the Kubernetes maximum with its distributions, are what their shapes say: counts and published histograms, counted again here from the objects, with a
 * selector matcher of this file's own.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadShape } from '../../src/shapes/load-shape.ts';
import type { Histogram } from '../../src/shapes/random.ts';
import { shapeObjects } from '../../src/shapes/shape.ts';

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

function rulesOf(policy: Policy): Rule[] {
  return [...(policy.spec.ingress ?? []), ...(policy.spec.egress ?? [])];
}

function histogram(values: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** What the specification says, read again from the file. */
interface Document {
  readonly published: Readonly<
    Record<
      'namespaces' | 'pods' | 'networkPolicies' | 'withoutEffect' | 'denyOnly' | 'cidrRulesWithRange' | 'selectorRulesWithRange',
      number
    >
  > &
    Readonly<
      Record<'localPods' | 'cidrsPerRule' | 'selectorsPerRule' | 'peerPods' | 'portsPerCidrRule' | 'portsPerSelectorRule', Histogram>
    >;
}

function documentOf(name: string): Document {
  return JSON.parse(readFileSync(new URL(`../../datasets/shapes/${name}.json`, import.meta.url), 'utf8')) as Document;
}

/** Everything counted that a specification speaks of. */
function measure(name: string) {
  const objects = [...shapeObjects(loadShape(name))];
  const ofKind = <T>(kind: string): T[] => objects.filter((object) => object.kind === kind) as unknown as T[];
  const namespaces = ofKind<Labelled>('Namespace');
  const pods = ofKind<Labelled & { status: { podIP: string } }>('Pod');
  const policies = ofKind<Policy>('NetworkPolicy');
  const podsOf = byNamespace(pods);
  const labelled = new Map<string, Labelled[]>();
  for (const namespace of namespaces) {
    for (const [key, value] of Object.entries(namespace.metadata.labels ?? {})) {
      const same = labelled.get(`${key}=${value}`);
      if (same === undefined) labelled.set(`${key}=${value}`, [namespace]);
      else same.push(namespace);
    }
  }
  const found = new Map<string, readonly Labelled[]>();
  const podsOfPeer = ({ namespaceSelector, podSelector = {} }: Peer, own: string): readonly Labelled[] => {
    const key = JSON.stringify([namespaceSelector ?? own, podSelector]);
    const known = found.get(key);
    if (known !== undefined) return known;
    const [label] = Object.entries(namespaceSelector?.matchLabels ?? {});
    const candidates = label === undefined ? namespaces : (labelled.get(label.join('=')) ?? []);
    const places =
      namespaceSelector === undefined
        ? [own]
        : candidates.filter((each) => matches(namespaceSelector, each)).map(({ metadata }) => metadata.name);
    const members = places.flatMap((place) => podsOf.get(place) ?? []).filter((pod) => matches(podSelector, pod));
    found.set(key, members);
    return members;
  };
  const localPods = new Map(
    policies.map((policy) => [
      policy,
      (podsOf.get(policy.metadata.namespace) ?? []).filter((pod) => matches(policy.spec.podSelector, pod)).length,
    ]),
  );
  const peerPods = (policy: Policy, rule: Rule): number =>
    new Set(peersOf(rule).flatMap((peer) => podsOfPeer(peer, policy.metadata.namespace))).size;
  const live = policies.filter((policy) => localPods.get(policy)! > 0 && rulesOf(policy).length > 0);
  const rules = live.flatMap((policy) => rulesOf(policy).map((rule) => ({ policy, rule })));
  const cidrRules = rules.filter(({ rule }) => peersOf(rule)[0]!.ipBlock !== undefined);
  const selectorRules = rules.filter(({ rule }) => peersOf(rule)[0]!.ipBlock === undefined);
  return { namespaces, pods, policies, localPods, peerPods, live, rules, cidrRules, selectorRules };
}

const peersOf = (rule: Rule): Peer[] => rule.from ?? rule.to ?? [];
const singlePorts = (rule: Rule): number => (rule.ports ?? []).filter((port) => port.endPort === undefined).length;
const ranges = (rule: Rule): number => (rule.ports ?? []).filter((port) => port.endPort !== undefined).length;
/** A histogram of a specification, without the values that never occur. */
const some = (counts: Histogram): Histogram => Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

describe.each([
  { name: 'field-replica', counts: [604, 5_413, 13_678], effects: [3_559, 495, 9_624, 15_423] },
  { name: 'kubernetes-maximum', counts: [10_000, 150_000, 50_000], effects: [13_010, 1_809, 35_181, 56_380] },
])('$name', ({ name, counts, effects }) => {
  const { published } = documentOf(name);
  const { namespaces, pods, policies, localPods, peerPods, live, rules, cidrRules, selectorRules } = measure(name);

  it('has exactly the published numbers of namespaces, pods and policies', () => {
    expect([namespaces.length, pods.length, policies.length]).toEqual(counts);
    expect([published.namespaces, published.pods, published.networkPolicies]).toEqual(counts);
  });

  it('has the published numbers of policies without effect, of policies that only deny, and of policies with rules', () => {
    const idle = policies.filter((policy) => localPods.get(policy) === 0);
    const denyOnly = policies.filter((policy) => localPods.get(policy)! > 0 && rulesOf(policy).length === 0);
    expect([idle.length, denyOnly.length, live.length, rules.length]).toEqual(effects);
    expect([published.withoutEffect, published.denyOnly]).toEqual(effects.slice(0, 2));
  });

  it('selects as many pods per policy as published, policy for policy', () => {
    expect(histogram(live.map((policy) => localPods.get(policy)!))).toEqual(some(published.localPods));
  });

  it('names as many CIDRs and selectors per rule as published', () => {
    expect(histogram(cidrRules.map(({ rule }) => peersOf(rule).length))).toEqual(some(published.cidrsPerRule));
    expect(histogram(selectorRules.map(({ rule }) => peersOf(rule).length))).toEqual(some(published.selectorsPerRule));
  });

  it('reaches as many peer pods per rule as published', () => {
    expect(histogram(selectorRules.map(({ policy, rule }) => peerPods(policy, rule)))).toEqual(some(published.peerPods));
  });

  it('names as many ports and ranges per rule as published', () => {
    expect(histogram(cidrRules.map(({ rule }) => singlePorts(rule)))).toEqual(some(published.portsPerCidrRule));
    expect(histogram(selectorRules.map(({ rule }) => singlePorts(rule)))).toEqual(some(published.portsPerSelectorRule));
    expect(cidrRules.filter(({ rule }) => ranges(rule) > 0)).toHaveLength(published.cidrRulesWithRange);
    expect(selectorRules.filter(({ rule }) => ranges(rule) > 0)).toHaveLength(published.selectorRulesWithRange);
  });

  it('gives every pod an address of its own', () => {
    expect(new Set(pods.map((pod) => pod.status.podIP)).size).toBe(pods.length);
  });
});

describe('the distributions of the field', () => {
  it('are those of the field replica in the Kubernetes maximum, to the rounding of counts', () => {
    const [field, large] = [documentOf('field-replica').published, documentOf('kubernetes-maximum').published];
    const total = (counts: Histogram): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
    for (const key of ['localPods', 'cidrsPerRule', 'selectorsPerRule', 'peerPods', 'portsPerCidrRule', 'portsPerSelectorRule'] as const) {
      expect(Object.keys(large[key])).toEqual(Object.keys(field[key]));
      const factor = total(large[key]) / total(field[key]);
      for (const [value, count] of Object.entries(field[key])) expect(Math.abs(large[key][value]! - count * factor)).toBeLessThanOrEqual(1);
    }
  });

  it('are measured ones: 127 pods under 431 policies, 3,578 peers of 70 rules', () => {
    const { published } = documentOf('field-replica');
    expect(published.localPods).toMatchObject({
      1: 1436,
      2: 559,
      4: 243,
      5: 2512,
      6: 496,
      7: 927,
      8: 196,
      9: 240,
      10: 211,
      11: 572,
      12: 482,
    });
    expect(published.localPods).toMatchObject({ 17: 100, 25: 339, 127: 431, 154: 9 });
    expect(published.cidrsPerRule).toMatchObject({ 1: 5521, 2: 72, 3: 346, 6: 263, 14: 2, 21: 1 });
    expect(published.selectorsPerRule).toEqual({ 1: 8790, 2: 418 });
    expect(published.peerPods).toMatchObject({ 1: 590, 2: 4621, 3: 393, 4: 649, 5: 868, 6: 433, 7: 384, 13: 346, 127: 288, 3578: 70 });
    expect(published.portsPerCidrRule).toMatchObject({ 0: 1147, 1: 4710, 2: 341, 5: 16 });
    expect(published.portsPerSelectorRule).toMatchObject({ 0: 6370, 1: 2417, 2: 416 });
  });

  it('give the same objects for a seed as ever, and others for another', () => {
    const digest = (seed: number): string => {
      const hash = createHash('sha256');
      for (const object of shapeObjects(loadShape('field-replica'), { seed })) hash.update(JSON.stringify(object));
      return hash.digest('hex').slice(0, 12);
    };
    expect(digest(604)).toBe('bda621f719dc');
    expect(digest(7)).toBe('85dd81c44ec3');
  });
});
