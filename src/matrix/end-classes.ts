/**
 * Endpoints in one role that no rule tells apart.
 */
import { NONE_32 } from '../tables/layout.ts';
import type { Columns } from '../tables/rule-tables.ts';

export type Role = 'source' | 'destination';

/** Endpoints that agree in `subject` (of the direction in which they are judged), `peer` (of the other direction) and family. */
export interface EndClasses {
  readonly count: number;
  readonly subject: readonly number[];
  readonly peer: readonly number[];
  readonly family: readonly number[];
  /** Of each endpoint; NONE_32 for those that are not wanted. */
  readonly of: Uint32Array;
}

export function classify(columns: Columns, role: Role, isWanted: (endpoint: number) => boolean): EndClasses {
  const { endpointEgressSubject, endpointIngressSubject, endpointEgressPeer, endpointIngressPeer, endpointFamily } = columns;
  const [subjectOf, peerOf] =
    role === 'source' ? [endpointEgressSubject, endpointIngressPeer] : [endpointIngressSubject, endpointEgressPeer];
  const count = endpointFamily.length;
  const known = new Map<number, number>();
  const found = { subject: [] as number[], peer: [] as number[], family: [] as number[], of: new Uint32Array(count).fill(NONE_32) };
  for (let endpoint = 0; endpoint < count; endpoint++) {
    if (!isWanted(endpoint)) continue;
    const [subject, peer, family] = [subjectOf[endpoint]!, peerOf[endpoint]!, endpointFamily[endpoint]!];
    // There are no more classes than endpoints.
    const key = (subject * (count + 1) + peer) * 8 + family;
    let number = known.get(key);
    if (number === undefined) {
      number = known.size;
      known.set(key, number);
      found.subject.push(subject);
      found.peer.push(peer);
      found.family.push(family);
    }
    found.of[endpoint] = number;
  }
  return { ...found, count: known.size };
}
