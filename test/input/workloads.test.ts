/**
 * Workloads stand for their pods: which kinds, how many, and never beside pods that they own.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import type { InputOptions } from '../../src/input/input-options.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { podObject, policyObject } from './bad-case.ts';

const TEMPLATE = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] } };
const SELECTOR = { matchLabels: { app: 'web' } };

type Spec = Readonly<Record<string, unknown>>;
const KINDS: readonly (readonly [kind: string, apiVersion: string, spec: (count: number) => Spec, declared: number])[] = [
  ['Deployment', 'apps/v1', (replicas) => ({ replicas, selector: SELECTOR, template: TEMPLATE }), 3],
  ['ReplicaSet', 'apps/v1', (replicas) => ({ replicas, selector: SELECTOR, template: TEMPLATE }), 3],
  ['StatefulSet', 'apps/v1', (replicas) => ({ replicas, selector: SELECTOR, serviceName: 'web', template: TEMPLATE }), 3],
  ['DaemonSet', 'apps/v1', () => ({ selector: SELECTOR, template: TEMPLATE }), 1],
  ['ReplicationController', 'v1', (replicas) => ({ replicas, selector: { app: 'web' }, template: TEMPLATE }), 3],
  ['Job', 'batch/v1', (parallelism) => ({ parallelism, template: TEMPLATE }), 3],
  ['CronJob', 'batch/v1', (parallelism) => ({ schedule: '* * * * *', jobTemplate: { spec: { parallelism, template: TEMPLATE } } }), 3],
];

const workload = (kind: string, apiVersion: string, spec: Spec, metadata: object = {}): object => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  spec,
});
const owner = (kind: string, name: string, controller = true): object => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: 'u', controller }],
});
const CLIENT = podObject({}, { name: 'client' });

function read(objects: readonly object[], options: InputOptions = {}): Manifests {
  const manifests = manifestsFromObjects(objects, options);
  expect(manifests.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return manifests;
}

const podNames = ({ pods }: Manifests): string[] => pods.map(({ object }) => object.metadata.name);

describe('the kinds', () => {
  it.each(KINDS)('A %s stands for pods with its labels and ports.', (kind, apiVersion, spec) => {
    const manifests = read([workload(kind, apiVersion, spec(3))]);
    expect(manifests.counts.get(kind)).toBe(1);
    expect(manifests.pods.map(({ object }) => object)).toMatchObject([
      {
        metadata: { namespace: 'shop', labels: { app: 'web' } },
        spec: { containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] },
        workload: { kind, name: 'web' },
      },
    ]);
  });

  it.each(KINDS)('A %s is an end of flows, and policies select its pods.', (kind, apiVersion, spec) => {
    const policy = policyObject({ podSelector: SELECTOR, ingress: [{ ports: [{ port: 'http' }] }] });
    for (const workloadPods of [1, 2]) {
      const manifests = read([workload(kind, apiVersion, spec(3)), CLIENT, policy], { workloadPods });
      for (const judge of [compile(manifests), reference(manifests)]) {
        for (const to of ['shop/web', `shop/${kind}/web`, `shop/${kind.toLowerCase()}/web`]) {
          expect([8080, 8081].map((port) => judge.canReach({ from: 'shop/client', to, protocol: 'TCP', port }).verdict)).toEqual([
            'allow',
            'deny',
          ]);
        }
      }
    }
  });

  it.each(KINDS)('A %s stands for as many pods as it says, or as it is told.', (kind, apiVersion, spec, declared) => {
    const objects = [workload(kind, apiVersion, spec(3))];
    expect(read(objects).pods).toHaveLength(1);
    expect(read(objects, { workloadPods: 'declared' }).pods).toHaveLength(declared);
    expect(read(objects, { workloadPods: 5 }).pods).toHaveLength(5);
    expect(new Set(podNames(read(objects, { workloadPods: 5 }))).size).toBe(5);
    expect(read(objects, { workloadPods: 0 }).pods).toEqual([]);
  });
});

describe('the number of pods', () => {
  it('A Deployment that says nothing stands for one, one of zero replicas for none under `declared`.', () => {
    const deployment = (spec: Spec): object[] => [workload('Deployment', 'apps/v1', { selector: SELECTOR, template: TEMPLATE, ...spec })];
    expect(read(deployment({}), { workloadPods: 'declared' }).pods).toHaveLength(1);
    expect(read(deployment({ replicas: 0 }), { workloadPods: 'declared' }).pods).toEqual([]);
    expect(read(deployment({ replicas: 0 })).pods).toHaveLength(1);
  });

  it.each([-1, 1.5, Number.NaN, 10_001, 'all' as never])('%s is no number of pods.', (workloadPods) => {
    expect(() => manifestsFromObjects([], { workloadPods })).toThrow(RangeError);
    expect(() => manifestsFromObjects([], { workloadPods: 1 })).not.toThrow();
  });

  it('A pod that stands for a workload takes no name of a pod that is there.', () => {
    const first = podNames(read([workload(...specOf('Deployment'))]))[0] ?? '';
    const names = podNames(read([workload(...specOf('Deployment')), podObject({}, { name: first })], { workloadPods: 3 }));
    expect(names).toHaveLength(4);
    expect(new Set(names).size).toBe(4);
  });
});

describe('ownership', () => {
  const chain = (kind: string, middle: string): object[] => [
    workload(...specOf(kind)),
    workload(...specOf(middle), { name: 'web-1', ...owner(kind, 'web') }),
    podObject({}, { name: 'web-1-x', labels: { app: 'web' }, ...owner(middle, 'web-1') }),
  ];
  it.each([
    ['Deployment', 'ReplicaSet'],
    ['CronJob', 'Job'],
  ])('The pods of a %s are those of its %s, and count once.', (kind, middle) => {
    for (const objects of [chain(kind, middle), chain(kind, middle).reverse()]) {
      const { pods } = read(objects, { workloadPods: 4 });
      expect(pods.map(({ object }) => [object.metadata.name, object.workload])).toEqual([['web-1-x', { kind, name: 'web' }]]);
    }
    const withoutPods = read(chain(kind, middle).slice(0, 2));
    expect(withoutPods.pods.map(({ object }) => object.workload)).toEqual([{ kind, name: 'web' }]);
  });

  it('A pod belongs to its controller though that is not in the input.', () => {
    const { pods } = read([podObject({}, owner('ReplicaSet', 'gone'))]);
    expect(pods[0]?.object.workload).toEqual({ kind: 'ReplicaSet', name: 'gone' });
  });

  it('An owner that is no controller owns nothing, and one in another namespace neither.', () => {
    const byGarbage = read([workload(...specOf('Deployment')), podObject({}, owner('Deployment', 'web', false))]);
    expect(byGarbage.pods.map(({ object }) => object.workload?.name)).toEqual([undefined, 'web']);
    const elsewhere = read([workload(...specOf('Deployment')), podObject({}, { namespace: 'bank', ...owner('Deployment', 'web') })]);
    expect(elsewhere.pods.map(({ object }) => object.metadata.namespace)).toEqual(['bank', 'shop']);
  });

  it('Owners that own each other end.', () => {
    const objects = [
      workload(...specOf('Deployment'), owner('ReplicaSet', 'web')),
      workload(...specOf('ReplicaSet'), owner('Deployment', 'web')),
      podObject({}, owner('ReplicaSet', 'web')),
    ];
    expect(read(objects).pods).toHaveLength(1);
  });

  it('Two kinds of one name have to be told apart.', () => {
    const manifests = read([workload(...specOf('Deployment')), workload(...specOf('StatefulSet')), CLIENT]);
    expect(new Set(podNames(manifests)).size).toBe(3);
    for (const judge of [compile(manifests), reference(manifests)]) {
      expect(() => judge.canReach({ from: 'shop/client', to: 'shop/web', protocol: 'TCP', port: 80 })).toThrow(RangeError);
      expect(judge.canReach({ from: 'shop/client', to: 'shop/statefulset/web', protocol: 'TCP', port: 80 }).verdict).toBe('allow');
    }
  });
});

function specOf(wanted: string): [string, string, Spec] {
  const [kind, apiVersion, spec] = KINDS.find(([each]) => each === wanted)!;
  return [kind, apiVersion, spec(3)];
}
