/**
 * What a command line reads, and how it looked at some moment. Flags and arguments whose values are called paths or files are read, except those that name what is written; a command may say
 * what else it reads.
 *
 * Files are looked at again and again, and nothing is asked of the system: its notices do not come from network file systems and mounted folders, and are lost where files are replaced by others of their name.
 */
import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { isManifestName } from '../node.ts';
import { isPathName, valueName } from './complete.ts';
import { CliError } from './exit.ts';
import { usageOf, wrongUsage } from './usage.ts';

/** Of every command: flags that name files to write. */
const WRITTEN: ReadonlySet<string> = new Set(['--out', '--updates']);

type MoreInputs = (operands: readonly string[], flags: Readonly<Record<string, unknown>>) => Promise<readonly string[]>;

const moreInputs = new WeakMap<Command, MoreInputs>();

/** Says what a command reads that is not on its command line. */
export function alsoReads(command: Command, find: MoreInputs): void {
  moreInputs.set(command, find);
}

/** Finds what a command line reads, anew whenever it is called: what else is read may be named in files. */
export type InputsOfCommand = () => Promise<readonly string[]>;

/** @throws {CliError} for a command line that is wrong, and for one that reads no files, or standard input */
export function inputsOfCommand(program: Command, [name = '', ...rest]: readonly string[]): InputsOfCommand {
  const command = program.commands.find((each) => each.name() === name);
  if (command === undefined) throw wrongUsage(`unknown command \`${name}\``, []);
  const { operands, unknown } = command.parseOptions([...rest]);
  const separator = unknown[0] === '--';
  if (unknown.length > 0 && !separator) throw wrongUsage(`unknown option \`${unknown[0]}\``, usageOf(command));
  const words = separator ? [...operands, ...unknown.slice(1)] : operands;
  const named = command.registeredArguments.some((argument) => isPathName(argument.name()));
  const flags = command.opts<Readonly<Record<string, unknown>>>();
  const paths = command.options
    .filter((option) => isPathName(valueName(option)) && !WRITTEN.has(option.long ?? ''))
    .flatMap((option) => flags[option.attributeName()] ?? [])
    .filter((value): value is string => typeof value === 'string');
  const given = [...(named ? words : []), ...paths];
  if (given.includes('-')) throw new CliError('standard input cannot be watched: it can be read once');
  if (given.length === 0) throw new CliError(`\`${name}\` reads no files here: there is nothing to watch`);
  return async () => [...new Set([...given, ...((await moreInputs.get(command)?.(words, flags)) ?? [])])];
}

/** Files and folders, with what tells one state of them from another. */
export type PathStates = ReadonlyMap<string, string>;

/** Of folders: what is read of them, with all below. What is not there has an empty state. */
export function statesOf(paths: readonly string[]): PathStates {
  const states = new Map<string, string>();
  const folders = new Set<string>();
  const visit = (path: string, isNamed: boolean): void => {
    const stats = statsOf(path);
    if (stats === undefined || !stats.isDirectory()) {
      if (isNamed || isManifestName(path.slice(path.lastIndexOf('/') + 1))) states.set(path, stateText(stats));
      return;
    }
    // Links may lead in circles.
    const identity = `${stats.dev}:${stats.ino}`;
    if (folders.has(identity)) return;
    folders.add(identity);
    for (const entry of entriesOf(path)) if (!entry.startsWith('.')) visit(join(path, entry), false);
  };
  for (const path of paths) visit(path, true);
  return states;
}

/** Those that have another state, appeared or went away, in order of their names. */
export function changedPaths(before: PathStates, after: PathStates): string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((path) => before.get(path) !== after.get(path)).sort();
}

function stateText(stats: BigIntStats | undefined): string {
  return stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
}

function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
