/**
 * One job in a process of its own. Messages are structured clones, so that nothing is written to disk.
 */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Job, Outcome } from './job.ts';
import type { Measured } from './measure.ts';

/** Thrown when a process that measures ended without a result. */
export class MeasurementFailed extends Error {
  override readonly name = 'MeasurementFailed';
}

/** @throws {MeasurementFailed} when the process gives up or dies, the signal's reason when it is aborted */
export async function runJob(job: Job, signal?: AbortSignal): Promise<Measured> {
  signal?.throwIfAborted();
  const outcome = await new Promise<Outcome>((done, fail) => {
    const child = fork(childFile(), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let said = '';
    let result: Outcome | undefined;
    const stop = (): void => {
      child.kill('SIGKILL');
    };
    signal?.addEventListener('abort', stop);
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-100_000);
    });
    child.on('message', (message) => {
      result = message as Outcome;
    });
    child.on('error', fail);
    child.on('close', (code, ended) => {
      signal?.removeEventListener('abort', stop);
      done(result ?? { error: reasonOf(said, code, ended) });
    });
    // A child that dies before it reads is told of by `close`.
    child.send(job, () => {});
  });
  signal?.throwIfAborted();
  if ('error' in outcome) throw new MeasurementFailed(outcome.error);
  return outcome.measured;
}

function reasonOf(said: string, code: number | null, signal: NodeJS.Signals | null): string {
  if (/heap out of memory|Array buffer allocation failed/.test(said)) return 'there was not enough memory';
  const line = said.split('\n').find((text) => /^\w*Error\b/.test(text));
  return line ?? (signal === null ? `the process ended with code ${code}` : `the process was ended by ${signal}`);
}

/** Processes run JavaScript: from TypeScript sources, as tests run, it is the file that was built. The path holds from the bundled command line, too. */
function childFile(): string {
  const fromSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(fromSource ? '../../dist/scale/child.js' : '../scale/child.js', import.meta.url));
  if (!existsSync(file)) throw new Error(`there is no file \`${file}\`${fromSource ? ': build first' : ''}`);
  return file;
}
