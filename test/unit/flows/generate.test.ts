import { describe, expect, it } from 'vitest';
import { endpointName, TableNames } from '../../../src/evaluate/names.ts';
import { BATCH_FLOWS, BLOCK_FLOWS, countByKind, type FlowShares, planFlows } from '../../../src/flows/flow-plan.ts';
import { createFlowGenerator } from '../../../src/flows/generate.ts';
import { LinearMemory } from '../../../src/lib/linear-memory.ts';
import { RandomStream, scale } from '../../../src/lib/random.ts';
import { createFlowBatch, type FlowBatch } from '../../../src/tables/flow-batch.ts';
import { ENDPOINT_POD, ENDPOINT_PREFIX } from '../../../src/tables/layout.ts';
import { RuleTables, type Sections } from '../../../src/tables/rule-tables.ts';
import { smallEngine } from '../simulate/small-cluster.ts';

const { tables } = smallEngine();
const ONLY_AIMED: FlowShares = { aimed: 1, mix: 0, uniform: 0 };
const ONLY_UNIFORM: FlowShares = { aimed: 0, mix: 0, uniform: 1 };

interface BatchWanted {
  readonly seed?: number;
  readonly batch?: number;
  readonly count?: number;
  readonly shares?: FlowShares;
}

function generate(from: RuleTables, { seed = 1, batch = 0, count = BATCH_FLOWS, shares }: BatchWanted = {}): FlowBatch {
  const flows = createFlowBatch(count);
  createFlowGenerator(from, planFlows(from, seed, null, shares), flows)(batch, count);
  flows.count = count;
  return flows;
}

/** `from -> to protocol/port` of every flow, with the names of endpoints. */
function described(flows: FlowBatch): string[] {
  const names = new TableNames(tables);
  return Array.from(flows.source, (source, i) => {
    const ends = [source, flows.destination[i]!].map((endpoint) => endpointName(tables.columns, names, endpoint));
    return `${ends[0]} -> ${ends[1]} ${flows.protocol[i]}/${flows.port[i]}`;
  });
}

function bytesOf({ source, destination, protocol, port }: FlowBatch): number[][] {
  return [source, destination, protocol, port].map((column) => Array.from(column));
}

describe('generated flows', () => {
  it('are the same bytes for the same seed and batch, from another generator and after other batches', () => {
    const flows = createFlowBatch(5000);
    const generator = createFlowGenerator(tables, planFlows(tables, 1), flows);
    generator(3, 5000);
    const third = bytesOf(flows);
    generator(0, 5000);
    expect(bytesOf(flows)).not.toEqual(third);
    generator(3, 5000);
    expect(bytesOf(flows)).toEqual(third);
    expect(bytesOf(generate(tables, { batch: 3, count: 5000 }))).toEqual(third);
    expect(bytesOf(generate(tables, { batch: 3, count: 5000, seed: 2 }))).not.toEqual(third);
  });

  it('have four words each of the stream of seed and batch number', () => {
    const flows = generate(tables, { seed: 9, batch: 4, count: 3000, shares: ONLY_UNIFORM });
    const random = new RandomStream(9, 4);
    const words = Array.from({ length: 4 * flows.count }, () => random.next());
    expect(Array.from(flows.port)).toEqual(Array.from({ length: flows.count }, (_, i) => 1 + scale(words[4 * i + 3]!, 65535)));
    expect(Array.from(flows.protocol)).toEqual(Array.from({ length: flows.count }, (_, i) => scale(words[4 * i + 2]!, 3)));
  });

  it('are the same in the memory of kernels and in columns of their own', () => {
    const memory = new LinearMemory();
    const inside = createFlowBatch(5000, memory);
    createFlowGenerator(tables, planFlows(tables, 1), inside, memory)(3, 5000);
    expect(bytesOf(inside)).toEqual(bytesOf(generate(tables, { batch: 3, count: 5000 })));
    expect(memory.holds(inside.port)).toBe(true);
  });

  it('of a short batch are the beginning of a long one', () => {
    const long = bytesOf(generate(tables, { count: 4000 }));
    for (const count of [1, 2, BLOCK_FLOWS - 1, BLOCK_FLOWS, BLOCK_FLOWS + 1, 3999]) {
      expect(bytesOf(generate(tables, { count }))).toEqual(long.map((column) => column.slice(0, count)));
    }
  });

  it('have ends that exist, families that go together, known protocols and ports in 1..65535', () => {
    const { endpointFamily } = tables.columns;
    const flows = generate(tables);
    for (let i = 0; i < flows.count; i++) {
      const from = endpointFamily[flows.source[i]!];
      const to = endpointFamily[flows.destination[i]!];
      if (from === undefined || to === undefined || !(from === to || from === 0 || to === 0))
        throw new Error(`flow ${i}: ${from} to ${to}`);
      if (flows.protocol[i]! > 2 || flows.port[i] === 0) throw new Error(`flow ${i}: ${flows.protocol[i]}/${flows.port[i]}`);
    }
  });

  it('do not fit into a batch that is too small', () => {
    const generator = createFlowGenerator(tables, planFlows(tables, 1), createFlowBatch(10));
    expect(() => generator(0, 11)).toThrow(RangeError);
    expect(() => generator(0, 10)).not.toThrow();
  });
});

