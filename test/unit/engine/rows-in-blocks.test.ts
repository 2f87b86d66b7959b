/**
 * More peer classes than a row lists pages for, and more subject classes and ports than can list pages of rows: they are cut into blocks. Every way to read a verdict against the reference, at the first
 * and last class of pages and blocks.
 */
import { expect, test } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { createDecisionKernel } from '../../../src/evaluate/decision-kernel.ts';
import { createKernel } from '../../../src/evaluate/kernel.ts';
import { reference } from '../../../src/reference/reference.ts';
import { inspectTables } from '../../../src/report/inspection.ts';
import { factsOf } from '../../../src/scale/table-facts.ts';
import { createFlowBatch } from '../../../src/tables/flow-batch.ts';
import { ENDPOINT_NODE } from '../../../src/tables/layout.ts';
import type { RuleTables } from '../../../src/tables/rule-tables.ts';
import { validateTables } from '../../../src/tables/validate-tables.ts';
import { decodeTables, encodeTables } from '../../../src/wire/tables.ts';
import { manifestsInBlocks, manifestsOfManyPorts, NODE_ADDRESS, portOf, TALKING_PODS } from '../../support/blocks-world.ts';

const VERDICTS = ['deny', 'allow', 'unknown'];

/** The first endpoint of each pod, by the name of the pod. */
function endpointsByName({ columns }: RuleTables): Map<string, number> {
  const texts = new TextDecoder();
  const nameOf = (string: number) =>
    texts.decode(columns.stringBytes.slice(columns.stringStart[string]!, columns.stringStart[string + 1]!));
  return new Map(Array.from(columns.podName, (name, pod) => [nameOf(name), columns.podEndpoint[pod]!]));
}

test.each([false, true])(
  'rows of more than 16 pages give the verdicts and reasons of the reference (administrators: %s)',
  (tiers) => {
    const read = manifestsInBlocks({ tiers });
    const engine = compile(read, { shared: false });
    const { columns } = engine.tables;
    expect(columns.ingressPeerMemberStart.length - 1).toBeGreaterThan(8_192);
    expect(columns.ingressAllowBlock.length).toBeGreaterThan(0);
    expect(columns.egressDecisionBlock.length).toBeGreaterThan(0);
    expect(columns.ingressUnknownBlock.length).toBe(columns.ingressAllowBlock.length);
    validateTables(decodeTables(encodeTables(engine.tables)));
    const { ingress } = inspectTables(engine.tables).directions;
    expect(factsOf(engine.tables).directions.ingress).toMatchObject({ rows: ingress.rows, verdictRows: ingress.verdictRows });
    expect(Math.max(...columns.ingressRowCell)).toBe(ingress.rows - 1);
    expect(Math.max(...columns.ingressVerdictRowCell)).toBe(ingress.verdictRows - 1);

    const { canReach } = reference(read);
    const far = [3, 4, 15, 16, 255, 256, 511, 512, 4_095, 4_096, 4_098, 8_190, 8_191, 8_192, 8_193, 8_498, 8_499];
    const flows = far.flatMap((other) =>
      ['p0', 'p1'].flatMap(
        (near) =>
          [
            [near, `p${other}`],
            [`p${other}`, near],
          ] as const,
      ),
    );
    const batch = createFlowBatch(flows.length);
    const endpointOf = endpointsByName(engine.tables);
    endpointOf.set(NODE_ADDRESS, columns.endpointKind.indexOf(ENDPOINT_NODE));
    for (const [i, [source, destination]] of flows.entries()) {
      batch.source[i] = endpointOf.get(source)!;
      batch.destination[i] = endpointOf.get(destination)!;
      batch.protocol[i] = 0;
      batch.port[i] = 1000;
    }
    const verdicts = new Uint8Array(flows.length);
    createKernel(engine.tables, batch, verdicts)(flows.length);
    const decided = {
      egress: new Uint32Array(flows.length),
      ingress: new Uint32Array(flows.length),
      verdicts: new Uint8Array(flows.length),
    };
    createDecisionKernel(engine.tables, batch, decided)(flows.length);
    const seen = new Set<string>();
    for (const [i, [from, to]] of flows.entries()) {
      const query = { from: `a/${from}`, to: to === NODE_ADDRESS ? to : `a/${to}`, protocol: 'TCP' as const, port: 1000 };
      const expected = canReach(query);
      seen.add(expected.verdict);
      expect(engine.canReach(query)).toEqual(expected);
      expect(engine.verdict(query)).toBe(expected.verdict);
      expect(VERDICTS[verdicts[i]!]).toBe(expected.verdict);
      expect(VERDICTS[decided.verdicts[i]!]).toBe(expected.verdict);
    }
    expect([...seen].sort()).toEqual(['allow', 'deny', 'unknown']);
    const toOwnNode = (pod: string) => engine.verdict({ from: pod, to: NODE_ADDRESS, protocol: 'TCP', port: 1000 });
    expect([toOwnNode('a/p0'), toOwnNode('a/p1')]).toEqual([tiers ? 'deny' : 'allow', 'allow']);
  },
  120_000,
);

