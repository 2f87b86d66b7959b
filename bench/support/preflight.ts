/**
 * Nothing is timed before its answers are right: a sample of the flows is put to the reference, which reads the manifests, and every verdict has to agree.
 */
import type { Engine } from '../../src/engine/engine.ts';
import { formatAddress } from '../../src/lib/ip-address.ts';
import type { Verdict } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { createRandom } from '../../src/shapes/random.ts';
import type { FlowBatch } from '../../src/tables/flow-batch.ts';
import { ALLOW, DENY, ENDPOINT_HOST_POD, ENDPOINT_POD, UNKNOWN } from '../../src/tables/layout.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';

const VERDICT_NUMBERS: Readonly<Record<Verdict, number>> = { deny: DENY, allow: ALLOW, unknown: UNKNOWN };

/** How a question names each endpoint: a pod by its name, everything else by an address that leads to it. */
export class EndpointQuestions {
  private readonly tables: RuleTables;
  private readonly addresses: ReadonlyMap<number, string>;
  private readonly decoder = new TextDecoder();

  constructor(tables: RuleTables) {
    this.tables = tables;
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
    const { endpointKind, endpointObject, podNamespace, podName } = this.tables.columns;
    const kind = endpointKind[endpoint]!;
    if (kind === ENDPOINT_POD || kind === ENDPOINT_HOST_POD) {
      const pod = endpointObject[endpoint]!;
      return { pod: `${this.text(podNamespace[pod]!)}/${this.text(podName[pod]!)}` };
    }
    const ip = this.addresses.get(endpoint);
    return ip === undefined ? undefined : { ip };
  }

  private text(string: number): string {
    const { stringBytes, stringStart } = this.tables.columns;
    // A copy: bytes in shared memory cannot be decoded in place.
    return this.decoder.decode(stringBytes.slice(stringStart[string]!, stringStart[string + 1]!));
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
      const address = formatAddress({ family, words: [...start.subarray(i * words, (i + 1) * words)] });
      // The unspecified address leads where its prefix leads, but is no address that anybody has.
      if (!addresses.has(target[i]!) && address !== '0.0.0.0' && address !== '::' && !address.startsWith('::ffff:'))
        addresses.set(target[i]!, address);
    }
  }
  return addresses;
}

/**
 * Compares `samples` flows of a judged batch with the reference.
 * @returns how many were compared
 * @throws {Error} with the first flow whose verdicts differ, or when hardly any flow could be asked
 */
export function checkBatch(manifests: Manifests, engine: Engine, batch: FlowBatch, verdicts: Uint8Array, samples: number): number {
  const questions = new EndpointQuestions(engine.tables);
  const random = createRandom(1);
  const oracle = reference(manifests);
  let compared = 0;
  for (let tries = 0; compared < samples && tries < samples * 10; tries++) {
    const flow = random.int(batch.count);
    const query = questions.query(batch, flow);
    if (query === undefined) continue;
    const expected = oracle.canReach(query).verdict;
    if (VERDICT_NUMBERS[expected] !== verdicts[flow]) {
      throw new Error(
        `the answer is wrong, nothing was measured: ${JSON.stringify(query)} is ${expected}, the batch says ${verdicts[flow]}`,
      );
    }
    compared++;
  }
  if (compared < samples / 2) throw new Error(`only ${compared} of ${samples} flows could be checked, nothing was measured`);
  return compared;
}
