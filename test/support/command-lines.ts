/**
 * Command lines of netpolsim in texts: examples in help and documents.
 */
import { createTestProgram } from './program.ts';

/** Words of a line as a POSIX shell parts them; quotes are taken away. Operators are words of their own. */
export function shellWords(line: string): string[] {
  const parts = line.matchAll(
    /\s+|(?<operator>[|<>&;()]+)|(?<word>(?:[^\s|<>&;()'"\\#]|'[^']*'|"(?:[^"\\]|\\.)*"|\\.|(?<!^)(?<!\s)#)+)|(?<comment>#.*)/g,
  );
  return [...parts].flatMap(({ groups }) => {
    const { operator, word } = groups!;
    if (operator !== undefined) return [operator];
    return word === undefined
      ? []
      : [word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g, (_, single, double, escaped) => single ?? double ?? escaped)];
  });
}

/** The arguments of each `netpolsim …` in a line, up to the next operator. */
export function netpolsimCalls(line: string): string[][] {
  const words = shellWords(line);
  return words.flatMap((word, i) => {
    if (word !== 'netpolsim') return [];
    const rest = words.slice(i + 1);
    const end = rest.findIndex((each) => /^[|<>&;()]+$/.test(each));
    return [end < 0 ? rest : rest.slice(0, end)];
  });
}

/** What is wrong with a call: a command, a flag or a value that does not exist, too few or too many arguments. */
export function faultOfCall([name = '', ...rest]: readonly string[]): string | undefined {
  if (name.startsWith('--') || name === 'COMMAND' || name === 'help') return undefined;
  const command = createTestProgram().commands.find((each) => each.name() === name);
  if (command === undefined) return `there is no command ${name}`;
  if (name === 'watch') return faultOfCall(rest[0]?.startsWith('-') ? rest.slice(1) : rest);
  try {
    const { operands, unknown } = command.parseOptions([...rest]);
    if (unknown.length > 0) return `${unknown[0]} is no flag of ${name}`;
    const { registeredArguments: wanted } = command;
    if (operands.length < wanted.filter(({ required }) => required).length) return `${name} lacks an argument`;
    if (operands.length > wanted.length && !wanted.at(-1)?.variadic) return `${name} takes no ${operands.at(-1)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
}
