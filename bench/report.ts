/**
 * From the numbers of many processes to the result table: medians, base lines, ratios, targets.
 */
import type { Machine } from './support/machine.ts';
import { machineLine } from './support/machine.ts';
import { type Measurement, median } from './support/measure.ts';
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
  readonly failures: readonly { readonly subject: string; readonly message: string }[];
}

type Plain = Omit<ResultRow, 'timesBaseline' | 'target' | 'met'>;

/** Rows in the order in which the subjects came, ratios last. `quick` results are held against no target: their sizes are not those that targets are about. */
export function makeRows(samples: ReadonlyMap<string, readonly (readonly Measurement[])[]>, quick: boolean): ResultRow[] {
  const plain = [...samples].flatMap(([subject, processes]) => rowsOf(subject, processes));
  const ratios = RATIOS.flatMap((ratio): Plain[] => {
    const above = find(plain, ratio.numerator);
    const below = find(plain, ratio.denominator);
    if (above === undefined || below === undefined) return [];
    const value = above.median / below.median;
    return [
      {
        subject: ratio.subject,
        metric: ratio.metric,
        unit: 'x',
        better: above.better,
        median: value,
        min: value,
        max: value,
        values: [value],
      },
    ];
  });
  return [...plain, ...ratios].map((row) => ({
    ...row,
    timesBaseline: compareWithBaseline(row, plain),
    ...(quick ? { target: null, met: null } : judge(row)),
  }));
}

function rowsOf(subject: string, processes: readonly (readonly Measurement[])[]): Plain[] {
  return (processes[0] ?? []).map(({ metric, unit, better, details }) => {
    const values = processes.map((measurements) => measurements.find((measurement) => measurement.metric === metric)!.value);
    return {
      ...{ subject, metric, unit, better, median: median(values), min: Math.min(...values), max: Math.max(...values), values },
      ...(details === undefined ? {} : { details }),
    };
  });
}

function find(rows: readonly Plain[], { subject, metric }: ResultRef): Plain | undefined {
  return rows.find((row) => row.subject === subject && row.metric === metric);
}

function compareWithBaseline(row: Plain, rows: readonly Plain[]): number | null {
  const prefix = Object.keys(BASELINES)
    .filter((candidate) => row.subject.startsWith(candidate))
    .sort((a, b) => b.length - a.length)[0];
  const baseline = prefix === undefined ? undefined : find(rows, { subject: BASELINES[prefix]!, metric: row.metric });
  if (baseline === undefined || row.unit === 'x') return null;
  return row.better === 'higher' ? row.median / baseline.median : baseline.median / row.median;
}

function judge(row: Plain): Pick<ResultRow, 'target' | 'met'> {
  const found = TARGETS.find(({ subject, metric }) => subject === row.subject && metric === row.metric);
  if (found === undefined) return { target: null, met: null };
  const { atLeast, atMost } = found;
  const met = (atLeast === undefined || row.median >= atLeast) && (atMost === undefined || row.median <= atMost);
  return { target: { ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) }, met };
}

/** The result table as Markdown, with the machine line above it. */
export function formatTable({ machine, quick, seed, processes, results }: BenchReport): string {
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
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((cells) => cells[column]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const note = `seed ${seed}, medians of ${processes} process${processes === 1 ? '' : 'es'}${quick ? ', quick: sizes are small, numbers mean little' : ''}`;
  return [machineLine(machine), note, '', line(head), rule, ...body.map(line), ''].join('\n');
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
