/**
 * The streams of the process. Results go to stdout through one writer that knows when they have arrived; everything else goes to stderr.
 */
import { fstatSync, writeSync } from 'node:fs';
import colors from 'picocolors';
import { escapeControls, type Paint } from '../index.ts';
import { CliError, codeOf, EXIT_INCOMPLETE, systemErrorText } from './exit.ts';

/** Thrown when the reader of stdout has gone: the run stops without a word. */
export class BrokenPipe extends Error {
  override readonly name = 'BrokenPipe';
}

export class Terminal {
  /** Colours for stdout and stderr, each on only where it is a terminal (or FORCE_COLOR says so, and NO_COLOR does not say no). */
  readonly paint: Paint = paintFor(process.stdout);
  readonly errorPaint: Paint = paintFor(process.stderr);
  /** Can a line on stderr be written over, for somebody who looks? Build servers have terminals that nobody looks at. */
  readonly errorIsTerminal: boolean = process.stderr.isTTY === true && process.env.TERM !== 'dumb' && !isBuild(process.env.CI);
  /** A line of progress would stand between those of the result. */
  readonly resultIsTerminal: boolean = process.stdout.isTTY === true;
  private progressShown = false;

  constructor() {
    // Errors of writes come through their callbacks; without a listener they would end the process with a stack.
    process.stdout.on('error', () => {});
    process.stderr.on('error', () => {});
  }

  /**
   * Writes a result to stdout and waits until the system has taken all of it.
   * @throws {BrokenPipe} @throws {CliError} with EXIT_INCOMPLETE
   */
  async result(text: string): Promise<void> {
    this.progress(undefined);
    try {
      // For a file, Node's stream takes a short write (a disk that is nearly full) for a whole one.
      if (fstatSync(1).isFile()) writeWhole(1, Buffer.from(text));
      else await writeStream(process.stdout, text);
    } catch (error) {
      if (codeOf(error) === 'EPIPE') throw new BrokenPipe('stdout is closed');
      throw new CliError(`the result could not be written to stdout: ${systemErrorText(error)}`, EXIT_INCOMPLETE);
    }
  }

  /** A line on stderr, as it is: user input in it must have been escaped. */
  line(text: string): void {
    this.progress(undefined);
    process.stderr.write(`${text}\n`);
  }

  /** A line on stderr that the next one takes the place of; undefined removes it. For terminals only. */
  progress(text: string | undefined): void {
    if (text === undefined && !this.progressShown) return;
    this.progressShown = text !== undefined;
    process.stderr.write(`\r${text ?? ''}\u001b[K`);
  }

  /** A message on stderr, and lines that belong to it. Control characters in them are escaped, line feeds as well. */
  message(text: string, details: readonly string[] = []): void {
    this.line([`netpolsim: ${escapeControls(text)}`, ...details.map(escapeControls)].join('\n'));
  }
}

function writeStream(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
}

/** Build servers set CI. */
function isBuild(ci: string | undefined): boolean {
  return ci !== undefined && ci !== '' && ci !== '0' && ci !== 'false';
}

/** https://no-color.org and https://force-color.org; otherwise terminals only, and not dumb ones. A CI environment is not a terminal. */
function paintFor(stream: NodeJS.WriteStream): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  const refused = (NO_COLOR !== undefined && NO_COLOR !== '') || FORCE_COLOR === '0' || FORCE_COLOR === 'false';
  return colors.createColors(!refused && (forced || (stream.isTTY === true && TERM !== 'dumb')));
}
