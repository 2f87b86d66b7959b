/**
 * Flows and verdicts as columns. One batch is what a thread evaluates at a time.
 */

/** `count` flows: endpoint numbers, protocol (index into PROTOCOLS) and destination port. Both ends of a flow have one family, or one has none. */
export interface FlowBatch {
  readonly count: number;
  readonly source: Uint32Array;
  readonly destination: Uint32Array;
  readonly protocol: Uint8Array;
  readonly port: Uint16Array;
}

/** An empty batch with room for `capacity` flows. */
export function createFlowBatch(capacity: number): FlowBatch & { count: number } {
  return {
    count: 0,
    source: new Uint32Array(capacity),
    destination: new Uint32Array(capacity),
    protocol: new Uint8Array(capacity),
    port: new Uint16Array(capacity),
  };
}
