/**
 * Verdicts of a batch by every kernel that there is. Small tables have a cube, and strips are made after many flows, so two of three would otherwise judge no flow of a small cluster.
 */
import { createKernel, createPagedKernel, createStripKernel } from '../../src/evaluate/kernel.ts';
import { buildStripEnds } from '../../src/evaluate/port-strips.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import { TableCode } from '../../src/evaluate/table-code.ts';
import { LinearMemory } from '../../src/lib/linear-memory.ts';
import type { FlowBatch } from '../../src/tables/flow-batch.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';

/** @throws {Error} with the first flow about which they differ */
export function verdictsOf(tables: RuleTables, batch: FlowBatch): Uint8Array {
  const { count, source, destination, protocol, port } = batch;
  const reader = new TableReader(tables);
  const strips = buildStripEnds(reader);
  if (strips === undefined) throw new Error('these tables are too large for strips, which were to be judged');
  const [verdicts, byPages, byStrips] = [new Uint8Array(count), new Uint8Array(count), new Uint8Array(count)];
  const code = new TableCode(tables, new LinearMemory());
  createKernel(tables, batch, verdicts)(count);
  createPagedKernel(code, batch, byPages)(count);
  createStripKernel(code, strips, batch, byStrips)(count);
  for (let i = 0; i < count; i++) {
    if (verdicts[i] === byPages[i] && verdicts[i] === byStrips[i]) continue;
    const flow = { source: source[i], destination: destination[i], protocol: protocol[i], port: port[i] };
    throw new Error(`kernels differ on ${JSON.stringify(flow)}: ${verdicts[i]}, by pages ${byPages[i]}, by strips ${byStrips[i]}`);
  }
  return verdicts;
}
