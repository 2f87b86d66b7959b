/**
 * Worker threads of the command line that fail: exit code 3, a message with the cause, nothing on stdout. A run whose threads do not fail is beside them.
 */
import { expect, it } from 'vitest';
import { listening, preload, runCli, startCli } from '../support/cli.ts';

const simulate = (workers: number) => ['simulate', '-f', 'datasets/clusters/three-tier', '--flows', '600k', '--workers', String(workers)];

it.each([1, 2, 3])('%i threads that do not fail give a report', async (workers) => {
  const { code, stdout, stderr } = await runCli(simulate(workers), { env: preload('fail-thread', { FAIL_THREAD: 'nothing' }) });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('600,000 flows');
});

const FAULTS = [
  ['throw', 'a worker failed: injected: thrown'],
  ['exit', 'a worker failed: worker exited with code: 0'],
  ['run out of memory', 'a worker ran out of memory (256 MB of heap)'],
  ['fail at load', 'a worker failed: injected: failed at load'],
] as const;

const RUNS = FAULTS.flatMap(([fault, message]) => [1, 2, 3].map((workers) => ({ fault, message, workers })));

it.each(RUNS)('threads that $fault end a run of $workers with 3', async ({ fault, message, workers }) => {
  // At the first batch of one, the second of two, the third of three.
  const env = preload('fail-thread', { FAIL_THREAD: fault, FAIL_AT: String(1 + workers) });
  const { code, stdout, stderr } = await runCli(simulate(workers), { env });
  expect(stderr).toMatch(/^netpolsim: the simulation stopped[^\n]*: [^\n]*\n$/);
  expect(stderr).toContain(message);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
});

it.each([1, 2, 3])('threads that throw when a task is over end a run of %i with 3, or do not matter', async (workers) => {
  const { code, stdout, stderr } = await runCli(simulate(workers), {
    env: preload('fail-thread', { FAIL_THREAD: 'throw late', FAIL_AT: '2' }),
  });
  if (code === 0) expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining('600,000 flows'), stderr: '' });
  else {
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('a worker failed: injected: thrown late');
  }
});

it('threads that loop for ever end with a signal, within two seconds', async () => {
  const loop = preload('fail-thread', { FAIL_THREAD: 'loop for ever' });
  const tell = preload('tell-listening');
  const { child, result } = startCli(simulate(2), {
    env: { NODE_OPTIONS: `${loop.NODE_OPTIONS} ${tell.NODE_OPTIONS}`, FAIL_THREAD: 'loop for ever' },
  });
  child.stdin?.end();
  await listening(child);
  await new Promise((done) => setTimeout(done, 800));
  const sent = performance.now();
  child.kill('SIGTERM');
  const { code, stdout, stderr } = await result;
  expect(performance.now() - sent).toBeLessThan(2000);
  expect({ code, stdout, stderr }).toEqual({
    code: 3,
    stdout: '',
    stderr: 'listening\nnetpolsim: stopped by SIGTERM: there is no result\n',
  });
});
