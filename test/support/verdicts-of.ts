/**
 * Verdicts of a batch by every kernel that there is. Small tables have a cube, so the kernel over pages would otherwise judge no flow of a small cluster.
 */
import { createKernel, createPagedKernel } from '../../src/evaluate/kernel.ts';
import type { FlowBatch } from '../../src/tables/flow-batch.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';

/** @throws {Error} with the first flow about which they differ */
export function verdictsOf(tables: RuleTables, batch: FlowBatch): Uint8Array {
  const { count, source, destination, protocol, port } = batch;
  const [verdicts, byPages] = [new Uint8Array(count), new Uint8Array(count)];
  createKernel(tables, batch, verdicts)(count);
  createPagedKernel(tables, batch, byPages)(count);
  for (let i = 0; i < count; i++) {
    if (verdicts[i] === byPages[i]) continue;
    const flow = { source: source[i], destination: destination[i], protocol: protocol[i], port: port[i] };
    throw new Error(`kernels differ on ${JSON.stringify(flow)}: ${verdicts[i]}, by pages ${byPages[i]}`);
  }
  return verdicts;
}
