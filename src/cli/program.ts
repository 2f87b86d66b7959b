/**
 * The commands, their flags and their help. What a command does is in a file of its own.
 */
import { Command, type CommanderError } from 'commander';
import { addBench } from './add-bench.ts';
import { addCanReach } from './add-can-reach.ts';
import { addCompletion } from './add-completion.ts';
import { addCompliance } from './add-compliance.ts';
import { addDiff } from './add-diff.ts';
import { addExplain } from './add-explain.ts';
import { addFuzz } from './add-fuzz.ts';
import { addGenerate } from './add-generate.ts';
import { addLint } from './add-lint.ts';
import { addMatrix } from './add-matrix.ts';
import { addPortability } from './add-portability.ts';
import { addTest } from './add-test.ts';
import { addWatch } from './add-watch.ts';
import { type CompileFlags, compileCommand } from './compile.ts';
import type { CliError, ExitCode } from './exit.ts';
import { countFlag, listFlag, textFlag, wholeFlag } from './flags.ts';
import type { Session } from './input.ts';
import { type InspectFlags, inspectCommand } from './inspect.ts';
import { INPUT_FILES, inputFlags, manifestFlags, outputFlags, readingFlags } from './shared-flags.ts';
import { MOST_WORKERS, type SimulateFlags, simulateCommand } from './simulate.ts';
import { type SnapshotFlags, snapshotCommand } from './snapshot.ts';
import { addOptions, PROGRAM, requireFlag, usageOf, wrongUsage } from './usage.ts';

type Done = (code: ExitCode) => void;

const EXIT_CODES = `
Exit codes:
  0  done
  1  a finding: can-reach gave a certain verdict that --expect does not name; diff found something opened;
     portability found a difference; a case of test does not hold; fuzz found a counterexample; lint found
     something; a check of compliance fails; bench --check says no
  2  wrong usage, or input that cannot be read
  3  no complete result: an unknown verdict (unless --expect unknown), a stopped run, output that cannot be
     written or whose reader has gone, an internal error. A run without a result never exits 0

Results go to stdout, everything else to stderr. NO_COLOR and FORCE_COLOR are respected.`;

export const SHORT_USAGE = `usage: netpolsim can-reach FROM TO --port N -f PATH...
       netpolsim explain FROM TO [--port N] -f PATH...
       netpolsim matrix -f PATH... [--by workload|namespace|pod] [--focus NAME]
       netpolsim diff BEFORE AFTER [-f PATH...] [--fail-on WHAT]
       netpolsim simulate -f PATH... [--flows 10M] [--seed 1] [--workers 2] [--mix FILE]
       netpolsim compile -f PATH... --out FILE
       netpolsim snapshot -f PATH... --out FILE
       netpolsim inspect -f PATH... | --tables FILE
       netpolsim generate SHAPE --out DIR|FILE [--seed 1] | --list
       netpolsim portability -f PATH... [--cni A,B,...] [--baseline NAME]
       netpolsim test FILES... [-f PATH...] [--case PATTERN]
       netpolsim fuzz [FILES...] -f PATH... [--against PATH...] [--out DIR]
       netpolsim lint -f PATH... [--rule A,B,...] [--fail-on SEVERITY] | --rules
       netpolsim compliance ZONES... [-f PATH...] [-o table|json|md]
       netpolsim bench -f PATH... [--against PATH...] [--out FILE]
       netpolsim watch COMMAND...
       netpolsim completion bash|zsh|fish
       netpolsim --help, netpolsim COMMAND --help`;

/** What a run of the program needs beside its arguments. */
export interface ProgramContext {
  readonly session: Session;
  /** What the user has typed to start it: `netpolsim`, or `kubectl netpolsim`. */
  readonly name: string;
  readonly version: string;
  /** Gets the exit code of the command that ran. */
  readonly done: Done;
  /** Gets the text of `--help` and `--version`. */
  readonly print: (text: string) => void;
}

