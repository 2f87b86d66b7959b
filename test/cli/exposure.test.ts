/**
 * `netpolsim matrix --exposure`: formats, exit codes, and what a wrong command line is told.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const CLUSTERS = join(ROOT, 'datasets/clusters');
const folder = temporaryFolder();
const exposure = (...args: readonly string[]) => runCli(['matrix', '-f', 'datasets/clusters/web-shop', '--exposure', ...args]);

describe('matrix --exposure', () => {
  it('prints what the README shows', async () => {
    const { code, stdout, stderr } = await exposure('--focus', 'shop/currency');
    expect([code, stderr]).toEqual([0, '']);
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(stdout);
  });

  for (const cluster of readdirSync(CLUSTERS)) {
    it(`writes JSON that keeps the schema (${cluster})`, async () => {
      const whole = await runCli(['matrix', '-q', '-f', join('datasets/clusters', cluster), '--exposure', '-o', 'json']);
      const document = JSON.parse(whole.stdout);
      expect(validatorOf('reachability-matrix')(document)).toEqual([]);
      expect([document.exposure, document.counts.rows > 0]).toEqual([true, true]);
      expect(whole.code).toBe(/"verdicts":\[[^\]]*"unknown"|"unknown":\[\{/.test(whole.stdout) ? 3 : 0);
    });
  }

  it('keeps to pods that `-l` and `-n` choose, and writes lines that are rows of the whole', async () => {
    type Row = { from: { namespace?: string; name?: string }; to: { namespace?: string; name?: string } };
    const rowsOf = async (...args: readonly string[]): Promise<Row[]> => {
      const { code, stdout } = await exposure('-q', '-o', 'ndjson', ...args);
      expect(code).toBe(0);
      return stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Row);
    };
    const all = await rowsOf();
    const checkout = all.filter((row) => [row.from, row.to].some(({ namespace, name }) => namespace === 'shop' && name === 'checkout'));
    expect(checkout.length).toBeGreaterThan(1);
    expect(await rowsOf('-l', 'app=checkout')).toEqual(checkout);
    expect(await rowsOf('-n', 'shop', '-l', 'app=checkout', '--direction', 'ingress')).toEqual(
      checkout.filter(({ to }) => to.name === 'checkout'),
    );
    expect(await rowsOf('-n', 'shop')).toEqual(all.filter((row) => [row.from, row.to].some(({ namespace }) => namespace === 'shop')));
  });

  it('has the same rows in every format', async () => {
    const { counts } = JSON.parse((await exposure('-o', 'json')).stdout) as { counts: { rows: number } };
    const lines = async (format: string, pattern: RegExp) => (await exposure('-o', format)).stdout.match(pattern)?.length;
    expect(await lines('table', /^\S.* {2,}\S.* {2,}(every|TCP|UDP|SCTP|some).*$/gm)).toBe(counts.rows);
    expect(await lines('wide', /^\S.* {2,}\S.* {2,}(every|TCP|UDP|SCTP).* {2,}[\d,]+$/gm)).toBe(counts.rows);
    expect(await lines('csv', /^"[^"]+","[^"]+","[^"]*","[^"]*","[^"]*","[^"]*",\d+\r$/gm)).toBe(counts.rows);
    expect(await lines('md', /^\| `[^`]+` \| `[^`]+` \| `[^`]+`[^|]* \|$/gm)).toBe(counts.rows);
    expect(await lines('dot', /^ {2}"[^"]+" -> "[^"]+" \[label="[^"]+"(, style=dashed)?\];$/gm)).toBe(counts.rows);
  });

  it('keeps to one direction, with a focus and without', async () => {
    const ends = async (...args: readonly string[]) => {
      const { rows } = JSON.parse((await exposure('-o', 'json', ...args)).stdout) as { rows: { to: { kind: string } }[] };
      return [...new Set(rows.map(({ to }) => to.kind))].sort();
    };
    expect(await ends('--direction', 'ingress')).toEqual(['workload']);
    expect(await ends('--direction', 'egress', '--focus', 'shop')).toEqual(['addresses', 'futurePods']);
  });

  it('reads a pipe once, and goes on with what it could not read (exit 3)', async () => {
    const pods = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n';
    const broken = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web, namespace: shop}\nspec: {ingress: 7}\n';
    const { code, stdout } = await runCli(['matrix', '-f', '-', '--exposure', '--keep-going'], { stdin: `${pods}---\n${broken}` });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^any pod +shop\/web +unknown: every port$/m);
  });

  it('has no tables to read', async () => {
    const tables = join(folder, 'shop.npt');
    await runCli(['compile', '-f', 'datasets/clusters/web-shop', '--out', tables]);
    const { code, stdout, stderr } = await runCli(['matrix', '--tables', tables, '--exposure']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('`--exposure` and `--tables` do not go together: tables hold no selectors, give the manifests with `-f PATH`');
  });

  it.each([
    [['--peers', 'outside'], '`--exposure` and `--peers` do not go together'],
    [['--nodes'], '`--exposure` and `--nodes` do not go together'],
    [['--denied'], '`--exposure` and `--denied` do not go together'],
    [['--focus', 'shop/chekout'], 'did you mean `shop/checkout`?'],
    [['--direction', 'up'], '`--direction` must be one of `ingress`, `egress`'],
    [['-l', 'app=nothing'], 'no pod has the labels `app=nothing`'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await exposure(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
