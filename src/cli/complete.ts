/**
 * Completion of a command line: what the word under the cursor can become. Everything comes from the commands and their flags, so that what is added to them is completed, too.
 * The answer is written as cobra's programs do, which the scripts of `completion` read, and kubectl reads from `kubectl_complete-netpolsim`.
 */
import type { Argument, Command, Option } from 'commander';
import { offeredBy } from './flags.ts';

export interface Completion {
  readonly candidates: readonly Candidate[];
  /** Names of files, which the shell knows. */
  readonly files: boolean;
}

export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** cobra's ShellCompDirectiveDefault and ShellCompDirectiveNoFileComp. */
const WITH_FILES = 0;
const WITHOUT_FILES = 4;
const LONGEST_DESCRIPTION = 80;
const NOTHING: Completion = { candidates: [], files: false };
/** What values and arguments are called that are paths. */
const PATH_NAME = /(?:^|[-_])(?:file|path|dir|folder)s?$/i;
/** An argument of this name is a command line of the same program. */
const COMMAND_ARGUMENT = 'COMMAND';

/** A line for each candidate, with its description behind a tab, then what the shell is to add. */
export function completionText({ candidates, files }: Completion): string {
  const lines = candidates.map(({ word, description }) => (description === '' ? word : `${word}\t${description}`));
  return `${[...lines, `:${files ? WITH_FILES : WITHOUT_FILES}`].join('\n')}\n`;
}

/** `words`: those behind the name of the program; the last one, which may be empty, is completed. Words are as they were typed: quotes in them match nothing. */
export function complete(program: Command, words: readonly string[]): Completion {
  const typed = words.at(-1) ?? '';
  const line = new TypedLine(program);
  for (const word of words.slice(0, -1)) if (!line.add(word)) return NOTHING;
  return line.complete(typed);
}

/** What has been typed before the word that is completed. */
class TypedLine {
  private readonly program: Command;
  private command: Command;
  private operands = 0;
  private onlyOperands = false;
  /** A flag whose value comes next, or may come next. */
  private open: { readonly option: Option; needsValue: boolean } | undefined;
  private readonly given = new Set<Option>();

  constructor(program: Command) {
    this.program = program;
    this.command = program;
  }

  /** @returns false where nothing can be said about what follows */
  add(word: string): boolean {
    if (this.open?.needsValue) {
      this.open = this.open.option.variadic ? { option: this.open.option, needsValue: false } : undefined;
      return true;
    }
    if (!this.onlyOperands && word.startsWith('-') && word !== '-') {
      this.open = undefined;
      if (word === '--') this.onlyOperands = true;
      else this.addFlag(word);
      return true;
    }
    return this.open !== undefined || this.addOperand(word);
  }

  complete(typed: string): Completion {
    if (this.open?.needsValue) return valuesOf(this.open.option, valueName(this.open.option), typed);
    if (!this.onlyOperands && typed.startsWith('-') && typed !== '-') {
      const sign = typed.indexOf('=');
      if (sign < 0) return only(this.flags(), typed);
      const option = this.optionOf(typed.slice(0, sign));
      return option === undefined || option.isBoolean() ? NOTHING : valuesOf(option, valueName(option), typed.slice(sign + 1));
    }
    if (this.open !== undefined) return valuesOf(this.open.option, valueName(this.open.option), typed);
    if (this.command === this.program) return only(typed === '-' ? this.flags() : commandsOf(this.program), typed);
    const argument = this.argument();
    if (argument === undefined || typed === '-') return only(this.onlyOperands ? [] : this.flags(), typed);
    if (argument.name() === COMMAND_ARGUMENT) return only(commandsOf(this.program), typed);
    return valuesOf(argument, argument.name(), typed);
  }

  private addFlag(word: string): void {
    const sign = word.indexOf('=');
    const option = this.optionOf(sign < 0 ? word : word.slice(0, sign));
    if (option === undefined) return;
    this.given.add(option);
    // `-p80` has its value, and so has `--port=80`.
    const isWhole = word === option.short || word === option.long;
    if (isWhole && !option.isBoolean()) this.open = { option, needsValue: option.required };
  }

  private addOperand(word: string): boolean {
    if (this.command !== this.program) {
      if (this.argument()?.name() !== COMMAND_ARGUMENT) {
        this.operands++;
        return true;
      }
      this.command = this.program;
    }
    // `help NAME` is a name and nothing else.
    const name = word === 'help' ? undefined : this.program.commands.find((each) => each.name() === word);
    if (name === undefined) return word === 'help';
    this.command = name;
    this.operands = 0;
    this.given.clear();
    return true;
  }

  private optionOf(word: string): Option | undefined {
    const { options } = this.command;
    if (word.startsWith('--')) return options.find(({ long }) => long === word);
    return options.find(({ short }) => short === word.slice(0, 2));
  }

  private argument(): Argument | undefined {
    const { registeredArguments } = this.command;
    const last = registeredArguments.at(-1);
    return registeredArguments[this.operands] ?? (last?.variadic ? last : undefined);
  }

  /** Those that can still be given, in the order of the help. */
  private flags(): Candidate[] {
    return this.command
      .createHelp()
      .visibleOptions(this.command)
      .filter((option) => option.variadic || !this.given.has(option))
      .map((option) => ({ word: option.long ?? option.short ?? '', description: brief(option.description) }));
  }
}

function commandsOf(program: Command): Candidate[] {
  const help = program.createHelp();
  return help
    .visibleCommands(program)
    .map((command) => ({ word: command.name(), description: brief(help.subcommandDescription(command)) }));
}

/** `path` of `-f, --file <path...>`. */
export function valueName({ flags }: Option): string {
  return /[<[](?<name>[^>\].]+)/.exec(flags)?.groups?.name ?? '';
}

/** Is it the name of a value or argument that is a path? */
export function isPathName(name: string): boolean {
  return PATH_NAME.test(name);
}

function valuesOf(target: Option | Argument, name: string, typed: string): Completion {
  const offered = offeredBy(target);
  const files = isPathName(name);
  if (offered === undefined) return { candidates: [], files };
  if (!offered.isList) return { ...only(plain(offered.words()), typed), files };
  // Of a list the last word is completed, with those before it, by what is not among them.
  const before = typed.slice(0, typed.lastIndexOf(',') + 1);
  const given = before.split(',');
  const left = offered.words().filter((word) => !given.includes(word));
  return { ...only(plain(left.map((word) => `${before}${word}`)), typed), files };
}

function plain(words: readonly string[]): Candidate[] {
  return words.map((word) => ({ word, description: '' }));
}

function only(candidates: readonly Candidate[], typed: string): Completion {
  return { candidates: candidates.filter(({ word }) => word !== '' && word.startsWith(typed)), files: false };
}

/** The first clause, on one line. */
function brief(description: string): string {
  const clause = description.split(/[;:] |\n/)[0] ?? '';
  return clause.length <= LONGEST_DESCRIPTION ? clause : `${clause.slice(0, LONGEST_DESCRIPTION - 1)}…`;
}
