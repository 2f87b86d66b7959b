/**
 * A simulation: flows by the million, made, judged and counted in worker threads over shared tables. In comes an engine, out comes a report.
 *
 * Nothing large crosses a thread: workers make the flows from (seed, batch number), read shared tables and add to shared counters. So the report is the same for any
 * number of workers. It comes out whole or not at all.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildStripsFor } from '../evaluate/kernel.ts';
import { TableNames } from '../evaluate/names.ts';
import { BATCH_FLOWS, countByKind, type FlowPlan, planFlows } from '../flows/flow-plan.ts';
import { parseTrafficMix } from '../flows/mix.ts';
import { quote } from '../lib/quote.ts';
import { countPolicies } from '../tables/policies.ts';
import { RuleTables } from '../tables/rule-tables.ts';
import { ruleCounts, topDeniedPairs, verdictCounts } from './build-report.ts';
import { type CounterLevel, type Counters, layOutCounters, sumSlots } from './counters.ts';
import { groupForDenials } from './denied-groups.ts';
import { targetMix } from './mix-targets.ts';
import type { FlowColumns, RunSetup } from './protocol.ts';
import type { RunFacts, SimulationReport } from './report.ts';
import { runAllBatches } from './run-batches.ts';
import { SimulationError } from './simulation-error.ts';

export interface SimulateOptions {
  /** How many flows, 0 to 10^12. */
  readonly flows: number;
  /** Whole number in 0..2^53 - 1. Default 1. */
  readonly seed?: number;
  /** Worker threads, 1 to 1024. Default: as many as the machine runs at once. No more are started than there are tasks. */
  readonly workers?: number;
  /** A traffic mix document, parsed: see `flows/mix.ts` for its form. */
  readonly mix?: unknown;
  /** What is counted. Default `full`. */
  readonly counters?: CounterLevel;
  /** Return every flow with its verdict, 12 bytes each. At most 50 million flows. */
  readonly verdictColumns?: boolean;
  /** Ends the run: the promise rejects with the signal's reason, and the threads are gone by then. Nobody hears it while a long run begins, a tenth of a second or half. */
  readonly signal?: AbortSignal;
  /** Called when a task was answered, with flows done and flows in all. */
  readonly onProgress?: (flowsDone: number, flowsTotal: number) => void;
  /** A task that is not answered in this time ends the run. Default 60,000. */
  readonly taskTimeoutMs?: number;
  /** Batches of 65,536 flows in a task, at most: where several workers share them, the last tasks are smaller. Default: such that every worker gets eight tasks, at most 16. */
  readonly batchesPerTask?: number;
  /** How many denied pairs the report names. Default 20. */
  readonly topPairs?: number;
  /** For tests of failing workers: another worker file, and what it finds in `workerData`. */
  readonly worker?: { readonly url: URL; readonly data?: unknown };
}

const MOST_FLOWS = 1e12;
const MOST_COLUMN_FLOWS = 50_000_000;
const MOST_WORKERS = 1024;
const DEFAULT_TASK_TIMEOUT_MS = 60_000;
const TASKS_PER_WORKER = 8;
const MOST_BATCHES_PER_TASK = 16;
const DEFAULT_TOP_PAIRS = 20;
const COUNTER_LEVELS: readonly CounterLevel[] = ['verdicts', 'rules', 'full'];

/** Options with every default filled in. */
interface SettledOptions {
  readonly flows: number;
  readonly seed: number;
  readonly workers: number;
  readonly counters: CounterLevel;
  readonly batchesPerTask: number;
  readonly taskTimeoutMs: number;
  readonly topPairs: number;
}

/**
 * Sends `flows` synthetic flows through the engine's tables and counts what happens to them.
 * @throws {RangeError} for options out of range, {TrafficMixError} for a mix that cannot be used, {SimulationError} when a worker fails, the signal's reason when it is aborted
 */
export async function simulate(engine: { readonly tables: RuleTables }, options: SimulateOptions): Promise<SimulationReport> {
  const settled = settle(options);
  options.signal?.throwIfAborted();
  const tables = inSharedMemory(engine.tables);
  const plan = planTraffic(tables, settled.seed, options.mix);
  const setup = setUp(tables, plan, settled, options.verdictColumns === true);
  const started = performance.now();
  if (settled.flows > 0) {
    await runAllBatches(setup, {
      filename: builtFile('worker-entry.js'),
      workerUrl: (options.worker?.url ?? pathToFileURL(builtFile('worker.js'))).href,
      workers: settled.workers,
      buildStrips: () => (settled.counters === 'verdicts' ? buildStripsFor(tables, settled.flows / settled.workers) : undefined),
      batchesPerTask: settled.batchesPerTask,
      taskTimeoutMs: settled.taskTimeoutMs,
      signal: options.signal,
      onProgress: options.onProgress,
      workerData: options.worker?.data,
    });
  }
  const durationMs = performance.now() - started;
  const counters = sumSlots(setup.layout, setup.slots);
  checkCounts(setup, counters);
  const flowsPerSecond = durationMs > 0 ? Math.round((settled.flows / durationMs) * 1000) : 0;
  return report(tables, setup, counters, settled, { workers: settled.workers, durationMs, flowsPerSecond });
}

