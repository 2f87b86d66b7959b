/**
 * Rows 151 to 158 and 166 to 168 of the catalogue: where results go, and the process that makes them.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAIN, preload, ROOT, runCli, says, startCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { NODE_FLAGS } from '../support/node-flags.ts';
import { CLUSTER, POD, POLICY, podOf } from './inputs.ts';
import { badInput, CANARY, checkClean, covers, OUT, type Row, span } from './row.ts';

const FILES = { 'input.yaml': CLUSTER };
const compileTo = (out: string): string[] => ['compile', '-f', 'input.yaml', '--out', out];
const ASK = ['can-reach', 'shop/web', '203.0.113.9', '--port', '80', '-f', 'input.yaml'];
const ALLOW = 'shop/web → 203.0.113.9 TCP/80: ALLOW';

const TARGETS: readonly Row[] = [
  ...['open', 'write', 'sync', 'close', 'rename'].flatMap((step) =>
    [
      ['ENOSPC', 'no space left on the device'],
      ['EROFS', 'the file system is read-only'],
      ['EDQUOT', 'disk quota exceeded'],
    ].map(
      ([code = '', text]): Row => ({
        row: 151,
        title: `an output whose ${step} fails with ${code}`,
        files: FILES,
        env: preload('fail-file', { FAIL_STEP: step, FAIL_CODE: code }),
        exit: 3,
        says: `\`out.npt\` cannot be written: ${text} (${code})`,
      }),
    ),
  ),
  {
    row: 151,
    title: 'the output /dev/full',
    files: FILES,
    args: compileTo('/dev/full'),
    exit: 3,
    says: '`/dev/full` cannot be written: it is there and not a file',
  },
  {
    row: 151,
    title: 'a directory as the output',
    files: FILES,
    prepare: (folder) => mkdirSync(join(folder, 'dir')),
    args: compileTo('dir'),
    exit: 3,
    says: '`dir` cannot be written: it is a directory',
  },
  {
    row: 151,
    title: 'an output in a directory that is not there',
    files: FILES,
    args: compileTo('no/x.npt'),
    exit: 3,
    says: 'no such file or directory (ENOENT)',
  },
  {
    row: 151,
    title: 'an output below a file',
    files: FILES,
    args: compileTo('input.yaml/x'),
    exit: 3,
    says: 'a part of the path is not a directory (ENOTDIR)',
  },
  {
    row: 151,
    title: 'an output with a name too long',
    files: FILES,
    args: compileTo('x'.repeat(300)),
    exit: 3,
    says: 'the name is too long (ENAMETOOLONG)',
  },
  {
    row: 151,
    title: 'stdout as the output of `compile`',
    files: FILES,
    args: compileTo('-'),
    exit: 3,
    says: 'tables are not written to stdout',
  },
  {
    row: 154,
    title: 'a link as the output',
    files: { ...FILES, precious: 'precious' },
    prepare: (folder) => symlinkSync('precious', join(folder, 'link.npt')),
    args: compileTo('link.npt'),
    exit: 0,
    writes: ['link.npt'],
  },
  {
    row: 154,
    title: 'a link to a directory as the output',
    files: { ...FILES, 'dir/precious': 'precious' },
    prepare: (folder) => symlinkSync('dir', join(folder, 'link.npt')),
    args: compileTo('link.npt'),
    exit: 0,
    writes: ['link.npt'],
  },
  {
    row: 154,
    title: 'a hard link as the output',
    files: { ...FILES, precious: 'precious' },
    prepare: (folder) => linkSync(join(folder, 'precious'), join(folder, 'link.npt')),
    args: compileTo('link.npt'),
    exit: 0,
    writes: ['link.npt'],
  },
  {
    row: 154,
    title: 'a pipe as the output',
    files: FILES,
    prepare: (folder) => execFileSync('mkfifo', [join(folder, 'pipe')]),
    args: compileTo('pipe'),
    exit: 3,
    says: '`pipe` cannot be written: it is there and not a file',
  },
];

const strange = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', TERM: 'dumb', COLUMNS: '1', CI: 'true' };
const SECRETS = `apiVersion: v1
kind: Secret
metadata: {name: s, namespace: shop}
data: {password: ${CANARY}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: shop}
data: {key: ${CANARY}}
---
${POD.replace('labels:', `annotations: {note: ${CANARY}}, labels:`).replace('{name: c}', `{name: c, env: [{name: A, value: ${CANARY}}], args: [${CANARY}]}`)}---
${POLICY}`;

const PROCESS: readonly Row[] = [
  { row: 157, title: 'an odd environment', files: FILES, args: ASK, env: strange, exit: 0, stdout: ALLOW },
  {
    row: 157,
    title: 'an environment with empty values',
    files: FILES,
    args: ASK,
    env: { LANG: '', TZ: '', TERM: '', NO_COLOR: '', FORCE_COLOR: '' },
    exit: 0,
    stdout: ALLOW,
  },
  {
    row: 158,
    title: 'a clock that goes back',
    files: FILES,
    args: ['simulate', '-f', 'input.yaml', '--flows', '100k', '--workers', '2'],
    env: preload('clock-back'),
    exit: 0,
    stdout: [/^100,000 flows in \d/, /flows\/s/],
  },
  {
    row: 158,
    title: 'a clock that goes back, while a pipe is waited for,',
    args: ['inspect', '-f', '-', '--read-timeout', '1'],
    stdin: CLUSTER,
    env: preload('clock-back'),
    exit: 0,
    stdout: 'SECTION',
  },
  {
    row: 166,
    title: 'a dump with secrets',
    files: { 'input.yaml': SECRETS },
    exit: 0,
    says: 'left out kinds that are not read: 1 ConfigMap, 1 Secret',
  },
  {
    row: 166,
    title: 'a dump with secrets and a mistake',
    files: { 'input.yaml': `${SECRETS}---\nkind: Pod\nmetadata: {name: "${CANARY}\n` },
    exit: 2,
    says: /^input\.yaml:\d+:\d+: error: /,
  },
  {
    row: 166,
    title: 'JSON with secrets and a mistake',
    files: { 'input.json': `{"apiVersion":"v1","kind":"Secret","data":{"a":"${CANARY}" "b":"${CANARY}"}}` },
    exit: 2,
    says: /^input\.json:1:\d+: error: /,
  },
  {
    row: 167,
    title: 'Node 20.18',
    args: ['--version'],
    env: preload('old-node'),
    exit: 2,
    says: 'needs Node 20.19 or newer, this is 20.18.3',
  },
  {
    row: 167,
    title: 'Node of 32 bits',
    args: ['--version'],
    env: preload('narrow-node'),
    exit: 2,
    says: 'needs a 64-bit Node, this is one for ia32',
  },
  ...['podSelector', 'from', 'ports', 'toJSON', 'length', 'x'].map(
    (name): Row => ({
      row: 168,
      title: `\`Object.prototype.${name}\``,
      files: FILES,
      args: ASK,
      env: preload('pollute', { POLLUTE: `Object ${name}` }),
      exit: 3,
      says: `the self-test failed, verdicts cannot be trusted: something that was loaded before has changed \`Object.prototype\` (\`${name}\`)`,
    }),
  ),
  {
    row: 168,
    // Modules cannot even be loaded.
    title: '`Object.prototype.get`',
    files: FILES,
    args: ASK,
    env: preload('pollute', { POLLUTE: 'Object get' }),
    exit: 3,
    says: /^netpolsim: (cannot be loaded|the self-test failed)/,
  },
  {
    row: 168,
    title: 'NODE_OPTIONS=--jitless',
    files: FILES,
    args: ASK,
    env: { NODE_OPTIONS: '--jitless' },
    exit: 0,
    says: 'Warning: disabling flag --expose_wasm',
    stdout: ALLOW,
  },
  {
    row: 168,
    title: '`Array.prototype.x`',
    files: FILES,
    args: ASK,
    env: preload('pollute', { POLLUTE: 'Array x' }),
    exit: 3,
    says: 'the self-test failed, verdicts cannot be trusted: something that was loaded before has changed `Array.prototype` (`x`)',
  },
  {
    row: 168,
    title: 'sets that hold everything',
    files: FILES,
    args: ASK,
    env: preload('pollute', { POLLUTE: 'Set has' }),
    exit: 3,
    says: /^netpolsim: the self-test failed, verdicts cannot be trusted: /,
  },
  ...[
    '--max-old-space-size=64',
    '--stack-trace-limit=0',
    '--no-warnings',
    '--unhandled-rejections=none',
    '--disable-proto=throw',
    '--frozen-intrinsics --no-warnings',
    '--zero-fill-buffers',
    '--pending-deprecation',
  ].map(
    (options): Row => ({
      row: 168,
      title: `NODE_OPTIONS=${options}`,
      files: FILES,
      args: ASK,
      env: { NODE_OPTIONS: options },
      exit: 0,
      stdout: ALLOW,
    }),
  ),
];

const ROWS = [...TARGETS, ...PROCESS];

badInput('output and process', ROWS);

describe('stdout', () => {
  const folder = temporaryFolder();
  const input = writeText(folder, 'input.yaml', CLUSTER);
  const commands = [
    ['can-reach', 'shop/web', '203.0.113.9', '--port', '80', '-f', input],
    ['inspect', '-f', input],
    ['inspect', '-f', input, '-o', 'json'],
    ['simulate', '-f', input, '--flows', '1k', '--workers', '1'],
    ['compile', '-f', input, '--out', join(folder, 'x.npt')],
    ['--help'],
  ];

  it.skipIf(!existsSync('/dev/full')).each(commands)('152: on a full disk is an error with 3: %s', async (...args) => {
    const full = openSync('/dev/full', 'w');
    const { code, stderr } = await runCli(args, { stdout: full });
    closeSync(full);
    expect(stderr).toContain('the result could not be written to stdout: no space left on the device (ENOSPC)');
    checkClean(stderr);
    expect(code).toBe(3);
  });

  it.each(commands)('153: whose reader leaves ends the run quietly, with 3 or when all was taken 0: %s', (...args) => {
    const words = [process.execPath, ...NODE_FLAGS, MAIN, ...args].map((word) => `'${word}'`).join(' ');
    const line = `{ ${words}; echo "code $?" >&2; } | head -1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: ROOT, encoding: 'utf8', env: { PATH: process.env.PATH } });
    expect(stdout).toMatch(/^.+\n$/);
    expect(stderr).toMatch(/^code [03]\n$/);
  });

  it('157: a closed standard input, output or error changes no exit code but that of the lost result', () => {
    const run = (redirect: string): string => {
      const words = [process.execPath, ...NODE_FLAGS, MAIN, ...(commands[0] as string[])].map((word) => `'${word}'`).join(' ');
      const { status, stdout } = spawnSync('sh', ['-c', `${words} ${redirect}`], {
        cwd: ROOT,
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      });
      return `${status} ${stdout}`;
    };
    const plain = run('');
    expect(plain).toMatch(/^0 shop\/web/);
    expect(run('<&-')).toBe(plain);
    expect(run('2>&-')).toBe(plain);
    expect(run('</dev/null 2>/dev/null')).toBe(plain);
  });

  it('157: a closed standard input that is to be read is an empty one', () => {
    const words = [process.execPath, ...NODE_FLAGS, MAIN, 'inspect', '-f', '-'].map((word) => `'${word}'`).join(' ');
    const { status, stdout, stderr } = spawnSync('sh', ['-c', `${words} <&-`], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    expect(stderr).toContain('there is nothing to work with in <stdin>');
    expect([status, stdout]).toEqual([2, '']);
  });
});

describe('two runs at once', () => {
  it('155: that write the same file leave one of the two, whole, and nothing else', async () => {
    const folder = temporaryFolder();
    const inputs = ['a', 'b'].map((name) => writeText(folder, `${name}.yaml`, `${podOf(name)}---\n${POLICY}`));
    const alone = await Promise.all(
      inputs.map(async (input, i) => {
        const out = join(folder, `alone-${i}`);
        await runCli(['compile', '-f', input, '--out', out]);
        return readFileSync(out, 'latin1');
      }),
    );
    expect(alone[0]).not.toBe(alone[1]);
    for (let round = 0; round < 4; round++) {
      const target = join(folder, `out-${round}/x.npt`);
      mkdirSync(join(folder, `out-${round}`));
      const runs = await Promise.all(
        inputs.map((input) => runCli(['compile', '-f', input, '--out', target], { env: preload('slow-write') })),
      );
      expect(runs.map(({ code }) => code)).toEqual([0, 0]);
      expect(alone).toContain(readFileSync(target, 'latin1'));
      expect(readdirSync(join(folder, `out-${round}`))).toEqual(['x.npt']);
    }
  });
});

describe('a run that is killed', () => {
  const folder = temporaryFolder();
  const input = writeText(folder, 'input.yaml', CLUSTER);
  const slow = { env: preload('slow-write', { SLOW_WRITE_MS: '50' }) };

  async function killed(target: string): Promise<string[]> {
    const { child, result } = startCli(['compile', '-f', input, '--out', target], slow);
    child.stdin?.end();
    await says(child, 'step: sync\n');
    child.kill('SIGKILL');
    expect(await result).toMatchObject({ signal: 'SIGKILL', stdout: '' });
    return readdirSync(join(target, '..')).filter((name) => name.endsWith('.tmp'));
  }

  it('156: leaves the old file, and a temporary one that a run for the same target removes when it is two hours old', async () => {
    const target = writeText(folder, 'killed/x.npt', 'old');
    const left = await killed(target);
    expect(left).toHaveLength(1);
    const before = Date.now() / 1000 - 7200;
    utimesSync(join(folder, 'killed', left[0]!), before, before);
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(await runCli(['compile', '-f', input, '--out', target])).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, 'killed'))).toEqual(['x.npt']);
  });

  it('156: leaves a temporary file that a run for another target does not touch', async () => {
    const target = writeText(folder, 'other/x.npt', 'old');
    const [left = ''] = await killed(target);
    expect(await runCli(['compile', '-f', input, '--out', join(folder, 'other/y.npt')])).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, 'other')).sort()).toEqual([left, 'x.npt', 'y.npt']);
  });

  it('156: does not take with it the temporary file of a run that goes on', async () => {
    const target = join(folder, 'both.npt');
    const { child, result } = startCli(['compile', '-f', input, '--out', target], slow);
    child.stdin?.end();
    await says(child, 'step: write\n');
    expect(await runCli(['compile', '-f', input, '--out', target])).toMatchObject({ code: 0 });
    expect(await result).toMatchObject({ code: 0 });
    expect(lstatSync(target).isFile()).toBe(true);
  });

  it('156: files of others with names like it are left alone', async () => {
    const names = ['.netpolsim-1.tmp', '.netpolsim-99999999-0123456789abcdef.tmp', '.netpolsim-99999999-x.tmp', 'notes.tmp'];
    mkdirSync(join(folder, 'names'));
    for (const name of names) writeFileSync(join(folder, 'names', name), 'x');
    expect(await runCli(['compile', '-f', input, '--out', join(folder, 'names/x.npt')])).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, 'names')).sort()).toEqual([...names, 'x.npt'].sort());
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '156: by %s while it writes says so, exits 3 and leaves the old file alone',
    async (signal) => {
      const target = writeText(folder, `${signal}/x.npt`, 'old');
      const { child, result } = startCli(['compile', '-f', input, '--out', target], slow);
      child.stdin?.end();
      await says(child, 'step: write\n');
      child.kill(signal);
      const { code, stdout, stderr } = await result;
      expect(stderr).toContain(`netpolsim: stopped by ${signal}: there is no result\n`);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(readFileSync(target, 'utf8')).toBe('old');
      expect(readdirSync(join(folder, signal))).toEqual(['x.npt']);
    },
  );
});

describe('a link as the output', () => {
  it('154: is replaced by a file, and what it pointed to is as it was', async () => {
    const folder = temporaryFolder();
    writeText(folder, 'input.yaml', CLUSTER);
    const precious = writeText(folder, 'precious', 'precious');
    symlinkSync(precious, join(folder, OUT));
    expect(await runCli(compileTo(OUT), { cwd: folder })).toMatchObject({ code: 0 });
    expect(lstatSync(join(folder, OUT)).isSymbolicLink()).toBe(false);
    expect(readFileSync(precious, 'utf8')).toBe('precious');
  });
});

covers(ROWS, [...span(151, 158), ...span(166, 168)], {}, [152, 153, 155, 156]);
covers(
  [],
  span(159, 165),
  Object.fromEntries(span(159, 165).map((row) => [row, 'there is no web page and no server: nothing listens on a port'])),
);
