/**
 * The flags and the help of `explain`.
 */
import type { Command } from 'commander';
import { addQuestion, questionFlags } from './add-can-reach.ts';
import { mayNamePort } from './can-reach.ts';
import type { ExitCode } from './exit.ts';
import { type ExplainFlags, explainCommand } from './explain.ts';
import { listFlag } from './flags.ts';
import type { Session } from './input.ts';
import { INPUT_FILES, namespaceFlag, outputFlags, readingFlags } from './shared-flags.ts';
import { addOptions, requireFlag } from './usage.ts';

export function addExplain(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command.usage('FROM TO [--port N] [-n NAMESPACE] -f PATH...');
  addQuestion(command);
  addOptions(command, [
    ...questionFlags(),
    namespaceFlag(),
    listFlag('-f, --file <path...>', INPUT_FILES),
    ...readingFlags(),
    ...outputFlags(),
  ]);
  command.addHelpText('after', EXPLAIN_HELP);
  command.action(async (from: string, to: string, flags: ExplainFlags) => {
    if (!mayNamePort(to, flags.namespace)) requireFlag(flags, 'port', command);
    done(await explainCommand(from, to, flags, session));
  });
}

const EXPLAIN_HELP = `
Walks along the connection: what the names stand for, whether the client can ask the DNS of the cluster (for a Service
or a host), whether the port is the one that the pod has, the egress of the one end and the ingress of the other, and
for rules that nearly match what is in their way. Where NetworkPolicies block it, the lines to change follow: every
change was applied and judged before it is told, and opens the step under which it stands. What an administrator's
policy denies is named, and no change of it is proposed.

Exit codes: 0 explained, whatever was found; 2 usage or input; 3 it is not known whether the connection can be made.

Examples:
  netpolsim explain shop/web svc/shop/cart:http -f cluster/
  netpolsim explain web svc/cart:http -n shop -f cluster/
  netpolsim explain shop/web shop/cart --port 7070 -f cluster/ -f policies.yaml
  netpolsim explain shop/web api.example.com:443 --domain-names names.yaml -f cluster/ -o json`;
