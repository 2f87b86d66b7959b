/**
 * Workloads of pods have numbers in order of first appearance, whatever comes between pods of one and whatever else has its name.
 */
import { expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { compileTables } from '../../../src/compile/compile.ts';
import { TableNames } from '../../../src/evaluate/names.ts';
import { NONE_32 } from '../../../src/tables/layout.ts';
import { clusterOf, inOneTier, podOf } from './forms.ts';

test.each([1, 2, 7, 8, 9, 10, 30])('%i names in each namespace, of two kinds', (count) => {
  const all = Array.from({ length: count }, (_, i) => ['Job', 'StatefulSet'].map((kind) => ({ kind, name: `w-${i}` }))).flat();
  // Each beside itself, then all once more from the last one on, with a pod that has none between them.
  const given = [...all.flatMap((each) => [each, { ...each }]), undefined, ...[...all].reverse()];
  const namespaces = ['a', 'b', 'c'].map((name) => ({ name, labels: new Map() }));
  const pods = ['a', 'c'].flatMap((namespace) => given.map((workload, i) => podOf(`p-${i}`, [], { namespace, workload })));
  const tables = compileTables(clusterOf({ namespaces, pods }), inOneTier([]), spec);
  const { podWorkload, workloadName } = tables.columns;
  const names = new TableNames(tables);
  expect(workloadName).toHaveLength(2 * all.length);
  const told = pods.map((_, pod) => (podWorkload[pod] === NONE_32 ? undefined : names.workload(podWorkload[pod]!)));
  expect(told).toEqual(pods.map(({ namespace, workload }) => workload && { namespace, ...workload }));
  const first = [...podWorkload].filter((workload, pod) => workload !== NONE_32 && podWorkload.indexOf(workload) === pod);
  expect(first).toEqual(first.map((_, i) => i));
});

test('kinds and names are told apart, whatever they consist of', () => {
  const texts = ['', '1', ' ', 'a', 'a b', 'b', '1 a', 'a/b', '/b'];
  const all = texts.flatMap((kind) => texts.map((name) => ({ kind, name })));
  const pods = [...all, ...all].map((workload, i) => podOf(`p-${String(i).padStart(3, '0')}`, [], { namespace: 'a', workload }));
  const namespaces = [{ name: 'a', labels: new Map() }];
  const { podWorkload } = compileTables(clusterOf({ namespaces, pods }), inOneTier([]), spec).columns;
  expect([...podWorkload]).toEqual([...all.keys(), ...all.keys()]);
});
