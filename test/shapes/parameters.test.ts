/**
 * Every bundled shape has the numbers of its source: counted from the objects, against numbers written down here from the sources (not read from the specification).
 */
import { describe, expect, it } from 'vitest';
import type { AdminNetworkPolicyObject, NetworkPolicySpec } from '../../src/model/resource.ts';
import { loadShape, shapeNames } from '../../src/shapes/load-shape.ts';
import type { KubernetesObject } from '../../src/shapes/objects.ts';
import { shapeObjects, shapeUpdates } from '../../src/shapes/shape.ts';

/** Namespaces, pods, policies. */
const SIZES: Readonly<Record<string, readonly [number, number, number]>> = {
  'antrea-small': [25_000, 100_000, 75_000],
  'antrea-large': [100, 100_000, 10_100],
  'antrea-one-namespace': [1, 10_000, 10_000],
  'antrea-policy-per-pod': [1, 10_000, 10_000],
  'antrea-cluster-scoped': [1_000, 100_000, 10_000],
  'calico-tenants-1k': [1_000, 1_000, 1_000],
  'calico-tenants-10k': [10_000, 10_000, 10_000],
  'calico-tenants-100k': [100_000, 100_000, 100_000],
  'calico-snapshot': [100, 250_000, 10_000],
  'calico-netsets-1k': [100, 10_000, 1_000],
  'calico-netsets-10k': [100, 10_000, 10_000],
  // And the end of the tier.
  'calico-production': [256, 256_000, 294 + 1],
  'cidr-heavy': [100, 10_000, 200],
  'cilium-netpol-100': [1, 3_000, 3_000],
  'cilium-netpol-1000': [10, 30_000, 30_000],
  'cluster-load': [50, 150_000, 1_640 + 1_000],
  'field-replica': [604, 5_413, 13_678],
  // Of each namespace a deny-all, an admission of the proxy, and the policies of both directions or of one.
  'kube-burner-example': [9, 18, 9 * (2 + 1)],
  'kube-burner-ocp': [10, 100, 10 * (2 + 20)],
  'kube-burner-ocp-large': [240, 2_400, 240 * 2 + 9_600],
  'kubernetes-maximum': [10_000, 150_000, 50_000],
  'stress-labels': [100, 10_000, 2_000],
  'stress-many-ports': [50, 5_000, 1_000],
  'stress-peers': [20, 10_000, 2_500],
  'stress-ports': [8, 400, 128],
};

interface Policy extends KubernetesObject {
  readonly spec: NetworkPolicySpec;
}

function policiesOf(name: string, scale = 1): Policy[] {
  return [...shapeObjects(loadShape(name), { scale })].filter((object): object is Policy => object.kind === 'NetworkPolicy');
}

function podsOf(name: string): KubernetesObject[] {
  return [...shapeObjects(loadShape(name))].filter(({ kind }) => kind === 'Pod');
}

const rulesOf = ({ spec }: Policy) => [
  ...(spec.ingress ?? []).map(({ from, ports }) => ({ peers: from ?? [], ports: ports ?? [] })),
  ...(spec.egress ?? []).map(({ to, ports }) => ({ peers: to ?? [], ports: ports ?? [] })),
];

describe('sizes', () => {
  it('are known here for every bundled shape, and for the one that varies', () => {
    expect(shapeNames()).toEqual([...Object.keys(SIZES), 'cilium-churn'].sort());
  });

  it.each(Object.entries(SIZES))('%s', (name, expected) => {
    const { sizes } = loadShape(name);
    expect([sizes.namespaces, sizes.pods, sizes.policies]).toEqual(expected);
    const counts = { Namespace: 0, Pod: 0, Node: 0, policies: 0 };
    const names = new Set<string>();
    const addresses = new Set<unknown>();
    for (const { kind, metadata, status } of shapeObjects(loadShape(name))) {
      if (kind === 'Namespace' || kind === 'Pod' || kind === 'Node') counts[kind]++;
      else counts.policies++;
      names.add(`${kind} ${metadata.namespace ?? ''} ${metadata.name}`);
      if (kind === 'Pod') addresses.add((status as { podIP: string }).podIP);
    }
    expect([counts.Namespace, counts.Pod, counts.policies]).toEqual(expected);
    // No two objects of one name, no two pods of one address.
    expect(names.size).toBe(counts.Namespace + counts.Pod + counts.Node + counts.policies);
    expect(addresses.size).toBe(counts.Pod);
  });
});

