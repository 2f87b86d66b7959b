/**
 * The engine beside C: the kernel and a C loop over the very same columns and flows take turns in one run, so that what slows the machine down slows both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { median, pairedRatio } from '../../src/scale/statistics.ts';
import { arrangementOf, prepareCLoop } from '../support/c-loop.ts';
import { type Measurement, medianMs } from '../support/measure.ts';
import type { FlowKind } from '../workloads/flows.ts';
import type { WorkloadName } from '../workloads/names.ts';
import { prepareBatch, tableSizes } from './batch.ts';
import type { Skipped, SubjectContext } from './subject.ts';

const TURNS = 7;
const QUICK_TURNS = 2;

export async function measureCLoop(workload: WorkloadName, kind: FlowKind, context: SubjectContext): Promise<Measurement[] | Skipped> {
  const folder = mkdtempSync(join(context.folder, 'c-'));
  try {
    const { engine, flows, verdicts, judge } = await prepareBatch(workload, kind, context, createKernel);
    const run = prepareCLoop(engine.tables, flows, folder, arrangementOf(engine.tables));
    if (run === undefined) return { skipped: 'there is no gcc' };
    const turns = context.quick ? QUICK_TURNS : TURNS;
    const durationMs = Math.ceil(context.budget.durationMs / turns);
    const [engineNs, cNs]: [number[], number[]] = [[], []];
    const engineTurn = async (): Promise<void> => {
      engineNs.push((await medianMs('kernel', () => judge(flows.count), { durationMs, minIterations: 3 })) * 1e6);
    };
    const cTurn = (): void => {
      const { passesNs, verdicts: found } = run(durationMs);
      checkVerdicts(found, verdicts);
      cNs.push(median(passesNs));
    };
    cTurn();
    cNs.pop();
    for (let turn = 0; turn < turns; turn++) {
      if (turn % 2 === 1) cTurn();
      await engineTurn();
      if (turn % 2 === 0) cTurn();
    }
    const details = { flows: flows.count, turns, ...tableSizes(engine.tables) };
    const perSecond = (times: readonly number[]): number => flows.count / (median(times) / 1e9);
    const ratio = pairedRatio(engineNs, cNs, context.seed).median;
    return [
      { metric: 'throughput', value: perSecond(cNs), unit: 'flows/s', better: 'higher', details },
      { metric: 'throughput of the engine', value: perSecond(engineNs), unit: 'flows/s', better: 'higher', details },
      { metric: 'engine / C', value: ratio, unit: 'x', better: 'higher', details },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All of them: C is another program, and a comparison with a wrong one is worth nothing. */
function checkVerdicts(got: Uint8Array, expected: Uint8Array): void {
  let differs = got.length !== expected.length;
  for (let i = 0; i < expected.length && !differs; i++) differs = got[i] !== expected[i];
  if (differs) throw new Error('the verdicts of the C loop are others than those of the engine, nothing was measured');
}