describe('shares', () => {
  it('are half aimed and half uniform when nobody describes the traffic', () => {
    const plan = planFlows(tables, 1);
    expect(plan.shares.aimed).toBeCloseTo(0.5);
    expect(plan.shares.mix).toBe(0);
    expect(countByKind(plan, 4096)).toEqual({ aimed: 2048, mix: 0, uniform: 2048 });
  });

  it('hold in every block, and nearly so in the first flows of one', () => {
    const plan = planFlows(tables, 1, null, { aimed: 3, mix: 0, uniform: 1 });
    expect(plan.aimedPositions.length).toBe(768);
    expect(plan.uniformPositions.length).toBe(256);
    for (const flows of [8, 64, 100, 1000]) expect(Math.abs(countByKind(plan, flows).aimed - 0.75 * flows)).toBeLessThanOrEqual(4);
  });

  it('give a small share at least one flow of a block', () => {
    const plan = planFlows(tables, 1, null, { aimed: 1, mix: 0, uniform: 1e-9 });
    expect(plan.uniformPositions.length).toBe(1);
    expect(plan.aimedPositions.length).toBe(BLOCK_FLOWS - 1);
  });

  it('go to uniform traffic when no rule can be aimed at', () => {
    const bare = RuleTables.of(barePods(2), false);
    const plan = planFlows(bare, 1, null, ONLY_AIMED);
    expect(plan.shares).toEqual(ONLY_UNIFORM);
    expect(new Set(generate(bare, { count: 1000, shares: ONLY_AIMED }).source)).toEqual(new Set([0, 1]));
  });

  it('need an endpoint to send traffic to', () => {
    expect(() => planFlows(RuleTables.of({}, false), 1)).toThrow(RangeError);
  });
});

