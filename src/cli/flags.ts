/**
 * Flags: how each is read. A flag that takes one value and is given twice with different values is refused: neither could be what was meant.
 */
import { type Argument, Option } from 'commander';
import { nearest } from '../index.ts';
import { CliError } from './exit.ts';
import { type NumberRange, parseCount, parseWhole } from './numbers.ts';

/** What a flag or argument can be, for completion. `isList`: several, separated by commas. */
export interface Offered {
  readonly words: () => readonly string[];
  readonly isList: boolean;
}

const offered = new WeakMap<Option | Argument, Offered>();

/** Says what words a flag or argument can be. commander's own `choices` would read them and write them into the help, too. */
export function offering<T extends Option | Argument>(target: T, words: () => readonly string[], isList = false): T {
  offered.set(target, { words, isList });
  return target;
}

export function offeredBy(target: Option | Argument): Offered | undefined {
  return offered.get(target);
}

/** A flag with one value. `read` gets the text and throws CliError when it is not what it must be. */
export function valueFlag<T>(flags: string, description: string, read: (text: string, flag: string) => T): Option {
  const option = new Option(flags, description);
  const flag = option.long ?? flags;
  let given: string | undefined;
  return option.argParser((text: string): T => {
    if (given !== undefined && given !== text)
      throw new CliError(`\`${flag}\` is given twice with different values: \`${given}\` and \`${text}\``);
    given = text;
    return read(text, flag);
  });
}

export function textFlag(flags: string, description: string): Option {
  return valueFlag(flags, description, (text, flag) => {
    if (text === '') throw new CliError(`\`${flag}\` is empty`);
    return text;
  });
}

export function wholeFlag(flags: string, description: string, range: NumberRange): Option {
  return valueFlag(flags, description, (text, flag) => parseWhole(flag, text, range));
}

export function countFlag(flags: string, description: string, range: NumberRange): Option {
  return valueFlag(flags, description, (text, flag) => parseCount(flag, text, range));
}

/** One of a few words; `fold` makes of the text what is compared with them. */
export function choiceFlag(flags: string, description: string, choices: readonly string[], fold = (text: string): string => text): Option {
  const option = valueFlag(flags, description, (text, flag) => {
    if (choices.includes(fold(text))) return fold(text);
    throw new CliError(`\`${flag}\` must be one of ${quoted(choices)}, got \`${text}\`${didYouMean(fold(text), choices)}`);
  });
  return offering(option, () => choices);
}

function quoted(choices: readonly string[]): string {
  return choices.map((choice) => `\`${choice}\``).join(', ');
}

function didYouMean(word: string, choices: readonly string[]): string {
  const near = nearest(word, choices);
  return near === undefined ? '' : `: did you mean \`${near}\`?`;
}

/** Some of a few words, separated by commas, each once. */
export function choicesFlag(flags: string, description: string, choices: readonly string[]): Option {
  const option = valueFlag(flags, description, (text, flag) => {
    const given = text.split(',').map((word) => word.trim());
    for (const word of given) {
      if (choices.includes(word)) continue;
      throw new CliError(`\`${flag}\` must be a list of ${quoted(choices)}, got \`${word}\`${didYouMean(word, choices)}`);
    }
    return [...new Set(given)];
  });
  return offering(option, () => choices, true);
}

/** A flag that takes several values and may be repeated. */
export function listFlag(flags: string, description: string): Option {
  const option = new Option(flags, description);
  return option.argParser((text: string, before: readonly string[] | undefined): readonly string[] => {
    if (text === '') throw new CliError(`the path after \`${option.long ?? flags}\` is empty`);
    return [...(before ?? []), text];
  });
}
