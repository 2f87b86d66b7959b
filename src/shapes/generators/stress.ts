/**
 * Clusters in which nothing repeats: shapes that tables built on classes of equal things like least. Each makes one thing distinct and leaves the others ordinary.
 */
import type { LabelSelector, NetworkPolicyPort } from '../../model/resource.ts';
import { flag, oneOf, type Read, record, whole } from '../fields.ts';
import { defineGenerator, type Parameters, scaled } from '../generator.ts';
import {
  anyOf,
  FIRST_POD_ADDRESS,
  ipv4,
  type KubernetesObject,
  type Labels,
  namespaceObject,
  oneWay,
  podObject,
  policyObject,
  tcp,
} from '../objects.ts';
import { createRandom, distinct, type Random } from '../random.ts';

const published = record({
  /** Every pod has a label of its own, so that no two pods have the same labels. */
  distinctLabelSets: flag,
  /** Every peer is two pods that are no other peer's. Otherwise peers are apps. */
  distinctPeers: flag,
  /** `drawn`: at random from 1..65535. `every second`: 1, 3, 5, … through all rules, so that a boundary lies at every port. */
  ports: oneOf('drawn', 'every second'),
  portsPerRule: whole(0, 60_000),
});

const assumed = record({
  namespaces: whole(1, 10_000),
  podsPerNamespace: whole(2, 100_000),
  apps: whole(1, 10_000),
  policies: whole(1, 1_000_000),
  rulesPerPolicy: whole(1, 10_000),
  peersPerRule: whole(1, 10_000),
});

type Shape = Parameters<Read<typeof published>, Read<typeof assumed>>;

export const stress = defineGenerator({
  published,
  assumed,
  problems: ({ published: { distinctPeers, distinctLabelSets }, assumed: { namespaces, podsPerNamespace, policies, ...rest } }) => {
    const most = Math.floor((podsPerNamespace * (podsPerNamespace - 1)) / 2) * namespaces;
    if (!distinctPeers) return [];
    if (!distinctLabelSets) return ['`published.distinctPeers`: peers are pods, which have no label of their own'];
    return policies * rest.rulesPerPolicy * rest.peersPerRule <= most
      ? []
      : [`\`published.distinctPeers\`: there are ${most} pairs of pods`];
  },
  sizes: ({ assumed: { namespaces, podsPerNamespace, policies } }) => ({ namespaces, pods: namespaces * podsPerNamespace, policies }),
  scale: ({ published: shape, assumed: rest }, fraction) => ({
    published: shape,
    assumed: {
      ...rest,
      namespaces: scaled(rest.namespaces, fraction),
      policies: scaled(rest.policies, rest.namespaces === 1 ? fraction : scaled(rest.namespaces, fraction) / rest.namespaces),
    },
  }),
  objects: generate,
});

function* generate(shape: Shape, seed: number): Iterable<KubernetesObject> {
  const { namespaces, podsPerNamespace, apps, policies, rulesPerPolicy } = shape.assumed;
  const random = createRandom(seed);
  for (let i = 0; i < namespaces; i++) yield namespaceObject(`stress-${i}`);
  for (let i = 0; i < namespaces * podsPerNamespace; i++) {
    const number = i % podsPerNamespace;
    const labels: Labels = { app: `app-${number % apps}`, ...(shape.published.distinctLabelSets ? { id: `pod-${i}` } : {}) };
    yield podObject({
      namespace: `stress-${Math.floor(i / podsPerNamespace)}`,
      name: `pod-${number}`,
      labels,
      addresses: [ipv4(FIRST_POD_ADDRESS, i)],
    });
  }
  for (let i = 0; i < policies; i++) {
    const namespace = i % namespaces;
    const rules = Array.from({ length: rulesPerPolicy }, (_, j) => ({
      peers: peersOf(shape, i * rulesPerPolicy + j, namespace, random).map((podSelector) => ({ podSelector })),
      ports: portsOf(shape.published, i * rulesPerPolicy + j, random),
    }));
    const subject = { matchLabels: { app: `app-${Math.floor(i / namespaces) % apps}` } };
    yield policyObject(`stress-${namespace}`, `policy-${i}`, oneWay('Ingress', subject, rules));
  }
}

/** The peers of rule number `rule` of the whole cluster, which is in a namespace. */
function peersOf({ published, assumed }: Shape, rule: number, namespace: number, random: Random): LabelSelector[] {
  const { podsPerNamespace, apps, peersPerRule, rulesPerPolicy, namespaces } = assumed;
  if (!published.distinctPeers)
    return distinct(Math.min(apps, peersPerRule), () => `app-${random.int(apps)}`).map((app) => ({ matchLabels: { app } }));
  // Numbers of the rule among those of its namespace, so that each namespace deals its own pairs.
  const policy = Math.floor(Math.floor(rule / rulesPerPolicy) / namespaces);
  const first = (policy * rulesPerPolicy + (rule % rulesPerPolicy)) * peersPerRule;
  return Array.from({ length: peersPerRule }, (_, i) => {
    const pair = pairOf(first + i, podsPerNamespace);
    return anyOf(
      'id',
      pair.map((pod) => `pod-${namespace * podsPerNamespace + pod}`),
    );
  });
}

/** Pair number `index` of `pods` pods: neighbours first, then those two apart, and so on; no pair twice. */
function pairOf(index: number, pods: number): [number, number] {
  for (let distance = 1, left = index; ; distance++) {
    const pairs = pods - distance;
    if (left < pairs) return [left, left + distance];
    left -= pairs;
  }
}

function portsOf({ ports, portsPerRule }: Shape['published'], rule: number, random: Random): NetworkPolicyPort[] {
  if (ports === 'every second') return Array.from({ length: portsPerRule }, (_, i) => tcp(((rule * portsPerRule + i) % 32_768) * 2 + 1));
  return distinct(portsPerRule, () => String(1 + random.int(65_535))).map((port) => tcp(Number(port)));
}
