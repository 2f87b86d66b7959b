/**
 * One question at a time, by name, on clusters of several sizes: the verdict alone, the decision with its reasons, and the reference on the same questions.
 */
import { inspect } from 'node:util';
import { compile, type Engine } from '../../src/engine/engine.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { type Reference, reference } from '../../src/reference/reference.ts';
import { EndpointQuestions } from '../../src/scale/flow-questions.ts';
import { tableDetails } from '../support/digest.ts';
import { type Measurement, medianMs, sink } from '../support/measure.ts';
import { loadWorkload, referenceWork } from '../workloads/clusters.ts';
import { makeFlows } from '../workloads/flows.ts';
import type { WorkloadName } from '../workloads/names.ts';
import type { SubjectContext } from './subject.ts';

/** Questions per measured call, so that a call takes long enough to be timed. */
const QUESTIONS = 1000;

interface Prepared {
  readonly manifests: Manifests;
  readonly engine: Engine;
  readonly oracle: Reference;
  readonly queries: readonly FlowQuery[];
}

export async function measureVerdict(workload: WorkloadName, context: SubjectContext): Promise<Measurement[]> {
  const { engine, oracle, queries } = await prepare(workload, context);
  check(queries, referenceWork(workload, context.quick).checked, (query) => [engine.verdict(query), oracle.canReach(query).verdict]);
  return perQuestion(
    await medianMs('verdict', () => askAll(queries, (query) => engine.verdict(query).length), context.budget),
    engine,
    queries,
  );
}

export async function measureReasons(workload: WorkloadName, context: SubjectContext): Promise<Measurement[]> {
  const { engine, oracle, queries } = await prepare(workload, context);
  check(queries, referenceWork(workload, context.quick).checked, (query) => [
    inOrder(engine.canReach(query)),
    inOrder(oracle.canReach(query)),
  ]);
  return perQuestion(
    await medianMs('canReach', () => askAll(queries, (query) => engine.canReach(query).egress.reasons.length), context.budget),
    engine,
    queries,
  );
}

export async function measureReference(workload: WorkloadName, context: SubjectContext): Promise<Measurement[]> {
  const { engine, oracle, queries } = await prepare(workload, context);
  const few = queries.slice(0, referenceWork(workload, context.quick).timed);
  const ms = await medianMs('reference', () => askAll(few, (query) => oracle.canReach(query).egress.reasons.length), {
    durationMs: context.budget.durationMs,
    minIterations: 2,
  });
  return perQuestion(ms, engine, few);
}

async function prepare(workload: WorkloadName, context: SubjectContext): Promise<Prepared> {
  const manifests = await loadWorkload(workload, context.quick);
  const engine = compile(manifests);
  const flows = makeFlows(engine.tables, 'aimed', QUESTIONS * 2, context.seed);
  const questions = new EndpointQuestions(engine.tables);
  const queries = Array.from({ length: flows.count }, (_, i) => questions.query(flows, i)).filter((query) => query !== undefined);
  return { manifests, engine, oracle: reference(manifests), queries: queries.slice(0, QUESTIONS) };
}

function check(queries: readonly FlowQuery[], count: number, answers: (query: FlowQuery) => [string, string]): void {
  for (const query of queries.slice(0, count)) {
    const [got, expected] = answers(query);
    if (got !== expected)
      throw new Error(`the answer is wrong, nothing was measured: ${JSON.stringify(query)}: got ${got}, expected ${expected}`);
  }
}

function askAll(queries: readonly FlowQuery[], ask: (query: FlowQuery) => number): void {
  for (const query of queries) sink.value += ask(query);
}

function perQuestion(ms: number, { tables }: Engine, queries: readonly FlowQuery[]): Measurement[] {
  return [
    {
      metric: 'time per question',
      value: (ms * 1000) / queries.length,
      unit: 'µs',
      better: 'lower',
      details: { questions: queries.length, ...tableDetails(tables) },
    },
  ];
}

/** As text, whatever the order of the fields. */
function inOrder(decision: Decision): string {
  return inspect(decision, { depth: null, sorted: true });
}
