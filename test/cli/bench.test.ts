/**
 * `netpolsim bench` as a process: what it writes and where. Numbers are not looked at.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const pod = (name: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
`;
const policy = (port: number, podSelector: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec:
  podSelector: ${podSelector}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: ${port}}]}]
`;
const CLUSTER = `${pod('web')}---\n${pod('db')}---\n`;
const BEFORE = `${CLUSTER}${policy(80, '{}')}`;
const AFTER = `${CLUSTER}${policy(443, '{matchLabels: {app: db}}')}`;
const BAD = `${CLUSTER}${policy(70_000, '{}')}`;

const folder = temporaryFolder();
const validate = validatorOf('policy-scale-report');

describe('two sets', () => {
  const names = ['report.json', 'report.md', 'report.svg'].map((name) => join(folder, name));
  let result: CliResult;
  beforeAll(async () => {
    writeText(folder, 'before.yaml', BEFORE);
    writeText(folder, 'after.yaml', AFTER);
    const out = names.flatMap((name) => ['--out', name]);
    result = await runCli(['bench', '-f', 'after.yaml', '--against', 'before.yaml', '--quick', ...out, '-o', 'json', '--seed', '3'], {
      cwd: folder,
      timeoutMs: 240_000,
    });
  }, 250_000);

  it('give a document that follows the schema, on stdout and in the file that is named', () => {
    expect(result).toMatchObject({ code: 0, stderr: '' });
    const document = JSON.parse(result.stdout) as {
      settings: { seed: number };
      set: { name: string; stages: { stage: string; coldMs: number | null }[] };
    };
    expect(validate(document)).toEqual([]);
    expect(document).toMatchObject({
      settings: { seed: 3, rounds: 5, quick: true },
      set: { name: 'after.yaml' },
      against: { name: 'before.yaml' },
    });
    expect(document.set.stages[0]).toMatchObject({ stage: 'load', coldMs: expect.any(Number) });
    expect(JSON.parse(readFileSync(names[0]!, 'utf8'))).toEqual(document);
  });

  it('give a page and a picture by the endings of their names', () => {
    expect(readFileSync(names[1]!, 'utf8')).toMatch(/^# Can we roll this out\?\n/);
    expect(readFileSync(names[2]!, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });
});

describe('a set with a policy that cannot be read', () => {
  it('is not measured, and nothing is written', async () => {
    writeText(folder, 'bad.yaml', BAD);
    const { code, stdout, stderr } = await runCli(['bench', '-f', 'bad.yaml', '--quick', '--out', 'none.json'], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('the input has an error');
    expect(existsSync(join(folder, 'none.json'))).toBe(false);
  });

  it('is answered with no when it is measured all the same, which --check makes a finding; from a pipe without the time of reading', async () => {
    const args = ['bench', '-f', '-', '--keep-going', '--quick', '--check', '--out', 'piped.json'];
    const { code, stdout } = await runCli(args, { stdin: BAD, cwd: folder });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Can we roll this out\? Not as it is: certainty\.\n/);
    const document = JSON.parse(readFileSync(join(folder, 'piped.json'), 'utf8')) as { set: { stages: readonly object[] }; against: null };
    expect(document.set.stages[0]).toEqual({ stage: 'load', coldMs: null, warmMs: null, raisedBytes: null });
    expect(document.against).toBeNull();
  }, 120_000);
});
