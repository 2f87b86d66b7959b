import { describe, expect, it } from 'vitest';
import { endpointName, TableNames } from '../../../src/evaluate/names.ts';
import { planFlows } from '../../../src/flows/flow-plan.ts';
import { createFlowGenerator } from '../../../src/flows/generate.ts';
import { parseTrafficMix } from '../../../src/flows/mix.ts';
import { targetMix } from '../../../src/simulate/mix-targets.ts';
import { createFlowBatch } from '../../../src/tables/flow-batch.ts';
import { smallEngine } from './small-cluster.ts';

const { tables } = smallEngine();
const names = new TableNames(tables);
const FLOWS = 60_000;

/** How often each `from -> to protocol/port` comes up, as a share, when all traffic follows the entries. */
function sharesOf(entries: readonly object[], describeFlow: 'ends' | 'sources' | 'ports' = 'ends'): Map<string, number> {
  const mix = parseTrafficMix({ apiVersion: 'netpolsim/v1', kind: 'TrafficMix', shares: { mix: 1 }, entries });
  const batch = createFlowBatch(FLOWS);
  createFlowGenerator(tables, planFlows(tables, 1, targetMix(tables, mix), mix.shares), batch)(0, FLOWS);
  const nameOf = (endpoint: number): string => endpointName(tables.columns, names, endpoint);
  const counts = new Map<string, number>();
  for (let i = 0; i < FLOWS; i++) {
    const ends = `${nameOf(batch.source[i]!)} -> ${nameOf(batch.destination[i]!)}`;
    const key = { ends, sources: nameOf(batch.source[i]!), ports: `${batch.protocol[i]}/${batch.port[i]}` }[describeFlow];
    counts.set(key, (counts.get(key) ?? 0) + 1 / FLOWS);
  }
  return new Map([...counts].sort());
}

function expectShares(found: Map<string, number>, expected: Record<string, number>): void {
  expect([...found.keys()].sort()).toEqual(Object.keys(expected).sort());
  for (const [key, share] of Object.entries(expected)) expect(found.get(key), key).toBeCloseTo(share, 1.7);
}

describe('traffic of a mix', () => {
  it('has the ends, ports and weights that its entries say', () => {
    const entries = [
      { from: 'shop/cart-0', to: { ip: '203.0.113.1' }, port: 443, weight: 3 },
      { from: { ip: '203.0.113.65' }, to: 'ops/agent', protocol: 'UDP', ports: [53, '100-101'], weight: 1 },
    ];
    expectShares(sharesOf(entries), { 'shop/cart-0 -> 203.0.113.0/24': 0.75, '203.0.113.64/26 -> ops/agent': 0.25 });
    expectShares(sharesOf(entries, 'ports'), { '0/443': 0.75, '1/53': 0.125, '1/100': 0.0625, '1/101': 0.0625 });
  });

  it('shares an entry between the families that both ends have', () => {
    expectShares(sharesOf([{ from: 'shop/web-1', to: 'data/db-0', port: 1 }]), {
      'shop/web-1 (IPv4) -> data/db-0 (IPv4)': 0.5,
      'shop/web-1 (IPv6) -> data/db-0 (IPv6)': 0.5,
    });
    expectShares(sharesOf([{ from: 'shop/web-1', to: 'data/six', port: 1 }]), { 'shop/web-1 (IPv6) -> data/six': 1 });
    expectShares(sharesOf([{ from: 'shop/waiting', to: 'data/six', port: 1 }]), { 'shop/waiting -> data/six': 1 });
    expectShares(sharesOf([{ from: ['shop/waiting', 'shop/cart-0'], to: 'shop/waiting', port: 1 }], 'sources'), {
      'shop/waiting': 0.5,
      'shop/cart-0': 0.5,
    });
    expectShares(sharesOf([{ from: 'shop/waiting', to: 'shop/waiting', port: 1 }]), { 'shop/waiting -> shop/waiting': 1 });
  });

  it('ranks the workloads of a namespace by Zipf, and shares a rank between the pods of the workload', () => {
    const entry = { to: { ip: '203.0.113.1' }, port: 1 };
    // In table order: cart-0 (a workload), waiting (a lone pod), web-1 and web-2 (one workload).
    expectShares(sharesOf([{ ...entry, from: 'shop/*', zipf: 1 }], 'sources'), {
      'shop/cart-0': 6 / 11,
      'shop/waiting': 3 / 11,
      'shop/web-1 (IPv4)': 1 / 11,
      'shop/web-2 (IPv4)': 1 / 11,
    });
    expectShares(sharesOf([{ ...entry, from: { workload: 'shop/web' }, zipf: 1 }], 'sources'), {
      'shop/web-1 (IPv4)': 2 / 3,
      'shop/web-2 (IPv4)': 1 / 3,
    });
    expectShares(sharesOf([{ ...entry, from: ['shop/web-2', 'shop/web-1'], zipf: 1 }], 'sources'), {
      'shop/web-2 (IPv4)': 2 / 3,
      'shop/web-1 (IPv4)': 1 / 3,
    });
  });

  it('takes a CIDR as the outside ranges that policies tell apart, and as pods and nodes where nothing is outside', () => {
    const entry = { to: 'ops/agent', port: 1 };
    expectShares(sharesOf([{ ...entry, from: '203.0.113.0/24' }], 'sources'), { '203.0.113.0/24': 0.5, '203.0.113.64/26': 0.5 });
    expectShares(sharesOf([{ ...entry, from: '0.0.0.0/0' }], 'sources'), {
      '0.0.0.0/0': 1 / 3,
      '203.0.113.0/24': 1 / 3,
      '203.0.113.64/26': 1 / 3,
    });
    expectShares(sharesOf([{ ...entry, from: '203.0.113.80/32' }], 'sources'), { '203.0.113.64/26': 1 });
    expectShares(sharesOf([{ ...entry, from: '10.0.0.3/32' }], 'sources'), { 'shop/cart-0': 1 });
    expectShares(sharesOf([{ ...entry, from: '192.168.0.2/32' }], 'sources'), { 'node/node-b': 1 });
  });

  it('takes every pod for `*`', () => {
    const sources = sharesOf([{ from: '*', to: { ip: '203.0.113.1' }, port: 1 }], 'sources');
    expect([...sources.keys()]).toEqual([
      'data/db-0 (IPv4)',
      'ops/agent',
      'ops/host',
      'shop/cart-0',
      'shop/waiting',
      'shop/web-1 (IPv4)',
      'shop/web-2 (IPv4)',
    ]);
  });
});
