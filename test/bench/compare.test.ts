/**
 * `--compare`: what counts as worse, what the machine may change, and what is refused.
 */
import { describe, expect, it } from 'vitest';
import { compareReports, NotComparable, parseReport } from '../../bench/compare.ts';
import { type BenchReport, formatComparison, makeRows } from '../../bench/report.ts';
import type { Measurement } from '../../bench/support/measure.ts';

const MACHINE = { cpu: 'Test CPU', cores: 2, memoryGb: 4, system: 'linux 1 x64', node: 'v20', v8: '11', load: 0, commit: null };
const JUDGED = 'batch.platform.random';
const BASELINE = 'batch.platform.reference';

type Values = Readonly<Record<string, readonly number[]>>;

const throughput = (value: number, details: Measurement['details'] = { tablesSha256: 'aa' }): Measurement => {
  return { metric: 'throughput', value, unit: 'flows/s', better: 'higher', details: details! };
};

function report(values: Values, change: Partial<BenchReport> = {}, details?: Measurement['details']): BenchReport {
  const samples = new Map(Object.entries(values).map(([name, each]) => [name, each.map((value) => [throughput(value, details)])]));
  return {
    ...{ apiVersion: 'netpolsim/v1', kind: 'BenchReport', machine: MACHINE, quick: false, seed: 1, processes: 3, noise: null },
    ...{ results: makeRows(samples, false), skipped: [], failures: [], ...change },
  };
}

const findings = (old: BenchReport, now: BenchReport) =>
  Object.fromEntries(compareReports(old, now).rows.map(({ subject, finding }) => [subject, finding]));

describe('a row with a base line', () => {
  const old = report({ [JUDGED]: [100, 110, 105], [BASELINE]: [10, 11, 10.5] });

  it('is judged by its ratio: half the speed of everything changes nothing', () => {
    const slowMachine = report({ [JUDGED]: [50, 55, 52.5], [BASELINE]: [5, 5.5, 5.25] });
    expect(findings(old, slowMachine)).toEqual({ [JUDGED]: 'same', [BASELINE]: 'base line' });
  });

  it('is worse where the ratio fell, though the number stayed', () => {
    const now = report({ [JUDGED]: [100, 110, 105], [BASELINE]: [20, 22, 21] });
    expect(findings(old, now)[JUDGED]).toBe('worse');
    expect(compareReports(old, now).rows[0]).toMatchObject({ by: 'base line', old: 105, now: 105, ratio: 0.5 });
    expect(findings(now, old)[JUDGED]).toBe('better');
  });

  it('takes the ratio inside each round, so that a slow round says nothing', () => {
    const noisy = report({ [JUDGED]: [100, 11, 1050], [BASELINE]: [10, 1.1, 105] });
    expect(compareReports(old, noisy).rows[0]).toMatchObject({ ratio: 1, finding: 'same' });
  });

  it('is judged on another machine too', () => {
    const machine = { ...MACHINE, cpu: 'Other CPU' };
    expect(findings(old, report({ [JUDGED]: [50, 55, 52], [BASELINE]: [10, 11, 10.5] }, { machine }))[JUDGED]).toBe('worse');
  });
});

describe('a row without base line', () => {
  const old = report({ [JUDGED]: [100, 104, 102] });
  const worse = { [JUDGED]: [80, 84, 82] };

  it('is judged by value on the same machine only', () => {
    expect(compareReports(old, report(worse)).rows[0]).toMatchObject({ by: 'value', finding: 'worse' });
    expect(findings(old, report(worse, { machine: { ...MACHINE, cores: 4 } }))[JUDGED]).toBe('other machine');
    expect(findings(old, report({ [JUDGED]: [120, 124, 122] }))[JUDGED]).toBe('better');
  });

  it('is the same inside the noise of either run, and inside a twentieth whatever the noise', () => {
    const noise = { subject: JUDGED, metric: 'throughput', ratio: 1, low: 0.75, high: 1.1, pairs: 3 };
    expect(findings(old, report(worse, { noise }))[JUDGED]).toBe('same');
    expect(findings({ ...old, noise }, report(worse))[JUDGED]).toBe('same');
    expect(findings(old, report({ [JUDGED]: [97.5, 98, 98.5] }))[JUDGED]).toBe('same');
    expect(findings(old, report({ [JUDGED]: [96, 96.5, 97] }))[JUDGED]).toBe('worse');
  });

  it('is the same while the processes of the two runs overlap', () => {
    expect(findings(old, report({ [JUDGED]: [80, 101, 82] }))[JUDGED]).toBe('same');
  });

  it('counts less as better where that is what the metric says', () => {
    const time = (value: number): BenchReport => ({
      ...old,
      results: makeRows(new Map([['compile.platform', [[{ metric: 'time', value, unit: 'ms', better: 'lower' as const }]]]]), false),
    });
    expect(compareReports(time(100), time(200)).rows[0]).toMatchObject({ ratio: 0.5, finding: 'worse' });
    expect(compareReports(time(200), time(100)).rows[0]).toMatchObject({ ratio: 2, finding: 'better' });
  });
});

