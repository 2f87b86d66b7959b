import { describe, expect, it } from 'vitest';
import { TrafficMixError } from '../../src/flows/mix.ts';
import { reproduciblePart, type SimulationReport } from '../../src/simulate/report.ts';
import { type SimulateOptions, simulate } from '../../src/simulate/simulate.ts';
import { RuleTables } from '../../src/tables/rule-tables.ts';
import { engineOf } from '../support/named-one-by-one.ts';
import { policyText, recount, type Tally } from '../unit/simulate/recount.ts';
import { smallEngine } from '../unit/simulate/small-cluster.ts';

const engine = smallEngine();
const FLOWS = 200_000;
const MIX = {
  apiVersion: 'netpolsim/v1',
  kind: 'TrafficMix',
  entries: [
    { from: 'shop/web', to: 'shop/cart', ports: ['7000-7005'], weight: 5 },
    { from: '*', to: 'data/*', port: 5432, zipf: 1.2 },
    { from: '0.0.0.0/0', to: 'data/db', protocol: 'UDP', port: 53 },
  ],
};

function nonZero(entries: readonly (readonly [string, number])[]): Tally {
  return new Map(entries.filter(([, count]) => count > 0));
}

function columnBytes({ columns }: SimulationReport): number[][] {
  return Object.values(columns ?? {}).map((column) => Array.from(column));
}

