/**
 * Manifests -> Cluster.
 */
import { describe, expect, it } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { buildCluster } from '../../../src/input/build-cluster.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { formatAddress } from '../../../src/lib/ip-address.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { CniProfile } from '../../../src/model/profile.ts';

function build(objects: readonly object[], profile: Partial<CniProfile> = {}): Cluster & { diagnostics: string[] } {
  const { cluster, diagnostics } = buildCluster(manifestsFromObjects(objects), { ...spec, ...profile });
  return { ...cluster, diagnostics: diagnostics.map(({ code }) => code) };
}

function pod(name: string, fields: { metadata?: object; spec?: object; status?: object } = {}): object {
  return { apiVersion: 'v1', kind: 'Pod', ...fields, metadata: { name, namespace: 'x', ...fields.metadata } };
}

describe('namespaces', () => {
  it('exist when they are only referred to, and have their name as a label', () => {
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };
    const { namespaces } = build([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'b', labels: { team: 'red', empty: null } } },
      pod('p', { metadata: { namespace: 'c' } }),
      pod('q', { metadata: { namespace: undefined } }),
      { ...policy, metadata: { name: 'p', namespace: 'a' } },
      { ...policy, metadata: { name: 'q', namespace: 'd' }, spec: { ingress: [null] } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'e' } },
    ]);
    expect(namespaces.map(({ name, labels }) => [name, Object.fromEntries(labels)])).toEqual([
      ['a', { 'kubernetes.io/metadata.name': 'a' }],
      ['b', { team: 'red', empty: '', 'kubernetes.io/metadata.name': 'b' }],
      ['c', { 'kubernetes.io/metadata.name': 'c' }],
      ['d', { 'kubernetes.io/metadata.name': 'd' }],
      ['default', { 'kubernetes.io/metadata.name': 'default' }],
      ['e', { 'kubernetes.io/metadata.name': 'e' }],
    ]);
  });
});

describe('pods', () => {
  it('are sorted by code unit, and none has completed', () => {
    const { pods } = build([
      pod('b'),
      pod('a', { status: { phase: 'Succeeded' } }),
      pod('c', { status: { phase: 'Failed' } }),
      pod('d', { status: { phase: 'Pending' } }),
      pod('a', { metadata: { namespace: 'w', deletionTimestamp: '2024-01-01T00:00:00Z' } }),
      pod('a-b'),
      pod('a.b'),
    ]);
    expect(pods.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(['w/a', 'x/a-b', 'x/a.b', 'x/b', 'x/d']);
  });

  it('of one namespace share equal labels, in whatever order they are written', () => {
    const { pods } = build([
      pod('a', { metadata: { labels: { k: 'v', l: null } } }),
      pod('b', { metadata: { labels: { l: '', k: 'v' } } }),
      pod('c', { metadata: { labels: { k: 'v' } } }),
      pod('d', { metadata: { labels: { constructor: 'a', toString: 'b' } } }),
    ]);
    const byName = new Map(pods.map(({ name, labels }) => [name, labels]));
    expect(byName.get('a')).toBe(byName.get('b'));
    expect(byName.get('c')).not.toBe(byName.get('a'));
    expect([...byName.get('d')!]).toEqual([
      ['constructor', 'a'],
      ['toString', 'b'],
    ]);
  });

  it('refuse two namespaces of one name', () => {
    const manifests = manifestsFromObjects([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'twice' } }]);
    const twice = { ...manifests, namespaces: [...manifests.namespaces, ...manifests.namespaces] };
    expect(() => buildCluster(twice, spec)).toThrow('two namespaces of the name `twice`');
  });

  it('have the addresses of both families, IPv4 first, or the one, or none', () => {
    const ipsOf = (status: object): string[] => build([pod('p', { status })]).pods[0]!.ips.map(formatAddress);
    expect(ipsOf({ podIP: 'fd00::1', podIPs: [{ ip: 'fd00::1' }, { ip: '10.0.0.1' }] })).toEqual(['10.0.0.1', 'fd00::1']);
    expect(ipsOf({ podIP: '10.0.0.1' })).toEqual(['10.0.0.1']);
    expect(ipsOf({ podIP: '', podIPs: [] })).toEqual([]);
    expect(ipsOf({})).toEqual([]);
  });

  const container = (...ports: object[]): object => ({ ports });
  const ports = {
    containers: [
      container({ name: 'http', containerPort: 80 }, { containerPort: 81 }),
      container({ name: 'http', containerPort: 8080 }, { name: 'http', containerPort: 53, protocol: 'UDP' }),
    ],
    initContainers: [
      container({ name: 'init', containerPort: 1 }),
      { restartPolicy: 'Always', ...container({ name: 'side', containerPort: 2 }) },
    ],
  };

  it('have the named ports of containers, then of sidecars, as the profile says', () => {
    const portsOf = (profile: Partial<CniProfile>): string[] =>
      build([pod('p', { spec: ports })], profile).pods[0]!.namedPorts.map(({ name, port, protocol }) => `${name}:${port}/${protocol}`);
    expect(portsOf({})).toEqual(['http:80/TCP', 'http:8080/TCP', 'http:53/UDP', 'side:2/TCP']);
    expect(portsOf({ sidecarPorts: false })).toEqual(['http:80/TCP', 'http:8080/TCP', 'http:53/UDP']);
    expect(portsOf({ namedPortDuplicates: 'first' })).toEqual(['http:80/TCP', 'http:53/UDP', 'side:2/TCP']);
  });

  it('are warned about when a name stands for two numbers of a protocol', () => {
    expect(build([pod('p', { spec: ports })]).diagnostics).toEqual(['duplicate-port-name']);
    const same = { containers: [container({ name: 'a', containerPort: 1 }, { name: 'a', containerPort: 1, protocol: 'UDP' })] };
    expect(build([pod('p', { spec: same })]).diagnostics).toEqual([]);
  });
});

