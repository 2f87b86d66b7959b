/**
 * The flags and the help of `compliance`.
 */
import type { Command } from 'commander';
import { type ComplianceFlags, complianceCommand } from './compliance.ts';
import { CliError, type ExitCode } from './exit.ts';
import { choiceFlag, listFlag, valueFlag } from './flags.ts';
import type { Session } from './input.ts';
import { readingFlags, verbosityFlags } from './shared-flags.ts';
import { addOptions } from './usage.ts';

export function addCompliance(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command.usage('ZONES... [-f PATH...] [--date YYYY-MM-DD] [-o table|json|md]').argument('<ZONES...>', 'files of zones: ComplianceZone');
  addOptions(command, [
    listFlag('-f, --file <path...>', 'manifests and snapshots to judge, in place of the `inputs` of every zone; may be repeated'),
    valueFlag('--date <day>', 'day to put into the report, as 2026-01-31; a report has none of its own', day),
    ...readingFlags(),
    choiceFlag('-o, --output <format>', 'table, json or md; default table', ['table', 'json', 'md']),
    ...verbosityFlags(),
  ]);
  command.addHelpText('after', COMPLIANCE_HELP);
  command.action(async (files: readonly string[], flags: ComplianceFlags) => done(await complianceCommand(files, flags, session)));
}

function day(text: string, flag: string): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Days that a month does not have would be those of the next one.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw new CliError(`\`${flag}\` must be a day such as \`2026-01-31\`, got \`${text}\``);
}

const COMPLIANCE_HELP = `
A zone is a file: which pods are in it, and which paths into it, out of it and within it are meant, each with a reason.
The report says which checks hold, which fail and which cannot be shown, with rules and places as evidence, for
PCI DSS v4.0.1 1.3.1, 1.3.2 and 2.2.1 and SOC 2 CC6.1 and CC6.6, and what of each no check can show. It never says that
anything is compliant. Every pair of ends is judged at every port, and every address outside, none sampled.

What could not be read (--keep-going), policies of kinds that are not judged, and a selector that selects nothing leave
no check certain: they cannot be shown.

Exit codes: 0 every check holds; 1 a check fails; 2 usage or input; 3 a check cannot be shown, or no result.

Examples:
  netpolsim compliance zones/cardholder.yaml
  netpolsim compliance zones/*.yaml -f cluster.nps -o md --date 2026-01-31 > evidence.md
  netpolsim compliance zones/cardholder.yaml -f rendered/ --cni cilium --domain-names names.yaml`;
