/**
 * Questions that have no verdict: both engine and reference refuse them, and for the same reason. Ends that stand for several participants.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { compile } from '../../src/engine/engine.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { CniProfile } from '../../src/model/profile.ts';
import type { PodObject } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';

const pod = (name: string, labels: Record<string, string>, ip: string, workload?: PodObject['workload']): PodObject => {
  const member = { kind: 'Pod' as const, metadata: { namespace: 'x', name, labels }, status: { podIP: ip } };
  return workload === undefined ? member : { ...member, workload };
};
const MANIFESTS = toManifests({
  pods: [
    pod('a', { app: 'a' }, '10.0.0.1'),
    pod('six', { app: 'six' }, 'fd00::6'),
    pod('w-2', { app: 'w', version: '2' }, '10.0.0.12', { kind: 'Deployment', name: 'w' }),
    pod('w-1', { app: 'w', version: '1' }, '10.0.0.11', { kind: 'Deployment', name: 'w' }),
    pod('both-1', { app: 'b' }, '10.0.0.13', { kind: 'Deployment', name: 'both' }),
    pod('both-2', { app: 'b' }, '10.0.0.14', { kind: 'Job', name: 'both' }),
  ],
  services: [{ kind: 'Service', metadata: { name: 's', namespace: 'x' }, spec: { clusterIP: '10.96.0.1' } }],
  networkPolicies: [
    {
      kind: 'NetworkPolicy',
      metadata: { namespace: 'x', name: 'only-1' },
      spec: { podSelector: { matchLabels: { app: 'a' } }, ingress: [{ from: [{ podSelector: { matchLabels: { version: '1' } } }] }] },
    },
    {
      kind: 'NetworkPolicy',
      metadata: { namespace: 'x', name: 'among-themselves' },
      spec: { podSelector: { matchLabels: { app: 'w' } }, policyTypes: ['Ingress'] },
    },
  ],
});

const ENGINES: readonly { readonly name: string; readonly open: (cni: CniProfile) => (query: FlowQuery) => Decision }[] = [
  { name: 'reference', open: (cni) => reference(MANIFESTS, { cni }).canReach },
  { name: 'engine', open: (cni) => compile(MANIFESTS, { cni }).canReach },
];

describe.each(ENGINES)('$name', ({ open }) => {
  const canReach = open(spec);
  const ask = (from: FlowQuery['from'], to: FlowQuery['to'], more: Partial<FlowQuery> = {}) =>
    canReach({ from, to, protocol: 'TCP', port: 80, ...more });

  test.each([
    ['a pod that is not there', 'x/nobody', /`x\/nobody`/],
    ['a pod in a namespace that is not there', 'y/a', /`y\/a`/],
    ['a name without namespace', 'a', /`a`/],
    ['a workload where a pod is meant', { pod: 'x/w' }, /`x\/w`/],
    ['a pod where a workload is meant', { workload: 'x/a' }, /`x\/a`/],
    ['a workload of another kind', 'x/statefulset/w', /`x\/statefulset\/w`/],
    ['a name that two kinds of workload have', 'x/both', /`x\/deployment\/both`.*`x\/job\/both`/],
    ['text that is no address', { ip: '10.0.0.256' }, /`10\.0\.0\.256`/],
    ['an address with leading zeros', { ip: '10.0.0.010' }, /`10\.0\.0\.010`/],
    ['an IPv4 address in IPv6 notation', '::ffff:10.0.0.1', /`::ffff:10\.0\.0\.1`/],
  ] as const)('refuses %s', (_, end, message) => {
    expect(() => ask(end, 'x/a')).toThrow(RangeError);
    expect(() => ask('x/a', end)).toThrow(message);
    expect(ask('x/deployment/both', 'x/six', { family: 6 }).verdict).toBe('unknown');
  });

  test.each([0, -1, 65536, 80.5, Number.NaN])('refuses port %s, and takes the first and the last', (port) => {
    expect(() => ask('x/w-1', 'x/a', { port })).toThrow(RangeError);
    expect(ask('x/w-1', 'x/a', { port: 1 }).verdict).toBe('allow');
    expect(ask('x/w-1', 'x/a', { port: 65535 }).verdict).toBe('allow');
  });

  test('refuses protocols that NetworkPolicy does not define', () => {
    const icmp = { protocol: 'ICMP' as FlowQuery['protocol'] };
    expect(() => ask('x/w-1', 'x/a', icmp)).toThrow(RangeError);
    expect(() => ask('x/w-1', 'x/a', icmp)).toThrow(/NetworkPolicy defines/);
  });

  test('lets such protocols pass where the profile says so, and asks no policy', () => {
    const lenient = open({ ...spec, name: 'lenient', otherProtocols: 'allow' });
    const half = { verdict: 'allow', isolated: false, isolatedBy: [], passes: [], reasons: [], default: 'protocol-not-policed' };
    const query = { from: 'x/w-2', to: 'x/a', port: 80 };
    expect(lenient({ ...query, protocol: 'ICMP' as FlowQuery['protocol'] })).toEqual({ verdict: 'allow', egress: half, ingress: half });
    expect(lenient({ ...query, protocol: 'TCP' }).verdict).toBe('deny');
  });

  test('is certain about a workload only where its pods agree', () => {
    expect(ask('x/w', 'x/a')).toMatchObject({ verdict: 'unknown', unknown: { cause: 'ends-differ' }, ingress: { verdict: 'allow' } });
    expect(ask('x/w', 'x/six')).toMatchObject({ verdict: 'unknown', unknown: { cause: 'no-common-family' } });
    expect(ask('x/w', 'x/both-1').verdict).toBe('allow');
    expect(ask('x/w-2', 'x/a').verdict).toBe('deny');
  });

  test('leaves out the pairs of a pod with itself where a workload has other pairs', () => {
    expect(ask('x/w', 'x/w').verdict).toBe('deny');
    expect(ask('x/w-1', 'x/w-1').verdict).toBe('allow');
    expect(ask('x/Deployment/both', 'x/deployment/both')).toMatchObject({ verdict: 'allow', ingress: { default: 'pod-to-itself' } });
  });

  test('does not judge the address of a Service', () => {
    expect(ask('x/a', '10.96.0.1')).toMatchObject({ verdict: 'unknown', unknown: { cause: 'service-address' } });
    expect(ask('x/a', '10.96.0.2').verdict).toBe('allow');
  });
});
