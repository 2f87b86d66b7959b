/**
 * The policy-scale benchmark: manifests in, a report out. Answers are checked first. Then every set is measured in fresh processes that take turns (the set, the set again for the
 * noise, the other set; the next round the other way round), so that what slows the machine slows all of them; then the set grows, twice, four and eight times.
 */
import { profileOf } from '../cni/check-profile.ts';
import { compileTables } from '../compile/compile.ts';
import { lower } from '../dialects/lower.ts';
import { engineFromTables } from '../engine/engine.ts';
import { buildCluster } from '../input/build-cluster.ts';
import type { LoadOptions } from '../input/load-manifests.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import { affordableChecks, checkAnswers, createJudging } from './check-answers.ts';
import { toSend } from './copy-of-manifests.ts';
import { costsOf } from './costs.ts';
import { measureGrowth, type RunJob } from './grow.ts';
import type { Job } from './job.ts';
import { describeMachine } from './machine.ts';
import type { Measured, MeasureOptions } from './measure.ts';
import type { ScaleReport, SetReport } from './report.ts';
import { runJob } from './run-job.ts';
import { ratiosOf, summarise } from './summarise.ts';

export interface PolicySetInput {
  /** As the report calls it. */
  readonly name: string;
  readonly manifests: Manifests;
  /** Where they can be read again, so that reading is measured: not what came through a pipe. */
  readonly source?: { readonly paths: readonly string[]; readonly load: LoadOptions };
}

export interface ScaleOptions {
  /** Another set, measured in turns with the first. */
  readonly against?: PolicySetInput;
  readonly cni?: string | CniProfile;
  readonly domainNames?: DomainNameTable;
  /** Default 1. */
  readonly seed?: number;
  /** Few rounds, few flows: says whether it works and what grows, less about times. */
  readonly quick?: boolean;
  /** Processes for each set, 5 to 99. Default 11, quick 5. */
  readonly rounds?: number;
  readonly signal?: AbortSignal;
  /** Called before each process with what it does. */
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

const FACTORS = [1, 2, 4, 8] as const;
const FULL = { rounds: 11, growthRounds: 3, flows: 2 ** 24, queries: 5000, warmRuns: 5 } as const;
const QUICK = { rounds: 5, growthRounds: 1, flows: 2 ** 21, queries: 500, warmRuns: 2 } as const;
/** Fewer give intervals that mean nothing. */
const LEAST_ROUNDS = 5;
/** Flows that each process compares with the reference again. */
const CHECKS_PER_PROCESS = 20;

/**
 * @throws {WrongAnswer} when engine and reference differ, or processes that measured one set; {MeasurementFailed} when a process dies; {RangeError} for options out of range;
 * the signal's reason when it is aborted
 */
export async function benchPolicies(set: PolicySetInput, options: ScaleOptions = {}): Promise<ScaleReport> {
  const { against, cni = 'spec', domainNames, seed = 1, quick = false, signal } = options;
  const plan = quick ? QUICK : FULL;
  const rounds = options.rounds ?? plan.rounds;
  if (!Number.isInteger(rounds) || rounds < LEAST_ROUNDS || rounds > 99)
    throw new RangeError(`rounds must be a whole number from ${LEAST_ROUNDS} to 99, got \`${rounds}\``);
  const profile = profileOf(cni);
  const machine = describeMachine();
  const measuring: MeasureOptions = {
    cni: profile,
    ...(domainNames === undefined ? {} : { domainNames }),
    seed,
    ...plan,
    checks: CHECKS_PER_PROCESS,
  };
  const sets = against === undefined ? [set] : [set, against];
  const facts = sets.map((each) => examine(each, profile, domainNames, seed));

  const runs = rounds * (sets.length + 1) + plan.growthRounds * (2 * FACTORS.length - 1);
  let done = 0;
  const run = (job: Job, what: string): Promise<Measured> => {
    options.onProgress?.(done++, runs, what);
    return runJob(job, signal);
  };
  const measured = await measureInTurns(sets, rounds, measuring, run);
  const growth = await measureGrowth(
    { manifests: toSend(set.manifests), factors: FACTORS, rounds: plan.growthRounds, seed, options: { ...measuring, warmRuns: 0 } },
    run,
  );
  const report = (index: number): SetReport => summarise(facts[index]!, measured.sets[index]!, seed);
  return {
    apiVersion: 'netpolsim/v1',
    kind: 'PolicyScaleReport',
    machine,
    settings: { seed, quick, rounds, flows: plan.flows, queries: plan.queries, profile: profile.name },
    set: report(0),
    against: against === undefined ? null : report(1),
    comparison: against === undefined ? null : ratiosOf(measured.sets[1]!, measured.sets[0]!, seed),
    noise: ratiosOf(measured.sets[0]!, measured.again, seed),
    growth,
  };
}

interface InTurns {
  readonly sets: readonly (readonly Measured[])[];
  /** The first set, measured once more in every round. */
  readonly again: readonly Measured[];
}

async function measureInTurns(sets: readonly PolicySetInput[], rounds: number, options: MeasureOptions, run: RunJob): Promise<InTurns> {
  // All in one way, or times of one could not be held against times of the other.
  const reread = sets.every(({ source }) => source !== undefined);
  const inputs = sets.map(({ manifests, source }): Job['input'] =>
    reread && source !== undefined ? source : { manifests: toSend(manifests) },
  );
  const places = [0, ...sets.keys()].map((index, turn) => ({ index, results: [] as Measured[], turn }));
  for (let round = 0; round < rounds; round++) {
    for (const { index, results } of round % 2 === 0 ? places : [...places].reverse()) {
      const job: Job = { input: inputs[index]!, replicate: { what: 'cluster', factor: 1, seed: options.seed }, options };
      results.push(await run(job, `${sets[index]!.name}, round ${round + 1} of ${rounds}`));
    }
  }
  const [again, ...results] = places.map((place) => place.results);
  return { again: again!, sets: results };
}

/** What is known without a clock. @throws {WrongAnswer} */
function examine({ name, manifests }: PolicySetInput, profile: CniProfile, domainNames: DomainNameTable | undefined, seed: number) {
  const { cluster } = buildCluster(manifests, profile);
  const { policySet, diagnostics } = lower(manifests, profile, domainNames);
  const tables = compileTables(cluster, policySet, profile);
  const engine = engineFromTables(tables);
  const options = { cni: profile, ...(domainNames === undefined ? {} : { domainNames }) };
  const wanted = affordableChecks(manifests);
  const checkedFlows = checkAnswers(manifests, engine, options, { wanted, seed, judging: createJudging(tables, seed) });
  const { costs, withoutEffect } = costsOf({ cluster, policySet, profile, tables });
  const notEnforced = diagnostics.filter(({ code }) => code === 'policy-not-enforced').length;
  return {
    name,
    input: {
      namespaces: cluster.namespaces.length,
      pods: cluster.pods.length,
      networkPolicies: manifests.networkPolicies.length,
      adminPolicies: manifests.adminPolicies.length,
      unreadablePolicies: manifests.unreadable.length,
    },
    checkedFlows,
    costs,
    withoutEffect: { ...withoutEffect, notEnforced },
  };
}

/** The part of a report that needs no clock. */
export type SetFacts = ReturnType<typeof examine>;