describe('kube-burner', () => {
  it.each([
    ['kube-burner-example', { local: 1, ns: 2, pods: 2, singles: 1, ranges: 1, cidrs: 1, perNamespace: 1 }],
    ['kube-burner-ocp', { local: 2, ns: 2, pods: 2, singles: 2, ranges: 2, cidrs: 2, perNamespace: 20 }],
    ['kube-burner-ocp-large', { local: 10, ns: 5, pods: 5, singles: 5, ranges: 5, cidrs: 5, perNamespace: 40 }],
  ])('%s: every policy has the parameters of the workload', (name, expected) => {
    const policies = policiesOf(name).filter(({ metadata }) => /^(?:in|e)gress-/.test(metadata.name));
    expect(policies).toHaveLength(loadShape(name).sizes.namespaces * expected.perNamespace);
    for (const policy of policies) {
      const [selector, ...blocks] = rulesOf(policy);
      expect(policy.spec.podSelector?.matchExpressions?.[0]?.values).toHaveLength(expected.local);
      expect(selector?.peers[0]?.namespaceSelector?.matchExpressions?.[0]?.values).toHaveLength(expected.ns);
      expect(selector?.peers[0]?.podSelector?.matchExpressions?.[0]?.values).toHaveLength(expected.pods);
      expect(blocks).toHaveLength(expected.cidrs);
      for (const [i, { ports }] of [selector!, ...blocks].entries()) {
        const singles = ports.filter(({ endPort }) => endPort === undefined).map(({ port }) => port);
        expect(singles).toEqual(Array.from({ length: expected.singles }, (_, j) => (i === 0 ? 8080 : 1001) + j));
        const ranges = ports.filter(({ endPort }) => endPort !== undefined).map(({ port, endPort }) => [port, endPort]);
        expect(ranges).toEqual(Array.from({ length: expected.ranges }, (_, j) => [5000 + 10 * j, 5005 + 10 * j]));
      }
    }
  });

  it('moves the windows as the templates do', () => {
    const policy = policiesOf('kube-burner-ocp').find(({ metadata }) => metadata.name === 'ingress-3-7')!;
    const [selector, first, second] = rulesOf(policy);
    // 3 * 1 * 10 * 2 + 6 * 1 * 2 + 1 = 73 and 74, of ten; pods move on by two after (7 * 1 * 2 - 1) / 10 = 1 round.
    expect(selector?.peers[0]?.namespaceSelector?.matchExpressions?.[0]?.values).toEqual([
      'network-policy-perf-3',
      'network-policy-perf-4',
    ]);
    expect(selector?.peers[0]?.podSelector?.matchExpressions?.[0]?.values).toEqual(['3', '4']);
    // 7 * 2 + 1 and one more.
    expect([first, second].map((rule) => rule?.peers[0]?.ipBlock?.cidr)).toEqual(['1.15.0.0/16', '1.16.0.0/16']);
    expect(policy.metadata.namespace).toBe('network-policy-perf-3');
  });
});

describe('cilium-netpol', () => {
  it('has five kinds of policies for every deployment, the fifth without its domain names', () => {
    const policies = policiesOf('cilium-netpol-100');
    const kinds = policies.slice(0, 5).map((policy) => {
      const [rule] = rulesOf(policy);
      return [policy.spec.podSelector?.matchLabels?.indexing, Object.keys(rule!.peers[0]!)[0], rule!.peers.length, rule!.ports.length];
    });
    expect(kinds).toEqual([
      ['id-0', 'podSelector', 1, 0],
      ['id-0', 'ipBlock', 5, 0],
      ['id-0', 'podSelector', 1, 5],
      ['id-0', 'ipBlock', 5, 5],
      ['id-0', 'namespaceSelector', 1, 2],
    ]);
    expect(new Set(podsOf('cilium-netpol-100').map(({ metadata }) => metadata.labels?.indexing)).size).toBe(600);
  });
});

