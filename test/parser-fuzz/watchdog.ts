/**
 * Runs blocks of inputs in a child process, one at a time, and notices what the child cannot say itself: that it was killed, ran out of memory, or does not come back. The block is then
 * run again with every input written down before it runs, which tells which one it was, and the run goes on with the next block.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Message, Work } from './child.ts';

/** Inputs run for at most a second; this is the time without a sign of life on a machine that is busy. */
const SILENCE_MS = 15_000;
/** Until the first sign of life: a process starts slowly on a machine that is busy. */
const START_MS = 60_000;
const HEAP_MB = 512;
const FLAGS = [`--max-old-space-size=${HEAP_MB}`, '--disable-proto=delete', '--disallow-code-generation-from-strings'];

export interface Failure {
  readonly block: number;
  /** Number within the block; undefined when the child died of it. */
  readonly number: number | undefined;
  readonly message: string;
  readonly bytes: Uint8Array;
}

export interface WatchdogOptions {
  readonly silenceMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly onMessage?: (message: Message) => void;
  readonly onFailure: (failure: Failure) => void;
}

/** Runs the work. @returns how many inputs were run to their end */
export async function watch(script: string, work: Work, options: WatchdogOptions): Promise<number> {
  const end = work.firstBlock + work.blocks;
  let inputs = 0;
  for (let next = work.firstBlock; next < end; ) {
    const { blocksDone, trouble } = await runChild(script, { ...work, firstBlock: next, blocks: end - next }, options);
    inputs += blocksDone * work.count;
    next += blocksDone;
    if (trouble === undefined) return inputs;
    const bytes = await inputOf(script, { ...work, firstBlock: next, blocks: 1 }, options);
    options.onFailure({ block: next, number: undefined, message: trouble, bytes });
    next++;
  }
  return inputs;
}

interface ChildResult {
  readonly blocksDone: number;
  /** How the child ended, when that was not as it should. */
  readonly trouble: string | undefined;
}

async function runChild(
  script: string,
  work: Work,
  { silenceMs = SILENCE_MS, env, onMessage, onFailure }: WatchdogOptions,
): Promise<ChildResult> {
  const child = spawn(process.execPath, [...FLAGS, script, JSON.stringify(work)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let blocksDone = 0;
  let silent = false;
  let errors = '';
  const kill = (): void => {
    silent = true;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(kill, START_MS);
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(0, 4000);
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `exit code ${code}`)));
  });
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    timer = setTimeout(kill, silenceMs);
    const message = JSON.parse(line) as Message;
    if (message.say === 'done') blocksDone++;
    if (message.say === 'failed') {
      onFailure({ block: message.block, number: message.number, message: message.message, bytes: Buffer.from(message.input, 'base64') });
    }
    onMessage?.(message);
  }
  const how = await ended;
  clearTimeout(timer);
  if (how === undefined && blocksDone === work.blocks) return { blocksDone, trouble: undefined };
  const reason = silent ? `no sign of life for ${silenceMs} ms` : `the process ended: ${how ?? 'too early'}`;
  return { blocksDone, trouble: `${reason} ${firstLineOf(errors)}`.trim() };
}

/** The line of a stack or of V8 that says what happened. */
function firstLineOf(errors: string): string {
  return errors.split('\n').find((line) => /Error|FATAL/.test(line)) ?? '';
}

/** The input of this block at which the child ends; empty when it does not end again. */
async function inputOf(script: string, work: Work, options: WatchdogOptions): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'netpolsim-fuzz-'));
  const trace = join(folder, 'input');
  try {
    const quiet = { ...options, onFailure: () => undefined, onMessage: () => undefined };
    const { trouble } = await runChild(script, { ...work, trace, grow: false }, quiet);
    return trouble === undefined ? new Uint8Array(0) : new Uint8Array(readFileSync(trace));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
