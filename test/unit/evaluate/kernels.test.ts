/**
 * The edges of the kernels: exactly as many peer classes as pages hold, doubt beyond the first word of bits, and flows past the count.
 */
import { describe, expect, test } from 'vitest';
import { compile, type Engine } from '../../../src/engine/engine.ts';
import { createDecisionKernel } from '../../../src/evaluate/decision-kernel.ts';
import { createKernel } from '../../../src/evaluate/kernel.ts';
import { TableReader } from '../../../src/evaluate/reader.ts';
import { buildVerdictCube } from '../../../src/evaluate/verdict-cube.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import { createFlowBatch } from '../../../src/tables/flow-batch.ts';
import { ALLOW, DENY, UNKNOWN } from '../../../src/tables/layout.ts';

/** Pods that rules name one by one; pods of the first kind are isolated, of the second possibly selected by something that cannot be read. */
function engineOf(pods: number): Engine {
  const label = (i: number) => ({ podSelector: { matchLabels: { n: `v${i}` } } });
  const odd = Array.from({ length: pods }, (_, i) => i).filter((i) => i % 2 === 1);
  return compile(
    toManifests({
      pods: Array.from({ length: pods }, (_, i) => ({
        kind: 'Pod' as const,
        metadata: { name: `p${i}`, namespace: 'a', labels: { n: `v${i}`, half: i % 4 < 2 ? 'first' : 'second' } },
      })),
      networkPolicies: ['first', 'second'].map((half) => ({
        kind: 'NetworkPolicy' as const,
        metadata: { name: half, namespace: 'a' },
        spec: {
          podSelector: { matchLabels: { half } },
          policyTypes: ['Ingress' as const, 'Egress' as const],
          // Each in a rule of its own, so that no two pods are alike to both directions.
          ingress: odd.map((i) => ({ from: [label(i)], ports: [{ port: 1 + (i % 97) }, { port: 1000 }] })),
          egress: odd.map((i) => ({ to: [label(i)], ports: [{ port: 1 + (i % 97) }, { port: 1000 }] })),
        },
      })),
      unreadable: [
        {
          kind: 'NetworkPolicy',
          name: 'broken',
          namespace: 'a',
          podSelector: { matchLabels: { half: 'second' } },
          origin: { file: 'a.yaml', line: 1, column: 1 },
          reason: 'cannot be read',
        },
      ],
    }),
    { shared: false },
  );
}

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
    for (let flows = 1 << 19; flows <= 1 << 24; flows += 1 << 19) judge(1 << 19);
    verdicts.fill(77);
    // Nothing but strips says the same now.
    engine.tables.columns.ingressAllowBits.fill(0);
    engine.tables.columns.egressAllowBits.fill(0);
    judge(1 << 19);
    expect(verdicts).toEqual(byPages);
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
