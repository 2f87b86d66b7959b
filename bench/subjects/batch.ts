/**
 * Batches: the hot loop over ready columns, one thread. Flows and verdicts stand in the memory of the kernel.
 */
import { compile, type Engine } from '../../src/engine/engine.ts';
import { createKernel, type Kernel } from '../../src/evaluate/kernel.ts';
import { LinearMemory } from '../../src/lib/linear-memory.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { EndpointQuestions } from '../../src/scale/flow-questions.ts';
import type { FlowBatch } from '../../src/tables/flow-batch.ts';
import { ALLOW } from '../../src/tables/layout.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { kernelBytes } from '../support/c-loop.ts';
import { tableDetails } from '../support/digest.ts';
import { type Measurement, medianMs, sink } from '../support/measure.ts';
import { checkBatch } from '../support/preflight.ts';
import { loadWorkload, referenceWork } from '../workloads/clusters.ts';
import { type FlowKind, makeFlows } from '../workloads/flows.ts';
import type { WorkloadName } from '../workloads/names.ts';
import type { SubjectContext } from './subject.ts';

const FLOWS = 4 << 20;
const QUICK_FLOWS = 1 << 18;

export interface PreparedBatch {
  readonly manifests: Manifests;
  readonly engine: Engine;
  readonly flows: FlowBatch;
  /** Filled, and checked against the reference. */
  readonly verdicts: Uint8Array;
  readonly judge: Kernel;
}

/** Flows and verdicts stand in the memory of the kernel. */
export async function prepareBatch(
  workload: WorkloadName,
  kind: FlowKind,
  context: SubjectContext,
  makeKernel: (tables: RuleTables, flows: FlowBatch, verdicts: Uint8Array, memory: LinearMemory) => Kernel,
): Promise<PreparedBatch> {
  const manifests = await loadWorkload(workload, context.quick);
  const engine = compile(manifests);
  const memory = new LinearMemory();
  const flows = makeFlows(engine.tables, kind, context.quick ? QUICK_FLOWS : FLOWS, context.seed, memory);
  const verdicts = memory.bytes(flows.count);
  const judge = makeKernel(engine.tables, flows, verdicts, memory);
  judge(flows.count);
  checkBatch(manifests, engine, flows, verdicts, referenceWork(workload, context.quick).checked);
  return { manifests, engine, flows, verdicts, judge };
}

/** All tables, and the part that the verdict kernel reads. */
export function tableSizes(tables: RuleTables): Readonly<Record<string, number | string>> {
  return { ...tableDetails(tables), kernelBytes: kernelBytes(tables) };
}

export async function measureBatch(workload: WorkloadName, kind: FlowKind, context: SubjectContext): Promise<Measurement[]> {
  const { engine, flows, verdicts, judge } = await prepareBatch(workload, kind, context, createKernel);
  return throughputOf(engine, flows, verdicts, await medianMs('kernel', () => judge(flows.count), context.budget));
}

export function throughputOf({ tables }: Engine, flows: FlowBatch, verdicts: Uint8Array, ms: number): Measurement[] {
  let allowed = 0;
  for (const verdict of verdicts) if (verdict === ALLOW) allowed++;
  sink.value += allowed;
  const details = { flows: flows.count, allowedPercent: Math.round((allowed / flows.count) * 1000) / 10, ...tableSizes(tables) };
  return [{ metric: 'throughput', value: flows.count / (ms / 1000), unit: 'flows/s', better: 'higher', details }];
}

export async function measureReference(workload: WorkloadName, context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload(workload, context.quick);
  const engine = compile(manifests);
  const flows = makeFlows(engine.tables, 'random', 4096, context.seed);
  const questions = new EndpointQuestions(engine.tables);
  const queries = Array.from({ length: flows.count }, (_, i) => questions.query(flows, i))
    .filter((query) => query !== undefined)
    .slice(0, referenceWork(workload, context.quick).timed);
  const oracle = reference(manifests);
  const call = (): void => {
    for (const query of queries) if (oracle.canReach(query).verdict === 'allow') sink.value++;
  };
  const ms = await medianMs('reference', call, { durationMs: context.budget.durationMs, minIterations: 2 });
  const details = { flows: queries.length, ...tableSizes(engine.tables) };
  return [{ metric: 'throughput', value: queries.length / (ms / 1000), unit: 'flows/s', better: 'higher', details }];
}
