/**
 * `netpolsim fuzz`: forms, exit codes, folders, seeds and paths, and what wrong input is told; and the suite that the README shows.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { reference } from '../../src/reference/reference.ts';
import { ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const folder = temporaryFolder();
const fuzz = (...args: readonly string[]) => runCli(['fuzz', ...args], { cwd: folder });
const HEAD = 'apiVersion: netpolsim/v1\nkind: Invariants\ninvariants:\n';
const pod = (namespace: string, name: string, ip: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}\nstatus: {podIP: ${ip}}\n---\n`;
const PODS = `${pod('dev', 'api', '10.0.0.1')}${pod('prod', 'web', '10.0.0.2')}${pod('prod', 'db', '10.0.0.3')}`;
const policy = (name: string, selector: string, ingress = '[]') =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: prod}\nspec: {podSelector: ${selector}, ingress: ${ingress}}\n---\n`;
const FROM_WEB = '[{from: [{podSelector: {matchLabels: {app: web}}}]}]';

writeText(folder, 'pods.yaml', PODS);
writeText(folder, 'own/db.yaml', policy('db', '{matchLabels: {app: db}}', FROM_WEB));
writeText(folder, 'same/db.yaml', policy('other-name', '{matchExpressions: [{key: app, operator: In, values: [db]}]}', FROM_WEB));
writeText(folder, 'wider/db.yaml', policy('db', '{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}', FROM_WEB));
writeText(folder, 'strict/all.yaml', policy('closed', '{}'));
const NEVER = '  - { name: dev stays out, never: { from: { namespace: dev }, to: { workload: prod/db } } }\n';
writeText(folder, 'never.yaml', `${HEAD}${NEVER}`);
const OWN = ['-f', 'pods.yaml', '-f', 'own'];

interface Report {
  readonly seed: number;
  readonly invariants: readonly {
    readonly name: string;
    readonly result: string;
    readonly unknownNeighbours: number;
    readonly counterexample: null | {
      readonly path: string;
      readonly changes: readonly string[];
      readonly folder: string | null;
      readonly broken: readonly { readonly flow: Parameters<ReturnType<typeof reference>['canReach']>[0]; readonly verdict: string }[];
    };
  }[];
}

const check = validatorOf('fuzz-report');

async function reportOf(...args: readonly string[]): Promise<{ code: number | null; report: Report }> {
  const { code, stdout, stderr } = await fuzz(...args, '-o', 'json');
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as Report;
  expect(check(report)).toEqual([]);
  return { code, report };
}

describe('fuzz', () => {
  it('finds what breaks an invariant, writes it, and finds it again; `can-reach` and the reference say the same of it', async () => {
    const { code, report } = await reportOf('never.yaml', ...OWN, '--out', 'found');
    expect([code, report.invariants[0]?.result]).toEqual([1, 'broken']);
    const { path, changes, broken, folder: written } = report.invariants[0]!.counterexample!;
    expect(changes).toEqual([expect.stringMatching(/^pod prod\/db (loses|has) the label/)]);
    expect(written).toBe('found');
    expect(readdirSync(join(folder, 'found')).sort()).toEqual(['README.md', 'cluster.yaml']);
    const asked = reference(await loadManifests([join(folder, 'found')]));
    for (const { flow, verdict } of broken) expect(asked.canReach(flow).verdict).toBe(verdict);

    const page = readFileSync(join(folder, 'found/README.md'), 'utf8');
    expect(page).toContain(changes[0]);
    const [, again = '', ask = ''] = /^again: netpolsim (.*)\nask: netpolsim (.*)$/m.exec(page) ?? [];
    expect(again).toContain(`--seed 1 --path ${path}`);
    const second = await runCli([...again.split(' '), '-o', 'json'], { cwd: folder });
    expect((JSON.parse(second.stdout) as Report).invariants[0]?.counterexample).toEqual({
      ...report.invariants[0]?.counterexample,
      folder: null,
    });
    const answer = await runCli([...ask.split(' '), '--expect', 'allow'], { cwd: folder });
    expect([answer.code, answer.stderr]).toEqual([0, '']);
  });

  it('exits 0 where nothing was found, and does not say that anything is proved', async () => {
    const { code, stdout } = await fuzz('never.yaml', '-f', 'pods.yaml', '-f', 'strict', '--runs', '30', '--seed', '7', '--out', 'nothing');
    expect(code).toBe(0);
    expect(stdout).toContain('no counterexample in 30 neighbours, seed 7');
    expect(stdout).not.toMatch(/holds|proof|prove/);
    expect(existsSync(join(folder, 'nothing'))).toBe(false);
  });

  it('compares other policies in every neighbour, and writes both sides', async () => {
    expect((await reportOf(...OWN, '--against', 'same', '--runs', '20')).code).toBe(0);
    const { code, report } = await reportOf(...OWN, '--against', 'wider', '--out', 'wide');
    expect(code).toBe(1);
    const { flow, verdict } = report.invariants[0]!.counterexample!.broken[0]!;
    const verdicts = await Promise.all(
      ['own', 'other'].map(async (side) => reference(await loadManifests([join(folder, 'wide', side)])).canReach(flow).verdict),
    );
    expect([verdict, new Set(verdicts).size]).toEqual([verdicts[0], 2]);
    expect(readFileSync(join(folder, 'wide/README.md'), 'utf8')).toContain('in `own`, and in `other` with the other policies');
  });

  it('reads the other policies that a file names, says what breaks as it is, and has a folder for each', async () => {
    const text = `${HEAD}${NEVER}  - { name: same, unchanged: { policies: [../same] } }\n  - { name: no web, never: { from: { namespace: dev }, to: { workload: prod/web } }, message: ask us }\n`;
    writeText(folder, 'files/all.yaml', text);
    const { code, stdout } = await fuzz('files/all.yaml', ...OWN, '--runs', '60', '--out', 'several');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^not broken {2}same/m);
    expect(stdout).toMatch(
      /BROKEN no web\n {2}ask us\n {2}holds not even without a change\n {2}dev\/api → prod\/web every TCP port: allow/,
    );
    expect(readdirSync(join(folder, 'several')).sort()).toEqual(['1', '3']);
  });

  it('exits 3 beside policies of kinds that are not judged, and says so', async () => {
    writeText(
      folder,
      'cilium.yaml',
      'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c, namespace: prod}\nspec: {endpointSelector: {}}\n',
    );
    const { code, stdout } = await fuzz('never.yaml', '-f', 'pods.yaml', '-f', 'strict', '-f', 'cilium.yaml', '--runs', '3');
    expect(code).toBe(3);
    expect(stdout).toMatch(/1 policy of kind CiliumNetworkPolicy is not judged.*\n.*: not certain\n$/);
  });

  it('exits 3 where a verdict is unknown, or time ran out', async () => {
    writeText(folder, 'unread.yaml', policy('bad', '{}', '[{from: 7}]'));
    const { code, report } = await reportOf(
      'never.yaml',
      '-f',
      'pods.yaml',
      '-f',
      'unread.yaml',
      '--keep-going',
      '--runs',
      '5',
      '--mutations',
      'address',
    );
    expect([code, report.invariants[0]?.result, report.invariants[0]?.unknownNeighbours]).toEqual([3, 'unknown', 5]);
    const cut = await fuzz('never.yaml', '-f', 'pods.yaml', '-f', 'strict', '--runs', '1000000', '--time', '1');
    expect(cut.code).toBe(3);
    expect(cut.stdout).toMatch(/no counterexample in [\d,]+ neighbours, of 1,000,000: time ran out/);
  });

  it('never writes into a folder that holds something', async () => {
    writeText(folder, 'full/mine.txt', 'mine');
    const { code, stdout, stderr } = await fuzz('never.yaml', ...OWN, '--out', 'full');
    expect([code, stdout, readdirSync(join(folder, 'full'))]).toEqual([3, '', ['mine.txt']]);
    expect(stderr).toContain('it is a directory that is not empty');
  });

  it('has bundled invariants that keep the schema', async () => {
    const { parsePlainYaml } = await import('../../src/input/plain-yaml.ts');
    const valid = validatorOf('invariants');
    for (const name of readdirSync(join(ROOT, 'datasets/invariants'))) {
      expect(valid(parsePlainYaml(readFileSync(join(ROOT, 'datasets/invariants', name), 'utf8'), 1))).toEqual([]);
      const { code } = await runCli([
        'fuzz',
        `datasets/invariants/${name}`,
        '-f',
        `datasets/clusters/${name.replace('.yaml', '')}`,
        '--runs',
        '10',
      ]);
      expect(code).toBe(0);
    }
    expect(
      valid({ apiVersion: 'netpolsim/v1', kind: 'Invariants', invariants: [{ name: 'n', never: { from: { namespace: 'a' }, to: {} } }] }),
    ).not.toEqual([]);
  });

  it.each([
    [[], 'there is no invariant: give files of invariants'],
    [['nowhere.yaml', ...OWN], 'there is no such file or directory'],
    [['never.yaml', ...OWN, '--mutations', 'drops'], 'did you mean `drop`?'],
    [['never.yaml', ...OWN, '--path', '1:x'], 'the path `1:x` leads to no neighbour'],
    [['never.yaml', ...OWN, '--path', '1', '--runs', '5'], 'it does not go with `--runs`'],
    [['never.yaml', '-f', 'own'], 'says nothing: from: '],
    [['own/db.yaml', ...OWN], 'own/db.yaml:1:1'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await fuzz(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('the suite that the README shows', () => {
  it('runs in vitest, and fails where the policies are gone', { timeout: 120_000 }, () => {
    const [, code = ''] =
      /```ts\n(import \{ always, assertInvariants, never \}.*?)```/s.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(12);
    const suite = join(folder, 'suite');
    mkdirSync(join(suite, 'node_modules'), { recursive: true });
    symlinkSync(ROOT, join(suite, 'node_modules/netpolsim'));
    symlinkSync(join(ROOT, 'node_modules/vitest'), join(suite, 'node_modules/vitest'));
    symlinkSync(join(ROOT, 'datasets/clusters/web-shop'), join(suite, 'cluster'));
    for (const name of ['00-namespaces.yaml', '10-workloads.yaml'])
      writeText(suite, `bare/${name}`, readFileSync(join(ROOT, 'datasets/clusters/web-shop', name), 'utf8'));
    // Here the package is a link, which vitest would take for sources of the suite.
    writeText(suite, 'vitest.config.mjs', 'export default { test: { server: { deps: { external: [/[/]dist[/]/] } } } };');
    writeText(suite, 'kept.test.mjs', code);
    writeText(suite, 'broken.test.mjs', code.replace('cluster/', 'bare/'));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', suite, '--reporter', 'json'],
      {
        cwd: suite,
        encoding: 'utf8',
      },
    );
    const { testResults } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
      readonly testResults: readonly {
        readonly name: string;
        readonly assertionResults: readonly { readonly status: string; readonly failureMessages: readonly string[] }[];
      }[];
    };
    const resultOf = (name: string) => testResults.find((each) => each.name.endsWith(name))?.assertionResults[0];
    expect(resultOf('kept.test.mjs')?.status, stderr).toBe('passed');
    expect(resultOf('broken.test.mjs')?.status).toBe('failed');
    expect(resultOf('broken.test.mjs')?.failureMessages[0]).toMatch(
      /1 counterexample in 100 neighbours, seed 1\nBROKEN: never staging.*\n {2}holds not even without a change/,
    );
  });
});
