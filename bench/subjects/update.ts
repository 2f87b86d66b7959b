/**
 * Changes of a cluster one by one: how long an update takes, the first question that it concerns, and the same question again. Each change is of another object; the cluster is as it was compiled
 * when the changes begin, and differs in all of them at the end.
 */
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { compile, type Engine } from '../../src/engine/engine.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import { applyChanges, type ManifestChanges } from '../../src/input/changes.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import { namespaceOf } from '../../src/model/object-names.ts';
import type { Manifests, ObjectMeta } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { median, percentile } from '../../src/scale/statistics.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { type Measurement, peakMemoryMb, sink } from '../support/measure.ts';
import { loadWorkload, referenceWork } from '../workloads/clusters.ts';
import type { WorkloadName } from '../workloads/names.ts';
import type { SubjectContext } from './subject.ts';

const CHANGES = { quick: 200, full: 10_000 };

interface Change {
  readonly changes: ManifestChanges;
  /** Its answer depends on what has changed. */
  readonly query: FlowQuery;
}

export async function measureUpdates(workload: WorkloadName, kind: 'policy' | 'pod', context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload(workload, context.quick);
  const changeOf = kind === 'policy' ? policyChanges(manifests, context.seed) : podChanges(manifests, context.seed);
  const compiled = compile(manifests);
  // The first update looks at all objects once.
  const opening = timed(() => compiled.update({}));
  let engine = opening.result;
  check(engine, manifests, changeOf(0), referenceWork(workload, context.quick).checked);
  const times = { update: [] as number[], first: [] as number[], again: [] as number[] };
  for (let i = 1; i <= (context.quick ? CHANGES.quick : CHANGES.full); i++) {
    const { changes, query } = changeOf(i);
    const before = engine;
    const update = timed(() => before.update(changes));
    engine = update.result;
    times.update.push(update.ms);
    for (const list of [times.first, times.again]) list.push(timed(() => update.result.canReach(query).ingress.reasons.length).ms);
  }
  const row = (metric: string, value: number, unit = 'ms'): Measurement => ({ metric, value, unit, better: 'lower' });
  return [
    row('update, median', median(times.update)),
    row('update, p99', percentile(times.update, 0.99)),
    row('question that it concerns', median(times.first)),
    row('the same again', median(times.again)),
    row('first update', opening.ms),
    row('peak memory', peakMemoryMb(), 'MB'),
  ];
}

const UPDATES_PER_SECOND = 5000;
/** So that answers of workers are heard, even where updates take longer than they should. */
const MOST_AT_A_TURN = 20;
const FLOWS = { quick: 2_000_000, full: 200_000_000 };

/** The same changes, policies and pods in turn, at a steady pace on this thread while another simulates the cluster as it was. */
export async function measureUpdatesBesideSimulation(workload: WorkloadName, context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload(workload, context.quick);
  const changesOf = [policyChanges(manifests, context.seed), podChanges(manifests, context.seed)];
  const compiled = compile(manifests);
  const first = changesOf[0]!(0);
  check(compiled, manifests, first, referenceWork(workload, context.quick).checked);
  const options = { flows: context.quick ? FLOWS.quick : FLOWS.full, seed: context.seed, workers: 1, counters: 'verdicts' } as const;
  const flowsPerSecond = async (): Promise<number> => options.flows / ((await simulate(compiled, options)).run.durationMs / 1000);
  const before = await flowsPerSecond();
  let engine = compiled.update(first.changes);
  let isRunning = true;
  const simulated = flowsPerSecond().finally(() => {
    isRunning = false;
  });
  const start = performance.now();
  let updates = 0;
  while (isRunning) {
    const due = Math.min(updates + MOST_AT_A_TURN, ((performance.now() - start) / 1000) * UPDATES_PER_SECOND);
    for (; updates < due; updates++) engine = engine.update(changesOf[updates % 2]!(updates + 1).changes);
    await setImmediate();
  }
  const seconds = (performance.now() - start) / 1000;
  const after = await flowsPerSecond();
  const last = changesOf[0]!(updates + 1);
  sink.value += engine.update(last.changes).canReach(last.query).ingress.reasons.length;
  return [
    {
      metric: 'updates beside a simulation',
      value: updates / seconds,
      unit: 'updates/s',
      better: 'higher',
      details: { asked: UPDATES_PER_SECOND },
    },
    { metric: 'simulation, with updates / without', value: (await simulated) / Math.sqrt(before * after), unit: 'x', better: 'higher' },
  ];
}

/** Every change opens one more port of a random policy, towards a pod of its namespace. */
function policyChanges({ networkPolicies, pods }: Manifests, seed: number): (i: number) => Change {
  const random = createRandom(seed);
  const podIn = new Map(pods.map(({ object }) => [namespaceOf(object.metadata), endOf(object.metadata)]));
  const policies = networkPolicies.filter(({ object }) => podIn.has(namespaceOf(object.metadata)));
  return (i) => {
    const { object } = random.pick(policies);
    const port = 1 + (i % 65_535);
    const spec = { ...object.spec, ingress: [...(object.spec?.ingress ?? []), { ports: [{ port }] }] };
    const from = endOf(random.pick(pods).object.metadata);
    return {
      changes: { apply: [{ apiVersion: 'networking.k8s.io/v1', ...object, spec }] },
      query: { from, to: podIn.get(namespaceOf(object.metadata))!, protocol: 'TCP', port },
    };
  };
}

/** Every change gives a random pod one more label. */
function podChanges({ pods }: Manifests, seed: number): (i: number) => Change {
  const random = createRandom(seed);
  return (i) => {
    const { workload: _, ...pod } = random.pick(pods).object;
    const metadata = { ...pod.metadata, labels: { ...pod.metadata.labels, changed: String(i) } };
    return {
      changes: { apply: [{ apiVersion: 'v1', ...pod, metadata }] },
      query: { from: endOf(random.pick(pods).object.metadata), to: endOf(metadata), protocol: 'TCP', port: 80 },
    };
  };
}

function endOf(metadata: ObjectMeta): string {
  return `${namespaceOf(metadata)}/${metadata.name}`;
}

/** The reference reads the manifests that the change makes. */
function check(engine: Engine, manifests: Manifests, { changes, query }: Change, count: number): void {
  const updated = engine.update(changes);
  const oracle = reference(applyChanges(manifests, changes));
  for (let i = 0; i < Math.min(count, 3); i++) {
    const asked = { ...query, port: 1 + ((query.port + i) % 65_535) };
    const [got, expected] = [updated.canReach(asked), oracle.canReach(asked)];
    if (!isDeepStrictEqual(got, expected))
      throw new Error(
        `the answer is wrong, nothing was measured: ${JSON.stringify(asked)}: got ${got.verdict}, expected ${expected.verdict}`,
      );
  }
}

function timed<T>(call: () => T): { readonly result: T; readonly ms: number } {
  const start = performance.now();
  const result = call();
  const ms = performance.now() - start;
  sink.value += ms;
  return { result, ms };
}
