/**
 * What a flow end stands for: pods, workloads, nodes, Services, unreadable objects and addresses outside, as networkpolicy-semantics b.9 says.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { FlowEnd } from '../../../src/model/flow.ts';
import type { NodeObject, PodObject, ServiceObject } from '../../../src/model/resource.ts';
import { addressBits } from '../../../src/reference/addresses.ts';
import { nodeOf, resolveEnd } from '../../../src/reference/ends.ts';

type Status = NonNullable<PodObject['status']>;
const pod = (name: string, status: Status = {}, more: Partial<PodObject> = {}): PodObject => ({
  kind: 'Pod',
  metadata: { namespace: 'x', name },
  status,
  ...more,
});
const node = (name: string, ...addresses: readonly (readonly [type: string, address: string])[]): NodeObject => ({
  kind: 'Node',
  metadata: { name },
  status: { addresses: addresses.map(([type, address]) => ({ type, address })) },
});
const ends = (objects: Parameters<typeof toManifests>[0]) => {
  const manifests = toManifests(objects);
  return (end: FlowEnd) => resolveEnd(manifests, spec, end);
};
const bits = (text: string) => addressBits(text)!;

describe('a name', () => {
  const owned = (name: string, kind: string, workload: string) => pod(name, {}, { workload: { kind, name: workload } });
  const [a, b, twin] = [pod('a'), owned('b', 'Deployment', 'w'), owned('twin', 'Job', 'a')];
  const pods = [a, twin, owned('c', 'Deployment', 'w'), b, owned('d', 'Deployment', 'both'), owned('e', 'Job', 'both')];
  const end = ends({ pods: [...pods, pod('gone', { phase: 'Succeeded' }), pod('failed', { phase: 'Failed' })] });
  const one = (each: PodObject) => ({ faces: [{ pod: each, isNode: false }], ambiguous: false });

  test('is of the pod before it is of the workload', () => {
    expect(end('x/a')).toEqual(one(a));
    expect(end({ pod: 'x/a' })).toEqual(one(a));
    expect(end('x/pod/a')).toEqual(one(a));
    expect(end('x/Pod/a')).toEqual(one(a));
    expect(end({ workload: 'x/a' })).toEqual(one(twin));
    expect(end('x/job/a')).toEqual(one(twin));
    expect(end('x/w').faces.map((face) => face.pod?.metadata.name)).toEqual(['b', 'c']);
  });

  test.each<[FlowEnd, string]>([
    ['a', 'expected `namespace/name`, `namespace/kind/name` or an IP address, got `a`'],
    ['x/job/more/a', 'expected `namespace/name`, `namespace/kind/name` or an IP address, got `x/job/more/a`'],
    ['x/more/job/extra/a', 'expected `namespace/name`, `namespace/kind/name` or an IP address, got `x/more/job/extra/a`'],
    [{ pod: 'a' }, 'expected `namespace/name`, `namespace/kind/name` or an IP address, got `a`'],
    ['x/pod/w', 'there is no pod `x/pod/w`'],
    [{ workload: 'x/pod/w' }, 'there is no pod `x/pod/w`'],
    [{ pod: 'x/w' }, 'there is no pod `x/w`'],
    ['x/gone', 'there is no pod and no workload `x/gone`'],
    ['x/failed', 'there is no pod and no workload `x/failed`'],
    ['y/a', 'there is no pod and no workload `y/a`'],
    ['x/cronjob/a', 'there is no pod and no workload `x/cronjob/a`'],
    ['x/both', '`x/both` could be `x/deployment/both` or `x/job/both`'],
    [{ ip: 'x/a' }, '`x/a` is not an IP address'],
    ['::ffff:10.0.0.1', '`::ffff:10.0.0.1` is an IPv4 address in IPv6 notation: write it as IPv4'],
  ])('%j is refused in words', (asked, message) => {
    expect(() => end(asked)).toThrow(new RangeError(message));
  });
});

describe('a pod', () => {
  test('has one face for the first address of each family, IPv4 first', () => {
    const many = pod('p', { podIPs: ['fd00::1', '10.0.0.1', '10.0.0.2', 'fd00::2'].map((ip) => ({ ip })) });
    const faces = ['10.0.0.1', 'fd00::1'].map((ip) => ({ pod: many, isNode: false, address: bits(ip) }));
    expect(ends({ pods: [many] })('x/p')).toEqual({ faces, ambiguous: false });
  });

  const hostPod = (status: Status, nodeName?: string) =>
    pod('h', status, { spec: { hostNetwork: true, ...(nodeName === undefined ? {} : { nodeName }) } });

  test('of the host network is a node: its own addresses, else those of its host, else those of its node', () => {
    const nodes = [node('n1', ['InternalIP', '192.0.2.1'])];
    const face = (each: PodObject, ip: string) => ({ hostPod: each, node: 'n1', isNode: true, address: bits(ip) });
    for (const [each, ip] of [
      [hostPod({ podIP: '192.0.2.3', hostIP: '192.0.2.2' }, 'n1'), '192.0.2.3'],
      [hostPod({ hostIP: '192.0.2.2' }, 'n1'), '192.0.2.2'],
      [hostPod({}, 'n1'), '192.0.2.1'],
    ] as const) {
      expect(ends({ nodes, pods: [each] })('x/h')).toEqual({ faces: [face(each, ip)], ambiguous: false });
    }
  });

  test('of the host network without any address has a face without one', () => {
    const [placed, lost] = [hostPod({}, 'n1'), hostPod({})];
    const neighbour = pod('p', { podIP: '10.0.0.1' }, { spec: { nodeName: 'n1' } });
    expect(ends({ pods: [placed, neighbour] })('x/h').faces).toEqual([{ hostPod: placed, node: 'n1', isNode: true }]);
    expect(ends({ pods: [lost, neighbour] })('x/h').faces).toEqual([{ hostPod: lost, isNode: true }]);
  });
});

describe('an address', () => {
  const outside = (ip: string) => ({ faces: [{ isNode: false, address: bits(ip) }], ambiguous: false });

  test('of two pods is ambiguous, of one it is not; the order is that of namespace and name', () => {
    const shared = { podIP: '10.0.0.1' };
    const [b, a, early] = [pod('b', shared), pod('a', shared), pod('z', shared, { metadata: { namespace: 'w', name: 'z' } })];
    const end = ends({ pods: [b, a, early, pod('c', { podIP: '10.0.0.2' })] });
    const faces = [early, a, b].map((each) => ({ pod: each, isNode: false, address: bits('10.0.0.1') }));
    expect(end('10.0.0.1')).toEqual({ faces, ambiguous: true });
    expect(end('10.0.0.2').ambiguous).toBe(false);
  });

  test('of a node is every one that its status has, of whatever type', () => {
    const end = ends({
      nodes: [node('n1', ['Hostname', '192.0.2.1'], ['Hostname', 'n1'], ['InternalIP', '192.0.2.2'], ['ExternalIP', '192.0.2.3'])],
    });
    const face = (ip: string) => ({ faces: [{ node: 'n1', isNode: true, address: bits(ip) }], ambiguous: false });
    expect(end('192.0.2.1')).toEqual(face('192.0.2.1'));
    expect(end('192.0.2.2')).toEqual(face('192.0.2.2'));
    expect(end('192.0.2.3')).toEqual(face('192.0.2.3'));
  });

  test('of two nodes is ambiguous, in the order of their names', () => {
    const end = ends({ nodes: [node('n2', ['InternalIP', '192.0.2.1']), node('n1', ['InternalIP', '192.0.2.1'])] });
    const faces = ['n1', 'n2'].map((name) => ({ node: name, isNode: true, address: bits('192.0.2.1') }));
    expect(end('192.0.2.1')).toEqual({ faces, ambiguous: true });
  });

  test('of a host that only pods tell of is a node of that name', () => {
    const implied = (name: string, ip: string) => ({ faces: [{ node: name, isNode: true, address: bits(ip) }], ambiguous: false });
    const end = ends({
      pods: [pod('p', { hostIP: '192.0.2.1' }), pod('q', { hostIPs: [{ ip: '192.0.2.2' }] }), pod('r', { hostIP: '192.0.2.1' }), pod('s')],
    });
    expect(end('192.0.2.1')).toEqual(implied('(192.0.2.1)', '192.0.2.1'));
    expect(end('192.0.2.2')).toEqual(implied('(192.0.2.2)', '192.0.2.2'));
    const placed = ends({ pods: [pod('p', { hostIP: '192.0.2.1' }, { spec: { nodeName: 'n1' } })] });
    expect(placed('192.0.2.1')).toEqual(implied('n1', '192.0.2.1'));
  });

  test('of a host that is a known node by one of its addresses makes no second node', () => {
    const end = ends({
      nodes: [node('n1', ['InternalIP', '192.0.2.1'])],
      pods: [pod('p', { hostIPs: [{ ip: '192.0.2.1' }, { ip: 'fd00::1' }] })],
    });
    expect(end('192.0.2.1').faces).toEqual([{ node: 'n1', isNode: true, address: bits('192.0.2.1') }]);
    expect(end('fd00::1')).toEqual(outside('fd00::1'));
  });

  test('of a Service names it, in the namespace default where it has none', () => {
    const service = (metadata: ServiceObject['metadata'], more: Partial<ServiceObject>): ServiceObject => ({
      kind: 'Service',
      metadata,
      ...more,
    });
    const end = ends({
      services: [
        service({ namespace: 'x', name: 's' }, { spec: { clusterIP: 'None', clusterIPs: ['10.96.0.1'] } }),
        service({ name: 't' }, { spec: { externalIPs: ['10.96.0.2'] }, status: { loadBalancer: { ingress: [{ ip: '10.96.0.3' }] } } }),
      ],
    });
    const found = (name: string) => ({ faces: [], ambiguous: false, service: name });
    expect(end('10.96.0.1')).toEqual(found('x/s'));
    expect(end('10.96.0.2')).toEqual(found('default/t'));
    expect(end('10.96.0.3')).toEqual(found('default/t'));
    expect(end('10.96.0.4')).toEqual(outside('10.96.0.4'));
  });

  test('of an object that could not be read names that object', () => {
    const origin = { file: 'f.yaml', line: 1, column: 1 };
    const end = ends({ unreadableEnds: [{ object: { kind: 'Pod', namespace: 'x', name: 'torn' }, addresses: ['10.0.0.1'], origin }] });
    expect(end('10.0.0.1')).toEqual({ faces: [], ambiguous: false, unreadable: 'Pod torn' });
    expect(end('10.0.0.2')).toEqual(outside('10.0.0.2'));
  });
});

test('the node of a pod is the one that it names, else the first by name that has its host address', () => {
  const nodes = [node('n2', ['InternalIP', '192.0.2.1']), node('n1', ['InternalIP', '192.0.2.1'])];
  const [named, hosted, lost] = [pod('p', {}, { spec: { nodeName: 'n2' } }), pod('q', { hostIP: '192.0.2.1' }), pod('r')];
  const manifests = toManifests({ nodes, pods: [named, hosted, lost] });
  expect([named, hosted, lost].map((each) => nodeOf(manifests, spec, each))).toEqual(['n2', 'n1', undefined]);
});
