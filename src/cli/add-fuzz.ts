/**
 * The flags and the help of `fuzz`.
 */
import type { Command } from 'commander';
import { MUTATION_KINDS } from '../index.ts';
import type { ExitCode } from './exit.ts';
import { choiceFlag, choicesFlag, listFlag, textFlag, wholeFlag } from './flags.ts';
import { type FuzzFlags, fuzzCommand } from './fuzz.ts';
import type { Session } from './input.ts';
import { INPUT_FILES, readingFlags, verbosityFlags } from './shared-flags.ts';
import { addOptions } from './usage.ts';

export function addFuzz(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command
    .usage('[FILES...] -f PATH... [--against PATH...] [--runs N] [--seed 1] [--out DIR]')
    .argument('[FILES...]', 'files of invariants (`kind: Invariants`): what is never, always, or unchanged');
  addOptions(command, [
    listFlag('-f, --file <path...>', INPUT_FILES),
    listFlag('--against <path...>', 'manifests with other policies that must give every connection the same verdict; may be repeated'),
    choicesFlag(
      '--mutations <kinds>',
      `what may happen, separated by commas: ${MUTATION_KINDS.join(', ')}; default: the first seven`,
      MUTATION_KINDS,
    ),
    wholeFlag('--most <n>', 'changes at once: 1 to 20; default 3', { min: 1, max: 20 }),
    wholeFlag('--runs <n>', 'neighbours to judge: 1 to 1,000,000; default: 500, fewer for a large cluster', { min: 1, max: 1_000_000 }),
    wholeFlag('--seed <n>', 'the same seed gives the same neighbours; default 1', { min: 0, max: 2 ** 31 - 1 }),
    textFlag('--path <path>', 'with the seed and the input of a report: look at its counterexample again, and at nothing else'),
    wholeFlag('--time <s>', 'stop after so many seconds: 1 to 86,400; default: when all neighbours are judged', { min: 1, max: 86_400 }),
    textFlag('--out <dir>', 'write each counterexample there as manifests, with a page that says what was changed'),
    ...readingFlags(),
    choiceFlag('-o, --output <format>', 'table or json; default table', ['table', 'json']),
    ...verbosityFlags(),
  ]);
  command.addHelpText('after', FUZZ_HELP);
  command.action(async (files: readonly string[], flags: FuzzFlags) => done(await fuzzCommand(files, flags, session)));
}

const FUZZ_HELP = `
Invariants are judged exactly, over every pair of their ends at every port, in the cluster as it is and then in
neighbours of it, which are drawn at random: not to find a counterexample is no proof. Ends that select by labels and
names are looked up anew in each. What breaks an invariant is shrunk to the changes that it needs.

  relabel            a pod loses, changes or gets a label that some policy or invariant speaks of; it stays one of its
                     workload, as if the template had changed
  scale              there are more pods like one
  move               a pod moves to another namespace
  namespace          a new namespace with the labels of another, without policies, and a pod in it
  address            a pod gets another address, next to that of some pod
  dual-stack         a pod gets an address of the family that it has none of
  ports              a named port that some policy uses gets another number, or goes
  relabel-namespace  as relabel; not by default: policies rest on these labels, and their owners guard them
  drop               a policy is removed; not by default: it opens and closes things because it is meant to
  reorder            policies of administrators exchange priorities or rules; not by default, as drop

Exit codes: 0 no counterexample was found; 1 a counterexample; 2 usage or input, or an invariant that says nothing about
the cluster; 3 not certain (a verdict is unknown, time ran out, input was not read whole, policies of kinds that are not
judged, labels of namespaces that are not in the input), or no result.

Examples:
  netpolsim fuzz invariants.yaml -f cluster/
  netpolsim fuzz invariants.yaml -f cluster/ --mutations relabel,drop --runs 2000 --out broken/
  netpolsim fuzz -f cluster/ --against refactored/
  netpolsim fuzz invariants.yaml -f cluster/ --seed 1 --path 17:0:2`;
