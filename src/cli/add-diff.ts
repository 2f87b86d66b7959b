/**
 * The flags and the help of `diff`.
 */
import { type Command, Option } from 'commander';
import { DIFF_FORMATS } from '../index.ts';
import { type DiffFlags, diffCommand, FAIL_ON } from './diff.ts';
import type { ExitCode } from './exit.ts';
import { choiceFlag, listFlag, wholeFlag } from './flags.ts';
import type { Session } from './input.ts';
import { readingFlags, verbosityFlags } from './shared-flags.ts';
import { addOptions } from './usage.ts';

export function addDiff(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command
    .usage('BEFORE AFTER [-f PATH...] [--fail-on WHAT] [-o FORMAT]')
    .argument('<BEFORE>', 'manifests or a snapshot: a file, a directory, or `-` for stdin')
    .argument('<AFTER>', 'the same, as it will be');
  addOptions(command, [
    listFlag('-f, --file <path...>', 'what both have, such as the cluster that policies are for; may be repeated'),
    choiceFlag('--by <what>', 'the widest name of pods that change alike: pod, workload, namespace, cluster; default cluster', [
      'pod',
      'workload',
      'namespace',
      'cluster',
    ]),
    choiceFlag('--fail-on <what>', 'exit 1 when something opened, closed or changed (either); or none; default opened', FAIL_ON),
    new Option('--reasons', 'rows for the same verdict with another reason, too'),
    wholeFlag('--limit <n>', 'rows of table, wide and md: 1 to 1,000,000; default 20', { min: 1, max: 1_000_000 }),
    ...readingFlags(),
    choiceFlag('-o, --output <format>', `${DIFF_FORMATS.join(', ')}; default table`, DIFF_FORMATS),
    ...verbosityFlags(),
  ]);
  command.addHelpText('after', DIFF_HELP);
  command.action(async (before: string, after: string, flags: DiffFlags) => done(await diffCommand(before, after, flags, session)));
}

const DIFF_HELP = `
Every pair of ends (pods, nodes, ranges outside, by address family) is compared at every port; pods go together by name,
nodes by name and address. An end that only one side has reaches nothing on the other: what it may reach opened with it
(added) or closed (removed). A pod and itself is no pair of these. Unknown verdicts neither open nor close anything, and
prove nothing. Under each row stands what decides before and after, by file and line. No difference is told as proven
only where both sides were read whole, have the same ends and addresses, no verdict is unknown, and nothing is there
that verdicts do not know (policies of other kinds, namespaces without labels, other Services).

Exit codes: 0 nothing opens (--fail-on: nothing of that kind); 1 something does; 2 usage or input; 3 neither is certain:
some verdict is unknown, there is what verdicts do not know, a side was not read whole (--keep-going), or a limit was
reached.

Examples:
  netpolsim diff old/ new/
  netpolsim diff policies-main.yaml policies.yaml -f cluster/ --fail-on changed
  git show main:policies.yaml | netpolsim diff - policies.yaml -f cluster.nps -o md > comment.md`;
