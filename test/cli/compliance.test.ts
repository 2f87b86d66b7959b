/**
 * `netpolsim compliance`: what it prints, exit codes, inputs and forms.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseComplianceZone } from '../../src/compliance/parse-zone.ts';
import { parsePlainYaml } from '../../src/input/plain-yaml.ts';
import { ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const folder = temporaryFolder();
const ZONE = 'datasets/zones/cardholder.yaml';
const NAMES = ['--domain-names', 'datasets/names/acquirer.yaml'];
const GUARDRAILS = join(ROOT, 'datasets/clusters/guardrails');

interface Report {
  readonly zones: readonly { readonly status: string; readonly checks: readonly { readonly check: string; readonly status: string }[] }[];
}

const statusesOf = (text: string): Record<string, string> => {
  return Object.fromEntries((JSON.parse(text) as Report).zones[0]!.checks.map(({ check, status }) => [check, status]));
};

describe('compliance', () => {
  it('prints what the README shows, and exits 1', async () => {
    const { code, stdout, stderr } = await runCli(['compliance', ZONE, ...NAMES]);
    expect([code, stderr]).toEqual([1, '']);
    const shown = /\$ netpolsim compliance datasets[^\n]*\n(.*?)\n…\n/s.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))![1]!;
    for (const line of shown.split('\n').filter((each) => each !== '…')) expect(stdout.split('\n')).toContain(line);
  });

  it('finds in the bundled zone what was planted there, and is not certain of names without addresses', async () => {
    const known = await runCli(['compliance', ZONE, ...NAMES, '-o', 'json']);
    const fails = (statuses: Record<string, string>): string[] => Object.keys(statuses).filter((check) => statuses[check] === 'fails');
    expect(fails(statusesOf(known.stdout))).toEqual(['paths-in', 'paths-out', 'port-ranges-in', 'internet-in', 'internet-out']);
    expect(validatorOf('compliance-report')(JSON.parse(known.stdout))).toEqual([]);
    const open = statusesOf((await runCli(['compliance', ZONE, '-o', 'json'])).stdout);
    expect([open['paths-out'], open['internet-out'], open['paths-in']]).toEqual(['cannot-be-shown', 'cannot-be-shown', 'fails']);
  });

  it('exits 0 where every check holds, and 3 where one cannot be shown', async () => {
    const policies = readFileSync(join(GUARDRAILS, '30-tenants.yaml'), 'utf8').replace('  ingress: [{}]', '  ingress: []');
    const tenants = writeText(folder, 'tenants.yaml', policies);
    const rest = ['00-cluster.yaml', '10-pods.yaml', '20-platform.yaml'].map((name) => join(GUARDRAILS, name));
    const zone = readFileSync(join(ROOT, ZONE), 'utf8').replace(
      'app: acquirer-link } }\n      to: { cidr',
      'app: NO } }\n      to: { cidr',
    );
    const mended = zone.replace('- from: { namespace: cards, labels: { app: NO } }\n      to:', '- to:');
    const file = writeText(folder, 'mended.yaml', mended.replace(/ {2}within:.*?limits/s, 'limits'));
    const run = (...more: string[]) => runCli(['compliance', file, '-f', ...rest, tenants, ...more]);
    const held = await run(...NAMES.map((each) => (each.startsWith('--') ? each : join(ROOT, each))));
    expect([held.code, held.stdout]).toEqual([0, expect.stringContaining('its checks hold  PCI DSS v4.0.1: 1.3.1')]);
    expect((await run()).code).toBe(3);
    const cilium = writeText(folder, 'cnp.yaml', 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: c }\nspec: {}\n');
    const other = await run(...NAMES, '-f', cilium);
    expect([other.code, other.stdout]).toEqual([
      3,
      expect.stringContaining('Doubts: nothing holds for certain\n  one object of kind `CiliumNetworkPolicy`'),
    ]);
  });

  it('writes Markdown with a day only when it is told one', async () => {
    const plain = await runCli(['compliance', ZONE, ...NAMES, '-o', 'md']);
    expect(plain.stdout).toMatch(/^# Network policies of the zone `cardholder`\n/);
    expect(plain.stdout).not.toContain('date:');
    const dated = await runCli(['compliance', ZONE, ...NAMES, '-o', 'md', '--date', '2026-01-31']);
    expect(dated.stdout.replace('- date: 2026-01-31\n', '')).toBe(plain.stdout);
    for (const part of ['## PCI DSS v4.0.1: 2.2.1', '## Listed paths', '## What this report cannot show'])
      expect(plain.stdout).toContain(part);
  });

  it('refuses what is wrong', async () => {
    const wrong = async (...args: string[]) => {
      const { code, stdout, stderr } = await runCli(['compliance', ...args]);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(await wrong()).toContain('missing required argument `ZONES`');
    expect(await wrong(ZONE, '--date', '2026-02-30')).toContain('`--date` must be a day such as `2026-01-31`, got `2026-02-30`');
    const file = writeText(
      folder,
      'wrong.yaml',
      'apiVersion: netpolsim/v1\nkind: ComplianceZone\nzone: [{ namespace: a }]\npaths: { in: [{ ports: [1] }] }\n',
    );
    expect(await wrong(file, '-f', GUARDRAILS)).toMatch(
      /wrong\.yaml:4:15: error: found nothing, expected an end[^\n]*\n[^\n]*reason[^\n]*\nnetpolsim: the zones cannot be judged: 2 errors/,
    );
    const bare = writeText(folder, 'bare.yaml', 'apiVersion: netpolsim/v1\nkind: ComplianceZone\nzone: [{ namespace: a }]\n');
    expect(await wrong(bare)).toContain('names no `inputs`: give manifests with `-f PATH`');
    expect(await wrong('no-such-zone.yaml')).toContain('no-such-zone.yaml: error: cannot be read: there is no such file');
  });

  it('reads zones that are what the schema says', () => {
    const check = validatorOf('compliance-zone');
    for (const name of readdirSync(join(ROOT, 'datasets/zones'))) {
      const text = readFileSync(join(ROOT, 'datasets/zones', name), 'utf8');
      expect(check(parsePlainYaml(text, 1))).toEqual([]);
      expect(parseComplianceZone(text).paths.length).toBeGreaterThan(0);
    }
    const head = { apiVersion: 'netpolsim/v1', kind: 'ComplianceZone', zone: [{ namespace: 'a' }] };
    for (const more of [{ zone: [] }, { paths: { in: [{ ports: [1], reason: 'r' }] } }, { limits: { portRange: 0 } }, { controls: ['x'] }])
      expect(check({ ...head, ...more })).not.toEqual([]);
  });
});
