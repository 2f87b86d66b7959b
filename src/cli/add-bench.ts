/**
 * The flags and the help of `bench`.
 */
import { type Command, Option } from 'commander';
import { type BenchFlags, benchCommand, LEAST_ROUNDS, MOST_ROUNDS } from './bench.ts';
import type { ExitCode } from './exit.ts';
import { choiceFlag, listFlag, wholeFlag } from './flags.ts';
import type { Session } from './input.ts';
import { INPUT_FILES, readingFlags, verbosityFlags } from './shared-flags.ts';
import { addOptions } from './usage.ts';

export function addBench(command: Command, session: Session, done: (code: ExitCode) => void): void {
  command.usage('-f PATH... [--against PATH...] [--quick] [--out FILE]');
  addOptions(command, [
    listFlag('-f, --file <path...>', INPUT_FILES),
    listFlag('--against <path...>', 'another set, measured in turns with the first; may be repeated'),
    wholeFlag('--seed <n>', 'seed of flows, copies and intervals; default 1', { min: 0, max: Number.MAX_SAFE_INTEGER }),
    wholeFlag('--rounds <n>', `processes that measure each set: ${LEAST_ROUNDS} to ${MOST_ROUNDS}; default 11, with --quick 5`, {
      min: LEAST_ROUNDS,
      max: MOST_ROUNDS,
    }),
    new Option('--quick', 'few rounds and few flows, for CI: what is counted is the same, times say less'),
    new Option('--check', 'exit 1 when the answer is no'),
    listFlag('--out <file>', 'also write the report: .json, .md or .svg; may be repeated'),
    ...readingFlags(),
    choiceFlag('-o, --output <format>', 'table, json, markdown or svg; default table', ['table', 'json', 'markdown', 'svg']),
    ...verbosityFlags(),
  ]);
  command.addHelpText('after', BENCH_HELP);
  command.action(async (flags: BenchFlags) => done(await benchCommand(flags, session)));
}

const BENCH_HELP = `
Verdicts are compared with the reference first: when they differ, nothing is measured (exit 3). Every set is measured
in processes of its own, which take turns; growth is the cluster, and the policy set, x2, x4 and x8.

Exit codes: 0 measured; 1 the answer is no and --check was given; 2 usage or input; 3 no complete result.

Examples:
  netpolsim bench -f cluster/ -f policies/
  netpolsim bench -f cluster/ -f new-policies/ --against cluster/ old-policies/ --out report.md --out report.svg
  netpolsim bench -f cluster/ --quick --check -o json`;
