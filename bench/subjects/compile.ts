/**
 * Compiling: manifests to tables, once in a fresh process, as every run of the command line does it, and the peak memory of that process, manifests included.
 */
import { compile, type Engine } from '../../src/engine/engine.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { tableDetails } from '../support/digest.ts';
import { type Measurement, medianMs, oneCallMs, peakMemoryMb } from '../support/measure.ts';
import { checkBatch } from '../support/preflight.ts';
import { loadWorkload, referenceWork } from '../workloads/clusters.ts';
import { makeFlows } from '../workloads/flows.ts';
import type { WorkloadName } from '../workloads/names.ts';
import type { SubjectContext } from './subject.ts';

/** @param warm measures later calls of the process, too */
export async function measureCompile(workload: WorkloadName, warm: boolean, context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload(workload, context.quick);
  let engine: Engine | undefined;
  const before = peakMemoryMb();
  const coldMs = await oneCallMs(
    'compile',
    () => {
      engine = compile(manifests);
    },
    false,
  );
  const after = peakMemoryMb();
  if (engine === undefined) throw new Error('compile was not called');
  // The answer can only be checked after it was made: a wrong one still ends the run.
  const flows = makeFlows(engine.tables, 'aimed', 1024, context.seed);
  const verdicts = new Uint8Array(flows.count);
  createKernel(engine.tables, flows, verdicts)(flows.count);
  checkBatch(manifests, engine, flows, verdicts, Math.min(100, referenceWork(workload, context.quick).checked));
  const details = {
    ...tableDetails(engine.tables),
    peakBeforeMb: Math.round(before),
  };
  const cold: Measurement[] = [
    { metric: 'time', value: coldMs, unit: 'ms', better: 'lower', details },
    { metric: 'tables', value: details.tablesBytes / 1e6, unit: 'MB', better: 'lower', details },
    { metric: 'peak memory', value: after, unit: 'MB', better: 'lower', details },
  ];
  if (!warm) return cold;
  const warmMs = context.quick ? coldMs : await medianMs('compile', () => compile(manifests), { durationMs: 2000, minIterations: 3 });
  return [...cold, { metric: 'time, warm', value: warmMs, unit: 'ms', better: 'lower' }];
}
