/**
 * Runs benches. Every subject runs in processes of its own; the processes of different subjects alternate, so that a noisy minute hits all of them. One subject is measured twice, to
 * tell the noise.
 * The table goes to stdout, progress to stderr, the report with `--json FILE` to a file.
 *
 *   node run.js [SUBJECT…] [--quick] [--processes N] [--seed N] [--json FILE] [--compare FILE] [--check] [--list] [--show FILE]
 *
 * SUBJECT is a name, the beginning of names (`batch.platform`) or a part of them (`c`: the C loops). `--compare`: with the report of an earlier run. `--show`: prints the tables of a report as Markdown. Exit: 0 measured, 1 something is worse than in the earlier run, or
 * a target was missed and `--check` was given, 2 usage, or an earlier report that this run cannot be compared with, 3 a subject failed (a wrong answer is a failure).
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { type Comparison, checkSettings, compareReports, NotComparable, parseReport } from './compare.ts';
import { type Noise, noiseOf, noisySubject, turnsOf } from './noise.ts';
import { type BenchReport, formatComparison, formatTable, makeRows } from './report.ts';
import { SUBJECTS, subjectsOf } from './subjects/registry.ts';
import type { Skipped, Subject } from './subjects/subject.ts';
import { describeMachine } from './support/machine.ts';
import type { Measurement } from './support/measure.ts';

const CHILD = join(dirname(fileURLToPath(import.meta.url)), 'run-subject.js');
const execFileAsync = promisify(execFile);

interface Options {
  readonly subjects: readonly Subject[];
  readonly quick: boolean;
  readonly processes: number;
  readonly seed: number;
  readonly json: string | undefined;
  readonly compare: { readonly file: string; readonly report: BenchReport } | undefined;
  readonly check: boolean;
  /** A report to print instead of measuring. */
  readonly show: BenchReport | undefined;
  readonly list: boolean;
}

// The reader of the list or the table may leave early: `--list | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(3);
});
process.exitCode = await main();

async function main(): Promise<number> {
  let options: Options;
  try {
    options = readOptions();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
  if (options.list) {
    for (const { name, about } of SUBJECTS) process.stdout.write(`${name.padEnd(32)} ${about}\n`);
    return 0;
  }
  if (options.show !== undefined) {
    process.stdout.write(formatTable(options.show));
    return 0;
  }
  const report = await measure(options);
  process.stdout.write(formatTable(report));
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  for (const { subject, message } of report.skipped) process.stderr.write(`${subject} skipped: ${message}\n`);
  for (const { subject, message } of report.failures) process.stderr.write(`${subject} failed: ${message}\n`);
  if (report.failures.length > 0) return 3;
  const missed = options.check && report.results.some(({ met }) => met === false);
  if (options.compare === undefined) return missed ? 1 : 0;
  let comparison: Comparison;
  try {
    comparison = compareReports(options.compare.report, report);
  } catch (error) {
    if (!(error instanceof NotComparable)) throw error;
    process.stderr.write(`cannot be compared with \`${options.compare.file}\`: ${error.message}\n`);
    return 2;
  }
  process.stdout.write(`\n${formatComparison(comparison, options.compare.file)}`);
  return missed || comparison.rows.some(({ finding }) => finding === 'worse') ? 1 : 0;
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      processes: { type: 'string' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
      compare: { type: 'string' },
      check: { type: 'boolean', default: false },
      show: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((word) => subjectsOf(word).length === 0);
  if (unknown !== undefined) throw new RangeError(`there is no subject \`${unknown}\`: --list shows them`);
  const processes = Number(values.processes ?? (values.quick ? 1 : 5));
  const seed = Number(values.seed);
  if (!Number.isInteger(processes) || processes < 1)
    throw new RangeError(`--processes must be a whole number from 1, got \`${values.processes}\``);
  if (!Number.isInteger(seed) || seed < 0) throw new RangeError(`--seed must be a whole number from 0, got \`${values.seed}\``);
  const chosen = new Set(positionals.flatMap(subjectsOf));
  const subjects = SUBJECTS.filter((subject) => positionals.length === 0 || chosen.has(subject));
  const { quick, json, check, list } = values;
  const show = values.show === undefined ? undefined : parseReport(readFileSync(values.show, 'utf8'), values.show);
  // Read before anything is measured: a report that is none costs no time.
  const compare =
    values.compare === undefined
      ? undefined
      : { file: values.compare, report: parseReport(readFileSync(values.compare, 'utf8'), values.compare) };
  if (compare !== undefined) checkSettings(compare.report, { quick, seed });
  return { subjects, processes, seed, quick, json, compare, check, show, list };
}

async function measure({ subjects, quick, processes, seed }: Options): Promise<BenchReport> {
  const machine = describeMachine();
  const folder = mkdtempSync(join(tmpdir(), 'netpolsim-bench-'));
  const names = subjects.map(({ name }) => name);
  const samples = new Map<string, Measurement[][]>(names.map((name) => [name, []]));
  const twice = noisySubject(names);
  const again: Measurement[][] = [];
  const failures = new Map<string, string>();
  const skipped = new Map<string, string>();
  const child = (name: string, ...modes: readonly string[]) =>
    execFileAsync(process.execPath, [CHILD, name, folder, String(seed), ...(quick ? ['--quick'] : []), ...modes], { maxBuffer: 1 << 26 });
  try {
    for (const { name, prepare } of subjects) {
      if (prepare === undefined) continue;
      process.stderr.write(`prepare ${name}\n`);
      try {
        await child(name, '--prepare');
      } catch (error) {
        failures.set(name, reasonOf(error));
        samples.delete(name);
      }
    }
    for (let round = 0; round < processes; round++) {
      for (const { name, again: second } of turnsOf(names, twice, round)) {
        if (failures.has(name) || skipped.has(name)) continue;
        process.stderr.write(`${round + 1}/${processes} ${name}${second ? ' (A/A)' : ''}\n`);
        try {
          const found = JSON.parse((await child(name)).stdout) as Measurement[] | Skipped;
          if ('skipped' in found) {
            skipped.set(name, found.skipped);
            samples.delete(name);
          } else (second ? again : samples.get(name)!).push(found);
        } catch (error) {
          failures.set(name, reasonOf(error));
          samples.delete(name);
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const first = twice === undefined ? undefined : samples.get(twice);
  const noise = twice === undefined || first === undefined ? null : noiseBetween(twice, first, again, seed);
  return {
    ...{ apiVersion: 'netpolsim/v1', kind: 'BenchReport', machine, quick, seed, processes, noise, results: makeRows(samples, quick) },
    skipped: [...skipped].map(([subject, message]) => ({ subject, message })),
    failures: [...failures].map(([subject, message]) => ({ subject, message })),
  };
}

/** By the first metric of the subject. */
function noiseBetween(subject: string, first: Measurement[][], again: Measurement[][], seed: number): Noise | null {
  const metric = first[0]?.[0]?.metric;
  if (metric === undefined || first.length !== again.length) return null;
  const values = (group: Measurement[][]): number[] => group.map((measured) => measured.find((each) => each.metric === metric)!.value);
  return noiseOf(subject, metric, values(first), values(again), seed);
}

/** The line of a child's stderr that says what happened. */
function reasonOf(error: unknown): string {
  const stderr = (error as { stderr?: string }).stderr ?? '';
  const line = stderr.split('\n').find((text) => /^\w*Error\b/.test(text));
  return line ?? (error instanceof Error ? error.message : String(error));
}
