/**
 * Measures one set in the process that it runs in, which is a fresh one: loading and compiling by stage, cold and warm, peak memory, flows per second, one question.
 */

import { profileOf } from '../cni/check-profile.ts';
import { compileTables } from '../compile/compile.ts';
import { lower } from '../dialects/lower.ts';
import { type Engine, engineFromTables } from '../engine/engine.ts';
import { BATCH_FLOWS } from '../flows/flow-plan.ts';
import { buildCluster } from '../input/build-cluster.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import { checkAnswers, createJudging, type Judging, questionsOf } from './check-answers.ts';
import type { Latency, ScaleStage, TableFacts } from './report.ts';
import { percentile } from './statistics.ts';
import { factsOf } from './table-facts.ts';

export interface MeasureOptions {
  readonly cni: string | CniProfile;
  readonly domainNames?: DomainNameTable;
  readonly seed: number;
  /** Compilations after the first. */
  readonly warmRuns: number;
  /** Flows judged, in whole batches. */
  readonly flows: number;
  /** Questions timed, after as many to warm up. */
  readonly queries: number;
  /** Flows compared with the reference before anything but the first compilation is timed. */
  readonly checks: number;
}

export interface StageTime {
  readonly stage: ScaleStage;
  readonly durationMs: number;
  readonly raisedBytes: number;
}

export interface Measured {
  readonly tables: TableFacts;
  /** Pods and policies that were compiled. */
  readonly pods: number;
  readonly policies: number;
  /** Of the first batch: equal sets have equal ones. */
  readonly verdicts: { readonly allow: number; readonly deny: number; readonly unknown: number };
  readonly coldMs: number;
  readonly peakBytes: number;
  readonly cold: readonly StageTime[];
  readonly warmMs: readonly number[];
  /** Stages of each warm run. */
  readonly warm: readonly (readonly StageTime[])[];
  readonly flowsPerSecond: number;
  readonly verdict: Latency;
  readonly reasons: Latency;
}

/** `loading`: how long it took to read the manifests, when this process did. */
export function measureSet(manifests: Manifests, options: MeasureOptions, loading: StageTime | undefined): Measured {
  const first = compileInStages(manifests, options);
  const peakBytes = peakMemory();
  const { engine } = first;
  const judging = createJudging(engine.tables, options.seed);
  checkAnswers(manifests, engine, options, { wanted: options.checks, seed: options.seed, judging });
  const warm = Array.from({ length: options.warmRuns }, () => compileInStages(manifests, options).stages);
  const { verdict, reasons } = timeQuestions(engine, judging, options);
  const { flowsPerSecond, verdicts } = timeFlows(judging, options.flows);
  const tables = factsOf(engine.tables);
  return {
    tables,
    pods: engine.tables.columns.podName.length,
    policies: tables.policies,
    verdicts,
    coldMs: total(first.stages),
    peakBytes,
    cold: [...(loading === undefined ? [] : [loading]), ...first.stages],
    warmMs: warm.map(total),
    warm,
    flowsPerSecond,
    verdict,
    reasons,
  };
}

/** As `compile` does it, with a clock. */
function compileInStages(manifests: Manifests, { cni, domainNames }: MeasureOptions): { engine: Engine; stages: StageTime[] } {
  const clock = new StageClock();
  clock.begin('cluster');
  const profile = profileOf(cni);
  const { cluster } = buildCluster(manifests, profile);
  clock.begin('lower');
  const { policySet } = lower(manifests, profile, domainNames);
  const tables = compileTables(cluster, policySet, profile, { shared: true, onStage: (stage) => clock.begin(stage) });
  clock.begin('names');
  const engine = engineFromTables(tables);
  return { engine, stages: clock.end() };
}

/** Stages follow each other without a gap. */
export class StageClock {
  private readonly stages: StageTime[] = [];
  private stage: ScaleStage | undefined;
  private startedMs = 0;
  private peak = 0;

  begin(stage: ScaleStage): void {
    this.close();
    this.stage = stage;
    this.peak = peakMemory();
    this.startedMs = performance.now();
  }

  end(): StageTime[] {
    this.close();
    return this.stages;
  }

  private close(): void {
    const durationMs = performance.now() - this.startedMs;
    if (this.stage !== undefined) this.stages.push({ stage: this.stage, durationMs, raisedBytes: Math.max(0, peakMemory() - this.peak) });
    this.stage = undefined;
  }
}

/** The most memory that this process has had in RAM so far. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function total(stages: readonly StageTime[]): number {
  return stages.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** New flows for every batch, made outside the clock: flows that come again would find their rows in the cache. */
function timeFlows({ verdicts, generate, judge }: Judging, flows: number): Pick<Measured, 'flowsPerSecond' | 'verdicts'> {
  const batches = Math.max(1, Math.round(flows / BATCH_FLOWS));
  const warmUp = Math.min(16, batches);
  let spentMs = 0;
  const counts = [0, 0, 0];
  for (let number = -warmUp; number < batches; number++) {
    generate(Math.abs(number));
    const started = performance.now();
    judge();
    if (number >= 0) spentMs += performance.now() - started;
    if (number === 0) for (const verdict of verdicts) counts[verdict]!++;
  }
  const [deny = 0, allow = 0, unknown = 0] = counts;
  return { flowsPerSecond: (batches * BATCH_FLOWS * 1000) / spentMs, verdicts: { allow, deny, unknown } };
}

function timeQuestions(
  engine: Engine,
  { batch, generate }: Judging,
  { seed, queries }: MeasureOptions,
): Pick<Measured, 'verdict' | 'reasons'> {
  generate(1);
  const questions = questionsOf(engine.tables, batch, queries, seed);
  const timed = (ask: (query: (typeof questions)[number]['query']) => unknown): Latency => {
    for (const { query } of questions) ask(query);
    const us = questions.map(({ query }) => {
      const started = performance.now();
      ask(query);
      return (performance.now() - started) * 1000;
    });
    return us.length === 0
      ? { p50Us: 0, p90Us: 0, p99Us: 0, maxUs: 0 }
      : { p50Us: percentile(us, 0.5), p90Us: percentile(us, 0.9), p99Us: percentile(us, 0.99), maxUs: percentile(us, 1) };
  };
  return { verdict: timed((query) => engine.verdict(query)), reasons: timed((query) => engine.canReach(query)) };
}
