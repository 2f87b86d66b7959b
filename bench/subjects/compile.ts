/**
 * Compiling: manifests to tables, once in a fresh process, as every run of the command line does it, and the peak memory of that process, manifests included.
 */
import { compile, type Engine } from '../../src/engine/engine.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { tableDetails } from '../support/digest.ts';
import { type Measurement, medianMs, oneCallMs, peakMemoryMb } from '../support/measure.ts';
import { checkBatch } from '../support/preflight.ts';
import { loadWorkload } from '../workloads/clusters.ts';
import { makeFlows } from '../workloads/flows.ts';
import type { WorkloadName } from '../workloads/names.ts';
import type { SubjectContext } from './subject.ts';

export async function measureCompile(workload: WorkloadName, context: SubjectContext): Promise<Measurement[]> {
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
  checkBatch(manifests, engine, flows, verdicts, context.quick ? 20 : 100);
  const warmMs = context.quick ? coldMs : await medianMs('compile', () => compile(manifests), { durationMs: 2000, minIterations: 3 });
  const details = {
    ...tableDetails(engine.tables),
    peakBeforeMb: Math.round(before),
  };
  return [
    { metric: 'time', value: coldMs, unit: 'ms', better: 'lower', details },
    { metric: 'time, warm', value: warmMs, unit: 'ms', better: 'lower' },
    { metric: 'peak memory', value: after, unit: 'MB', better: 'lower', details },
  ];
}
