/**
 * `netpolsim test`: inputs, choices, exit codes and forms.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { CLUSTER } from '../support/expectations.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const folder = temporaryFolder();

const testOf = (cases: string, inputs = '') =>
  `apiVersion: netpolsim/v1\nkind: ReachabilityTest\nmetadata: { name: t }\n${inputs}cases:\n${cases}`;
const ALLOWED = '  - { name: "web api", from: { workload: shop/web }, to: { workload: shop/api }, ports: [http], expect: allow }\n';
const DENIED = '  - { name: "web db", from: { workload: shop/web }, to: { workload: shop/db }, ports: [1], expect: allow }\n';

writeText(folder, 'manifests/a/cluster.yaml', CLUSTER);
const run = (args: readonly string[], env = {}) => runCli(['test', ...args], { cwd: folder, env });

describe('test', () => {
  it('reads files that are what the schema says', () => {
    const check = validatorOf('reachability-test');
    const end = { workload: 'a/b' };
    const document = (to: object, more: object = {}) => ({
      apiVersion: 'netpolsim/v1',
      kind: 'ReachabilityTest',
      cases: [{ name: 'n', from: end, to, ports: [80, 'any'], expect: 'deny', ...more }],
    });
    for (const to of [
      end,
      { ip: '192.0.2.1' },
      { cidr: '::/0', outside: true },
      { host: 'a.example' },
      { namespace: 'a', labels: { x: '1' } },
    ])
      expect(check(document(to))).toEqual([]);
    expect(check(document(end, { because: { policy: 'a/b', rule: 1 }, over: 'some', message: 'm' }))).toEqual([]);
    for (const to of [{}, { labels: {} }, { ip: 'a', cidr: 'b' }]) expect(check(document(to))).not.toEqual([]);
  });

  it('takes `inputs` from the folder of the file, with patterns', async () => {
    for (const input of ['../manifests', '../manifests/a/*.yaml', '../man*/**/c?uster.yaml', '../manifests/**/*.yaml']) {
      writeText(folder, 'tests/in.yaml', testOf(ALLOWED, `inputs: ["${input}"]\n`));
      const { code, stdout } = await run(['tests/in.yaml']);
      expect([input, code, stdout.includes('1 passed, 0 failed')]).toEqual([input, 0, true]);
    }
  });

  it('takes `-f` in place of all `inputs`', async () => {
    const file = writeText(folder, 'tests/none.yaml', testOf(ALLOWED, 'inputs: [not-there.yaml]\n'));
    expect((await run([file, '-f', 'manifests'])).code).toBe(0);
    expect((await runCli(['test', file, '-f', '-'], { stdin: CLUSTER })).code).toBe(0);
  });

  it('runs several files, those with the same inputs against one cluster, in the order given', async () => {
    const inputs = 'inputs: [../manifests]\n';
    const [a, b] = [writeText(folder, 'tests/a.yaml', testOf(DENIED, inputs)), writeText(folder, 'tests/b.yaml', testOf(ALLOWED, inputs))];
    const { code, stdout } = await run([b, a, '-o', 'json']);
    const report = JSON.parse(stdout) as { files: { file: string }[]; counts: object };
    expect([code, report.files.map(({ file }) => file), report.counts]).toMatchObject([1, [b, a], { passed: 1, failed: 1 }]);
    expect(validatorOf('reachability-test-report')(report)).toEqual([]);
  });

  it('runs the cases that are chosen, and fails when none is', async () => {
    const file = writeText(folder, 'tests/two.yaml', testOf(ALLOWED + DENIED));
    const chosen = async (pattern: string) => (await run([file, '-f', 'manifests', '--case', pattern])).code;
    expect([await chosen('* api'), await chosen('t/web api'), await chosen('web*'), await chosen('t/* db')]).toEqual([0, 0, 1, 1]);
    const { code, stdout } = await run([file, '-f', 'manifests', '--case', 'api']);
    expect([code, stdout]).toEqual([1, expect.stringContaining('no case has a name that was chosen')]);
  });

  it('reads cases of netassert and traffic of policy-assistant', async () => {
    const netassert = `- name: one
  targetPort: 8080
  exitCode: 0
  attempts: 3
  src: { k8sResource: { kind: pod, name: web, namespace: shop } }
  dst: { k8sResource: { kind: pod, name: api, namespace: shop } }
`;
    const ran = await run([writeText(folder, 'n.yaml', netassert), '-f', 'manifests']);
    expect([ran.code, ran.stdout]).toEqual([0, expect.stringContaining('note: `attempts` is about probing a live cluster')]);
    const peer = (app: string) => ({ Internal: { PodLabels: { app }, Namespace: 'shop' } });
    const traffic = JSON.stringify([
      { Source: peer('web'), Destination: peer('db'), Protocol: 'TCP', ResolvedPort: 1 },
      { Source: { Internal: { Node: 'n' } }, Destination: peer('db'), Protocol: 'TCP', ResolvedPort: 1 },
    ]);
    const file = writeText(folder, 'traffic.json', traffic);
    const denied = await run([file, '-f', 'manifests', '--expect', 'deny']);
    expect([denied.code, denied.stdout]).toEqual([3, expect.stringContaining('1 passed, 0 failed, 1 skipped')]);
    expect(denied.stderr).toContain('netpolsim: 1 of the cases could not be asked\n');
    expect((await run([file, '-f', 'manifests', '--expect', 'allow'])).code).toBe(1);
    expect((await run([file, '-f', 'manifests'])).code).toBe(2);
  });

  it('adds a summary of the job, within the room that is left', async () => {
    const file = writeText(folder, 'tests/gh.yaml', testOf(DENIED));
    const summary = writeText(folder, 'summary.md', '# before\n');
    const args = [file, '-f', 'manifests', '-o', 'github'];
    const { code, stdout } = await run(args, { GITHUB_STEP_SUMMARY: summary });
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^::error file=tests\/gh\.yaml,line=5,col=5,title=t%3A web db::/)]);
    expect(readFileSync(summary, 'utf8')).toMatch(/^# before\n## Reachability: not as expected\n/);
    writeFileSync(summary, 'x'.repeat(2 ** 20 - 10));
    await run(args, { GITHUB_STEP_SUMMARY: summary });
    expect(readFileSync(summary).length).toBeLessThanOrEqual(2 ** 20);
    expect((await run(args)).code).toBe(1);
    const refused = await run(args, { GITHUB_STEP_SUMMARY: folder });
    // A summary that cannot be written hides no failure.
    expect([refused.code, refused.stdout]).toEqual([3, stdout]);
  });

  it('exits 3 where all cases hold and the input could not be read whole', async () => {
    const file = writeText(folder, 'tests/whole.yaml', testOf(ALLOWED));
    const broken = writeText(folder, 'broken.yaml', 'kind: Pod\napiVersion: v1\nmetadata: { name: x, namespace: shop, labels: [] }\n');
    expect((await run([file, '-f', 'manifests'])).code).toBe(0);
    expect((await run([file, '-f', 'manifests', broken])).code).toBe(2);
    const { code, stdout, stderr } = await run([file, '-f', 'manifests', broken, '--keep-going']);
    expect([code, stdout]).toEqual([3, expect.stringContaining('1 passed, 0 failed')]);
    expect(stderr).toContain('the input could not be read whole');
    const failing = writeText(folder, 'tests/failing.yaml', testOf(DENIED));
    expect((await run([failing, '-f', 'manifests', broken, '--keep-going'])).code).toBe(1);
  });

  it('prints JUnit and SARIF', async () => {
    const file = writeText(folder, 'tests/x.yaml', testOf(DENIED));
    expect((await run([file, '-f', 'manifests', '-o', 'junit'])).stdout).toMatch(/^<\?xml .*<\/testsuites>\n$/s);
    const { runs } = JSON.parse((await run([file, '-f', 'manifests', '-o', 'sarif'])).stdout) as { runs: { results: object[] }[] };
    expect(runs[0]!.results).toMatchObject([{ locations: [{ physicalLocation: { artifactLocation: { uri: 'tests/x.yaml' } } }] }]);
  });
});
