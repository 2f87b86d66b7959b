/**
 * What a question about a connection looks like.
 */
import type { Protocol } from './protocol.ts';

/**
 * One end of a flow. Text is `namespace/name` (the pod of that name, else the workload of that name), `namespace/kind/name`
 * (a workload, kind in any case, or `pod`), or an IP address.
 */
export type FlowEnd = string | { readonly pod: string } | { readonly workload: string } | { readonly ip: string };

/** The name or address of an end, whichever form it has; undefined for what is no end. */
export function textOfEnd(end: FlowEnd): string | undefined {
  if (typeof end === 'string') return end;
  const text: unknown = typeof end === 'object' && end !== null ? Object.values(end)[0] : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** The first packet of a connection. Replies of an allowed connection are allowed [semantics 6]; the source port plays no part. */
export interface FlowQuery {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly protocol: Protocol;
  /** Destination port at the pod, after any Service translation, 1..65535. */
  readonly port: number;
  /** The address family, when both ends have both. Left out: the verdict must be the same for both, or it is `unknown`. */
  readonly family?: 4 | 6;
}
