/**
 * Verdicts with their reasons: for each flow the decisions of both halves, each of which names the rules that made it. Ready columns, one thread.
 */
import { isDeepStrictEqual } from 'node:util';
import { createDecisionKernel, type DecisionColumns } from '../../src/evaluate/decision-kernel.ts';
import { explainHalf } from '../../src/evaluate/explain.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import { reference } from '../../src/reference/reference.ts';
import { EndpointQuestions } from '../../src/scale/flow-questions.ts';
import { type Measurement, medianMs } from '../support/measure.ts';
import { referenceWork } from '../workloads/clusters.ts';
import type { WorkloadName } from '../workloads/names.ts';
import { type PreparedBatch, prepareBatch, throughputOf } from './batch.ts';
import type { SubjectContext } from './subject.ts';

export async function measureDecisions(workload: WorkloadName, context: SubjectContext): Promise<Measurement[]> {
  let decisions: DecisionColumns | undefined;
  const prepared = await prepareBatch(workload, 'random', context, (tables, flows, verdicts, memory) => {
    decisions = { egress: memory.words(flows.count), ingress: memory.words(flows.count), verdicts };
    return createDecisionKernel(tables, flows, decisions, memory);
  });
  if (decisions === undefined) throw new Error('no kernel was made');
  checkReasons(prepared, decisions, referenceWork(workload, context.quick).checked);
  const { engine, flows, verdicts, judge } = prepared;
  return throughputOf(engine, flows, verdicts, await medianMs('decision kernel', () => judge(flows.count), context.budget));
}

/** The rules that the first flows are attributed to, against those that the reference names. */
function checkReasons({ manifests, engine: { tables }, flows }: PreparedBatch, { egress, ingress }: DecisionColumns, count: number): void {
  const questions = new EndpointQuestions(tables);
  const reader = new TableReader(tables);
  const names = new TableNames(tables);
  const oracle = reference(manifests);
  for (let i = 0; i < count; i++) {
    const query = questions.query(flows, i);
    if (query === undefined) continue;
    const expected = oracle.canReach(query);
    const got = {
      egress: explainHalf(reader, names, 'egress', flows.source[i]!, egress[i]!),
      ingress: explainHalf(reader, names, 'ingress', flows.destination[i]!, ingress[i]!),
    };
    if (!isDeepStrictEqual(got, { egress: expected.egress, ingress: expected.ingress })) {
      throw new Error(`other rules are named than the reference names, nothing was measured: ${JSON.stringify(query)}`);
    }
  }
}
