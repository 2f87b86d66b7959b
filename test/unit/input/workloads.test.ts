/**
 * Workloads and the pods that they stand for.
 */
import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/input-options.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';

const template = {
  metadata: { labels: { app: 'web' } },
  spec: { hostNetwork: true, containers: [{ ports: [{ name: 'http', containerPort: 80 }] }] },
};
const selector = { matchLabels: { app: 'web' } };

function workload(kind: string, name: string, spec: object = {}, owner?: object): object {
  const apiVersion = kind === 'ReplicationController' ? 'v1' : kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1';
  const plain = kind === 'ReplicationController' ? selector.matchLabels : selector;
  const inner = kind === 'CronJob' ? { jobTemplate: { spec: { template, ...spec } } } : { selector: plain, template, ...spec };
  return { apiVersion, kind, metadata: { name, namespace: 'x', ...(owner && { ownerReferences: [owner] }) }, spec: inner };
}

function pod(name: string, owner?: object): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'x', ...(owner && { ownerReferences: [owner] }) } };
}

const ownedBy = (kind: string, name: string, controller = true): object => ({ apiVersion: 'apps/v1', kind, name, controller });

/** `name kind/workload` of every pod. */
function podsOf(objects: readonly object[], options?: InputOptions): string[] {
  const { pods, diagnostics } = manifestsFromObjects(objects, options);
  expect(diagnostics).toEqual([]);
  return pods.map(({ object: { metadata, workload: top } }) =>
    top === undefined ? metadata.name : `${metadata.name} ${top.kind}/${top.name}`,
  );
}

describe('a workload without pods', () => {
  it.each(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Job', 'CronJob'])(
    '%s stands for one pod of its template',
    (kind) => {
      const { pods, counts } = manifestsFromObjects([workload(kind, 'w')]);
      expect(pods.map(({ object }) => object)).toEqual([
        {
          kind: 'Pod',
          metadata: { name: 'w-0', namespace: 'x', labels: { app: 'web' } },
          spec: template.spec,
          workload: { kind, name: 'w' },
        },
      ]);
      expect([...counts]).toEqual([[kind, 1]]);
    },
  );

  it('stands for as many pods as asked', () => {
    expect(podsOf([workload('Deployment', 'w')], { workloadPods: 3 })).toEqual([
      'w-0 Deployment/w',
      'w-1 Deployment/w',
      'w-2 Deployment/w',
    ]);
    expect(podsOf([workload('Deployment', 'w', { replicas: 5 })], { workloadPods: 0 })).toEqual([]);
    expect(podsOf([workload('Deployment', 'w', { replicas: 0 })])).toEqual(['w-0 Deployment/w']);
  });

  it('stands for as many pods as it declares', () => {
    const declared = (kind: string, spec: object): number => podsOf([workload(kind, 'w', spec)], { workloadPods: 'declared' }).length;
    expect(declared('Deployment', { replicas: 3 })).toBe(3);
    expect(declared('Deployment', { replicas: 0 })).toBe(0);
    expect(declared('Deployment', { replicas: null })).toBe(1);
    expect(declared('StatefulSet', {})).toBe(1);
    expect(declared('Job', { parallelism: 2 })).toBe(2);
    expect(declared('CronJob', { parallelism: 4 })).toBe(4);
    expect(declared('DaemonSet', {})).toBe(1);
  });

  it('takes names that are free', () => {
    expect(podsOf([pod('w-0'), workload('Deployment', 'w')], { workloadPods: 2 })).toEqual(['w-0', 'w-1 Deployment/w', 'w-2 Deployment/w']);
    expect(podsOf([workload('Deployment', 'w'), workload('StatefulSet', 'w')])).toEqual(['w-0 Deployment/w', 'w-1 StatefulSet/w']);
  });

  it('refuses counts that are none', () => {
    for (const workloadPods of [-1, 1.5, Number.NaN, 1e9]) expect(() => manifestsFromObjects([], { workloadPods })).toThrow(RangeError);
  });
});

describe('a workload with pods', () => {
  it('stands for none, and its pods belong to it', () => {
    expect(podsOf([workload('StatefulSet', 'w'), pod('w-0', ownedBy('StatefulSet', 'w'))], { workloadPods: 5 })).toEqual([
      'w-0 StatefulSet/w',
    ]);
    expect(podsOf([pod('p', ownedBy('StatefulSet', 'w', false)), workload('StatefulSet', 'w')])).toEqual(['p', 'w-0 StatefulSet/w']);
  });

  it('is the outermost controller', () => {
    const replicaSet = workload('ReplicaSet', 'w-1', {}, ownedBy('Deployment', 'w'));
    expect(podsOf([workload('Deployment', 'w'), replicaSet, pod('p', ownedBy('ReplicaSet', 'w-1'))])).toEqual(['p Deployment/w']);
    expect(podsOf([workload('Deployment', 'w'), replicaSet])).toEqual(['w-0 Deployment/w']);
    expect(podsOf([replicaSet])).toEqual(['w-1-0 ReplicaSet/w-1']);
    const job = workload('Job', 'c-1', {}, ownedBy('CronJob', 'c'));
    expect(podsOf([workload('CronJob', 'c'), job, pod('p', ownedBy('Job', 'c-1'))])).toEqual(['p CronJob/c']);
    expect(podsOf([workload('CronJob', 'c'), job])).toEqual(['c-0 CronJob/c']);
  });

  it('is what the pod says when it is not in the input itself', () => {
    expect(podsOf([pod('p', ownedBy('ReplicaSet', 'w-1'))])).toEqual(['p ReplicaSet/w-1']);
    expect(podsOf([workload('Deployment', 'w'), pod('p', ownedBy('ReplicaSet', 'w-1'))])).toEqual(['p ReplicaSet/w-1', 'w-0 Deployment/w']);
    expect(podsOf([pod('p', ownedBy('Node', 'n'))])).toEqual(['p']);
  });

  it('may own itself without end', () => {
    const circle = [
      workload('ReplicaSet', 'a', {}, ownedBy('ReplicaSet', 'b')),
      workload('ReplicaSet', 'b', {}, ownedBy('ReplicaSet', 'a')),
    ];
    expect(podsOf([...circle, pod('p', ownedBy('ReplicaSet', 'a'))])).toHaveLength(1);
  });

  it('is found in its own namespace only', () => {
    const elsewhere = {
      ...pod('p', ownedBy('StatefulSet', 'w')),
      metadata: { name: 'p', namespace: 'z', ownerReferences: [ownedBy('StatefulSet', 'w')] },
    };
    expect(podsOf([workload('StatefulSet', 'w'), elsewhere])).toEqual(['p StatefulSet/w', 'w-0 StatefulSet/w']);
  });
});
