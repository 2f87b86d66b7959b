/**
 * Names in tables: properties, pods, and what stands in the first place.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { compile, engineFromTables } from '../../../src/engine/engine.ts';
import { TableNames } from '../../../src/evaluate/names.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';

const manifests = toManifests({ pods: [{ kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } }] });
const { tables } = compile(manifests, { cni: { ...spec, name: 'of our own' }, shared: false });

describe('the names in tables', () => {
  test('tell the profile to an engine that has nothing but tables', () => {
    expect(engineFromTables(tables).profileName).toBe('of our own');
  });

  test('know a property by its name and no other', () => {
    const names = new TableNames(tables);
    expect(names.property('profile')).toBe('of our own');
    expect(names.property('of our own')).toBeUndefined();
    expect(names.property('colour')).toBeUndefined();
  });

  test('give the strings from the first on', () => {
    expect(new TableNames(tables).text(0)).toBe('profile');
  });

  test('keep every character, also a byte order mark', () => {
    const { tables: marked } = compile(manifests, { cni: { ...spec, name: '\ufeffmarked' }, shared: false });
    expect(new TableNames(marked).property('profile')).toBe('\ufeffmarked');
  });

  test('call a pod a pod', () => {
    expect(new TableNames(tables).pod(0)).toEqual({ kind: 'Pod', namespace: 'shop', name: 'web' });
  });
});
