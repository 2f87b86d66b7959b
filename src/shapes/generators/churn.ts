/**
 * Cilium's policy churn test (`cl2-modules/policy-churn`): a few local endpoints under policies over thousands of remote ones, and what changes at each tick. Remote
 * endpoints come and go, policies come, go and are written anew. An endpoint is a pod; a group of CIDRs is the list of its blocks, for NetworkPolicy has no groups.
 */
import type { NetworkPolicyPeer } from '../../model/resource.ts';
import { type Read, record, share, span, whole } from '../fields.ts';
import { defineGenerator, type Parameters, type ShapeUpdate, scaled } from '../generator.ts';
import {
  anyOf,
  FIRST_POD_ADDRESS,
  ipv4,
  type KubernetesObject,
  namespaceObject,
  oneWay,
  podObject,
  policyObject,
  tcp,
} from '../objects.ts';
import { createRandom, distinct, type Random, type Span } from '../random.ts';

const change = record({ chance: share, count: span(1, 10_000) });

const published = record({
  /** Changes a second, at most. */
  qps: whole(1, 100_000),
  tickSeconds: whole(1, 3600),
  durationSeconds: whole(1, 1_000_000),
  policies: span(1, 100_000),
  rulesPerPolicy: span(1, 1000),
  peersPerRule: span(1, 1000),
  portsPerRule: span(1, 100),
  ports: span(1, 65_535),
  remoteEndpoints: span(1, 500_000),
  addEndpoints: change,
  removeEndpoints: change,
  cidrGroups: span(1, 10_000),
  cidrsPerGroup: span(1, 1000),
});

const assumed = record({
  localEndpoints: span(1, 10_000),
  subjectsPerPolicy: span(1, 1000),
  /** Of rules, the others name groups of CIDRs. */
  endpointRuleShare: share,
  ingressShare: share,
  addPolicies: change,
  removePolicies: change,
  rewritePolicies: change,
});

type Shape = Parameters<Read<typeof published>, Read<typeof assumed>>;

const NAMESPACE = 'churn';

/** Numbers of what is there; all else about an object follows from its number and, for a policy, from when it was written. */
interface State {
  readonly remote: number[];
  readonly policies: number[];
  readonly local: number;
  readonly groups: readonly (readonly NetworkPolicyPeer[])[];
}

export const churn = defineGenerator({
  published,
  assumed,
  sizes: ({ published: { remoteEndpoints, policies }, assumed: { localEndpoints } }) => ({
    namespaces: 1,
    // What a seed makes is between these and the smallest.
    pods: remoteEndpoints.to + localEndpoints.to,
    policies: policies.to,
  }),
  scale: ({ published: shape, assumed: rest }, fraction) => ({
    published: {
      ...shape,
      policies: smaller(shape.policies, fraction),
      remoteEndpoints: smaller(shape.remoteEndpoints, fraction),
      cidrGroups: smaller(shape.cidrGroups, fraction),
      durationSeconds: Math.max(shape.tickSeconds, scaled(shape.durationSeconds, fraction)),
    },
    assumed: rest,
  }),
  objects: generate,
  updates: generateUpdates,
});

function smaller({ from, to }: Span, fraction: number): Span {
  return { from: scaled(from, fraction), to: scaled(to, fraction) };
}

function initialState({ published: shape, assumed }: Shape, random: Random): State {
  const upTo = (span: Span): number[] => Array.from({ length: random.within(span) }, (_, i) => i);
  return {
    local: random.within(assumed.localEndpoints),
    remote: upTo(shape.remoteEndpoints),
    policies: upTo(shape.policies),
    groups: upTo(shape.cidrGroups).map(() => cidrGroup(random.within(shape.cidrsPerGroup), random)),
  };
}

function cidrGroup(count: number, random: Random): NetworkPolicyPeer[] {
  const block = (): string => `${ipv4(0xac100000 + 256 * random.int(4096))}/24`;
  return distinct(count, block).map((each) => ({ ipBlock: { cidr: each } }));
}

function* generate(shape: Shape, seed: number): Iterable<KubernetesObject> {
  const random = createRandom(seed);
  const state = initialState(shape, random);
  yield namespaceObject(NAMESPACE);
  for (let i = 0; i < state.local; i++) yield endpoint('local', i, 0);
  for (const i of state.remote) yield endpoint('remote', i, 256);
  for (const i of state.policies) yield policy(shape, state, i, random);
}