export function createProgram({ session, name: called, version, done, print }: ProgramContext): Command {
  const program = new Command(called)
    .description('Verdicts, reasons and traffic simulation from Kubernetes network policies, offline.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', `${EXIT_CODES}\n\nExamples:\n${EXAMPLES.join('\n')}`);
  const command = (name: string, description: string): Command =>
    program.command(name).description(description).helpOption('-h, --help', 'show this help');
  program.commandsGroup('Ask:');
  addCanReach(command('can-reach', 'Can this connection be made, and why?'), session, done);
  addExplain(command('explain', 'Why can this connection not be made, and which line has to change?'), session, done);
  addMatrix(command('matrix', 'Who reaches whom, on which ports? Every pair, none sampled.'), session, done);
  program.commandsGroup('Check:');
  addDiff(command('diff', 'What does a change open, close, or leave as it is? With the rules that do it.'), session, done);
  addTest(command('test', 'Do files of expected connections hold?'), session, done);
  addFuzz(command('fuzz', 'Is there a cluster beside this one that breaks what must hold?'), session, done);
  addLint(
    command('lint', 'What can be said against these policies? What has no effect, what is open, what is written in vain.'),
    session,
    done,
  );
  addCompliance(command('compliance', 'Evidence for PCI DSS and SOC 2 about a zone: which checks hold, and why.'), session, done);
  addPortability(command('portability', 'What do the same policies mean under other data planes, and why?'), session, done);
  program.commandsGroup('Measure:');
  addSimulate(command('simulate', 'Send synthetic traffic through the policies and count what happens.'), session, done);
  addBench(command('bench', 'Can this policy set be rolled out? What it costs, what costs most, how it grows.'), session, done);
  addGenerate(command('generate', "Write a cluster of a known shape: the field's scale tests, and limit cases."), session, done);
  program.commandsGroup('Prepare:');
  addCompile(command('compile', 'Compile manifests into a file of tables, for --tables.'), session, done);
  addSnapshot(command('snapshot', 'Write what was read into a file that is read many times faster, for -f.'), session, done);
  addInspect(command('inspect', 'Show what compiled tables hold: classes, rows, pages, bytes per section.'), session, done);
  program.commandsGroup('Work with the command line:');
  addWatch(command('watch', 'Run a command again whenever a file that it reads changes.'), session, done, program);
  addCompletion(command('completion', 'Print what a shell needs to complete command lines.'), session, done);
  let printed = false;
  const writeOut = (text: string): void => {
    printed = true;
    print(asCalled(text, program));
  };
  for (const each of [program, ...program.commands]) {
    each.exitOverride((error) => {
      // Help and version, which commander ends with an error as well.
      throw printed ? error : refusal(error, each, program);
    });
    each.configureOutput({ writeOut, writeErr: () => {} });
  }
  return program;
}

const EXAMPLES: readonly string[] = [
  '  netpolsim can-reach shop/web shop/cart --port 7070 -f cluster/ -f policies.yaml',
  '  kubectl get ns,pods,netpol -A -o yaml | netpolsim can-reach shop/web shop/cart --port 7070 -f -',
  '  netpolsim simulate -f cluster/ --flows 10M --seed 1 --workers 2',
];

/** Command lines in a text begin as the user begins them. */
export function asCalled(text: string, program: Command): string {
  if (program.name() === PROGRAM) return text;
  const commands = [...program.commands.map((command) => command.name()), 'help', '--help', 'COMMAND'];
  return text.replace(new RegExp(`(?<![\\w/.-])(?:kubectl )?${PROGRAM}(?= (?:${commands.join('|')})\\b|(?= --))`, 'g'), program.name());
}