describe('a simulation', () => {
  it('gives the same report and the same columns for any number of workers', async () => {
    const run = (workers: number, batchesPerTask: number): Promise<SimulationReport> =>
      simulate(engine, { flows: FLOWS, seed: 5, workers, batchesPerTask, mix: MIX, verdictColumns: true });
    const one = await run(1, 1);
    for (const [workers, batchesPerTask] of [
      [2, 1],
      [3, 2],
      [8, 1],
    ] as const) {
      const other = await run(workers, batchesPerTask);
      expect(JSON.stringify(reproduciblePart(other))).toBe(JSON.stringify(reproduciblePart(one)));
      expect(columnBytes(other)).toEqual(columnBytes(one));
    }
    const otherSeed = await simulate(engine, { flows: FLOWS, seed: 6, workers: 2, mix: MIX });
    expect(otherSeed.verdicts).not.toEqual(one.verdicts);
  });

  it('counts what asking flow by flow gives: verdicts, rules, policies, defaults and denied pairs', async () => {
    const report = await simulate(engine, { flows: 30_000, seed: 11, workers: 2, mix: MIX, verdictColumns: true, topPairs: 1000 });
    const expected = recount(engine, report.columns!);
    const { verdicts, verdictsByProtocol, rules, policies, defaults, topDeniedPairs } = report;

    expect(nonZero(Object.entries(verdicts))).toEqual(expected.verdicts);
    expect(new Set(expected.verdicts.keys())).toEqual(new Set(['allow', 'deny', 'unknown']));
    const byProtocol = Object.entries(verdictsByProtocol).flatMap(([name, counts]) =>
      Object.entries(counts).map(([verdict, count]) => [`${name} ${verdict}`, count] as const),
    );
    expect(nonZero(byProtocol)).toEqual(expected.protocols);
    expect(nonZero(rules!.map(({ policy, direction, rule, hits }) => [`${policyText(policy)} ${direction} ${rule}`, hits]))).toEqual(
      expected.rules,
    );
    expect(nonZero(policies!.map(({ policy, hits }) => [policyText(policy), hits]))).toEqual(expected.policies);
    expect(nonZero(policies!.map(({ policy, defaultDenials }) => [policyText(policy), defaultDenials]))).toEqual(expected.defaultDenials);
    const byDefault = Object.entries(defaults!).flatMap(([direction, counts]) =>
      Object.entries(counts).map(([reason, count]) => [`${direction} ${reason}`, count] as const),
    );
    expect(nonZero(byDefault)).toEqual(expected.defaults);
    expect(report.deniedPairsLevel).toBe('workload');
    // Address ranges are named differently there: compare the pairs without them by name, and the others by number.
    const insideOnly = (pair: string): boolean => !/\d\/\d|::\/|prefix/.test(pair);
    const pairs = topDeniedPairs!.map(({ from, to, flows }) => [`${from} -> ${to}`, flows] as const);
    expect(new Map(pairs.filter(([pair]) => insideOnly(pair)))).toEqual(
      new Map([...expected.deniedPairs].filter(([pair]) => insideOnly(pair))),
    );
    expect(pairs.length).toBe(expected.deniedPairs.size);
    expect(pairs.reduce((sum, [, flows]) => sum + flows, 0)).toBe(verdicts.deny);
  });

  it('names rules and policies that were never hit, and does not count a default deny among them', async () => {
    const { neverHit, policies, rules } = await simulate(engine, { flows: 100_000, workers: 1 });
    expect(neverHit!.policies.map(policyText)).toEqual(['shop/nobody']);
    expect(neverHit!.rules.map(({ policy }) => policyText(policy))).toEqual(['shop/nobody']);
    expect(policies!.find(({ policy }) => policy.name === 'default-deny')).toMatchObject({ hits: 0 });
    expect(policies!.find(({ policy }) => policy.name === 'default-deny')!.defaultDenials).toBeGreaterThan(0);
    expect(rules!.filter(({ hits }) => hits > 0).length).toBe(rules!.length - 1);
  });

  it('sorts denied pairs by flows, then by name, and cuts the list', async () => {
    const all = await simulate(engine, { flows: 50_000, workers: 1, topPairs: 1000 });
    const three = await simulate(engine, { flows: 50_000, workers: 2, topPairs: 3 });
    expect(three.topDeniedPairs).toEqual(all.topDeniedPairs!.slice(0, 3));
    const keys = all.topDeniedPairs!.map(({ from, to, flows }) => [flows, `${from} ${to}`] as const);
    for (let i = 1; i < keys.length; i++) {
      const [[flows, name], [laterFlows, laterName]] = [keys[i - 1]!, keys[i]!];
      expect(flows > laterFlows || (flows === laterFlows && name < laterName)).toBe(true);
    }
  });

  it('counts only what is asked for, with the same verdicts', async () => {
    const [full, rules, verdicts] = await Promise.all(
      (['full', 'rules', 'verdicts'] as const).map((counters) => simulate(engine, { flows: FLOWS, workers: 1, counters })),
    );
    expect(rules!.verdicts).toEqual(full!.verdicts);
    expect(verdicts!.verdicts).toEqual(full!.verdicts);
    expect(verdicts!.verdictsByProtocol).toEqual(full!.verdictsByProtocol);
    expect(rules!.rules).toEqual(full!.rules);
    expect(rules!.topDeniedPairs).toBeUndefined();
    expect(verdicts!.rules).toBeUndefined();
    expect(full!.topDeniedPairs!.length).toBeGreaterThan(0);
  });

  it('works on tables that are not in shared memory', async () => {
    const copy = new ArrayBuffer(engine.tables.buffer.byteLength);
    new Uint8Array(copy).set(new Uint8Array(engine.tables.buffer));
    const own = await simulate({ tables: RuleTables.from(copy) }, { flows: 10_000, workers: 1 });
    const shared = await simulate(engine, { flows: 10_000, workers: 1 });
    expect(reproduciblePart(own)).toEqual(reproduciblePart(shared));
  });

  it('of so many flows that the workers get strips counts the verdicts that decisions give', async () => {
    const large = engineOf(513);
    const options = { flows: 2 ** 24, seed: 3, workers: 1 };
    const { verdicts } = await simulate(large, { ...options, counters: 'verdicts' });
    expect(verdicts).toEqual((await simulate(large, { ...options, counters: 'rules' })).verdicts);
    for (const count of Object.values(verdicts)) expect(count).toBeGreaterThan(1000);
  });

  it('of no flows reports zeros', async () => {
    const { verdicts, neverHit, rules } = await simulate(engine, { flows: 0 });
    expect(verdicts).toEqual({ allow: 0, deny: 0, unknown: 0 });
    expect(neverHit!.rules.length).toBe(rules!.length);
  });

  it('tells how far it is, up to the end', async () => {
    const seen: [number, number][] = [];
    await simulate(engine, { flows: FLOWS, workers: 2, batchesPerTask: 1, onProgress: (done, total) => seen.push([done, total]) });
    expect(seen.length).toBe(4);
    expect(seen.at(-1)).toEqual([FLOWS, FLOWS]);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).toSorted((a, b) => a - b));
  });

  it.each<[string, Partial<SimulateOptions>, string]>([
    ['flows that are no number', { flows: Number.NaN }, 'flows must be'],
    ['a negative number of flows', { flows: -1 }, 'flows must be'],
    ['half a flow', { flows: 0.5 }, 'flows must be'],
    ['too many flows', { flows: 1e13 }, 'flows must be'],
    ['seed -1', { seed: -1 }, 'seed must be'],
    ['a seed beyond 2^53', { seed: 2 ** 53 }, 'seed must be'],
    ['no workers', { workers: 0 }, 'workers must be'],
    ['too many workers', { workers: 5000 }, 'workers must be'],
    ['unknown counters', { counters: 'all' as 'full' }, 'counters must be'],
    ['columns for too many flows', { flows: 50_000_001, verdictColumns: true }, 'verdictColumns is for at most 50000000 flows'],
    ['a timeout of 0', { taskTimeoutMs: 0 }, 'taskTimeoutMs must be'],
    ['a task without batches', { batchesPerTask: 0 }, 'batchesPerTask must be'],
  ])('refuses %s', async (_, options, message) => {
    const run = simulate(engine, { flows: 10, ...options });
    await expect(run).rejects.toThrow(RangeError);
    await expect(run).rejects.toThrow(message);
  });

  it('refuses a mix that names what is not there, with every problem', async () => {
    const entries = [
      { from: 'shop/wbe', to: 'shop/cart', port: 1 },
      { from: 'data/six', to: 'shop/cart', port: 1 },
      { from: { namespace: 'shopp' }, to: 'shop/cart', port: 1 },
      { from: 'shop/web', to: 'shop/cart', port: 1 },
    ];
    const run = simulate(engine, { flows: 10, mix: { ...MIX, entries } });
    await expect(run).rejects.toThrow(TrafficMixError);
    await expect(run).rejects.toMatchObject({
      problems: [
        expect.stringContaining('did you mean `shop/web`'),
        '`entries[1]`: `from` and `to` have no address family in common',
        expect.stringContaining('did you mean `shop`'),
      ],
    });
  });
});
