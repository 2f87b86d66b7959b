/**
 * Questions that the reference refuses or leaves open, word by word, and the order of policies that could not be read.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { FlowQuery } from '../../../src/model/flow.ts';
import type { PodObject, UnreadablePolicy } from '../../../src/model/resource.ts';
import { reference } from '../../../src/reference/reference.ts';

const pod = (namespace: string, name: string, podIP: string, workload?: string): PodObject => ({
  kind: 'Pod',
  metadata: { namespace, name, labels: { name } },
  status: { podIP },
  ...(workload === undefined ? {} : { workload: { kind: 'Deployment', name: workload } }),
});
const origin = { file: 'f.yaml', line: 1, column: 1 };
const manifests = toManifests({
  pods: [pod('x', 'a', '10.0.0.1'), pod('x', 'w-1', '10.0.0.2', 'w'), pod('x', 'w-2', '10.0.0.3', 'w'), pod('x', 'six', 'fd00::6')],
  services: [{ kind: 'Service', metadata: { namespace: 'x', name: 's' }, spec: { clusterIP: '10.96.0.1' } }],
  unreadableEnds: [{ object: { kind: 'Node', name: 'torn' }, addresses: ['10.0.0.9'], origin }],
  networkPolicies: [
    {
      kind: 'NetworkPolicy',
      metadata: { namespace: 'x', name: 'closed' },
      spec: { podSelector: { matchLabels: { name: 'w-2' } }, policyTypes: ['Ingress'] },
    },
  ],
});
const question: FlowQuery = { from: 'x/a', to: 'x/w-1', protocol: 'TCP', port: 80 };
const ask = (more: object, cni: Parameters<typeof reference>[1] = {}) => reference(manifests, cni).canReach({ ...question, ...more });

describe('the reference', () => {
  test('speaks for the specification where no profile is named', () => {
    expect(ask({}).verdict).toBe('allow');
    expect(ask({ to: 'x/w-2' }).verdict).toBe('deny');
  });

  test.each([
    [{ family: 5 }, 'family is 4 or 6, got `5`'],
    [{ family: '4' }, 'family is 4 or 6, got `4`'],
    [{ port: 0 }, 'the port must be a whole number from 1 to 65535, got `0`'],
    [{ port: 65536 }, 'the port must be a whole number from 1 to 65535, got `65536`'],
    [{ protocol: 'ICMP' }, 'NetworkPolicy defines TCP, UDP and SCTP only, what `ICMP` does is undefined'],
  ])('refuses %j in words', (more, message) => {
    expect(() => ask(more)).toThrow(new RangeError(message));
    expect(ask({ family: 4 }).verdict).toBe('allow');
  });

  test.each(['tcp', ' TCP', 'Udp', 'sctp\n', '', 6, null, undefined])(
    'takes %j for a misspelt protocol under every profile',
    (protocol) => {
      const cni = { ...spec, name: 'lenient', otherProtocols: 'allow' } as const;
      const message = `NetworkPolicy defines TCP, UDP and SCTP only, what \`${protocol}\` does is undefined`;
      expect(() => ask({ protocol }, { cni })).toThrow(new RangeError(message));
      expect(ask({ protocol: 'ICMP', to: 'x/w-2' }, { cni }).verdict).toBe('allow');
      expect(ask({ protocol: 'UDP', to: 'x/w-2' }, { cni }).verdict).toBe('deny');
    },
  );

  test.each([
    [{ to: '10.0.0.9' }, 'unreadable-end', 'the address is of `Node torn`, which could not be read'],
    [{ to: '10.96.0.1' }, 'service-address', 'the address is of Service `x/s`: ask for one of its pods'],
    [{ to: 'x/six' }, 'no-common-family', 'the ends have no address family in common'],
    [{ to: 'x/w' }, 'ends-differ', 'the ends stand for several participants whose verdicts differ'],
  ])('says why %j is unknown', (more, cause, message) => {
    expect(ask(more)).toMatchObject({ verdict: 'unknown', unknown: { cause, message } });
    expect(ask({}).unknown).toBeUndefined();
  });
});

test('policies that could not be read are reasons in the order of namespace and name, those without either first', () => {
  const broken = (more: Partial<UnreadablePolicy>): UnreadablePolicy => ({ kind: 'NetworkPolicy', origin, reason: 'torn', ...more });
  const unreadable = [broken({ namespace: '0', name: 'b' }), broken({ name: 'z' }), broken({ namespace: '0', name: 'a' }), broken({})];
  for (const given of [unreadable, unreadable.toReversed()]) {
    const world = toManifests({ pods: [pod('0', 'p', '10.0.0.1'), pod('1', 'p', '10.0.0.2')], unreadable: given });
    const { canReach } = reference(world);
    const reasonsAt = (from: string) =>
      canReach({ ...question, from, to: '203.0.113.1' }).egress.reasons.map(({ policy }) => `${policy.namespace ?? '-'}/${policy.name}`);
    expect(reasonsAt('0/p')).toEqual(['-/(unreadable)', '-/z', '0/a', '0/b']);
    expect(reasonsAt('1/p')).toEqual(['-/(unreadable)', '-/z']);
  }
});
