/**
 * From the numbers of many processes to the result table: medians, base lines, ratios, targets.
 */

import { median } from '../src/scale/statistics.ts';
import type { ComparedRow, Comparison } from './compare.ts';
import { type Noise, noiseLine } from './noise.ts';
import type { Machine } from './support/machine.ts';
import { machineLine } from './support/machine.ts';
import type { Measurement } from './support/measure.ts';
import { BASELINES, RATIOS, type ResultRef, TARGETS } from './targets.ts';

export interface ResultRow {
  readonly subject: string;
  readonly metric: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** One value per process, in the order in which they ran. */
  readonly values: readonly number[];
  readonly details?: Measurement['details'];
  /** How many times better than its base line; null for a row without one. */
  readonly timesBaseline: number | null;
  /** The same for each process and the process of the base line in its round; of a ratio the ratio itself. More is better. Null for a row without base line. */
  readonly relative: readonly number[] | null;
  readonly target: { readonly atLeast?: number; readonly atMost?: number } | null;
  readonly met: boolean | null;
}

export interface BenchReport {
  readonly apiVersion: 'netpolsim/v1';
  readonly kind: 'BenchReport';
  readonly machine: Machine;
  readonly quick: boolean;
  readonly seed: number;
  readonly processes: number;
  readonly results: readonly ResultRow[];
  /** The subject that was measured twice; null where that failed. */
  readonly noise: Noise | null;
  /** What could not run here. */
  readonly skipped: readonly { readonly subject: string; readonly message: string }[];
  readonly failures: readonly { readonly subject: string; readonly message: string }[];
}

type Plain = Omit<ResultRow, 'timesBaseline' | 'relative' | 'target' | 'met'>;

/** Rows in the order in which the subjects came, ratios last. `quick` results are held against no target: their sizes are not those that targets are about. */
export function makeRows(samples: ReadonlyMap<string, readonly (readonly Measurement[])[]>, quick: boolean): ResultRow[] {
  const plain = [...samples].flatMap(([subject, processes]) => rowsOf(subject, processes));
  const ratios = RATIOS.flatMap((ratio): Plain[] => {
    const above = find(plain, ratio.numerator);
    const below = find(plain, ratio.denominator);
    if (above === undefined || below === undefined) return [];
    const values = above.values.map((value, round) => value / below.values[round]!);
    return [{ subject: ratio.subject, metric: ratio.metric, unit: 'x', better: above.better, ...spread(values) }];
  });
  return [...plain, ...ratios].map((row) => ({
    ...row,
    ...compareWithBaseline(row, plain),
    ...(quick ? { target: null, met: null } : judge(row)),
  }));
}

function rowsOf(subject: string, processes: readonly (readonly Measurement[])[]): Plain[] {
  return (processes[0] ?? []).map(({ metric, unit, better, details }) => {
    const values = processes.map((measurements) => measurements.find((measurement) => measurement.metric === metric)!.value);
    return {
      ...{ subject, metric, unit, better, ...spread(values) },
      ...(details === undefined ? {} : { details }),
    };
  });
}

function spread(values: readonly number[]): Pick<Plain, 'median' | 'min' | 'max' | 'values'> {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values), values };
}

function find(rows: readonly Plain[], { subject, metric }: ResultRef): Plain | undefined {
  return rows.find((row) => row.subject === subject && row.metric === metric);
}

function compareWithBaseline(row: Plain, rows: readonly Plain[]): Pick<ResultRow, 'timesBaseline' | 'relative'> {
  const times = (value: number, base: number): number => (row.better === 'higher' ? value / base : base / value);
  if (row.unit === 'x') return { timesBaseline: null, relative: row.values.map((value) => times(value, 1)) };
  const prefix = Object.keys(BASELINES)
    .filter((candidate) => row.subject.startsWith(candidate))
    .sort((a, b) => b.length - a.length)[0];
  const baseline = prefix === undefined ? undefined : find(rows, { subject: BASELINES[prefix]!, metric: row.metric });
  if (baseline === undefined) return { timesBaseline: null, relative: null };
  return {
    timesBaseline: times(row.median, baseline.median),
    relative: row.values.map((value, round) => times(value, baseline.values[round]!)),
  };
}

function judge(row: Plain): Pick<ResultRow, 'target' | 'met'> {
  const found = TARGETS.find(({ subject, metric }) => subject === row.subject && metric === row.metric);
  if (found === undefined) return { target: null, met: null };
  const { atLeast, atMost } = found;
  const met = (atLeast === undefined || row.median >= atLeast) && (atMost === undefined || row.median <= atMost);
  return { target: { ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) }, met };
}

