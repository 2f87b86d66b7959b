/**
 * The flags and the help of `can-reach`.
 */
import type { Command, Option } from 'commander';
import { PROTOCOLS } from '../index.ts';
import { type CanReachFlags, canReach, mayNamePort } from './can-reach.ts';
import type { ExitCode } from './exit.ts';
import { choiceFlag, wholeFlag } from './flags.ts';
import type { Session } from './input.ts';
import { inputFlags, namespaceFlag, outputFlags } from './shared-flags.ts';
import { addOptions, requireFlag } from './usage.ts';

/** What stands at the ends of a question, and which connection it is. */
export function addQuestion(command: Command): void {
  command
    .argument(
      '<FROM>',
      'where the connection comes from: namespace/name of a pod or workload, namespace/kind/name, an IP address, or a host',
    )
    .argument('<TO>', 'where it goes to: in the same forms, or svc/namespace/name:port, or name.namespace.svc:port');
}

export function questionFlags(): Option[] {
  return [
    wholeFlag('-p, --port <n>', 'port at the destination pod, after any Service translation; of a Service its own port: 1 to 65,535', {
      min: 1,
      max: 65_535,
    }),
    choiceFlag('--protocol <name>', 'TCP, UDP or SCTP: NetworkPolicy defines no other; default TCP', PROTOCOLS, (text) =>
      text.toUpperCase(),
    ),
    choiceFlag('--family <4|6>', 'address family, when both ends have both; default: both must agree', ['4', '6']),
  ];
}

export function addCanReach(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command.usage('FROM TO --port N [-n NAMESPACE] -f PATH...');
  addQuestion(command);
  addOptions(command, [
    ...questionFlags(),
    choiceFlag('--expect <verdict>', 'allow, deny, unknown or mixed: exit 1 when the verdict is certain and another', [
      'allow',
      'deny',
      'unknown',
      'mixed',
    ]),
    namespaceFlag(),
    ...inputFlags(),
    ...outputFlags(),
  ]);
  command.addHelpText('after', CAN_REACH_HELP);
  command.action(async (from: string, to: string, flags: CanReachFlags) => {
    if (!mayNamePort(to, flags.namespace)) requireFlag(flags, 'port', command);
    done(await canReach(from, to, flags, session));
  });
}

const CAN_REACH_HELP = `
A Service (svc/namespace/name:port, by the name of the port or its number; name.namespace.svc; its cluster address)
is judged at every backend, at the port that it translates to; \`mixed\` is the verdict when some are allowed and some
denied. A host is judged at every address that --domain-names has for it. A Service without selector, without
backends, or whose pods could not be read whole, is unknown.

An object that is wrong does not stop this command: it is reported on stderr, and the verdict is unknown when it
could depend on it. A file that cannot be read stops it (exit 2), unless --keep-going is given.

Exit codes: 0 a certain verdict, or the expected one; 1 not the expected one; 2 usage or input; 3 unknown.

Examples:
  netpolsim can-reach shop/web shop/cart --port 7070 -f cluster/
  netpolsim can-reach web deploy/cart -n shop --port 7070 -f cluster/
  netpolsim can-reach shop/web svc/shop/cart:http -f cluster/
  netpolsim can-reach shop/web api.example.com:443 --domain-names names.yaml -f cluster/
  netpolsim can-reach shop/deployment/web shop/cart --port 7070 --expect allow -f cluster/ -f policies.yaml
  netpolsim can-reach 203.0.113.9 shop/web --port 443 --tables cluster.npt -o json
  kubectl get ns,pods,netpol -A -o yaml | netpolsim can-reach shop/web kube-system/coredns --port 53 --protocol UDP -f -`;
