/**
 * Values that only callers of the library can give: what is no plain data is refused, and never read as empty.
 */
import { describe, expect, it } from 'vitest';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';

const policy = (spec: unknown): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'x' },
  spec,
});

describe('objects that are no plain data', () => {
  it.each([
    ['a Map as labels', { podSelector: { matchLabels: new Map([['a', 'b']]) } }, 'Map'],
    ['a Date as a selector', { podSelector: new Date(0) }, 'Date'],
    ['a Set as rules', { podSelector: {}, ingress: new Set([{}]) }, 'Set'],
    ['bytes as rules', { podSelector: {}, ingress: new Uint8Array(1) }, 'Uint8Array'],
    ['a boxed text as a label', { podSelector: { matchLabels: { a: Object('x') } } }, 'String'],
    ['a promise as the spec', Promise.resolve({ podSelector: {} }), 'Promise'],
  ])('%s is refused by the name of its class', (_title, spec, name) => {
    const { networkPolicies, unreadable, diagnostics } = manifestsFromObjects([policy(spec)]);
    expect([networkPolicies.length, unreadable.length]).toEqual([0, 1]);
    expect(diagnostics.map(({ message }) => message).join()).toContain(`found an object of the class \`${name}\``);
  });

  it('Instances of classes that hold data are read, as are objects without a prototype', () => {
    class V1NetworkPolicy {
      constructor() {
        Object.assign(this, policy(Object.assign(Object.create(null), { podSelector: {} })));
      }
    }
    const { networkPolicies, diagnostics } = manifestsFromObjects([new V1NetworkPolicy()]);
    expect(networkPolicies.map(({ object }) => object.spec)).toEqual([{ podSelector: {} }]);
    expect(diagnostics).toEqual([]);
  });

  it('A mapping of two hundred thousand keys is too wide', () => {
    const matchLabels = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`k${i}`, 'v']));
    const { diagnostics, unreadable } = manifestsFromObjects([policy({ podSelector: { matchLabels } })]);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['too-many-keys', 'found 200000 keys, at most 100000 are read'],
    ]);
    expect(unreadable).toHaveLength(1);
  });
});
