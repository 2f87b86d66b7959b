/**
 * The flags and the help of `lint`.
 */
import { type Command, Option } from 'commander';
import { LINT_RULES, LINT_SEVERITIES } from '../index.ts';
import type { ExitCode } from './exit.ts';
import { choiceFlag, choicesFlag, listFlag, textFlag } from './flags.ts';
import type { Session } from './input.ts';
import { type LintFlags, lintCommand } from './lint.ts';
import { INPUT_FILES, readingFlags, verbosityFlags } from './shared-flags.ts';
import { addOptions } from './usage.ts';

const IDS = LINT_RULES.map(({ id }) => id);

export function addLint(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command.usage('-f PATH... [--rule A,B,...] [--skip A,B,...] [--fail-on SEVERITY]');
  addOptions(command, [
    listFlag('-f, --file <path...>', INPUT_FILES),
    new Option('--rules', 'list the rules, and look at nothing'),
    choicesFlag('--rule <ids>', 'only these rules, separated by commas; default: all', IDS),
    choicesFlag('--skip <ids>', 'not these rules', IDS),
    choiceFlag('--severity <least>', 'tell only what is at least an error, warning or note; default note', LINT_SEVERITIES),
    choiceFlag('--fail-on <least>', 'exit 1 when there is an error, warning or note, or worse; or never; default warning', [
      ...LINT_SEVERITIES,
      'never',
    ]),
    textFlag(
      '--system-namespaces <names>',
      'namespaces of the cluster itself, separated by commas; default kube-system,kube-public,kube-node-lease',
    ),
    ...readingFlags(),
    choiceFlag('-o, --output <format>', 'table, json, sarif or github; default table', ['table', 'json', 'sarif', 'github']),
    ...verbosityFlags(),
  ]);
  command.addHelpText('after', LINT_HELP);
  command.action(async ({ systemNamespaces, ...flags }: Omit<LintFlags, 'systemNamespaces'> & { systemNamespaces?: string }) => {
    const names = systemNamespaces?.split(',').map((name) => name.trim());
    done(await lintCommand({ ...flags, ...(names === undefined ? {} : { systemNamespaces: names }) }, session));
  });
}

const LINT_HELP = `
Each rule has a page in docs/lint, with an example of what it finds and one of what it does not. What matches nothing
is told only where the input shows the pods and namespaces that could match; what could not be checked is said.

A finding is ignored where the object, its workload or its namespace has the annotation
\`lint.netpolsim.dev/ignore: RULE, RULE\`; \`lint.netpolsim.dev/ignore-reason\` says why. -v shows ignored findings. With
-o github findings become annotations, and a summary is added to the file that GITHUB_STEP_SUMMARY names.

Exit codes: 0 nothing found, or only what is milder than --fail-on; 1 findings; 2 usage or input; 3 nothing found, and
the input could not be read whole (--keep-going).

Examples:
  netpolsim lint -f cluster/
  netpolsim lint -f cluster/ -f candidate.yaml --fail-on error -o github
  netpolsim lint -f cluster/ --skip redundant-here,internet-exposure -o sarif > lint.sarif
  netpolsim lint --rules`;
