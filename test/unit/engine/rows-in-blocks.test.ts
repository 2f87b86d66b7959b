/**
 * More peer classes than a row lists pages for: rows are cut into blocks. Every way to read a verdict against the reference, at the first and last class of pages and blocks.
 */
import { expect, test } from 'vitest';
import { compile } from '../../../src/engine/engine.ts';
import { createDecisionKernel } from '../../../src/evaluate/decision-kernel.ts';
import { createKernel } from '../../../src/evaluate/kernel.ts';
import { reference } from '../../../src/reference/reference.ts';
import { inspectTables } from '../../../src/report/inspection.ts';
import { createFlowBatch } from '../../../src/tables/flow-batch.ts';
import { ENDPOINT_NODE } from '../../../src/tables/layout.ts';
import { validateTables } from '../../../src/tables/validate-tables.ts';
import { decodeTables, encodeTables } from '../../../src/wire/tables.ts';
import { manifestsInBlocks, NODE_ADDRESS } from '../../support/blocks-world.ts';

const VERDICTS = ['deny', 'allow', 'unknown'];

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
    const endpointOf = new Map<string, number>();
    const texts = new TextDecoder();
    const nameOf = (string: number) =>
      texts.decode(columns.stringBytes.slice(columns.stringStart[string]!, columns.stringStart[string + 1]!));
    for (const [pod, name] of columns.podName.entries()) endpointOf.set(nameOf(name), columns.podEndpoint[pod]!);
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
