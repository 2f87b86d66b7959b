/**
 * `netpolsim portability`: forms, exit codes, and what a wrong command line is told.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const CLUSTERS = join(ROOT, 'datasets/clusters');
const GUARDRAILS = ['-f', 'datasets/clusters/guardrails'];
const folder = temporaryFolder();

describe('portability', () => {
  it('prints a line for each profile, then causes with their places', async () => {
    const { code, stdout, stderr } = await runCli(['portability', ...GUARDRAILS]);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^CNI +NOT ENFORCED +OPENS +CLOSES +UNCERTAIN$/m);
    for (const name of ['spec', 'calico', 'cilium', 'antrea', 'kube-router', 'aws-vpc-cni', 'weave', 'flannel', 'kube-network-policies']) {
      expect(stdout).toMatch(new RegExp(`^${name} +`, 'm'));
    }
    expect(stdout).toContain('cilium never matches a pod by a block of addresses');
    expect(stdout).toContain(
      'ClusterNetworkPolicy tenants-start-closed spec.egress[1].to[0].networks (datasets/clusters/guardrails/20-platform.yaml:114:14)',
    );
    expect(stdout).toContain('NOT ENFORCED: 14 policies: it enforces no policy at all');
  });

  it('puts what is not enforced before what opens', async () => {
    const { stdout } = await runCli(['portability', ...GUARDRAILS, '--cni', 'weave']);
    expect(stdout.indexOf('NOT ENFORCED:')).toBeGreaterThan(0);
    expect(stdout.indexOf('NOT ENFORCED:')).toBeLessThan(stdout.indexOf('  opens'));
    expect(stdout.indexOf('  opens')).toBeLessThan(stdout.indexOf('  closes'));
  });

  it('exits 0 where nothing differs, and 1 where something does', async () => {
    expect((await runCli(['portability', ...GUARDRAILS, '--cni', 'spec,antrea'])).code).toBe(0);
    expect((await runCli(['portability', ...GUARDRAILS, '--cni', 'antrea,cilium'])).code).toBe(1);
    expect((await runCli(['portability', ...GUARDRAILS, '--cni', 'kube-router', '--baseline', 'kube-router'])).code).toBe(0);
  });

  it('shows as many lines as it is told, and counts the rest', async () => {
    const { stdout } = await runCli(['portability', ...GUARDRAILS, '--cni', 'flannel', '--limit', '2']);
    expect(stdout).toContain('and 12 others');
    expect(stdout).toMatch(/and \d+ more lines/);
    expect(stdout.match(/: deny → allow$/gm)).toHaveLength(2);
  });

  it('follows a table of domain names and an order of equal priorities', async () => {
    const names = writeText(folder, 'names.yaml', '"*.acquirer.example": [198.51.100.7]\n');
    const without = await runCli(['portability', ...GUARDRAILS, '--cni', 'calico', '-o', 'json']);
    const { code, stdout } = await runCli([
      'portability',
      ...GUARDRAILS,
      '--cni',
      'calico',
      '-o',
      'json',
      '--domain-names',
      names,
      '--equal-priority',
      'name',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(without.stdout).cnis[0].pairs.uncertain).toBeGreaterThan(0);
    expect(JSON.parse(stdout).cnis[0].pairs.uncertain).toBe(0);
    expect(JSON.parse(stdout).baseline).toBe('spec with equal priorities name');
  });

  for (const cluster of readdirSync(CLUSTERS)) {
    it(`writes JSON that keeps the schema, and Markdown (${cluster})`, async () => {
      const { code, stdout } = await runCli(['portability', '-q', '-f', join('datasets/clusters', cluster), '-o', 'json']);
      expect(code).toBe(1);
      expect(validatorOf('portability-report')(JSON.parse(stdout))).toEqual([]);
      const markdown = await runCli(['portability', '-q', '-f', join('datasets/clusters', cluster), '-o', 'markdown', '--limit', '3']);
      expect(markdown.stdout).toMatch(/^## Network policy portability\n/);
      expect(markdown.stdout).toContain('### `flannel`\n\n**Not enforced: ');
    });
  }

  it('writes the same bytes again', async () => {
    const args = ['portability', ...GUARDRAILS, '-o', 'json'];
    expect((await runCli(args)).stdout).toBe((await runCli(args)).stdout);
  });
});

const WRONG: readonly (readonly [args: readonly string[], ...messages: readonly string[]])[] = [
  [['--cni', 'cillium'], '`--cni` must be a list of `spec`, `calico`', 'got `cillium`: did you mean `cilium`?'],
  [['--cni', 'calico,'], '`--cni` must be a list of', 'got ``'],
  [['--cni', 'calico', '--cni', 'cilium'], '`--cni` is given twice with different values'],
  [['--baseline', 'calcio'], '`--baseline` must be one of', '`calcio`: did you mean `calico`?'],
  [['--limit', '0'], '`--limit` must be a whole number from 1 to 1,000,000', '`0`'],
  [['-o', 'html'], '`table`, `json`, `markdown`', '`html`'],
  [['--tables', 'x.npt'], 'unknown option `--tables`'],
  [['--domain-names', 'none.json'], '`none.json` cannot be read'],
];

describe('wrong command lines of portability', () => {
  for (const [args, ...messages] of WRONG) {
    it(`refuses \`${args.join(' ')}\``, async () => {
      const { code, stdout, stderr } = await runCli(['portability', ...GUARDRAILS, ...args]);
      expect([code, stdout]).toEqual([2, '']);
      for (const message of messages) expect(stderr).toContain(message);
    });
  }

  it('needs an input', async () => {
    const { code, stderr } = await runCli(['portability']);
    expect(code).toBe(2);
    expect(stderr).toContain('there is no input: give manifests with `-f PATH`');
  });

  it('stops at errors in the input, and goes on when told', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: b }\n';
    const broken = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p, namespace: b }\nspec: { podSelector: 7 }\n';
    const file = writeText(folder, 'broken.yaml', `${pod}---\n${broken}`);
    expect((await runCli(['portability', '-f', file])).code).toBe(2);
    const { stdout } = await runCli(['portability', '--keep-going', '-f', file, '--cni', 'flannel']);
    expect(stdout).toContain('unknown → allow');
  });

  it('shows no control character of a name', async () => {
    const text =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p, namespace: b }\nspec: { podSelector: {} }\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: b }\n';
    const file = writeText(folder, 'a\u001b[31m\nb.yaml', text);
    for (const output of ['table', 'json', 'markdown']) {
      const { stdout, stderr } = await runCli(['portability', '-f', file, '-o', output]);
      expect(stdout).toContain('b.yaml');
      expect(stdout + stderr).not.toContain('\u001b');
    }
  });
});
