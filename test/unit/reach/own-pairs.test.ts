/**
 * Which pairs of ends comparison decides, where two tables cut the outside differently.
 */
import { expect, it } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { TableReader } from '../../../src/evaluate/reader.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { joinClasses } from '../../../src/reach/joint-classes.ts';
import { joinEndpoints } from '../../../src/reach/joint-endpoints.ts';
import { ownPairs } from '../../../src/reach/own-pairs.ts';

it('are a pod and itself, and no ranges outside, which are one address in a table without blocks', () => {
  const manifests = manifestsFromObjects([
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, status: { podIP: '10.0.0.1' } },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'blocks', namespace: 'shop' },
      spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }, { ipBlock: { cidr: '198.51.100.0/24' } }] }] },
    },
  ]);
  const [before, after] = [compile(manifests).tables, compile(manifests, { cni: 'flannel' }).tables];
  expect(after.columns.endpointKind.length).toBeLessThan(before.columns.endpointKind.length);
  const joint = joinEndpoints([before, after]);
  const { counts, single } = ownPairs([new TableReader(before), new TableReader(after)], joint, joinClasses(before, after, joint));
  expect([...counts.values()]).toEqual([1]);
  expect(single).toEqual([]);
});