describe('nodes', () => {
  it('are those given and those that pods run on, named or not, with all that is known of their addresses', () => {
    const { nodes, pods } = build([
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'b' },
        status: {
          addresses: [
            { type: 'Hostname', address: 'b' },
            { type: 'InternalIP', address: '192.168.0.2' },
            { type: 'ExternalIP', address: '203.0.113.2' },
          ],
        },
      },
      pod('p', { spec: { nodeName: 'b' }, status: { hostIP: '192.168.0.2', hostIPs: [{ ip: '192.168.0.2' }, { ip: 'fd00::2' }] } }),
      pod('q', { spec: { nodeName: 'a' }, status: { hostIP: '192.168.0.1' } }),
      pod('r', { spec: { nodeName: '' }, status: { hostIP: '192.168.0.9' } }),
      pod('s', { spec: { nodeName: 'c' }, status: { hostIP: '192.168.0.3', phase: 'Failed' } }),
    ]);
    expect(nodes.map(({ name, ips }) => [name, ips.map(formatAddress)])).toEqual([
      ['(192.168.0.9)', ['192.168.0.9']],
      ['a', ['192.168.0.1']],
      ['b', ['192.168.0.2', '203.0.113.2', 'fd00::2']],
    ]);
    expect(pods.find(({ name }) => name === 'r')!.node).toBe('(192.168.0.9)');
  });
});

describe('addresses of Services', () => {
  it('have every address that a pod on them names, whichever pod it is', () => {
    const on = (name: string, hostIP: string | null, ...more: string[]) => {
      return pod(name, { spec: { nodeName: 'a' }, status: { hostIP, hostIPs: more.map((ip) => ({ ip })) } });
    };
    const { nodes } = build([
      on('p', '192.168.0.1'),
      on('q', null),
      on('r', '192.168.0.1', '192.168.0.1'),
      on('s', '192.168.0.2', '192.168.0.3'),
      on('t', 'fd00::2'),
      on('u', '192.168.0.1', '192.168.0.1', 'fd00::1'),
      on('v', '192.168.0.1', '192.168.0.1', 'fd00::3'),
      on('w', null, '192.168.0.4'),
    ]);
    expect(nodes.map(({ ips }) => ips.map(formatAddress))).toEqual([
      ['192.168.0.1', '192.168.0.2', '192.168.0.3', 'fd00::2', 'fd00::1', 'fd00::3', '192.168.0.4'],
    ]);
  });

  it('are each named once, and `None` is none', () => {
    const service = (name: string, fields: object): object => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'x' },
      ...fields,
    });
    const { serviceAddresses } = build([
      service('a', {
        spec: { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1', 'fd00::9'], externalIPs: ['203.0.113.1'] },
        status: { loadBalancer: { ingress: [{ ip: '203.0.113.7' }, { hostname: 'x' }] } },
      }),
      service('b', { spec: { clusterIP: 'None', clusterIPs: ['None'] } }),
      service('c', { spec: { type: 'ExternalName', externalName: 'x' } }),
    ]);
    expect(serviceAddresses.map(({ name, ip }) => `${name} ${formatAddress(ip)}`)).toEqual([
      'a 10.96.0.1',
      'a fd00::9',
      'a 203.0.113.1',
      'a 203.0.113.7',
    ]);
  });
});

describe('addresses that two pods have', () => {
  const at = (name: string, ip: string, extra: object = {}, spec: object = {}): object =>
    pod(name, { spec, status: { podIP: ip, podIPs: [{ ip }], ...extra } });
  const warnings = (...objects: object[]): string[] =>
    manifestsFromObjects(objects).diagnostics.map(({ code, object }) => `${code} ${object?.name}`);

  it('are warned about when both run in the pod network', () => {
    expect(warnings(at('a', '10.0.0.1'), at('b', '10.0.0.1'))).toEqual(['duplicate-pod-ip b']);
    expect(warnings(at('a', '10.0.0.1'), at('b', '10.0.0.2'))).toEqual([]);
    expect(warnings(at('a', '10.0.0.1'), at('b', '10.0.0.1', { phase: 'Succeeded' }))).toEqual([]);
    expect(warnings(at('a', '10.0.0.1', {}, { hostNetwork: true }), at('b', '10.0.0.1', {}, { hostNetwork: true }))).toEqual([]);
  });
});
