/**
 * Runs the built command line as a child process, with the flags of `node-flags.ts`. `npm test` builds it before, and the preloads. A warning of Node on its stderr is a failure.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { on } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtFile, ROOT } from './built.ts';
import { NODE_FLAGS, nodeWarningIn } from './node-flags.ts';

export { ROOT };

export const MAIN = resolve(ROOT, 'dist/cli/main.js');

export interface CliResult {
  /** Exit code, or null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Added to an environment without colours, terminal, locale and CI. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly cwd?: string;
  /** Where stdout goes instead of into the result: a file descriptor. */
  readonly stdout?: number;
  /** Another Node than the one that runs the tests. */
  readonly node?: string;
  /** Runs before Node in the same process, as a command of `sh`: `ulimit -n 128`. No file of its own: while another process starts, a file that was just written cannot be run. */
  readonly shell?: string;
  /** A run that takes longer hangs. Default: a minute. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;

export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { child, result } = startCli(args, options);
  child.stdin?.end(options.stdin ?? '');
  return await result;
}

/** Starts a run that the caller feeds, stops or watches. */
export function startCli(
  args: readonly string[],
  { env = {}, cwd = ROOT, stdout = undefined, node = process.execPath, shell = undefined, timeoutMs = TIMEOUT_MS }: CliOptions = {},
): { child: ChildProcess; result: Promise<CliResult> } {
  const command = [node, ...NODE_FLAGS, builtFile('dist/cli/main.js'), ...args];
  const [file = '', ...rest] = shell === undefined ? command : ['/bin/sh', '-c', `${shell} && exec "$0" "$@"`, ...command];
  const child = spawn(file, rest, {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', stdout ?? 'pipe', 'pipe'],
  });
  // A child that does not read its input closes the pipe.
  child.stdin?.on('error', () => {});
  const result = new Promise<CliResult>((done, fail) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(new Error(`netpolsim ${args.join(' ')} did not end in ${timeoutMs} ms; stderr: ${Buffer.concat(err).toString()}`));
    }, timeoutMs);
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', fail);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const stderr = Buffer.concat(err).toString();
      const warning = nodeWarningIn(stderr);
      if (warning !== undefined) fail(new Error(`netpolsim ${args.join(' ')} made Node warn: ${warning}`));
      done({ code, signal, stdout: Buffer.concat(out).toString(), stderr });
    });
  });
  return { child, result };
}

/** An environment that loads `test/support/preload/<name>.ts`, built, before the command line, which changes something in Node. */
export function preload(name: string, env: Readonly<Record<string, string>> = {}): Record<string, string> {
  const file = builtFile(`dist-tools/test/support/preload/${name}.js`);
  return { ...env, NODE_OPTIONS: `--import=${pathToFileURL(file).href}` };
}

/** Waits until a run with `preload('tell-listening')` handles signals. */
export async function listening(child: ChildProcess): Promise<void> {
  await says(child, 'listening\n');
}

/** Waits until a run has written a text on stderr. */
export async function says(child: ChildProcess, expected: string): Promise<void> {
  let text = '';
  for await (const chunk of on(child.stderr as NodeJS.ReadableStream, 'data', { close: ['close'] })) {
    text += String(chunk);
    if (text.includes(expected)) return;
  }
  throw new Error(`the run ended before it said \`${expected.trim()}\`: ${text}`);
}
