/**
 * Questions that the reference refuses or leaves open, word by word; policies that could not be read, in their order; what a profile doubts or always allows.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { FlowQuery } from '../../../src/model/flow.ts';
import type { AdminPolicyObject, NetworkPolicyObject, PodObject, UnreadablePolicy } from '../../../src/model/resource.ts';
import { reference } from '../../../src/reference/reference.ts';

const pod = (namespace: string, name: string, podIP: string, workload?: string): PodObject => ({
  kind: 'Pod',
  metadata: { namespace, name, labels: { name } },
  status: { podIP },
  ...(workload === undefined ? {} : { workload: { kind: 'Deployment', name: workload } }),
});
const origin = { file: 'f.yaml', line: 1, column: 1 };
const manifests = toManifests({
  pods: [pod('x', 'a', '10.0.0.1'), pod('x', 'w-1', '10.0.0.2', 'w'), pod('x', 'w-2', '10.0.0.3', 'w'), pod('x', 'six', 'fd00::6')],
  services: [{ kind: 'Service', metadata: { namespace: 'x', name: 's' }, spec: { clusterIP: '10.96.0.1' } }],
  unreadableEnds: [{ object: { kind: 'Node', name: 'torn' }, addresses: ['10.0.0.9'], origin }],
  networkPolicies: [
    {
      kind: 'NetworkPolicy',
      metadata: { namespace: 'x', name: 'closed' },
      spec: { podSelector: { matchLabels: { name: 'w-2' } }, policyTypes: ['Ingress'] },
    },
  ],
});
const question: FlowQuery = { from: 'x/a', to: 'x/w-1', protocol: 'TCP', port: 80 };
const ask = (more: object, cni: Parameters<typeof reference>[1] = {}) => reference(manifests, cni).canReach({ ...question, ...more });

describe('the reference', () => {
  test('speaks for the specification where no profile is named', () => {
    expect(ask({}).verdict).toBe('allow');
    expect(ask({ to: 'x/w-2' }).verdict).toBe('deny');
  });

  test.each([
    [{ family: 5 }, 'family is 4 or 6, got `5`'],
    [{ family: '4' }, 'family is 4 or 6, got `4`'],
    [{ port: 0 }, 'the port must be a whole number from 1 to 65535, got `0`'],
    [{ port: 65536 }, 'the port must be a whole number from 1 to 65535, got `65536`'],
    [{ protocol: 'ICMP' }, 'NetworkPolicy defines TCP, UDP and SCTP only, what `ICMP` does is undefined'],
  ])('refuses %j in words', (more, message) => {
    expect(() => ask(more)).toThrow(new RangeError(message));
    expect(ask({ family: 4 }).verdict).toBe('allow');
  });

  test.each(['tcp', ' TCP', 'Udp', 'sctp\n', '', 6, null, undefined])(
    'takes %j for a misspelt protocol under every profile',
    (protocol) => {
      const cni = { ...spec, name: 'lenient', otherProtocols: 'allow' } as const;
      const message = `NetworkPolicy defines TCP, UDP and SCTP only, what \`${protocol}\` does is undefined`;
      expect(() => ask({ protocol }, { cni })).toThrow(new RangeError(message));
      expect(ask({ protocol: 'ICMP', to: 'x/w-2' }, { cni }).verdict).toBe('allow');
      expect(ask({ protocol: 'UDP', to: 'x/w-2' }, { cni }).verdict).toBe('deny');
    },
  );

  test.each([
    [{ to: '10.0.0.9' }, 'unreadable-end', 'the address is of `Node torn`, which could not be read'],
    [{ to: '10.96.0.1' }, 'service-address', 'the address is of Service `x/s`: ask for one of its pods'],
    [{ to: 'x/six' }, 'no-common-family', 'the ends have no address family in common'],
    [{ to: 'x/w' }, 'ends-differ', 'the ends stand for several participants whose verdicts differ'],
  ])('says why %j is unknown', (more, cause, message) => {
    expect(ask(more)).toMatchObject({ verdict: 'unknown', unknown: { cause, message } });
    expect(ask({}).unknown).toBeUndefined();
  });
});

const broken = (more: Partial<UnreadablePolicy>): UnreadablePolicy => ({ kind: 'NetworkPolicy', origin, reason: 'torn', ...more });

test('policies that could not be read are reasons in the order of namespace and name, those without either first', () => {
  const unreadable = [broken({ namespace: '0', name: 'b' }), broken({ name: 'z' }), broken({ namespace: '0', name: 'a' }), broken({})];
  for (const given of [unreadable, unreadable.toReversed()]) {
    const world = toManifests({ pods: [pod('0', 'p', '10.0.0.1'), pod('1', 'p', '10.0.0.2')], unreadable: given });
    const { canReach } = reference(world);
    const reasonsAt = (from: string) =>
      canReach({ ...question, from, to: '203.0.113.1' }).egress.reasons.map(({ policy }) => `${policy.namespace ?? '-'}/${policy.name}`);
    expect(reasonsAt('0/p')).toEqual(['-/(unreadable)', '-/z', '0/a', '0/b']);
    expect(reasonsAt('1/p')).toEqual(['-/(unreadable)', '-/z']);
  }
});

test('a protocol outside the model is allowed, unless an administrator may speak of it', () => {
  const policy: AdminPolicyObject = {
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'p' },
    spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} } },
  };
  const world = toManifests({ pods: [pod('x', 'a', '10.0.0.1'), pod('x', 'w-1', '10.0.0.2')], adminPolicies: [policy] });
  const icmp: object = { protocol: 'ICMP' };
  const asked = (adminApi: 'none' | 'both') =>
    reference(world, { cni: { ...spec, name: 'lenient', otherProtocols: 'allow', adminApi } }).canReach({ ...question, ...icmp });
  const message = 'an administrator may have a say about this protocol';
  expect(asked('both')).toMatchObject({ verdict: 'unknown', unknown: { cause: 'protocol-not-judged', message } });
  expect(asked('none')).toMatchObject({ verdict: 'allow', egress: { default: 'protocol-not-policed', isolatedBy: [] } });
});

describe('a profile that is uncertain about names of ports', () => {
  const rules = (name: string, ...ports: readonly (string | number)[]): NetworkPolicyObject => ({
    kind: 'NetworkPolicy',
    metadata: { namespace: 'x', name },
    spec: { podSelector: { matchLabels: { name: 's' } }, ingress: [{ ports: ports.map((port) => ({ port })) }] },
  });
  const server: PodObject = { ...pod('x', 's', '10.0.0.2'), spec: { containers: [{ ports: [{ name: 'web', containerPort: 80 }] }] } };
  const ingress = (networkPolicies: readonly NetworkPolicyObject[], unreadable: readonly UnreadablePolicy[] = []) =>
    reference(toManifests({ pods: [pod('x', 'a', '10.0.0.1'), server], networkPolicies, unreadable }), {
      cni: { ...spec, name: 'doubting', namedPorts: 'uncertain' },
    }).canReach({ ...question, to: 'x/s' }).ingress;

  test('allows by numbers, denies without names, and does not know of names that the pod has or has not', () => {
    expect(ingress([rules('b', 'web', 80)])).toMatchObject({ verdict: 'allow', reasons: [{ port: 1 }] });
    expect(ingress([rules('b', 81)]).verdict).toBe('deny');
    expect(ingress([rules('b', 'web')]).verdict).toBe('unknown');
    expect(ingress([rules('b', 'nobody')]).verdict).toBe('unknown');
  });

  test('tells its doubts among the policies that could not be read, in order', () => {
    const unreadable = [broken({ namespace: 'x', name: 'c' }), broken({ namespace: 'x', name: 'a' }), broken({ name: 'z' })];
    expect(ingress([rules('b', 'web')], unreadable).reasons.map(({ policy }) => policy.name)).toEqual(['z', 'a', 'b', 'c']);
  });
});

describe('the way from a pod to its own node', () => {
  const closed: AdminPolicyObject = {
    kind: 'BaselineAdminNetworkPolicy',
    metadata: { name: 'default' },
    spec: { subject: { namespaces: {} }, egress: [{ action: 'Deny', to: [{ nodes: {} }] }] },
  };
  const resident: PodObject = { ...pod('x', 'a', '10.0.0.1'), spec: { nodeName: 'n1' } };
  const toNode = (ownNode: 'admin' | 'allow', ...unreadable: readonly UnreadablePolicy[]) => {
    const nodes = [
      { kind: 'Node', metadata: { name: 'n1' }, status: { addresses: [{ type: 'InternalIP', address: '192.0.2.1' }] } },
    ] as const;
    const world = toManifests({ pods: [resident], nodes, adminPolicies: [closed], unreadable });
    return reference(world, { cni: { ...spec, name: 'test', ownNode } }).canReach({ ...question, to: '192.0.2.1' }).egress;
  };

  test("is the administrator's to deny only where the profile says so", () => {
    expect(toNode('admin')).toMatchObject({ verdict: 'deny', reasons: [{ action: 'deny' }] });
    expect(toNode('allow')).toMatchObject({ verdict: 'allow', default: 'own-node' });
  });

  test('is not known where a policy that could not be read may isolate the pod', () => {
    const told = toNode('admin', broken({ namespace: 'x', name: 'b' }), broken({ namespace: 'y' }), broken({ name: 'a' }));
    const reason = {
      tier: 'NetworkPolicy',
      direction: 'egress',
      action: 'unknown',
      rule: -1,
      peer: null,
      port: null,
      origin,
      because: 'torn',
    };
    expect(told.verdict).toBe('unknown');
    expect(told.reasons).toStrictEqual([
      { ...reason, policy: { kind: 'NetworkPolicy', name: 'a' } },
      { ...reason, policy: { kind: 'NetworkPolicy', namespace: 'x', name: 'b' } },
    ]);
    for (const elsewhere of [broken({ namespace: 'y' }), broken({ directions: ['ingress'] })])
      expect(toNode('admin', elsewhere)).toMatchObject({ verdict: 'deny', reasons: [{ action: 'deny' }] });
  });
});
