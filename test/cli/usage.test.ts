/**
 * Command lines that are wrong: what is said, the exit code, and that nothing is written.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';

const CLUSTER = ['-f', 'datasets/clusters/three-tier'];
const folder = temporaryFolder();

/** Arguments, and what the message must hold. */
const WRONG: readonly (readonly [args: readonly string[], ...messages: readonly string[]])[] = [
  [[], 'usage: netpolsim can-reach FROM TO'],
  [['--'], 'a command is missing', 'usage: netpolsim can-reach FROM TO'],
  [['--nothing'], 'unknown option `--nothing`'],
  [['can-rech'], 'unknown command `can-rech`', 'can-reach'],
  [['can-reach'], 'missing required argument `FROM`', 'usage: netpolsim can-reach FROM TO'],
  [['can-reach', 'a/b', ...CLUSTER], 'missing required argument `TO`', 'put it last'],
  [['can-reach', 'a/b', 'c/d', ...CLUSTER], 'missing required option `--port`'],
  [['can-reach', 'a/b', 'c/d', 'e/f', '--port', '80'], 'too many arguments'],
  [['can-reach', 'a/b', 'c/d', '--port', '80'], 'there is no input', '-f PATH', '--tables FILE'],
  [['can-reach', 'a/b', 'c/d', '--prot', '80', ...CLUSTER], 'unknown option `--prot`', '--port'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '-f'], '--file'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '-f', ''], '`--file` is empty'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '--protocol', 'ICMP', ...CLUSTER], '`TCP`, `UDP`, `SCTP`', '`ICMP`'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '--family', '5', ...CLUSTER], '`4`, `6`', '`5`'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '--expect', 'yes', ...CLUSTER], '`allow`, `deny`, `unknown`', '`yes`'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '--cni', 'nonsense', ...CLUSTER], '`spec`', '`nonsense`'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '-o', 'yaml', ...CLUSTER], '`table`, `json`', '`yaml`'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '--port', '81', ...CLUSTER], '`--port` is given twice', '`80` and `81`'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '-o', 'json', '--output', 'table', ...CLUSTER], '`--output` is given twice'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', ...CLUSTER, '--tables', 'x.npt'], '`-f` and `--tables`'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '--tables', 'x.npt', '--keep-going'], '`--keep-going` and `--tables`'],
  [['can-reach', 'a/b', 'c/d', '--port', '80', '--workload-pods', 'all', ...CLUSTER], '0 to 10,000, or `declared`, got `all`'],
  ...['0', '65536', '-1', '80.5', '080', '80abc', '', ' 80', '0x50', '1e2'].map(
    (port) =>
      [
        ['can-reach', 'a/b', 'c/d', `--port=${port}`, ...CLUSTER],
        '`--port` must be a whole number from 1 to 65,535',
        `\`${port}\``,
      ] as const,
  ),
  ...['0', '-1', '1e9', 'abc', '2.5'].map(
    (workers) =>
      [['simulate', '--workers', workers, ...CLUSTER], '`--workers` must be a whole number from 1 to 1,024', `\`${workers}\``] as const,
  ),
  ...['0', '-1', '10m', '1.5', '1e', '1_', '2T', 'M', '1e13', '0.0001k', '١٠'].map(
    (flows) =>
      [
        ['simulate', '--flows', flows, ...CLUSTER],
        '`--flows` must be a whole number',
        'from 1 to 1,000,000,000,000',
        `\`${flows}\``,
      ] as const,
  ),
  [['simulate', '--seed', '9007199254740992', ...CLUSTER], '`--seed` must be a whole number from 0 to 9,007,199,254,740,991'],
  [['simulate', '--mix', 'no-such-mix.json', ...CLUSTER], '`no-such-mix.json` cannot be read: no such file or directory'],
  [['simulate', '--mix', 'datasets', ...CLUSTER], '`datasets` cannot be read: it is not a file'],
  [['simulate', '--tables', 'no-such-tables.npt'], '`no-such-tables.npt` cannot be read: no such file or directory'],
  [['simulate', '--tables', 'package.json'], '`package.json` cannot be used as compiled tables'],
  [['simulate', '--tables', '/dev/null'], '`/dev/null` cannot be read: it is not a file'],
  [['compile', ...CLUSTER], 'missing required option `--out`'],
  [['inspect'], 'there is no input'],
];

describe('a wrong command line', () => {
  it.each(WRONG.map(([args, ...messages]) => ({ line: `netpolsim ${args.join(' ')}`, args, messages })))(
    '$line exits 2 and says why',
    async ({ args, messages }) => {
      const { code, stdout, stderr } = await runCli(args);
      for (const message of messages) expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    },
  );

  it('writes no file', async () => {
    const before = readdirSync(folder);
    const { code } = await runCli(['compile', '-f', 'datasets/clusters/three-tier', '--out', `${folder}/x.npt`, '--workload-pods', 'many']);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('is shown with control characters escaped', async () => {
    const { code, stderr } = await runCli(['can-reach', 'a/b', 'c/d', '--port', '\u001b[2J', '-f', 'x']);
    expect(code).toBe(2);
    expect(stderr).toContain('\\u{1b}[2J');
    expect(stderr).not.toContain('\u001b');
  });
});

describe('a right command line', () => {
  it('may repeat a flag with the same value', async () => {
    const { code } = await runCli(['inspect', '-o', 'json', '-o', 'json', ...CLUSTER]);
    expect(code).toBe(0);
  });

  it.each(['250k', '1e4', '0.01M', '10_000', '12345'])('accepts --flows %s', async (flows) => {
    const { code, stdout } = await runCli(['simulate', '--flows', flows, '--workers', '1', '-o', 'json', ...CLUSTER]);
    const numbers: Readonly<Record<string, number>> = {
      '250k': 250_000,
      '1e4': 10_000,
      '0.01M': 10_000,
      '10_000': 10_000,
      '12345': 12_345,
    };
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { flows: number }).flows).toBe(numbers[flows]);
  });

  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([[[]], [['can-reach']], [['simulate']], [['compile']], [['inspect']], [['matrix']], [['explain']]])(
    'prints help with examples and exit codes for %j',
    async (command) => {
      const { code, stdout, stderr } = await runCli([...command, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('Examples:\n');
      expect(stdout).toContain('Exit codes:');
      expect(stdout).toContain('netpolsim ');
    },
  );
});
