/**
 * A run against an earlier one. In come two reports, out comes what became worse, by more than the noise of either run.
 *
 * Rows with a base line are compared by their ratios to it, taken round by round inside each run, so that another machine or more load, which change both, change nothing. Rows without one are compared by
 * value, and judged only on the same machine; base lines themselves are shown and not judged.
 */

import { median } from '../src/scale/statistics.ts';
import { noiseFactor } from './noise.ts';
import type { BenchReport, ResultRow } from './report.ts';
import { BASELINES } from './targets.ts';

/** Thrown for a report that this run cannot be compared with; the message says why. */
export class NotComparable extends Error {
  override readonly name = 'NotComparable';
}

export interface ComparedRow {
  readonly subject: string;
  readonly metric: string;
  readonly unit: string;
  readonly old: number;
  readonly now: number;
  /** How many times better than before: above 1 is better, whatever the metric. */
  readonly ratio: number;
  readonly by: 'base line' | 'value';
  readonly finding: 'worse' | 'better' | 'same' | 'base line' | 'other machine';
}

export interface Comparison {
  readonly rows: readonly ComparedRow[];
  /** The factor within which rows count as the same. */
  readonly noise: number;
  readonly onlyOld: readonly string[];
  readonly onlyNow: readonly string[];
}

/** With fewer processes than this tells apart, or a calm minute for the A/A pair, the noise would be too small to believe. */
const LEAST_NOISE = 1.05;

/**
 * Reads what `--json` wrote.
 * @throws {NotComparable} for text that is none
 */
export function parseReport(text: string, file: string): BenchReport {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new NotComparable(`\`${file}\` is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  const report = (typeof document === 'object' && document !== null ? document : {}) as Partial<BenchReport>;
  if (report.apiVersion !== 'netpolsim/v1' || report.kind !== 'BenchReport') {
    const got = `apiVersion \`${String(report.apiVersion)}\`, kind \`${String(report.kind)}\``;
    throw new NotComparable(`\`${file}\` is no report of a bench: got ${got}, expected \`netpolsim/v1\`, \`BenchReport\``);
  }
  if (!Array.isArray(report.results) || !report.results.every(isRow) || typeof report.machine !== 'object' || report.machine === null) {
    throw new NotComparable(`\`${file}\` is a report of another version: its results have other fields`);
  }
  return report as BenchReport;
}

function isRow(row: unknown): boolean {
  const { subject, metric, values, relative, better } = (typeof row === 'object' && row !== null ? row : {}) as Partial<ResultRow>;
  const areNumbers = (list: unknown): boolean =>
    Array.isArray(list) && list.length > 0 && list.every((value) => typeof value === 'number' && value > 0);
  return (
    typeof subject === 'string' &&
    typeof metric === 'string' &&
    (better === 'higher' || better === 'lower') &&
    areNumbers(values) &&
    (relative === null || areNumbers(relative))
  );
}

/** What can be told before anything is measured. @throws {NotComparable} for a run of other sizes or another seed */
export function checkSettings(old: BenchReport, now: Pick<BenchReport, 'quick' | 'seed'>): void {
  if (old.quick !== now.quick)
    throw new NotComparable(`the earlier run was ${old.quick ? '' : 'not '}a quick one, this one is${now.quick ? '' : ' not'}`);
  if (old.seed !== now.seed) throw new NotComparable(`the earlier run had the seed ${old.seed}, this one has ${now.seed}`);
}

/** @throws {NotComparable} for reports of other sizes, seeds or tables, and for reports without a row in common */
export function compareReports(old: BenchReport, now: BenchReport): Comparison {
  checkSettings(old, now);
  const before = new Map(old.results.map((row) => [nameOf(row), row]));
  const pairs = now.results.flatMap((row): [ResultRow, ResultRow][] => {
    const found = before.get(nameOf(row));
    return found === undefined ? [] : [[found, row]];
  });
  if (pairs.length === 0) throw new NotComparable('the two runs have no subject in common');
  for (const [was, is] of pairs) checkInput(was, is);
  const noise = Math.max(LEAST_NOISE, ...[old, now].map((report) => (report.noise ? noiseFactor(report.noise) : 1)));
  const sameMachine = (['cpu', 'cores', 'node'] as const).every((field) => old.machine[field] === now.machine[field]);
  const names = new Set(now.results.map(nameOf));
  return {
    rows: pairs.map(([was, is]) => compareRow(was, is, noise, sameMachine)),
    noise,
    onlyOld: [...before.keys()].filter((name) => !names.has(name)),
    onlyNow: [...names].filter((name) => !before.has(name)),
  };
}

function nameOf({ subject, metric }: ResultRow): string {
  return `${subject}, ${metric}`;
}

/** Other tables, or another file, are another measurement, however alike the numbers are. */
function checkInput(was: ResultRow, is: ResultRow): void {
  for (const key of ['tablesSha256', 'fileSha256', 'flows']) {
    const [old, now] = [was.details?.[key], is.details?.[key]];
    if (old === now) continue;
    const what = key === 'flows' ? 'another number of flows' : `other ${key === 'fileSha256' ? 'files' : 'tables'}`;
    throw new NotComparable(`${is.subject} measured ${what} in the earlier run: ${key} \`${old}\` then, \`${now}\` now`);
  }
}

function compareRow(was: ResultRow, is: ResultRow, noise: number, sameMachine: boolean): ComparedRow {
  const isBaseline = Object.values(BASELINES).includes(is.subject);
  const byBaseline = was.relative !== null && is.relative !== null && !isBaseline;
  const [old, now] = byBaseline ? [was.relative, is.relative] : [goodness(was), goodness(is)];
  const ratio = median(now) / median(old);
  const finding = (): ComparedRow['finding'] => {
    if (isBaseline) return 'base line';
    if (!byBaseline && !sameMachine) return 'other machine';
    // Beyond the noise, and every process of one run beyond every process of the other.
    if (ratio < 1 / noise && Math.max(...now) < Math.min(...old)) return 'worse';
    return ratio > noise && Math.min(...now) > Math.max(...old) ? 'better' : 'same';
  };
  return {
    ...{ subject: is.subject, metric: is.metric, unit: is.unit, old: was.median, now: is.median, ratio },
    ...{ by: byBaseline ? 'base line' : 'value', finding: finding() },
  };
}

/** Values, turned so that more is better. */
function goodness({ values, better }: ResultRow): number[] {
  return values.map((value) => (better === 'higher' ? value : 1 / value));
}
