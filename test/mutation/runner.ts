/**
 * A test runner for Stryker that keeps one warm process: the checks are loaded once from the instrumented build, and each mutant is switched on around them. A mutant dies in
 * milliseconds that way, not in the second that starting a test framework takes. What the checks do not kill meets the unit tests, in a vitest process of its own, and then the long checks.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInThisContext } from 'node:vm';
import type { CoverageData, Mutant } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import type { PreparedCheck } from './checks.ts';

/** What the instrumented code reads and counts in. */
interface Instrumentation {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: { static: CoverageData; perTest: Record<string, CoverageData> } | undefined;
}

const UNIT_TESTS = 'unit tests';
const PREPARING = 'preparing';
const FRESH_CHECKS = 'checks in a fresh process';
const BUILD = 'dist-mutation';
const CHECKS_FILE = join(BUILD, 'test/mutation/checks.js');
const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
/** Unit tests that know the room of a mutant, or its file: the first whose name the path begins with. */
const UNIT_TESTS_OF: Readonly<Record<string, readonly string[]>> = {
  'evaluate/address-': ['test/unit/evaluate/address-'],
  'compile/entries': ['test/unit/compile', 'test/unit/engine', 'test/unit/scale/costs'],
  lib: ['test/unit/lib'],
  dialects: ['test/unit/dialects'],
  compile: ['test/unit/compile', 'test/unit/engine'],
  evaluate: ['test/unit/evaluate', 'test/unit/engine', 'test/unit/flows/encode', 'test/conformance/questions'],
  reference: ['test/unit/reference', 'test/conformance/questions'],
};
/** What the checks cost without a mutant, written by the process that makes the dry run for those that run mutants. */
const COSTS_FILE = join(BUILD, 'costs.json');
/** A mutant that runs this many times as often in a check as the code without it, or a check that takes as many times as long with it, loops for ever. */
const LOOPING = 5;
/** What every check may take on top: a short one is not told from a pause of the machine. */
const SPARE_MILLISECONDS = 5000;
const SPARE_HITS = 100_000;
const UNIT_CONFIG = 'test/mutation/vitest.config.ts';

/** Of one check, or of the unit tests. */
interface Cost {
  readonly milliseconds: number;
  /** How often the code of each mutant ran. */
  readonly hits: Readonly<Record<string, number>>;
}

class CheckRunner implements TestRunner {
  private checks: readonly PreparedCheck[] = [];
  private costs: Readonly<Record<string, Cost>> | undefined;
  private readonly code: Instrumentation;

  constructor() {
    const holder = globalThis as { __stryker__?: Instrumentation };
    holder.__stryker__ ??= {};
    this.code = holder.__stryker__;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    const module: { CHECKS: readonly PreparedCheck[] } = await import(pathToFileURL(join(process.cwd(), CHECKS_FILE)).href);
    this.checks = module.CHECKS;
    // Code that runs here does not run when the module loads: a mutant in it can be switched on later.
    this.code.currentTestId = PREPARING;
    for (const { prepare } of this.checks) prepare?.();
    this.code.currentTestId = undefined;
  }

