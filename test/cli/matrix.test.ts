/**
 * `netpolsim matrix`: formats, exit codes, and what a wrong command line is told.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const CLUSTERS = join(ROOT, 'datasets/clusters');
const SHOP = ['-f', 'datasets/clusters/web-shop'];
const folder = temporaryFolder();
const matrix = (...args: readonly string[]) => runCli(['matrix', ...SHOP, ...args]);

const UNCERTAIN = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop, labels: {app: cart}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec: {podSelector: {matchLabels: {app: cart}}, ingress: [{from: 7}]}
`;

describe('matrix', () => {
  it('prints what the README shows', async () => {
    const { code, stdout, stderr } = await matrix('--focus', 'shop/checkout', '--direction', 'egress');
    expect([code, stderr]).toEqual([0, '']);
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(stdout);
  });

  for (const cluster of readdirSync(CLUSTERS)) {
    it(`writes JSON that keeps the schema, and lines that are its rows (${cluster})`, async () => {
      const args = ['matrix', '-q', '-f', join('datasets/clusters', cluster), '--nodes'];
      const [whole, lines] = [await runCli([...args, '-o', 'json']), await runCli([...args, '-o', 'ndjson'])];
      expect(whole.code).toBe(lines.code);
      const document = JSON.parse(whole.stdout);
      expect(validatorOf('reachability-matrix')(document)).toEqual([]);
      const rows = lines.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { unknown: unknown[]; some: { verdicts: string[] }[] });
      expect(rows).toEqual(document.rows);
      expect(document.counts.rows).toBe(rows.length);
      const isUncertain = rows.some(({ unknown, some }) => unknown.length > 0 || some.some(({ verdicts }) => verdicts.includes('unknown')));
      expect(whole.code).toBe(isUncertain ? 3 : 0);
    });
  }

  it('writes JSON without a row, too', async () => {
    const { stdout, code } = await matrix('--focus', 'shop/orders-db', '--direction', 'ingress', '--port', '1', '-o', 'json');
    const document = JSON.parse(stdout);
    expect([code, document.rows, document.counts]).toEqual([0, [], { rows: 0, unknown: 0, some: 0 }]);
    expect(validatorOf('reachability-matrix')(document)).toEqual([]);
  });

  it('has the same rows in every format', async () => {
    const { counts } = JSON.parse((await matrix('-o', 'json')).stdout) as { counts: { rows: number } };
    const lines = async (format: string, pattern: RegExp) => (await matrix('-o', format)).stdout.match(pattern)?.length;
    expect(await lines('table', /^\S.* {2,}\S.* {2,}(every|TCP|UDP|SCTP|some).*$/gm)).toBe(counts.rows);
    expect(await lines('wide', /^\S.* {2,}\S.* {2,}(every|TCP|UDP|SCTP).* {2,}[\d,]+$/gm)).toBe(counts.rows);
    expect(await lines('csv', /^"[^"]+","[^"]+","[^"]*","[^"]*","[^"]*","[^"]*",\d+\r$/gm)).toBe(counts.rows);
    expect(await lines('md', /^\| `[^`]+` \| `[^`]+` \| `[^`]+` \|$/gm)).toBe(counts.rows);
    expect(await lines('dot', /^ {2}"[^"]+" -> "[^"]+" \[label="[^"]+"(, style=dashed)?\];$/gm)).toBe(counts.rows);
  });

  it('exits 3 where a verdict is unknown, says which, and stops at errors unless it is told to go on', async () => {
    const file = writeText(folder, 'uncertain.yaml', UNCERTAIN);
    const stopped = await runCli(['matrix', '-f', file]);
    expect([stopped.code, stopped.stdout]).toEqual([2, '']);
    const { code, stdout } = await runCli(['matrix', '-f', file, '--keep-going', '--peers', 'pods']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^shop\/web +shop\/cart +unknown: every port$/m);
    expect(stdout).toMatch(/^shop\/cart +shop\/web +every port$/m);
    const dot = await runCli(['matrix', '-f', file, '--keep-going', '--peers', 'pods', '-o', 'dot']);
    expect(dot.stdout).toContain('"shop/web" -> "shop/cart" [label="unknown: every port", style=dashed];');
  });

  it('exits 3 where an end could not be read, although every row is certain', async () => {
    const file = writeText(
      folder,
      'unreadable.yaml',
      `${UNCERTAIN.split('---')[0]}---\n${UNCERTAIN.split('---')[1]?.replace('app: cart', 'app: 7')}`,
    );
    const { code, stdout, stderr } = await runCli(['matrix', '-f', file, '--keep-going']);
    expect([code, stderr.includes('error')]).toEqual([3, true]);
    expect(stdout).not.toContain('unknown:');
    const tables = join(folder, 'unreadable.npt');
    await runCli(['compile', '-f', file, '--keep-going', '--out', tables]);
    const compiled = await runCli(['matrix', '--tables', tables]);
    expect([compiled.code, compiled.stdout]).toEqual([3, stdout]);
    expect(compiled.stderr).toContain('unreadable.npt: error: compiled from input with an error: verdicts that depend on');
  });

  it('says that there is no pod, where only policies are given', async () => {
    const policy =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: all, namespace: shop}\nspec: {podSelector: {}}\n';
    const { code, stdout, stderr } = await runCli(['matrix', '-f', writeText(folder, 'policies.yaml', policy)]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('netpolsim: there is no pod in the input');
  });

  it('is the same twice, and with compiled tables', async () => {
    const tables = join(folder, 'shop.npt');
    await runCli(['compile', ...SHOP, '--out', tables]);
    const [first, second, third] = [
      await matrix('-o', 'csv'),
      await matrix('-o', 'csv'),
      await runCli(['matrix', '--tables', tables, '-o', 'csv']),
    ];
    expect([second.stdout, third.stdout]).toEqual([first.stdout, first.stdout]);
  });

  it.each([
    [['--direction', 'egress'], '`--direction` is that of a focus'],
    [['--focus', 'shop/chekout'], 'did you mean `shop/checkout`?'],
    [['--focus', 'nowhere'], 'there is no pod in a namespace `nowhere`'],
    [['--nodes', '--peers', 'pods'], '`--nodes` and `--peers` do not go together'],
    [['--by', 'pods'], 'did you mean `pod`?'],
    [['-o', 'yaml'], '`--output` must be one of `table`, `wide`, `json`, `ndjson`, `csv`, `md`, `dot`'],
    [['--port', '0'], '`--port`'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await matrix(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
