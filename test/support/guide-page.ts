/**
 * Pages of the guide: what they show, as steps that can be run.
 *
 * A block ```console holds commands, each behind `$ ` (a backslash at the end of a line continues it), with what they print on stdout. A line that is only `…` stands for any lines. `$ echo $?` states the exit code of the
 * command before; without it the code is 0. A block ```yaml that begins with `# file: NAME` is written as a file of that name.
 */
import { shellWords } from './command-lines.ts';

export type GuideStep =
  | { readonly kind: 'file'; readonly name: string; readonly text: string; readonly line: number }
  | {
      readonly kind: 'command';
      readonly args: readonly string[];
      readonly stdout: readonly string[];
      readonly code: number;
      readonly line: number;
    };

/** @throws {Error} for a block that does not keep to the rules, with its line */
export function stepsOf(page: string): GuideStep[] {
  const steps: GuideStep[] = [];
  for (const { groups, index } of page.matchAll(/^```(?<language>[a-z]*)\n(?<body>.*?)^```$/gms)) {
    const line = page.slice(0, index).split('\n').length;
    const { language, body } = groups as { language: string; body: string };
    if (language === 'console') steps.push(...commandsOf(body, line));
    const name = /^# file: (?<name>\S+)\n/.exec(body)?.groups?.name;
    if (name === undefined) continue;
    if (name.startsWith('/') || name.split('/').includes('..') || name.startsWith('datasets'))
      throw new Error(`line ${line}: \`${name}\` is not in the folder of the page`);
    steps.push({ kind: 'file', name, text: body, line });
  }
  return steps;
}

function commandsOf(body: string, start: number): GuideStep[] {
  const lines = body.split('\n').slice(0, -1);
  const steps: (GuideStep & { kind: 'command' })[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = start + i + 1;
    let text = lines[i++] ?? '';
    if (!text.startsWith('$ ')) throw new Error(`line ${line}: a block of the console begins with a command`);
    while (text.endsWith('\\')) text = `${text.slice(0, -1)}${lines[i++] ?? ''}`;
    const stdout: string[] = [];
    while (i < lines.length && !lines[i]!.startsWith('$ ')) stdout.push(lines[i++]!);
    if (text === '$ echo $?') {
      const last = steps.at(-1);
      if (last === undefined || stdout.length !== 1 || !/^[0-3]$/.test(stdout[0]!))
        throw new Error(`line ${line}: an exit code is that of a command before it`);
      steps[steps.length - 1] = { ...last, code: Number(stdout[0]) };
      continue;
    }
    const [program, ...args] = shellWords(text.slice(2));
    if (program !== 'netpolsim' || args.some((word) => /^[|<>&;()]+$/.test(word)))
      throw new Error(`line ${line}: only netpolsim is run, without pipes: ${text}`);
    steps.push({ kind: 'command', args, stdout, code: 0, line });
  }
  return steps;
}

/** Does a text have these lines, of which `…` stands for any? */
export function matchesLines(text: string, expected: readonly string[]): boolean {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const matches = (at: number, wanted: number): boolean => {
    if (wanted === expected.length) return at === lines.length;
    if (expected[wanted] !== '…') return at < lines.length && lines[at] === expected[wanted] && matches(at + 1, wanted + 1);
    for (let next = at; next <= lines.length; next++) if (matches(next, wanted + 1)) return true;
    return false;
  };
  return matches(0, 0);
}
