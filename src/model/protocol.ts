/**
 * The transport protocols that NetworkPolicy defines (networking/v1 NetworkPolicyPort.protocol).
 */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** In table order: the index of a protocol here is its number in tables and flow batches. */
export const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

export type Direction = 'ingress' | 'egress';
export const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];
