/**
 * The edges of the kernels: exactly as many peer classes as pages hold, doubt beyond the first word of bits, and flows past the count.
 */
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { createDecisionKernel } from '../../../src/evaluate/decision-kernel.ts';
import { buildStripsFor, createKernel, createKernelWith } from '../../../src/evaluate/kernel.ts';
import { TableReader } from '../../../src/evaluate/reader.ts';
import { buildVerdictCube } from '../../../src/evaluate/verdict-cube.ts';
import { LinearMemory } from '../../../src/lib/linear-memory.ts';
import { createFlowBatch, type FlowBatch } from '../../../src/tables/flow-batch.ts';
import { ALLOW, DENY, UNKNOWN } from '../../../src/tables/layout.ts';
import { engineOf } from '../../support/named-one-by-one.ts';

/** Every pod to the first eight and back, on a port that all odd ones may use. */
function flowsAmong(engine: Engine, count: number): ReturnType<typeof createFlowBatch> {
  const { podEndpoint } = engine.tables.columns;
  const pods = podEndpoint.length - 1;
  const batch = createFlowBatch(count);
  for (let i = 0; i < count; i++) {
    const near = podEndpoint[i % 8]!;
    const far = podEndpoint[Math.floor(i / 8) % pods]!;
    batch.source[i] = i % 2 === 0 ? near : far;
    batch.destination[i] = i % 2 === 0 ? far : near;
    batch.protocol[i] = 0;
    batch.port[i] = 1000;
  }
  return batch;
}

/** How many peer classes there are with so many pods. */
function peerClasses(engine: Engine): number {
  return engine.tables.columns.ingressPeerMemberStart.length - 1;
}

/** An engine with this many peer classes. */
function engineWith(classes: number): Engine {
  for (let pods = classes * 2 - 8; pods <= classes * 2 + 8; pods++) {
    const engine = engineOf(pods);
    if (peerClasses(engine) === classes) return engine;
  }
  throw new Error(`no number of pods gives ${classes} peer classes`);
}

