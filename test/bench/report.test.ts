/**
 * The result table: medians over processes, base lines, ratios and targets.
 */
import { describe, expect, it } from 'vitest';
import { formatTable, makeRows, sideBySide } from '../../bench/report.ts';
import { SUBJECTS } from '../../bench/subjects/registry.ts';
import { BASELINES, RATIOS, TARGETS } from '../../bench/targets.ts';
import { median } from '../../src/scale/statistics.ts';

const throughput = (value: number) => [{ metric: 'throughput', value, unit: 'flows/s', better: 'higher' as const }];
const time = (value: number) => [{ metric: 'time per question', value, unit: 'µs', better: 'lower' as const }];

describe('median', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('the rows of a report', () => {
  it('hold the median and the range over processes', () => {
    const [row] = makeRows(new Map([['batch.platform.random', [throughput(3), throughput(1), throughput(2)]]]), false);
    expect(row).toMatchObject({ median: 2, min: 1, max: 3, values: [3, 1, 2], timesBaseline: null });
  });

  it('compare a throughput with its base line upwards and a time downwards', () => {
    const rows = makeRows(
      new Map([
        ['batch.platform.random', [throughput(100)]],
        ['batch.platform.reference', [throughput(10)]],
        ['query.field-replica.verdict', [time(2)]],
        ['query.field-replica.reference', [time(600)]],
      ]),
      false,
    );
    expect(rows.map(({ timesBaseline }) => timesBaseline)).toEqual([10, 1, 300, 1]);
    expect(rows.map(({ relative }) => relative)).toEqual([[10], [1], [300], [1]]);
  });

  it('compare each process with the base line of its round', () => {
    const samples = new Map([
      ['batch.platform.random', [throughput(100), throughput(30)]],
      ['batch.platform.reference', [throughput(10), throughput(1)]],
    ]);
    expect(makeRows(samples, false)[0]).toMatchObject({ relative: [10, 30], timesBaseline: 65 / 5.5 });
    expect(makeRows(new Map([['batch.platform.random', [throughput(1)]]]), false)[0]!.relative).toBeNull();
  });

  it('take ratios between subjects inside rounds', () => {
    const samples = new Map([
      ['simulate.field-replica.1', [throughput(10), throughput(5), throughput(10)]],
      ['simulate.field-replica.2', [throughput(20), throughput(9), throughput(15)]],
    ]);
    expect(makeRows(samples, false).at(-1)).toMatchObject({
      values: [2, 1.8, 1.5],
      median: 1.8,
      min: 1.5,
      max: 2,
      relative: [2, 1.8, 1.5],
    });
  });

  it('say whether a target was met, from both sides', () => {
    const met = (value: number) => makeRows(new Map([['batch.field-replica.random', [throughput(value)]]]), false)[0]!.met;
    expect([met(80e6), met(79.9e6)]).toEqual([true, false]);
    const answered = (value: number) => makeRows(new Map([['query.field-replica.verdict', [time(value)]]]), false)[0]!.met;
    expect([answered(1), answered(1.1)]).toEqual([true, false]);
  });

  it('hold quick results against no target', () => {
    const samples = new Map([['batch.field-replica.random', [throughput(1)]]]);
    expect(makeRows(samples, true)[0]).toMatchObject({ target: null, met: null });
    expect(makeRows(samples, false)[0]).toMatchObject({ target: { atLeast: 80e6 }, met: false });
  });

  it('add the ratio of two workers to one when both were measured', () => {
    const one = ['simulate.field-replica.1', [throughput(10)]] as const;
    const two = ['simulate.field-replica.2', [throughput(19)]] as const;
    expect(makeRows(new Map([one]), false).map(({ subject }) => subject)).toEqual([one[0]]);
    expect(makeRows(new Map([one, two]), false).at(-1)).toMatchObject({
      subject: 'simulate, 2 workers / 1 worker',
      median: 1.9,
      met: true,
    });
  });

  it('are printed under the line of the machine, one line each', () => {
    const machine = { cpu: 'Test CPU', cores: 2, memoryGb: 4, system: 'linux 1 x64', node: 'v20', v8: '11', load: 0, commit: null };
    const results = makeRows(new Map([['batch.field-replica.random', [throughput(123_456_789)]]]), false);
    const text = formatTable({
      apiVersion: 'netpolsim/v1',
      kind: 'BenchReport',
      machine,
      quick: false,
      seed: 1,
      processes: 1,
      noise: { subject: 'batch.field-replica.random', metric: 'throughput', ratio: 1.01, low: 1.01, high: 1.01, pairs: 1 },
      results,
      skipped: [],
      failures: [],
    });
    expect(text.split('\n')[0]).toBe('Test CPU, 2 cores, 4 GB, linux 1 x64, Node v20 (V8 11), load 0, commit none');
    expect(text).toContain('\nA/A noise: batch.field-replica.random, throughput, against itself: 1.010, 1 pair\n');
    expect(text).toContain('| batch.field-replica.random | throughput | 123 M flows/s |');
    expect(text).toContain('>= 80 M flows/s');
  });
});

describe('the table of one workload beside itself', () => {
  const measured = (value: number) => [{ ...throughput(value)[0]!, details: { tablesBytes: 2_500_000, kernelBytes: 12_345 } }];
  const cLoop = [...measured(90e6), { metric: 'engine / C', value: 0.875, unit: 'x', better: 'higher' as const }];
  const lines = (samples: [string, (typeof cLoop)[]][]) => sideBySide(makeRows(new Map(samples), false));

  it('has reference, naive loop, engine and C in one row, and what of the tables is read', () => {
    const table = lines([
      ['batch.field-replica.random', [measured(79e6)]],
      ['batch.field-replica.aimed', [measured(1)]],
      ['batch.field-replica.c', [cLoop]],
      ['batch.field-replica.naive', [measured(1234)]],
      ['batch.field-replica.reference', [measured(56.7)]],
      ['query.field-replica.verdict', [measured(5)]],
    ]);
    const cells = (line: string) => line.split('|').map((cell) => cell.trim());
    expect(cells(table[0]!)).toEqual([
      '',
      'flows/s',
      'tables',
      'read for verdicts',
      'reference',
      'naive loop',
      'engine',
      'C',
      'engine / C',
      '',
    ]);
    expect(cells(table[2]!)).toEqual(['', 'field-replica', '2.5 MB', '12.3 KB', '56.7', '1234', '79 M', '90 M', '0.875', '']);
    expect(table).toHaveLength(3);
  });

  it('is not there where nothing stands beside anything', () => {
    expect(lines([['batch.field-replica.random', [measured(1)]]])).toEqual([]);
    expect(lines([['query.field-replica.verdict', [measured(1)]]])).toEqual([]);
  });
});

describe('base lines, ratios and targets', () => {
  it('name subjects that exist', () => {
    const names = [...SUBJECTS.map(({ name }) => name), ...RATIOS.map(({ subject }) => subject)];
    const named = [
      ...Object.values(BASELINES),
      ...RATIOS.flatMap(({ numerator, denominator }) => [numerator.subject, denominator.subject]),
      ...TARGETS.map(({ subject }) => subject),
    ];
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});
