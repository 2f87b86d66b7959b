/**
 * Growth: the cluster, or the policy set, once, twice, four and eight times, each size in processes of its own. A size that cannot be measured (there is not enough memory, no room for
 * more addresses) has its reason in the report, and larger ones are not tried.
 */
import { WrongAnswer } from './check-answers.ts';
import type { SentManifests } from './copy-of-manifests.ts';
import type { Job } from './job.ts';
import type { Measured, MeasureOptions } from './measure.ts';
import type { Growth, GrowthPoint } from './report.ts';
import { MeasurementFailed } from './run-job.ts';
import { estimate, growthExponent, median } from './statistics.ts';

/** Runs a job, and says what it is. */
export type RunJob = (job: Job, what: string) => Promise<Measured>;

export interface GrowthPlan {
  readonly manifests: SentManifests;
  readonly factors: readonly number[];
  readonly rounds: number;
  readonly seed: number;
  readonly options: MeasureOptions;
}

type Result = { readonly factor: number } & ({ readonly runs: readonly Measured[] } | { readonly failed: string });

/** @throws {WrongAnswer} when a process says so */
export async function measureGrowth(plan: GrowthPlan, run: RunJob): Promise<{ cluster: Growth; policies: Growth }> {
  const cluster = await measureSizes(plan, 'cluster', plan.factors, run);
  const once = cluster.filter(({ factor }) => factor === 1);
  const larger = plan.factors.filter((factor) => factor !== 1);
  const policies = [...once, ...(await measureSizes(plan, 'policies', larger, run))];
  return { cluster: growthOf(cluster, plan.seed), policies: growthOf(policies, plan.seed) };
}

async function measureSizes(
  { manifests, rounds, seed, options }: GrowthPlan,
  what: 'cluster' | 'policies',
  factors: readonly number[],
  run: RunJob,
): Promise<Result[]> {
  const results: Result[] = [];
  let failed: string | undefined;
  for (const factor of factors) {
    const runs: Measured[] = [];
    for (let round = 0; round < rounds && failed === undefined; round++) {
      try {
        runs.push(
          await run(
            { input: { manifests }, replicate: { what, factor, seed }, options },
            `${what} x${factor}, round ${round + 1} of ${rounds}`,
          ),
        );
      } catch (error) {
        if (!(error instanceof MeasurementFailed)) throw error;
        if (/^the answer is wrong/.test(error.message)) throw new WrongAnswer(error.message);
        failed = `x${factor}: ${error.message}`;
      }
    }
    results.push(failed === undefined ? { factor, runs } : { factor, failed });
  }
  return results;
}

function growthOf(results: readonly Result[], seed: number): Growth {
  const points = results.map((result): GrowthPoint => {
    if ('failed' in result) return result;
    const { factor, runs } = result;
    const [{ tables, pods, policies }] = runs as [Measured, ...Measured[]];
    return {
      factor,
      pods,
      policies,
      compileMs: estimate(
        runs.map(({ coldMs }) => coldMs),
        seed,
      ),
      tableBytes: tables.sizeBytes,
      verdictBytes: tables.verdictBytes,
      rows: tables.directions.ingress.rows + tables.directions.egress.rows,
      peakBytes: median(runs.map(({ peakBytes }) => peakBytes)),
      flowsPerSecond: estimate(
        runs.map(({ flowsPerSecond }) => flowsPerSecond),
        seed,
      ),
      verdictUs: median(runs.map(({ verdict }) => verdict.p50Us)),
    };
  });
  const sized = points.flatMap((point) => ('failed' in point ? [] : [point]));
  const factors = sized.map(({ factor }) => factor);
  const exponent = (costs: readonly number[]): number | null => (sized.length < 2 ? null : growthExponent(factors, costs));
  return {
    points,
    compileExponent: exponent(sized.map(({ compileMs }) => compileMs.median)),
    bytesExponent: exponent(sized.map(({ tableBytes }) => tableBytes)),
  };
}
