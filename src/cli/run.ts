/**
 * One run of the command line: arguments in, an exit code out. The exit code of the process is set here, last, when the result has been written.
 */
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { CliError, EXIT_BAD_INPUT, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import type { Session } from './input.ts';
import { createProgram, SHORT_USAGE } from './program.ts';
import { Signals } from './signals.ts';
import { BrokenPipe, Terminal } from './terminal.ts';
import { removeTemporaryFiles } from './write-file.ts';

/** Never rejects. */
export async function run(args: readonly string[]): Promise<void> {
  const terminal = new Terminal();
  const signals = new Signals((message) => terminal.message(message));
  let finished = false;
  watch(terminal, () => finished);
  let code: ExitCode;
  try {
    code = await runProgram(args, { terminal, signals });
  } catch (error) {
    code = explain(error, terminal, signals);
  }
  finished = true;
  process.exitCode = code;
}

async function runProgram(args: readonly string[], session: Session): Promise<ExitCode> {
  if (args.length === 0) {
    session.terminal.line(SHORT_USAGE);
    return EXIT_BAD_INPUT;
  }
  let code: ExitCode = EXIT_INCOMPLETE;
  let text = '';
  const program = createProgram(
    session,
    readVersion(),
    (result) => {
      code = result;
    },
    (part) => {
      text += part;
    },
  );
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Help and version end in this way; what is wrong with the arguments comes as a CliError.
    if (!(error instanceof CommanderError)) throw error;
    await session.terminal.result(text);
    code = EXIT_OK;
  }
  return code;
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Says what went wrong, once, and what exit code that is. */
function explain(error: unknown, terminal: Terminal, signals: Signals): ExitCode {
  removeTemporaryFiles();
  if (error instanceof BrokenPipe || signals.stopped) return EXIT_INCOMPLETE;
  if (error instanceof CliError) {
    terminal.message(error.message);
    return error.exitCode;
  }
  terminal.message(internalError(error));
  return EXIT_INCOMPLETE;
}

function internalError(error: unknown): string {
  const stack = process.env.NETPOLSIM_DEBUG && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return `internal error: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}${stack}`;
}

/** The ways in which Node would end a process on its own: with code 1 and a stack, or silently because nothing is left to wait for. */
function watch(terminal: Terminal, finished: () => boolean): void {
  const fail = (error: unknown): void => {
    removeTemporaryFiles();
    terminal.message(internalError(error));
    process.exit(EXIT_INCOMPLETE);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  process.on('beforeExit', () => {
    if (finished()) return;
    removeTemporaryFiles();
    terminal.message('internal error: the run ended without a result');
    process.exitCode = EXIT_INCOMPLETE;
  });
}
