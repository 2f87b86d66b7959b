/**
 * Files that fail: every call of node:fs that a small run of each command makes ends once with each error, alone and with all later calls failing too. The run must say what
 * failed, exit with the right code, and leave an output that is the old one or the new one, whole, and nothing else; or the call was one that does not matter.
 *
 * The runs share one process, which is a hundred times faster than one for each; the last tests show that real processes do the same, while their own files are loaded too.
 */
import { fork, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtFile } from '../support/built.ts';
import { MAIN, preload, ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { NODE_FLAGS } from '../support/node-flags.ts';
import type { Call } from '../support/preload/fail-call.ts';
import type { RunOutcome, Scenario, ScenarioOutcome } from './file-fault-runner.ts';

const CODES = ['EIO', 'ENOSPC', 'EMFILE', 'EACCES', 'EPIPE'];

const CAUSES: Readonly<Record<string, RegExp>> = {
  EIO: /input\/output error/,
  ENOSPC: /no space left on the device|the system reports ENOSPC/,
  EMFILE: /too many (open files|files are open)/,
  EACCES: /permission denied/,
  EPIPE: /the other end of the pipe is closed|the system reports EPIPE/,
};

const folder = temporaryFolder();
const out = join(folder, 'out');
const input = join(folder, 'in');

writeText(
  folder,
  'in/a.yaml',
  `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop}
spec: {containers: [{name: cart}]}
`,
);
writeText(
  folder,
  'in/below/b.json',
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny', namespace: 'shop' },
    spec: { podSelector: { matchLabels: { app: 'web' } }, ingress: [] },
  }),
);
const mix = writeText(
  folder,
  'mix.json',
  JSON.stringify({ apiVersion: 'netpolsim/v1', kind: 'TrafficMix', entries: [{ from: 'shop/cart', to: 'shop/web', port: 80 }] }),
);
const badText = join(folder, 'bad.yaml');
writeFileSync(badText, Buffer.from([0x61, 0x3a, 0x20, 0x0a, 0xff, 0x0a]));

interface Case {
  readonly title: string;
  readonly args: readonly string[];
  readonly stdout?: 'file' | 'pipe';
  readonly before?: Readonly<Record<string, string>>;
  /** Exit code without a fault. */
  readonly code?: number;
}

const SMALL = ['--flows', '100', '--workers', '1'];
const TABLES = join(folder, 'tables.npt');

const COMMANDS: readonly Case[] = [
  { title: 'compile, a new file', args: ['compile', '-f', input, '--out', join(out, 'new.npt')] },
  { title: 'compile, over an old file', args: ['compile', '-f', input, '--out', join(out, 'old.npt')], before: { 'old.npt': 'old' } },
  { title: 'compile, JSON into a pipe', args: ['compile', '-f', input, '--out', join(out, 'new.npt'), '-o', 'json'], stdout: 'pipe' },
  { title: 'snapshot, over an old file', args: ['snapshot', '-f', input, '--out', join(out, 'old.nps')], before: { 'old.nps': 'old' } },
  { title: 'simulate', args: ['simulate', '-f', input, '--mix', mix, ...SMALL] },
  { title: 'simulate tables, JSON into a pipe', args: ['simulate', '--tables', TABLES, ...SMALL, '-o', 'json'], stdout: 'pipe' },
  { title: 'can-reach', args: ['can-reach', 'shop/cart', 'shop/web', '--port', '80', '-f', input] },
  {
    title: 'can-reach in tables, into a pipe',
    args: ['can-reach', 'shop/cart', 'shop/web', '--port', '80', '--tables', TABLES],
    stdout: 'pipe',
  },
  { title: 'can-reach, --keep-going', args: ['can-reach', 'shop/cart', 'shop/web', '--port', '80', '--keep-going', '-f', input] },
  { title: 'inspect', args: ['inspect', '-f', input, '-o', 'json'] },
  { title: 'inspect tables', args: ['inspect', '--tables', TABLES] },
  { title: 'inspect of bad text', args: ['inspect', '-f', badText], code: 2 },
  { title: '--version', args: ['--version'] },
];

/**
 * Calls whose failure does not change the result: the folder of the output is searched for what killed runs have left, and synced to make the new name last, when the file has
 * taken it.
 */
