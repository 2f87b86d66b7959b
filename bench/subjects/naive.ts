/**
 * The naive loop over policies, on flows of the same batch as the engine's: what a program without tables takes.
 */
import { compile } from '../../src/engine/engine.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { EndpointQuestions } from '../../src/scale/flow-questions.ts';
import { createFlowBatch } from '../../src/tables/flow-batch.ts';
import { type Measurement, medianMs, sink } from '../support/measure.ts';
import { type NaiveFlow, NaiveLoop } from '../support/naive.ts';
import { checkBatch } from '../support/preflight.ts';
import { loadWorkload, referenceWork } from '../workloads/clusters.ts';
import { makeFlows } from '../workloads/flows.ts';
import type { WorkloadName } from '../workloads/names.ts';
import { tableSizes } from './batch.ts';
import type { SubjectContext } from './subject.ts';

const FLOWS = 1024;
const QUICK_FLOWS = 256;

export async function measureNaive(workload: WorkloadName, context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload(workload, context.quick);
  const engine = compile(manifests);
  const naive = new NaiveLoop(manifests);
  const questions = new EndpointQuestions(engine.tables);
  const drawn = makeFlows(engine.tables, 'random', context.quick ? QUICK_FLOWS : FLOWS, context.seed);
  const flows = createFlowBatch(drawn.count);
  const prepared: NaiveFlow[] = [];
  for (let i = 0; i < drawn.count; i++) {
    const query = questions.query(drawn, i);
    if (query === undefined) continue;
    for (const column of ['source', 'destination', 'protocol', 'port'] as const) flows[column][flows.count] = drawn[column][i]!;
    flows.count++;
    prepared.push(naive.prepare(query));
  }
  const verdicts = Uint8Array.from(prepared, (flow) => naive.verdict(flow));
  const expected = new Uint8Array(flows.source.length);
  createKernel(engine.tables, flows, expected)(flows.count);
  const wrong = verdicts.findIndex((verdict, i) => verdict !== expected[i]);
  if (wrong >= 0) throw new Error(`the naive loop says ${verdicts[wrong]}, the engine ${expected[wrong]}, nothing was measured`);
  const { checked } = referenceWork(workload, context.quick);
  checkBatch(manifests, engine, flows, verdicts, Math.min(checked, flows.count));
  const few = prepared.slice(0, 256);
  const call = (): void => {
    for (const flow of few) sink.value += naive.verdict(flow);
  };
  const ms = await medianMs('naive', call, { durationMs: context.budget.durationMs, minIterations: 2 });
  const details = { flows: few.length, ...tableSizes(engine.tables) };
  return [{ metric: 'throughput', value: few.length / (ms / 1000), unit: 'flows/s', better: 'higher', details }];
}