describe('cluster-load', () => {
  it('has large, medium and small deployments with a quarter, a quarter and half of the pods', () => {
    const pods = podsOf('cluster-load').filter(({ metadata }) => metadata.namespace === 'load-7');
    const sizes = new Map<string, number>();
    for (const { metadata } of pods) sizes.set(metadata.labels!.name!, (sizes.get(metadata.labels!.name!) ?? 0) + 1);
    const count = (size: number): number => [...sizes.values()].filter((each) => each === size).length;
    expect([count(250), count(30), count(5)]).toEqual([3, 25, 300]);
  });

  it('has its policy on every tenth deployment, and those of the policy load', () => {
    const policies = policiesOf('cluster-load');
    const [first, load] = [policies[0]!, policies.at(-1)!];
    expect(rulesOf(first)).toEqual([{ peers: [{ ipBlock: { cidr: '10.0.0.0/24' } }], ports: [{ protocol: 'TCP', port: 8080 }] }]);
    expect(rulesOf(load)[0]?.ports.map(({ port }) => port)).toEqual([8080, 6355]);
    expect(rulesOf(load)[0]?.peers[0]?.ipBlock?.cidr).toMatch(/^10\.0\.\d+\.0\/24$/);
  });
});

describe('antrea', () => {
  it('small: default deny and two policies that select and admit app-i=scale-i', () => {
    const [deny, one, two] = policiesOf('antrea-small', 0.001);
    expect(deny?.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    for (const [i, policy] of [one, two].entries()) {
      const podSelector = { matchLabels: { [`app-${i}`]: `scale-${i}` } };
      expect(policy?.spec).toEqual({ podSelector, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector }] }] });
    }
  });

  it('one policy a pod: each pod is admitted by one other', () => {
    const [a, b] = policiesOf('antrea-policy-per-pod', 0.01);
    expect(a?.spec.podSelector).toEqual(rulesOf(b!)[0]?.peers[0]?.podSelector);
    expect(b?.spec.podSelector).toEqual(rulesOf(a!)[0]?.peers[0]?.podSelector);
    expect(a?.spec.podSelector).not.toEqual(b?.spec.podSelector);
  });

  it('cluster-scoped: a policy admits pods of the ten namespaces of a company', () => {
    const namespaces = [...shapeObjects(loadShape('antrea-cluster-scoped'))].filter(({ kind }) => kind === 'Namespace');
    expect(namespaces.filter(({ metadata }) => metadata.labels?.company === 'company-42')).toHaveLength(10);
    expect(rulesOf(policiesOf('antrea-cluster-scoped')[0]!)[0]?.peers).toEqual([
      { podSelector: { matchLabels: { app: 'scale-0' } }, namespaceSelector: { matchLabels: { company: 'company-0' } } },
    ]);
  });
});

