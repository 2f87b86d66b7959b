/**
 * Names of ports where they are looked up before rules are written: at the pods that the policy is about, at those that an egress rule names, and to everywhere at
 * those of the policy's namespace. Where nobody declares any of them, the rule is open for its pods.
 */
import { describe, expect, test } from 'vitest';
import { kubeRouter } from '../../../src/cni/kube-router.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import type { ContainerPort, NetworkPolicyPeer, NetworkPolicyPort, PodObject } from '../../../src/model/resource.ts';
import { reference } from '../../../src/reference/reference.ts';

type Declared = readonly [name: string, containerPort: number, protocol?: ContainerPort['protocol']];
type More = { readonly hostNetwork?: boolean; readonly phase?: string };
const pod = (
  name: string,
  app: string,
  podIP: string,
  declared: readonly Declared[] = [],
  { hostNetwork, phase }: More = {},
): PodObject => ({
  kind: 'Pod',
  metadata: { namespace: name.split('/')[0] as string, name: name.split('/')[1] as string, labels: { app } },
  spec: {
    containers: [{ ports: declared.map(([port, containerPort, protocol]) => ({ name: port, containerPort, protocol })) }],
    hostNetwork,
    ...(hostNetwork ? { nodeName: 'n1' } : {}),
  },
  status: { podIP, phase },
});
const pods = [
  pod('x/client', 'client', '10.0.0.1'),
  pod('x/a', 'web', '10.0.0.2', [['http', 8080]]),
  pod('x/b', 'web', '10.0.0.3'),
  pod('x/other', 'other', '10.0.0.4', [
    ['admin', 9000],
    ['dns', 53, 'UDP'],
  ]),
  pod('x/done', 'web', '10.0.0.5', [['old', 7000]], { phase: 'Succeeded' }),
  pod('x/failed', 'web', '10.0.0.6', [['old', 7000]], { phase: 'Failed' }),
  pod('x/host', 'web', '192.0.2.1', [['metrics', 9100]], { hostNetwork: true }),
  pod('y/z', 'web', '10.1.0.1', [['far', 6000]]),
];
const app = (name: string): NetworkPolicyPeer => ({ podSelector: { matchLabels: { app: name } } });
const inY: NetworkPolicyPeer = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } };
const block: NetworkPolicyPeer = { ipBlock: { cidr: '0.0.0.0/0' } };

type Ports = readonly (string | number | NetworkPolicyPort)[];
const written = (ports: Ports): NetworkPolicyPort[] => ports.map((port) => (typeof port === 'object' ? port : { port }));
const node: CniProfile = { ...kubeRouter, name: 'test' };

/** May `from` reach pods of the app `web` in the namespace `x`, whose only rule this is? */
const into = (peers: readonly NetworkPolicyPeer[] | undefined, ports: Ports, cni = node) => {
  const ingress = [{ ...(peers ? { from: peers } : {}), ports: written(ports) }];
  const spec = { ...app('web'), policyTypes: ['Ingress'] as const, ingress };
  const world = toManifests({ pods, networkPolicies: [{ kind: 'NetworkPolicy', metadata: { namespace: 'x', name: 'p' }, spec }] });
  return (to: string, port: number, from = 'x/client') => reference(world, { cni }).canReach({ from, to, protocol: 'TCP', port }).verdict;
};

/** May the pod `client` of the namespace `x`, whose only rule this is, reach `to`? */
const outOf = (peers: readonly NetworkPolicyPeer[] | undefined, ports: Ports, cni = node) => {
  const egress = [{ ...(peers ? { to: peers } : {}), ports: written(ports) }];
  const spec = { ...app('client'), policyTypes: ['Egress'] as const, egress };
  const world = toManifests({ pods, networkPolicies: [{ kind: 'NetworkPolicy', metadata: { namespace: 'x', name: 'p' }, spec }] });
  return (to: string, port: number, protocol: 'TCP' | 'UDP' = 'TCP') =>
    reference(world, { cni }).canReach({ from: 'x/client', to, protocol, port }).verdict;
};

