/**
 * A data plane that looks names of ports up in the whole cluster: what new pods may reach is unknown, whether anybody declares the name now or not.
 */
import { expect, test } from 'vitest';
import { exposureMatrix } from '../../../src/exposure/exposure.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';

test.each([[], [{ name: 'web', containerPort: 80 }]])('egress to a name of a port: declared by %j', (...ports) => {
  const manifests = manifestsFromObjects([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'a' },
      spec: { containers: [{ name: 'c', ports }] },
      status: { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'to-web', namespace: 'a' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'web' }] }] },
    },
  ]);
  const rows = [...exposureMatrix(manifests, { cni: 'kube-router', by: 'pod', direction: 'egress' }).rows()];
  const toFuturePods = rows.filter(({ to }) => to.kind === 'futurePods');
  expect(toFuturePods.length).toBeGreaterThan(0);
  for (const { ports: told } of toFuturePods) {
    expect(told.allow).toEqual([]);
    expect(told.unknown).toContainEqual({ protocol: 'TCP', from: 1, to: 65535 });
  }
});