function isHarmless({ name, path }: Call): boolean {
  return path === out && ['readdirSync', 'open', 'FileHandle.sync', 'FileHandle.close'].includes(name);
}

function describeRun({ fault, calls, stderr }: RunOutcome): string {
  const call = calls[fault.at - 1];
  return `call ${fault.at} (${call?.name} ${call?.path}) ${fault.code}${fault.persistent ? ', and all later ones' : ''}; stderr: ${stderr}`;
}

/** Exit code of a run in which this call failed. */
function expectedCode(path: string, keepGoing: boolean): number {
  const isInput = path.startsWith(input) || [mix, TABLES, badText].includes(path);
  return isInput && !keepGoing ? 2 : 3;
}

function checkRun(run: RunOutcome, plain: RunOutcome, { args, code: plainCode = 0 }: Case, before: readonly string[]): void {
  const { fault, calls, stdout, stderr, files, code } = run;
  const failedFirst = calls[fault.at - 1]!;
  const failed = fault.persistent ? calls.slice(fault.at - 1).find((call) => !isHarmless(call))! : failedFirst;
  const what = describeRun(run);
  const kept = files.filter((name) => !(name.startsWith('.netpolsim-') && fault.persistent));
  if (isHarmless(failed)) {
    expect({ code, stdout, files }, what).toEqual({ code: plainCode, stdout: plain.stdout, files: plain.files });
    return;
  }
  const codes = [expectedCode(failed.path, args.includes('--keep-going'))];
  // With nothing else to read, going on is no use.
  if (args.includes('--keep-going') && failed.path.startsWith(input)) codes.push(2);
  expect(codes, what).toContain(code);
  const onStdout = failed.path === '1';
  if (onStdout) expect(withoutNumbers(plain.stdout), what).toContain(withoutNumbers(stdout));
  else if (!args.includes('--keep-going')) expect(stdout, what).toBe('');
  if (onStdout && fault.code === 'EPIPE') expect(stderr, what).toBe('');
  else if (failed.name === 'existsSync') expect(stderr, what).toContain('there is no worker file');
  else if (code !== plainCode || plainCode === 0) expect(stderr, what).toMatch(CAUSES[fault.code]!);
  expect(stderr, what).not.toMatch(/^\s+at /m);
  if (failed.name !== 'existsSync') expect(stderr, what).not.toContain('internal error');
  // The target takes its new name in one step: before it, and when it fails, nothing has changed.
  const renamed = calls.findIndex(({ name }) => name === 'rename');
  const isNew = renamed >= 0 && fault.at > renamed + 1;
  expect(kept, what).toEqual(isNew ? plain.files : before);
  // When nothing can be done any more, not even the removal of the temporary file can.
  if (kept.length !== files.length)
    expect(
      calls
        .map(({ name }) => name)
        .slice(fault.at)
        .join(),
      what,
    ).toMatch(/unlinkSync|rmSync/);
}

async function runScenario(scenario: Scenario): Promise<ScenarioOutcome> {
  const stdoutFile = join(folder, 'stdout');
  const fd = openSync(stdoutFile, 'a');
  const runner = builtFile('dist-tools/test/fault/file-fault-runner.js');
  const child = fork(runner, [join(ROOT, 'dist/cli'), stdoutFile], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', fd, 'inherit', 'ipc'],
    execArgv: [...NODE_FLAGS],
    serialization: 'advanced',
  });
  closeSync(fd);
  try {
    return await new Promise<ScenarioOutcome>((resolve, reject) => {
      child.once('message', (outcome) => resolve(outcome as ScenarioOutcome));
      child.once('exit', (code, signal) => reject(new Error(`the runner ended: ${code ?? signal}`)));
      child.send(scenario);
    });
  } finally {
    child.kill('SIGKILL');
  }
}

describe('every file operation that fails', { sequential: true }, () => {
  it.each(COMMANDS)('in $title is an error with its cause, or does not matter', async (command) => {
    if (command.args.includes(TABLES)) expect(await runCli(['compile', '-f', input, '--out', TABLES])).toMatchObject({ code: 0 });
    const { args, stdout = 'file', before = {}, code = 0 } = command;
    const { plain, faulty } = await runScenario({ args, stdout, folder: out, before, codes: CODES });
    expect({ code: plain.code, stderr: code === 0 ? plain.stderr : '' }).toEqual({ code, stderr: '' });
    expect(plain.calls.length).toBeGreaterThan(1);
    expect(faulty.length).toBe(plain.calls.length * CODES.length * 2);
    const unchanged = filesOf(before);
    for (const run of faulty) checkRun(run, plain, command, unchanged);
    console.log(`${command.title}: ${plain.calls.length} calls, ${faulty.length} runs with a fault`);
  });
});