describe('a name in an ingress rule', () => {
  test('that a pod of the policy declares is that port of that pod', () => {
    const reach = into([app('client')], ['http', 'nobody']);
    expect([reach('x/a', 8080), reach('x/a', 80), reach('x/b', 8080)]).toEqual(['allow', 'deny', 'deny']);
  });

  test.each([
    ['nobody declares', 'nobody'],
    ['another pod of the namespace declares', 'admin'],
    ['a pod with these labels in another namespace declares', 'far'],
    ['only completed pods declare', 'old'],
    ['only a host-network pod declares', 'metrics'],
  ])('that %s opens every port to its peers', (_, name) => {
    const reach = into([app('client')], [name]);
    expect([reach('x/a', 1), reach('x/b', 80), reach('x/b', 80, 'x/other')]).toEqual(['allow', 'allow', 'deny']);
    const besideNumber = into([app('client')], [name, 80]);
    expect([besideNumber('x/b', 80), besideNumber('x/b', 81)]).toEqual(['allow', 'deny']);
  });

  test('that a host-network pod declares counts where such pods are like any', () => {
    const reach = into([app('client')], ['metrics'], { ...node, hostNetwork: 'pod' });
    expect([reach('x/host', 9100), reach('x/host', 80), reach('x/b', 9100)]).toEqual(['allow', 'deny', 'deny']);
  });

  test.each([
    ['from everywhere', undefined],
    ['from a block', [block]],
  ])('%s opens nothing more than what pods declare, each for itself', (_, peers) => {
    const reach = into(peers, ['http']);
    expect([reach('x/a', 8080), reach('x/a', 80), reach('x/b', 8080)]).toEqual(['allow', 'deny', 'deny']);
    expect(into(peers, ['nobody'])('x/b', 80)).toBe('deny');
  });
});

describe('a name in an egress rule', () => {
  test('that a pod of the peers declares is that port of that pod', () => {
    const reach = outOf([app('web')], ['http']);
    expect([reach('x/a', 8080), reach('x/a', 80), reach('x/b', 8080)]).toEqual(['allow', 'deny', 'deny']);
    const further = outOf([inY], ['far']);
    expect([further('y/z', 6000), further('y/z', 80)]).toEqual(['allow', 'deny']);
  });

  test('that one of several peers declares opens nothing to the others', () => {
    const reach = outOf([app('web'), app('other')], ['http']);
    expect([reach('x/a', 8080), reach('x/other', 8080), reach('x/other', 80)]).toEqual(['allow', 'deny', 'deny']);
  });

  test.each([
    ['nobody declares', 'nobody'],
    ['a pod of the namespace declares that is no peer', 'admin'],
    ['a pod with these labels in another namespace declares', 'far'],
  ])('that %s opens every port to the pods among its peers', (_, name) => {
    const reach = outOf([app('web'), block], [name]);
    expect([reach('x/b', 80), reach('x/other', 80), reach('203.0.113.1', 80)]).toEqual(['allow', 'deny', 'deny']);
  });

  test('opens nothing to a block, where a number does', () => {
    const reach = outOf([block], ['http', 'nobody', 443]);
    expect([reach('x/a', 8080), reach('203.0.113.1', 8080), reach('x/b', 80)]).toEqual(['deny', 'deny', 'deny']);
    expect([reach('x/a', 443), reach('203.0.113.1', 443)]).toEqual(['allow', 'allow']);
  });

  test('to everywhere is each number that pods of the namespace declare for the protocol', () => {
    const reach = outOf(undefined, ['http', 'far', 'nobody', { port: 'dns', protocol: 'UDP' }, 443]);
    expect([reach('203.0.113.1', 8080), reach('x/b', 8080), reach('x/b', 443)]).toEqual(['allow', 'allow', 'allow']);
    expect([reach('203.0.113.1', 80), reach('203.0.113.1', 6000), reach('203.0.113.1', 8080, 'UDP')]).toEqual(['deny', 'deny', 'deny']);
    expect([reach('203.0.113.1', 53, 'UDP'), reach('203.0.113.1', 53)]).toEqual(['allow', 'deny']);
    expect(outOf(undefined, ['nobody'])('x/b', 80)).toBe('deny');
  });
});
