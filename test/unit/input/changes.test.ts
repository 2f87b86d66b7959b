/**
 * Changes of manifests: what is applied and removed, and what cannot be.
 */
import { describe, expect, test } from 'vitest';
import { applyChanges, type ManifestChanges } from '../../../src/input/changes.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import type { Manifests } from '../../../src/model/resource.ts';

const pod = (name: string, labels: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name, labels },
});
const policy = (name: string, spec: object = { podSelector: {} }) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'shop', name },
  spec,
});
const namespace = (name: string, labels: unknown = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'shop', name },
  spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } } } },
});

const names = ({ pods, networkPolicies, namespaces }: Manifests) =>
  [...pods, ...networkPolicies, ...namespaces].map(({ object }) => `${object.kind} ${object.metadata.name}`).sort();

describe('what is applied', () => {
  test('is new, or takes the place of the object of its name', () => {
    const before = manifestsFromObjects([pod('a', { v: '1' }), pod('b')]);
    const after = applyChanges(before, { apply: [pod('a', { v: '2' }), policy('p')] });
    expect(names(after)).toEqual(['NetworkPolicy p', 'Pod a', 'Pod b']);
    expect(after.pods.find(({ object }) => object.metadata.name === 'a')!.object.metadata.labels).toEqual({ v: '2' });
    expect(names(before)).toEqual(['Pod a', 'Pod b']);
    expect(before.pods[0]!.object.metadata.labels).toEqual({ v: '1' });
  });

  test('is in the namespace `default` where none is written, and lists are flattened', () => {
    const bare = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    const after = applyChanges(manifestsFromObjects([bare]), {
      apply: [{ apiVersion: 'v1', kind: 'List', items: [{ ...bare, metadata: { name: 'a', namespace: 'default', labels: { x: 'y' } } }] }],
    });
    expect(after.pods.map(({ object }) => object.metadata.labels)).toEqual([{ x: 'y' }]);
  });

  test('mends what could not be read, and what was said about it goes', () => {
    const before = manifestsFromObjects([pod('a'), policy('p', { podSelector: {}, policyTypes: ['Up'] }), namespace('shop', { a: 5 })]);
    expect([before.unreadable.length, before.context?.doubtfulNamespaces.length]).toEqual([1, 1]);
    expect(before.diagnostics.filter(({ severity }) => severity === 'error')).toHaveLength(2);
    const after = applyChanges(before, { apply: [policy('p'), namespace('shop')] });
    expect([after.unreadable.length, after.context?.doubtfulNamespaces.length]).toEqual([0, 0]);
    expect(after.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('of two different objects of one name takes the place of both', () => {
    const before = manifestsFromObjects([policy('p'), policy('p', { podSelector: { matchLabels: { x: 'y' } } }), policy('q')]);
    expect([before.networkPolicies.length, before.unreadable.length]).toEqual([1, 2]);
    const after = applyChanges(before, { apply: [policy('p')] });
    expect([after.networkPolicies.length, after.unreadable.length]).toEqual([2, 0]);
  });
});

describe('what is removed', () => {
  test('is gone', () => {
    const before = manifestsFromObjects([pod('a'), pod('b'), policy('p'), namespace('shop')]);
    const after = applyChanges(before, { remove: [pod('a'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }] });
    expect(names(after)).toEqual(['NetworkPolicy p', 'Pod b']);
  });

  test('with a workload go the pods that stand for it, and come with a new one', () => {
    const before = manifestsFromObjects([deployment('web'), pod('a')]);
    expect(names(before)).toEqual(['Pod a', 'Pod web-0']);
    expect(names(applyChanges(before, { remove: [deployment('web')], apply: [deployment('api')] }))).toEqual(['Pod a', 'Pod api-0']);
    expect(names(applyChanges(before, { apply: [deployment('api')] }, { workloadPods: 2 }))).toEqual([
      'Pod a',
      'Pod api-0',
      'Pod api-1',
      'Pod web-0',
    ]);
  });

  test('may be of a kind that is not read', () => {
    const before = manifestsFromObjects([pod('a')]);
    expect(names(applyChanges(before, { remove: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } }] }))).toEqual(['Pod a']);
  });
});

