/**
 * Simulating: flows made, judged and counted in worker threads. The clock runs from the start of the first worker to the last answer, so that starting threads counts.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compile, type Engine, engineFromTables } from '../../src/engine/engine.ts';
import { BATCH_FLOWS } from '../../src/flows/flow-plan.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reproduciblePart, type SimulationReport } from '../../src/simulate/report.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { decodeTables, encodeTables } from '../../src/wire/tables.ts';
import { tableDetails } from '../support/digest.ts';
import { type Measurement, oneCallMs } from '../support/measure.ts';
import { checkBatch } from '../support/preflight.ts';
import { loadWorkload } from '../workloads/clusters.ts';
import type { SubjectContext } from './subject.ts';

export type Counting = 'verdicts' | 'full';

const FLOWS = 1_000_000_000;
const QUICK_FLOWS = 1_000_000;
const CHECKED_FLOWS = 300_000;
const TABLES = 'field-replica.npt';

/** Memory is looked at whenever a task is done. */
export async function measureSimulation(workers: number, counters: Counting, context: SubjectContext): Promise<Measurement[]> {
  const { quick, seed } = context;
  const manifests = await loadWorkload('field-replica', quick);
  const engine = compile(manifests);
  await checkCounting(manifests, engine, workers, counters, context);

  const flows = quick ? QUICK_FLOWS : FLOWS;
  let early = 0;
  let late = 0;
  const onProgress = (done: number): void => {
    const { rss } = process.memoryUsage();
    if (early === 0 || done <= flows / 10) early = Math.max(early, rss);
    else late = Math.max(late, rss);
  };
  const { run, verdicts: counts } = await simulate(engine, { flows, seed, workers, counters, onProgress });
  const details = {
    flows,
    workers: run.workers,
    allowedPercent: Math.round((counts.allow / flows) * 1000) / 10,
    ...tableDetails(engine.tables),
  };
  return [
    { metric: 'throughput', value: flows / (run.durationMs / 1000), unit: 'flows/s', better: 'higher', details },
    { metric: 'memory', value: Math.max(early, late) / 1e6, unit: 'MB', better: 'lower', details },
    { metric: 'memory, after / during the first tenth', value: (late || early) / early, unit: 'x', better: 'lower', details },
  ];
}

export async function prepareTables({ quick, folder }: SubjectContext): Promise<void> {
  const file = join(folder, TABLES);
  if (!existsSync(file)) writeFileSync(file, encodeTables(compile(await loadWorkload('field-replica', quick)).tables));
}

/** Of a process that has done nothing else; what Node takes to start is not in it. */
export async function measureFirstBatch(context: SubjectContext): Promise<Measurement[]> {
  const { quick, seed, folder } = context;
  const options = { flows: 2 * BATCH_FLOWS, batchesPerTask: 1, seed, workers: 2, counters: 'verdicts' } as const;
  let run: Promise<SimulationReport> | undefined;
  const firstBatch = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const engine = engineFromTables(decodeTables(readFileSync(join(folder, TABLES))));
      run = simulate(engine, { ...options, onProgress: () => resolve() });
      run.catch(reject);
    });
  const ms = await oneCallMs('first batch', firstBatch, true);

  // The answer can only be checked after it was made: a wrong one still ends the run.
  const report = await run;
  const manifests = await loadWorkload('field-replica', quick);
  const engine = compile(manifests);
  await checkCounting(manifests, engine, options.workers, options.counters, context);
  if (!isDeepStrictEqual(report?.verdicts, (await simulate(engine, options)).verdicts))
    throw new Error('tables from a file give other verdicts, nothing was measured');
  const details = { flows: options.flows, workers: report?.run.workers ?? 0, ...tableDetails(engine.tables) };
  return [{ metric: 'time', value: ms, unit: 'ms', better: 'lower', details }];
}

/** One worker and several count the same, and the verdicts are the reference's. */
async function checkCounting(
  manifests: Manifests,
  engine: Engine,
  workers: number,
  counters: Counting,
  { quick, seed }: SubjectContext,
): Promise<void> {
  const alone = await simulate(engine, { flows: CHECKED_FLOWS, seed, workers: 1, counters, verdictColumns: true });
  const together = await simulate(engine, { flows: CHECKED_FLOWS, seed, workers, counters, batchesPerTask: 1 });
  if (!isDeepStrictEqual(reproduciblePart(together), reproduciblePart(alone)))
    throw new Error(`${workers} workers count other numbers than one`);
  const { verdicts, ...columns } = alone.columns!;
  checkBatch(manifests, engine, { ...columns, count: CHECKED_FLOWS }, verdicts, quick ? 20 : 200);
}