/** The result table as Markdown, with the lines of the machine and of the noise above it. */
export function formatTable({ machine, quick, seed, processes, noise, results }: BenchReport): string {
  const head = ['subject', 'metric', 'median', 'min .. max', 'x base line', 'target', 'met'];
  const body = results.map((row) => [
    row.subject,
    row.metric,
    `${formatNumber(row.median)} ${row.unit}`,
    row.values.length > 1 ? `${formatNumber(row.min)} .. ${formatNumber(row.max)}` : '',
    row.timesBaseline === null ? '' : formatNumber(row.timesBaseline),
    formatTarget(row),
    row.met === null ? '' : row.met ? 'yes' : 'no',
  ]);
  const note = `seed ${seed}, medians of ${processes} process${processes === 1 ? '' : 'es'}${quick ? ', quick: sizes are small, numbers mean little' : ''}`;
  const aside = sideBySide(results);
  return [
    ...[machineLine(machine), note, ...(noise === null ? [] : [noiseLine(noise)]), '', ...markdown(head, body), ''],
    ...(aside.length > 0 ? [...aside, ''] : []),
  ].join('\n');
}

/** Old beside new as Markdown, and what became worse. */
export function formatComparison({ rows, noise, onlyOld, onlyNow }: Comparison, file: string): string {
  const number = (row: ComparedRow, value: number): string => `${formatNumber(value)} ${row.unit}`;
  const head = ['subject', 'metric', 'old', 'new', 'new / old', 'by', ''];
  const body = rows.map((row) => [
    ...[row.subject, row.metric, number(row, row.old), number(row, row.now)],
    ...[row.ratio.toFixed(3), row.by, row.finding === 'same' ? '' : row.finding],
  ]);
  const worse = rows.filter(({ finding }) => finding === 'worse').map(({ subject, metric }) => `${subject} (${metric})`);
  return [
    `compared with \`${file}\`; new / old: above 1 is better; noise: a factor of ${noise.toFixed(3)}`,
    '',
    ...markdown(head, body),
    '',
    ...(onlyOld.length > 0 ? [`only in the earlier run: ${onlyOld.join('; ')}`] : []),
    ...(onlyNow.length > 0 ? [`only in this run: ${onlyNow.join('; ')}`] : []),
    worse.length > 0 ? `worse beyond the noise: ${worse.join('; ')}` : 'nothing is worse beyond the noise',
    '',
  ].join('\n');
}

const ASIDE = ['reference', 'naive', 'random', 'c'] as const;

/** A row for each workload whose verdicts were measured in several ways: reference, naive loop, engine and C, on one thread and random flows. No lines where there is none. */
export function sideBySide(results: readonly ResultRow[]): string[] {
  const workloads = new Map<string, Map<string, ResultRow>>();
  for (const row of results) {
    const { workload, way } = /^batch\.(?<workload>.+)\.(?<way>[^.]+)$/.exec(row.subject)?.groups ?? {};
    if (workload === undefined || way === undefined || !ASIDE.some((each) => each === way)) continue;
    const ways = workloads.get(workload) ?? new Map<string, ResultRow>();
    workloads.set(workload, ways.set(row.metric === 'throughput' ? way : row.metric, row));
  }
  const speed = (row: ResultRow | undefined): string => (row === undefined ? '' : formatNumber(row.median));
  const body = [...workloads].flatMap(([workload, ways]) => {
    if (ASIDE.filter((way) => ways.has(way)).length < 2) return [];
    const { tablesBytes, kernelBytes } = [...ways.values()].find(({ details }) => details?.kernelBytes !== undefined)?.details ?? {};
    return [
      [
        workload,
        formatBytes(tablesBytes),
        formatBytes(kernelBytes),
        ...ASIDE.map((way) => speed(ways.get(way))),
        speed(ways.get('engine / C')),
      ],
    ];
  });
  const head = ['flows/s', 'tables', 'read for verdicts', 'reference', 'naive loop', 'engine', 'C', 'engine / C'];
  return body.length === 0 ? [] : markdown(head, body);
}

function formatBytes(bytes: number | string | undefined): string {
  if (typeof bytes !== 'number') return '';
  return bytes >= 1e6 ? `${trim(bytes / 1e6)} MB` : `${trim(bytes / 1e3)} KB`;
}

function markdown(head: readonly string[], body: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((cells) => cells[column]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(line)];
}

function formatTarget({ target, unit }: ResultRow): string {
  if (target === null) return '';
  return target.atLeast === undefined ? `<= ${formatNumber(target.atMost!)} ${unit}` : `>= ${formatNumber(target.atLeast)} ${unit}`;
}

/** Three significant digits; millions and thousands by letter. */
function formatNumber(value: number): string {
  if (value >= 1e6) return `${trim(value / 1e6)} M`;
  if (value >= 1e4) return `${trim(value / 1e3)} k`;
  return trim(value);
}

function trim(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
