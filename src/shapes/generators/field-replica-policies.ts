/**
 * The policies of the field replica. Every policy and every rule is dealt its numbers (pods it selects, selectors, peer pods, CIDRs, ports) and then looks for
 * pods that make them true: sets of pods that selectors can name are indexed by their size.
 */
import type { KubernetesObject } from '../objects.ts';
import { deck, draw, type Random } from '../random.ts';
import type { App, ReplicaNamespace } from './field-replica.ts';
import { createPools, type Pools } from './field-replica-pools.ts';
import type { FieldReplicaShape } from './field-replica-shape.ts';

type Selector = { matchLabels?: Record<string, string>; matchExpressions?: { key: string; operator: string; values?: string[] }[] };

/** Pods of one namespace that one selector names: all of them, or those of apps `first` up to and without `end`. */
interface PodSet {
  readonly namespace: ReplicaNamespace;
  readonly first: number;
  readonly end: number;
  readonly whole: boolean;
}

/** Sets of pods of one size. */
interface SizedSets {
  /** Those of a namespace stand next to each other. */
  readonly sets: PodSet[];
  /** Where a namespace's begin, and how many they are. */
  readonly of: Map<ReplicaNamespace, { readonly first: number; count: number }>;
  /** The first whole namespace that the cluster speaks of. */
  grouped: PodSet | undefined;
}

interface Context {
  readonly shape: FieldReplicaShape;
  readonly random: Random;
  readonly namespaces: readonly ReplicaNamespace[];
  readonly bySize: ReadonlyMap<number, SizedSets>;
  readonly pools: Pools;
}

/** What one rule was dealt. */
type RuleDeal =
  | { readonly kind: 'cidr'; readonly cidrs: number; readonly ports: number; readonly range: boolean }
  | { readonly kind: 'selector'; readonly selectors: number; readonly pods: number; readonly ports: number; readonly range: boolean };

export function makePolicies(shape: FieldReplicaShape, namespaces: readonly ReplicaNamespace[], random: Random): KubernetesObject[] {
  const context: Context = { shape, random, namespaces, bySize: indexBySize(namespaces), pools: createPools(shape, random) };
  const rules = dealRules(shape, random);
  const ruleCounts = deck(shape.assumed.rulesPerPolicy, random);
  const live = deck(shape.published.localPods, random).map((pods) => {
    const subject = random.pick(setsOfSize(context, pods).sets);
    return policySpec(context, subject.namespace, selectorOf(subject), rules.splice(rules.length - ruleCounts.pop()!));
  });
  const denyOnly = Array.from({ length: shape.published.denyOnly }, () => {
    const subject = random.pick(setsOfSize(context, draw(shape.published.localPods, random)).sets);
    return policySpec(context, subject.namespace, selectorOf(subject), []);
  });
  const withoutEffect = Array.from({ length: shape.published.withoutEffect }, () => staleSpec(context));
  if (rules.length + ruleCounts.length > 0) throw new Error(`the shape does not add up: ${rules.length} rules belong to no policy`);
  return random.shuffle([...live, ...denyOnly, ...withoutEffect]).map(({ namespace, spec }, i) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `np-${i}`, namespace },
    spec,
  }));
}

function dealRules(shape: FieldReplicaShape, random: Random): RuleDeal[] {
  const { published } = shape;
  const cidrPorts = deck(published.portsPerCidrRule, random);
  const cidrRules = deck(published.cidrsPerRule, random).map(
    (cidrs, i): RuleDeal => ({ kind: 'cidr', cidrs, ports: cidrPorts[i]!, range: i < published.cidrRulesWithRange }),
  );
  const selectorPorts = deck(published.portsPerSelectorRule, random);
  // Two selectors need two pods; in the field, the largest sets were named by two. So the deck of selectors is dealt from the largest set down, then shuffled.
  const pods = deck(published.peerPods, random);
  const most = Math.max(...pods);
  const order = pods
    .map((_, i) => i)
    .sort((a, b) => Number(pods[b]! === most) - Number(pods[a]! === most) || Number(pods[b]! > 1) - Number(pods[a]! > 1));
  const two = new Set(order.slice(0, published.selectorsPerRule['2'] ?? 0));
  const selectorRules = pods.map(
    (count, i): RuleDeal => ({
      kind: 'selector',
      selectors: two.has(i) ? 2 : 1,
      pods: count,
      ports: selectorPorts[i]!,
      range: i < published.selectorRulesWithRange,
    }),
  );
  return random.shuffle([...cidrRules, ...selectorRules]);
}

function indexBySize(namespaces: readonly ReplicaNamespace[]): Map<number, SizedSets> {
  const bySize = new Map<number, SizedSets>();
  const add = (size: number, set: PodSet): void => {
    const sized: SizedSets = bySize.get(size) ?? { sets: [], of: new Map(), grouped: undefined };
    bySize.set(size, sized);
    const { sets, of } = sized;
    const own = of.get(set.namespace);
    if (own === undefined) of.set(set.namespace, { first: sets.length, count: 1 });
    else own.count++;
    sets.push(set);
    if (set.whole && set.namespace.labels['policy-group'] !== undefined) sized.grouped ??= set;
  };
  for (const namespace of namespaces) {
    const { apps } = namespace;
    if (namespace.size > 0) add(namespace.size, { namespace, first: 0, end: apps.length, whole: true });
    for (let first = 0; first < apps.length; first++) {
      let size = 0;
      for (let end = first + 1; end <= Math.min(apps.length, first + 6); end++) {
        size += (apps[end - 1] as App).size;
        add(size, { namespace, first, end, whole: false });
      }
    }
  }
  return bySize;
}

