/**
 * `netpolsim simulate`: traffic through the policies of a cluster, and what became of it.
 */
import {
  type Engine,
  formatCount,
  formatJson,
  formatRounded,
  formatSimulation,
  parseYaml,
  type SimulationReport,
  simulationDocument,
  TrafficMixError,
} from '../index.ts';
import { SimulationError, simulate } from '../node.ts';
import { CliError, EXIT_BAD_INPUT, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, loadEngine, readRegularFile, type Session } from './input.ts';
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
const PROGRESS_INTERVAL_MS = 100;

export async function simulateCommand(flags: SimulateFlags, session: Session): Promise<ExitCode> {
  const mix = flags.mix === undefined ? undefined : await readMix(flags.mix);
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
  const progress = flags.quiet === undefined && terminal.errorIsTerminal ? createProgress(terminal) : undefined;
  try {
    return await signals.abortable((signal) =>
      simulate(engine, {
        flows: flags.flows ?? DEFAULT_FLOWS,
        seed: flags.seed ?? DEFAULT_SEED,
        signal,
        ...(flags.workers === undefined ? {} : { workers: flags.workers }),
        ...(mix === undefined ? {} : { mix }),
        ...(progress === undefined ? {} : { onProgress: progress }),
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

function createProgress(terminal: Terminal): (done: number, total: number) => void {
  const started = performance.now();
  let shown = started;
  return (done, total) => {
    const now = performance.now();
    if (now - shown < PROGRESS_INTERVAL_MS) return;
    shown = now;
    const percent = Math.floor((done / total) * 100);
    terminal.progress(`${percent} % of ${formatCount(total)} flows, ${formatRounded((done / (now - started)) * 1000)} flows/s`);
  };
}

/** A mix is JSON when it begins as JSON does, YAML otherwise. Messages of parsers would quote the file: they are put into other words. */
async function readMix(file: string): Promise<unknown> {
  if (file === '-') throw new CliError('`--mix -` cannot be read: standard input is for manifests (`-f -`), put the mix into a file');
  const bytes = await readRegularFile(file, MOST_MIX_BYTES);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliError(`\`${file}\` cannot be read: it is not UTF-8 text`);
  }
  const isJson = /^\s*[{[]/.test(text);
  let mix: unknown;
  try {
    mix = isJson ? JSON.parse(text) : parseYaml(text, 1);
  } catch (error) {
    throw new CliError(isJson ? `\`${file}\` is not JSON${jsonPlace(error)}` : `\`${file}\` is not YAML${yamlPlace(error)}`);
  }
  // Without a mix a simulation makes up its own traffic, which is not what somebody who names a file wants.
  if (mix === undefined || mix === null) throw new CliError(`\`${file}\` holds no traffic mix`);
  return mix;
}

function jsonPlace(error: unknown): string {
  const position = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  return position === undefined ? '' : ` (at character ${position})`;
}

function yamlPlace(error: unknown): string {
  return error instanceof Error && 'line' in error ? ` (line ${String(error.line)}: ${error.message})` : '';
}

function mixProblems(file: string, { problems }: TrafficMixError): CliError {
  const lines = problems.map((problem) => `  ${problem}`);
  return new CliError(`\`${file}\` is a traffic mix that cannot be used:`, EXIT_BAD_INPUT, lines);
}

/** The command that gives the same counts again, whatever the machine. */
function replayCommand(flags: SimulateFlags, { flows, seed }: SimulationReport): string {
  const { file = [], tables, cni, workloadPods, strict, keepGoing, mix } = flags;
  return commandLine([
    'netpolsim',
    'simulate',
    ...file.flatMap((path) => ['-f', path]),
    ...(tables === undefined ? [] : ['--tables', tables]),
    ...['--flows', String(flows), '--seed', String(seed)],
    ...(mix === undefined ? [] : ['--mix', mix]),
    ...(cni === undefined ? [] : ['--cni', cni]),
    ...(workloadPods === undefined ? [] : ['--workload-pods', String(workloadPods)]),
    ...(strict === undefined ? [] : ['--strict']),
    ...(keepGoing === undefined ? [] : ['--keep-going']),
  ]);
}
