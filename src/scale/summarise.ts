/**
 * What several processes measured of one set -> one report, and two sets against each other -> ratios.
 */
import type { SetFacts } from './bench-policies.ts';
import { WrongAnswer } from './check-answers.ts';
import type { Measured, StageTime } from './measure.ts';
import { type Latency, type Ratio, SCALE_STAGES, type SetReport, type StageReport } from './report.ts';
import { estimate, median, pairedRatio } from './statistics.ts';

/** @throws {WrongAnswer} when the processes did not all come to the same tables and verdicts */
export function summarise(facts: SetFacts, runs: readonly Measured[], seed: number): SetReport {
  const [first] = runs as [Measured, ...Measured[]];
  const same = (run: Measured): string => JSON.stringify([run.tables, run.verdicts]);
  if (runs.some((run) => same(run) !== same(first)))
    throw new WrongAnswer(`the processes that measured ${facts.name} came to different results`);
  const of = (value: (run: Measured) => number) => estimate(runs.map(value), seed);
  const { name, input, checkedFlows, costs, withoutEffect } = facts;
  return {
    name,
    input,
    checkedFlows,
    verdicts: first.verdicts,
    tables: first.tables,
    compile: {
      coldMs: of(({ coldMs }) => coldMs),
      warmMs: of(({ warmMs }) => median(warmMs)),
      peakBytes: of(({ peakBytes }) => peakBytes),
    },
    stages: SCALE_STAGES.map((stage) => stageReport(stage, runs)),
    flowsPerSecond: of(({ flowsPerSecond }) => flowsPerSecond),
    query: { verdict: latencyOf(runs.map(({ verdict }) => verdict)), reasons: latencyOf(runs.map(({ reasons }) => reasons)) },
    costs,
    withoutEffect,
  };
}

function stageReport(stage: StageReport['stage'], runs: readonly Measured[]): StageReport {
  const cold = runs.flatMap((run) => run.cold.filter((each) => each.stage === stage));
  const warm = runs.flatMap((run) => run.warm.flatMap((stages) => stages.filter((each) => each.stage === stage)));
  const middle = (times: readonly StageTime[], value: (time: StageTime) => number): number | null =>
    times.length === 0 ? null : median(times.map(value));
  return {
    stage,
    coldMs: middle(cold, ({ durationMs }) => durationMs),
    warmMs: middle(warm, ({ durationMs }) => durationMs),
    raisedBytes: middle(cold, ({ raisedBytes }) => raisedBytes),
  };
}

/** Medians over processes, and the largest of all. */
function latencyOf(latencies: readonly Latency[]): Latency {
  return {
    p50Us: median(latencies.map(({ p50Us }) => p50Us)),
    p90Us: median(latencies.map(({ p90Us }) => p90Us)),
    p99Us: median(latencies.map(({ p99Us }) => p99Us)),
    maxUs: Math.max(...latencies.map(({ maxUs }) => maxUs)),
  };
}

interface Metric {
  readonly name: string;
  readonly better: Ratio['better'];
  readonly value: (run: Measured) => number;
}

const METRICS: readonly Metric[] = [
  { name: 'compile, cold', better: 'less', value: ({ coldMs }) => coldMs },
  { name: 'compile, warm', better: 'less', value: ({ warmMs }) => median(warmMs) },
  { name: 'peak memory', better: 'less', value: ({ peakBytes }) => peakBytes },
  { name: 'flows/s', better: 'more', value: ({ flowsPerSecond }) => flowsPerSecond },
  { name: 'one verdict, median', better: 'less', value: ({ verdict }) => verdict.p50Us },
  { name: 'one decision with reasons, median', better: 'less', value: ({ reasons }) => reasons.p50Us },
];

const SIZES: readonly Metric[] = [
  { name: 'tables, bytes', better: 'less', value: ({ tables }) => tables.sizeBytes },
  { name: 'tables, bytes that verdicts read', better: 'less', value: ({ tables }) => tables.verdictBytes },
  { name: 'rows', better: 'less', value: ({ tables: { directions } }) => directions.ingress.rows + directions.egress.rows },
];

/** How many times as much `after` is as `before`, round by round. Sizes are the same in every round. */
export function ratiosOf(before: readonly Measured[], after: readonly Measured[], seed: number): Ratio[] {
  const compare = ({ name, better, value }: Metric, rounds: number): Ratio => {
    const ratio = pairedRatio(before.slice(0, rounds).map(value), after.slice(0, rounds).map(value), seed);
    return { name, better, ratio, differs: ratio.low > 1 || ratio.high < 1 };
  };
  return [...METRICS.map((metric) => compare(metric, before.length)), ...SIZES.map((metric) => compare(metric, 1))];
}