function settle(options: SimulateOptions): SettledOptions {
  const counters = options.counters ?? 'full';
  if (!COUNTER_LEVELS.includes(counters))
    throw new RangeError(`counters must be \`verdicts\`, \`rules\` or \`full\`, got ${quote(String(counters))}`);
  const flows = whole('flows', options.flows, 0, MOST_FLOWS);
  if (options.verdictColumns === true && flows > MOST_COLUMN_FLOWS)
    throw new RangeError(`verdictColumns is for at most ${MOST_COLUMN_FLOWS} flows, got \`${flows}\`: leave it out or ask for fewer flows`);
  const wanted = whole('workers', options.workers ?? Math.min(availableParallelism(), MOST_WORKERS), 1, MOST_WORKERS);
  const batches = Math.ceil(flows / BATCH_FLOWS);
  const batchesForAll = Math.min(MOST_BATCHES_PER_TASK, Math.max(1, Math.floor(batches / (wanted * TASKS_PER_WORKER))));
  const batchesPerTask = whole('batchesPerTask', options.batchesPerTask ?? batchesForAll, 1, MOST_FLOWS);
  return {
    flows,
    seed: whole('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER),
    workers: Math.max(1, Math.min(wanted, Math.ceil(batches / batchesPerTask))),
    counters,
    batchesPerTask,
    // Timers cannot wait longer than 2^31 - 1.
    taskTimeoutMs: whole('taskTimeoutMs', options.taskTimeoutMs ?? DEFAULT_TASK_TIMEOUT_MS, 1, 2 ** 31 - 1),
    topPairs: whole('topPairs', options.topPairs ?? DEFAULT_TOP_PAIRS, 0, 100_000),
  };
}

function whole(name: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${name} must be a whole number in ${least}..${most}, got ${quote(String(value))}`);
  return value;
}

function inSharedMemory(tables: RuleTables): RuleTables & { readonly buffer: SharedArrayBuffer } {
  if (tables.buffer instanceof SharedArrayBuffer) return tables as RuleTables & { readonly buffer: SharedArrayBuffer };
  const buffer = new SharedArrayBuffer(tables.buffer.byteLength);
  new Uint8Array(buffer).set(new Uint8Array(tables.buffer));
  return RuleTables.from(buffer) as RuleTables & { readonly buffer: SharedArrayBuffer };
}

function planTraffic(tables: RuleTables, seed: number, document: unknown): FlowPlan {
  if (document === undefined || document === null) return planFlows(tables, seed);
  const mix = parseTrafficMix(document);
  return planFlows(tables, seed, targetMix(tables, mix), mix.shares);
}

function setUp(
  tables: RuleTables & { readonly buffer: SharedArrayBuffer },
  plan: FlowPlan,
  { flows, workers, counters }: SettledOptions,
  withColumns: boolean,
): RunSetup {
  const deniedGroups = counters === 'full' ? groupForDenials(tables) : null;
  const layout = layOutCounters(tables, counters, deniedGroups === null ? 0 : deniedGroups.sources * deniedGroups.destinations);
  return {
    tables: tables.buffer,
    plan,
    flows,
    layout,
    deniedGroups,
    slots: new Float64Array(new SharedArrayBuffer(layout.slotCells * workers * 8)),
    claims: new Int32Array(new SharedArrayBuffer(4)),
    counted: new Uint8Array(new SharedArrayBuffer(Math.ceil(flows / BATCH_FLOWS))),
    columns: withColumns ? createColumns(flows) : null,
  };
}

function createColumns(flows: number): FlowColumns {
  return {
    source: new Uint32Array(new SharedArrayBuffer(flows * 4)),
    destination: new Uint32Array(new SharedArrayBuffer(flows * 4)),
    protocol: new Uint8Array(new SharedArrayBuffer(flows)),
    port: new Uint16Array(new SharedArrayBuffer(flows * 2)),
    verdicts: new Uint8Array(new SharedArrayBuffer(flows)),
  };
}

/** A file for threads. They run JavaScript: from TypeScript sources, as tests run, it is the one that was built. The path holds from the bundled command line, too. */
function builtFile(name: string): string {
  const fromSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(fromSource ? `../../dist/simulate/${name}` : `../simulate/${name}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`there is no worker file ${quote(file)}${fromSource ? ': build first' : ''}`);
  return file;
}

/** Every batch counted once, and every flow with a verdict, or no report. */
function checkCounts({ counted, flows, layout }: RunSetup, counters: Counters): void {
  const wrong = counted.findIndex((times) => times !== 1);
  if (wrong >= 0)
    throw new SimulationError('miscount', `batch ${wrong} was counted ${counted[wrong]} times`, { first: wrong, last: wrong });
  const sum = (cells: Float64Array): number => cells.reduce((total, each) => total + each, 0);
  const sums = layout.decisions === 0 ? [counters.verdicts] : [counters.verdicts, counters.egress, counters.ingress];
  for (const cells of sums) {
    if (sum(cells) !== flows) throw new SimulationError('miscount', `${sum(cells)} flows were counted of ${flows}`);
  }
}

function report(tables: RuleTables, setup: RunSetup, counters: Counters, settled: SettledOptions, run: RunFacts): SimulationReport {
  const { columns, deniedGroups, flows, plan } = setup;
  return {
    apiVersion: 'netpolsim/v1',
    kind: 'SimulationReport',
    profile: new TableNames(tables).property('profile') ?? 'spec',
    seed: settled.seed,
    flows,
    counters: settled.counters,
    generated: countByKind(plan, flows),
    ...verdictCounts(counters),
    ...(settled.counters === 'verdicts' ? {} : ruleCounts(tables, counters)),
    ...(deniedGroups === null
      ? {}
      : { topDeniedPairs: topDeniedPairs(tables, deniedGroups, counters, settled.topPairs), deniedPairsLevel: deniedGroups.level }),
    tables: {
      sizeBytes: tables.sizeBytes,
      endpoints: tables.columns.endpointKind.length,
      policies: countPolicies(tables.columns),
      rules: tables.columns.rulePolicy.length,
      decisions: tables.columns.decisionVerdict.length,
    },
    run,
    ...(columns === null ? {} : { columns }),
  };
}
