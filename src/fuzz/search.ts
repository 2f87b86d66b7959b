/**
 * Looks for neighbours of a cluster in which invariants do not hold. One pass judges all invariants in every neighbour; then each that was broken is shrunk on its own, so that none is lost behind another. What is
 * found is told only when the reference says the same.
 */
import fc from 'fast-check';
import { profileOf } from '../cni/check-profile.ts';
import { checkInvariants, type InvariantOptions } from '../invariants/check-invariants.ts';
import { confirm } from '../invariants/confirm.ts';
import { doubtsOf, policiesNotJudged, wasReadWhole } from '../invariants/doubts-of.ts';
import type { FuzzCounterexample, FuzzedInvariant, FuzzReport } from '../invariants/fuzz-report.ts';
import type { Invariant, InvariantJudgement } from '../invariants/invariant.ts';
import { InvariantsError } from '../invariants/read-invariants.ts';
import { quote } from '../lib/quote.ts';
import type { Manifests } from '../model/resource.ts';
import { DEFAULT_MUTATIONS, MUTATION_KINDS, type MutationKind, type Neighbour, POLICY_MUTATIONS } from '../neighbours/mutation.ts';
import { checkKinds, DEFAULT_MOST, type NeighbourOptions, neighbours } from './neighbours.ts';

export interface FuzzOptions extends Omit<NeighbourOptions, 'invariants'> {
  /** Whole number of 32 bits. Default 1: the same seed gives the same neighbours. */
  readonly seed?: number;
  /** How many neighbours are judged. Default: `defaultRuns`, which is some seconds' worth. */
  readonly runs?: number;
  /** Looks at this one neighbour again, as a report names it, and at no other. */
  readonly path?: string;
  /** Stops after so long; what was found until then is told. Default: none. */
  readonly timeLimitMs?: number;
  /** Called before each neighbour is judged, with how many were; undefined while a counterexample is shrunk. */
  readonly onProgress?: (neighbours: number | undefined, runs: number) => void;
}

/** For fast-check, no limit. */
const LONGEST_MS = 2 ** 31 - 1;
const MOST_RUNS = 500;
const LEAST_RUNS = 20;

/** Fewer for larger clusters: each neighbour is compiled whole. */
export function defaultRuns({ pods, networkPolicies, adminPolicies }: Manifests): number {
  return Math.min(MOST_RUNS, Math.max(LEAST_RUNS, Math.floor(100_000 / (pods.length + networkPolicies.length + adminPolicies.length + 1))));
}

/**
 * Looks for counterexamples.
 * @throws {InvariantsError} for invariants whose ends stand for nothing in the cluster as it is
 * @throws {RangeError} when an option is not what it must be, nothing can be changed, or there are no invariants
 */
export function searchCounterexamples(manifests: Manifests, invariants: readonly Invariant[], options: FuzzOptions = {}): FuzzReport {
  const settings = settingsOf(manifests, invariants, options);
  const search = new Search(manifests, invariants, settings);
  return options.path === undefined ? search.run() : search.replay(options.path);
}

interface Settings {
  readonly seed: number;
  readonly runs: number;
  readonly deadline: number;
  readonly mutations: readonly MutationKind[];
  readonly most: number;
  readonly how: InvariantOptions;
  readonly onProgress: NonNullable<FuzzOptions['onProgress']>;
}

function settingsOf(manifests: Manifests, invariants: readonly Invariant[], options: FuzzOptions): Settings {
  const {
    seed = 1,
    runs = defaultRuns(manifests),
    timeLimitMs,
    mutations = DEFAULT_MUTATIONS,
    most = DEFAULT_MOST,
    cni,
    domainNames,
    onProgress = () => {},
  } = options;
  if (invariants.length === 0) throw new RangeError('there is no invariant to look for counterexamples of');
  checkKinds(mutations);
  if (!Number.isInteger(seed) || seed !== (seed | 0)) throw new RangeError(`\`seed\` must be a whole number of 32 bits, got \`${seed}\``);
  if (!Number.isInteger(runs) || runs < 1) throw new RangeError(`\`runs\` must be a whole number from 1, got \`${runs}\``);
  if (timeLimitMs !== undefined && !(timeLimitMs > 0)) throw new RangeError(`\`timeLimitMs\` must be above 0, got \`${timeLimitMs}\``);
  const onlyUnchanged = invariants.every(({ kind }) => kind === 'unchanged');
  if (onlyUnchanged && mutations.length > 0 && mutations.every((kind) => POLICY_MUTATIONS.has(kind)))
    throw new RangeError(`${mutations.join(', ')} says nothing about \`unchanged\`, which is judged with the policies as they are`);
  return {
    seed,
    runs,
    deadline: timeLimitMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeLimitMs,
    mutations: MUTATION_KINDS.filter((kind) => mutations.includes(kind) && !(onlyUnchanged && POLICY_MUTATIONS.has(kind))),
    most,
    onProgress,
    how: { ...(cni === undefined ? {} : { cni }), ...(domainNames === undefined ? {} : { domainNames }) },
  };
}

