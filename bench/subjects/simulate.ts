/**
 * Simulating: flows made, judged and counted in worker threads. The clock runs from the start of the first worker to the last answer, so that starting threads counts.
 */
import { isDeepStrictEqual } from 'node:util';
import { compile } from '../../src/engine/engine.ts';
import { reproduciblePart } from '../../src/simulate/report.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { tableDetails } from '../support/digest.ts';
import type { Measurement } from '../support/measure.ts';
import { checkBatch } from '../support/preflight.ts';
import { loadWorkload } from '../workloads/clusters.ts';
import type { SubjectContext } from './subject.ts';

export type Counting = 'verdicts' | 'full';

const FLOWS = 40_000_000;
const QUICK_FLOWS = 1_000_000;
const CHECKED_FLOWS = 300_000;

export async function measureSimulation(workers: number, counters: Counting, context: SubjectContext): Promise<Measurement[]> {
  const { quick, seed } = context;
  const manifests = await loadWorkload('field-replica', quick);
  const engine = compile(manifests);

  const alone = await simulate(engine, { flows: CHECKED_FLOWS, seed, workers: 1, counters, verdictColumns: true });
  const together = await simulate(engine, { flows: CHECKED_FLOWS, seed, workers, counters, batchesPerTask: 1 });
  if (!isDeepStrictEqual(reproduciblePart(together), reproduciblePart(alone)))
    throw new Error(`${workers} workers count other numbers than one`);
  const { verdicts, ...columns } = alone.columns!;
  checkBatch(manifests, engine, { ...columns, count: CHECKED_FLOWS }, verdicts, quick ? 20 : 200);

  const flows = quick ? QUICK_FLOWS : FLOWS;
  const { run, verdicts: counts } = await simulate(engine, { flows, seed, workers, counters });
  const details = {
    flows,
    workers: run.workers,
    allowedPercent: Math.round((counts.allow / flows) * 1000) / 10,
    ...tableDetails(engine.tables),
  };
  return [{ metric: 'throughput', value: flows / (run.durationMs / 1000), unit: 'flows/s', better: 'higher', details }];
}
