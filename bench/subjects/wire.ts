/**
 * The wire: tables and flow batches to protobuf bytes and back. Decoding is measured with its checks, because nobody decodes without them.
 */
import { compile } from '../../src/engine/engine.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { decodeFlowBatch, encodeFlowBatch } from '../../src/wire/flow.ts';
import { decodeTables, encodeTables } from '../../src/wire/tables.ts';
import { tableDetails } from '../support/digest.ts';
import { type Measurement, medianMs, sink } from '../support/measure.ts';
import { loadWorkload } from '../workloads/clusters.ts';
import { makeFlows } from '../workloads/flows.ts';
import type { SubjectContext } from './subject.ts';

type Way = 'encode' | 'decode';

const FLOWS = 1 << 20;
const QUICK_FLOWS = 1 << 16;

export async function measureTables(way: Way, context: SubjectContext): Promise<Measurement[]> {
  const { tables } = compile(await loadWorkload('field-replica', context.quick));
  const bytes = encodeTables(tables);
  const again = decodeTables(bytes);
  same('tables', new Uint8Array(again.buffer), new Uint8Array(tables.buffer));
  const call = way === 'encode' ? () => encodeTables(tables).length : () => decodeTables(bytes).buffer.byteLength;
  const ms = await medianMs(`tables ${way}`, () => keep(call()), context.budget);
  const value = bytes.length / 1e6 / (ms / 1000);
  return [{ metric: 'throughput', value, unit: 'MB/s', better: 'higher', details: { bytes: bytes.length, ...tableDetails(tables) } }];
}

export async function measureFlows(way: Way, context: SubjectContext): Promise<Measurement[]> {
  const { tables } = compile(await loadWorkload('field-replica', context.quick));
  const flows = makeFlows(tables, 'random', context.quick ? QUICK_FLOWS : FLOWS, context.seed);
  const verdicts = new Uint8Array(flows.count);
  createKernel(tables, flows, verdicts)(flows.count);
  const bytes = encodeFlowBatch(flows, verdicts);
  const again = decodeFlowBatch(bytes);
  for (const column of ['source', 'destination', 'protocol', 'port'] as const) same(column, again.batch[column], flows[column]);
  same('verdicts', again.verdicts ?? [], verdicts);
  const call = way === 'encode' ? () => encodeFlowBatch(flows, verdicts).length : () => decodeFlowBatch(bytes).batch.count;
  const ms = await medianMs(`flows ${way}`, () => keep(call()), context.budget);
  const value = flows.count / (ms / 1000);
  return [
    {
      metric: 'throughput',
      value,
      unit: 'flows/s',
      better: 'higher',
      details: { flows: flows.count, bytes: bytes.length, ...tableDetails(tables) },
    },
  ];
}

function keep(value: number): void {
  sink.value += value;
}

function same(name: string, got: ArrayLike<number>, expected: ArrayLike<number>): void {
  let differs = got.length !== expected.length;
  for (let i = 0; i < expected.length && !differs; i++) differs = got[i] !== expected[i];
  if (differs) throw new Error(`the ${name} are others after a round trip, nothing was measured`);
}