describe('the kernels and one question agree', () => {
  test.each([255, 256, 257, 511, 512, 513])('with %i peer classes', (classes) => {
    const engine = engineWith(classes);
    const { podEndpoint, podName } = engine.tables.columns;
    const count = 8 * (podEndpoint.length - 1);
    const batch = flowsAmong(engine, count);
    const verdicts = new Uint8Array(count);
    createKernel(engine.tables, batch, verdicts)(count);
    const columns = { egress: new Uint32Array(count), ingress: new Uint32Array(count), verdicts: new Uint8Array(count) };
    createDecisionKernel(engine.tables, batch, columns)(count);
    expect(columns.verdicts).toEqual(verdicts);
    // Pods are sorted by name, so that the endpoint's number is not the name's.
    const names = Array.from(podName, (_, pod) => pod)
      .map((pod) => `p${pod}`)
      .sort();
    const asked = Array.from({ length: count }, (_, i) => {
      const [from, to] = [names[batch.source[i]!]!, names[batch.destination[i]!]!];
      return { deny: DENY, allow: ALLOW, unknown: UNKNOWN }[
        engine.verdict({ from: `a/${from}`, to: `a/${to}`, protocol: 'TCP', port: 1000 })
      ];
    });
    expect(verdicts).toEqual(Uint8Array.from(asked));
    for (const verdict of [DENY, ALLOW, UNKNOWN]) expect(verdicts).toContain(verdict);
  });

  test('before and after strips are made, and beyond', () => {
    const engine = engineWith(513);
    expect(buildVerdictCube(new TableReader(engine.tables))).toBeUndefined();
    const batch = flowsAmong(engine, 1 << 19);
    const verdicts = new Uint8Array(1 << 19);
    const judge = createKernel(engine.tables, batch, verdicts);
    judge(1 << 19);
    const byPages = verdicts.slice();
    // The kernel has copied the pages that it reads: what is taken from these is denied by strips, once there are any.
    engine.tables.columns.ingressAllowBits.fill(0);
    for (let flows = 1 << 19; flows < 1 << 24; flows += 1 << 19) judge(1 << 19);
    expect(Buffer.compare(verdicts, byPages)).toBe(0);
    judge(1 << 19);
    const isItself = (i: number) => batch.source[i] === batch.destination[i];
    expect(byPages.some((verdict, i) => verdict === ALLOW && !isItself(i))).toBe(true);
    expect(verdicts.every((verdict, i) => (verdict === ALLOW) === isItself(i))).toBe(true);
  });

  test('with strips that were made before', () => {
    const engine = engineWith(513);
    const batch = flowsAmong(engine, 10_000);
    const verdicts = new Uint8Array(10_000);
    createKernel(engine.tables, batch, verdicts)(10_000);
    const byPages = verdicts.slice();
    for (const verdict of [DENY, ALLOW, UNKNOWN]) expect(byPages).toContain(verdict);
    const strips = buildStripsFor(engine.tables, 1 << 24)!;
    for (const { page, cell, strips: words } of [strips.egress, strips.ingress])
      for (const column of [page, cell, words]) expect(column.buffer).toBeInstanceOf(SharedArrayBuffer);
    // Pages of which nothing is allowed any more: a kernel of strips does not look at them.
    engine.tables.columns.ingressAllowBits.fill(0);
    createKernelWith(strips, engine.tables, batch, verdicts, new LinearMemory())(10_000);
    expect(Buffer.compare(verdicts, byPages)).toBe(0);
  });

  test('and where it is known that strips are too much they are never made', () => {
    const engine = engineWith(513);
    const batch = flowsAmong(engine, 1 << 19);
    const verdicts = new Uint8Array(1 << 19);
    const judge = createKernelWith(null, engine.tables, batch, verdicts, new LinearMemory());
    judge(1 << 19);
    const byPages = verdicts.slice();
    expect(byPages).toContain(ALLOW);
    // Strips would be made of these, and deny.
    engine.tables.columns.ingressAllowBits.fill(0);
    for (let flows = 1 << 19; flows <= 1 << 24; flows += 1 << 19) judge(1 << 19);
    expect(Buffer.compare(verdicts, byPages)).toBe(0);
  });

  test('strips are not made for few flows, nor for tables that make a cube', () => {
    const large = engineWith(513);
    expect(buildStripsFor(large.tables, (1 << 24) - 1)).toBeUndefined();
    const small = engineOf(16);
    expect(buildVerdictCube(new TableReader(small.tables))).toBeDefined();
    expect(buildStripsFor(small.tables, 1 << 24)).toBeNull();
  });

  test.each([16, 513])('of a batch in their memory and of one outside, of more than two chunks, with %i pods', (pods) => {
    const engine = engineOf(pods);
    const { tables } = engine;
    const count = 10_000;
    const outside = flowsAmong(engine, count);
    const memory = new LinearMemory();
    const inside = createFlowBatch(count, memory);
    for (const name of ['source', 'destination', 'protocol', 'port'] as const) inside[name].set(outside[name]);
    const judge = (batch: FlowBatch, where?: LinearMemory) => {
      const bytes = () => where?.bytes(count) ?? new Uint8Array(count);
      const words = () => where?.words(count) ?? new Uint32Array(count);
      const [verdicts, columns] = [bytes(), { egress: words(), ingress: words(), verdicts: bytes() }];
      createKernel(tables, batch, verdicts, where)(count);
      createDecisionKernel(tables, batch, columns, where)(count);
      return [verdicts, columns.egress, columns.ingress, columns.verdicts].map((column) => Array.from(column));
    };
    const judged = judge(inside, memory);
    expect(judged).toEqual(judge(outside));
    expect(judged[3]).toEqual(judged[0]);
    for (const verdict of [DENY, ALLOW, UNKNOWN]) expect(judged[0]!.slice(8192)).toContain(verdict);
  });

  test('before and after strips were to be made, where there is no room for them', () => {
    const engine = engineWith(513);
    const batch = flowsAmong(engine, 1 << 19);
    const verdicts = new Uint8Array(1 << 19);
    const memory = new LinearMemory();
    const judge = createKernel(engine.tables, batch, verdicts, memory);
    // Addresses, and no memory: nothing is written there.
    for (let bytes = 2 ** 31; bytes >= 64; bytes /= 2) {
      try {
        memory.bytes(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
    expect(() => memory.bytes(128)).toThrow(RangeError);
    judge(1 << 19);
    const byPages = verdicts.slice();
    for (let flows = 1 << 19; flows <= 1 << 24; flows += 1 << 19) judge(1 << 19);
    verdicts.fill(77);
    judge(1 << 19);
    expect(Buffer.compare(verdicts, byPages)).toBe(0);
    expect(verdicts).toContain(ALLOW);
  });

  test('and refuse ends and protocols that tables do not have, and more flows than there are', () => {
    const engine = engineOf(16);
    const ends = engine.tables.columns.endpointKind.length;
    const wrong = (change: (batch: FlowBatch) => void) => {
      const batch = flowsAmong(engine, 5000);
      change(batch);
      const verdicts = new Uint8Array(5000);
      const columns = { egress: new Uint32Array(5000), ingress: new Uint32Array(5000), verdicts };
      return [createKernel(engine.tables, batch, verdicts), createDecisionKernel(engine.tables, batch, columns)];
    };
    for (const judge of wrong(({ source }) => source.fill(ends, 4999))) {
      expect(() => judge(4999)).not.toThrow();
      expect(() => judge(5000)).toThrow(new RangeError(`the source of flow 4999 is ${ends}, expected a number below ${ends}`));
      expect(() => judge(5001)).toThrow(new RangeError('5001 rows are more than the 5000 of the shortest column'));
    }
    for (const judge of wrong(({ destination }) => destination.fill(0xffffffff, 3, 4)))
      expect(() => judge(4)).toThrow(new RangeError(`the destination of flow 3 is 4294967295, expected a number below ${ends}`));
    for (const judge of wrong(({ protocol }) => protocol.fill(3, 0, 1)))
      expect(() => judge(1)).toThrow(new RangeError('the protocol of flow 0 is 3, expected a number below 3'));
  });

  test('and leave what is past the count as it was', () => {
    const engine = engineOf(16);
    const batch = flowsAmong(engine, 40);
    const verdicts = new Uint8Array(40).fill(77);
    createKernel(engine.tables, batch, verdicts)(39);
    expect([verdicts[38], verdicts[39]]).toEqual([expect.toSatisfy((verdict) => verdict !== 77), 77]);
    const columns = { egress: new Uint32Array(40).fill(77), ingress: new Uint32Array(40).fill(77), verdicts: new Uint8Array(40).fill(77) };
    createDecisionKernel(engine.tables, batch, columns)(39);
    expect([columns.egress[39], columns.ingress[39], columns.verdicts[39]]).toEqual([77, 77, 77]);
  });
});
