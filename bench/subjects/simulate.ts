/**
 * Simulating: flows made, judged and counted in worker threads. The clock runs from the start of the first worker to the last answer, so that starting threads counts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compile, engineFromTables } from '../../src/engine/engine.ts';
import { BATCH_FLOWS } from '../../src/flows/flow-plan.ts';
import { reproduciblePart, type SimulationReport } from '../../src/simulate/report.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { decodeTables, encodeTables } from '../../src/wire/tables.ts';
import { tableDetails } from '../support/digest.ts';
import { type Measurement, oneCallMs, peakMemoryMb } from '../support/measure.ts';
import { checkBatch } from '../support/preflight.ts';
import { loadWorkload } from '../workloads/clusters.ts';
import type { SubjectContext } from './subject.ts';

export type Counting = 'verdicts' | 'full';

const FLOWS = 40_000_000;
const QUICK_FLOWS = 1_000_000;
const CHECKED_FLOWS = 300_000;
const LONG_FLOWS = 1_000_000_000;
const TABLES = 'field-replica.npt';

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

/** Memory after a twentieth of the flows, and the most that there was at the end. */
export async function measureLongSimulation({ quick, seed }: SubjectContext): Promise<Measurement[]> {
  const engine = compile(await loadWorkload('field-replica', quick));
  const flows = quick ? QUICK_FLOWS : LONG_FLOWS;
  const workers = 2;
  const alone = await simulate(engine, { flows: CHECKED_FLOWS, seed, workers: 1, counters: 'verdicts' });
  const together = await simulate(engine, { flows: CHECKED_FLOWS, seed, workers, counters: 'verdicts', batchesPerTask: 1 });
  if (!isDeepStrictEqual(reproduciblePart(together), reproduciblePart(alone)))
    throw new Error(`${workers} workers count other numbers than one`);

  let early = 0;
  const onProgress = (done: number): void => {
    if (early === 0 && done >= flows / 20) early = peakMemoryMb();
  };
  const { run, verdicts } = await simulate(engine, { flows, seed, workers, counters: 'verdicts', onProgress });
  if (verdicts.allow + verdicts.deny + verdicts.unknown !== flows) throw new Error('flows are missing from the counts');
  const details = { flows, workers: run.workers, ...tableDetails(engine.tables) };
  const peak = peakMemoryMb();
  return [
    { metric: 'throughput', value: flows / (run.durationMs / 1000), unit: 'flows/s', better: 'higher', details },
    { metric: 'peak memory', value: peak, unit: 'MB', better: 'lower', details },
    { metric: 'memory from a twentieth to the end', value: peak - early, unit: 'MB', better: 'lower', details },
  ];
}

export async function prepareTables({ quick, folder }: SubjectContext): Promise<void> {
  writeFileSync(join(folder, TABLES), encodeTables(compile(await loadWorkload('field-replica', quick)).tables));
}

/** Of a process that has done nothing else; what Node takes to start is not in it. */
export async function measureFirstBatch({ quick, seed, folder }: SubjectContext): Promise<Measurement[]> {
  const options = { flows: BATCH_FLOWS, seed, workers: 2, counters: 'verdicts' } as const;
  let report: SimulationReport | undefined;
  const ms = await oneCallMs(
    'first batch',
    async () => {
      report = await simulate(engineFromTables(decodeTables(readFileSync(join(folder, TABLES)))), options);
    },
    true,
  );
  // The answer can only be checked after it was made: a wrong one still ends the run.
  const expected = await simulate(compile(await loadWorkload('field-replica', quick)), options);
  if (!isDeepStrictEqual(report?.verdicts, expected.verdicts))
    throw new Error('tables from a file give other verdicts, nothing was measured');
  return [{ metric: 'time', value: ms, unit: 'ms', better: 'lower', details: { flows: BATCH_FLOWS } }];
}
