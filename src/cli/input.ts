/**
 * Manifests or compiled tables -> an engine, with everything that was found on the way on stderr.
 *
 * What is wrong with the input ends the run (EXIT_BAD_INPUT) when nothing could be read, and when a file or a document could not be read: what it would have said
 * is not known (EXIT_INCOMPLETE when it is only larger than what is read). What is wrong with single objects ends a run about everything (`compile`, `simulate`,
 * `inspect`), because its numbers would be those of another cluster; a question about one connection goes on, and its verdict is `unknown` when it could depend on
 * them. `--keep-going` goes on in either case.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  compile,
  type Diagnostic,
  decodeTables,
  type Engine,
  engineFromTables,
  formatCount,
  formatDiagnostics,
  formatKinds,
  INCOMPLETE_INPUT_CODES,
  type Manifests,
  summariseInput,
  TableFormatError,
  WireFormatError,
} from '../index.ts';
import { loadManifests } from '../node.ts';
import { CliError, EXIT_BAD_INPUT, EXIT_INCOMPLETE, type ExitCode, systemErrorText } from './exit.ts';
import type { Signals } from './signals.ts';
import type { Terminal } from './terminal.ts';

/** The flags of every command that reads a cluster. */
export interface InputFlags {
  readonly file?: readonly string[];
  readonly tables?: string;
  readonly cni?: string;
  readonly workloadPods?: number | 'declared';
  readonly strict?: true;
  readonly keepGoing?: true;
  /** Seconds. */
  readonly readTimeout?: number;
  readonly quiet?: true;
  readonly verbose?: true;
}

export interface Session {
  readonly terminal: Terminal;
  readonly signals: Signals;
}

export interface LoadedEngine {
  readonly engine: Engine;
  /** Undefined for an engine from compiled tables. */
  readonly manifests: Manifests | undefined;
}

/** `objectErrors`: what to do about errors in single objects, without `--keep-going`. */
export async function loadEngine(flags: InputFlags, objectErrors: 'stop' | 'go-on', session: Session): Promise<LoadedEngine> {
  checkFlags(flags);
  return flags.tables === undefined
    ? await fromManifests(flags, objectErrors, session)
    : { engine: await fromTables(flags, flags.tables), manifests: undefined };
}

/** Names of standard input; the system resolves the last two to the pipe itself, whatever else is read. */
const STDIN_PATHS: ReadonlySet<string> = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

function checkFlags({ file, tables, workloadPods, strict, keepGoing, readTimeout }: InputFlags): void {
  if (file === undefined && tables === undefined)
    throw new CliError('there is no input: give manifests with `-f PATH`, or compiled tables with `--tables FILE`');
  const stdin = file?.filter((path) => STDIN_PATHS.has(path)) ?? [];
  if (stdin.length > 1) {
    const given = stdin.every((path) => path === '-') ? '`-f -` is given twice' : `\`-f ${stdin[0]}\` and \`-f ${stdin[1]}\` are the same`;
    throw new CliError(`${given}: standard input can be read once`);
  }
  if (tables === undefined) return;
  const unused = {
    '-f': file,
    '--workload-pods': workloadPods,
    '--strict': strict,
    '--keep-going': keepGoing,
    '--read-timeout': readTimeout,
  };
  for (const [flag, value] of Object.entries(unused)) {
    if (value !== undefined)
      throw new CliError(`\`${flag}\` and \`--tables\` do not go together: compiled tables hold all there is to know`);
  }
}

async function fromManifests(flags: InputFlags, objectErrors: 'stop' | 'go-on', { terminal }: Session): Promise<LoadedEngine> {
  const { file = [], workloadPods, strict, readTimeout } = flags;
  const manifests = await loadManifests(file, {
    ...(workloadPods === undefined ? {} : { workloadPods }),
    ...(strict === undefined ? {} : { strict }),
    ...(readTimeout === undefined ? {} : { idleMs: readTimeout * 1000 }),
  });
  try {
    checkObjects(manifests, file, flags);
    checkErrors(manifests.diagnostics, objectErrors, flags);
  } catch (error) {
    report(manifests, manifests.diagnostics, flags, terminal);
    throw error;
  }
  const engine = compile(manifests, flags.cni === undefined ? {} : { cni: flags.cni });
  report(manifests, engine.diagnostics, flags, terminal);
  checkErrors(engine.diagnostics, objectErrors, flags);
  if (manifests.networkPolicies.length === 0 && manifests.unreadable.length === 0 && flags.quiet === undefined) {
    terminal.message('warning: there is no NetworkPolicy in the input, so that nothing is denied');
  }
  return { engine, manifests };
}

