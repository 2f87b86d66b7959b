/**
 * Exit codes, and the error that carries one. Every code is documented in `--help`.
 */

/** The run did what was asked. */
export const EXIT_OK = 0;
/** The answer is certain and not what was expected. */
export const EXIT_FINDING = 1;
/** The command line or the input is wrong. */
export const EXIT_BAD_INPUT = 2;
/** There is no complete result: an unknown verdict, a run that was stopped, output that could not be written, a mistake in netpolsim. */
export const EXIT_INCOMPLETE = 3;

export type ExitCode = typeof EXIT_OK | typeof EXIT_FINDING | typeof EXIT_BAD_INPUT | typeof EXIT_INCOMPLETE;

/** Ends the run with a message and a code. The message is one line and may hold user input as it was: it is escaped where it is printed. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;
  /** Lines that follow the message. A line feed of the user's in them would begin a line that seems to be of this program: they hold none. */
  readonly details: readonly string[];

  constructor(message: string, exitCode: ExitCode = EXIT_BAD_INPUT, details: readonly string[] = []) {
    super(message);
    this.exitCode = exitCode;
    this.details = details;
  }
}

/** What the system said, in words: for errors of files and streams. */
export function systemErrorText(error: unknown): string {
  const code = codeOf(error);
  const text = code === undefined ? undefined : SYSTEM_ERRORS.get(code);
  if (text !== undefined) return `${text} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** `ENOENT` and the like; undefined for anything that is not an error of the system. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const SYSTEM_ERRORS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or directory'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['EISDIR', 'is a directory'],
  ['ENOTDIR', 'a part of the path is not a directory'],
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'disk quota exceeded'],
  ['EROFS', 'the file system is read-only'],
  ['EMFILE', 'too many open files'],
  ['ELOOP', 'too many symbolic links'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EIO', 'input/output error'],
  ['EPIPE', 'the other end of the pipe is closed'],
]);
