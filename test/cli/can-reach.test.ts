/**
 * `can-reach` from the outside: verdicts, reasons, exit codes, both formats.
 */
import { describe, expect, it } from 'vitest';
import { type CliOptions, type CliResult, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const folder = temporaryFolder();
const PODS = ['web', 'cart', 'ads']
  .map(
    (name) =>
      `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}\nspec: {containers: [{name: c}]}\n`,
  )
  .join('');
const pods = writeText(folder, 'pods.yaml', PODS);
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cart
  namespace: shop
spec:
  podSelector: {matchLabels: {app: cart}}
  ingress:
    - from:
        - podSelector: {matchLabels: {app: web}}
      ports:
        - port: 7070
`;
const policies = writeText(folder, 'policies.yaml', POLICY);
// The direction is certain, what it lets through is not.
const broken = writeText(
  folder,
  'broken.yaml',
  POLICY.replace('port: 7070', 'port: 70707').replace('name: cart', 'name: broken').replace('app: cart', 'app: ads'),
);
const unparsable = writeText(folder, 'unparsable.yaml', 'apiVersion: v1\nkind: [unclosed\n');

function ask(from: string, to: string, args: readonly string[] = [], options: CliOptions = {}): Promise<CliResult> {
  return runCli(['can-reach', from, to, '--port', '7070', '-f', pods, '-f', policies, ...args], options);
}

describe('can-reach', () => {
  it('says allow with the rule that allows, and where it stands', async () => {
    const { code, stdout, stderr } = await ask('shop/web', 'shop/cart');
    expect(stdout).toBe(
      [
        'shop/web → shop/cart TCP/7070: ALLOW',
        '  egress of shop/web: allow — not isolated',
        `  ingress of shop/cart: allow — isolated by NetworkPolicy shop/cart (${policies}:1:1)`,
        `    NetworkPolicy shop/cart ingress[0] (from[0], ports[0]) allows it (${policies}:9:7)`,
        '',
      ].join('\n'),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('says deny with the policy that isolates', async () => {
    const { code, stdout } = await ask('shop/ads', 'shop/cart');
    expect(stdout).toContain('shop/ads → shop/cart TCP/7070: DENY\n');
    expect(stdout).toContain(`isolated by NetworkPolicy shop/cart (${policies}:1:1), no rule matches`);
    expect(code).toBe(0);
  });

  it.each([
    ['allow', 'shop/web', 0],
    ['deny', 'shop/web', 1],
    ['unknown', 'shop/web', 1],
    ['deny', 'shop/ads', 0],
    ['allow', 'shop/ads', 1],
  ])('with --expect %s from %s exits %d', async (expected, from, exit) => {
    const { code, stdout } = await ask(from, 'shop/cart', ['--expect', expected]);
    expect(code).toBe(exit);
    expect(stdout.includes('expected')).toBe(exit === 1);
  });

  it('reads stdin', async () => {
    const { code, stdout } = await runCli(['can-reach', 'shop/web', 'shop/cart', '--port', '7070', '-f', '-'], {
      stdin: `${PODS}---\n${POLICY}`,
    });
    expect(stdout).toContain('shop/web → shop/cart TCP/7070: ALLOW');
    expect(stdout).toContain('<stdin>:');
    expect(code).toBe(0);
  });

  it('takes several paths after one -f', async () => {
    const { code, stdout } = await runCli(['can-reach', '--port', '7070', 'shop/ads', 'shop/cart', '-f', pods, policies]);
    expect(stdout).toContain('DENY');
    expect(code).toBe(0);
  });

  it('asks for one family, or for an address outside', async () => {
    expect((await ask('203.0.113.9', 'shop/cart', ['--family', '4'])).stdout).toContain('203.0.113.9 → shop/cart TCP/7070 IPv4: DENY');
    expect(await ask('203.0.113.9', 'shop/cart', ['--family', '6'])).toMatchObject({ code: 3 });
  });

  it.each([
    ['shop/wep', 'shop/cart', 'did you mean `shop/web`?'],
    ['shop/web', 'cart', 'expected `namespace/name`'],
    ['shop/web', '10.0.0.300', 'expected `namespace/name`'],
  ])('from %s to %s exits 2 with a hint', async (from, to, message) => {
    const { code, stdout, stderr } = await ask(from, to);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('writes JSON that keeps to its schema, the same bytes each time', async () => {
    const first = await ask('shop/web', 'shop/cart', ['-o', 'json', '--expect', 'allow']);
    const second = await ask('shop/web', 'shop/cart', ['-o', 'json', '--expect', 'allow']);
    const document = JSON.parse(first.stdout) as Record<string, unknown>;
    expect(validatorOf('reachability-decision')(document)).toEqual([]);
    expect(document).toMatchObject({ apiVersion: 'netpolsim/v1', kind: 'ReachabilityDecision', verdict: 'allow', expected: 'allow' });
    expect(second.stdout).toBe(first.stdout);
  });

  it('gives the same bytes whatever the locale, the time zone and the terminal', async () => {
    const plain = await ask('shop/web', 'shop/cart');
    const env = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Chatham', TERM: 'dumb', CI: 'true' };
    expect((await ask('shop/web', 'shop/cart', [], { env })).stdout).toBe(plain.stdout);
  });
});

describe('colours', () => {
  it('are left out where stdout is no terminal', async () => {
    expect((await ask('shop/web', 'shop/cart')).stdout).not.toContain('\u001b');
  });

  it('come with FORCE_COLOR, and not with NO_COLOR', async () => {
    expect((await ask('shop/web', 'shop/cart', [], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[');
    expect((await ask('shop/web', 'shop/cart', [], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain('\u001b');
  });

  it('never reach JSON', async () => {
    expect((await ask('shop/web', 'shop/cart', ['-o', 'json'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain('\u001b');
  });
});

describe('input with errors', () => {
  it('gives an unknown verdict where a broken policy could matter, and exits 3', async () => {
    const { code, stdout, stderr } = await ask('shop/web', 'shop/ads', ['-f', broken]);
    expect(stdout).toContain('shop/web → shop/ads TCP/7070: UNKNOWN');
    expect(stdout).toContain('NetworkPolicy shop/broken cannot be read');
    expect(stderr).toMatch(/broken\.yaml:\d+:\d+: error: .*70707/);
    expect(code).toBe(3);
  });

  it('meets --expect unknown with such a verdict', async () => {
    expect(await ask('shop/web', 'shop/ads', ['-f', broken, '--expect', 'unknown'])).toMatchObject({ code: 0 });
    expect(await ask('shop/web', 'shop/ads', ['-f', broken, '--expect', 'allow'])).toMatchObject({ code: 3 });
  });

  it('gives a certain verdict where the broken policy cannot matter, and still reports it', async () => {
    const { code, stdout, stderr } = await ask('shop/web', 'shop/cart', ['-f', broken]);
    expect(stdout).toContain('ALLOW');
    expect(stderr).toContain(': error: ');
    expect(code).toBe(0);
  });

  it('stops at a file that does not parse, with its place', async () => {
    const { code, stdout, stderr } = await ask('shop/web', 'shop/cart', ['-f', unparsable]);
    expect(stderr).toMatch(/unparsable\.yaml:\d+:\d+: error: /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('goes on after such a file with --keep-going, and then does not trust the verdict', async () => {
    const { code, stdout } = await ask('shop/ads', 'shop/web', ['-f', unparsable, '--keep-going']);
    expect(stdout).toContain('UNKNOWN');
    expect(stdout).toMatch(/^ {4}\S*unparsable\.yaml:\d+:\d+ \(ingress\) cannot be read: the file could not be read: /m);
    expect(stdout).not.toContain('(unreadable)');
    expect(code).toBe(3);
  });

  it.each([
    ['a path that is not there', 'no-such-file.yaml', 'no-such-file.yaml'],
    ['an empty file', writeText(folder, 'empty/empty.yaml', ''), 'empty.yaml'],
    ['a folder without manifests', writeText(folder, 'none/readme.txt', 'x').replace(/\/readme\.txt$/, ''), 'none'],
    [
      'kinds that are not used',
      writeText(folder, 'secret.yaml', 'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {a: Y2FuYXJ5}\n'),
      '1 Secret',
    ],
  ])('refuses %s', async (_, path, message) => {
    const { code, stdout, stderr } = await runCli(['can-reach', 'a/b', 'c/d', '--port', '80', '-f', path]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('Y2FuYXJ5');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('warns when there is no policy at all, unless it is told to be quiet', async () => {
    const args = ['can-reach', 'shop/web', 'shop/cart', '--port', '80', '-f', pods];
    const loud = await runCli(args);
    expect(loud.stderr).toContain('there is no policy in the input');
    expect(await runCli([...args, '--quiet'])).toEqual({ ...loud, stderr: '' });
  });

  it('counts skipped kinds on stderr, unless it is told to be quiet', async () => {
    const more = writeText(folder, 'more.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n');
    expect((await ask('shop/web', 'shop/cart', ['-f', more])).stderr).toContain('1 ConfigMap');
    expect((await ask('shop/web', 'shop/cart', ['-f', more, '-q'])).stderr).toBe('');
  });

  it('shows 50 errors and the number of the others', async () => {
    const many = Array.from(
      { length: 60 },
      (_, i) => `---\n${POLICY.replace('port: 7070', 'port: 70707').replace('name: cart', `name: p${i}`)}`,
    ).join('');
    const { stderr } = await ask('shop/web', 'shop/ads', ['-f', writeText(folder, 'many.yaml', many)]);
    expect(stderr.match(/: error: /g)).toHaveLength(50);
    expect(stderr).toContain('and 10 more errors');
  });
});

describe('hostile names', () => {
  it('reach neither stdout nor stderr as they are', async () => {
    const name = '\\e[2J\\u202E\\x9b31m\\a';
    const hostile = writeText(
      folder,
      'hostile.yaml',
      `${POLICY.replace('name: cart', `name: "${name}"`)}---\napiVersion: v1\nkind: "${name}"\nmetadata: {name: "${name}"}\n`,
    );
    const strange = writeText(folder, 'a\u001b[2J\u202e.yaml', POLICY.replace('name: cart', 'name: second'));
    for (const format of ['table', 'json']) {
      const { stdout, stderr } = await ask('shop/web', 'shop/cart', ['-f', hostile, '-f', strange, '-o', format]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(stdout + stderr).toMatch(/\\u\{?0{0,2}1b/);
    }
  });
});