describe('calico', () => {
  it('tenants: 15 labels a pod, five of which no other pod has, and 3 a namespace', () => {
    const objects = [...shapeObjects(loadShape('calico-tenants-1k'))];
    const pods = objects.filter(({ kind }) => kind === 'Pod').map(({ metadata }) => metadata.labels!);
    for (const labels of pods) {
      expect(Object.keys(labels)).toHaveLength(15);
      expect([0, 1, 2, 3, 4].map((i) => labels[`unique-${i}`]?.length)).toEqual([20, 20, 10, 20, 8]);
    }
    const values = (key: string): number => new Set(pods.map((labels) => labels[key])).size;
    expect([values('unique-0'), values('unique-4'), values('binary-3')]).toEqual([1000, 1000, 2]);
    expect([values('env'), values('tier'), values('region'), values('team'), values('constant-0')]).toEqual([3, 4, 4, 5, 1]);
    const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
    expect(namespaces.every(({ metadata }) => Object.keys(metadata.labels!).length === 3)).toBe(true);
    expect(policiesOf('calico-tenants-1k')[0]?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: {} }] }],
      egress: [{ to: [{ podSelector: {} }] }, { to: [{ ipBlock: { cidr: '10.96.0.10/32' } }], ports: [{ protocol: 'UDP', port: 53 }] }],
    });
  });

  it('snapshot: five labels that one in so many shares and one of 31 markers, five rules a policy', () => {
    const pods = [...shapeObjects(loadShape('calico-snapshot'), { scale: 0.01 })].filter(({ kind }) => kind === 'Pod');
    const values = (key: string): number => new Set(pods.map(({ metadata }) => metadata.labels?.[key])).size;
    expect([10, 11, 20, 30, 40].map((n) => values(`one-in-${n}`))).toEqual([10, 11, 20, 30, 40]);
    expect(pods.every(({ metadata }) => Object.keys(metadata.labels!).length === 6)).toBe(true);
    for (const policy of policiesOf('calico-snapshot', 0.01)) expect(rulesOf(policy)).toHaveLength(5);
  });

  it('network sets: 1, 1, 1, 1, 2, 3, 4, 5, 100, 1,000 addresses, again and again', () => {
    const sizes = policiesOf('calico-netsets-1k').map((policy) => rulesOf(policy)[0]?.peers.length);
    expect(sizes.slice(0, 12)).toEqual([1, 1, 1, 1, 2, 3, 4, 5, 100, 1000, 1, 1]);
  });

  it('production: 294 policies of 68 rules, a quarter with an IP set, in sets of the published sizes', () => {
    const sets = new Map<string, number>();
    const specs: AdminNetworkPolicyObject['spec'][] = [];
    for (const { kind, metadata, spec } of shapeObjects(loadShape('calico-production'))) {
      const set = metadata.labels?.['ip-set'];
      if (kind === 'Pod') sets.set(set!, (sets.get(set!) ?? 0) + 1);
      if (kind === 'AdminNetworkPolicy') specs.push(spec as AdminNetworkPolicyObject['spec']);
    }
    const inSpan = (from: number, to: number): number => [...sets.values()].filter((size) => size >= from && size <= to).length;
    expect([inSpan(1, 9), inSpan(10, 99), inSpan(100, 999), inSpan(1000, 9999), inSpan(54_566, 54_566)]).toEqual([3035, 446, 64, 158, 1]);
    expect(sets.size + 4).toBe(3708);
    const end = specs.pop();
    expect(end?.egress?.map(({ action }) => action)).toEqual(['Deny']);
    expect(specs.map(({ priority }) => priority)).toEqual(Array.from({ length: 294 }, (_, i) => i));
    expect(specs.every(({ egress }) => egress?.length === 68)).toBe(true);
    const rules = specs.flatMap(({ egress }) => egress ?? []);
    const named = rules.flatMap(({ to }) =>
      to.map(({ pods }) => pods?.podSelector?.matchLabels?.['ip-set']).filter((set) => set !== undefined),
    );
    expect(named).toHaveLength(Math.round(19_992 * 0.242));
    expect(new Set(named).size).toBe(3708);
    const actions = (wanted: string): number => rules.filter(({ action }) => action === wanted).length;
    expect([actions('Deny'), actions('Allow'), actions('Pass')]).toEqual([10, 1, 19_981]);
    // Nine of ten ports are named by five rules at most.
    const ports = new Map<number, number>();
    for (const port of rules.flatMap((rule) => rule.ports?.map(({ portNumber }) => portNumber!.port) ?? []))
      ports.set(port, (ports.get(port) ?? 0) + 1);
    expect([...ports.values()].filter((count) => count <= 5).length / ports.size).toBeGreaterThanOrEqual(0.9);
  });
});