describe('what cannot be done', () => {
  const before = manifestsFromObjects([pod('a'), policy('p'), deployment('web')]);
  const refused: readonly [string, ManifestChanges, string][] = [
    ['something that is not there', { remove: [pod('x')] }, 'Pod `shop/x` cannot be removed: there is no such object'],
    ['a pod that stands for a workload', { remove: [pod('web-0')] }, 'Pod `shop/web-0` cannot be removed: there is no such object'],
    [
      'an object that is wrong',
      { apply: [policy('q', { podSelector: {}, ingres: [] })] },
      'an object that is to be applied cannot be used: NetworkPolicy `shop/q`, spec.ingres: the field `ingres` is unknown: the API server would drop it, and the object would mean something else (did you mean `ingress`?)',
    ],
    [
      'no object',
      { apply: [5] },
      'an object that is to be applied cannot be used: found a single value, expected an object with `apiVersion` and `kind`',
    ],
    ['nothing', { apply: [null] }, 'apply[0]: expected an object, got null'],
    [
      'values of a chart',
      { apply: [{ replicas: 1 }] },
      'an object that is to be applied cannot be used: no `apiVersion` and no `kind`: not a Kubernetes object, left out',
    ],
    [
      'the same twice',
      { apply: [pod('n'), pod('n')] },
      'Pod `shop/n` is named twice in one change: changes that follow each other are updates of their own',
    ],
    [
      'the same removed twice',
      { remove: [pod('a'), pod('a')] },
      'Pod `shop/a` is named twice in one change: changes that follow each other are updates of their own',
    ],
    [
      'the same applied and removed',
      { apply: [pod('a')], remove: [pod('a')] },
      'Pod `shop/a` is named twice in one change: changes that follow each other are updates of their own',
    ],
    [
      'to remove without a name',
      { remove: [{ apiVersion: 'v1', kind: 'Pod', metadata: {} }] },
      'remove[0]: expected an object with `apiVersion`, `kind` and `metadata.name`',
    ],
    [
      'to remove from a namespace that is none',
      { remove: [pod('a'), { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 5 } }] },
      'remove[1]: expected an object with `apiVersion`, `kind` and `metadata.name`',
    ],
    ['to remove nothing', { remove: [null] }, 'remove[0]: expected an object with `apiVersion`, `kind` and `metadata.name`'],
    [
      'to remove a policy of a kind that is not read',
      { remove: [{ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'c' } }] },
      'remove[0]: `c` cannot be removed: objects of kind `CiliumNetworkPolicy` are not taken into account one by one',
    ],
    [
      'to remove an object of a version that is not read',
      { remove: [{ apiVersion: 'networking.k8s.io/v1beta1', kind: 'NetworkPolicy', metadata: { name: 'c' } }] },
      'remove[0]: `c` cannot be removed: the version `networking.k8s.io/v1beta1` of NetworkPolicy is not supported, expected `networking.k8s.io/v1`',
    ],
  ];

  test.each(refused)('%s', (_, changes, message) => {
    expect(() => applyChanges(before, changes)).toThrow(new RangeError(message));
    expect(names(before)).toEqual(['NetworkPolicy p', 'Pod a', 'Pod web-0']);
  });

  test.each([
    [undefined, 'expected changes: an object with `apply`, `remove` or both, got undefined'],
    [[pod('a')], 'expected changes: an object with `apply`, `remove` or both, got object'],
    [{ aply: [pod('a')] }, 'changes have no `aply`: expected `apply` and `remove`'],
    [{ remove: null }, 'expected `remove` to be a list of objects, got null'],
  ])('changes that are none: %j', (changes, message) => {
    expect(() => applyChanges(before, changes as never)).toThrow(new TypeError(message));
  });

  test.each(['apply', 'remove'])('%s that is no list', (field) => {
    expect(() => applyChanges(before, { [field]: pod('a') } as never)).toThrow(
      new TypeError(`expected \`${field}\` to be a list of objects, got object`),
    );
  });
});
