/**
 * Policies of which not even the name can be read stand in the order of what is wrong with them, whatever the order of the input.
 */
import { expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { compile } from '../../../src/engine/engine.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import { reference } from '../../../src/reference/reference.ts';

test.each<[kind: string, equalPriority: CniProfile['equalPriority']]>([
  ['AdminNetworkPolicy', 'undefined'],
  ['AdminNetworkPolicy', 'name'],
  ['AdminNetworkPolicy', 'calico'],
  ['AdminNetworkPolicy', 'cilium'],
  ['NetworkPolicy', 'undefined'],
])('%s, equal priorities: %s', (kind, equalPriority) => {
  const nameless = ['b is wrong', 'a is wrong'].map((reason, i) => ({
    ...{ kind, reason, origin: { file: 'broken.yaml', line: i + 1, column: 1 } },
    ...(kind === 'NetworkPolicy' ? { namespace: 'x' } : {}),
  }));
  const pods = ['a', 'b'].map((name) => ({ kind: 'Pod' as const, metadata: { name, namespace: 'x' } }));
  const cni = { ...spec, name: `equal priorities: ${equalPriority}`, equalPriority };
  const query = { from: 'x/a', to: 'x/b', protocol: 'TCP' as const, port: 80 };
  const decisions = [nameless, nameless.toReversed()].flatMap((unreadable) => {
    const manifests = toManifests({ pods, unreadable });
    return [compile(manifests, { cni, shared: false }).canReach(query), reference(manifests, { cni }).canReach(query)];
  });
  expect(decisions[0]!.verdict).toBe('unknown');
  expect(decisions[0]!.egress.reasons[0]!.because).toBe('a is wrong');
  for (const other of decisions.slice(1)) expect(other).toEqual(decisions[0]);
});
