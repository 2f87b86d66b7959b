/**
 * The kernels against single reads, over tables of every layout: one page and many, rows cut into blocks, doubt in one direction, rows for the way to the own node.
 */
import { describe, expect, test } from 'vitest';
import { createDecisionKernel } from '../../../src/evaluate/decision-kernel.ts';
import { createKernel, createPagedKernel, createStripKernel } from '../../../src/evaluate/kernel.ts';
import { buildStripEnds } from '../../../src/evaluate/port-strips.ts';
import { TableReader } from '../../../src/evaluate/reader.ts';
import { TableCode } from '../../../src/evaluate/table-code.ts';
import { buildVerdictCube } from '../../../src/evaluate/verdict-cube.ts';
import { LinearMemory } from '../../../src/lib/linear-memory.ts';
import { createFlowBatch } from '../../../src/tables/flow-batch.ts';
import { ALLOW, DENY, UNKNOWN } from '../../../src/tables/layout.ts';
import { randomTables, type TableSizes } from '../../support/random-tables.ts';
import { SEED } from '../../support/seed.ts';

const PORTS = [1, 15, 16, 17, 255, 8080, 65_535];

const PEERS = [1, 256, 257, 512, 513, 4096, 4097, 8192, 8193, 16_384, 20_000];
const LAYOUTS = PEERS.flatMap((peers, i): TableSizes[] => {
  const other = PEERS[PEERS.length - 1 - i]!;
  const base = { ingressPeers: peers, egressPeers: other, portClasses: [1, 16, 17, 40][i % 4]! };
  return [
    { ...base, unknown: [], judged: true, switches: [1, 1] },
    { ...base, unknown: ['egress'], judged: true, switches: [i % 2, 1] },
    { ...base, unknown: ['ingress'], judged: false, switches: [1, i % 2] },
    { ...base, unknown: [], judged: false, switches: [0, i % 2] },
    { ...base, unknown: ['ingress', 'egress'], judged: true, switches: [1, Number(i % 3 > 0)] },
  ];
});

/** Verdicts of pairs that comparison decides, and of those among them that rows of their own judge. */
const seen = { compared: new Set<number>(), judged: new Set<number>() };

describe.each(LAYOUTS)(
  `$ingressPeers and $egressPeers peer classes, $portClasses of ports, unknown in $unknown, judged $judged, switches $switches (seed ${SEED})`,
  (sizes) => {
    const tables = randomTables(sizes, SEED);
    const reader = new TableReader(tables);
    const ends = tables.columns.endpointKind.length;
    const count = ends * ends * 3 * PORTS.length;
    const batch = createFlowBatch(count);
    for (let i = 0; i < count; i++) {
      batch.source[i] = i % ends;
      batch.destination[i] = Math.floor(i / ends) % ends;
      batch.protocol[i] = Math.floor(i / ends / ends) % 3;
      batch.port[i] = PORTS[Math.floor(i / ends / ends / 3)]!;
    }
    const flow = (i: number) => [batch.source[i]!, batch.destination[i]!, batch.protocol[i]!, batch.port[i]!] as const;

    test('the decision kernel decides as single reads do', () => {
      const columns = { egress: new Uint32Array(count), ingress: new Uint32Array(count), verdicts: new Uint8Array(count) };
      createDecisionKernel(tables, batch, columns)(count);
      const into = { egress: 0, ingress: 0, verdict: 0 };
      const wrong: unknown[] = [];
      for (let i = 0; i < count && wrong.length < 3; i++) {
        const { egress, ingress, verdict } = reader.decide(...flow(i), into);
        const got = [columns.egress[i], columns.ingress[i], columns.verdicts[i]];
        if (got[0] !== egress || got[1] !== ingress || got[2] !== verdict)
          wrong.push({ flow: flow(i), got, expected: { egress, ingress, verdict } });
      }
      expect(wrong).toEqual([]);
    });

    test('the verdict kernel over pages judges as single reads do', () => {
      const verdicts = new Uint8Array(count);
      createPagedKernel(new TableCode(tables, new LinearMemory()), batch, verdicts)(count);
      const wrong: unknown[] = [];
      for (let i = 0; i < count && wrong.length < 3; i++) {
        const [source, destination] = flow(i);
        const expected = reader.verdict(...flow(i));
        if (reader.decidedByComparison(source, destination))
          (reader.judgesOwnNode(source, destination) ? seen.judged : seen.compared).add(expected);
        if (verdicts[i] !== expected) wrong.push({ flow: flow(i), got: verdicts[i], expected });
      }
      expect(wrong).toEqual([]);
    });

    test('the verdict kernel over strips judges as single reads do', () => {
      const verdicts = new Uint8Array(count);
      createStripKernel(new TableCode(tables, new LinearMemory()), buildStripEnds(reader)!, batch, verdicts)(count);
      const wrong: unknown[] = [];
      for (let i = 0; i < count && wrong.length < 3; i++) {
        const expected = reader.verdict(...flow(i));
        if (verdicts[i] !== expected) wrong.push({ flow: flow(i), got: verdicts[i], expected });
      }
      expect(wrong).toEqual([]);
    });

    test('the verdict kernel over a cube judges as single reads do', () => {
      expect(buildVerdictCube(reader)).toBeDefined();
      const verdicts = new Uint8Array(count);
      createKernel(tables, batch, verdicts)(count);
      const wrong: unknown[] = [];
      for (let i = 0; i < count && wrong.length < 3; i++) {
        const expected = reader.verdict(...flow(i));
        if (verdicts[i] !== expected) wrong.push({ flow: flow(i), got: verdicts[i], expected });
      }
      expect(wrong).toEqual([]);
    });
  },
);

test('among them all verdicts that comparison, and rows for the own node, can give', () => {
  expect([...seen.compared]).toEqual([ALLOW]);
  expect([...seen.judged].sort()).toEqual([DENY, ALLOW, UNKNOWN]);
});

test('tables have no strips where they would take more pages, ports or steps than are allowed', () => {
  const tables = (portClasses: number) => randomTables({ ...LAYOUTS[0]!, ingressPeers: 4096, egressPeers: 2048, portClasses }, SEED);
  const reader = new TableReader(tables(300));
  const { ingress, egress } = buildStripEnds(reader)!;
  const pages = Math.max(ingress.page.length, egress.page.length);
  expect(ingress.page.length).toBeGreaterThan(Math.max(...ingress.pages));
  expect(buildStripEnds(reader, { pages, steps: 1 << 22 })).toBeDefined();
  expect(buildStripEnds(reader, { pages: pages - 1, steps: 1 << 22 })).toBeUndefined();
  expect(buildStripEnds(reader, { pages, steps: 300 * 19 })).toBeUndefined();
  expect(buildStripEnds(new TableReader(tables(9000)))).toBeUndefined();
});