test('pages of rows in blocks give the verdicts and reasons of the reference', () => {
  const read = manifestsOfManyPorts();
  const engine = compile(read, { shared: false });
  const { columns } = engine.tables;
  for (const direction of ['ingress', 'egress'] as const) {
    for (const map of ['Row', 'VerdictRow'] as const) {
      expect(columns[`${direction}${map}Block`].length).toBeGreaterThan(0);
      // A sixteenth of what a page for each subject class and 16 port classes would be, and a block or two for each subject class.
      expect(columns[`${direction}${map}Page`].length).toBeLessThan((TALKING_PODS * columns.portClassFirst.length) / 16 / 10);
    }
  }
  validateTables(decodeTables(encodeTables(engine.tables)));

  const { canReach } = reference(read);
  const endpointOf = endpointsByName(engine.tables);
  const flows = [0, 1, 4, 5, 41, 42, 1000, 2047, 2048, 3298, 3299].flatMap((pod) => {
    const to = (steps: number): number => (pod + steps + TALKING_PODS) % TALKING_PODS;
    const [own, other] = [portOf(pod), portOf(to(1))];
    return [
      { from: pod, to: to(1), port: own },
      { from: pod, to: to(1), port: own + 1 },
      { from: pod, to: to(1), port: other },
      { from: pod, to: to(2), port: own },
      { from: pod, to: to(-1), port: own },
    ];
  });
  const batch = createFlowBatch(flows.length);
  for (const [i, { from, to, port }] of flows.entries()) {
    batch.source[i] = endpointOf.get(`p${from}`)!;
    batch.destination[i] = endpointOf.get(`p${to}`)!;
    batch.protocol[i] = 0;
    batch.port[i] = port;
  }
  const verdicts = new Uint8Array(flows.length);
  createKernel(engine.tables, batch, verdicts)(flows.length);
  const decided = { egress: new Uint32Array(flows.length), ingress: new Uint32Array(flows.length), verdicts: new Uint8Array(flows.length) };
  createDecisionKernel(engine.tables, batch, decided)(flows.length);
  for (const [i, { from, to, port }] of flows.entries()) {
    const query = { from: `a/p${from}`, to: `a/p${to}`, protocol: 'TCP' as const, port };
    const expected = canReach(query);
    expect(expected.verdict).toBe(i % 5 === 0 ? 'allow' : 'deny');
    expect(engine.canReach(query)).toEqual(expected);
    expect(VERDICTS[verdicts[i]!]).toBe(expected.verdict);
    expect(VERDICTS[decided.verdicts[i]!]).toBe(expected.verdict);
    expect(columns.decisionVerdict[decided.egress[i]!]! & columns.decisionVerdict[decided.ingress[i]!]!).toBe(
      Number(expected.verdict === 'allow'),
    );
  }
}, 120_000);
