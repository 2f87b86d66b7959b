/**
 * Batches: the hot loop over ready columns, one thread, verdicts only. One table set and one closure in the process, as the loop wants it.
 */
import { compile } from '../../src/engine/engine.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { reference } from '../../src/reference/reference.ts';
import { EndpointQuestions } from '../../src/scale/flow-questions.ts';
import { ALLOW } from '../../src/tables/layout.ts';
import { tableDetails } from '../support/digest.ts';
import { type Measurement, medianMs, sink } from '../support/measure.ts';
import { checkBatch } from '../support/preflight.ts';
import { loadWorkload, type WorkloadName } from '../workloads/clusters.ts';
import { type FlowKind, makeFlows } from '../workloads/flows.ts';
import type { SubjectContext } from './subject.ts';

const FLOWS = 4 << 20;
const QUICK_FLOWS = 1 << 18;

export async function measureBatch(workload: WorkloadName, kind: FlowKind, context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload(workload, context.quick);
  const engine = compile(manifests);
  const flows = makeFlows(engine.tables, kind, context.quick ? QUICK_FLOWS : FLOWS, context.seed);
  const verdicts = new Uint8Array(flows.count);
  const judge = createKernel(engine.tables, flows, verdicts);
  judge(flows.count);
  checkBatch(manifests, engine, flows, verdicts, workload.startsWith('field-replica') ? (context.quick ? 20 : 200) : 1000);
  const ms = await medianMs('kernel', () => judge(flows.count), context.budget);
  let allowed = 0;
  for (const verdict of verdicts) if (verdict === ALLOW) allowed++;
  sink.value += allowed;
  const details = {
    flows: flows.count,
    allowedPercent: Math.round((allowed / flows.count) * 1000) / 10,
    ...tableDetails(engine.tables),
  };
  return [{ metric: 'throughput', value: flows.count / (ms / 1000), unit: 'flows/s', better: 'higher', details }];
}

export async function measureReference(workload: WorkloadName, context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload(workload, context.quick);
  const engine = compile(manifests);
  const flows = makeFlows(engine.tables, 'random', 4096, context.seed);
  const questions = new EndpointQuestions(engine.tables);
  const queries = Array.from({ length: flows.count }, (_, i) => questions.query(flows, i))
    .filter((query) => query !== undefined)
    .slice(0, workload.startsWith('field-replica') ? (context.quick ? 5 : 20) : 200);
  const oracle = reference(manifests);
  const call = (): void => {
    for (const query of queries) if (oracle.canReach(query).verdict === 'allow') sink.value++;
  };
  const ms = await medianMs('reference', call, { durationMs: context.budget.durationMs, minIterations: 3 });
  return [
    {
      metric: 'throughput',
      value: queries.length / (ms / 1000),
      unit: 'flows/s',
      better: 'higher',
      details: { flows: queries.length, ...tableDetails(engine.tables) },
    },
  ];
}
