/**
 * That a surprise fails a suite: each fixture in `surprises/` is run by a vitest of its own, with the configuration of the repository. And that command lines and worker
 * threads which tests start are as strict.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { builtFile } from '../support/built.ts';
import { preload, ROOT, runCli } from '../support/cli.ts';
import { nodeWarningIn } from '../support/node-flags.ts';

const run = promisify(execFile);

const RUN_FIXTURE = `
  import { startVitest } from 'vitest/node';
  process.exitCode = 3;
  const vitest = await startVitest('test', [process.argv[1]], { watch: false, include: ['test/fault/surprises/*.fixture.ts'] });
  process.stdout.write('ran ' + vitest.state.getFiles().length + ' file');
  await vitest.close();
  if (process.exitCode === 3) process.exitCode = 0;
`;

interface Outcome {
  readonly code: number;
  readonly text: string;
}

async function runFixture(name: string): Promise<Outcome> {
  const args = ['--input-type=module', '-e', RUN_FIXTURE, `test/fault/surprises/${name}.fixture.ts`];
  const env = { PATH: process.env.PATH ?? '', NO_COLOR: '1' };
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: ROOT, env }).then(
    (output) => ({ code: 0, ...output }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return { code, text: stdout + stderr };
}

describe('a suite', () => {
  it('in which nothing surprises passes', async () => {
    const { code, text } = await runFixture('nothing');
    expect(text).toContain('ran 1 file');
    expect({ code, text }).toMatchObject({ code: 0 });
  });

  it.each([
    ['leaves a rejection to nobody', 'rejection', 'Error: rejected for nobody'],
    ['throws when nobody looks', 'exception', 'Error: thrown for nobody'],
    ['leaks listeners of an emitter', 'listeners', 'MaxListenersExceededWarning'],
    ['leaks listeners of a signal', 'abort-listeners', 'MaxListenersExceededWarning'],
    ['makes Node warn', 'warning', 'OddWarning: of something'],
    ['makes code from a string', 'code-from-strings', 'Code generation from strings disallowed'],
    ['freezes a prototype', 'frozen', 'leaves something behind'],
    ['leaves a variable to others', 'environment', 'LEFT_BEHIND'],
    ['needs `__proto__`', 'proto', 'expected undefined to be'],
  ])('that %s fails', async (_, fixture, message) => {
    const { code, text } = await runFixture(fixture);
    expect(text).toContain('ran 1 file');
    expect(text).toContain(message);
    expect(code).toBe(1);
  });
});

describe('a command line that a test starts', () => {
  it('fails the test when it makes Node warn', async () => {
    const run = runCli(['--version'], { env: preload('warn') });
    await expect(run).rejects.toThrow(/^netpolsim --version made Node warn: \(node:\d+\) MaxListenersExceededWarning: /);
  });

  it('has no `__proto__` and makes no code from strings, and neither have its threads', async () => {
    const { code, stderr } = await runCli(['simulate', '-f', 'datasets/clusters/three-tier', '--flows', '1k', '--workers', '1'], {
      env: preload('tell-strictness'),
    });
    expect(code).toBe(0);
    // NODE_OPTIONS and with them the preload reach threads too.
    expect(stderr).toBe('main: strict\nthread: strict\n');
  });
});

describe('a worker thread of a test', () => {
  it('has no `__proto__` and makes no code from strings', async () => {
    const worker = new Worker(builtFile('dist-tools/test/support/preload/tell-strictness.js'), { stderr: true });
    let text = '';
    for await (const chunk of worker.stderr) text += String(chunk);
    expect(text).toBe('thread: strict\n');
  });
});

describe('a warning of Node', () => {
  it('is found in what a process wrote on stderr, and messages of netpolsim are none', () => {
    expect(nodeWarningIn('netpolsim: warning: there is no NetworkPolicy\n(node:12) Warning: odd\n')).toBe('(node:12) Warning: odd');
    expect(nodeWarningIn('netpolsim: warning: there is no NetworkPolicy, Warning: none\n')).toBeUndefined();
  });
});
