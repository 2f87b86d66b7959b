/**
 * NetworkPolicies over every field and every way to leave one out, and policies that cannot be read.
 */
import fc from 'fast-check';
import type { NetworkPolicyObject, NetworkPolicyPeer, NetworkPolicyPort, UnreadablePolicy } from '../model/resource.ts';
import { ipBlock } from './addresses.ts';
import { compact, labelSelector, maybe, namespaceSelector, tenths } from './labels.ts';
import type { ClusterSettings } from './settings.ts';

function port(settings: ClusterSettings): fc.Arbitrary<NetworkPolicyPort> {
  const protocol = fc.constantFrom('TCP' as const, 'TCP' as const, 'UDP' as const, 'SCTP' as const, undefined, null);
  const number = fc.constantFrom(...settings.ports);
  const numeric = fc
    .record({ protocol, port: number, end: fc.constantFrom(undefined, undefined, undefined, null, 0, 1, 2, -1) })
    .map(({ protocol: p, port: from, end }) => {
      // Ranges of one port, of a few, and up to the next number of interest.
      const next = settings.ports.find((each) => each > from) ?? from;
      const endPort = typeof end !== 'number' ? end : end < 0 ? next : Math.min(65535, from + end);
      return compact({ protocol: p, port: from, endPort });
    });
  const named = fc.record({ protocol, port: fc.constantFrom(...settings.portNames) }).map(compact);
  const everyPort = fc.record({ protocol, port: fc.constantFrom(undefined, null) }).map(compact);
  return fc.oneof(
    { weight: 10, arbitrary: numeric },
    { weight: Math.round(settings.weights.namedPort * 2), arbitrary: named },
    { weight: 3, arbitrary: everyPort },
  );
}

function peer(settings: ClusterSettings): fc.Arbitrary<NetworkPolicyPeer> {
  return fc.oneof(
    { weight: 4, arbitrary: labelSelector(settings).map((podSelector) => ({ podSelector })) },
    { weight: 3, arbitrary: namespaceSelector(settings).map((each) => ({ namespaceSelector: each })) },
    { weight: 3, arbitrary: fc.record({ namespaceSelector: namespaceSelector(settings), podSelector: labelSelector(settings) }) },
    { weight: 1, arbitrary: labelSelector(settings).map((podSelector) => ({ podSelector, namespaceSelector: null, ipBlock: null })) },
    { weight: 1, arbitrary: namespaceSelector(settings).map((each) => ({ namespaceSelector: each, podSelector: null, ipBlock: null })) },
    { weight: Math.round(settings.weights.ipBlock * 3), arbitrary: ipBlock(settings).map((each) => ({ ipBlock: each })) },
    {
      weight: Math.round(settings.weights.ipBlock / 2),
      arbitrary: ipBlock(settings).map((each) => ({ ipBlock: each, podSelector: null, namespaceSelector: null })),
    },
  );
}

/** Missing, null and empty all mean no restriction here. */
function items<T>(settings: ClusterSettings, item: fc.Arbitrary<T>): fc.Arbitrary<T[] | null | undefined> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.array(item, { minLength: 1, maxLength: settings.maxItems, size: 'max' }) },
    { weight: 1, arbitrary: fc.constantFrom<T[] | null | undefined>(undefined, null, []) },
  );
}

function portItems(settings: ClusterSettings): fc.Arbitrary<NetworkPolicyPort[] | null | undefined> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.array(port(settings), { minLength: 1, maxLength: settings.maxItems, size: 'max' }) },
    { weight: 3, arbitrary: fc.constantFrom<NetworkPolicyPort[] | null | undefined>(undefined, null, []) },
  );
}

/** Missing, null and empty all mean no rule. */
function rules<T>(settings: ClusterSettings, rule: fc.Arbitrary<T>): fc.Arbitrary<T[] | null | undefined> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.array(rule, { minLength: 1, maxLength: settings.maxRules, size: 'max' }) },
    { weight: 2, arbitrary: fc.constantFrom<T[] | null | undefined>(undefined, null, []) },
  );
}

const POLICY_TYPES = [
  undefined,
  undefined,
  null,
  [],
  ['Ingress'],
  ['Ingress'],
  ['Egress'],
  ['Egress'],
  ['Ingress', 'Egress'],
  ['Ingress', 'Egress'],
  ['Egress', 'Ingress'],
  ['Ingress', 'Ingress'],
  ['Egress', 'Egress'],
] as const;

function networkPolicy(settings: ClusterSettings): fc.Arbitrary<NetworkPolicyObject> {
  const ingressRule = fc.record({ from: items(settings, peer(settings)), ports: portItems(settings) }).map(compact);
  const egressRule = fc.record({ to: items(settings, peer(settings)), ports: portItems(settings) }).map(compact);
  const spec = fc
    .record({
      // Policies that select many pods meet each other more often.
      podSelector: fc.oneof(
        { weight: 3, arbitrary: maybe(labelSelector(settings)) },
        { weight: 2, arbitrary: fc.constantFrom({}, {}, undefined, null) },
      ),
      policyTypes: fc.constantFrom(...POLICY_TYPES),
      ingress: rules(settings, ingressRule),
      egress: rules(settings, egressRule),
    })
    .map(compact);
  const specOrEmpty = fc.oneof({ weight: 30, arbitrary: spec }, { weight: 1, arbitrary: fc.constant({}) });
  const namespace = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...settings.namespaces) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, null) },
  );
  return fc
    .record({
      namespace,
      name: fc.constantFrom('np0', 'np1', 'np2', 'np10', 'NP', 'é'),
      spec: maybe(specOrEmpty, { absent: 0.2, null: 0.1 }),
    })
    .map(
      ({ namespace: ns, name, spec: written }) =>
        compact({ kind: 'NetworkPolicy' as const, metadata: compact({ name, namespace: ns }), spec: written }) as NetworkPolicyObject,
    );
}

/** Distinct by namespace and name. */
export function networkPolicies(settings: ClusterSettings): fc.Arbitrary<NetworkPolicyObject[]> {
  return fc
    .array(networkPolicy(settings), { minLength: 1, maxLength: settings.maxPolicies, size: 'max' })
    .map((policies) =>
      policies.map((policy, i) => ({ ...policy, metadata: { ...policy.metadata, name: `${policy.metadata.name}-${i}` } })),
    );
}

/** What is left of a policy that cannot be read: as much or as little as could be. */
export function unreadablePolicies(settings: ClusterSettings): fc.Arbitrary<UnreadablePolicy[]> {
  const policy = fc
    .record({
      kind: fc.constantFrom('NetworkPolicy', 'NetworkPolicy', '(unreadable)'),
      name: fc.constantFrom('broken', 'np0', 'zz', undefined),
      namespace: fc.constantFrom(...settings.namespaces, undefined),
      podSelector: fc.oneof({ weight: 2, arbitrary: labelSelector(settings) }, { weight: 1, arbitrary: fc.constant(undefined) }),
      directions: fc.constantFrom(undefined, ['ingress'] as const, ['egress'] as const, ['ingress', 'egress'] as const),
    })
    .map(compact);
  return fc
    .tuple(tenths(settings.weights.unreadable), fc.array(policy, { minLength: 1, maxLength: 3 }))
    .map(([some, list]) =>
      some
        ? list.map((each, i) => ({ ...each, origin: { file: 'broken.yaml', line: i + 1, column: 1 }, reason: `cannot be read (${i})` }))
        : [],
    ) as fc.Arbitrary<UnreadablePolicy[]>;
}