/** Ends a pass: nothing is left to look for. */
class NothingLeft extends Error {}

class Search {
  private readonly manifests: Manifests;
  private readonly invariants: readonly Invariant[];
  private readonly settings: Settings;
  private readonly original: readonly InvariantJudgement[];
  private drawn: fc.Arbitrary<Neighbour> | undefined;
  private readonly unknown: number[];
  private judged = 0;
  private cut = false;

  constructor(manifests: Manifests, invariants: readonly Invariant[], settings: Settings) {
    this.manifests = manifests;
    this.invariants = invariants;
    this.settings = settings;
    this.original = checkInvariants(manifests, invariants, settings.how);
    refuseVacuous(invariants, this.original);
    this.unknown = invariants.map(() => 0);
  }

  run(): FuzzReport {
    const found = this.original.map((judgement) => this.brokenAsItIs(judgement));
    const firstRuns = this.firstRuns(found);
    for (const [i, run] of firstRuns) found[i] = this.shrink(i, run);
    return this.report(found, null);
  }

  /** The neighbour at a path, for all invariants. */
  replay(path: string): FuzzReport {
    const neighbour = this.neighbourAt(path);
    this.judged = 1;
    const judgements = this.judge(neighbour, this.invariants);
    const found = judgements.map((judgement, i) => {
      const asItIs = this.brokenAsItIs(this.original[i]!);
      if (asItIs !== null) return asItIs;
      if (judgement.status === 'unknown') this.unknown[i]!++;
      return judgement.status === 'broken' ? this.counterexample(this.invariants[i]!, judgement, neighbour, path, true) : null;
    });
    return this.report(found, path);
  }

  /** Where everything is broken as it is, nothing has to be changed. */
  private get arbitrary(): fc.Arbitrary<Neighbour> {
    const { mutations, most, how } = this.settings;
    this.drawn ??= neighbours(this.manifests, { ...how, mutations, most, invariants: this.invariants });
    return this.drawn;
  }

  private judge(neighbour: Neighbour, invariants: readonly Invariant[]): InvariantJudgement[] {
    return checkInvariants(neighbour, invariants, this.settings.how);
  }

  private brokenAsItIs(judgement: InvariantJudgement): FuzzCounterexample | null {
    if (judgement.status !== 'broken') return null;
    const invariant = this.invariants[this.original.indexOf(judgement)]!;
    const { manifests } = this;
    return this.counterexample(invariant, judgement, { mutations: [], changes: [], manifests, original: manifests }, null, true);
  }

  /** Invariants that some neighbour breaks, with the first run that does. */
  private firstRuns(found: readonly (FuzzCounterexample | null)[]): Map<number, number> {
    const open = new Set(found.flatMap((each, i) => (each === null ? [i] : [])));
    const first = new Map<number, number>();
    if (open.size === 0) return first;
    const property = fc.property(this.arbitrary, (neighbour) => {
      const run = this.judged++;
      this.settings.onProgress(run, this.settings.runs);
      const asked = [...open];
      const judgements = this.judge(
        neighbour,
        asked.map((i) => this.invariants[i]!),
      );
      for (const [k, { status }] of judgements.entries()) {
        const i = asked[k]!;
        if (status === 'unknown') this.unknown[i]!++;
        if (status !== 'broken') continue;
        first.set(i, run);
        open.delete(i);
      }
      if (open.size === 0) throw new NothingLeft();
    });
    const details = fc.check(property, { ...this.parameters(), numRuns: this.settings.runs, endOnFailure: true });
    if (details.failed && !(details.errorInstance instanceof NothingLeft)) throw details.errorInstance;
    this.cut = details.interrupted;
    return first;
  }

