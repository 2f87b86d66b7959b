/**
 * Where results go: files whole or not at all, streams that break, signals, and that no lost result exits 0.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listening, MAIN, preload, ROOT, runCli, startCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { NODE_FLAGS } from '../support/node-flags.ts';
import { validatorOf } from '../support/schemas.ts';

const CLUSTER = ['-f', 'datasets/clusters/three-tier'];
const folder = temporaryFolder();
const tables = join(folder, 'tables.npt');

beforeAll(async () => {
  const { code, stderr } = await runCli(['compile', ...CLUSTER, '--out', tables]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
});

interface SimulationDocument {
  readonly flows: number;
  readonly verdicts: Readonly<Record<'allow' | 'deny' | 'unknown', number>>;
  readonly run: { readonly replay: string };
}

async function simulationDocument(args: readonly string[]): Promise<Omit<SimulationDocument, 'run'>> {
  const { code, stdout, stderr } = await runCli(['simulate', ...args, '-o', 'json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const document = JSON.parse(stdout) as SimulationDocument;
  expect(validatorOf('simulation-report')(document)).toEqual([]);
  const { run: _, ...rest } = document;
  return rest;
}

describe('compile', () => {
  it('writes tables that only their owner reads, and reports them', async () => {
    const out = join(folder, 'report.npt');
    const { code, stdout } = await runCli(['compile', ...CLUSTER, '--out', out, '-o', 'json']);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as { out: { sizeBytes: number } };
    expect(validatorOf('compile-report')(document)).toEqual([]);
    expect(statSync(out).size).toBe(document.out.sizeBytes);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('writes the same bytes for the same input', async () => {
    const out = join(folder, 'again.npt');
    await runCli(['compile', ...CLUSTER, '--out', out]);
    expect(readFileSync(out).equals(readFileSync(tables))).toBe(true);
  });

  it('replaces a symbolic link and leaves alone what it points to', async () => {
    const target = writeText(folder, 'precious.txt', 'precious');
    const link = join(folder, 'link.npt');
    symlinkSync(target, link);
    expect(await runCli(['compile', ...CLUSTER, '--out', link])).toMatchObject({ code: 0 });
    expect(readFileSync(target, 'utf8')).toBe('precious');
    expect(lstatSync(link).isSymbolicLink()).toBe(false);
  });

  it.each([
    ['a directory', folder, 'it is a directory'],
    ['a device', '/dev/null', 'not a file'],
    ['a folder that is not there', join(folder, 'none/x.npt'), 'no such file or directory'],
    ['stdout', '-', 'not written to stdout'],
    ['a file as a folder', join(folder, 'tables.npt/x'), 'not a directory'],
  ])('refuses %s as its output and exits 3', async (_, out, message) => {
    const before = readdirSync(folder);
    const { code, stdout, stderr } = await runCli(['compile', ...CLUSTER, '--out', out]);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('leaves the old file as it was, and no temporary file, when the input has errors', async () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    const out = writeText(inner, 'old.npt', 'old');
    const broken = writeText(folder, 'broken.yaml', BROKEN);
    expect(await runCli(['compile', ...CLUSTER, '-f', broken, '--out', out])).toMatchObject({ code: 2, stdout: '' });
    expect(readFileSync(out, 'utf8')).toBe('old');
    expect(readdirSync(inner)).toEqual(['old.npt']);
  });

  it('writes tables with unknown verdicts when it is told to keep going, and exits 3', async () => {
    const broken = writeText(folder, 'broken.yaml', BROKEN);
    const out = join(folder, 'partly.npt');
    const { code, stdout } = await runCli(['compile', ...CLUSTER, '-f', broken, '--out', out, '--keep-going']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/policies that cannot be read +1\n/);
    const simulation = await runCli(['simulate', '--tables', out, '--flows', '100k', '-o', 'json']);
    expect(simulation.code).toBe(3);
    expect((JSON.parse(simulation.stdout) as SimulationDocument).verdicts.unknown).toBeGreaterThan(0);
  });

  it.each(['open', 'write', 'sync', 'close', 'rename'])(
    'leaves the old file as it was, and no temporary file, when %s fails',
    async (step) => {
      const inner = join(folder, `fail-${step}`);
      const out = writeText(inner, 'old.npt', 'old');
      const { code, stdout, stderr } = await runCli(['compile', ...CLUSTER, '--out', out], {
        env: preload('fail-file', { FAIL_STEP: step }),
      });
      expect(stderr).toContain('old.npt` cannot be written: no space left on the device (ENOSPC)');
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(readFileSync(out, 'utf8')).toBe('old');
      expect(readdirSync(inner)).toEqual(['old.npt']);
    },
  );

  it.skipIf(process.getuid?.() === 0)('names a folder that it may not write to', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    const { code, stderr } = await runCli(['compile', ...CLUSTER, '--out', join(closed, 'x.npt')]);
    expect(stderr).toContain('permission denied (EACCES)');
    expect(code).toBe(3);
  });
});

const BROKEN = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: broken, namespace: bookstore}
spec:
  podSelector: {}
  ingress:
    - ports: [{port: 70707}]
`;

describe('simulate', () => {
  const flows = ['--flows', '300k', '--seed', '7'];

  it('gives the same report from tables as from the manifests, for any number of workers', async () => {
    const fromManifests = await simulationDocument([...CLUSTER, ...flows, '--workers', '1']);
    expect(await simulationDocument(['--tables', tables, ...flows, '--workers', '2'])).toEqual(fromManifests);
    expect(await simulationDocument(['--tables', tables, '--flows', '300k', '--seed', '8', '--workers', '2'])).not.toEqual(fromManifests);
    const { allow, deny, unknown } = fromManifests.verdicts;
    expect(allow).toBeGreaterThan(0);
    expect(deny).toBeGreaterThan(0);
    expect(allow + deny + unknown).toBe(300_000);
  });

  it('prints a report that names speed, verdicts, rules and how to run it again', async () => {
    const { code, stdout, stderr } = await runCli(['simulate', ...CLUSTER, ...flows, '--workers', '2']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const text of ['300,000 flows', 'flows/s', 'VERDICT', 'Busiest rules', 'Most denied', '20-policies.yaml:'])
      expect(stdout).toContain(text);
    expect(stdout).toContain('Run it again: netpolsim simulate -f datasets/clusters/three-tier --flows 300000 --seed 7\n');
  });

  it('does not take an empty file for a mix', async () => {
    const file = writeText(folder, 'empty.yaml', '');
    const { code, stdout, stderr } = await runCli(['simulate', '-f', 'datasets/clusters/web-shop', '--flows', '1k', '--mix', file]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('holds no traffic mix');
  });

  it('follows a traffic mix, and names everything that is wrong with one', async () => {
    const args = ['simulate', '-f', 'datasets/clusters/web-shop', '--flows', '100k', '--mix'];
    const { code, stdout } = await runCli([...args, 'datasets/mixes/web-shop.json']);
    expect(code).toBe(0);
    expect(stdout).toContain('as the mix says');
    const wrong = writeText(
      folder,
      'mix.json',
      JSON.stringify({ apiVersion: 'netpolsim/v1', kind: 'TrafficMix', entries: [{ from: 'shop/wep', to: 'shop/cart', port: 1 }] }),
    );
    const refused = await runCli([...args, wrong]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('entries[0]');
    expect(refused.stderr).toContain('shop/wep');
    expect(await runCli([...args, writeText(folder, 'no.json', '{"secret"')])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.not.stringContaining('secret'),
    });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('stops after %s, with a message and without a result', async (signal) => {
    const { child, result } = startCli(['simulate', '--tables', tables, '--flows', '1000G', '--workers', '2'], {
      env: preload('tell-listening'),
    });
    child.stdin?.end();
    await listening(child);
    // In the middle of the run, mostly: what is expected holds at any time.
    await new Promise((done) => setTimeout(done, 1500));
    child.kill(signal);
    // Left alone it would run for hours.
    const { code, stdout, stderr } = await result;
    expect(stderr.replace('listening\n', '')).toBe(`netpolsim: stopped by ${signal}: there is no result\n`);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });
});

describe('inspect', () => {
  it('says the same of tables in a file as of the manifests they come from', async () => {
    const fromFile = await runCli(['inspect', '--tables', tables, '-o', 'json']);
    const fromManifests = await runCli(['inspect', ...CLUSTER, '-o', 'json']);
    expect(fromFile).toMatchObject({ code: 0, stderr: '' });
    expect(fromManifests.stdout).toBe(fromFile.stdout);
    expect(validatorOf('inspect-report')(JSON.parse(fromFile.stdout))).toEqual([]);
  });

  it('shows classes, rows, pages and bytes', async () => {
    const { stdout } = await runCli(['inspect', '--tables', tables]);
    for (const text of ['subject classes', 'peer classes', 'rows', 'pages: allow bits', 'SECTION', 'BYTES']) expect(stdout).toContain(text);
  });

  it('refuses tables that were cut or changed', async () => {
    const bytes = readFileSync(tables);
    const changed = Buffer.from(bytes);
    changed[bytes.length >> 1]! ^= 0xff;
    for (const [name, content] of [
      ['cut.npt', bytes.subarray(0, bytes.length >> 1)],
      ['changed.npt', changed],
    ] as const) {
      writeFileSync(join(folder, name), content);
      const { code, stdout, stderr } = await runCli(['inspect', '--tables', join(folder, name)]);
      expect(stderr).toContain('cannot be used as compiled tables');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
  });
});

describe('stdout', () => {
  it('that is closed by its reader ends the run quietly with 3', async () => {
    const { child, result } = startCli(['inspect', '--tables', tables, '-o', 'json']);
    child.stdout?.destroy();
    child.stdin?.end();
    expect(await result).toMatchObject({ code: 3, stderr: '' });
  });

  it('into `head -1` gives one line and no stack', () => {
    const line = `"${process.execPath}" ${NODE_FLAGS.join(' ')} "${MAIN}" inspect --tables "${tables}" -o json | head -1`;
    expect(execFileSync('sh', ['-c', line], { cwd: ROOT, encoding: 'utf8' })).toBe('{\n');
  });

  it.skipIf(!existsSync('/dev/full'))('on a full disk is an error with 3', async () => {
    const full = openSync('/dev/full', 'w');
    const { code, stderr } = await runCli(['inspect', '--tables', tables], { stdout: full });
    closeSync(full);
    expect(stderr).toContain('no space left on the device (ENOSPC)');
    expect(code).toBe(3);
  });

  it('into a file holds the whole result', async () => {
    const file = join(folder, 'out.json');
    const fd = openSync(file, 'w');
    const { code } = await runCli(['inspect', '--tables', tables, '-o', 'json'], { stdout: fd });
    closeSync(fd);
    expect(code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe((await runCli(['inspect', '--tables', tables, '-o', 'json'])).stdout);
  });

  it('through a slow pipe holds the whole result', async () => {
    const child = spawn(process.execPath, [...NODE_FLAGS, MAIN, 'inspect', '--tables', tables, '-o', 'json'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let length = 0;
    for await (const chunk of child.stdout) {
      length += (chunk as Buffer).length;
      await new Promise((done) => setTimeout(done, 5));
    }
    expect(length).toBe(Buffer.byteLength((await runCli(['inspect', '--tables', tables, '-o', 'json'])).stdout));
  });

  it('into a file holds the whole result when the system takes little at a time', async () => {
    const file = join(folder, 'short.json');
    const fd = openSync(file, 'w');
    const { code } = await runCli(['inspect', '--tables', tables, '-o', 'json'], { stdout: fd, env: preload('short-writes') });
    closeSync(fd);
    expect(code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe((await runCli(['inspect', '--tables', tables, '-o', 'json'])).stdout);
  });
});

describe('a run without a result', () => {
  it('that waits for what never comes exits 3 and says so', async () => {
    const { code, stdout, stderr } = await runCli(['inspect', '--tables', tables], { env: preload('never-settle') });
    expect(stderr).toBe('netpolsim: internal error: the run ended without a result\n');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  it('because of an exception that belongs to nobody exits 3 without a stack', async () => {
    const { code, stdout, stderr } = await runCli(['inspect', '--tables', tables], { env: preload('throw-late') });
    expect(stderr).toBe('netpolsim: internal error: Error: thrown late\n');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  it('because Node is too old exits 2 and says what is needed', async () => {
    const { code, stdout, stderr } = await runCli(['--version'], { env: preload('old-node') });
    expect(stderr).toBe('netpolsim: needs Node 20.19 or newer, this is 20.18.3\n');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
