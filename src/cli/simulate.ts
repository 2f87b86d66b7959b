/**
 * `netpolsim simulate`: traffic through the policies of a cluster, and what became of it.
 */
import {
  type Engine,
  formatCount,
  formatJson,
  formatRounded,
  formatSimulation,
  type SimulationReport,
  simulationDocument,
  TrafficMixError,
} from '../index.ts';
import { SimulationError, simulate } from '../node.ts';
import { CliError, EXIT_BAD_INPUT, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, loadEngine, type Session } from './input.ts';
import { Progress } from './progress.ts';
import { readDocument } from './read-document.ts';
import { commandLine } from './shell.ts';
import type { Terminal } from './terminal.ts';

export interface SimulateFlags extends InputFlags {
  readonly flows?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly mix?: string;
  readonly output?: 'table' | 'json';
}

export const MOST_WORKERS = 1024;
const DEFAULT_FLOWS = 1_000_000;
const DEFAULT_SEED = 1;
const MOST_MIX_BYTES = 16 * 2 ** 20;

export async function simulateCommand(flags: SimulateFlags, session: Session): Promise<ExitCode> {
  const mix = flags.mix === undefined ? undefined : await readDocument(flags.mix, '--mix', 'traffic mix', MOST_MIX_BYTES);
  const { engine } = await loadEngine(flags, 'stop', session);
  const report = await runSimulation(engine, flags, mix, session);
  const { terminal } = session;
  const replay = replayCommand(flags, report);
  await terminal.result(
    flags.output === 'json' ? formatJson(simulationDocument(report, replay)) : formatSimulation(report, replay, terminal.paint),
  );
  return report.verdicts.unknown > 0 ? EXIT_INCOMPLETE : EXIT_OK;
}

async function runSimulation(
  engine: Engine,
  flags: SimulateFlags,
  mix: unknown,
  { terminal, signals }: Session,
): Promise<SimulationReport> {
  const onProgress = createProgress(terminal, flags);
  try {
    return await signals.abortable((signal) =>
      simulate(engine, {
        flows: flags.flows ?? DEFAULT_FLOWS,
        seed: flags.seed ?? DEFAULT_SEED,
        signal,
        ...(flags.workers === undefined ? {} : { workers: flags.workers }),
        ...(mix === undefined ? {} : { mix }),
        onProgress,
      }),
    );
  } catch (error) {
    if (error instanceof TrafficMixError) throw mixProblems(flags.mix ?? '', error);
    if (error instanceof SimulationError) throw new CliError(error.message, EXIT_INCOMPLETE);
    throw error;
  } finally {
    terminal.progress(undefined);
  }
}

function createProgress(terminal: Terminal, flags: SimulateFlags): (done: number, total: number) => void {
  const started = performance.now();
  const progress = new Progress(terminal, flags);
  return (done, total) =>
    progress.report(() => {
      const flowsPerSecond = (done / (performance.now() - started)) * 1000;
      return `${Math.floor((done / total) * 100)} % of ${formatCount(total)} flows, ${formatRounded(flowsPerSecond)} flows/s`;
    });
}

function mixProblems(file: string, { problems }: TrafficMixError): CliError {
  const lines = problems.map((problem) => `  ${problem}`);
  return new CliError(`\`${file}\` is a traffic mix that cannot be used:`, EXIT_BAD_INPUT, lines);
}

/** The command that gives the same counts again, whatever the machine. */
function replayCommand(flags: SimulateFlags, { flows, seed }: SimulationReport): string {
  const { file = [], tables, cni, equalPriority, domainNames, workloadPods, strict, keepGoing, mix } = flags;
  return commandLine([
    'netpolsim',
    'simulate',
    ...file.flatMap((path) => ['-f', path]),
    ...(tables === undefined ? [] : ['--tables', tables]),
    ...['--flows', String(flows), '--seed', String(seed)],
    ...(mix === undefined ? [] : ['--mix', mix]),
    ...(cni === undefined ? [] : ['--cni', cni]),
    ...(equalPriority === undefined ? [] : ['--equal-priority', equalPriority]),
    ...(domainNames === undefined ? [] : ['--domain-names', domainNames]),
    ...(workloadPods === undefined ? [] : ['--workload-pods', String(workloadPods)]),
    ...(strict === undefined ? [] : ['--strict']),
    ...(keepGoing === undefined ? [] : ['--keep-going']),
  ]);
}
