/**
 * SIGINT and SIGTERM at several moments of a run: it is gone within two seconds, says that there is no result or had one, and leaves whole files only. Two seconds are what is
 * promised (`--help`), so they are what is checked, by the clock of this process; a run that stops takes some 50 milliseconds.
 *
 * While input is read and compiled the signal ends the process by itself, which a shell shows as 130 and 143; afterwards the exit code is 3.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, preload, runCli, says, startCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';

const PROMISED_MS = 2000;
const CLUSTER = ['-f', 'datasets/clusters/platform'];
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const folder = temporaryFolder();
const tables = join(folder, 'tables.npt');
const large = join(folder, 'large.json');
let inspection: string;
let largeInspection: string;

beforeAll(async () => {
  expect(await runCli(['compile', ...CLUSTER, '--out', tables])).toMatchObject({ code: 0 });
  inspection = (await runCli(['inspect', '--tables', tables])).stdout;
  writeText(folder, 'large.json', largeCluster());
  largeInspection = (await runCli(['inspect', '-f', large])).stdout;
  expect(largeInspection).not.toBe('');
});

/** Takes seconds to read and seconds to compile. */
function largeCluster(): string {
  const items: object[] = [];
  for (let i = 0; i < 15_000; i++) {
    const labels = { app: `a${i % 997}`, row: `${i % 3000}` };
    const status = { podIP: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}` };
    items.push({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${i}`, namespace: `ns${i % 100}`, labels },
      spec: { containers: [] },
      status,
    });
  }
  for (let i = 0; i < 4000; i++) {
    const from = [
      { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: 'row', operator: 'In', values: [`${i % 3000}`, `${i}`] }] } },
    ];
    const spec = { podSelector: { matchLabels: { app: `a${(i * 7) % 997}` } }, ingress: [{ from, ports: [{ port: 1000 + i }] }] };
    items.push({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `np${i}`, namespace: `ns${i % 100}` },
      spec,
    });
  }
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

type Child = ReturnType<typeof startCli>['child'];

interface Stopped extends CliResult {
  readonly elapsedMs: number;
}

