/**
 * Completion: what the program offers, and what real shells make of it. A shell that is not installed is said to be skipped.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { complete, completionText, valueName } from '../../src/cli/complete.ts';
import { offeredBy } from '../../src/cli/flags.ts';
import { MAIN, ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { NODE_FLAGS } from '../support/node-flags.ts';
import { createTestProgram } from '../support/program.ts';

const program = createTestProgram();
const words = (...typed: readonly string[]) => complete(program, typed).candidates.map(({ word }) => word);
const names = program.commands.map((command) => command.name());

describe('what is offered', () => {
  it('is every command, and nothing that is hidden', () => {
    expect(words('').toSorted()).toEqual([...names, 'help'].toSorted());
    expect(words('matri')).toEqual(['matrix']);
    expect(words('help', 'matri')).toEqual(['matrix']);
    expect(words('no-such-command', '')).toEqual([]);
  });

  it.each(names)('%s: is every flag, and what each can be', (name) => {
    const command = program.commands.find((each) => each.name() === name)!;
    const visible = command.createHelp().visibleOptions(command);
    expect(words(name, '-')).toEqual(visible.map(({ long }) => long));
    for (const option of command.options.filter((each) => !each.isBoolean())) {
      const offered = offeredBy(option);
      const { candidates, files } = complete(program, [name, option.long!, '']);
      expect(candidates.map(({ word }) => word)).toEqual(offered?.words() ?? []);
      expect(complete(program, [name, `${option.long}=`]).candidates).toEqual(candidates);
      // Whoever adds a flag names its value: a path is completed by the shell.
      expect(files).toBe(/(?:^|-)(?:file|path|dir|folder)s?$/.test(valueName(option)));
    }
  });

  it('holds the words that flags are read by', () => {
    const offered = program.commands.flatMap((command) =>
      command.options
        .filter((option) => !option.isBoolean())
        .flatMap(({ long }) => words(command.name(), long!, '').map((word) => [command.name(), long!, word] as const)),
    );
    expect(offered.length).toBeGreaterThan(50);
    for (const [name, flag, word] of offered) {
      // A flag remembers what it was given: each word gets flags of its own.
      const command = createTestProgram().commands.find((each) => each.name() === name)!;
      expect(() => command.parseOptions([flag, word])).not.toThrow();
    }
    expect(words('matrix', '--by', '')).toEqual(['workload', 'namespace', 'pod']);
    expect(words('can-reach', 'a/b', 'c/d', '--cni', 'c')).toEqual(['calico', 'cilium']);
  });

  it('knows where values end', () => {
    expect(words('matrix', '-f', 'a', 'b', '--by', 'n')).toEqual(['namespace']);
    expect(words('matrix', '--port=80', '--by', 'n')).toEqual(['namespace']);
    expect(words('matrix', '-p80', '--by', 'n')).toEqual(['namespace']);
    expect(words('matrix', '-f', '--by', 'n')).toEqual([]);
    expect(complete(program, ['matrix', '-f', 'a', ''])).toEqual({ candidates: [], files: true });
    expect(complete(program, ['matrix', '-f', '--by', 'n']).files).toBe(true);
    expect(complete(program, ['test', ''])).toEqual({ candidates: [], files: true });
    expect(complete(program, ['matrix', '--', '--b'])).toEqual({ candidates: [], files: false });
  });

  it('completes the last of a list, and names none twice', () => {
    expect(words('portability', '--cni', 'cilium,ca')).toEqual(['cilium,calico']);
    expect(words('portability', '--cni', 'cilium,c')).not.toContain('cilium,cilium');
  });

  it('leaves out flags that have been given, unless they may be repeated', () => {
    expect(words('matrix', '--by', 'pod', '--b')).toEqual([]);
    expect(words('matrix', '--file', 'a', '--fil')).toEqual(['--file']);
  });

  it('completes the command behind `watch` as it would be alone', () => {
    expect(words('watch', 'mat')).toEqual(['matrix']);
    expect(words('watch', '-q', 'matrix', '--by', 'n')).toEqual(['namespace']);
  });

  it('knows the shapes', () => {
    expect(words('generate', 'antrea-s')).toEqual(['antrea-small']);
  });

  it('is written as kubectl reads it', () => {
    expect(completionText(complete(program, ['matrix', '--by', 'n']))).toBe('namespace\n:4\n');
    expect(completionText(complete(program, ['matrix', '-f', '']))).toBe(':0\n');
    expect(completionText(complete(program, ['matri']))).toMatch(/^matrix\t[^\t\n]+\n:4\n$/);
  });
});

/** A folder for PATH, with the program under the names that npm gives it. */
function bin(): string {
  const folder = temporaryFolder();
  const entries = {
    netpolsim: 'main.js',
    'kubectl-netpolsim': 'kubectl-netpolsim.js',
    'kubectl_complete-netpolsim': 'kubectl-complete.js',
  };
  for (const [name, file] of Object.entries(entries)) {
    const target = join(ROOT, 'dist/cli', file);
    chmodSync(writeText(folder, name, `#!/bin/sh\nexec '${process.execPath}' ${NODE_FLAGS.join(' ')} '${target}' "$@"\n`), 0o755);
  }
  return folder;
}

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['--version'], { stdio: 'ignore' }).status === 0;
}

