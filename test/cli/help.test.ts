/**
 * The help of every command, and what documents say about command lines: flags that exist, and examples that parse.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultOfCall, netpolsimCalls } from '../support/command-lines.ts';
import { createTestProgram } from '../support/program.ts';

const ROOT = join(import.meta.dirname, '../..');
const program = createTestProgram();

/** What `--help` prints, with what stands behind the flags. */
function helpOf(name?: string): string {
  const own = createTestProgram();
  const command = name === undefined ? own : own.commands.find((each) => each.name() === name)!;
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

function examplesOf(help: string): string[] {
  return help
    .slice(help.indexOf('\nExamples:\n') + '\nExamples:\n'.length)
    .trimEnd()
    .split('\n');
}

describe('calls in text', () => {
  it('are found, with their words', () => {
    expect(netpolsimCalls(`kubectl get -o yaml | netpolsim test 'a b' -f "x y" --case 'web *' > out # netpolsim no`)).toEqual([
      ['test', 'a b', '-f', 'x y', '--case', 'web *'],
    ]);
    expect(netpolsimCalls('source <(netpolsim completion bash)')).toEqual([['completion', 'bash']]);
  });

  it.each([
    [['matrix', '-f', 'x', '--by', 'pod'], undefined],
    [['nothing'], 'there is no command nothing'],
    [['matrix', '--nothing'], '--nothing is no flag of matrix'],
    [['can-reach', 'a/b', '--port', '80'], 'can-reach lacks an argument'],
    [['inspect', 'x'], 'inspect takes no x'],
    [['watch', 'matrix', '--nothing'], '--nothing is no flag of matrix'],
  ])('are judged: %j', (call, fault) => {
    expect(faultOfCall(call)).toBe(fault);
  });
});

describe.each(program.commands.map((command) => command.name()))('%s --help', (name) => {
  const help = helpOf(name);

  it('says what the command is for, in a group of the main help, and with which code it exits', () => {
    const command = program.commands.find((each) => each.name() === name)!;
    expect(command.description()).toMatch(/[.?]$/);
    expect(command.helpGroup()).toMatch(/^[A-Z][a-z ]+:$/);
    expect(help).toMatch(/^Exit codes: 0 /m);
  });

  it('ends with examples that are right', () => {
    expect(help).toContain('\n\nExamples:\n');
    const examples = examplesOf(help);
    expect(netpolsimCalls(examples[0]!)[0]?.[0]).toBe(name);
    for (const line of examples) {
      expect(line).toMatch(/^ {2}(?:\S.* \| |source <\()?netpolsim [a-z]/);
      expect(netpolsimCalls(line).map(faultOfCall)).toEqual([undefined]);
    }
  });

  it('has lines that fit', () => {
    for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });
});

describe('the main help', () => {
  it('has every command in its group, and examples that are right', () => {
    const help = helpOf();
    for (const command of program.commands) expect(help).toMatch(new RegExp(`^  ${command.name()} `, 'm'));
    expect(examplesOf(help).flatMap(netpolsimCalls).map(faultOfCall)).toEqual([undefined, undefined, undefined]);
  });

  it('has every command in the short usage', async () => {
    const { SHORT_USAGE } = await import('../../src/cli/program.ts');
    for (const command of program.commands) expect(SHORT_USAGE).toMatch(new RegExp(`netpolsim ${command.name()} `));
  });
});

const PAGES = [
  'README.md',
  'ARCHITECTURE.md',
  'datasets/README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');

  it('has command lines that are right', () => {
    const lines = [...text.matchAll(/```(?:sh|console)?\n(?<block>.*?)```/gs)].flatMap(({ groups }) => groups!.block!.split('\n'));
    const calls = lines.filter((line) => /^(?:\$ |netpolsim |[^#].*\| netpolsim )/.test(line)).flatMap(netpolsimCalls);
    const wrong = calls.filter((call) => !call.some((word) => /…|PATH/.test(word))).map((call) => [call.join(' '), faultOfCall(call)]);
    expect(wrong.filter(([, fault]) => fault !== undefined)).toEqual([]);
  });

  it('speaks of flags that exist', () => {
    const flags = new Set(program.commands.flatMap(({ options }) => options.flatMap(({ long }) => long ?? [])));
    for (const other of ['--help', '--version']) flags.add(other);
    const prose = text.replaceAll(/```.*?```/gs, '');
    const spoken = [...prose.matchAll(/`(?<code>[^`\n]+)`/g)]
      .map(({ groups }) => groups!.code!)
      // Flags of other programs stand behind their names.
      .filter((code) => /^(?:--|-[a-z] |netpolsim )/.test(code) && !/^--enable-/.test(code));
    const unknown = spoken.flatMap((code) => code.match(/(?<=^|\s)--[a-z][a-z-]*/g) ?? []).filter((flag) => !flags.has(flag));
    expect(unknown).toEqual([]);
  });
});