function setsOfSize(context: Context, size: number): SizedSets {
  const sized = context.bySize.get(size);
  if (sized === undefined)
    throw new RangeError(`no selector names exactly ${size} pods of one namespace: the shape needs a namespace of that size`);
  return sized;
}

function selectorOf(set: PodSet): Selector {
  if (set.whole) return {};
  const names = set.namespace.apps.slice(set.first, set.end).map((app) => app.name);
  if (names.length === 1) return { matchLabels: { app: names[0]! } };
  return { matchExpressions: [{ key: 'app', operator: 'In', values: names }] };
}

function policySpec(context: Context, namespace: ReplicaNamespace, podSelector: Selector, rules: readonly RuleDeal[]) {
  const { random, shape } = context;
  const both = random.chance(shape.assumed.bothDirectionsShare);
  const onlyIngress = random.chance(shape.assumed.ingressShare);
  const types = both ? ['Ingress', 'Egress'] : [onlyIngress ? 'Ingress' : 'Egress'];
  const ingress: unknown[] = [];
  const egress: unknown[] = [];
  for (const rule of rules) {
    const isIngress = both ? random.chance(0.5) : onlyIngress;
    const peers = rule.kind === 'cidr' ? context.pools.cidrs(rule.cidrs) : selectorPeers(context, namespace, rule.selectors, rule.pods);
    const ports = context.pools.ports(rule.ports, rule.range, isIngress || rule.kind === 'selector');
    const portsField = ports.length > 0 ? { ports } : {};
    if (isIngress) ingress.push({ from: peers, ...portsField });
    else egress.push({ to: peers, ...portsField });
  }
  const spec = {
    podSelector,
    policyTypes: types,
    ...(ingress.length > 0 ? { ingress } : {}),
    ...(egress.length > 0 ? { egress } : {}),
  };
  return { namespace: namespace.name, spec };
}

/** A policy whose application is gone: it selects nothing. */
function staleSpec(context: Context) {
  const gone: RuleDeal = { kind: 'cidr', cidrs: 1, ports: 1, range: false };
  return policySpec(context, context.random.pick(context.namespaces), { matchLabels: { app: `gone-${context.random.int(500)}` } }, [gone]);
}

/** Peers with `selectors` selectors that match exactly `pods` pods. */
function selectorPeers(context: Context, own: ReplicaNamespace, selectors: number, pods: number): unknown[] {
  if (!context.bySize.has(pods)) return exposedPeers(selectors);
  if (selectors === 1) return [peerOf(own, chooseSet(context, own, pods))];
  const splits = Array.from({ length: pods - 1 }, (_, i) => i + 1).filter(
    (first) => context.bySize.has(first) && context.bySize.has(pods - first),
  );
  const first = context.random.pick(splits);
  const firstSet = chooseSet(context, own, first);
  // Sets of different namespaces cannot overlap.
  return [peerOf(own, firstSet), peerOf(own, setElsewhere(context, pods - first, firstSet.namespace))];
}

/** One of the sets of a size that are not of that namespace. */
function setElsewhere(context: Context, size: number, namespace: ReplicaNamespace): PodSet {
  const { sets, of } = setsOfSize(context, size);
  const { first = 0, count = 0 } = of.get(namespace) ?? {};
  const index = context.random.int(sets.length - count);
  return sets[index < first ? index : index + count]!;
}

function exposedPeers(selectors: number): unknown[] {
  if (selectors === 2)
    return [
      { namespaceSelector: { matchLabels: { exposure: 'shared' } } },
      { namespaceSelector: { matchLabels: { exposure: 'partner' } } },
    ];
  return [{ namespaceSelector: { matchExpressions: [{ key: 'exposure', operator: 'Exists' }] } }];
}

function chooseSet(context: Context, own: ReplicaNamespace, size: number): PodSet {
  const { random, shape } = context;
  const { sets, of, grouped } = setsOfSize(context, size);
  if (random.chance(shape.assumed.ownNamespaceShare)) {
    const inOwn = of.get(own);
    if (inOwn !== undefined) return sets[inOwn.first + random.int(inOwn.count)]!;
  }
  // Most rules of two (five) pods mean the ingress controllers (monitoring) of the cluster.
  if (grouped !== undefined && random.chance(0.7)) return grouped;
  return random.pick(sets);
}

function peerOf(own: ReplicaNamespace, set: PodSet): unknown {
  const podSelector = selectorOf(set);
  if (set.namespace === own) return { podSelector };
  const group = set.namespace.labels['policy-group'];
  const matchLabels: Record<string, string> =
    group === undefined ? { 'kubernetes.io/metadata.name': set.namespace.name } : { 'policy-group': group };
  return set.whole ? { namespaceSelector: { matchLabels } } : { namespaceSelector: { matchLabels }, podSelector };
}
