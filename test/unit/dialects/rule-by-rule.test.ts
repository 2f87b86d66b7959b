/**
 * Where rule i of a policy has the priority p + i/100, the rules of a policy without a number keep their order, and each direction is in order for itself.
 */
import { expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { compile } from '../../../src/engine/engine.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { reference } from '../../../src/reference/reference.ts';

test.each([
  ['Allow', 'Deny', 'allow'],
  ['Deny', 'Allow', 'deny'],
] as const)('a BaselineAdminNetworkPolicy that says %s before %s means the first', (first, second, verdict) => {
  const manifests = toManifests({
    pods: ['a', 'b'].map((name) => ({ kind: 'Pod' as const, metadata: { name, namespace: 'x' } })),
    adminPolicies: [
      {
        kind: 'BaselineAdminNetworkPolicy',
        metadata: { name: 'default' },
        spec: { subject: { namespaces: {} }, ingress: [first, second].map((action) => ({ action, from: [{ namespaces: {} }] })) },
      },
    ],
  });
  const cni = { ...spec, name: 'rule by rule', equalPriority: 'cilium' as const };
  const query = { from: 'x/a', to: 'x/b', protocol: 'TCP' as const, port: 80 };
  const decision = compile(manifests, { cni, shared: false }).canReach(query);
  expect(decision).toEqual(reference(manifests, { cni }).canReach(query));
  expect(decision.verdict).toBe(verdict);
});

const EVERYONE = { namespaces: {} };
const NOBODY = { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'nobody' } } } };

test.each([
  ['Deny', 'deny'],
  ['Allow', 'allow'],
] as const)('of two second ingress rules the stricter stands first, whatever egress says: %s', (action, verdict) => {
  const rules = (list: 'from' | 'to', ...actions: readonly ('Allow' | 'Deny')[]) => [
    { action: 'Allow', [list]: [NOBODY] },
    ...actions.map((each) => ({ action: each, [list]: [EVERYONE] })),
  ];
  const policy = (name: string, ingress: readonly object[], egress: readonly object[]) => ({
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'AdminNetworkPolicy',
    metadata: { name },
    spec: { priority: 500, subject: EVERYONE, ingress, egress },
  });
  const manifests = manifestsFromObjects([
    ...['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'x' } })),
    policy('a', rules('from', 'Allow'), rules('to', 'Deny')),
    policy('b', rules('from', action, 'Allow'), rules('to')),
  ]);
  const cni = { ...spec, name: 'rule by rule', equalPriority: 'cilium' as const };
  const query = { from: 'x/a', to: 'x/b', protocol: 'TCP' as const, port: 80 };
  const decision = compile(manifests, { cni, shared: false }).canReach(query);
  expect(decision).toEqual(reference(manifests, { cni }).canReach(query));
  expect(decision.ingress.verdict).toBe(verdict);
});
