import { describe, expect, it } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { compile } from '../../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { reference } from '../../../src/reference/reference.ts';

const pod = (name: string, extra: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'a' },
  spec: { containers: [] },
  status: { phase: 'Running', podIP: '10.0.0.9', ...extra },
});
const denyAll = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'a' },
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
};
const manifests = manifestsFromObjects([pod('p'), denyAll]);
const question = { from: '203.0.113.1', to: 'a/p', protocol: 'TCP', port: 80 } as const;
const others = { ...spec, name: 'others', otherProtocols: 'allow' } as const;

describe('a question', () => {
  const engines = [compile(manifests, { cni: others }), reference(manifests, { cni: others })];

  it('about a protocol outside the model is answered when the profile says so, and a misspelt protocol is not one', () => {
    for (const { canReach } of engines) {
      expect(canReach({ ...question, protocol: 'ICMP' as 'TCP' }).verdict).toBe('allow');
      expect(canReach(question).verdict).toBe('deny');
      for (const protocol of ['tcp', ' TCP', '', null, 6]) {
        expect(() => canReach({ ...question, protocol: protocol as 'TCP' })).toThrow(RangeError);
      }
    }
  });

  it('about such a protocol is open where an administrator has a say: rules without protocols match every one', () => {
    const dns = {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'closed' },
      spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] },
    };
    const unreadable = { ...dns, spec: { ...dns.spec, tier: 'admin' } };
    const icmp = { ...question, from: 'a/p2', protocol: 'ICMP' as 'TCP' };
    for (const policy of [dns, unreadable]) {
      const given = manifestsFromObjects([pod('p'), pod('p2'), policy]);
      for (const open of [compile, reference]) {
        const { canReach } = open(given, { cni: others });
        expect(canReach(icmp)).toMatchObject({ verdict: 'unknown', unknown: { cause: 'protocol-not-judged' } });
        // Nobody has a say where the policy is not enforced.
        expect(open(given, { cni: { ...others, adminApi: 'v1alpha1' } }).canReach(icmp).verdict).toBe('allow');
      }
      expect(compile(given, { cni: others }).verdict(icmp)).toBe('unknown');
    }
  });

  it.each([undefined, null, {}, 5, ['a/p'], { ip: 5 }, { pod: 'a/p', ip: '10.0.0.9' }])('with the end %j is refused', (from) => {
    expect(() => compile(manifests).canReach({ ...question, from: from as never })).toThrow(RangeError);
  });

  it('from an address with two owners is not answered as if it were one of them', () => {
    const shared = manifestsFromObjects([pod('p'), pod('p2'), denyAll]);
    const asked = { ...question, from: '10.0.0.9' };
    for (const { canReach } of [compile(shared), reference(shared)]) {
      expect(canReach(asked)).toMatchObject({ verdict: 'unknown', unknown: { cause: 'address-ambiguous' } });
      expect(canReach({ ...asked, from: 'a/p2' }).verdict).toBe('deny');
    }
  });

  it('from the node of a pod is allowed, however the node is known', () => {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1' },
      status: { addresses: [{ type: 'InternalIP', address: '192.0.2.1' }] },
    };
    const there = pod('p', { hostIP: '192.0.2.1' });
    for (const objects of [
      [there, denyAll],
      [there, denyAll, node],
    ]) {
      for (const { canReach } of [compile(manifestsFromObjects(objects)), reference(manifestsFromObjects(objects))]) {
        expect(canReach({ ...question, from: '192.0.2.1' }).verdict).toBe('allow');
        expect(canReach({ ...question, from: '192.0.2.2' }).verdict).toBe('deny');
      }
    }
  });
});

describe('a profile', () => {
  it.each([
    'calico-2',
    {},
    5,
    { ...spec, name: 'mine', hostNetwork: 'nodes' },
    { ...spec, name: 'mine', more: 1 },
    { ...spec, hairpin: 'policy' },
  ])('%j is refused', (cni) => {
    expect(() => compile(manifests, { cni: cni as never })).toThrow(RangeError);
    expect(() => reference(manifests, { cni: cni as never })).toThrow(RangeError);
  });

  it('of another name may have other switches', () => {
    const engine = compile(manifests, { cni: { ...spec, name: 'mine', hairpin: 'policy' } });
    expect(engine.canReach({ ...question, from: 'a/p' }).verdict).toBe('deny');
    expect(compile(manifests).canReach({ ...question, from: 'a/p' }).verdict).toBe('allow');
  });
});

describe('compile', () => {
  it.each([undefined, null, {}, []])('refuses %j as manifests', (value) => {
    expect(() => compile(value as never)).toThrow(RangeError);
  });
});