/** Starts a run, waits for its moment, sends the signal. */
async function stopAt(
  args: readonly string[],
  signal: NodeJS.Signals,
  moment: (child: Child) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<Stopped> {
  const { child, result } = startCli(args, { env });
  await moment(child);
  const sent = performance.now();
  child.kill(signal);
  const outcome = await result;
  return { ...outcome, elapsedMs: performance.now() - sent };
}

/** What holds when a signal comes before the end. */
function checkStopped({ code, signal, stdout, stderr, elapsedMs }: Stopped, sent: NodeJS.Signals): void {
  expect(elapsedMs, stderr).toBeLessThan(PROMISED_MS);
  expect([`3 null`, `null ${sent}`], stderr).toContain(`${code} ${signal}`);
  expect(stdout).toBe('');
  const said = stderr.split('\n').filter((line) => !/^(step: \w+|reading|read|listening|)$/.test(line) && !/warning: /.test(line));
  expect(said).toEqual(code === 3 ? [`netpolsim: stopped by ${sent}: there is no result`] : []);
}

/** What holds when a signal may come after the last word, too: all is said or nothing is. */
function checkStoppedOrDone(outcome: Stopped, whole: string, sent: NodeJS.Signals): void {
  expect(outcome.elapsedMs).toBeLessThan(PROMISED_MS);
  expect(['', whole]).toContain(outcome.stdout);
  if (outcome.code !== 0) checkStopped({ ...outcome, stdout: '' }, sent);
}

describe.each(SIGNALS)('%s', (sent) => {
  it.each([0, 100, 200, 300])('%i ms after the start ends the run, or it was done', async (afterMs) => {
    checkStoppedOrDone(await stopAt(['inspect', '--tables', tables], sent, () => pause(afterMs)), inspection, sent);
  });

  it('after the last word leaves that word', async () => {
    const moment = (child: Child) => new Promise<void>((said) => void child.stdout?.once('data', () => said()));
    const outcome = await stopAt(['inspect', '-f', large], sent, moment);
    checkStoppedOrDone(outcome, largeInspection, sent);
    expect(outcome.stdout).not.toBe('');
  });

  it('ends a run that waits for standard input', async () => {
    checkStopped(await stopAt(['can-reach', 'a/b', 'c/d', '--port', '1', '-f', '-'], sent, () => pause(600)), sent);
  });

  it.each([0, 300])('ends a run %i ms after it began to read a large file', async (afterMs) => {
    const moment = (child: Child) => says(child, 'reading\n').then(() => pause(afterMs));
    checkStopped(await stopAt(['inspect', '-f', large], sent, moment, preload('tell-reading')), sent);
  });

  it.each([0, 100, 800])('ends a run %i ms after it has read a large file and begins to compile, or it was done', async (afterMs) => {
    const moment = (child: Child) => says(child, 'read\n').then(() => pause(afterMs));
    const outcome = await stopAt(['inspect', '-f', large], sent, moment, preload('tell-reading'));
    // A fast machine has compiled it by then.
    if (afterMs === 0) checkStopped(outcome, sent);
    else checkStoppedOrDone(outcome, largeInspection, sent);
  });

  it.each([50, 700])('ends a simulation %i ms after it began', async (afterMs) => {
    const args = ['simulate', '--tables', tables, '--flows', '1000G', '--workers', '2'];
    const moment = (child: Child) => says(child, 'listening\n').then(() => pause(afterMs));
    checkStopped(await stopAt(args, sent, moment, preload('tell-listening')), sent);
  });

  it.each(['open', 'write', 'sync', 'close', 'rename'])('ends a run that writes a file, at its %s, and leaves no file', async (step) => {
    const out = join(folder, `${sent}-${step}`);
    mkdirSync(out);
    const target = join(out, 'tables.npt');
    const args = ['compile', ...CLUSTER, '--out', target];
    const outcome = await stopAt(args, sent, (child) => says(child, `step: ${step}\n`), preload('slow-write', { SLOW_WRITE_MS: '40' }));
    checkStopped(outcome, sent);
    expect(readdirSync(out)).toEqual([]);
  });

  it('after the file has its name leaves it whole', async () => {
    const target = join(folder, `${sent}-late.npt`);
    const args = ['compile', ...CLUSTER, '--out', target];
    const outcome = await stopAt(
      args,
      sent,
      (child) => says(child, 'step: rename\n').then(() => pause(30)),
      preload('slow-write', { SLOW_WRITE_MS: '20' }),
    );
    expect(outcome.elapsedMs).toBeLessThan(PROMISED_MS);
    if (existsSync(target)) expect(readFileSync(target).equals(readFileSync(tables))).toBe(true);
    else expect(outcome.code).not.toBe(0);
  });

  it('ends a run whose result nobody takes', async () => {
    const args = ['simulate', '--tables', tables, '--flows', '1k', '-o', 'json'];
    const { child, result } = startCli(args, { env: preload('stuck-stdout') });
    await says(child, 'stuck\n');
    const begun = performance.now();
    child.kill(sent);
    const { code, stderr } = await result;
    expect(performance.now() - begun).toBeLessThan(PROMISED_MS);
    expect(stderr).toBe(`stuck\nnetpolsim: stopped by ${sent}: there is no result\n`);
    expect(code).toBe(3);
  });

  it('a second time ends the run at once', async () => {
    const args = ['simulate', '--tables', tables, '--flows', '1000G', '--workers', '2'];
    const moment = async (child: Child) => {
      await says(child, 'listening\n');
      child.kill(sent);
    };
    checkStopped(await stopAt(args, sent, moment, preload('tell-listening')), sent);
  });
});
