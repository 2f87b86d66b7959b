/**
 * Wrong usage in words, and flags on commands: what every command shares.
 */
import type { Command, Option } from 'commander';
import { CliError, EXIT_BAD_INPUT } from './exit.ts';

export function wrongUsage(message: string, details: readonly string[]): CliError {
  return new CliError(message, EXIT_BAD_INPUT, details);
}

/** What it is called when it is not started as a plugin of kubectl. */
export const PROGRAM = 'netpolsim';

export function usageOf(command: Command): string[] {
  const name = `${command.parent?.name() ?? PROGRAM} ${command.name()}`;
  return [`usage: ${name} ${command.usage()}`, `       (${name} --help says more)`];
}

/** commander looks for required flags before it looks for unknown ones, and would hide a mistyped flag behind the one that is missing. */
export function requireFlag(flags: object, name: string, command: Command): void {
  if (!(name in flags)) throw wrongUsage(`missing required option \`--${name}\``, usageOf(command));
}

export function addOptions(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command;
}