const withBin = (folder: string) => ({ PATH: `${folder}${delimiter}${process.env.PATH}`, HOME: folder });

describe.skipIf(!isInstalled('bash'))('bash', () => {
  /** Sets what bash sets when the tabulator is pressed behind the last of the words. */
  const PRESS = String.raw`
source <(netpolsim completion bash)
press() {
  COMP_LINE=$1 COMP_POINT=${'$'}{#1}; shift
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  _netpolsim; printf '%s\n' "${'$'}{COMPREPLY[*]}"
}
`;

  it('offers what the program says, whatever the words before are', () => {
    const folder = bin();
    const lines = [
      `press 'netpolsim matri' netpolsim matri`,
      `press 'netpolsim matrix --by ' netpolsim matrix --by ''`,
      `press 'netpolsim matrix --by=n' netpolsim matrix --by = n`,
      `press 'netpolsim can-reach fd00::1 a/b --proto' netpolsim can-reach fd00 : : 1 a/b --proto`,
      `press 'netpolsim matrix -f my\\ files/ --peers o' netpolsim matrix -f 'my\\ files/' --peers o`,
      `press 'netpolsim matrix -f "$(touch pressed)" --peers o' netpolsim matrix -f '"$(touch pressed)"' --peers o`,
      `press 'netpolsim matrix -f ' netpolsim matrix -f ''`,
      'complete -p netpolsim',
    ];
    const text = execFileSync('bash', ['--norc', '-c', PRESS + lines.join('\n')], { cwd: folder, env: withBin(folder), encoding: 'utf8' });
    expect(text.split('\n')).toEqual([
      'matrix',
      'workload namespace pod',
      'namespace',
      '--protocol',
      'outside',
      'outside',
      '',
      'complete -o default -F _netpolsim netpolsim',
      '',
    ]);
    expect(existsSync(join(folder, 'pressed'))).toBe(false);
  });
});

describe.skipIf(!isInstalled('zsh'))('zsh', () => {
  it('can read the script', () => {
    const folder = bin();
    const text = execFileSync('zsh', ['-f', '-c', 'compdef() { print $2; }; source <(netpolsim completion zsh)'], {
      env: withBin(folder),
      encoding: 'utf8',
    });
    expect(text).toBe('netpolsim\n');
  });
});

describe.skipIf(!isInstalled('fish'))('fish', () => {
  it('offers what the program says', () => {
    const folder = bin();
    const script = 'netpolsim completion fish | source; complete -C "netpolsim matrix --by=n"; complete -C "netpolsim matri"';
    const text = execFileSync('fish', ['--no-config', '-c', script], { env: withBin(folder), encoding: 'utf8' });
    expect(text).toMatch(/^--by=namespace\nmatrix\t/);
  });
});

describe('as a plugin of kubectl', () => {
  const plugin = (args: readonly string[], file = 'kubectl-netpolsim.js') =>
    spawnSync(process.execPath, [...NODE_FLAGS, join(ROOT, 'dist/cli', file), ...args], { cwd: ROOT, encoding: 'utf8' });
  const question = ['can-reach', 'shop/web', 'shop/cart', '--port', '7070', '-f', 'datasets/clusters/web-shop'];

  it('answers as the program does', async () => {
    const { status, stdout, stderr } = plugin(question);
    const alone = await runCli(question);
    expect({ code: status, stdout, stderr }).toEqual({ code: alone.code, stdout: alone.stdout, stderr: alone.stderr });
    expect(stdout).toContain('allow');
  });

  it('calls itself as it was called', () => {
    expect(plugin([]).stderr).toMatch(/^usage: kubectl netpolsim can-reach FROM TO/);
    expect(plugin(['matrix', '--help']).stdout).toContain('\n  kubectl netpolsim matrix -f cluster/\n');
    expect(plugin(['can-reach', 'a']).stderr).toContain('usage: kubectl netpolsim can-reach FROM TO');
    const help = plugin(['--help']).stdout;
    expect(help).toContain('Usage: kubectl netpolsim ');
    expect(help.match(/(?<!kubectl )netpolsim/g)).toBeNull();
  });

  it('gives kubectl words to complete', () => {
    expect(plugin(['matrix', '--by', 'n'], 'kubectl-complete.js').stdout).toBe('namespace\n:4\n');
    expect(plugin([''], 'kubectl-complete.js').stdout.split('\n').slice(0, -2)).toHaveLength(names.length + 1);
  });

  it('is in the package under the names that kubectl looks for', () => {
    const { bin: entries } = JSON.parse(execFileSync('cat', [join(ROOT, 'package.json')], { encoding: 'utf8' })) as {
      bin: Record<string, string>;
    };
    expect(Object.keys(entries).toSorted()).toEqual(['kubectl-netpolsim', 'kubectl_complete-netpolsim', 'netpolsim']);
    for (const file of Object.values(entries)) expect(existsSync(join(ROOT, file))).toBe(true);
    expect(join(ROOT, entries.netpolsim!)).toBe(MAIN);
  });
});

it('refuses a shell that it does not know', async () => {
  const { code, stdout, stderr } = await runCli(['completion', 'tcsh']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('`bash`, `zsh`, `fish`');
});
