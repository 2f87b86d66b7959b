/**
 * Flow batches as bytes, and back (proto/netpolsim/v1/flow.proto): one `bytes` field a column, so that decoding is a view and not a loop over messages.
 */
import { PROTOCOLS } from '../model/protocol.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import { UNKNOWN } from '../tables/layout.ts';
import { areBelow, areBelowThree, areNotZero } from './column-checks.ts';
import { aligned } from './columns.ts';
import { v1 } from './messages.ts';
import { present } from './parts.ts';
import { FORMAT_VERSION, scanMessage } from './scan.ts';
import { FLOW_BATCH } from './schema.ts';
import { WireFormatError } from './wire-error.ts';

/** A batch, and the verdicts of its flows (DENY, ALLOW, UNKNOWN) when they were judged. */
export interface JudgedFlowBatch {
  readonly batch: FlowBatch;
  readonly verdicts: Uint8Array | undefined;
}

export interface DecodeFlowBatchOptions {
  /** Endpoints of the tables that the batch is for: numbers from there on are refused. Left out, they are not looked at. */
  readonly endpointCount?: number;
}

/**
 * The bytes of the first `count` flows.
 * @throws {WireFormatError} when a column is too short or holds what no flow can have
 */
export function encodeFlowBatch(batch: FlowBatch, verdicts?: Uint8Array): Uint8Array {
  const { count } = batch;
  const columns = {
    source: batch.source,
    destination: batch.destination,
    protocol: batch.protocol,
    port: batch.port,
    ...(verdicts && { verdicts }),
  };
  for (const [name, column] of Object.entries(columns)) {
    if (column.length < count) throw new WireFormatError(`column \`${name}\` has ${column.length} elements, expected ${count}`);
  }
  checkFlows(batch, verdicts, undefined);
  return v1.FlowBatch.encode({
    formatVersion: FORMAT_VERSION,
    count,
    source: bytesOf(batch.source, count),
    destination: bytesOf(batch.destination, count),
    protocol: bytesOf(batch.protocol, count),
    port: bytesOf(batch.port, count),
    ...(verdicts && { verdict: bytesOf(verdicts, count) }),
  }).finish();
}

/**
 * The batch in `bytes`. Its columns are the memory of `bytes` where that is aligned, and copies elsewhere: bytes that are used again are to be copied before.
 * @throws {WireFormatError} when the bytes are not a batch, or hold what no flow can have
 */
export function decodeFlowBatch(bytes: Uint8Array, options: DecodeFlowBatchOptions = {}): JudgedFlowBatch {
  scanMessage(bytes, FLOW_BATCH);
  const message = v1.FlowBatch.decode(bytes);
  const count = present(message.count);
  const column = (name: 'source' | 'destination' | 'protocol' | 'port' | 'verdict', elementBytes: number): Uint8Array => {
    const got = present(message[name]);
    if (got.length !== count * elementBytes) {
      throw new WireFormatError(`\`FlowBatch.${name}\` has ${got.length} bytes, expected ${count * elementBytes} for ${count} flows`);
    }
    return aligned(got, elementBytes);
  };
  const [source, destination, port] = [column('source', 4), column('destination', 4), column('port', 2)];
  const batch: FlowBatch = {
    count,
    source: new Uint32Array(source.buffer, source.byteOffset, count),
    destination: new Uint32Array(destination.buffer, destination.byteOffset, count),
    protocol: plain(column('protocol', 1)),
    port: new Uint16Array(port.buffer, port.byteOffset, count),
  };
  const isJudged = message.verdict !== null && message.verdict !== undefined;
  const verdicts = isJudged ? plain(column('verdict', 1)) : undefined;
  checkFlows(batch, verdicts, options.endpointCount);
  return { batch, verdicts };
}

/** Not a Buffer, whose methods differ. */
function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

function bytesOf(column: Uint8Array | Uint16Array | Uint32Array, count: number): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, count * column.BYTES_PER_ELEMENT);
}

function checkFlows(
  { count, source, destination, protocol, port }: FlowBatch,
  verdicts: Uint8Array | undefined,
  endpoints = 2 ** 32,
): void {
  const sound =
    areBelowThree(protocol.subarray(0, count)) &&
    areNotZero(port.subarray(0, count)) &&
    areBelow(source.subarray(0, count), endpoints) &&
    areBelow(destination.subarray(0, count), endpoints) &&
    (verdicts === undefined || areBelowThree(verdicts.subarray(0, count)));
  if (sound) return;
  const refuse = (what: string, flow: number, got: number | undefined, expected: string): never => {
    throw new WireFormatError(`flow ${flow} has ${what} ${got}, expected ${expected}`);
  };
  for (let i = 0; i < count; i++) {
    if ((protocol[i] ?? Infinity) >= PROTOCOLS.length) refuse('protocol', i, protocol[i], `0 to ${PROTOCOLS.length - 1}`);
    if (port[i] === 0) refuse('port', i, port[i], '1 to 65535');
    if ((source[i] ?? Infinity) >= endpoints) refuse('source', i, source[i], `an endpoint below ${endpoints}`);
    if ((destination[i] ?? Infinity) >= endpoints) refuse('destination', i, destination[i], `an endpoint below ${endpoints}`);
    if (verdicts !== undefined && (verdicts[i] ?? Infinity) > UNKNOWN)
      refuse('verdict', i, verdicts[i], '0 (deny), 1 (allow) or 2 (unknown)');
  }
}
