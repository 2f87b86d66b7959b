/**
 * The flags and the help of `test`.
 */
import type { Command } from 'commander';
import type { ExitCode } from './exit.ts';
import { choiceFlag, listFlag, textFlag } from './flags.ts';
import type { Session } from './input.ts';
import { readingFlags, verbosityFlags } from './shared-flags.ts';
import { inputsOfTests, type TestFlags, testCommand } from './test.ts';
import { addOptions } from './usage.ts';
import { alsoReads } from './watched-paths.ts';

export function addTest(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command
    .usage('FILES... [-f PATH...] [--case PATTERN]')
    .argument('<FILES...>', 'files of cases: ReachabilityTest, cases of netassert, traffic of policy-assistant');
  addOptions(command, [
    listFlag('-f, --file <path...>', 'manifests and snapshots to test, in place of the `inputs` of every file; may be repeated'),
    textFlag('--case <pattern>', 'run only cases of this name, or `test/case`; `*` stands for any characters'),
    choiceFlag('--expect <verdict>', 'allow, deny or unknown: what traffic of policy-assistant must be, as it says no verdict', [
      'allow',
      'deny',
      'unknown',
    ]),
    ...readingFlags(),
    choiceFlag('-o, --output <format>', 'table, json, junit, sarif or github; default table', [
      'table',
      'json',
      'junit',
      'sarif',
      'github',
    ]),
    ...verbosityFlags(),
  ]);
  command.addHelpText('after', TEST_HELP);
  alsoReads(command, (files, { file }) => (file === undefined ? inputsOfTests(files) : Promise.resolve([])));
  command.action(async (files: readonly string[], flags: TestFlags) => done(await testCommand(files, flags, session)));
}

const TEST_HELP = `
Every pair of the ends of a case is judged at every port and every address that it names, none left out. A case whose
ends stand for nothing fails, and so does a run of no case. An unknown verdict holds only where \`unknown\` is expected.
\`inputs\` of a file are relative to its folder; \`-f\` takes their place. With -o github failures become annotations, and
a summary is added to the file that GITHUB_STEP_SUMMARY names.

A case of another tool's file that cannot be asked is skipped, and said; a pod that is assumed has only the addresses
that the case gives it, so that without any no ipBlock matches it.

Exit codes: 0 all hold; 1 a case fails, a limit is exceeded, or no case was run; 2 usage or input; 3 a case was skipped,
the input could not be read whole (--keep-going), or no result.

Examples:
  netpolsim test tests/*.yaml
  netpolsim test tests/shop.yaml -f rendered/ --case 'web *'
  netpolsim test netassert.yaml -f cluster.nps -o junit > report.xml
  netpolsim test traffic.json --expect allow -f cluster/`;
