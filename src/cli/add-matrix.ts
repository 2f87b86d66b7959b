/**
 * The flags and the help of `matrix`.
 */
import { type Command, Option } from 'commander';
import { MATRIX_FORMATS, PROTOCOLS } from '../index.ts';
import type { ExitCode } from './exit.ts';
import { choiceFlag, textFlag, wholeFlag } from './flags.ts';
import type { Session } from './input.ts';
import { type MatrixFlags, matrixCommand } from './matrix.ts';
import { inputFlags, scopeFlags, verbosityFlags } from './shared-flags.ts';
import { addOptions } from './usage.ts';

export function addMatrix(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command.usage('-f PATH... [--by workload|namespace|pod] [-n NAMESPACE] [-l LABELS] [--focus NAME] [-o FORMAT]');
  addOptions(command, [
    choiceFlag('--by <what>', 'what a row stands for: workload, namespace or pod; default workload', ['workload', 'namespace', 'pod']),
    textFlag('--focus <name>', 'only rows with this at an end: a pod or workload as in can-reach, or a namespace'),
    choiceFlag('--direction <way>', 'of the focus, of -n or -l, or with --exposure: ingress (to it) or egress; default both', [
      'ingress',
      'egress',
    ]),
    wholeFlag('-p, --port <n>', 'only this port: 1 to 65,535; default every port', { min: 1, max: 65_535 }),
    choiceFlag('--protocol <name>', 'only TCP, UDP or SCTP; default all', PROTOCOLS, (text) => text.toUpperCase()),
    choiceFlag('--peers <which>', 'what pods are paired with: pods, or addresses outside; default both', ['pods', 'outside']),
    new Option('--exposure', 'what may come: addresses outside, and pods that do not exist yet, by the selectors of rules'),
    new Option('--nodes', 'nodes as ends, too'),
    new Option('--denied', 'rows of pairs that are denied altogether, too'),
    ...scopeFlags(),
    ...inputFlags(),
    choiceFlag('-o, --output <format>', `${MATRIX_FORMATS.join(', ')}; default table`, MATRIX_FORMATS),
    ...verbosityFlags(),
  ]);
  command.addHelpText('after', MATRIX_HELP);
  command.action(async (flags: MatrixFlags) => done(await matrixCommand(flags, session)));
}

const MATRIX_HELP = `
Every pair of ends is judged at every port, none is sampled. A row holds for all pairs that it stands for; ports at
which pods of a workload (or their address families) differ are told as \`some pairs\`, with the verdicts that occur.
A pair without a row is denied at every port. Not told are a pod and itself, ends without a common address family,
and addresses outside among themselves. Addresses outside are those of no pod, node or Service, as disjoint ranges.

With --exposure the other ends are addresses outside and pods that may come: any pod, and for each peer of a rule the
pods that it selects (\`pods with app=web in namespace shop\`), in namespaces that exist or come, too. Rows add up: a
pod gets what all rows say that it fits, and what no row says is denied. Only the policies of the pods that exist are
judged, as nobody knows those of a pod that may come. It needs manifests, as tables hold no selectors.

What could not be read (--keep-going) may be an end that no row speaks of: the run exits 3, and so does one over tables
that were compiled from such input.

Exit codes: 0 every verdict is certain; 2 usage or input; 3 some verdict is unknown, or no complete result.

Examples:
  netpolsim matrix -f cluster/
  netpolsim matrix -f cluster/ --focus shop/web --direction ingress -o wide
  netpolsim matrix -f cluster/ -n shop -l 'app in (web, cart)'
  netpolsim matrix -f cluster/ --peers outside --port 22 --protocol TCP
  netpolsim matrix -f cluster/ --exposure --direction ingress
  netpolsim matrix -f cluster/ --by pod -o ndjson > rows.ndjson`;
