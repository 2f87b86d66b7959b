import { describe, expect, it } from 'vitest';
import { topDeniedPairs } from '../../../src/simulate/build-report.ts';
import { countersOfSlot, createCounter, layOutCounters, sumSlots } from '../../../src/simulate/counters.ts';
import { groupForDenials } from '../../../src/simulate/denied-groups.ts';
import { createFlowBatch } from '../../../src/tables/flow-batch.ts';
import { ALLOW, DENY, UNKNOWN } from '../../../src/tables/layout.ts';
import { smallEngine } from './small-cluster.ts';

const { tables } = smallEngine();

describe('groups of endpoints for denied pairs', () => {
  it('are workloads, lone pods, nodes and ranges while the pairs fit', () => {
    const { level, sources, destinations, sourceGroup, destinationGroup } = groupForDenials(tables);
    expect(level).toBe('workload');
    expect(sources).toBe(destinations);
    expect(sourceGroup).toEqual(destinationGroup);
    // cart, waiting, web, db, six, agent, host; two nodes; 0.0.0.0/0, ::/0, two of 203.0.113.0/24, 2001:db8::/32.
    expect(destinations).toBe(7 + 2 + 5);
  });

  it.each([
    [14 * 14, 'workload', 14, 14],
    [14 * 14 - 1, 'namespace', 9, 9],
    [9 * 9 - 1, 'coarse', 5, 5],
    [5 * 5 - 1, 'destination', 1, 5],
    [0, 'destination', 1, 5],
  ] as const)('with room for %i pairs are of level %s', (room, level, sources, destinations) => {
    expect(groupForDenials(tables, room)).toMatchObject({ level, sources, destinations });
  });

  it.each(['workload', 'namespace', 'coarse', 'destination'] as const)('have names at level %s', (wanted) => {
    const room = { workload: 196, namespace: 81, coarse: 25, destination: 0 }[wanted];
    const groups = groupForDenials(tables, room);
    const layout = layOutCounters(tables, 'full', groups.sources * groups.destinations);
    const counters = countersOfSlot(layout, new Float64Array(layout.slotCells), 0);
    counters.denied.fill(1, 1);
    const pairs = topDeniedPairs(tables, groups, counters, 1000);
    const { from, to } = {
      workload: { from: 'data/statefulset/db', to: '203.0.113.64/26' },
      namespace: { from: 'data', to: '203.0.113.64/26' },
      coarse: { from: 'data', to: 'outside' },
      destination: { from: 'any', to: 'outside' },
    }[wanted];
    expect(pairs.length).toBe(groups.sources * groups.destinations);
    expect(pairs).toContainEqual({ from, to, flows: 1 });
  });
});

describe('top denied pairs', () => {
  it('forget nothing that belongs to the top, however many candidates there are', () => {
    const groups = groupForDenials(tables);
    const wide = { ...groups, destinations: groups.destinations };
    const layout = layOutCounters(tables, 'full', wide.sources * wide.destinations);
    const counters = countersOfSlot(layout, new Float64Array(layout.slotCells), 0);
    for (let cell = 1; cell < counters.denied.length; cell++) counters.denied[cell] = (cell * 7919) % 101;
    const all = topDeniedPairs(tables, wide, counters, 10_000).map(({ flows }) => flows);
    expect(all).toEqual(
      Array.from(counters.denied.slice(1))
        .filter(Boolean)
        .toSorted((a, b) => b - a),
    );
    expect(topDeniedPairs(tables, wide, counters, 5).map(({ flows }) => flows)).toEqual(all.slice(0, 5));
    expect(topDeniedPairs(tables, wide, counters, 0)).toEqual([]);
  });
});

describe('counters', () => {
  it('count an odd number of flows, and only the denied ones as denied', () => {
    const groups = groupForDenials(tables);
    const layout = layOutCounters(tables, 'full', groups.sources * groups.destinations);
    const counters = countersOfSlot(layout, new Float64Array(layout.slotCells), 0);
    const batch = createFlowBatch(5);
    batch.protocol.set([0, 0, 1, 2, 2]);
    batch.destination.set([1, 2, 3, 3, 0]);
    const outcome = {
      verdicts: Uint8Array.from([DENY, ALLOW, DENY, UNKNOWN, DENY]),
      egress: Uint32Array.from([2, 1, 0, 0, 0]),
      ingress: Uint32Array.from([0, 1, 2, 0, 2]),
    };
    createCounter(tables, batch, outcome, groups, counters)(5);
    expect(Array.from(counters.verdicts.subarray(0, 12))).toEqual([1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0]);
    expect(Array.from(counters.egress.subarray(0, 3))).toEqual([3, 1, 1]);
    expect(Array.from(counters.ingress.subarray(0, 3))).toEqual([2, 1, 2]);
    const cell = (from: number, to: number): number => 1 + groups.sourceGroup[from]! * groups.destinations + groups.destinationGroup[to]!;
    expect(counters.denied[cell(0, 1)]).toBeGreaterThan(0);
    expect(counters.denied.subarray(1).reduce((a, b) => a + b)).toBe(3);
  });

  it('of several workers add up', () => {
    const layout = layOutCounters(tables, 'rules', 0);
    const slots = new Float64Array(layout.slotCells * 3);
    for (const slot of [0, 1, 2]) countersOfSlot(layout, slots, slot).egress.fill(10 ** slot);
    const sum = sumSlots(layout, slots);
    expect(new Set(sum.egress)).toEqual(new Set([111]));
    expect(new Set(sum.ingress)).toEqual(new Set([0]));
  });
});
