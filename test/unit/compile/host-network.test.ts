/**
 * A host-network pod of which no address is known stands for its node, and has that node's address.
 */
import { expect, test } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { PodObject } from '../../../src/model/resource.ts';
import { reference } from '../../../src/reference/reference.ts';

const host = (name: string, nodeName: string): PodObject => {
  return { kind: 'Pod', metadata: { name, namespace: 'a' }, spec: { hostNetwork: true, nodeName }, status: { phase: 'Running' } };
};

test('a block that holds the node lets its host-network pods in, and no others', () => {
  const node = (name: string, address: string) => {
    return { kind: 'Node' as const, metadata: { name }, status: { addresses: [{ type: 'InternalIP', address }] } };
  };
  const manifests = toManifests({
    nodes: [node('in', '10.0.0.5'), node('out', '10.1.0.5')],
    pods: [
      host('h', 'in'),
      host('i', 'out'),
      { kind: 'Pod', metadata: { name: 'p', namespace: 'a' }, status: { phase: 'Running', podIP: '10.9.0.1' } },
    ],
    networkPolicies: [
      {
        kind: 'NetworkPolicy',
        metadata: { name: 'block', namespace: 'a' },
        spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }] },
      },
    ],
  });
  for (const { canReach } of [compile(manifests), reference(manifests)]) {
    const verdicts = ['a/h', 'a/i'].map((from) => canReach({ from, to: 'a/p', protocol: 'TCP', port: 80 }).verdict);
    expect(verdicts).toEqual(['allow', 'deny']);
  }
});
