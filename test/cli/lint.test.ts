/**
 * `netpolsim lint`: formats, exit codes, annotations that silence findings, and what a wrong command line is told.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const folder = temporaryFolder();
const PLATFORM = 'datasets/clusters/platform';

/** A policy that selects nothing because of a letter, beside a default deny. */
const shop = (annotations = '', ofNamespace = '') => `apiVersion: v1
kind: Namespace
metadata: {name: shop${ofNamespace}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop${annotations}}
spec:
  podSelector: {matchLabels: {app: wbe}}
  ingress: [{}]
`;

const lint = (file: string, ...args: readonly string[]) => runCli(['lint', '-f', file, ...args]);

describe('lint', () => {
  for (const cluster of ['platform', 'guardrails']) {
    it(`writes JSON that keeps the schema, and SARIF of the same findings (${cluster})`, async () => {
      const path = join('datasets/clusters', cluster);
      const { code, stdout } = await lint(path, '-q', '-o', 'json');
      const report = JSON.parse(stdout);
      expect(validatorOf('lint-report')(report)).toEqual([]);
      expect(code).toBe(report.counts.error + report.counts.warning > 0 ? 1 : 0);
      expect(new Set(report.findings.map((each: { fingerprint: string }) => each.fingerprint)).size).toBe(report.findings.length);
      const [run] = JSON.parse((await lint(path, '-q', '-o', 'sarif')).stdout).runs;
      expect(run.results.length).toBe(report.findings.length);
      for (const [i, result] of run.results.entries()) {
        const { rule, severity, origin } = report.findings[i];
        expect([result.ruleId, result.level, run.tool.driver.rules[result.ruleIndex].id]).toEqual([rule, severity, rule]);
        const { artifactLocation, region } = result.locations[0].physicalLocation;
        expect([artifactLocation.uri, region.startLine, region.startColumn]).toEqual([origin.file, origin.line, origin.column]);
      }
    });
  }

  it('tells a finding with its place, what was meant, and what to do', async () => {
    const file = writeText(folder, 'shop.yaml', shop());
    const { code, stdout, stderr } = await lint(file);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toBe(
      `${file}:18:3: warning selects-nothing: NetworkPolicy shop/web, spec.podSelector\n` +
        '  no pod of the namespace `shop` has `app=wbe`: the policy selects none\n' +
        '  → one pod has `app=web`\n' +
        '0 errors, 1 warning, 0 notes\n',
    );
  });

  it('is silent where an annotation of the object or of its namespace says so, and shows it when asked', async () => {
    const note = 'lint.netpolsim.dev/ignore: "selects-nothing", lint.netpolsim.dev/ignore-reason: comes next week';
    for (const [name, text, owner] of [
      ['own.yaml', shop(`, annotations: {other: x, ${note}}`), 'NetworkPolicy shop/web'],
      ['namespace.yaml', shop('', `, annotations: {${note}}`), 'Namespace shop'],
    ] as const) {
      const file = writeText(folder, name, text);
      const quiet = await lint(file);
      expect([quiet.code, quiet.stdout]).toEqual([0, '0 errors, 0 warnings, 0 notes, 1 ignored\n']);
      const shown = await lint(file, '-v');
      expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining(`ignored by an annotation of ${owner}: comes next week`)]);
      const [run] = JSON.parse((await lint(file, '-o', 'sarif')).stdout).runs;
      expect(run.results[0].suppressions).toEqual([{ kind: 'inSource', justification: 'comes next week' }]);
    }
    const other = writeText(folder, 'other.yaml', shop(', annotations: {lint.netpolsim.dev/ignore: no-dns}'));
    expect((await lint(other)).code).toBe(1);
  });

  it('keeps annotations through JSON and snapshots, and objects that differ in them alone are the same object', async () => {
    const annotations = { 'lint.netpolsim.dev/ignore': 'selects-nothing', other: 'x' };
    const file = writeText(folder, 'ignored.yaml', shop(', annotations: {lint.netpolsim.dev/ignore: selects-nothing}'));
    const policy = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web', namespace: 'shop', annotations },
      spec: { podSelector: { matchLabels: { app: 'wbe' } }, ingress: [{}] },
    };
    for (const [name, text] of [
      ['line.json', `${JSON.stringify(policy)}\n`],
      ['odd.json', JSON.stringify(policy, null, 1).replace('"other"', '"\\u006fther"')],
    ] as const) {
      const without = writeText(folder, `${name}.yaml`, shop().slice(0, shop().lastIndexOf('---')));
      const { code, stdout } = await lint(writeText(folder, name, text), '-f', without);
      expect([code, stdout], name).toEqual([0, expect.stringContaining('1 ignored')]);
    }
    const snapshot = join(folder, 'shop.nps');
    expect((await runCli(['snapshot', '-f', file, '--out', snapshot])).code).toBe(0);
    expect((await lint(snapshot)).stdout).toContain('1 ignored');
    const twice = await lint(file, '-f', writeText(folder, 'plain.yaml', shop()));
    expect([twice.code, twice.stderr]).toEqual([0, expect.stringContaining('with the same content')]);
  });

  it('tells once what reading has found already', async () => {
    const file = writeText(
      folder,
      'off.yaml',
      shop().replace('ingress: [{}]', 'policyTypes: [Egress]\n  ingress: [{}]').replace('wbe', 'web'),
    );
    const { code, stdout, stderr } = await lint(file);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('error rules-without-effect: NetworkPolicy shop/web, spec.ingress');
  });

  it('does not say what it cannot know: a part of a cluster, or input that was not read whole', async () => {
    const policies = writeText(folder, 'policies.yaml', shop().slice(shop().indexOf('---', shop().indexOf('kind: Pod'))));
    const part = await lint(policies);
    expect([part.code, part.stdout]).toEqual([
      0,
      expect.stringMatching(/^not checked: selects-nothing, .*: there is no pod in the input$/m),
    ]);
    const broken = writeText(
      folder,
      'broken.yaml',
      `${shop()}---\napiVersion: v1\nkind: Pod\nmetadata: {name: other, namespace: shop, labels: 5}\n`,
    );
    expect((await lint(broken)).code).toBe(2);
    const kept = await lint(broken, '--keep-going');
    expect([kept.code, kept.stdout]).toEqual([3, expect.stringContaining('the input could not be read whole')]);
  });

  it('ends with 1 only for what is bad enough', async () => {
    const file = writeText(folder, 'levels.yaml', shop());
    expect((await lint(file, '--fail-on', 'error')).code).toBe(0);
    expect((await lint(file, '--fail-on', 'never')).code).toBe(0);
    expect((await lint(file, '--fail-on', 'note')).code).toBe(1);
    expect((await lint(file, '--skip', 'selects-nothing')).stdout).toBe('nothing found\n');
    expect((await lint(file, '--rule', 'no-dns,selects-nothing')).code).toBe(1);
    const { code, stdout } = await lint(PLATFORM, '--severity', 'error');
    expect([code, stdout.split('\n').at(-2)]).toEqual([0, 'nothing found']);
  });

  it('makes annotations for GitHub, the worst first', async () => {
    const { stdout } = await lint(PLATFORM, '-o', 'github');
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^::warning file=datasets\/clusters\/platform\/[\w.-]+,line=\d+,col=\d+,title=netpolsim lint%3A [\w-]+::/);
    expect(lines.filter((line) => line.startsWith('::notice file='))).toHaveLength(
      Math.min(7, lines.filter((line) => line.startsWith('::notice')).length),
    );
    expect(lines.at(-1)).toMatch(/^netpolsim lint: 0 errors, \d+ warnings, \d+ notes$/);
  });

  it('lists the rules, and refuses what is none', async () => {
    const { code, stdout } = await runCli(['lint', '--rules']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^no-dns +warning +pods that/m);
    const wrong = await lint(PLATFORM, '--rule', 'no-dsn');
    expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([2, '', expect.stringContaining('did you mean `no-dns`?')]);
    expect((await lint(PLATFORM, '--fail-on', 'bad')).code).toBe(2);
    expect((await runCli(['lint'])).stderr).toContain('there is no input');
    expect((await lint(PLATFORM, '--tables', 'x')).code).toBe(2);
  });

  it('is described in the README', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain('netpolsim lint -f');
  });
});
