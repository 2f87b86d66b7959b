/**
 * Where rule i of a policy has the priority p + i/100, the rules of a policy without a number keep their order.
 */
import { expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { compile } from '../../../src/engine/engine.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
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
