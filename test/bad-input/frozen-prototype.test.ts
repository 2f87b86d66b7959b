/**
 * Row 126 of the catalogue, where `Object.prototype` is frozen, as hardened processes have it: an assignment to a name that it has would throw.
 */
import { beforeAll, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { ndjson, podObject, policyObject } from '../input/bad-case.ts';

beforeAll(() => {
  Object.freeze(Object.prototype);
});

it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf'])('126: `%s` as a label key is a label key', (key) => {
  const labels = Object.fromEntries([[key, 'x']]);
  const selector = { matchLabels: labels };
  const objects = [
    podObject({}, { name: 'db', labels }),
    podObject({}, { name: 'web' }),
    policyObject({ podSelector: selector }),
    policyObject(
      { podSelector: { matchExpressions: [{ key, operator: 'DoesNotExist' }] }, ingress: [{ from: [{ podSelector: selector }] }] },
      { name: 'q' },
    ),
  ];
  for (const manifests of [
    parseManifests(ndjson(...objects)),
    parseManifests(JSON.stringify(objects, null, 2)),
    manifestsFromObjects(objects),
  ]) {
    expect(manifests.diagnostics).toEqual([]);
    const engine = compile(manifests, { shared: false });
    const ask = (from: string, to: string): string => engine.canReach({ from, to, protocol: 'TCP', port: 80 }).verdict;
    expect([ask('shop/web', 'shop/db'), ask('shop/db', 'shop/web'), ask('192.0.2.1', 'shop/web')]).toEqual(['deny', 'allow', 'deny']);
  }
});