describe('cilium-churn', () => {
  const shape = loadShape('cilium-churn');

  it.each([1, 2, 3, 4, 5])('begins within the published spans, seed %i', (seed) => {
    const objects = [...shapeObjects(shape, { seed })];
    const remote = objects.filter(({ metadata }) => metadata.labels?.endpoint?.startsWith('remote-'));
    const policies = objects.filter((object): object is Policy => object.kind === 'NetworkPolicy');
    expect(remote.length).toBeGreaterThanOrEqual(2048);
    expect(remote.length).toBeLessThanOrEqual(8192);
    expect(policies.length).toBeGreaterThanOrEqual(32);
    expect(policies.length).toBeLessThanOrEqual(256);
    for (const policy of policies) {
      expect(rulesOf(policy).length).toBeGreaterThanOrEqual(2);
      expect(rulesOf(policy).length).toBeLessThanOrEqual(16);
      for (const { peers, ports } of rulesOf(policy)) {
        expect(ports.length === 1 || ports.length === 2).toBe(true);
        expect(ports.every(({ port }) => (port as number) >= 20_000 && (port as number) <= 21_000)).toBe(true);
        // Two to eight endpoints, or the blocks of two to eight groups of two to eight.
        expect(peers.length).toBeGreaterThanOrEqual(2);
        expect(peers.length).toBeLessThanOrEqual(peers[0]?.ipBlock === undefined ? 8 : 64);
      }
    }
  });

  it('changes what is there: nothing is removed twice or added over something', () => {
    const key = ({ kind, metadata }: Pick<KubernetesObject, 'kind' | 'metadata'>): string => `${kind} ${metadata.name}`;
    const there = new Set([...shapeObjects(shape)].map(key));
    const ticks = new Map<number, number>();
    for (const update of shapeUpdates(shape)) {
      ticks.set(update.tick, (ticks.get(update.tick) ?? 0) + 1);
      if ('remove' in update) expect(there.delete(key(update.remove))).toBe(true);
      else {
        expect(update.apply.kind === 'Pod' && there.has(key(update.apply))).toBe(false);
        there.add(key(update.apply));
      }
    }
    // 15 minutes of five seconds; 64 a second at most.
    expect(Math.max(...ticks.keys())).toBeLessThanOrEqual(180);
    expect(Math.max(...ticks.values())).toBeLessThanOrEqual(320);
    expect(ticks.size).toBeGreaterThan(60);
  });
});

describe('limit cases', () => {
  it('cidr-heavy: 100,000 different blocks of both families, with exceptions', () => {
    const blocks = policiesOf('cidr-heavy').flatMap((policy) =>
      rulesOf(policy).flatMap(({ peers }) => peers.map(({ ipBlock }) => ipBlock!)),
    );
    expect(new Set(blocks.map(({ cidr }) => cidr)).size).toBe(100_000);
    const six = blocks.filter(({ cidr }) => cidr.includes(':')).length;
    expect(six).toBeGreaterThan(49_000);
    expect(six).toBeLessThan(51_000);
    expect(blocks.filter(({ except }) => except !== undefined).length).toBeGreaterThan(15_000);
  });

  it('stress-labels: no two pods have the same labels', () => {
    expect(new Set(podsOf('stress-labels').map(({ metadata }) => JSON.stringify(metadata.labels))).size).toBe(10_000);
  });

  it('stress-ports: a boundary at every port', () => {
    const boundaries = new Set<number>();
    for (const policy of policiesOf('stress-ports')) {
      for (const { ports } of rulesOf(policy)) for (const { port } of ports) boundaries.add(port as number).add((port as number) + 1);
    }
    // 65,536 is past the last port.
    boundaries.delete(65_536);
    expect(boundaries.size).toBe(65_535);
  });

  it('stress-peers: no two peers are the same pods', () => {
    const peers = policiesOf('stress-peers').flatMap((policy) =>
      rulesOf(policy).flatMap((rule) => rule.peers.map((peer) => JSON.stringify(peer))),
    );
    expect(new Set(peers).size).toBe(peers.length);
    expect(peers).toHaveLength(10_000);
  });

  it('stress-many-ports: 40 different ports a rule', () => {
    for (const policy of policiesOf('stress-many-ports', 0.1))
      for (const { ports } of rulesOf(policy)) expect(new Set(ports.map(({ port }) => port)).size).toBe(40);
  });
});
