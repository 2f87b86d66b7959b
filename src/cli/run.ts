/**
 * One run of the command line: arguments in, an exit code out. The exit code of the process is set here, last, when the result has been written.
 */
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { complete, completionText } from './complete.ts';
import { CliError, EXIT_BAD_INPUT, EXIT_INCOMPLETE, EXIT_OK, type ExitCode, systemErrorText } from './exit.ts';
import type { Session } from './input.ts';
import { asCalled, createProgram, SHORT_USAGE } from './program.ts';
import { checkPrototypes, checkVerdicts } from './self-test.ts';
import { Signals } from './signals.ts';
import { BrokenPipe, Terminal } from './terminal.ts';
import { PROGRAM } from './usage.ts';
import { removeTemporaryFiles } from './write-file.ts';

/** Never rejects. */
export async function run(args: readonly string[]): Promise<void> {
  const terminal = new Terminal();
  const signals = new Signals((message) => terminal.message(message));
  let finished = false;
  watch(terminal, () => finished);
  const session = { terminal, signals };
  const code = await attempt(session, async () => {
    checkPrototypes();
    return await runProgram(args, session, checkVerdicts);
  });
  finished = true;
  process.exitCode = code;
}

/** One run in a process that does other things as well, as in tests. Never rejects. */
export async function runSession(args: readonly string[], session: Session): Promise<ExitCode> {
  return await attempt(session, () => runProgram(args, session, () => {}));
}

async function attempt(session: Session, action: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await action();
  } catch (error) {
    return explain(error, session);
  }
}

/** What shells, and kubectl, ask for completion: as cobra's programs do. */
const COMPLETE = '__complete';
/** The file that kubectl starts; its name is all that tells. */
const KUBECTL_PLUGIN = /(?:^|[\\/])kubectl-netpolsim(?:\.[cm]?js)?$/;

/** `before` runs before a command that gives verdicts; not for help, the version, and what is wrong with the arguments. */
async function runProgram(args: readonly string[], session: Session, before: () => void): Promise<ExitCode> {
  let code: ExitCode = EXIT_INCOMPLETE;
  let text = '';
  const program = createProgram({
    session,
    name: KUBECTL_PLUGIN.test(process.argv[1] ?? '') ? `kubectl ${PROGRAM}` : PROGRAM,
    version: readVersion(),
    done: (result) => {
      code = result;
    },
    print: (part) => {
      text += part;
    },
  });
  if (args.length === 0) {
    session.terminal.line(asCalled(SHORT_USAGE, program));
    return EXIT_BAD_INPUT;
  }
  if (args[0] === COMPLETE) {
    await session.terminal.result(completionText(complete(program, args.slice(1))));
    return EXIT_OK;
  }
  program.hook('preAction', (_, command) => {
    // These give no verdicts: what they start tests itself. Compared, not looked up: what sets hold is what the test is about.
    if (command.name() !== 'completion' && command.name() !== 'watch') before();
  });
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
  try {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  } catch (error) {
    throw new CliError(`the \`package.json\` of netpolsim cannot be read: ${systemErrorText(error)}`, EXIT_INCOMPLETE);
  }
}

/** Says what went wrong, once, and what exit code that is. */
function explain(error: unknown, { terminal, signals }: Session): ExitCode {
  removeTemporaryFiles();
  if (error instanceof BrokenPipe || signals.stopped) return EXIT_INCOMPLETE;
  if (error instanceof CliError) {
    terminal.message(error.message, error.details);
    return error.exitCode;
  }
  internalError(error, terminal);
  return EXIT_INCOMPLETE;
}

function internalError(error: unknown, terminal: Terminal): void {
  const stack = process.env.NETPOLSIM_DEBUG && error instanceof Error ? (error.stack ?? '').split('\n') : [];
  terminal.message(`internal error: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`, stack);
}

/** The ways in which Node would end a process on its own: with code 1 and a stack, or silently because nothing is left to wait for. */
function watch(terminal: Terminal, finished: () => boolean): void {
  const fail = (error: unknown): void => {
    removeTemporaryFiles();
    internalError(error, terminal);
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
