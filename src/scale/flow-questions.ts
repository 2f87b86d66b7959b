/**
 * Flows of a batch as questions: endpoint numbers back into the names and addresses that a person, or the reference, would use.
 */
import { TableNames } from '../evaluate/names.ts';
import { formatAddress, isMappedIPv4 } from '../lib/ip-address.ts';
import type { FlowQuery } from '../model/flow.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_POD } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/** How a question names each endpoint: a pod by its name, everything else by an address that leads to it. */
export class EndpointQuestions {
  private readonly tables: RuleTables;
  private readonly addresses: ReadonlyMap<number, string>;
  private readonly names: TableNames;

  constructor(tables: RuleTables) {
    this.tables = tables;
    this.names = new TableNames(tables);
    this.addresses = firstAddresses(tables);
  }

  /** Undefined when an end cannot be named: a prefix whose addresses all belong to others. */
  query(batch: FlowBatch, flow: number): FlowQuery | undefined {
    const from = this.end(batch.source[flow]!);
    const to = this.end(batch.destination[flow]!);
    const port = batch.port[flow]!;
    if (from === undefined || to === undefined || port === 0) return undefined;
    const { endpointFamily } = this.tables.columns;
    const family = endpointFamily[batch.source[flow]!]! || endpointFamily[batch.destination[flow]!]!;
    const protocol = PROTOCOLS[batch.protocol[flow]!]!;
    return { from, to, protocol, port, ...(family === 4 || family === 6 ? { family } : {}) };
  }

  private end(endpoint: number): { pod: string } | { ip: string } | undefined {
    const { endpointKind, endpointObject } = this.tables.columns;
    const kind = endpointKind[endpoint]!;
    if (kind === ENDPOINT_POD || kind === ENDPOINT_HOST_POD) {
      const { namespace, name } = this.names.pod(endpointObject[endpoint]!);
      return { pod: `${namespace}/${name}` };
    }
    const ip = this.addresses.get(endpoint);
    return ip === undefined ? undefined : { ip };
  }
}

function firstAddresses({ columns }: RuleTables): Map<number, string> {
  const addresses = new Map<number, string>();
  for (const [family, start, target] of [
    [4, columns.lookup4Start, columns.lookup4Target],
    [6, columns.lookup6Start, columns.lookup6Target],
  ] as const) {
    const words = family === 4 ? 1 : 4;
    for (let i = 0; i < target.length; i++) {
      if (addresses.has(target[i]!)) continue;
      const address = { family, words: [...start.subarray(i * words, (i + 1) * words)] };
      // The unspecified address leads where its prefix leads, but is no address that anybody has.
      if (address.words.every((word) => word === 0) || isMappedIPv4(address)) continue;
      addresses.set(target[i]!, formatAddress(address));
    }
  }
  return addresses;
}
