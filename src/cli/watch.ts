/**
 * `netpolsim watch`: a command again whenever a file that it reads changes. Each run is a process of its own, so that a run that fails, or finds half of a file, ends nothing but itself.
 */
import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { EXIT_OK, type ExitCode } from './exit.ts';
import type { Session } from './input.ts';
import { changedPaths, type InputsOfCommand, inputsOfCommand, type PathStates, statesOf } from './watched-paths.ts';

export interface WatchFlags {
  readonly quiet?: true;
}

/** Between two looks at the files. Looking may take a tenth of the time. */
const LEAST_PAUSE_MS = 100;
const MOST_PAUSE_MS = 5000;
const PAUSES_FOR_A_LOOK = 10;
const MOST_NAMES = 3;
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Ends when it is told to: that is how it is meant to end. */
export async function watchCommand(
  words: readonly string[],
  flags: WatchFlags,
  { terminal }: Session,
  program: Command,
): Promise<ExitCode> {
  const inputs = inputsOfCommand(program, words);
  const stop = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => stop.abort());
  const say = (text: string): void => {
    if (flags.quiet === undefined) terminal.message(text);
  };
  say(`watching ${namesOf(await inputs())} (Ctrl-C ends)`);
  while (!stop.signal.aborted) {
    const before = await settledStates(inputs, stop.signal);
    if (stop.signal.aborted) break;
    const ended = await runOnce(words, stop.signal);
    if (stop.signal.aborted) break;
    if (ended !== 'exit code 0') say(`the command ended with ${ended}`);
    const changed = await change(before, inputs, stop.signal);
    if (changed.length > 0) say(`changed: ${namesOf(changed)}`);
  }
  return EXIT_OK;
}

/** As many names as are read at a glance. */
function namesOf(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_NAMES).map((path) => `\`${path}\``);
  return `${shown.join(', ')}${paths.length > MOST_NAMES ? ` and ${paths.length - MOST_NAMES} more` : ''}`;
}

/** Waits until files have another state than before. */
async function change(before: PathStates, inputs: InputsOfCommand, signal: AbortSignal): Promise<string[]> {
  for (;;) {
    const { states, pauseMs } = await look(inputs);
    const changed = changedPaths(before, states);
    if (changed.length > 0 || signal.aborted) return changed;
    await pause(pauseMs, signal);
  }
}

/** Waits until nothing changes any more: who writes several files, or a long one, gets one run. */
async function settledStates(inputs: InputsOfCommand, signal: AbortSignal): Promise<PathStates> {
  let { states, pauseMs } = await look(inputs);
  for (;;) {
    await pause(pauseMs, signal);
    const next = await look(inputs);
    if (signal.aborted || changedPaths(states, next.states).length === 0) return next.states;
    ({ states, pauseMs } = next);
  }
}

async function look(inputs: InputsOfCommand): Promise<{ states: PathStates; pauseMs: number }> {
  const started = performance.now();
  const states = statesOf(await inputs());
  const pauseMs = Math.min(Math.max((performance.now() - started) * PAUSES_FOR_A_LOOK, LEAST_PAUSE_MS), MOST_PAUSE_MS);
  return { states, pauseMs };
}

/** Shorter when the signal aborts. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {});
}

/** @returns how it ended, in words */
async function runOnce(words: readonly string[], signal: AbortSignal): Promise<string> {
  const [file = '', ...rest] = [process.execPath, ...process.execArgv, process.argv[1] ?? '', ...words];
  const child = spawn(file, rest, { stdio: ['ignore', 'inherit', 'inherit'] });
  const kill = (): void => {
    child.kill();
  };
  signal.addEventListener('abort', kill, { once: true });
  return await new Promise((done) => {
    child.on('error', (error) => done(`an error: ${error.message}`));
    child.on('exit', (code, killedBy) => {
      signal.removeEventListener('abort', kill);
      done(code === null ? `the signal ${killedBy}` : `exit code ${code}`);
    });
  });
}