function refusal(error: CommanderError, command: Command, program: Command): CliError {
  if (error.code === 'commander.help') {
    // `netpolsim help NAME`, for a name that is none.
    const [first, name] = program.args;
    const problem = first === 'help' && name !== undefined ? `unknown command \`${name}\`` : 'a command is missing';
    return wrongUsage(problem, asCalled(SHORT_USAGE, program).split('\n'));
  }
  const text = error.message.replace(/^error: /, '').replace(/'/g, '`');
  const suggestion = /\n\(Did you mean [^\n]*\)$/.exec(text)?.[0] ?? '';
  const hint =
    error.code === 'commander.missingArgument'
      ? ['(a list of paths after `-f` takes all that follows: put it last, or end it with `--`)']
      : [];
  return wrongUsage(text.slice(0, text.length - suggestion.length), [
    ...(suggestion === '' ? [] : [suggestion.slice(1)]),
    ...hint,
    ...(command === program ? asCalled(SHORT_USAGE, program).split('\n') : usageOf(command)),
  ]);
}

function addSimulate(command: Command, session: Session, done: Done): void {
  command.usage('-f PATH... [--flows 10M] [--seed 1] [--workers 2] [--mix FILE]');
  addOptions(command, [
    countFlag('--flows <n>', 'flows to send, such as 10M, 1.5G, 250k, 1e6 or 250_000: 1 to 1,000,000,000,000; default 1M', {
      min: 1,
      max: 1e12,
    }),
    wholeFlag('--seed <n>', 'the same seed gives the same counts, for any number of workers; default 1', {
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
    }),
    wholeFlag('--workers <n>', 'threads: 1 to 1,024; default: as many as there are processors', { min: 1, max: MOST_WORKERS }),
    textFlag('--mix <file>', 'what traffic the cluster carries: a TrafficMix (JSON or YAML)'),
    ...inputFlags(),
    ...outputFlags(),
  ]);
  command.addHelpText('after', SIMULATE_HELP);
  command.action(async (flags: SimulateFlags) => done(await simulateCommand(flags, session)));
}

const SIMULATE_HELP = `
Suffixes of --flows: k thousand, M million, G thousand million.
Errors in the input stop the run (exit 2). With --keep-going it goes on, flows whose verdict depends on them are
counted as unknown, and the run exits 3 if there were any. Ctrl-C stops within two seconds (exit 3; before the
simulation has begun, the signal itself ends the process).

Exit codes: 0 every flow has a certain verdict; 2 usage or input; 3 unknown verdicts, or no complete result.

Examples:
  netpolsim simulate -f cluster/ --flows 10M --seed 1 --workers 2
  netpolsim simulate -f cluster/ --mix traffic.json --flows 1G -o json > report.json
  netpolsim simulate --tables cluster.npt --flows 250k`;

function addCompile(command: Command, session: Session, done: Done): void {
  command.usage('-f PATH... --out FILE');
  addOptions(command, [
    textFlag('--out <file>', 'file to write; it appears whole or not at all, and is readable by its owner only'),
    listFlag('-f, --file <path...>', INPUT_FILES),
    ...readingFlags(),
    ...outputFlags(),
  ]);
  command.addHelpText('after', COMPILE_HELP);
  command.action(async (flags: CompileFlags) => {
    requireFlag(flags, 'out', command);
    done(await compileCommand(flags, session));
  });
}

const COMPILE_HELP = `
A file that is there is replaced; where a symbolic link is there, the link is replaced and what it points to stays as
it was. Errors in the input stop the run (exit 2) and nothing is written. With --keep-going the tables are written,
verdicts that depend on the errors are unknown in them, and the run exits 3.

Exit codes: 0 written; 2 usage or input; 3 not written, or written with errors (--keep-going).

Examples:
  netpolsim compile -f cluster/ --out cluster.npt
  kubectl get ns,pods,svc,netpol -A -o yaml | netpolsim compile -f - --out cluster.npt`;

function addSnapshot(command: Command, session: Session, done: Done): void {
  command.usage('-f PATH... --out FILE');
  addOptions(command, [
    textFlag('--out <file>', 'file to write; it appears whole or not at all, and is readable by its owner only'),
    listFlag('-f, --file <path...>', INPUT_FILES),
    ...manifestFlags(),
    ...outputFlags(),
  ]);
  command.addHelpText('after', SNAPSHOT_HELP);
  command.action(async (flags: SnapshotFlags) => {
    requireFlag(flags, 'out', command);
    done(await snapshotCommand(flags, session));
  });
}

const SNAPSHOT_HELP = `
A snapshot is what was read, with the places that reasons name, and nothing compiled: it goes to \`-f\` of every
command, alone or beside manifests, under any profile. It is known by its first bytes, whatever its name, and left out
where a directory is read. Errors in the input stop the run (exit 2) and nothing is written. With --keep-going the
snapshot is written with them, the run exits 3, and whoever reads it needs --keep-going again.

Exit codes: 0 written; 2 usage or input; 3 not written, or written with errors (--keep-going).

Examples:
  netpolsim snapshot -f cluster/ --out cluster.nps
  kubectl get ns,pods,nodes,svc,netpol -A -o json | netpolsim snapshot -f - --out cluster.nps
  netpolsim can-reach shop/web shop/cart --port 7070 -f cluster.nps -f candidate.yaml`;

function addInspect(command: Command, session: Session, done: Done): void {
  command.usage('-f PATH... | --tables FILE');
  addOptions(command, [...inputFlags(), ...outputFlags()]);
  command.addHelpText('after', INSPECT_HELP);
  command.action(async (flags: InspectFlags) => done(await inspectCommand(flags, session)));
}

const INSPECT_HELP = `
Classes are sets of endpoints that policies do not tell apart; a row holds the decision for every peer class; rows
are stored in pages of 64 bytes, equal pages once ("12 for 340": 340 references to 12 pages).

Exit codes: 0 shown; 2 usage or input; 3 no complete result.

Examples:
  netpolsim inspect --tables cluster.npt
  netpolsim inspect -f cluster/ -o json`;