function endpoint(kind: 'local' | 'remote', number: number, offset: number): KubernetesObject {
  const name = `${kind}-${number}`;
  return podObject({ namespace: NAMESPACE, name, labels: { endpoint: name }, addresses: [ipv4(FIRST_POD_ADDRESS, offset + number)] });
}

function policy({ published: shape, assumed }: Shape, { local, remote, groups }: State, number: number, random: Random): KubernetesObject {
  const subjects = distinct(Math.min(local, random.within(assumed.subjectsPerPolicy)), () => `local-${random.int(local)}`);
  const direction = random.chance(assumed.ingressShare) ? 'Ingress' : 'Egress';
  const rules = Array.from({ length: random.within(shape.rulesPerPolicy) }, () => {
    const peers = random.within(shape.peersPerRule);
    const ports = distinct(random.within(shape.portsPerRule), () => String(random.within(shape.ports))).map((port) => tcp(Number(port)));
    if (random.chance(assumed.endpointRuleShare)) {
      const names = distinct(Math.min(peers, remote.length), () => `remote-${random.pick(remote)}`);
      return { ports, peers: names.map((name) => ({ podSelector: { matchLabels: { endpoint: name } } })) };
    }
    const chosen = distinct(Math.min(peers, groups.length), () => String(random.int(groups.length)));
    return { ports, peers: chosen.flatMap((group) => groups[Number(group)]!) };
  });
  return policyObject(NAMESPACE, `policy-${number}`, oneWay(direction, anyOf('endpoint', subjects), rules));
}

function* generateUpdates(shape: Shape, seed: number): Iterable<ShapeUpdate> {
  // The same draws as for the cluster, so that both begin alike.
  const state = initialState(shape, createRandom(seed));
  const random = createRandom(seed, 1);
  const { qps, tickSeconds, durationSeconds } = shape.published;
  const next = { endpoint: state.remote.length, policy: state.policies.length };
  for (let tick = 1; tick <= Math.floor(durationSeconds / tickSeconds); tick++) {
    let left = qps * tickSeconds;
    for (const update of tickUpdates(shape, state, next, random)) {
      if (left-- <= 0) throw new Error('a tick makes more changes than `qps` allows: the state would differ from what was told');
      yield { tick, ...update };
    }
  }
}

type Change = { readonly apply: KubernetesObject } | { readonly remove: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'> };

function* tickUpdates(shape: Shape, state: State, next: { endpoint: number; policy: number }, random: Random): Iterable<Change> {
  const { published, assumed } = shape;
  const times = ({ chance, count }: { readonly chance: number; readonly count: Span }): number =>
    random.chance(chance) ? random.within(count) : 0;
  for (let n = Math.min(times(published.removeEndpoints), state.remote.length - published.remoteEndpoints.from); n > 0; n--)
    yield removal(endpoint('remote', takeOne(state.remote, random), 256));
  for (let n = Math.min(times(published.addEndpoints), published.remoteEndpoints.to - state.remote.length); n > 0; n--) {
    state.remote.push(next.endpoint);
    yield { apply: endpoint('remote', next.endpoint++, 256) };
  }
  for (let n = Math.min(times(assumed.removePolicies), state.policies.length - published.policies.from); n > 0; n--)
    yield removal(policyObject(NAMESPACE, `policy-${takeOne(state.policies, random)}`, {}));
  for (let n = times(assumed.rewritePolicies); n > 0; n--) yield { apply: policy(shape, state, random.pick(state.policies), random) };
  for (let n = Math.min(times(assumed.addPolicies), published.policies.to - state.policies.length); n > 0; n--) {
    state.policies.push(next.policy);
    yield { apply: policy(shape, state, next.policy++, random) };
  }
}

/** Takes one of the numbers out of the list. */
function takeOne(numbers: number[], random: Random): number {
  const i = random.int(numbers.length);
  const taken = numbers[i]!;
  numbers[i] = numbers.at(-1)!;
  numbers.pop();
  return taken;
}

function removal({ apiVersion, kind, metadata: { namespace, name } }: KubernetesObject): Change {
  return { remove: { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } } };
}