describe('aimed flows', () => {
  const found = new Set(described(generate(tables, { shares: ONLY_AIMED })));

  it.each([
    ['the first port of a range', 'shop/web-2 (IPv4) -> shop/cart-0 0/7000'],
    ['the last port of a range', 'shop/web-2 (IPv4) -> shop/cart-0 0/7010'],
    ['the port before a range', 'shop/web-2 (IPv4) -> shop/cart-0 0/6999'],
    ['the port after a range', 'shop/web-2 (IPv4) -> shop/cart-0 0/7011'],
    ['a port inside a range', 'shop/web-2 (IPv4) -> shop/cart-0 0/7005'],
    ['a single port', 'shop/web-1 (IPv6) -> data/db-0 (IPv6) 0/5432'],
    ['the port before a single port', 'shop/web-1 (IPv4) -> data/db-0 (IPv4) 0/5431'],
    ['a CIDR', '203.0.113.0/24 -> data/db-0 (IPv4) 1/53'],
    ['the exception inside the CIDR', '203.0.113.64/26 -> data/db-0 (IPv4) 1/53'],
    ['what is around the CIDR', '0.0.0.0/0 -> data/db-0 (IPv4) 1/53'],
    ['a CIDR of the other family, as a destination', 'data/db-0 (IPv6) -> 2001:db8::/32 0/1'],
    ['a pod without address', 'shop/web-1 (IPv6) -> shop/waiting 0/7000'],
  ])('meet %s', (_, flow) => {
    expect(found).toContain(flow);
  });

  it('meet every rule that can be met', () => {
    const { aimRule, rulePolicy, policyName } = tables.columns;
    const names = new TableNames(tables);
    const aimedAt = new Set(Array.from(aimRule, (rule) => names.text(policyName[rulePolicy[rule]!]!)));
    expect(aimedAt).toContain('db');
    expect(aimedAt).toContain('cart');
    expect(aimedAt).not.toContain('nobody');
  });

  it('are within one step of the end of a range a good part of the time', () => {
    const flows = generate(tables, { shares: ONLY_AIMED });
    const edges = new Set<string>();
    const { aimFromPort, aimToPort, aimProtocol } = tables.columns;
    for (const [i, protocol] of aimProtocol.entries()) {
      for (const port of [aimFromPort[i]!, aimToPort[i]!]) {
        for (const step of [-1, 0, 1]) edges.add(`${protocol}/${Math.min(65535, Math.max(1, port + step))}`);
      }
    }
    const near = Array.from(flows.port, (port, i) => edges.has(`${flows.protocol[i]}/${port}`)).filter(Boolean).length;
    expect(near / flows.count).toBeGreaterThan(0.5);
  });
});

describe('uniform flows', () => {
  const flows = generate(tables, { shares: ONLY_UNIFORM });
  const { endpointKind } = tables.columns;

  it('have a pod at one end at least, and every endpoint at both', () => {
    const podEndpoints = tables.columns.podEndpoint.at(-1)!;
    for (let i = 0; i < flows.count; i++) expect(Math.min(flows.source[i]!, flows.destination[i]!)).toBeLessThan(podEndpoints);
    expect(new Set(flows.source).size).toBe(endpointKind.length);
    expect(new Set(flows.destination).size).toBe(endpointKind.length);
    expect(endpointKind).toContain(ENDPOINT_PREFIX);
    expect(endpointKind).toContain(ENDPOINT_POD);
  });

  it('have all protocols and all parts of the port range alike', () => {
    for (const protocol of [0, 1, 2]) {
      const share = flows.protocol.filter((each) => each === protocol).length / flows.count;
      expect(share).toBeCloseTo(1 / 3, 1);
    }
    const high = flows.port.filter((port) => port > 32768).length / flows.count;
    expect(high).toBeCloseTo(0.5, 1);
    expect(Math.min(...flows.port)).toBeLessThan(10);
    expect(Math.max(...flows.port)).toBeGreaterThan(65525);
  });

  it('work without pods: between the endpoints that there are', () => {
    const nodes = RuleTables.of({ endpointKind: [2, 2], endpointFamily: [4, 6], endpointObject: [0, 0], podEndpoint: [0] }, false);
    const between = generate(nodes, { count: 500 });
    for (let i = 0; i < 500; i++) expect(between.source[i]).toBe(between.destination[i]);
  });
});

function barePods(count: number): Sections {
  const zeros = Array.from({ length: count }, () => 0);
  const numbers = [...zeros.keys()];
  return { endpointKind: zeros, endpointFamily: zeros.map(() => 4), endpointObject: numbers, podEndpoint: [...numbers, count] };
}