/** Every object that is known belongs to a file that was read; an error without one is about a file or a document. */
function checkErrors(diagnostics: readonly Diagnostic[], objectErrors: 'stop' | 'go-on', { keepGoing }: InputFlags): void {
  if (keepGoing !== undefined) return;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const fatal = objectErrors === 'stop' ? errors : errors.filter(({ object }) => object === undefined);
  if (fatal.length === 0) return;
  const many = errors.length === 1 ? 'an error' : `${formatCount(errors.length)} errors`;
  throw new CliError(
    `the input has ${many} (\`--keep-going\` runs all the same: verdicts that depend on what cannot be read are unknown)`,
    exitCodeOf(fatal),
  );
}

/** What is too large, too slow or changed meanwhile need not be wrong: there is no result, and that is all. */
function exitCodeOf(errors: readonly Diagnostic[]): ExitCode {
  return errors.length > 0 && errors.every(({ code }) => INCOMPLETE_INPUT_CODES.has(code)) ? EXIT_INCOMPLETE : EXIT_BAD_INPUT;
}

function checkObjects(manifests: Manifests, paths: readonly string[], flags: InputFlags): void {
  if (manifests.counts.size > 0) return;
  checkErrors(manifests.diagnostics, 'stop', flags);
  const inputs = paths.map((path) => (path === '-' ? '<stdin>' : `\`${path}\``)).join(', ');
  const errors = manifests.diagnostics.filter(({ severity }) => severity === 'error');
  const skipped = manifests.skipped.size === 0 ? '' : `, only ${formatKinds(summariseInput(manifests, []).skipped)}`;
  throw new CliError(`there is nothing to work with in ${inputs}: no object that has a part in verdicts${skipped}`, exitCodeOf(errors));
}

function report(manifests: Manifests, diagnostics: readonly Diagnostic[], { quiet, verbose }: InputFlags, terminal: Terminal): void {
  const severities = quiet ? (['error'] as const) : verbose ? (['error', 'warning', 'info'] as const) : (['error', 'warning'] as const);
  const limit = verbose ? Number.POSITIVE_INFINITY : 50;
  for (const line of formatDiagnostics(diagnostics, { severities, limit, paint: terminal.errorPaint })) terminal.line(line);
  if (quiet || manifests.skipped.size === 0) return;
  const kinds = formatKinds(summariseInput(manifests, []).skipped);
  const judging = diagnostics.some(({ code }) => code === 'policy-not-considered');
  const known = judging
    ? 'the warnings name the kinds that are known to decide about connections'
    : 'none is known to decide about connections';
  terminal.message(`left out kinds that are not read: ${kinds}; ${known}`);
}

async function fromTables({ cni }: InputFlags, file: string): Promise<Engine> {
  const bytes = await readRegularFile(file, MOST_TABLE_BYTES);
  let engine: Engine;
  try {
    engine = engineFromTables(decodeTables(bytes));
  } catch (error) {
    if (error instanceof TableFormatError || error instanceof WireFormatError)
      throw new CliError(`\`${file}\` cannot be used as compiled tables: ${error.message}`);
    throw error;
  }
  if (cni !== undefined && cni !== engine.profileName) {
    throw new CliError(`\`${file}\` was compiled for the profile \`${engine.profileName}\`, not for \`${cni}\``);
  }
  return engine;
}

const MOST_TABLE_BYTES = 2 ** 31 - 1;

/** A file in one piece. Devices, pipes and directories are refused: they may never end. @throws {CliError} */
export async function readRegularFile(file: string, mostBytes: number): Promise<Uint8Array> {
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to waits for ever.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { size, isFile } = await handle.stat().then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
      if (!isFile) throw new CliError(`\`${file}\` cannot be read: it is not a file`);
      if (size > mostBytes) throw new CliError(`\`${file}\` cannot be read: it has ${size} bytes, at most ${mostBytes} are read`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`\`${file}\` cannot be read: ${systemErrorText(error)}`);
  }
}