  private shrink(i: number, run: number): FuzzCounterexample {
    const invariant = this.invariants[i]!;
    const judgementOf = (neighbour: Neighbour): InvariantJudgement => this.judge(neighbour, [invariant])[0]!;
    let error: unknown;
    const property = fc.property(this.arbitrary, (neighbour) => {
      this.settings.onProgress(undefined, this.settings.runs);
      try {
        return judgementOf(neighbour).status !== 'broken';
      } catch (thrown) {
        error = thrown;
        throw thrown;
      }
    });
    const details = fc.check(property, { ...this.parameters(), numRuns: 1, path: String(run) });
    if (error !== undefined) throw error;
    if (details.interrupted) this.cut = true;
    const path = details.counterexamplePath ?? String(run);
    const neighbour = details.counterexample?.[0] ?? this.neighbourAt(path);
    return this.counterexample(invariant, judgementOf(neighbour), neighbour, path, !details.interrupted);
  }

  private neighbourAt(path: string): Neighbour {
    let found: Neighbour | undefined;
    if (/^\d{1,9}(:\d{1,9}){0,1000}$/.test(path)) {
      try {
        [found] = fc.sample(this.arbitrary, { ...this.parameters(), numRuns: 1, path });
      } catch {
        // In this way fast-check says that the path leads nowhere.
      }
    }
    if (found === undefined) {
      throw new RangeError(
        `the path \`${path.slice(0, 100)}\` leads to no neighbour with the seed ${this.settings.seed}: manifests, invariants and mutations must be those of the report`,
      );
    }
    return found;
  }

  /** Everything that a suite may have set for all its checks is said here. */
  private parameters<T>(): fc.Parameters<T> {
    const { seed, deadline } = this.settings;
    const left = deadline - performance.now();
    return {
      seed,
      randomType: 'xorshift128plus',
      unbiased: false,
      endOnFailure: false,
      skipEqualValues: false,
      ignoreEqualValues: false,
      markInterruptAsFailure: false,
      verbose: 0,
      interruptAfterTimeLimit: Math.min(LONGEST_MS, Math.max(1, left)),
      skipAllAfterTimeLimit: LONGEST_MS,
    };
  }

  private counterexample(
    invariant: Invariant,
    { broken }: InvariantJudgement,
    neighbour: Neighbour,
    path: string | null,
    shrunk: boolean,
  ): FuzzCounterexample {
    confirm(broken, invariant, neighbour, this.settings.how);
    const { mutations, changes } = neighbour;
    return { path, mutations, changes, broken, shrunk };
  }

  private report(found: readonly (FuzzCounterexample | null)[], path: string | null): FuzzReport {
    const { seed, runs, mutations, most, how } = this.settings;
    const inputs = [this.manifests, ...this.invariants.flatMap((each) => (each.kind === 'unchanged' ? [each.policies] : []))];
    const readWhole = inputs.every(wasReadWhole);
    const invariants = this.invariants.map(({ name, kind, origin, message }, i): FuzzedInvariant => {
      const { status, pairs } = this.original[i]!;
      if (status === 'vacuous') throw new Error('a vacuous invariant was searched for');
      return {
        name,
        kind,
        origin,
        message,
        original: status,
        pairs,
        unknownNeighbours: this.unknown[i]!,
        counterexample: found[i] ?? null,
      };
    });
    const notJudged = policiesNotJudged(inputs);
    const doubts = doubtsOf(this.manifests, this.invariants);
    return {
      seed,
      path,
      runs: path === null ? runs : 1,
      neighbours: this.judged,
      cut: this.cut,
      mutations,
      most,
      profile: profileOf(how.cni ?? 'spec').name,
      invariants,
      notJudged,
      doubts,
      readWhole,
      ok:
        readWhole &&
        !this.cut &&
        notJudged.length + doubts.length === 0 &&
        invariants.every((each) => each.counterexample === null && each.original === 'holds' && each.unknownNeighbours === 0),
    };
  }
}

function refuseVacuous(invariants: readonly Invariant[], original: readonly InvariantJudgement[]): void {
  const vacuous = original.flatMap(({ status, problem }, i) => {
    const { name, origin } = invariants[i]!;
    if (status !== 'vacuous') return [];
    return [{ code: 'vacuous-invariant', severity: 'error' as const, message: `${quote(name)} says nothing: ${problem}`, origin }];
  });
  if (vacuous.length > 0) throw new InvariantsError(vacuous);
}