function filesOf(texts: Readonly<Record<string, string>>): string[] {
  return Object.entries(texts).map(([name, text]) => `${name} ${createHash('sha256').update(text).digest('hex')}`);
}

/** Without numbers and columns, which say how long a run took. */
function withoutNumbers(text: string): string {
  return text.replace(/[\d.,]+/g, '#').replace(/ +/g, ' ');
}

describe('a file operation that fails in a process of its own', () => {
  it('is an error with its cause, while its own files are loaded too, or does not matter', () => {
    const args = ['can-reach', 'shop/cart', 'shop/web', '--port', '80', '-f', '-'];
    const stdin = readFileSync(join(input, 'a.yaml'));
    writeFileSync(join(folder, 'stdin.yaml'), stdin);
    const run = (failCall: string) => {
      const fd = openSync(join(folder, 'stdin.yaml'), 'r');
      const { status, stdout, stderr } = spawnSync(process.execPath, [...NODE_FLAGS, MAIN, ...args], {
        cwd: ROOT,
        env: { PATH: process.env.PATH ?? '', ...preload('fail-call', { FAIL_CALL: failCall }) },
        stdio: [fd, 'pipe', 'pipe'],
        encoding: 'utf8',
      });
      closeSync(fd);
      const lines = stderr.split('\n');
      return {
        status,
        stdout,
        said: lines.filter((line) => !line.startsWith('call: ')).join('\n'),
        calls: lines.filter((line) => line.startsWith('call: ')),
      };
    };
    const plain = run('0');
    expect(plain).toMatchObject({ status: 0, stdout: expect.stringContaining('ALLOW') });
    expect(plain.calls).toContain('call: read 0');
    const count = plain.calls.length;
    const stride = Number(process.env.NETPOLSIM_FAULT_STRIDE ?? '4');
    // Before its first file has been read there is nobody to say anything but Node.
    const first = plain.calls.findLastIndex((line) => line.endsWith('/dist/cli/main.js')) + 2;
    const at = new Set([count - 2, count - 1, count]);
    for (let n = first; n <= count; n += stride) at.add(n);
    for (const n of at) {
      const { status, stdout, said } = run(`${n} EIO`);
      const what = `call ${n} of ${count}: ${plain.calls[n - 1]}\n${said}`;
      if (status === 0) {
        // Node goes on without some files: it looks for a package.json in every folder.
        expect(stdout, what).toBe(plain.stdout);
      } else {
        expect([2, 3], what).toContain(status);
        expect(said, what).toMatch(/^(netpolsim|<stdin>): .*(EIO|input\/output error)/m);
        expect(said, what).not.toMatch(/^\s+at /m);
      }
    }
    console.log(`${at.size} processes of ${count} calls with a fault`);
  });

  it('leaves the old output, when it is a step of writing', async () => {
    const target = writeText(folder, 'real/old.npt', 'old');
    const args = ['compile', '-f', input, '--out', target];
    const { stderr } = await runCli(args, { env: preload('fail-call', { FAIL_CALL: '0' }) });
    const calls = stderr.split('\n').filter((line) => line.startsWith('call: '));
    const steps = calls.map((line, i) => [i + 1, line] as const).filter(([, line]) => line.includes('.netpolsim-'));
    expect(steps.map(([, line]) => line.split(' ')[1])).toEqual([
      'open',
      'FileHandle.writeFile',
      'FileHandle.sync',
      'FileHandle.close',
      'rename',
    ]);
    for (const [n, line] of steps) {
      writeFileSync(target, 'old');
      const { code, stdout, stderr } = await runCli(args, { env: preload('fail-call', { FAIL_CALL: `${n} EIO` }) });
      expect(stderr, line).toContain('old.npt` cannot be written: input/output error (EIO)');
      expect({ code, stdout }, line).toEqual({ code: 3, stdout: '' });
      expect(readdirSync(join(folder, 'real')), line).toEqual(['old.npt']);
      expect(readFileSync(target, 'utf8'), line).toBe('old');
    }
  });
});
