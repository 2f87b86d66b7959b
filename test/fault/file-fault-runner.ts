/**
 * Runs command lines in this process, each once for every call of node:fs that it makes and every error that the call may end with. A child process of
 * `file-faults.test.ts`: in come scenarios as messages, out go what each run did. Standard output is a file in which every run finds nothing, or a pipe that is played.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Call, countCall, type Fault, watchCalls } from '../support/preload/fail-call.ts';

export interface Scenario {
  readonly args: readonly string[];
  readonly stdout: 'file' | 'pipe';
  /** The folder that is looked at after every run. */
  readonly folder: string;
  /** Files of that folder, written before every run; everything else in it is removed. */
  readonly before: Readonly<Record<string, string>>;
  readonly codes: readonly string[];
}

export interface RunOutcome {
  readonly fault: Fault;
  readonly calls: readonly Call[];
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
  /** Name and SHA-256 of every file in the folder, in order of names. */
  readonly files: readonly string[];
}

export interface ScenarioOutcome {
  /** Without a fault. */
  readonly plain: RunOutcome;
  readonly faulty: readonly RunOutcome[];
}

const [mainFolder = '', stdoutFile = ''] = process.argv.slice(2);
// `fs.*` is patched for the run; what this file needs for itself it took before, or uses while nothing is counted.
const { run } = (await import(pathToFileURL(`${mainFolder}/run.js`).href)) as { run: (args: readonly string[]) => Promise<void> };

const EVENTS = ['uncaughtException', 'unhandledRejection', 'beforeExit', 'SIGINT', 'SIGTERM', 'SIGHUP'];

async function runOnce({ args, stdout, folder, before }: Scenario, fault: Fault): Promise<RunOutcome> {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
  for (const [name, text] of Object.entries(before)) fs.writeFileSync(`${folder}/${name}`, text);
  fs.truncateSync(stdoutFile);
  let piped = '';
  let stderr = '';
  const restore = [
    replace(process.stderr, 'write', (text: string) => {
      stderr += text;
      return true;
    }),
    replace(process, 'exit', (code: number) => {
      throw new Error(`process.exit(${code})`);
    }),
  ];
  const stop = watchCalls(fault);
  if (stdout === 'pipe') {
    restore.push(
      replace(fs, 'fstatSync', () => ({ isFile: () => false })),
      replace(process.stdout, 'write', (text: string, done: (error?: Error) => void) => {
        const error = countCall('stdout.write', '1');
        if (error === undefined) piped += text;
        setImmediate(done, error);
        return true;
      }),
    );
  }
  process.exitCode = 99;
  await run(args);
  const { exitCode: code } = process;
  const calls = stop();
  for (const undo of restore.reverse()) undo();
  for (const event of EVENTS) process.removeAllListeners(event);
  process.stdout.removeAllListeners('error');
  process.stderr.removeAllListeners('error');
  const files = fs.readdirSync(folder).sort();
  return {
    fault,
    calls,
    code,
    stdout: stdout === 'pipe' ? piped : fs.readFileSync(stdoutFile, 'utf8'),
    stderr,
    files: files.map((name) => `${name} ${sha256(fs.readFileSync(`${folder}/${name}`))}`),
  };
}

function replace(target: object, name: string, value: unknown): () => void {
  const original: unknown = Reflect.get(target, name);
  Object.assign(target, { [name]: value });
  syncExports();
  return () => {
    Object.assign(target, { [name]: original });
    syncExports();
  };
}

const { syncBuiltinESMExports: syncExports } = await import('node:module');

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function runAll(scenario: Scenario): Promise<ScenarioOutcome> {
  // The first run loads modules, which reads files.
  await runOnce(scenario, { at: 0, code: '' });
  const plain = await runOnce(scenario, { at: 0, code: '' });
  const faulty: RunOutcome[] = [];
  for (let at = 1; at <= plain.calls.length; at++) {
    for (const code of scenario.codes) {
      for (const persistent of [false, true]) faulty.push(await runOnce(scenario, { at, code, persistent }));
    }
  }
  return { plain, faulty };
}

process.on('message', async (scenario: Scenario) => {
  const outcome = await runAll(scenario);
  process.exitCode = 0;
  process.send?.(outcome);
});
