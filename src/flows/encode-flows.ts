/**
 * Questions about connections -> columns that the kernels read. In come flow queries with names and addresses, out comes a batch of endpoint numbers.
 */
import { quote } from '../lib/quote.ts';
import type { FlowEnd, FlowQuery } from '../model/flow.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import { createFlowBatch, type FlowBatch } from '../tables/flow-batch.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/** Who knows what a flow end stands for; the engine's `Directory` does. */
export interface EndDirectory {
  resolve(end: FlowEnd): { readonly endpoints: ArrayLike<number>; readonly owner: string | undefined };
}

/**
 * One row for each query, in order. A row has one endpoint at each end, so every query must stand for exactly one pair: a pod with addresses of both
 * families needs `family`, a workload of several pods has to be asked pod by pod.
 * @throws {RangeError} for a query that stands for no pair or for several, with its position
 */
export function encodeFlows(tables: RuleTables, directory: EndDirectory, queries: readonly FlowQuery[]): FlowBatch {
  const batch = createFlowBatch(queries.length);
  for (const [i, query] of queries.entries()) {
    const [source, destination] = onlyPair(tables, directory, query, i);
    const protocol = PROTOCOLS.indexOf(query.protocol);
    if (protocol < 0) throw new RangeError(`flow ${i}: protocol must be TCP, UDP or SCTP, got ${quote(String(query.protocol))}`);
    if (!Number.isInteger(query.port) || query.port < 1 || query.port > 65535)
      throw new RangeError(`flow ${i}: port must be a whole number in 1..65535, got ${quote(String(query.port))}`);
    batch.source[i] = source;
    batch.destination[i] = destination;
    batch.protocol[i] = protocol;
    batch.port[i] = query.port;
  }
  batch.count = queries.length;
  return batch;
}

function onlyPair(tables: RuleTables, directory: EndDirectory, query: FlowQuery, position: number): [source: number, destination: number] {
  const { endpointFamily } = tables.columns;
  const from = directory.resolve(query.from);
  const to = directory.resolve(query.to);
  const owner = from.owner ?? to.owner;
  if (owner !== undefined)
    throw new RangeError(`flow ${position}: the address belongs to ${quote(owner)}, which has no verdict of its own`);
  const pairs: [number, number][] = [];
  for (const source of Array.from(from.endpoints)) {
    for (const destination of Array.from(to.endpoints)) {
      if (areCompatible(endpointFamily[source]!, endpointFamily[destination]!, query.family)) pairs.push([source, destination]);
    }
  }
  if (pairs.length === 1) return pairs[0]!;
  const why =
    pairs.length === 0
      ? 'the ends have no address family in common'
      : `the ends stand for ${pairs.length} pairs, name one pod and one family`;
  throw new RangeError(`flow ${position}: ${why}`);
}

function areCompatible(a: number, b: number, wanted: 4 | 6 | undefined): boolean {
  const fits = (family: number): boolean => wanted === undefined || family === 0 || family === wanted;
  return (a === b || a === 0 || b === 0) && fits(a) && fits(b);
}
