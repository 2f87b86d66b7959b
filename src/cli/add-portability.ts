/**
 * The flags and the help of `portability`.
 */
import type { Command } from 'commander';
import { PROFILE_NAMES } from '../index.ts';
import type { ExitCode } from './exit.ts';
import { choiceFlag, choicesFlag, listFlag, wholeFlag } from './flags.ts';
import type { Session } from './input.ts';
import { type PortabilityFlags, portabilityCommand } from './portability.ts';
import { INPUT_FILES, policyFlags, verbosityFlags } from './shared-flags.ts';
import { addOptions } from './usage.ts';

export function addPortability(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command.usage('-f PATH... [--cni A,B,...] [--baseline NAME] [--limit N]');
  addOptions(command, [
    listFlag('-f, --file <path...>', INPUT_FILES),
    choicesFlag('--cni <profiles>', 'CNI profiles to compare, separated by commas; default: all', PROFILE_NAMES),
    choiceFlag('--baseline <profile>', 'CNI profile that they are compared with; default spec', PROFILE_NAMES),
    wholeFlag('--limit <n>', 'lines for each profile in table and markdown: 1 to 1,000,000; default 20', { min: 1, max: 1_000_000 }),
    ...policyFlags(),
    choiceFlag('-o, --output <format>', 'table, json or markdown; default table', ['table', 'json', 'markdown']),
    ...verbosityFlags(),
  ]);
  command.addHelpText('after', PORTABILITY_HELP);
  command.action(async (flags: PortabilityFlags) => done(await portabilityCommand(flags, session)));
}

const PORTABILITY_HELP = `
Every pair of pods, nodes and outside ranges is compared at every port. A difference opens (denied by the baseline),
closes, or is uncertain (one of the verdicts is unknown), and names the policy and the field that is read differently.
Policies that a data plane does not enforce at all come first. Caveats are what is known of a data plane and not part of
verdicts, such as feature gates that are off by default: they are told, and do not count as differences.

Exit codes: 0 nothing differs; 1 something differs; 2 usage or input; 3 nothing found, but not everything compared.

Examples:
  netpolsim portability -f cluster/
  netpolsim portability -f cluster/ --cni cilium,calico --baseline calico
  netpolsim portability -f cluster/ -o markdown > comment.md`;
