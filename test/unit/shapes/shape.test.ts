/**
 * Specifications of shapes: what is read, and that every problem is named at once.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadShape, shapeNames } from '../../../src/shapes/load-shape.ts';
import { parseShape, ShapeError, shapeObjects, shapeUpdates } from '../../../src/shapes/shape.ts';

type Document = Record<string, unknown> & { published: Record<string, unknown>; assumed: Record<string, unknown> };

function documentOf(name: string): Document {
  return JSON.parse(readFileSync(new URL(`../../../datasets/shapes/${name}.json`, import.meta.url), 'utf8')) as Document;
}

function problems(document: unknown): readonly string[] {
  try {
    parseShape(document);
  } catch (error) {
    if (error instanceof ShapeError) return error.problems;
    throw error;
  }
  return [];
}

describe('a bundled shape', () => {
  it.each(shapeNames())('%s is called as its file, and says what it is and where it comes from', (name) => {
    const shape = loadShape(name);
    expect(shape.name).toBe(name);
    expect(shape.about.length).toBeGreaterThan(30);
    expect(shape.source.length).toBeGreaterThan(20);
  });

  it('changes or does not', () => {
    expect(shapeNames().filter((name) => loadShape(name).changes)).toEqual(['cilium-churn']);
    expect(() => shapeUpdates(loadShape('field-replica'))).toThrow('the shape `field-replica` does not change');
  });

  it('that is not there is an error with the nearest name', () => {
    expect(() => loadShape('antrea-smal')).toThrow('there is no shape `antrea-smal`: did you mean `antrea-small`?');
    expect(() => loadShape('../mixes/web-shop')).toThrow('there is no shape');
  });
});

describe('parseShape names the problem of', () => {
  const changed = (name: string, part: 'published' | 'assumed', fields: object): Document => {
    const document = documentOf(name);
    return { ...document, [part]: { ...document[part], ...fields } };
  };

  it.each<[string, unknown, string]>([
    ['no object', [], 'expected an object'],
    [
      'a field that is missing',
      changed('antrea-small', 'published', { namespaces: undefined }),
      '`published.namespaces`: expected a whole number in 1..100000, got nothing',
    ],
    [
      'a fraction',
      changed('antrea-small', 'published', { namespaces: 1.5 }),
      '`published.namespaces`: expected a whole number in 1..100000, got `1.5`',
    ],
    [
      'a number as text',
      changed('antrea-small', 'published', { namespaces: '5' }),
      '`published.namespaces`: expected a whole number in 1..100000, got `5`',
    ],
    ['none', changed('antrea-small', 'assumed', { nodes: 0 }), '`assumed.nodes`: expected a whole number in 1..10000, got `0`'],
    [
      'an unknown field',
      changed('antrea-small', 'published', { namespace: 1 }),
      '`published`: unknown field `namespace`: did you mean `namespaces`?',
    ],
    [
      'an unknown word',
      changed('antrea-small', 'published', { peers: 'all' }),
      '`published.peers`: expected `own` or `other of pair`, got `all`',
    ],
    [
      'a flag',
      changed('antrea-small', 'published', { defaultDeny: 'yes' }),
      '`published.defaultDeny`: expected `true` or `false`, got `yes`',
    ],
    [
      'pairs of one',
      changed('antrea-policy-per-pod', 'published', { groupsPerNamespace: 3 }),
      '`published.groupsPerNamespace`: pairs need an even number of groups',
    ],
    [
      'a share above 1',
      changed('cidr-heavy', 'published', { exceptShare: 1.1 }),
      '`published.exceptShare`: expected a number in 0..1, got `1.1`',
    ],
    [
      'an empty histogram',
      changed('cidr-heavy', 'assumed', { ipv4Lengths: {} }),
      '`assumed.ipv4Lengths`: expected counts that are 1 to 1000000 together, got `0`',
    ],
    [
      'a key that is no number',
      changed('cidr-heavy', 'assumed', { ipv4Lengths: { 8: 1, x: 1 } }),
      '`assumed.ipv4Lengths`: expected keys that are whole numbers in 1..32, got `x`',
    ],
    [
      'a key out of range',
      changed('cidr-heavy', 'assumed', { ipv4Lengths: { 8: 1, 33: 1 } }),
      '`assumed.ipv4Lengths`: expected keys that are whole numbers in 1..32, got `33`',
    ],
    [
      'a span that goes back',
      changed('cilium-churn', 'published', { policies: [9, 3] }),
      '`published.policies`: expected `[from, to]` with the smaller number first, got a list of 2',
    ],
    [
      'a span of one',
      changed('cilium-churn', 'published', { policies: [9] }),
      '`published.policies`: expected two whole numbers, `[from, to]`, got a list of 1',
    ],
    [
      'host bits',
      changed('cluster-load', 'published', { policyCidr: '10.0.0.1/24' }),
      '`published.policyCidr`: expected a CIDR such as `10.0.0.0/24`, got `10.0.0.1/24`',
    ],
    [
      'an empty list',
      changed('cluster-load', 'published', { loadPorts: [] }),
      '`published.loadPorts`: expected a list of 1 to 1000 items, got an empty list',
    ],
    [
      'an unknown kind of policy',
      changed('cilium-netpol-100', 'published', { kinds: ['L7'] }),
      '`published.kinds[0]`: expected one of `L3`',
    ],
    [
      'sums',
      changed('field-replica', 'published', { pods: 5_000 }),
      '`assumed.podsPerNamespace`: the shape does not add up: expected 5000 pods, got 5413',
    ],
    [
      'sums of policies',
      changed('field-replica', 'published', { denyOnly: 5 }),
      '`published.networkPolicies`: the shape does not add up: expected 13678, got 13188',
    ],
    [
      'more sets than rules',
      changed('calico-production', 'published', { ipSetShare: 0.1 }),
      '`published.ipSetShare`: fewer rules name a set than there are sets',
    ],
    [
      'more pairs than there are',
      changed('stress-peers', 'assumed', { policies: 1_000_000 }),
      '`published.distinctPeers`: there are 2495000 pairs of pods',
    ],
    [
      'a generator',
      { ...documentOf('antrea-small'), generator: 'antria' },
      '`generator`: there is no generator `antria`: did you mean `antrea`?',
    ],
    ['no generator', { ...documentOf('antrea-small'), generator: 7 }, '`generator`: expected one of `antrea`, `calico-production`'],
    ['hostile text', { ...documentOf('antrea-small'), generator: '\u001b[31m' }, 'there is no generator `\\u{1b}[31m`'],
  ])('%s', (_, document, problem) => {
    expect(problems(document)).toEqual([expect.stringContaining(problem)]);
  });

  it('several fields, all of them', () => {
    expect(
      problems({ name: '', about: 1, source: null, generator: 'antrea', seed: 0.5, published: {}, assumed: [] }).length,
    ).toBeGreaterThan(10);
  });

  it('nothing, where a key is called as what objects inherit', () => {
    expect(problems(JSON.parse('{"__proto__": {"name": "x"}}'))).toContain('`name`: expected text that is not empty, got nothing');
  });
});

describe('shapeObjects', () => {
  const shape = loadShape('kube-burner-ocp');

  it.each([
    [{ seed: -1 }, 'seed must be a whole number'],
    [{ seed: 0.5 }, 'seed must be a whole number'],
    [{ scale: 0 }, 'scale must be above 0'],
    [{ scale: 1.01 }, 'scale must be above 0'],
    [{ scale: Number.NaN }, 'scale must be above 0'],
  ])('refuses %j', (options, message) => {
    expect(() => shapeObjects(shape, options)).toThrow(message);
  });

  it('makes a part of the size', () => {
    const namespaces = (scale: number): number => [...shapeObjects(shape, { scale })].filter(({ kind }) => kind === 'Namespace').length;
    expect([1, 0.5, 0.3, 0.001].map(namespaces)).toEqual([10, 5, 3, 1]);
  });

  it('can be read again: every reading begins anew', () => {
    const small = loadShape('calico-tenants-1k');
    expect([...shapeObjects(small, { scale: 0.01 })]).toEqual([...shapeObjects(small, { scale: 0.01 })]);
  });

  it('keeps whole namespaces of a field replica, spread evenly', () => {
    const objects = [...shapeObjects(loadShape('field-replica'), { scale: 0.1 })];
    const namespaces = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
    expect(namespaces).toHaveLength(61);
    expect(namespaces.slice(0, 3)).toEqual(['ns-000', 'ns-010', 'ns-020']);
    expect(objects.every(({ metadata: { namespace } }) => namespace === undefined || namespaces.includes(namespace))).toBe(true);
    const all = [...shapeObjects(loadShape('field-replica'))].filter(({ metadata }) => namespaces.includes(metadata.namespace ?? ''));
    expect(objects.filter(({ metadata }) => metadata.namespace !== undefined)).toEqual(all);
  });
});
