import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { reference } from '../../../src/reference/reference.ts';

const ASKED = '10.1.0.1';

function pod(name: string, ip: string, labels: Record<string, string> = {}, status: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'a', labels },
    spec: { containers: [] },
    status: { phase: 'Running', podIP: ip, ...status },
  };
}

const asker = pod('q', '10.1.0.2');
const denyAll = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'a' },
  spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] },
};

function ask(objects: readonly object[]): string {
  const manifests = manifestsFromObjects([asker, denyAll, ...objects]);
  const query = { from: 'a/q', to: ASKED, protocol: 'TCP', port: 80 } as const;
  const decision = compile(manifests).canReach(query);
  expect(reference(manifests).canReach(query).verdict).toBe(decision.verdict);
  return decision.unknown === undefined ? decision.verdict : `${decision.verdict}: ${decision.unknown.cause}`;
}

describe('an address', () => {
  it('of a pod that could not be read is not taken for one outside', () => {
    expect(ask([pod('p', ASKED, { app: '!!bad' })])).toBe('unknown: unreadable-end');
    expect(ask([pod('p', ASKED, { app: 'web' })])).toBe('deny');
    expect(ask([pod('p', ASKED, { app: 'other' })])).toBe('allow');
  });

  it('of two different pods of one name is nobody knows whose', () => {
    expect(ask([pod('p', ASKED, { app: 'web' }), pod('p', ASKED, { app: 'other' })])).toBe('unknown: unreadable-end');
  });

  it('of a Service that could not be read is unknown, as that of one that could', () => {
    const service = (port: number) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's', namespace: 'a' },
      spec: { clusterIP: ASKED, ports: [{ port }] },
    });
    expect(ask([service(99_999)])).toBe('unknown: unreadable-end');
    expect(ask([service(80)])).toBe('unknown: service-address');
    expect(ask([])).toBe('allow');
  });

  it('of a completed pod is free, readable or not', () => {
    expect(ask([pod('p', ASKED, { app: '!!bad' }, { phase: 'Succeeded' })])).toBe('allow');
    expect(ask([pod('p', ASKED, { app: 'web' }, { phase: 'Succeeded' })])).toBe('allow');
  });
});
