/**
 * The whole matrix of a compiled cluster, as NDJSON that nobody keeps: the first call of a process. Some of its rows are asked of the reference before.
 */
import { compile, type Engine } from '../../src/engine/engine.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import { type PodGranularity, reachabilityMatrix } from '../../src/matrix/matrix.ts';
import { namespaceOf } from '../../src/model/object-names.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { formatMatrix } from '../../src/report/matrix.ts';
import { tableDetails } from '../support/digest.ts';
import { type Measurement, oneCallMs, peakMemoryMb, sink } from '../support/measure.ts';
import { loadWorkload, referenceWork } from '../workloads/clusters.ts';
import type { WorkloadName } from '../workloads/names.ts';
import type { SubjectContext } from './subject.ts';

export async function measureMatrix(workload: WorkloadName, by: PodGranularity, context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload(workload, context.quick);
  const engine = compile(manifests);
  check(engine, manifests, referenceWork(workload, context.quick).checked, context.seed);
  let rows = 0;
  const time = await oneCallMs(
    'matrix',
    () => {
      for (const text of formatMatrix(reachabilityMatrix(engine, { by }), { by }, 'ndjson')) {
        rows++;
        sink.value += text.length;
      }
    },
    false,
  );
  return [
    { metric: 'time', value: time, unit: 'ms', better: 'lower', details: { ...tableDetails(engine.tables), rows } },
    { metric: 'peak memory', value: peakMemoryMb(), unit: 'MB', better: 'lower' },
  ];
}

/** Rows from one pod at one port, and pairs without a row. */
function check(engine: Engine, manifests: Manifests, count: number, seed: number): void {
  const random = createRandom(seed);
  const oracle = reference(manifests);
  const anyPod = (): string => {
    const { metadata } = random.pick(manifests.pods).object;
    return `${namespaceOf(metadata)}/${metadata.name}`;
  };
  const [from, port] = [anyPod(), 1 + random.below(65_535)];
  const rows = [
    ...reachabilityMatrix(engine, { by: 'pod', focus: from, direction: 'egress', peers: 'pods', port, protocol: 'TCP' }).rows(),
  ];
  const told = new Map(rows.map(({ to, ports }) => [to.kind === 'pod' ? `${to.namespace}/${to.name}` : '', ports]));
  const asked = [...[...told.keys()].slice(0, count / 2), ...Array.from({ length: count / 2 }, anyPod)].filter((to) => to !== from);
  for (const to of asked) {
    const ports = told.get(to);
    const got = ports === undefined || ports.deny.length > 0 ? 'deny' : ports.allow.length > 0 ? 'allow' : 'unknown';
    const expected = oracle.canReach({ from, to, protocol: 'TCP', port }).verdict;
    if (got !== expected)
      throw new Error(`the row is wrong, nothing was measured: ${from} to ${to} TCP/${port}: got ${got}, expected ${expected}`);
  }
}
