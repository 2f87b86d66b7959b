/**
 * Flows and verdicts as columns. One batch is what a thread evaluates at a time.
 */
import type { LinearMemory } from '../lib/linear-memory.ts';

/** `count` flows: endpoint numbers, protocol (index into PROTOCOLS) and destination port. Both ends of a flow have one family, or one has none. */
export interface FlowBatch {
  readonly count: number;
  readonly source: Uint32Array;
  readonly destination: Uint32Array;
  readonly protocol: Uint8Array;
  readonly port: Uint16Array;
}

/** An empty batch with room for `capacity` flows, in the memory of kernels if one is given: see `createKernel`. */
export function createFlowBatch(capacity: number, memory?: LinearMemory): FlowBatch & { count: number } {
  return {
    count: 0,
    source: memory?.words(capacity) ?? new Uint32Array(capacity),
    destination: memory?.words(capacity) ?? new Uint32Array(capacity),
    protocol: memory?.bytes(capacity) ?? new Uint8Array(capacity),
    port: memory?.halves(capacity) ?? new Uint16Array(capacity),
  };
}