describe('a base line', () => {
  it('is shown by value and never judged', () => {
    const old = report({ [JUDGED]: [100], [BASELINE]: [10] });
    const now = report({ [JUDGED]: [100], [BASELINE]: [1] });
    expect(compareReports(old, now).rows[1]).toMatchObject({ subject: BASELINE, by: 'value', ratio: 0.1, finding: 'base line' });
  });
});

describe('ratios between subjects', () => {
  it('are compared as they are, wherever they were measured', () => {
    const runs = (two: number) => report({ 'simulate.field-replica.1': [10, 10, 10], 'simulate.field-replica.2': [two, two, two] });
    const now = { ...runs(15), machine: { ...MACHINE, cpu: 'Other CPU' } };
    expect(findings(runs(19), now)['simulate, 2 workers / 1 worker']).toBe('worse');
  });
});

describe('what cannot be compared', () => {
  const old = report({ [JUDGED]: [100] });
  const refusal = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof NotComparable) return error.message;
    }
    return 'compared';
  };

  it('is other tables, other files, other flows', () => {
    const other = (details: Measurement['details']) => refusal(() => compareReports(old, report({ [JUDGED]: [100] }, {}, details)));
    expect(other({ tablesSha256: 'bb' })).toBe(`${JUDGED} measured other tables in the earlier run: tablesSha256 \`aa\` then, \`bb\` now`);
    expect(other({ tablesSha256: 'aa', fileSha256: 'cc' })).toContain('other files');
    expect(other({ tablesSha256: 'aa', flows: 5 })).toContain('another number of flows');
    expect(other({ tablesSha256: 'aa' })).toBe('compared');
  });

  it('is a quick run and a whole one, another seed, and runs of other subjects', () => {
    expect(refusal(() => compareReports(old, { ...old, quick: true }))).toBe('the earlier run was not a quick one, this one is');
    expect(refusal(() => compareReports({ ...old, quick: true }, old))).toBe('the earlier run was a quick one, this one is not');
    expect(refusal(() => compareReports(old, { ...old, seed: 2 }))).toBe('the earlier run had the seed 1, this one has 2');
    expect(refusal(() => compareReports(old, report({ 'batch.web-shop.random': [1] })))).toBe('the two runs have no subject in common');
    expect(refusal(() => compareReports(old, old))).toBe('compared');
  });

  it('is text that is no report', () => {
    const read = (text: string) => refusal(() => parseReport(text, 'old.json'));
    expect(read('{')).toMatch(/^`old\.json` is not JSON: /);
    expect(read('null')).toContain('is no report of a bench');
    expect(read(JSON.stringify({ ...old, kind: 'ScaleReport' }))).toBe(
      '`old.json` is no report of a bench: got apiVersion `netpolsim/v1`, kind `ScaleReport`, expected `netpolsim/v1`, `BenchReport`',
    );
    expect(read(JSON.stringify({ ...old, results: [{ subject: 'a' }] }))).toContain('a report of another version');
    expect(read(JSON.stringify({ ...old, results: 3 }))).toContain('a report of another version');
    expect(parseReport(JSON.stringify(old), 'old.json')).toEqual(old);
  });
});

describe('the comparison as text', () => {
  it('shows old, new and ratio, and names what is worse and what one run alone has', () => {
    const old = report({ [JUDGED]: [100e6], 'batch.web-shop.random': [7] });
    const now = report({ [JUDGED]: [50e6], 'batch.web-shop.aimed': [7] });
    const text = formatComparison(compareReports(old, now), 'old.json');
    expect(text).toMatch(/\| batch\.platform\.random \| throughput \| 100 M flows\/s \| 50 M flows\/s \| 0\.500 +\| value \| worse \|/);
    expect(text).toContain('compared with `old.json`; new / old: above 1 is better; noise: a factor of 1.050');
    expect(text).toContain('worse beyond the noise: batch.platform.random (throughput)');
    expect(text).toContain('only in the earlier run: batch.web-shop.random, throughput');
    expect(text).toContain('only in this run: batch.web-shop.aimed, throughput');
    expect(formatComparison(compareReports(old, old), 'old.json')).toContain('nothing is worse beyond the noise');
  });
});
