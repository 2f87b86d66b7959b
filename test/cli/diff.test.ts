/**
 * `netpolsim diff`: kinds of change, formats, exit codes, and what a wrong command line is told.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const folder = temporaryFolder();
const pod = (name: string, ip: string, app = name) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${app}}}
status: {podIP: ${ip}}
---
`;
const policy = (name: string, rest: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec: {podSelector: {matchLabels: {app: ${name}}}, ${rest}}
---
`;
const from = (app: string, port: number) => `ingress: [{from: [{podSelector: {matchLabels: {app: ${app}}}}], ports: [{port: ${port}}]}]`;
const CLUSTER = writeText(folder, 'cluster.yaml', pod('web', '10.0.0.1') + pod('cart', '10.0.0.2') + pod('db', '10.0.0.3'));
const file = (name: string, text: string) => writeText(folder, `${name}.yaml`, text);
const CLOSED = file('closed', policy('db', 'policyTypes: [Ingress]'));
const WEB80 = file('web80', policy('db', from('web', 80)));
const WEB81 = file('web81', policy('db', from('web', 81)));
const TWICE = file('twice', policy('db', from('web', 80)) + policy('db', from('web', 80)).replace('name: db,', 'name: again,'));
const BROKEN = file('broken', policy('db', 'ingress: [{from: 7}]'));
const diff = (...args: readonly string[]) => runCli(['diff', ...args, '-q', '-f', CLUSTER]);
const PROVEN = 'No difference: the two sets are equivalent for every pair of ends at every port';

describe('diff', () => {
  it('tells what opens, with what decides before and after, and exits 1', async () => {
    const { code, stdout } = await diff(CLOSED, WEB80);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^opened {2}shop\/web → shop\/db, TCP\/80 \(1 pair of ends\)$/m);
    expect(stdout).toMatch(/ingress before: deny: no rule matches, isolated by NetworkPolicy shop\/db \(\S+closed\.yaml:1:1\)$/m);
    expect(stdout).toMatch(/ingress after: allowed by NetworkPolicy shop\/db ingress\[0\] \(\S+web80\.yaml:4:\d+\)$/m);
  });

  it('tells what closes, and exits 0 unless it is told otherwise', async () => {
    for (const [args, code] of [
      [[], 0],
      [['--fail-on', 'closed'], 1],
      [['--fail-on', 'changed'], 1],
      [['--fail-on', 'none'], 0],
    ] as const) {
      const run = await diff(WEB80, CLOSED, ...args);
      expect(run.code).toBe(code);
      expect(run.stdout).toMatch(/^closed {2}shop\/web → shop\/db, TCP\/80 \(1 pair of ends\)$/m);
    }
    expect((await diff(CLOSED, WEB80, '--fail-on', 'none')).code).toBe(0);
  });

  it('tells other ports in one row', async () => {
    const { code, stdout } = await diff(WEB80, WEB81);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^changed {2}shop\/web → shop\/db, opens TCP\/81; closes TCP\/80 \(1 pair of ends\)$/m);
    expect((await diff(WEB80, WEB81, '--fail-on', 'closed')).code).toBe(1);
  });

  it('says that no difference is proven, and what has another reason', async () => {
    const same = await diff(WEB80, WEB80);
    expect([same.code, same.stdout.startsWith(`Reachability diff: ${PROVEN} (`)]).toEqual([0, true]);
    const twice = await diff(WEB80, TWICE);
    expect([twice.code, twice.stdout.startsWith(`Reachability diff: ${PROVEN} (`)]).toEqual([0, true]);
    expect(twice.stdout).toContain('3 pairs of ends with the same verdict at some port for another reason');
    const told = await diff(WEB80, TWICE, '--reasons');
    expect(told.stdout).toMatch(/^reason {2}shop\/web → shop\/db, TCP\/80 \(allow\)/m);
  });

  it('marks pods that come and go', async () => {
    const [one, two] = [
      file('one', `${pod('old', '10.0.0.8')}${policy('db', from('old', 80))}`),
      file('two', `${pod('new', '10.0.0.9')}${policy('db', from('new', 80))}`),
    ];
    const { code, stdout } = await diff(one, two);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^opened {2}shop\/new \(added\) → shop\/db, TCP\/80/m);
    expect(stdout).toMatch(/^closed {2}shop\/old \(removed\) → shop\/db, TCP\/80/m);
    expect(stdout).toContain('only after: shop/new\nonly before: shop/old\n');
    expect(stdout).not.toContain('uncertain');
  });

  it('neither opens nor closes what is unknown, and does not call it proven', async () => {
    const stopped = await diff(WEB80, BROKEN);
    expect([stopped.code, stopped.stdout]).toEqual([2, '']);
    const changed = await diff(WEB80, BROKEN, '--keep-going');
    expect(changed.code).toBe(3);
    expect(changed.stdout).toMatch(/^uncertain {2}shop\/web → shop\/db, TCP\/80 \(allow → unknown\)/m);
    expect(changed.stdout).toMatch(/\(deny → unknown\)/);
    expect(changed.stdout).not.toMatch(/^(opened|closed|changed)/m);
    const same = await diff(BROKEN, BROKEN, '--keep-going');
    expect(same.code).toBe(3);
    expect(same.stdout).toContain('No pair of ends opens or closes');
    expect(same.stdout).toContain('unknown before and after');
    expect(same.stdout).not.toContain('equivalent');
  });

  it('writes JSON that keeps the schema, and lines that are its rows', async () => {
    const valid = validatorOf('reachability-diff');
    for (const args of [
      [CLOSED, WEB80],
      [WEB80, TWICE, '--reasons'],
      [WEB80, BROKEN, '--keep-going'],
      [join(folder, 'one.yaml'), join(folder, 'two.yaml')],
      [WEB80, WEB80],
    ]) {
      const [whole, lines] = [await diff(...args, '-o', 'json'), await diff(...args, '-o', 'ndjson')];
      const document = JSON.parse(whole.stdout);
      expect(valid(document)).toEqual([]);
      const [summary, ...rows] = lines.stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
      expect(rows).toEqual(document.rows);
      expect({ ...summary, kind: 'ReachabilityDiff', rows }).toEqual(document);
      expect(lines.code).toBe(whole.code);
    }
  });

  it('writes a comment for a pull request, and CSV', async () => {
    const { stdout } = await diff(WEB80, WEB81, '-o', 'md');
    expect(stdout).toContain('## Network policy reachability\n\n**1 pair of ends opens at some ports and closes at others');
    expect(stdout).toContain('- `shop/web → shop/db`: `opens TCP/81; closes TCP/80` (1 pair of ends)\n  - `ingress before:');
    const closed = await diff(WEB80, CLOSED, '-o', 'md');
    expect(closed.stdout).toContain('<details>\n<summary>Closed (1 row)</summary>\n\n- `shop/web → shop/db`: `TCP/80`');
    const csv = await diff(WEB80, WEB81, '-o', 'csv');
    expect(csv.stdout).toMatch(
      /^effect,ends,ports,causes,pairs\r\n"changed","shop\/web → shop\/db","opens TCP\/81; closes TCP\/80","ingress before:.*",1\r\n"note","1 pair of ends opens at some ports/,
    );
  });

  it('says in every format what verdicts do not know', async () => {
    const cilium = file(
      'cilium',
      'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c, namespace: shop}\nspec: {}\n---\n',
    );
    const same = await diff(CLOSED, CLOSED);
    expect([same.code, same.stdout.includes(PROVEN)]).toEqual([0, true]);
    const valid = validatorOf('reachability-diff');
    for (const output of ['table', 'wide', 'json', 'ndjson', 'csv', 'md']) {
      const { code, stdout } = await runCli(['diff', CLOSED, CLOSED, '-q', '-f', CLUSTER, cilium, '-o', output]);
      expect([output, code]).toEqual([output, 3]);
      expect(stdout).toMatch(/one object of kind `CiliumNetworkPolicy` could change verdicts/);
      expect(stdout).not.toContain('equivalent for every');
      if (output === 'json') expect(valid(JSON.parse(stdout))).toEqual([]);
    }
  });

  it('prints what the README shows', async () => {
    const shop = join(ROOT, 'datasets/clusters/web-shop');
    const old = readFileSync(join(shop, '20-policies-shop.yaml'), 'utf8');
    const dns = / {4}- to:\n {8}- namespaceSelector:\n.*kube-system \}\n {10}podSelector:\n.*kube-dns \}\n {6}ports:\n/;
    writeText(folder, 'old.yaml', old);
    writeText(folder, 'policies.yaml', old.replace(dns, '    - ports:\n'));
    const shared = ['00-namespaces', '10-workloads', '21-policies-around'].map((name) => join(shop, `${name}.yaml`));
    const { code, stdout } = await runCli(['diff', 'old.yaml', 'policies.yaml', '-f', ...shared], { cwd: folder });
    const shown = stdout.split('\n').slice(0, 4).join('\n');
    expect([code, readFileSync(join(ROOT, 'README.md'), 'utf8').includes(`\`\`\`\n${shown}\n\`\`\``)]).toEqual([1, true]);
  });

  it('reads one side from a pipe', async () => {
    const { code, stdout } = await runCli(['diff', '-', WEB80, '-q', '-f', CLUSTER], { stdin: policy('db', 'policyTypes: [Ingress]') });
    expect([code, stdout.includes('<stdin>:1:1')]).toEqual([1, true]);
  });

  it('refuses a pipe that brings no object, as a program that failed looks like that, and takes an empty file', async () => {
    const { code, stdout, stderr } = await runCli(['diff', '-', WEB80, '-q', '-f', CLUSTER], { stdin: '' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('BEFORE is standard input, which brought no object');
    expect((await diff(file('nothing', ''), WEB80)).code).toBe(0);
  });

  it.each([
    [['-', '-'], 'BEFORE and AFTER are both `-`: standard input can be read once'],
    [[CLOSED, WEB80], 'there is no pod in BEFORE nor in AFTER'],
    [[CLUSTER, WEB80], 'there is no pod in AFTER, so that there is nothing to compare'],
    [[CLOSED, '-', '-f', '-'], 'standard input can be read once'],
    [[CLOSED, WEB80, '-f', '-'], 'is read for BEFORE and for AFTER'],
    [[CLOSED], 'missing required argument'],
    [[CLOSED, WEB80, '--by', 'pods'], 'did you mean `pod`?'],
    [[CLOSED, WEB80, '--fail-on', 'all'], '`--fail-on` must be one of `opened`, `closed`, `changed`, `none`'],
    [[CLOSED, WEB80, '--limit', '0'], '`--limit`'],
    [[CLOSED, WEB80, '-o', 'yaml'], '`--output` must be one of `table`, `wide`, `json`, `ndjson`, `csv`, `md`'],
    [[CLOSED, 'nowhere.yaml'], 'nowhere.yaml'],
    [[CLOSED, WEB80, '-f', 'nowhere.yaml'], 'nowhere.yaml'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(['diff', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
