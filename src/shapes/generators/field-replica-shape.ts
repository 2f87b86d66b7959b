/**
 * What the specification of a field replica holds, and what must add up in it.
 */
import { histogram, type Read, record, share, whole } from '../fields.ts';
import type { Parameters } from '../generator.ts';
import type { Histogram } from '../random.ts';

const counts = (min: number, max = 1_000_000) => histogram(min, max, 10_000_000);

export const published = record({
  namespaces: whole(1, 100_000),
  pods: whole(1, 1_000_000),
  networkPolicies: whole(1, 1_000_000),
  /** Policies that select no pod. */
  withoutEffect: whole(0, 1_000_000),
  /** Policies that select pods and have no rule. */
  denyOnly: whole(0, 1_000_000),
  /** Pods that a policy with rules selects. A "rule" is one entry of `ingress` or `egress`; it names either CIDRs or selectors. */
  localPods: counts(1),
  cidrsPerRule: counts(1, 1000),
  selectorsPerRule: counts(1, 2),
  /** Distinct pods that the selectors of a rule match. */
  peerPods: counts(1),
  portsPerCidrRule: counts(0, 1000),
  portsPerSelectorRule: counts(0, 1000),
  cidrRulesWithRange: whole(0, 1_000_000),
  selectorRulesWithRange: whole(0, 1_000_000),
});

export const assumed = record({
  podsPerNamespace: counts(0),
  /** Weights. */
  podsPerApp: counts(1),
  /** Of policies with rules. */
  rulesPerPolicy: counts(1, 1000),
  nodes: whole(1, 5000),
  ingressShare: share,
  bothDirectionsShare: share,
  /** Share of selector rules that name pods of the policy's own namespace, where such a set of pods exists. */
  ownNamespaceShare: share,
  distinctCidrs: whole(1, 1_000_000),
  exceptShare: share,
  distinctPorts: whole(1, 30_000),
  udpShare: share,
  namedPortShare: share,
});

export type FieldReplicaShape = Parameters<Read<typeof published>, Read<typeof assumed>>;

export function problemsOf({ published: shape, assumed: rest }: FieldReplicaShape): string[] {
  const live = total(shape.localPods);
  const rules = total(shape.cidrsPerRule) + total(shape.selectorsPerRule);
  const sums: readonly [name: string, expected: number, found: number][] = [
    ['assumed.podsPerNamespace: namespaces', shape.namespaces, total(rest.podsPerNamespace)],
    ['assumed.podsPerNamespace: pods', shape.pods, weigh(rest.podsPerNamespace)],
    ['published.networkPolicies', shape.networkPolicies, live + shape.denyOnly + shape.withoutEffect],
    ['assumed.rulesPerPolicy: policies', live, total(rest.rulesPerPolicy)],
    ['assumed.rulesPerPolicy: rules', rules, weigh(rest.rulesPerPolicy)],
    ['published.portsPerCidrRule', total(shape.cidrsPerRule), total(shape.portsPerCidrRule)],
    ['published.portsPerSelectorRule', total(shape.selectorsPerRule), total(shape.portsPerSelectorRule)],
    ['published.peerPods', total(shape.selectorsPerRule), total(shape.peerPods)],
  ];
  return sums
    .filter(([, expected, found]) => expected !== found)
    .map(
      ([name, expected, found]) =>
        `\`${name.split(':')[0]}\`: the shape does not add up: expected ${expected}${name.split(':')[1] ?? ''}, got ${found}`,
    );
}

function total(histogram: Histogram): number {
  return Object.values(histogram).reduce((sum, count) => sum + count, 0);
}

function weigh(histogram: Histogram): number {
  return Object.entries(histogram).reduce((sum, [value, count]) => sum + Number(value) * count, 0);
}