  async dryRun(): Promise<DryRunResult> {
    const tests = [];
    for (const { name, run } of this.checks) {
      const start = performance.now();
      this.code.currentTestId = name;
      await run();
      tests.push({ id: name, name, status: TestStatus.Success as const, timeSpentMs: performance.now() - start });
    }
    this.code.currentTestId = undefined;
    const unit = runNode([VITEST, 'run', '--config', UNIT_CONFIG], {});
    if (unit.failure !== undefined) return { status: DryRunStatus.Error, errorMessage: unit.failure };
    tests.push({ id: UNIT_TESTS, name: UNIT_TESTS, status: TestStatus.Success as const, timeSpentMs: unit.milliseconds });
    const { static: atLoad = {}, perTest = {} } = this.code.mutantCoverage ?? {};
    delete perTest[PREPARING];
    const costs = tests.map(({ name, timeSpentMs }): [string, Cost] => [name, { milliseconds: timeSpentMs, hits: perTest[name] ?? {} }]);
    writeFileSync(COSTS_FILE, JSON.stringify(Object.fromEntries(costs)));
    // Another process runs the unit tests, so what they cover is not known here: they meet every mutant.
    const everything = Object.fromEntries(mutantIds().map((id) => [id, 1]));
    return { status: DryRunStatus.Complete, tests, mutantCoverage: { static: atLoad, perTest: { ...perTest, [UNIT_TESTS]: everything } } };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, timeout }: MutantRunOptions): Promise<MutantRunResult> {
    this.costs ??= JSON.parse(readFileSync(COSTS_FILE, 'utf8')) as Record<string, Cost>;
    if (mutantActivation === 'static') {
      const { failure, timedOut } = runNode([join(BUILD, 'test/mutation/kill.js')], {
        activeMutant,
        timeout: Math.ceil(timeout),
      });
      if (timedOut) return { status: MutantRunStatus.Timeout };
      if (failure !== undefined) return killed(FRESH_CHECKS, failure);
    } else {
      const result = await this.runChecks(activeMutant.id, testFilter, this.costs, false);
      if (result !== undefined) return result;
    }
    const path = /src[/\\](.+)/.exec(activeMutant.fileName)?.[1]?.replaceAll('\\', '/') ?? '';
    const [, unitTests = []] = Object.entries(UNIT_TESTS_OF).find(([start]) => path.startsWith(start)) ?? [];
    const args = [VITEST, 'run', '--passWithNoTests', '--config', UNIT_CONFIG, ...unitTests];
    const { failure, timedOut } = runNode(args, { activeMutant, timeout: deadlineOf(this.costs[UNIT_TESTS]) });
    if (timedOut) return { status: MutantRunStatus.Timeout };
    if (failure !== undefined) return killed(UNIT_TESTS, failure);
    const result = mutantActivation === 'static' ? undefined : await this.runChecks(activeMutant.id, testFilter, this.costs, true);
    return result ?? { status: MutantRunStatus.Survived, nrOfTests: 1 };
  }

  private async runChecks(
    mutant: string,
    testFilter: readonly string[] | undefined,
    costs: Readonly<Record<string, Cost>>,
    last: boolean,
  ): Promise<MutantRunResult | undefined> {
    try {
      for (const { name, run, isLast = false } of this.checks) {
        if (isLast !== last) continue;
        if (testFilter !== undefined && !testFilter.includes(name)) continue;
        const hitLimit = LOOPING * (costs[name]?.hits[mutant] ?? 0) + SPARE_HITS;
        Object.assign(this.code, { activeMutant: mutant, hitCount: 0, hitLimit });
        try {
          await interruptible(run, deadlineOf(costs[name]));
        } catch (error) {
          const isLooping = (this.code.hitCount ?? 0) > hitLimit || (error as NodeJS.ErrnoException).code === INTERRUPTED;
          if (isLooping) return { status: MutantRunStatus.Timeout, reason: `\`${name}\` does not end` };
          return killed(name, error instanceof Error ? error.message.slice(0, 300) : String(error));
        }
      }
      return undefined;
    } finally {
      Object.assign(this.code, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
    }
  }
}

function deadlineOf(cost: Cost | undefined): number {
  return Math.ceil(LOOPING * (cost?.milliseconds ?? 0) + SPARE_MILLISECONDS);
}

const CURRENT = '__check__';
const INTERRUPTED = 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** What `run` gives; an error with the code INTERRUPTED where it does not come back in time. */
function interruptible<T>(run: () => T, milliseconds: number): T {
  Object.assign(globalThis, { [CURRENT]: run });
  return runInThisContext(`globalThis.${CURRENT}()`, { timeout: milliseconds }) as T;
}

function killed(by: string, failureMessage: string): MutantRunResult {
  return { status: MutantRunStatus.Killed, killedBy: [by], failureMessage, nrOfTests: 1 };
}

function runNode(
  args: readonly string[],
  { activeMutant, timeout }: { activeMutant?: Pick<Mutant, 'id' | 'fileName'>; timeout?: number },
): { failure: string | undefined; timedOut: boolean; milliseconds: number } {
  const start = performance.now();
  const env: NodeJS.ProcessEnv = { ...process.env };
  if (activeMutant !== undefined) Object.assign(env, { __STRYKER_ACTIVE_MUTANT__: activeMutant.id, MUTATED_FILE: activeMutant.fileName });
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, { env, encoding: 'utf8', timeout, killSignal: 'SIGKILL' });
  const timedOut = (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT';
  const failure = status === 0 ? undefined : `${error ?? ''}${stdout}\n${stderr}`.slice(-300);
  return { failure, timedOut, milliseconds: performance.now() - start };
}

/** The mutants that the instrumented sources hold; the build holds only what the checks reach. */
function mutantIds(): string[] {
  const folder = join(process.cwd(), 'src');
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));
  const ids = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/stryMutAct_\w+\("(\d+)"\)/g)].map(([, id]) => id!),
  );
  return [...new Set(ids)];
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'checks', CheckRunner)];
