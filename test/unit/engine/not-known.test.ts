/**
 * What administrators' policies leave open, asked of the engine and of the reference: addresses that may be nodes, names where they have no meaning, objects that may be policies.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { type CniProfile, compile, manifestsFromObjects } from '../../../src/index.ts';
import { reference } from '../../../src/reference/reference.ts';

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'x' },
  spec: { nodeName: 'n1' },
  status: { podIP: '10.0.0.1' },
};
const node = (name: string, ...addresses: readonly [type: string, address: string][]) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { addresses: addresses.map(([type, address]) => ({ type, address })) },
});

interface Egress {
  readonly action: string;
  readonly to: readonly object[];
}

const cnp = (...egress: readonly Egress[]) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'c' },
  spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, egress },
});

interface Setting {
  readonly cni?: CniProfile;
  readonly domainNames?: Readonly<Record<string, readonly string[]>>;
}

function verdict(objects: readonly object[], to: string, setting: Setting = {}): string {
  const manifests = manifestsFromObjects([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }, POD, ...objects]);
  const query = { from: 'x/a', to, protocol: 'TCP', port: 80 } as const;
  const decision = compile(manifests, setting).canReach(query);
  expect(decision, 'the reference').toEqual(reference(manifests, setting).canReach(query));
  return decision.verdict;
}

describe('whether an outside address is a node', () => {
  const noNodes = cnp({ action: 'Deny', to: [{ nodes: {} }] });

  test('is open as long as no Node object is there', () => {
    expect(verdict([noNodes], '192.168.0.1')).toBe('unknown');
    expect(verdict([noNodes, node('n2', ['InternalIP', '192.168.0.2'])], '192.168.0.1')).toBe('allow');
    expect(verdict([noNodes, node('n2', ['InternalIP', '192.168.0.2'])], '192.168.0.2')).toBe('deny');
  });

  test('is of no account where nothing depends on it', () => {
    expect(verdict([], '192.168.0.1')).toBe('allow');
    expect(verdict([cnp({ action: 'Deny', to: [{ nodes: {} }, { networks: ['192.168.0.0/16'] }] })], '192.168.0.1')).toBe('deny');
    expect(verdict([cnp({ action: 'Accept', to: [{ nodes: {} }] })], '192.168.0.1')).toBe('allow');
  });

  test('is told by every address of a Node, whatever its type', () => {
    const named = node('n2', ['Hostname', 'n2.example.com'], ['Hostname', '192.168.0.3'], ['InternalIP', '192.168.0.2']);
    expect(verdict([noNodes, named], '192.168.0.3')).toBe('deny');
    expect(verdict([noNodes, named], '192.168.0.4')).toBe('allow');
  });
});

describe('domain names', () => {
  const domainNames = { 'a.example.com': ['203.0.113.1'] };
  const to = (action: string) => cnp({ action, to: [{ domainNames: ['a.example.com'] }] });

  test('have no defined meaning in rules that deny or pass', () => {
    for (const action of ['Deny', 'Pass']) {
      expect(verdict([to(action)], '203.0.113.1', { domainNames })).toBe('unknown');
      expect(verdict([to(action)], '203.0.113.2', { domainNames })).toBe('unknown');
    }
    expect(
      verdict(
        [cnp({ action: 'Accept', to: [{ domainNames: ['a.example.com'] }] }, { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] })],
        '203.0.113.1',
        { domainNames },
      ),
    ).toBe('allow');
  });

  test('are an unknown peer where only the standard peers are known', () => {
    expect(verdict([to('Deny')], '203.0.113.2', { domainNames, cni: { ...spec, name: 'standard', adminPeers: 'standard' } })).toBe('deny');
  });

  test('may have an underscore inside a label, as in the API', () => {
    const closed = [
      { action: 'Accept', to: [{ domainNames: ['my_db.example.com'] }] },
      { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] },
    ];
    expect(verdict([cnp(...closed)], '203.0.113.9', { domainNames: { 'my_db.example.com': ['203.0.113.9'] } })).toBe('allow');
    expect(verdict([cnp(...closed)], '203.0.113.8', { domainNames: { 'my_db.example.com': ['203.0.113.9'] } })).toBe('deny');
    for (const name of ['_sip.example.com', 'a_.example.com']) {
      expect(() => verdict([cnp(...closed)], '203.0.113.9', { domainNames: { [name]: [] } })).toThrow(/expected a name/);
    }
  });
});

test('a list is no table of domain names', () => {
  const manifests = manifestsFromObjects([POD]);
  for (const make of [compile, reference]) {
    expect(() => make(manifests, { domainNames: [] as never })).toThrow('must map names to lists of addresses');
    expect(() => make(manifests, { domainNames: {} })).not.toThrow();
  }
});

describe('warnings', () => {
  const codes = (objects: readonly object[], cni: string | CniProfile) =>
    compile(manifestsFromObjects([POD, ...objects]), { cni }).diagnostics.map(({ code }) => code);
  const tied = ['c', 'd'].map((name, i) => ({
    ...cnp({ action: i === 0 ? 'Accept' : 'Deny', to: [{ nodes: {} }] }),
    metadata: { name },
  }));

  test('of priorities that are equal are for data planes that define no order', () => {
    expect(codes(tied, 'spec')).toContain('equal-priority');
    for (const cni of ['calico', 'cilium', 'kube-network-policies', 'flannel']) expect(codes(tied, cni)).not.toContain('equal-priority');
  });

  test('of Node objects that are missing are for data planes that know them', () => {
    expect(codes(tied, 'spec')).toContain('nodes-not-given');
    expect(codes(tied, 'calico')).not.toContain('nodes-not-given');
  });

  test('of policies that are not enforced say what follows', () => {
    const messages = (policy: object) =>
      compile(manifestsFromObjects([POD, policy]), { cni: 'flannel' })
        .diagnostics.filter(({ code }) => code === 'policy-not-enforced')
        .map(({ message }) => message);
    const noted = /is not enforced under `flannel`, and the pods that it means to protect are open to what it forbids/;
    expect(messages(cnp({ action: 'Deny', to: [{ nodes: {} }] }))).toEqual([expect.stringMatching(noted)]);
    expect(messages(cnp({ action: 'Accept', to: [{ nodes: {} }] }))).toEqual([
      expect.stringMatching(/is not enforced under `flannel`, and what it allows other policies may deny/),
    ]);
    const unreadable = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'np', namespace: 'x' },
      spec: { podSelector: 7 },
    };
    expect(messages(unreadable)).toEqual([expect.stringMatching(noted)]);
  });
});

describe('an object of which not even the kind is known', () => {
  const OPEN = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'open', namespace: 'x' },
    spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] },
  };
  const strange = (apiVersion: unknown) => ({ apiVersion, kind: 7, metadata: { name: 'p', namespace: 'x' }, spec: {} });

  test('may be a policy that comes before all that can be read', () => {
    for (const apiVersion of [undefined, 7, 'policy.networking.k8s.io/v1alpha2']) {
      expect(verdict([OPEN, strange(apiVersion)], '203.0.113.1')).toBe('unknown');
    }
    expect(verdict([OPEN], '203.0.113.1')).toBe('allow');
  });

  test('is one among NetworkPolicies where its group or the data plane has no other', () => {
    expect(verdict([OPEN, strange('networking.k8s.io/v1')], '203.0.113.1')).toBe('allow');
    expect(verdict([strange('networking.k8s.io/v1')], '203.0.113.1')).toBe('unknown');
    expect(verdict([OPEN, strange(7)], '203.0.113.1', { cni: { ...spec, name: 'without', adminApi: 'none' } })).toBe('allow');
  });
});
