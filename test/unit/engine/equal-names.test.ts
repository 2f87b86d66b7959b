/**
 * A policy that was read and one that was not, of one kind, name, tier and priority: no cluster holds both, and what was put together by hand must not be judged in two ways.
 */
import { expect, test } from 'vitest';
import { profileOf } from '../../../src/cni/check-profile.ts';
import { compile } from '../../../src/engine/engine.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import { reference } from '../../../src/reference/reference.ts';

const pod = (name: string, podIP: string) => ({
  kind: 'Pod' as const,
  metadata: { name, namespace: 'a' },
  spec: { nodeName: 'n' },
  status: { podIP, podIPs: [{ ip: podIP }] },
});

const unreadable = {
  kind: 'ClusterNetworkPolicy',
  name: 'p',
  subject: { namespaces: {} },
  tier: 'Admin',
  priority: 2,
  origin: { file: 'broken.yaml', line: 1, column: 1 },
  reason: 'cannot be read',
} as const;

const manifestsWith = (isBroken: boolean) =>
  toManifests({
    pods: [pod('x', '10.0.0.4'), pod('y', '10.0.0.5')],
    namespaces: [],
    nodes: [],
    services: [],
    networkPolicies: [],
    adminPolicies: [
      {
        kind: 'ClusterNetworkPolicy',
        metadata: { name: 'p' },
        spec: {
          tier: 'Admin',
          priority: 2,
          subject: { namespaces: {} },
          egress: [{ action: 'Accept', to: [{ domainNames: ['a.example'] }, { networks: ['192.0.2.0/24'] }] }],
        },
      },
    ],
    unreadable: isBroken ? [unreadable] : [],
    unreadableEnds: [],
  });

test.each(['undefined', 'name', 'calico', 'cilium'] as const)(
  'are unknown to engine and reference, equal priorities being in the order %s',
  (equalPriority) => {
    const options = {
      cni: { ...profileOf('spec'), name: `equal-${equalPriority}`, equalPriority },
      domainNames: { 'a.example': ['192.0.2.7'] },
    };
    for (const to of ['192.0.2.9', '192.0.2.7']) {
      const flow = { from: 'a/x', to, protocol: 'TCP', port: 80 } as const;
      const [engine, expected] = [compile(manifestsWith(true), options), reference(manifestsWith(true), options)].map((each) =>
        each.canReach(flow),
      );
      expect(engine).toEqual(expected);
      expect(engine?.verdict).toBe('unknown');
      expect(compile(manifestsWith(false), options).canReach(flow).verdict).toBe('allow');
    }
  },
);
